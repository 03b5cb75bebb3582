package figurecheck

// What is a statistic in Chinese prose and what only looks like one; spans are sound, whatever the text. What figures
// are about: claim_test.go; that time is linear: linear_test.go.

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// find returns all figures of a text in order; they never overlap. places are the names of areas that the text may
// mention, beside words such as 全市. The time is linear in the length of the text.
func find(text string, places ...string) []Figure {
	page, dictionary, named := newPage(text), lexicon(), words{}
	for _, place := range places {
		named.add(word{text: []rune(place), role: area})
	}
	tokens, err := dictionary.lex(context.Background(), page, named)
	if err != nil {
		panic(err)
	}
	tokens = combine(tokens)
	setApart(page, tokens)
	setAside(page, tokens)
	return newJudge(page, tokens, dictionary).figures()
}

// brief writes a figure as "text|kind|value|unit|qualifier|direction|base", without empty ends.
func brief(f Figure) string {
	value := f.Value
	if f.Value2 != "" {
		value += "~" + f.Value2
	}
	return strings.TrimRight(strings.Join([]string{f.Text, string(f.Kind), value, f.Unit, f.Qualifier,
		f.Direction, f.Base}, "|"), "|")
}

func TestStatistics(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// numerals
		"学位2144.50个":      "2144.50个|value|2144.5|个",
		"共1,234,567元":     "1,234,567元|value|1234567|元",
		"共12 345人":        "12 345人|value|12345|人",
		"增长１２．５％":         "１２．５％|change|12.5|%||up",
		"三万二千人":           "三万二千人|value|32000|人",
		"一万零五百人":          "一万零五百人|value|10500|人",
		"为十三点五":           "十三点五|value|13.5",
		"1亿2000万元":        "1亿2000万元|value|120000000|元",
		"10.5万亿元":         "10.5万亿元|value|10500000000000|元",
		"10余万人":           "10余万人|value|100000|人|余",
		"三四百名":            "三四百名|range|300~400|名",
		"十七八个":            "十七八个|range|17~18|个",
		"近百家":             "百家|value|100|家|近",
		"万余人":             "万余人|value|10000|人|余",
		"自然增长率为-0.24‰":    "-0.24‰|value|-0.24|‰",
		"变动负0.3个百分点":      "负0.3个百分点|change|-0.3|个百分点||down",
		"小学适龄女童入学率16·5％":  "16·5％|value|16.5|%",
		"两个半小时":           "两个半小时|value|2.5|小时",
		"人均GDP14.0万元":     "14.0万元|value|140000|元",
		"死亡率8.17 / 10 万":  "8.17 / 10 万|value|8.17|/10万",
		"能耗0.25吨标准煤/万元":   "0.25吨标准煤/万元|value|0.25|吨标准煤/万元",
		"经费比2015年翻一番":     "翻一番|change|1|番||up|2015年",
		"比目标高出0.5个百分点":    "0.5个百分点|change|0.5|个百分点||up|目标",
		"同2015年相比提高3%":    "3%|change|3|%||up|2015年",
		"相比2015年，提高3个百分点": "3个百分点|change|3|个百分点||up|2015年",
		// shares and multiples
		"百分之九十五点五":  "百分之九十五点五|value|95.5|%",
		"千分之二点二九":   "千分之二点二九|value|2.29|‰",
		"十万分之八点二":   "十万分之八点二|value|8.2|/10万",
		"三分之一":      "三分之一|ratio|1~3",
		"超过一半":      "一半|ratio|1~2||超过",
		"不足两成":      "两成|value|20|%|不足",
		"七成五":       "七成五|value|75|%",
		"翻了一番":      "翻了一番|change|1|番||up",
		"是去年的3倍":    "3倍|value|3|倍",
		"增长2倍":      "2倍|change|2|倍||up",
		"占3/4":      "3/4|ratio|3~4",
		"比例为1∶2":    "1∶2|ratio|1~2",
		"按1比2设置":    "1比2|ratio|1~2",
		"达到百分之百":    "百分之百|value|100|%|达到",
		"8.17／10万":  "8.17／10万|value|8.17|/10万",
		"17.47/万":   "17.47/万|value|17.47|/万",
		"1000元/人·月": "1000元/人·月|value|1000|元/人·月",
		"百分之六十至七十":  "百分之六十至七十|range|60~70|%",
		// qualifiers
		"近5000件":          "5000件|value|5000|件|近",
		"4000余个":          "4000余个|value|4000|个|余",
		"99%以上":           "99%|value|99|%|以上",
		"约占总数的12%":        "12%|value|12|%|约",
		"≥95%":            "95%|value|95|%|≥",
		"达到近5000件左右":      "5000件|value|5000|件|左右",
		"提高3个多百分点":        "3个多百分点|change|3|个百分点|多|up",
		"平均受教育年限超过15年":    "15年|value|15|年|超过",
		"低于上年":            "",
		"高于全国2.1个百分点":     "2.1个百分点|change|2.1|个百分点||up|全国",
		"比例高于30%":         "30%|value|30|%|高于",
		"最近3所":            "3所|value|3|所",
		"产假由98天延长至158天":   "98天|value|98|天 158天|value|158|天",
		"从65岁以上扩展到60岁以上。": "65岁|value|65|岁|以上 60岁|value|60|岁|以上",
		// changes
		"比2017年提高了3.74个百分点":   "3.74个百分点|change|3.74|个百分点||up|2017年",
		"提高到80%":              "80%|value|80|%",
		"由12.1%下降为8.2%":       "12.1%|value|12.1|% 8.2%|value|8.2|%",
		"同比下降0.3个千分点":         "0.3个千分点|change|0.3|个千分点||down|同比",
		"增加学位3万个":             "3万个|change|30000|个||up",
		"新增就业42.3万人":          "42.3万人|value|423000|人",
		"改造提升500座":            "500座|value|500|座",
		"比上年少1200人":           "1200人|change|1200|人||down|上年",
		"与2010年相比，提高12.5个百分点": "12.5个百分点|change|12.5|个百分点||up|2010年",
		"降幅达40.5%":            "40.5%|change|40.5|%|达|down",
		"男女相差3.2岁":            "3.2岁|change|3.2|岁",
		"有5%的增长":              "5%|change|5|%||up",
		// enumerations and ranges
		"分别提高2.1个、3.4个和5.6个百分点": "2.1个|change|2.1|个百分点||up 3.4个|change|3.4|个百分点||up 5.6个百分点|change|5.6|个百分点||up",
		"分别为99.3、98.5和97%":      "99.3|value|99.3|% 98.5|value|98.5|% 97%|value|97|%",
		"1.2、3.4和5.6亿元":         "1.2|value|120000000|元 3.4|value|340000000|元 5.6亿元|value|560000000|元",
		"3000、5000和1.2万人":       "3000|value|3000|人 5000|value|5000|人 1.2万人|value|12000|人",
		"60%—70%":               "60%—70%|range|60~70|%",
		"招收20至30名":              "20至30名|range|20~30|名",
		"10—20万人":               "10—20万人|range|100000~200000|人",
		"从26.5%到48.1%":          "26.5%|value|26.5|% 48.1%|value|48.1|%",
		// beside names and numbers of other kinds
		"16个区":             "16个|value|16|个",
		"每千名儿童拥有医生0.78名":   "0.78名|value|0.78|名",
		"5岁以下儿童死亡率为2.69‰":  "2.69‰|value|2.69|‰",
		"2.3岁以下儿童系统管理率92%": "92%|value|92|%",
		"男性比重49%":          "49%|value|49|%",
		"死亡率\t8.17\t7.19":  "8.17|value|8.17 7.19|value|7.19",
		"GDP增长5.2%":        "5.2%|change|5.2|%||up",
		"十分钟":              "十分钟|value|10|分钟",
	} {
		var got []string
		for _, f := range find(text) {
			if f.Kind.Statistic() {
				got = append(got, brief(f))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: found %q, want %q", text, strings.Join(got, " "), want)
		}
	}
}

// What only looks like a statistic is recognised as what it is, or left out if it is no figure.
func TestKeptApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2018年1月22日":       "2018年1月22日|date|2018",
		"2018-2020年":       "2018-2020年|date|2018",
		"3月-10月":           "3月-10月|date",
		"2019-07-01 10:30": "2019-07-01|date|2019 10:30|date",
		"2018—2019学年":      "2018—2019学年|date|2018",
		"一九九五年":            "一九九五年|date|1995",
		"2017、2018年":       "2017|date|2017 2018年|date|2018",
		"“十三五”规划":          "十三五|date",
		"“九五”期间":           "“九五”|date",
		"近三年来":             "三年|date",
		"用2至3年时间":          "2至3年|date",
		"第24条":             "第24条|ordinal",
		"第3、4条":            "第3|ordinal 4条|ordinal",
		"第十一届":             "第十一届|ordinal",
		"一、总体情况":           "一、|ordinal",
		"（二）主要做法":          "（二）|ordinal",
		"1.女性就业":           "1.|ordinal",
		"一是领导重视":           "一是|ordinal",
		"附件2":              "附件2|ordinal",
		"国发〔2021〕16号":      "〔2021〕16号|other",
		"电话010-65525432":   "010-65525432|other",
		"12345热线":          "12345热线|other",
		"5岁以下儿童":           "5岁|other",
		"0—6岁儿童":           "0—6岁|other",
		"15、16岁少年":         "15|other 16岁|other",
		"每千名儿童":            "每千名|other",
		"全市16区":            "16区|other",
		"15分钟社区服务圈":        "15分钟社区服务圈|other",
		"公园绿地500米服务半径覆盖":   "500米服务半径|other",
		"《三年行动计划（2018—2020年）》": "三年行动计划|other 2018—2020年|date|2018",
		"力争“三个100%”":           "三个|other 100%|other",
		"COVID-19和PM2.5":       "",
		"4G基站":                 "4G|other",
		"7×24小时":               "7×24|other",
		"以上年为100":              "100|other",
		"一站式服务进一步统一两纲":         "",
		"十分重视，万无一失":            "",
		"一个民族，一项工作":            "",
		"千家万户，数百个，几十人":         "",
		"一带一路，三位一体":            "",
	} {
		var got []string
		for _, f := range find(text) {
			got = append(got, brief(f))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: found %q, want %q", text, strings.Join(got, " "), want)
		}
	}
}

func TestSubjectAreaAndPeriodAreCarried(t *testing.T) {
	t.Parallel()
	text := "演示县2018年总结\n全县婚检率达到16.5%，比2017年提高3.74个百分点；婴儿死亡率由2010年的3.29‰下降到2.01‰。共有36个成员单位，低于全省的40个。"
	want := []string{
		"16.5% 婚检率 全县 2018年", "3.74个百分点 婚检率 全县 2018年", "3.29‰ 婴儿死亡率 全县 2010年",
		"2.01‰ 婴儿死亡率 全县 2018年",
		"36个 成员单位 全县 2018年", "40个 成员单位 全省 2018年",
	}
	var got []string
	for _, f := range find(text) {
		if f.Kind.Statistic() {
			got = append(got, fmt.Sprintf("%s %s %s %s", f.Text, f.Subject, f.Area, f.Period))
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if f := find("演示县婚检率60%", "演示县")[0]; f.Area != "演示县" || f.Subject != "婚检率" {
		t.Errorf("a place that the caller knows is not the area of what follows: %+v", f)
	}
}

// sound says what is wrong with the spans of figures, or nothing.
func sound(text string, figures []Figure) string {
	runes := []rune(text)
	end := 0
	for _, f := range figures {
		switch {
		case f.Start < end:
			return fmt.Sprintf("%q at %d begins before the end %d of the figure before it", f.Text, f.Start, end)
		case f.End <= f.Start || f.End > len(runes):
			return fmt.Sprintf("%q has the span [%d,%d) in %d characters", f.Text, f.Start, f.End, len(runes))
		case string(runes[f.Start:f.End]) != f.Text:
			return fmt.Sprintf("%q is not the text at [%d,%d)", f.Text, f.Start, f.End)
		case f.Clause.Start > f.Start || f.Clause.End < f.End || f.Sentence.Start > f.Start || f.Sentence.End < f.End:
			return fmt.Sprintf("%q at %d is outside its clause %v or sentence %v", f.Text,
				f.Start, f.Clause, f.Sentence)
		case f.Kind.Statistic() && f.Value == "":
			return fmt.Sprintf("%q is a statistic without a value", f.Text)
		}
		end = f.End
	}
	return ""
}

// Fuzz with -fuzzminimizetime 1x: else Go spends its whole minute on making the first long passage shorter.
func FuzzFind(f *testing.F) {
	for _, p := range passages(f, "*.txt") {
		f.Add(p.text)
	}
	for _, text := range []string{"", "\xff1", "-", "百分之", "1亿1亿", "〔2018〕", "“《1", "1:2:3", "二二二二",
		"翻", "第", "1/10万/10万"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if wrong := sound(text, find(text)); wrong != "" {
			t.Error(wrong)
		}
	})
}

// Pieces of reports, put together at random, give sound figures, and what stands in one sentence does not depend on the
// number of sentences after it.
func TestRandomReports(t *testing.T) {
	t.Parallel()
	pieces := []string{"全市", "婴儿死亡率", "比2017年", "提高", "下降到", "近", "约占", "分别", "1", "2018年", "3.5",
		"16.5%", "三", "十", "百分之", "万", "个", "余", "元/月",
		"百分点", "岁", "以下", "、", "和", "，", "—", "至", ":", "1:2", "（", "）", "《", "》", "“", "”", " ", "\n",
		"第", "每", "-", "年", "一站式", "翻一番", "/10万"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces"), "")
		alone := find(text)
		if wrong := sound(text, alone); wrong != "" {
			t.Fatalf("%q: %s", text, wrong)
		}
		followed := find(text + "\n\n新的一段，共3所。")
		if len(followed) < len(alone) {
			t.Fatalf("%q: %d figures alone, %d with a paragraph behind", text, len(alone), len(followed))
		}
	})
}

// BenchmarkFind finds the labelled figures and then reads a report of a hundred pages, 80,000 characters.
func BenchmarkFind(b *testing.B) {
	var report strings.Builder
	for _, half := range []string{"a-*.txt", "b-*.txt"} {
		var s score
		for _, p := range passages(b, half) {
			grade(p, &s, func(string, ...any) {})
			report.WriteString(p.text)
		}
		b.Logf("%-60s %8.4f      target ≥ 0.97 (precision %.4f, recall %.4f, %d labelled)",
			"finding figures, passages "+half+", F1", s.f1(), s.precision(), s.recall(), s.labelled)
	}
	runes := []rune(strings.Repeat(report.String(), 1+80_000/utf8.RuneCountInString(report.String())))
	for b.Loop() {
		find(string(runes[:80_000]))
	}
	b.Logf("%-60s %8.3f s    target < 1", "finding figures in 100 pages (80,000 characters)",
		b.Elapsed().Seconds()/float64(b.N))
}

// Whoever asked for a text to be read may go: no more of it is read then.
func TestReadingStops(t *testing.T) {
	t.Parallel()
	gone, leave := context.WithCancel(t.Context())
	leave()
	if r, err := town().Read(gone, inOneCell, About{}); err == nil {
		t.Errorf("%d figures were read after all", len(r.Figures))
	}
}
