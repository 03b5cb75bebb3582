package figurecheck

// What was carried, and from where, is told; what the figure's own words say is not.

import (
	"testing"
)

func TestOriginsOfAreasAndPeriods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text         string
		about        About
		area, period Origin
	}{
		{"2018年，东河区婚检率为20%。", About{}, Origin{}, Origin{}},
		{"示范市2018年总结\n婚检率为20%。", About{}, Origin{FromTitle, "示范市2018年总结"},
			Origin{FromTitle, "示范市2018年总结"}},
		{"2018年总结\n全市工作有序。开展很好。\n二、东河区\n婚检率为20%。", About{}, Origin{FromHeading, "二、东河区"}, Origin{FromTitle, "2018年总结"}},
		{"婚检率为20%。", About{"11", 2018}, Origin{From: FromGiven}, Origin{From: FromGiven}},
		{"示范市总结\n2018年，东河区开展检查。婚检率为20%。", About{}, Origin{FromSentence, "东河区"}, Origin{FromSentence, "2018年"}},
		{"2018年总结\n婚检率为20%。\n示范市妇儿工委办\n2019年3月8日", About{}, Origin{FromHand, "示范市妇儿工委办"},
			Origin{FromTitle, "2018年总结"}},
		{"2018年，全市婚检率为20%。", About{}, Origin{FromOwn, "全市"}, Origin{}},
		{"东河区\n指标\t2017年\t2018年\n婚检率（%）\t12.5\t20", About{}, Origin{FromTitle, "东河区"}, Origin{FromTable, "2018年"}},
		{"2018年总结\n指标\t东河区\t西河区\n婚检率（%）\t12.5\t20", About{}, Origin{FromTable, "西河区"},
			Origin{FromTitle, "2018年总结"}},
		{"2018年总结\n区\t婚检率（%）\n东河区\t12.5\n西河区\t20", About{}, Origin{}, Origin{FromTitle, "2018年总结"}},
	} {
		r := town().read(c.text, c.about)
		last := -1
		for i, f := range r.Figures {
			if f.Kind.Statistic() {
				last = i
			}
		}
		if claim := r.Claims[last]; told(claim.AreaFrom) != c.area || told(claim.PeriodFrom) != c.period {
			t.Errorf("%s %+v: area %s from %+v, want %+v; period %v from %+v, want %+v", c.text, c.about, claim.Area,
				told(claim.AreaFrom), c.area, claim.Periods, told(claim.PeriodFrom), c.period)
		}
	}
}

func told(o *Origin) Origin {
	if o == nil {
		return Origin{}
	}
	return *o
}

// What a later line says of place and time governs nothing above it.
func TestALaterLineGovernsNothingAbove(t *testing.T) {
	t.Parallel()
	r := town().read("婚检率为20%。\n2018年，东河区婚检率为12.5%。", About{})
	claims := []Claim{}
	for i, f := range r.Figures {
		if f.Kind.Statistic() {
			claims = append(claims, r.Claims[i])
		}
	}
	if above := claims[0]; above.Area != "" || len(above.Periods) > 0 {
		t.Errorf("the line above is of %q in %v, want of nowhere and no time", above.Area, above.Periods)
	}
	if own := claims[1]; own.Area == "" || len(own.Periods) != 1 || own.Periods[0] != "2018" {
		t.Errorf("the line itself is of %q in %v, want 东河区 in 2018", own.Area, own.Periods)
	}
}
