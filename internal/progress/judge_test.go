package progress

// A verdict on a series against a target: its lamp, its words and the numbers it rests on; a better value never gets a
// worse lamp.

import (
	"context"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// point makes a complete value from "2015=9.44".
func point(t interface{ Fatal(...any) }, text string) Value {
	code, number, _ := strings.Cut(text, "=")
	p, err := period.Parse(code)
	r, _, ok := quantity.Decimal(number)
	if err != nil || !ok {
		t.Fatal(text, err)
	}
	return Value{Indicator: indicator.Indicator{Decimals: 2}, Period: p, Rat: r, Status: Proven, Origin: Entered}
}

func series(t interface{ Fatal(...any) }, points ...string) (all []Value) {
	for _, text := range points {
		all = append(all, point(t, text))
	}
	return all
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	up := indicator.Target{Op: "increase", BaselineYear: 2015, Level: "own"}
	down := indicator.Target{Op: "decrease", BaselineYear: 2015, Level: "own"}
	atLeast := indicator.Target{Op: "ge", Value: "30", Year: 2020, BaselineYear: 2015, Level: "own"}
	atMost := indicator.Target{Op: "le", Value: "20", Year: 2020, BaselineYear: 2015, Level: "national"}
	for _, c := range []struct {
		what   string
		points []string
		target indicator.Target
		lamp   Lamp
		words  string
	}{
		{"direction, better", []string{"2003=100", "2015=9.44", "2017=12.76", "2018=16.50"}, up, LampOnPace,
			"从2015年的9.44到2018年的16.50；向好"},
		{"direction, the wrong way", []string{"2015=9.44", "2018=16.50"}, down, LampWorsening,
			"从2015年的9.44到2018年的16.50；变差"},
		{"direction, level", []string{"2015=9.44", "2018=9.44"}, down, LampBehind,
			"从2015年的9.44到2018年的9.44；持平"},
		{"direction, one point", []string{"2018=16.50"}, up, LampTooFew, "2018年为16.50；只有一个年份的数，看不出变化"},
		{"met", []string{"2015=25", "2018=30"}, atLeast, LampMet,
			"从2015年的25.00到2018年的30.00；目标是2020年不低于30；已达到"},
		{"met, but worse than before", []string{"2015=10", "2018=15"}, atMost, LampMet,
			"从2015年的10.00到2018年的15.00；国家目标是2020年不高于20；已达到；但比2015年差"},
		{"met with one point", []string{"2018=35.5"}, atLeast, LampMet, "2018年为35.50；目标是2020年不低于30；已达到"},
		{"on the line", []string{"2015=20", "2018=26"}, atLeast, LampOnPace,
			"从2015年的20.00到2018年的26.00；目标是2020年不低于30；还差4.00；按匀速进度2018年应为26.00；进度正常"},
		{"below the line", []string{"2015=20", "2018=25"}, atLeast, LampBehind,
			"从2015年的20.00到2018年的25.00；目标是2020年不低于30；还差5.00；按匀速进度2018年应为26.00；进度滞后，今后每年需提高2.50"},
		{"above a falling line", []string{"2015=30", "2018=25"}, atMost, LampBehind,
			"从2015年的30.00到2018年的25.00；国家目标是2020年不高于20；还差5.00；按匀速进度2018年应为24.00；进度滞后，今后每年需降低2.50"},
		{"away from the target", []string{"2015=20", "2018=19"}, atLeast, LampWorsening,
			"从2015年的20.00到2018年的19.00；目标是2020年不低于30；还差11.00；比2015年差"},
		{"met once, lost again", []string{"2015=31", "2018=29"}, atLeast, LampWorsening,
			"从2015年的31.00到2018年的29.00；目标是2020年不低于30；还差1.00；比2015年差"},
		{"the year is over", []string{"2015=20", "2020=29"}, atLeast, LampBehind,
			"从2015年的20.00到2020年的29.00；目标是2020年不低于30；还差1.00；目标年份已到，未达到"},
		{"one point short", []string{"2018=26"}, atLeast, LampShort,
			"2018年为26.00；目标是2020年不低于30；还差4.00；只有一个年份的数，看不出进度"},
		{"no baseline: the first year after it", []string{"2016=20", "2018=25"}, atLeast, LampOnPace,
			"从2016年的20.00到2018年的25.00；目标是2020年不低于30；还差5.00；按匀速进度2018年应为25.00；进度正常"},
		{"only before the baseline", []string{"2012=20", "2013=22", "2015=25"},
			indicator.Target{Op: "increase", BaselineYear: 2015}, LampOnPace, "从2013年的22.00到2015年的25.00；向好"},
		{"no target", []string{"2015=1", "2018=2"}, indicator.Target{}, LampNoTarget,
			"从2015年的1.00到2018年的2.00；尚未设定目标"},
		{"no data", nil, atLeast, LampNoData, "暂无数据"},
		{"a month beside years is left out", []string{"2015=20", "2018=26", "2018-11=99"}, atLeast, LampOnPace,
			"从2015年的20.00到2018年的26.00；目标是2020年不低于30；还差4.00；按匀速进度2018年应为26.00；进度正常"},
		{"half-years", []string{"2015-S2=20", "2018-S1=25"}, atLeast, LampOnPace,
			"从2015年下半年的20.00到2018年上半年的25.00；目标是2020年不低于30；还差5.00；按匀速进度2018年上半年应为25.00；进度正常"},
	} {
		v := Judge(series(t, c.points...), c.target)
		if v.Lamp != c.lamp || say.Chinese(v.Words) != c.words || v.Method != "linear" {
			t.Errorf("%s: %s, %s\nwant %s, %s", c.what, v.Lamp, say.Chinese(v.Words), c.lamp, c.words)
		}
	}
}

func TestVerdictNamesItsParameters(t *testing.T) {
	t.Parallel()
	v := Judge(series(t, "2015=20", "2018=25"), indicator.Target{Op: "ge", Value: "30", Year: 2020, BaselineYear: 2015})
	want := map[string]string{"base_period": "2015", "base_value": "20.00", "latest_period": "2018",
		"latest_value": "25.00", "target_value": "30",
		"target_year": "2020", "expected_value": "26.00", "needed_per_year": "2.50"}
	if fmt.Sprint(v.Parameters) != fmt.Sprint(want) {
		t.Errorf("parameters are %v, want %v", v.Parameters, want)
	}
}

func TestIncompleteLatestIsNotJudged(t *testing.T) {
	t.Parallel()
	all := series(t, "2015=9.44", "2017=12.76", "2018=16.80")
	all[2].Status, all[2].Due, all[2].Reported, all[2].DueLevel = Incomplete, 16, 15,
		network.Label{Name: "区", NameEN: "districts"}
	v := Judge(all, indicator.Target{Op: "increase", BaselineYear: 2015})
	if want := "2018年16个区中15个已报，数据不全；按2017年评价；从2015年的9.44到2017年的12.76；向好"; v.Lamp != LampIncomplete || v.Period != all[1].Period || say.Chinese(v.Words) != want {
		t.Errorf("%s: %s\nwant %s", v.Lamp, say.Chinese(v.Words), want)
	}
	v = Judge(all[2:], indicator.Target{Op: "increase"})
	if want := "2018年16个区中15个已报，数据不全"; v.Lamp != LampIncomplete || say.Chinese(v.Words) != want {
		t.Errorf("without another year: %s, %s", v.Lamp, say.Chinese(v.Words))
	}
}

func TestFewEventsAreNotJudged(t *testing.T) {
	t.Parallel()
	all := series(t, "2015=8.69", "2018=20.5")
	for events, lamp := range map[int64]Lamp{19: LampTooFew, 20: LampWorsening} {
		all[1].Events = big.NewRat(events, 1)
		v := Judge(all, indicator.Target{Op: "le", Value: "15", Year: 2020, BaselineYear: 2015})
		said := strings.Contains(say.Chinese(v.Words), "分子只有19例，不足20例")
		if v.Lamp != lamp || said != (events < 20) {
			t.Errorf("%d events: %s, %s", events, v.Lamp, say.Chinese(v.Words))
		}
	}
	all[1].Events = big.NewRat(3, 1)
	if v := Judge(all, indicator.Target{}); v.Lamp != LampNoTarget ||
		!strings.Contains(say.Chinese(v.Words), "分子只有3例") {
		t.Errorf("without a target: %s, %s", v.Lamp, say.Chinese(v.Words))
	}
}

func TestCalibresNeverMeet(t *testing.T) {
	t.Parallel()
	all := series(t, "2015=8.69", "2016=10.83", "2018=9")
	all[1].Calibre.ID, all[2].Calibre.ID = 1, 1
	v := Judge(all, indicator.Target{Op: "decrease", BaselineYear: 2015})
	if want := "从2016年的10.83到2018年的9.00；与2015年相比：口径不同，不可比；向好"; say.Chinese(v.Words) != want {
		t.Errorf("%s, want %s", say.Chinese(v.Words), want)
	}
	if Change(all[0], all[2]) != nil {
		t.Error("a change is computed from one calibre to another")
	}
}

func TestSourceOfADisputedYearIsNamed(t *testing.T) {
	t.Parallel()
	all := series(t, "2013=9.45", "2018=9")
	published := []Quoted{{Rat: big.NewRat(945, 100), Published: indicator.Published{SourceTitle: "甲报"}},
		{Rat: big.NewRat(924, 100)}}
	all[0].Published, all[0].Quoted = published, &published[0]
	v := Judge(all, indicator.Target{Op: "decrease"})
	if !strings.Contains(say.Chinese(v.Words), "2013年有不同的公开数，这里采用甲报") {
		t.Errorf("which source was used is not said: %s", say.Chinese(v.Words))
	}
}

// A better latest value never gets a worse lamp.
func TestVerdictIsMonotonic(t *testing.T) {
	t.Parallel()
	rank := map[Lamp]int{LampWorsening: 0, LampBehind: 1, LampOnPace: 2, LampMet: 3}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Int64Range(0, 10000)
		base, a, b, goal := value.Draw(t, "base"), value.Draw(t, "a"), value.Draw(t, "b"), value.Draw(t, "goal")
		op := rapid.SampledFrom([]string{"ge", "le", "increase", "decrease"}).Draw(t, "op")
		worse, better := min(a, b), max(a, b)
		if op == "le" || op == "decrease" {
			worse, better = better, worse
		}
		target := indicator.Target{Op: op, BaselineYear: 2015}
		if op == "ge" || op == "le" {
			target.Value, target.Year = quantity.Plain(goal, 2), rapid.IntRange(2016, 2025).Draw(t, "year")
		}
		lamp := func(latest int64) Lamp {
			return Judge(series(t, "2015="+quantity.Plain(base, 2), "2018="+quantity.Plain(latest, 2)), target).Lamp
		}
		if x, y := lamp(worse), lamp(better); rank[x] > rank[y] {
			t.Fatalf("%s gives %s, but the better %s gives %s", quantity.Plain(worse, 2), x,
				quantity.Plain(better, 2), y)
		}
	})
}

// What a judgement says of numbers is in the reader's language, and a long number is written as people read it.
func TestAmountsAreSaidInTheLanguage(t *testing.T) {
	t.Parallel()
	zh, en := context.Background(), part.With(context.Background(), part.Env{Lang: "en"})
	for _, c := range []struct {
		number     string
		mark       quantity.Mark
		zh, inText string
	}{
		{"4000", quantity.Over, "2018年为4000余", "over 4000 in 2018"},
		{"5000", quantity.Nearly, "2018年为近5000", "nearly 5000 in 2018"},
		{"4000000000", quantity.Exact, "2018年为40亿", "4,000,000,000 in 2018"},
		{"187000000", quantity.Exact, "2018年为1.87亿", "187,000,000 in 2018"},
		{"21542000", quantity.Exact, "2018年为2154.2万", "21,542,000 in 2018"},
		{"21542001", quantity.Exact, "2018年为21542001", "21,542,001 in 2018"},
		{"16.50", quantity.Exact, "2018年为16.50", "16.50 in 2018"},
	} {
		w := say.New("%s为%s", point(t, "2018=1").Period, amount{number: c.number, mark: c.mark})
		if got := part.Say(zh, w); got != c.zh || w.String() != c.zh {
			t.Errorf("%s, want %s", got, c.zh)
		}
		if got := part.Say(en, w); got != c.inText {
			t.Errorf("%s, want %s", got, c.inText)
		}
	}
}

// A fresh installation has no year to speak of, and does not speak of the year 0.
func TestListWithoutFiguresNamesNoYear(t *testing.T) {
	if said := (listData{}).intro().String(); said != "" {
		t.Errorf("the list of a fresh installation says %q", said)
	}
	if said := (listData{Year: 2018}).intro().String(); !strings.Contains(said, "2018") {
		t.Errorf("the list of 2018 says %q", said)
	}
}
