package figurecheck

// What a sentence says of a figure: which indicator, area, years and sex, how sure that is, and whether the sums within
// a text add up. Finding figures: find_test.go; of which place: where_test.go.

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// read is Read of a text that nobody stops.
func (v *Vocabulary) read(text string, about About) Reading {
	r, err := v.Read(context.Background(), text, about)
	if err != nil {
		panic(err)
	}
	return r
}

// town is a small vocabulary with two districts.
func town() *Vocabulary {
	return NewVocabulary(
		[]Term{
			{Code: "EXAM", Unit: "%", Names: []string{"婚前医学检查率", "婚检率"}},
			{Code: "MMR", Unit: "1/10万", Names: []string{"孕产妇死亡率"}},
			{Code: "IMR", Unit: "‰", Names: []string{"婴儿死亡率"}},
			{Code: "BIRTH", Unit: "%", Names: []string{"孕产妇住院分娩率", "住院分娩率"}},
			{Code: "RURAL", Unit: "%", Names: []string{"农村孕产妇住院分娩率"}},
			{Code: "LIFE", Unit: "岁", Names: []string{"平均预期寿命"}},
			{Code: "HOME", Unit: "%", Names: []string{"儿童之家 覆盖率"}},
			{Code: "NEW", Unit: "个", Names: []string{"新建儿童之家"}},
			{Code: "ROOM", Unit: "个", Names: []string{"母婴关爱室"}},
			{Code: "FUND", Unit: "元", Names: []string{"投入 学前教育普惠性服务"}},
		},
		[]Place{{Code: "1", Names: []string{"示范市", "示范"}},
			{Code: "11", Above: "1", Names: []string{"东河区", "东河"}},
			{Code: "12", Above: "1", Names: []string{"西河区", "西河"}}},
		[]Calibre{{Code: "REG", Words: []string{"户籍人口", "户籍"}},
			{Code: "RES", Words: []string{"常住人口", "常住"}}})
}

var trusts = map[Trust]string{Unnamed: "unnamed", Loose: "loose", Likely: "likely", Firm: "firm"}

// claimed writes the claims of a text as "figure=terms trust area periods<base sex calibre target", without what is
// empty.
func claimed(text string, about About) string {
	r := town().read(text, about)
	var all []string
	for i, f := range r.Figures {
		if !f.Kind.Statistic() {
			continue
		}
		c := r.Claims[i]
		s := f.Text + "=" + strings.Join(c.Terms, "+") + " " + trusts[c.Trust] + " " + c.Area + " " +
			strings.Join(c.Periods, "+")
		if c.Trust == Unnamed {
			s = f.Text + "=unnamed"
		} else {
			if len(c.Base()) > 0 {
				s += "<" + strings.Join(c.Base(), "+")
			}
			for _, more := range []string{map[string]string{"1": "male", "2": "female"}[c.Sex], c.Calibre,
				map[bool]string{true: "target"}[c.Target]} {
				if more != "" {
					s += " " + more
				}
			}
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func TestClaims(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"示范市2018年总结\n全市婚前医学检查率达到16.5%，比2017年提高3.74个百分点。":               "16.5%=EXAM firm 1 2018; 3.74个百分点=EXAM firm 1 2018<2017",
		"示范市2018年总结\n婚检率由2017年的12.76%提高到2018年的16.5%。":                  "12.76%=EXAM firm 1 2017; 16.5%=EXAM firm 1 2018",
		"2018年，东河区婚检率为20%，西河区为30%。":                                    "20%=EXAM firm 11 2018; 30%=EXAM firm 12 2018",
		"2018年东河、西河婚检率分别为20%和30%。":                                     "20%=EXAM firm 11 2018; 30%=EXAM firm 12 2018",
		"2018年，孕产妇死亡率、婴儿死亡率分别为8.17/10万和2.29‰。":                         "8.17/10万=MMR firm 1 2018; 2.29‰=IMR firm 1 2018",
		"2018年农村孕产妇住院分娩率为99%。":                                         "99%=RURAL firm 1 2018",
		"2018年流动人口孕产妇住院分娩率为99%。":                                       "99%=BIRTH likely 1 2018",
		"2018年女性平均预期寿命为84.63岁，男性为80岁。":                                 "84.63岁=LIFE firm 1 2018 female; 80岁=LIFE firm 1 2018 male",
		"2018年户籍人口孕产妇死亡率为8.17/10万。":                                    "8.17/10万=MMR firm 1 2018 REG",
		"2018年孕产妇死亡率（常住人口）为8.17/10万。":                                  "8.17/10万=MMR firm 1 2018 RES",
		"到2020年婚检率目标达到70%。":                                            "70%=EXAM likely 1 2020 target",
		"2018年共新建儿童之家2144个，建设覆盖率达到30.7%。":                              "2144个=NEW firm 1 2018; 30.7%=HOME likely 1 2018",
		"2018年全市4000余个“母婴关爱室”投入使用。":                                    "4000余个=ROOM likely 1 2018",
		"2018年投入40亿元用于支持社会力量提供学前教育普惠性服务，扩充学位3万个。":                      "40亿元=FUND likely 1 2018; 3万个=unnamed",
		"全国2018年婚检率为61%。":                                              "61%=EXAM likely  2018",
		"长山县2018年工作总结\n婚检率为61%。":                                       "61%=EXAM likely 1 2018",
		"2018年12月，全市婚检率为16%。":                                          "16%=EXAM likely 1 2018-12+2018",
		"2018年12月底，全市婚检率为16%。":                                         "16%=EXAM firm 1 2018-12+2018",
		"2016—2018年，婚检率为13%。":                                          "13%=EXAM likely 1 2016+2018",
		"2016—2018年，婚检率分别为11%、12%、16%。":                                "11%=EXAM firm 1 2016; 12%=EXAM firm 1 2017; 16%=EXAM firm 1 2018",
		"2018年，婚检率低于10%的区不多。":                                          "10%=EXAM likely 1 2018",
		"2018年，婚检率达到16%的水平。":                                           "16%=EXAM firm 1 2018",
		"2018年工作总结\n婚检率为16%。\n二、下一步打算\n婚检率达到20%。\n三、完成情况\n婚检率为16%。":    "16%=EXAM firm 1 2018; 20%=EXAM likely 1 2018; 16%=EXAM firm 1 2018",
		"2018年全国婚检率为61%，我市婚检率为16%。":                                    "61%=EXAM likely  2018; 16%=EXAM firm 1 2018",
		"2018年，参加活动的有300人。":                                            "300人=unnamed",
		"2018年11月底，全市婚检率为16%。":                                         "16%=EXAM likely 1 2018-11+2018",
		"2018年上半年婚检率为16%。":                                             "16%=EXAM firm 1 2018-S1",
		"2018年1—9月婚检率为16%。":                                            "16%=EXAM likely 1 ",
		"婚检率为16%。":                                                     "16%=EXAM likely 1 ",
		"示范市2018年数据\n指标\t2017年\t2018年\n婚检率（%）\t12.76\t16.50":           "12.76=EXAM firm 1 2017; 16.50=EXAM firm 1 2018",
		"2018年户籍人口孕产妇死亡率8.17/10万，婴儿死亡率2.29‰。":                          "8.17/10万=MMR firm 1 2018 REG; 2.29‰=IMR firm 1 2018",
		"示范市2018年工作\n附表：各区婚检率（单位：%）\n区\t2017年\t2018年\n东河区\t20.1\t30.2": "20.1=EXAM firm 11 2017; 30.2=EXAM firm 11 2018",
		"示范市2018年投入\n单位：亿元\n项目\t2018年投入\n学前教育普惠性服务\t40":                "40=unnamed",
		"示范市2018年婚检率\n地区\t婚检率（%）\n东河区\t20.1\n西河区\t30.2":                "20.1=EXAM firm 11 2018; 30.2=EXAM firm 12 2018",
	} {
		if got := claimed(text, About{Area: "1"}); got != want {
			t.Errorf("%s\nclaims %s\nwant   %s", text, got, want)
		}
	}
}

// What the user says of the text decides what its words leave open.
func TestClaimsFollowWhatTheTextIsAbout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		about About
		want  string
	}{
		{"全区婚检率为20%，全市为16%。", About{"11", 2018}, "20%=EXAM firm 11 2018; 16%=EXAM firm 1 2018"},
		{"婚检率为20%，比上年提高2个百分点。", About{"12", 2018},
			"20%=EXAM firm 12 2018; 2个百分点=EXAM firm 12 2018<2017"},
		{"我县婚检率为20%。", About{Year: 2018}, "20%=EXAM likely  2018"},
	} {
		if got := claimed(c.text, c.about); got != c.want {
			t.Errorf("%s %+v\nclaims %s\nwant   %s", c.text, c.about, got, c.want)
		}
	}
}

func TestSums(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"婚检率由12.76%提高到16.5%，提高3.74个百分点。":    "3.74个百分点 difference 3.74 true",
		"婚检率由12.76%提高到16.5%，提高了3.47个百分点。":   "3.47个百分点 difference 3.74 false",
		"婚检率达到16.5%，比2017年的12.8%提高3.74个百分点": "3.74个百分点 difference 3.7 true",
		"死亡率由8.69/10万下降到8.17/10万，下降0.5/10万": "0.5/10万 difference 0.5 true",
		"学位由2000个增加到2500个，增长25%。":           "25% growth 25 true",
		"学位由2000个增加到2500个，增长20%。":           "20% growth 25 false",
		"31项指标中29项达标，达标率为93.55%。":           "93.55% share 93.55 true",
		"31项指标中29项达标，达标率为95.3%。":            "95.3% share 93.5 false",
		"共有委员30人，其中女性12人，占40%。":             "40% share 40 true",
		"全市共有法律援助中心17家，其中市级1家、区级16家。":       "17家 total 17 true",
		"全市共有法律援助中心17家，其中示范中心3家、标准中心5家。":    "",
		"男性为80岁，女性为84岁，比上年提高0.3岁。":          "",
		"婚检率为16.5%，住院分娩率为99%，提高3个百分点。":      "",
	} {
		r := town().read(text, About{})
		var all []string
		for _, s := range r.Sums {
			all = append(all, fmt.Sprintf("%s %s %s %t", r.Figures[s.Figure].Text, s.Kind, s.Value, s.Agrees))
		}
		if got := strings.Join(all, "; "); got != want {
			t.Errorf("%s\nsums %q\nwant %q", text, got, want)
		}
	}
}

// What random texts are too short for: a head in the midst of a long table, and units that are not said.
func TestReadTables(t *testing.T) {
	t.Parallel()
	long := "东河区情况\n项目\t2018年\n" + strings.Repeat("婚检率\t16.5%\n", 60) + "项目\t2017年\n婚检率\t12.76%\n"
	for _, text := range []string{long, "项目\t2018年\n成员单位\t35\n", "填报单位：\t2018年\n婚检率\t35\n",
		"项目\t2018年（）\n婚检率()\t35\n"} {
		r := town().read(text, About{})
		if last := r.Figures[len(r.Figures)-1]; !last.Kind.Statistic() {
			t.Errorf("%q: the last cell is %+v, not a statistic", text, last)
		}
	}
}

// Whatever the text, claims stand beside figures and names within the text.
func TestReadKeepsToTheText(t *testing.T) {
	t.Parallel()
	v := town()
	pieces := rapid.SampledFrom([]string{"婚检率", "东河区", "16.5%", "为", "，", "。", "\n", "\t", "2018年", "分别",
		"和", "、", "其中", "比", "提高", "3个", "母婴关爱室", "（", "）", "长山县", "目标", "由", "到", "1:2",
		"三分之一", "户籍", "女性", "中", "占", "|", "ａ", "单位", "单位：", "("})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 40).Draw(t, "text"), "")
		r := v.read(text, About{})
		size := len([]rune(text))
		for i, c := range r.Claims {
			if c.Name.Start < 0 || c.Name.End > size || c.Name.Start > c.Name.End ||
				(c.Trust > Unnamed) != (len(c.Terms) > 0) {
				t.Fatalf("%q: claim %+v of %+v", text, c, r.Figures[i])
			}
		}
		for _, s := range r.Sums {
			if s.Figure >= len(r.Figures) || len(s.Of) == 0 {
				t.Fatalf("%q: sum %+v", text, s)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, p := range passages(f, "*.txt") {
		f.Add(p.text)
	}
	v := town()
	f.Fuzz(func(t *testing.T, text string) {
		if wrong := sound(text, v.read(text, About{}).Figures); wrong != "" {
			t.Error(wrong)
		}
	})
}

// FuzzTables puts a text into tables as people paste them: cells and heads are read like all else, in linear time.
func FuzzTables(f *testing.F) {
	for _, rows := range [][3]string{{"指标", "2017年", "2018年"},
		{"婚检率（%）", "22.57①", "29.42[1]"}, {"其中：女", "-", "…"},
		{"长山县", "", "12"}, {"单位：亿元", "项目", "投入"}, {"一、健康", "比上年±", "-0.5"},
		{"合计", "1,200.5", "万元"},
		{"\"", "|---|", "\t"}, {"序号", "同比增长（%）", "4.5"}} {
		f.Add(rows[0], rows[1], rows[2])
	}
	v := town()
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if len(a)+len(b)+len(c) > 300 {
			return
		}
		for _, sign := range []string{"\t", "|", "\n", "  ", ",", "，"} {
			row := strings.Join([]string{a, b, c}, sign) + "\n"
			text := "指标" + sign + "2017年" + sign + "2018年\n" + strings.Repeat(row, 3)
			page := newPage(text)
			r, err := v.readPage(t.Context(), page, About{})
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if wrong := sound(text, r.Figures); wrong != "" {
				t.Errorf("%q: %s", text, wrong)
			}
			for i, c := range r.Claims {
				if (c.Trust > Unnamed) != (len(c.Terms) > 0) {
					t.Errorf("%q: claim %+v of %+v", text, c, r.Figures[i])
				}
			}
		}
	})
}

// Arithmetic inside a text holds only between values of one measure; all else is left alone.
func TestSumsOfOneMeasure(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// a yearly or average rate is no total change
		"床位由1.2万张增至1.5万张，年均增长2.1%。":   "",
		"床位由1.2万张增至1.5万张，平均每年增长2.1%。": "",
		"床位由1.2万张增至1.5万张，每年增加600张。":   "",
		"婚检率由10%升到15%，逐年提高1个百分点。":     "",
		"婚检率由10%升到15%，月均提高0.4个百分点。":   "",
		"床位由1.2万张增至1.5万张，年均复合增速2.1%。": "",
		"床位由1.2万张增至1.5万张，增长25%。":      "25% growth 25 true",
		"床位由1200张增至1500张，五年累计增长20%。":  "20% growth 25 false",
		// a comparison with another place or group is no change
		"合格率由70%提高到80%，比全省高2个百分点。":          "",
		"合格率由70%提高到80%，高于全国平均水平2个百分点。":      "",
		"合格率由70%提高到80%，比城市低2个百分点。":          "",
		"合格率由70%提高到80%，超过目标5个百分点。":          "",
		"合格率由70%提高到80%，比男性高2个百分点。":          "",
		"合格率由70%提高到80%，提高10个百分点，比全省高2个百分点。": "10个百分点 difference 10 true",
		"覆盖率45%，距90%的目标还差54个百分点。":           "54个百分点 difference 45 false",
		// something else is named
		"死亡率由9‰降到6‰，城乡差距由3个千分点缩小到1个千分点。":  "",
		"死亡率由9‰降到6‰，城乡差距缩小2个千分点。":         "",
		"死亡率由9‰降到6‰，农村下降4个千分点。":           "",
		"死亡率由9‰降到6‰，婚检率提高5个百分点。":          "",
		"合格率由70%提高到80%，优秀率达到30%，提高5个百分点。": "",
		"合格率由70%提高到80%，其中女性提高12个百分点。":     "",
		"死亡率由9‰降到6‰；农村下降4个千分点。":           "",
		"死亡率由9‰降到6‰，下降2个千分点。":             "2个千分点 difference 3 false",
		"合格率由70%提高到80%，两年间提高8个百分点。":       "8个百分点 difference 10 false",
		"由10%升到15%，提高4个百分点。":              "4个百分点 difference 5 false",
		"比例从10%上升至15%，上升了6个百分点。":          "6个百分点 difference 5 false",
		"人数由200人增加到250人，增加60人。":           "60人 difference 50 false",
		// what is added is no value to start from, and growth in constant prices is not that in current ones
		"人均生产总值20000元，比上年新增2000元，增长8%。": "",
		"人均生产总值由18000元提高到20000元，增长8%。":  "",
		"居民收入由18000元提高到20000元，实际增长8%。":  "",
		"学位2500个，比上年新增500个，增长20%。":      "",
		"学位2500个，比上年多建500个，增长20%。":      "",
		"补助经费由200万元增加到250万元，增长20%。":     "20% growth 25 false",
		// another base than the value beside it
		"婚检率由五年前的10%升到15%，同比提高1个百分点。":          "",
		"婚检率由2013年的10%升到2018年的15%，比上年提高1个百分点。": "",
		"婚检率由2017年的10%升到2018年的15%，比上年提高1个百分点。": "1个百分点 difference 5 false",
		// shares of something else
		"有教师200名，其中女教师90名；高级职称占30%。":       "",
		"有教师200名，其中女教师90名，高级职称占30%。":       "",
		"有教师200名，其中女教师90名，占全市教师的3%。":       "",
		"有教师200名，其中女教师90名，占女性总数的3%。":       "",
		"有教师200名，其中女教师90名，研究生占30%。":        "",
		"有学校200所，其中公办90所，在校生占30%。":         "",
		"有教师200名，其中女教师90名，其中高级职称30名，占15%。": "15% share 15 true",
		"有教师200名，其中女教师90名，占45%。":           "45% share 45 true",
		"有教师200名，其中女教师90名，占教师总数的45%。":      "45% share 45 true",
		"有教师200名，其中女教师90名，女教师占45%。":        "45% share 45 true",
		"有教师200名，其中女教师90名，占55%。":           "55% share 45 false",
		"有教师200名，其中女教师90名，占全部教师的55%。":      "55% share 45 false",
		"检查200家，其中合格190家，一次合格率90%。":        "",
		"检查200家，其中合格190家，合格率90%。":          "90% share 95 false",
	} {
		r := town().read(text, About{})
		var all []string
		for _, s := range r.Sums {
			all = append(all, fmt.Sprintf("%s %s %s %t", r.Figures[s.Figure].Text, s.Kind, s.Value, s.Agrees))
		}
		if got := strings.Join(all, "; "); got != want {
			t.Errorf("%s\nsums %q\nwant %q", text, got, want)
		}
	}
}
