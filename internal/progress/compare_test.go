package progress

// What breaks a comparison breaks it everywhere; digits keep verdicts true; what counts as of a year. Verdicts without
// a break: judge_test.go.

import (
	"context"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Everything that makes a value mean something else breaks a comparison, wherever one is made.
func TestABreakIsNoChange(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		change func(*Value)
		words  say.Key
	}{
		"calibre":              {func(v *Value) { v.Calibre.ID = 1 }, "口径不同，不可比"},
		"formula":              {func(v *Value) { v.Version.Formula = "A / C * 100" }, "定义有变，不可比"},
		"no formula any more":  {func(v *Value) { v.Version.Formula = "" }, "定义有变，不可比"},
		"definition":           {func(v *Value) { v.Version.Definition = "只算在校生" }, "定义有变，不可比"},
		"spaces":               {func(v *Value) { v.Version.Formula = " A/B * 100 " }, ""},
		"another source of it": {func(v *Value) { v.Version.SourceTitle = "新制度" }, ""},
	} {
		all := series(t, "2015=20", "2017=25", "2018=60")
		for i := range all {
			all[i].Version.Formula, all[i].Version.Definition = "A / B * 100", "全部学生"
		}
		c.change(&all[2])
		if why := Break(all[1], all[2]); why.Key != c.words {
			t.Errorf("%s: %q, want %q", what, why.Key, c.words)
		}
		if broken := c.words != ""; (Change(all[1], all[2]) == nil) != broken ||
			(ChangeText(all[1], all[2]) == "") != broken || (len(meanings(all)) == 2) != broken ||
			(breakBefore(all, 2).Key != "") != broken || breakBefore(all, 1).Key != "" ||
			breakBefore(all, 0).Key != "" {
			t.Errorf("%s: a break is not one everywhere", what)
		}
		v := Judge(all, indicator.Target{Op: "ge", Value: "80", Year: 2020, BaselineYear: 2015})
		said := strings.Contains(say.Chinese(v.Words), "与2015年相比："+string(c.words))
		if c.words != "" && (v.Lamp != LampShort || !said) || c.words == "" && v.Lamp == LampShort {
			t.Errorf("%s: judged as %s, %s", what, v.Lamp, say.Chinese(v.Words))
		}
	}
}

// From a break on, the new definition has a base of its own.
func TestAfterABreakTheNewDefinitionIsJudged(t *testing.T) {
	t.Parallel()
	all := series(t, "2015=20", "2017=50", "2018=56")
	all[1].Version.Formula, all[2].Version.Formula = "NEW", "NEW"
	v := Judge(all, indicator.Target{Op: "ge", Value: "60", Year: 2020, BaselineYear: 2015, Level: "own"})
	if want := "从2017年的50.00到2018年的56.00；与2015年相比：定义有变，不可比；目标是2020年不低于60；还差4.00；" +
		"按匀速进度2018年应为53.33；进度正常"; say.Chinese(v.Words) != want {
		t.Errorf("%s, want %s", say.Chinese(v.Words), want)
	}
}

func TestAChartMarksTheBreak(t *testing.T) {
	t.Parallel()
	all := series(t, "2015=20", "2017=50", "2018=56")
	from := all[1].Period
	for i := 1; i < 3; i++ {
		all[i].Version = indicator.Version{Formula: "NEW", From: from}
	}
	c := showData{series: [][]Value{all}, Versions: make([]indicator.Version, 2)}.chart(context.Background())
	if len(c.Breaks) != 1 || c.Breaks[0].Period != "2017" || c.Breaks[0].Text != "定义有变，不可比" ||
		len(c.Series) != 2 ||
		c.Series[0].Name == c.Series[1].Name {
		t.Errorf("breaks %v, series %v", c.Breaks, c.Series)
	}
	c = showData{series: [][]Value{all[1:]}, Versions: make([]indicator.Version, 1)}.chart(context.Background())
	if len(c.Breaks) != 0 || len(c.Series) != 1 || strings.Contains(c.Series[0].Name, "定义") {
		t.Errorf("one definition: breaks %v, series %v", c.Breaks, c.Series)
	}
}

// What a source gives only about is not subtracted.
func TestVagueFiguresGiveNoChange(t *testing.T) {
	t.Parallel()
	all := series(t, "2017=4800", "2018=5000")
	all[1].Mark = quantity.Nearly
	if Change(all[0], all[1]) != nil || Change(all[1], all[0]) != nil {
		t.Error("近5000 − 4800 is 200")
	}
}

func TestDigitsMakeTheVerdictTrue(t *testing.T) {
	t.Parallel()
	atLeast := indicator.Target{Op: "ge", Value: "80", Year: 2020, BaselineYear: 2015, Level: "own"}
	for _, c := range []struct {
		what   string
		points []string
		lamp   Lamp
		words  string
	}{
		{"just short", []string{"2018=79.96"}, LampShort,
			"2018年为79.96；目标是2020年不低于80；还差0.04；只有一个年份的数，看不出进度"},
		{"a hair short", []string{"2018=79.99996"}, LampShort,
			"2018年为79.99996；目标是2020年不低于80；还差0.00004；只有一个年份的数，看不出进度"},
		{"just over", []string{"2018=80.04"}, LampMet, "2018年为80.04；目标是2020年不低于80；已达到"},
		{"hardly worse than the base", []string{"2015=70.02", "2018=70.01"}, LampWorsening,
			"从2015年的70.02到2018年的70.01；目标是2020年不低于80；还差9.99；比2015年差"},
		{"just behind the line", []string{"2015=70", "2018=75.99"}, LampBehind,
			"从2015年的70.00到2018年的75.99；目标是2020年不低于80；还差4.01；按匀速进度2018年应为76.00；进度滞后，今后每年需提高2.01"},
		{"plain", []string{"2015=70", "2018=76"}, LampOnPace,
			"从2015年的70.0到2018年的76.0；目标是2020年不低于80；还差4.0；按匀速进度2018年应为76.0；进度正常"},
	} {
		all := series(t, c.points...)
		for i := range all {
			all[i].Indicator.Decimals = 1
		}
		if v := Judge(all, atLeast); v.Lamp != c.lamp || say.Chinese(v.Words) != c.words {
			t.Errorf("%s: %s, %s\nwant %s, %s", c.what, v.Lamp, say.Chinese(v.Words), c.lamp, c.words)
		}
	}
	for in, want := range map[string]string{"0.04": "0.04", "-0.0004": "-0.0004", "0": "0.0", "3.74": "3.7"} {
		r, _, _ := quantity.Decimal(in)
		if got := Tell(1, r); got != want {
			t.Errorf("a difference of %s is told as %s, want %s", in, got, want)
		}
	}
}

// Whatever the numbers: who reads them as they are said orders them as they are.
func TestSaidNumbersKeepTheirOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1000, 1000)
		draw := func(name string) told {
			exact := rapid.Bool().Draw(t, name+" exact")
			if exact {
				return told{big.NewRat(n.Draw(t, name), 100), true}
			}
			return told{big.NewRat(n.Draw(t, name), rapid.Int64Range(1, 99).Draw(t, name+" of")), false}
		}
		a, b, atLeast := draw("a"), draw("b"), rapid.IntRange(0, 3).Draw(t, "at least")
		d := digits(atLeast, pair{a, b})
		if a.at(d).Cmp(b.at(d)) != a.r.Cmp(b.r) {
			t.Fatalf("%s and %s with %d decimals", a.r, b.r, d)
		}
		if d > atLeast && a.at(d-1).Cmp(b.at(d-1)) == a.r.Cmp(b.r) {
			t.Fatalf("%d decimals would do", d-1)
		}
	})
}

// Near is not there yet.
func TestASourceThatSaysNearlyIsShort(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mark quantity.Mark
		op   string
		met  bool
	}{{quantity.Nearly, "ge", false}, {quantity.Over, "ge", true}, {quantity.Nearly, "le", true},
		{quantity.Over, "le", false}} {
		all := series(t, "2018=80")
		all[0].Mark, all[0].Quoted = c.mark, &Quoted{Rat: all[0].Rat}
		v := Judge(all, indicator.Target{Op: c.op, Value: "80", Year: 2020})
		if (v.Lamp == LampMet) != c.met {
			t.Errorf("%s 80 against %s 80: %s, %s", c.mark.Words(), c.op, v.Lamp, say.Chinese(v.Words))
		}
	}
}

func TestLampsForWhatCannotBeJudged(t *testing.T) {
	t.Parallel()
	target := indicator.Target{Op: "ge", Value: "90", Year: 2020, BaselineYear: 2015, Starts: 2016, Ends: 2020,
		Level: "own"}
	up := indicator.Target{Op: "increase", BaselineYear: 2015, Starts: 2016, Ends: 2020}
	for _, c := range []struct {
		what   string
		points []string
		target indicator.Target
		lamp   Lamp
		words  string
	}{
		{"none", nil, target, LampNoData, "暂无数据"},
		{"one, short", []string{"2018=30.7"}, target, LampShort,
			"2018年为30.70；目标是2020年不低于90；还差59.30；只有一个年份的数，看不出进度"},
		{"one, direction only", []string{"2018=30.7"}, up, LampTooFew, "2018年为30.70；只有一个年份的数，看不出变化"},
		{"older, met then", []string{"2012=97.74"}, target, LampBefore,
			"2012年为97.74；目标是2020年不低于90；已达到；这是规划开始（2016年）以前的数，不作进度评价"},
		{"older, short then", []string{"2009=29", "2012=29.43"}, target, LampBefore,
			"从2009年的29.00到2012年的29.43；目标是2020年不低于90；还差60.57；这是规划开始（2016年）以前的数，不作进度评价"},
		{"older, direction only", []string{"2009=29", "2015=29.43"}, up, LampBefore,
			"从2009年的29.00到2015年的29.43；这是规划开始（2016年）以前的数，不作进度评价"},
		{"the plan's first year", []string{"2016=91"}, target, LampMet, "2016年为91.00；目标是2020年不低于90；已达到"},
	} {
		v := Judge(series(t, c.points...), c.target)
		if v.Lamp != c.lamp || say.Chinese(v.Words) != c.words {
			t.Errorf("%s: %s, %s\nwant %s, %s", c.what, v.Lamp, say.Chinese(v.Words), c.lamp, c.words)
		}
	}
}

// A value that has no number though all reported is passed over, and the words say so.
func TestWhatHasNoNumberIsNamed(t *testing.T) {
	t.Parallel()
	all := series(t, "2017=9", "2018=1")
	all[1].Rat, all[1].Hidden, all[1].Why = nil, true, []say.Words{say.New("含有保密的数，不显示")}
	v := Judge(all, indicator.Target{})
	if want := "2018年：含有保密的数，不显示；按2017年评价；2017年为9.00；尚未设定目标"; v.Lamp != LampNoTarget ||
		say.Chinese(v.Words) != want {
		t.Errorf("%s, %s\nwant %s", v.Lamp, say.Chinese(v.Words), want)
	}
}

func TestAsOf(t *testing.T) {
	t.Parallel()
	all := series(t, "2012=29", "2017=70", "2018=80", "2018-11=1", "2023=95")
	all[2].Status, all[2].Due, all[2].Reported, all[2].DueLevel = Incomplete, 3, 2, network.Label{Name: "区"}
	target := indicator.Target{Op: "ge", Value: "90", Year: 2020, Starts: 2016, Ends: 2020, BaselineYear: 2015}
	for _, c := range []struct {
		year                  int
		value, before, judged string
		lamp                  Lamp
	}{
		{2011, "", "", "", LampNoData},
		{2016, "2012", "", "2012", LampBefore},
		{2017, "2017", "", "2017", LampOnPace},
		{2018, "2018", "2017", "2017", LampIncomplete},
		{2022, "2018", "2017", "2017", LampIncomplete},
		{2025, "2023", "", "2017", LampIncomplete}, // the plan is over, its verdict stands
	} {
		s := AsOf(indicator.Indicator{}, network.Area{}, all, c.year, target)
		if s.Value.Period.String() != c.value || s.Before.Period.String() != c.before ||
			s.Verdict.Period.String() != c.judged || s.Verdict.Lamp != c.lamp || s.Known() != (c.value != "") {
			t.Errorf("as of %d: %v after %v, judged %v, %s", c.year, s.Value.Period, s.Before.Period, s.Verdict.Period,
				s.Verdict.Lamp)
		}
	}
}

// A period counts as soon as anything is due in it, with or without a number; one of which nothing is known does not.
func TestAsOfAPeriodThatIsDue(t *testing.T) {
	t.Parallel()
	for due, want := range map[int]string{0: "2017", 1: "2018"} {
		all := series(t, "2016=60", "2017=70", "2018=1")
		all[2].Rat, all[2].Due, all[2].Status = nil, due, Incomplete
		s := AsOf(indicator.Indicator{}, network.Area{}, all, 2018, indicator.Target{})
		if s.Value.Period.String() != want || s.Before.Period != s.Value.Period.Previous() ||
			s.Verdict.Period.String() != "2017" {
			t.Errorf("with %d due, the value is of %s after %s, judged by %s", due, s.Value.Period, s.Before.Period,
				s.Verdict.Period)
		}
	}
}

func TestTargetsAtAYear(t *testing.T) {
	t.Parallel()
	of := func(plan string, starts, ends int) indicator.Target {
		return indicator.Target{Plan: plan, Starts: starts, Ends: ends}
	}
	all := []indicator.Target{of("A", 2011, 2015), of("B", 2016, 2020), of("B", 2016, 2020), of("C", 2026, 2030)}
	for year, want := range map[int]string{2010: "A", 2013: "A", 2016: "B", 2020: "B", 2022: "B", 2026: "C",
		2099: "C"} {
		if got := First(TargetsAt(all, year)).Plan; got != want {
			t.Errorf("in %d the plan is %s, want %s", year, got, want)
		}
	}
	if n := len(TargetsAt(all, 2018)); n != 2 {
		t.Errorf("%d targets of one plan, want 2", n)
	}
	if First(TargetsAt(nil, 2018)).Plan != "" {
		t.Error("a target out of nothing")
	}
}
