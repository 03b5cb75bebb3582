package quantity_test

// A number as typed, stored, rounded and shown is the same number, exactly; what is none is refused with what to type
// instead.

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
)

func TestParseCell(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		decimals int
		value    int64
		mark     quantity.Mark
	}{
		{"", 0, 0, quantity.Empty},
		{"   　", 0, 0, quantity.Empty},
		{"0", 0, 0, quantity.Exact},
		{"007", 0, 7, quantity.Exact},
		{"1,234", 0, 1234, quantity.Exact},
		{"１，２３４．５", 1, 12345, quantity.Exact},
		{"12.5", 2, 1250, quantity.Exact},
		{"-3", 0, -3, quantity.Exact},
		{"−3.1", 1, -31, quantity.Exact},
		{"近5000", 0, 5000, quantity.Nearly},
		{"5000余", 0, 5000, quantity.Over},
		{"超过 52", 0, 52, quantity.Over},
		{"99以上", 0, 99, quantity.AtLeast},
		{"约5000", 0, 5000, quantity.About},
		{"40左右", 0, 40, quantity.About},
		{"不适用", 0, 0, quantity.NotApplicable},
		{" 暂缺 ", 0, 0, quantity.Pending},
		{"保密 12", 0, 12, quantity.Confidential},
		{"保密12", 0, 12, quantity.Confidential},
		{"999999999999999", 0, 999999999999999, quantity.Exact},
		{"0000000000000000000000001", 0, 1, quantity.Exact},
		{"2000.00", 0, 2000, quantity.Exact},
		{"3.0", 0, 3, quantity.Exact},
		{"1.500000", 1, 15, quantity.Exact},
		{"－１，２３４．００", 0, -1234, quantity.Exact},
		{"55\u2009235 367.5", 1, 552353675, quantity.Exact},
		{"\u200e1234\ufeff", 0, 1234, quantity.Exact},
		{"–5", 0, -5, quantity.Exact},
		{"近 5,000.0", 0, 5000, quantity.Nearly},
		{"Not applicable", 0, 0, quantity.NotApplicable},
		{"not yet available", 0, 0, quantity.Pending},
		{"confidential 12", 0, 12, quantity.Confidential},
		{"nearly 5000", 0, 5000, quantity.Nearly},
		{"over 5,000", 0, 5000, quantity.Over},
		{"At least 5000", 0, 5000, quantity.AtLeast},
		{"about 5000", 0, 5000, quantity.About},
	} {
		value, mark, err := quantity.ParseCell(c.text, c.decimals)
		if err != nil || value != c.value || mark != c.mark {
			t.Errorf("%q reads as %d, mark %d, %v; want %d, mark %d", c.text, value, mark, err, c.value, c.mark)
		}
	}
}

func TestParseCellRefuses(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"abc":                              "请填数字",
		"12a":                              "不带单位",
		"1e3":                              "科学计数法",
		"1.2E+17":                          "科学计数法",
		"0x10":                             "请填数字",
		"1/3":                              "只填一个数",
		"10-20":                            "只填一个数", // not 1020
		"5～6":                              "只填一个数",
		"10至20":                            "只填一个数",
		"3：2":                              "只填一个数",
		"12+3":                             "只填一个数",
		".5":                               "前面要写 0",
		"-.25":                             "前面要写 0",
		"5.":                               "标点不对",
		"1。5":                              "标点不对",
		"1'234":                            "标点不对",
		"（5）":                              "写减号",
		"5000（估计）":                         "只写一个",
		"5000（含流动人口）":                      "备注",
		"5000*":                            "备注",
		"5000多":                            "只写一个",
		"逾5000":                            "只写一个",
		"不足100":                            "只写一个",
		"暂无":                               "还没有数填“暂缺”",
		"待定":                               "还没有数填“暂缺”",
		"？":                                "还没有数填“暂缺”",
		"n.a.":                             "还没有数填“暂缺”",
		"--5":                              "横线",
		"近":                                "请填数字",
		"近5000余":                           "只写一个",
		"1,23":                             "千分位",
		"1.5":                              "小数位太多",
		"1.05":                             "小数位太多",
		"五千":                               "阿拉伯数字",
		"三人":                               "阿拉伯数字",
		"5万":                               "不用万、亿",
		"1.5亿元":                            "不用万、亿",
		"零":                                "填数字 0",
		"〇":                                "填数字 0",
		"无":                                "没有发生填 0",
		"-":                                "没有发生填 0",
		"——":                               "没有发生填 0",
		"／":                                "没有发生填 0",
		"N/A":                              "没有发生填 0",
		"…":                                "没有发生填 0",
		"12人":                              "不带单位",
		"16.5%":                            "不带单位",
		"￥1,234":                           "不带单位",
		"12 34":                            "多余的空格",
		"2018-01-02":                       "日期",
		"2018/1/2":                         "日期",
		"2018年1月2日":                        "日期",
		"=A1+A2":                           "公式",
		"#DIV/0!":                          "公式",
		"TRUE":                             "请填数量",
		"有":                                "请填数量",
		"1000000000000000":                 "数太大",
		"99999999999999999999999999999999": "数太大",
		"保密":                               "保密 12",
	} {
		_, _, err := quantity.ParseCell(text, 0)
		if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%q is refused with %v; want words with %q", text, err, says)
		}
	}
}

func FuzzParseCell(f *testing.F) {
	for _, seed := range []string{"1,234.50", "近５０００", "保密 12", "-0", "9以上"} {
		f.Add(seed, 2)
	}
	f.Fuzz(func(t *testing.T, text string, decimals int) {
		decimals = max(0, min(decimals, 9))
		value, mark, err := quantity.ParseCell(text, decimals)
		if err != nil || !mark.HasValue() {
			return
		}
		if value <= -1e15 || value >= 1e15 {
			t.Fatalf("%q gives %d, out of range", text, value)
		}
		again, _, err := quantity.ParseCell(quantity.Plain(value, decimals), decimals)
		if err != nil || again != value {
			t.Fatalf("%q gives %d, which is shown as %q and read as %d, %v", text, value,
				quantity.Plain(value, decimals), again, err)
		}
	})
}

// 16.50 − 12.76 = 3.74 from the unrounded values; from 16.5 and 12.8 it would be 3.7.
func TestChangeIsTakenFromUnroundedValues(t *testing.T) {
	t.Parallel()
	change := new(big.Rat).Sub(quantity.Rat(1650, 2), quantity.Rat(1276, 2))
	if got := quantity.Round(change, 2); got != "3.74" {
		t.Fatalf("16.50 − 12.76 is %s", got)
	}
}

// A word beside a number says on which side of it the truth is; about says nothing of that.
func TestAWordFitsItsNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value string
		style quantity.Style
		want  bool
	}{
		{"720", quantity.Style{Qualifier: "余"}, false},
		{"720.4", quantity.Style{Qualifier: "超过"}, true},
		{"719.6", quantity.Style{Qualifier: "余"}, false},
		{"423456", quantity.Style{Decimals: 1, Scale: "万", Qualifier: "余"}, true},
		{"423456", quantity.Style{Decimals: 1, Scale: "万", Qualifier: "近"}, false},
		{"94.96", quantity.Style{Qualifier: "近"}, true},
		{"95", quantity.Style{Qualifier: "近"}, false},
		{"95", quantity.Style{Qualifier: "以上"}, true},
		{"94.96", quantity.Style{Qualifier: "以上"}, false},
		{"94.96", quantity.Style{Qualifier: "约"}, true},
		{"94.96", quantity.Style{}, true},
	} {
		r, _, _ := quantity.Decimal(c.value)
		if got := c.style.Fits(r); got != c.want {
			t.Errorf("%s fits %s: %t", c.style.Format(r), c.value, got)
		}
	}
}

// The forms that the source document writes.
func TestStyle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value string
		style quantity.Style
		want  string
	}{
		{"16.50", quantity.Style{Decimals: 1, Unit: "%"}, "16.5%"},
		{"3.74", quantity.Style{Decimals: 2, Unit: "个百分点"}, "3.74个百分点"},
		{"5000", quantity.Style{Qualifier: "近", Unit: "件"}, "近5000件"},
		{"4000", quantity.Style{Qualifier: "余", Unit: "个"}, "4000余个"},
		{"50000", quantity.Style{Scale: "万", Qualifier: "余", Unit: "名"}, "5万余名"},
		{"99", quantity.Style{Qualifier: "以上", Unit: "%"}, "99%以上"},
		{"52", quantity.Style{Qualifier: "超过", Unit: "%"}, "超过52%"},
		{"423000", quantity.Style{Decimals: 1, Scale: "万", Unit: "人"}, "42.3万人"},
		{"4000000000", quantity.Style{Scale: "亿", Unit: "元"}, "40亿元"},
		{"187000000", quantity.Style{Decimals: 2, Scale: "亿", Unit: "元"}, "1.87亿元"},
	} {
		r, _, ok := quantity.Decimal(c.value)
		if !ok || !c.style.Known() {
			t.Fatalf("%s with %+v is not known", c.value, c.style)
		}
		if got := c.style.Format(r); got != c.want {
			t.Errorf("%s is written %s, want %s", c.value, got, c.want)
		}
	}
	if (quantity.Style{Scale: "千"}).Known() || (quantity.Style{Qualifier: "大概"}).Known() {
		t.Error("a style with unknown words passes as known")
	}
}

func TestMeasured(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		number  string
		mark    quantity.Mark
		zh, en  string
		chinese string
		english string
	}{
		{"16.5", quantity.Exact, "%", "%", "16.5%", "16.5%"},
		{"99", quantity.AtLeast, "%", "%", "99%以上", "at least 99%"},
		{"52", quantity.Over, "%", "%", "超过52%", "over 52%"},
		{"8.17", quantity.Exact, "1/10万", "per 100,000", "8.17/10万", "8.17 per 100,000"},
		{"8.17", quantity.Exact, "1/10万", "", "8.17/10万", "8.17 per 100,000"},
		{"8.17", quantity.Exact, "每10万人", "per 100,000", "8.17（每10万人）", "8.17 per 100,000"},
		{"8", quantity.AtLeast, "每10万人", "per 100,000", "8以上（每10万人）", "at least 8 per 100,000"},
		{"110.5", quantity.Exact, "女孩=100", "girls = 100", "110.5（女孩=100）", "110.5 (girls = 100)"},
		{"6", quantity.About, "10万人", "", "约6（10万人）", "about 6 (10万人)"},
		{"3.5", quantity.Over, "km²", "", "超过3.5 km²", "over 3.5 km²"},
		{"2.1", quantity.Exact, "‰", "‰", "2.1‰", "2.1‰"},
		{"20", quantity.Exact, "℃", "", "20℃", "20℃"},
		{"5000", quantity.Nearly, "件", "", "近5000件", "nearly 5000 cases"},
		{"4000", quantity.Over, "个", "", "4000余个", "over 4000"},
		{"4.5万", quantity.Over, "名", "", "4.5万余名", "over 4.5万 persons"},
		{"4.5", quantity.Over, "岁", "years", "超过4.5岁", "over 4.5 years"},
		{"1", quantity.Exact, "件", "", "1件", "1 case"},
		{"1000", quantity.Exact, "元/月", "yuan a month", "1000元/月", "1000 yuan a month"},
		{"3.74", quantity.Exact, "个百分点", "", "3.74个百分点", "3.74 percentage points"},
		{"7", quantity.Confidential, "", "", "7", "7"},
	} {
		if got := quantity.Measured(c.number, c.mark, c.zh).String(); got != c.chinese {
			t.Errorf("%s %s is written %s, want %s", c.number, c.zh, got, c.chinese)
		}
		if got := quantity.MeasuredEN(c.number, c.mark, quantity.UnitEN(c.zh, c.en)).String(); got != c.english {
			t.Errorf("%s %s is written %s, want %s", c.number, c.en, got, c.english)
		}
	}
}

// Whatever the unit, a reader can tell where the number ends: no digit of the unit touches it.
func TestMeasuredNeverGluesDigits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`[1-9][0-9]{0,3}(\.[0-9]{1,2})?`).Draw(t, "number")
		unit := rapid.StringMatching(`(1/)?(每|以|10|[1-9]|km|人|件|%|‰|万|/)(千|10万|人|²)?`).Draw(t, "unit")
		mark := rapid.SampledFrom([]quantity.Mark{quantity.Exact, quantity.Nearly, quantity.Over, quantity.AtLeast,
			quantity.About}).Draw(t, "mark")
		for _, w := range []quantity.Written{quantity.Measured(number, mark, unit),
			quantity.MeasuredEN(number, mark, unit)} {
			_, after, _ := strings.Cut(w.String(), number)
			if after != "" && strings.ContainsAny(after[:1], "0123456789.") {
				t.Fatalf("%s with unit %q is written %s", number, unit, w)
			}
		}
	})
}

func TestPointsAndReadable(t *testing.T) {
	t.Parallel()
	for unit, points := range map[string]string{"%": "个百分点", "‰": "个千分点", "1/10万": "1/10万", "人": "人"} {
		if got := quantity.Points(unit); got != points {
			t.Errorf("a difference of %s is in %s, want %s", unit, got, points)
		}
	}
	for _, c := range [][3]string{{"4000000000", "元", "40亿"}, {"21542000", "人", "2154.2万"},
		{"21542001", "人", "21542001"},
		{"5000000", "万元", "5000000"}, {"999999", "人", "999999"}, {"1234567.5", "元", "1234567.5"}} {
		if got := quantity.Readable(c[0], c[1]); got != c[2] {
			t.Errorf("%s %s reads as %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "-", ".5", "5.", "1e3", "1/2", "0x1", "+1", "１", "1,000", "--1"} {
		if _, _, ok := quantity.Decimal(text); ok {
			t.Errorf("%q passes as a plain decimal", text)
		}
	}
	r, decimals, ok := quantity.Decimal("-16.50")
	if !ok || decimals != 2 || r.Cmp(big.NewRat(-33, 2)) != 0 {
		t.Errorf("-16.50 reads as %v with %d decimals", r, decimals)
	}
}

func TestSexCodes(t *testing.T) {
	t.Parallel()
	for _, sex := range []int{quantity.SexTotal, quantity.SexUnknown, quantity.SexMale,
		quantity.SexFemale, quantity.SexUnspecified} {
		if got, err := quantity.ParseSex(quantity.SexCode(sex)); err != nil || got != sex {
			t.Errorf("sex %d comes back as %d, %v", sex, got, err)
		}
	}
	if _, err := quantity.ParseSex("3"); errs.KindOf(err) != errs.Invalid {
		t.Errorf("sex 3 is not refused: %v", err)
	}
}
