package request

// Figures in an answer are references: whoever answers names indicator, year and area, and the program says the value
// and how it is proven. A figure is never typed.

import (
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
)

// Figure is a reference to one figure, with what it was when the answer was frozen.
type Figure struct {
	Indicator string `json:"indicator"`
	Area      string `json:"area"`
	Year      string `json:"year"`
	Name      string `json:"name,omitempty"`
	Value     string `json:"value,omitempty"` // as written, with its unit
	Status    string `json:"status,omitempty"`
	Proof     string `json:"proof,omitempty"`
}

// Line is the reference as it is typed: indicator, year, area.
func (f Figure) Line() string { return strings.TrimSpace(f.Indicator + " " + f.Year + " " + f.Area) }

const maxFigures = 30

// ParseFigures reads references, one a line: W-HEA-007 2018, or W-HEA-007 2018 990101 for an area of one's own.
func ParseFigures(text, area string) (all []Figure, err error) {
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) < 2 || len(words) > 3 {
			return nil, errs.Invalidf("“%s”不是数据引用：请写指标代码和年份，如 W-HEA-007 2018。数字由系统填入，不用手写。", line)
		}
		f := Figure{Indicator: words[0], Year: words[1], Area: area}
		if year, err := strconv.Atoi(f.Year); err != nil || year < 1949 || year > 2100 {
			return nil, errs.Invalidf("“%s”里的年份不对，请写四位年份。", line)
		}
		if len(words) == 3 {
			f.Area = words[2]
		}
		all = append(all, f)
	}
	if len(all) > maxFigures {
		return nil, errs.Invalidf("一个题目最多引用%d个数。", maxFigures)
	}
	return all, nil
}

// Resolve fills in what the references come to, for whoever may read the figures of the areas.
func Resolve(tx *db.Tx, by auth.User, all []Figure) ([]Figure, error) {
	for i := range all {
		f := &all[i]
		of, err := indicator.ByCode(tx, f.Indicator)
		if errs.KindOf(err) == errs.Missing {
			return nil, errs.Invalidf("没有代码为“%s”的指标。请到“指标”里查代码。", f.Indicator)
		}
		if err != nil {
			return nil, err
		}
		area, err := network.AreaByCode(tx, f.Area, "")
		if errs.KindOf(err) == errs.Missing || err == nil && !by.SeesFigures(area.Path) {
			return nil, errs.Invalidf("没有代码为“%s”的地区，或者您不能看它的数。", f.Area)
		}
		if err != nil {
			return nil, err
		}
		p, err := period.Parse(f.Year)
		if err != nil {
			return nil, err
		}
		values, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{of},
			Areas: []network.Area{area}, Periods: []period.Period{p}})
		if err != nil {
			return nil, err
		}
		f.Name, f.Value, f.Status, f.Proof = of.Name, "", "", ""
		for _, v := range values {
			if v.Rat != nil {
				f.Value, f.Status, f.Proof = v.Text()+of.Unit, string(v.Status), v.ProofURL()
			}
		}
	}
	return all, nil
}
