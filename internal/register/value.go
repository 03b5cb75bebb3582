package register

// One value of each type: what was typed, read into what is kept, or refused with what to do.

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/formula"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// value reads what stands in a field of one value, or one of several.
func (f Field) value(text string, w World) (string, *say.Words) {
	if text == "" {
		return "", nil
	}
	for _, nothing := range Nothing {
		if text == nothing.Code || text == nothing.Name.ZH {
			return nothing.Code, nil
		}
	}
	switch f.Type {
	case "text":
		if strings.ContainsAny(text, "\n\r") {
			return text, wrongly("这里只能写一行。")
		}
		return limited(text, maxText)
	case "para":
		return limited(strings.ReplaceAll(text, "\r\n", "\n"), maxPara)
	case "number", "money", "year":
		return number(text, f)
	case "date":
		return date(text)
	case "month":
		return month(text)
	case "instant":
		return instant(text)
	case "y/n":
		return yesNo(text)
	case "one", "many":
		for _, o := range f.Choices(w) {
			if text == o.Code || text == o.Name.ZH || text == o.Name.EN {
				return o.Code, nil
			}
		}
		return text, wrongly("没有“%s”这个选项。", text)
	case "shape":
		return shape(text)
	}
	return f.reference(text, w)
}

// reference reads a unit, an area, a person, another record or a goal of a plan.
func (f Field) reference(text string, w World) (string, *say.Words) {
	code, ok := "", false
	switch f.Type {
	case "unit", "units":
		if code, ok = w.Unit(text); !ok {
			return text, wrongly("没有找到单位“%s”。请从列表里选，或填单位代码。", text)
		}
	case "area", "areas":
		if code, ok = w.Area(text, f.Level); !ok {
			return text, wrongly("没有找到区域“%s”，或者层级不对。请从列表里选，或填区域代码。", text)
		}
	case "person":
		if code, ok = w.Person(text); !ok {
			return text, wrongly("没有找到“%s”。请从列表里选在任的人。", text)
		}
	case "link", "links":
		if code, ok = w.Record(f.Of, text); !ok {
			return text, wrongly("没有找到编号“%s”的记录，或者您没有查看权限。", text)
		}
	case "goals":
		if code, ok = w.Goal(text); !ok {
			return text, wrongly("没有找到目标“%s”，或者不止一个规划有它。请从列表里选，或写成 规划代码/目标代码。", text)
		}
	}
	return code, nil
}

var thousands = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+(\.\d+)?$`)

// number reads a decimal with as many places as the field has, between its bounds.
func number(text string, f Field) (string, *say.Words) {
	if text == "" || IsNothing(text) {
		return text, nil
	}
	for _, nothing := range Nothing {
		if text == nothing.Name.ZH {
			return nothing.Code, nil
		}
	}
	if thousands.MatchString(text) {
		text = strings.ReplaceAll(text, ",", "")
	}
	bare, negative := strings.CutPrefix(text, "-")
	r, _, ok := quantity.Decimal(bare)
	if !ok || len(bare) > 18 {
		return text, wrongly("请填数字，例如 12 或 12.5。")
	}
	if negative {
		r = new(big.Rat).Neg(r)
	}
	places := f.Decimals
	if f.Type == "money" {
		places = 2
	}
	plain := formula.Number(r).Plain(places)
	if back, _ := new(big.Rat).SetString(plain); back == nil || back.Cmp(r) != 0 {
		if places == 0 {
			return text, wrongly("这里要填整数。")
		}
		return text, wrongly("最多%d位小数。", places)
	}
	low, high := f.Min, f.Max
	if low == "" && (f.Type == "money" || f.Type == "sexed") {
		low = "0"
	}
	if f.Type == "year" && low+high == "" {
		low, high = "1949", "2099"
	}
	if out(r, low, -1) {
		return text, wrongly("不能小于%s。", low)
	}
	if out(r, high, 1) {
		return text, wrongly("不能大于%s。", high)
	}
	return plain, nil
}

func out(r *big.Rat, bound string, side int) bool {
	b, ok := new(big.Rat).SetString(bound)
	return ok && bound != "" && r.Cmp(b) == side
}

var dayLike = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?( 00:00(:00)?)?$`)

func date(text string) (string, *say.Words) {
	if found := dayLike.FindStringSubmatch(text); found != nil {
		text = found[1] + "-" + two(found[2]) + "-" + two(found[3])
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil || at.Year() < 1900 || at.Year() > 2199 {
		return text, wrongly("日期请写成 2018-12-31 这样。")
	}
	return text, nil
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

var monthLike = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})月?$`)

func month(text string) (string, *say.Words) {
	if found := monthLike.FindStringSubmatch(text); found != nil {
		text = found[1] + "-" + two(found[2])
	}
	if at, err := time.Parse("2006-01", text); err != nil || at.Year() < 1900 || at.Year() > 2199 {
		return text, wrongly("月份请写成 2018-12 这样。")
	}
	return text, nil
}

func instant(text string) (string, *say.Words) {
	text = strings.Replace(text, " ", "T", 1)
	at, err := time.Parse("2006-01-02T15:04", text[:min(len(text), len("2006-01-02T15:04"))])
	if err != nil || at.Year() < 1900 || at.Year() > 2199 {
		return text, wrongly("时间请写成 2018-12-31 16:30 这样。")
	}
	return at.Format("2006-01-02T15:04"), nil
}

func yesNo(text string) (string, *say.Words) {
	kept, known := map[string]string{"1": "1", "是": "1", "有": "1", "true": "1", "yes": "1", "on": "1",
		"0": "0", "否": "0", "无": "0", "false": "0", "no": "0"}[strings.ToLower(text)]
	if !known {
		return text, wrongly("请填是或否。")
	}
	return kept, nil
}

const maxShape = 200_000

// shape reads a GeoJSON geometry; that it lies in its area is for coverage to say.
func shape(text string) (string, *say.Words) {
	var g struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	}
	if len(text) > maxShape || !utf8.ValidString(text) {
		return "", wrongly("边界太大：最多%d个字符。请简化后再填。", maxShape)
	}
	err := json.Unmarshal([]byte(text), &g)
	if err != nil || len(g.Coordinates) == 0 || g.Type != "Polygon" && g.Type != "MultiPolygon" &&
		g.Type != "MultiPoint" {
		return text, wrongly("边界请填GeoJSON的 Polygon、MultiPolygon 或 MultiPoint。")
	}
	return text, nil
}

// Total is a number by sex as a whole.
func (b Body) Total(code string) formula.Value {
	sum, any := new(big.Rat), false
	for k, text := range b {
		if !strings.HasPrefix(k, code+mark) {
			continue
		}
		if r, ok := formula.Decimal(text).Rat(); ok {
			sum.Add(sum, r)
			any = true
		}
	}
	if !any {
		return formula.Value{}
	}
	return formula.Number(sum)
}
