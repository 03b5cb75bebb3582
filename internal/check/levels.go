package check

// What the data say of an indicator in an area and a period: the number worked out from reports, and what named sources
// say. Each is worked out once for a text, however many of its figures ask.

import (
	"slices"

	"yipanqi/internal/element"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/say"
)

// levels are what the data say of an indicator in an area and a period: the computed value, then what sources say.
func (d data) levels(c figurecheck.Claim, at place) (all []witness) {
	if _, is := d.elements.byCode[at.indicator]; is {
		return d.counts(c, at.indicator, d.areas[at.area], at.period, at.sex)
	}
	v, known := d.values[at]
	if !known {
		return nil
	}
	told := calibrated{at, c.Calibre}
	if all, known = d.levelled[told]; !known {
		all = d.tell(v, c)
		d.levelled[told] = all
	}
	return slices.Clone(all)
}

// calibrated is a value as a text asks for it.
type calibrated struct {
	place
	calibre string
}

// tell is what the data say of a value.
func (d data) tell(v progress.Value, c figurecheck.Claim) (all []witness) {
	w := witness{unit: v.Indicator.Unit, value: v, code: v.Indicator.Code,
		name: network.Label{Name: v.Indicator.Name, NameEN: v.Indicator.NameEN},
		at:   v.Period, area: v.Area}
	// a number that does not say whom it counts may count others
	counts := func(calibre element.Calibre) (matches, loose bool) {
		return c.Calibre == "" || calibre.ID == 0 || calibre.Code == c.Calibre, c.Calibre != "" && calibre.ID == 0
	}
	if matches, loose := counts(v.Calibre); matches && v.Computed() {
		w.loose = loose
		w.truth, w.proof, w.simulated = truth{rat: v.Rat, decimals: v.Indicator.Decimals}, v.ProofURL(),
			v.Origin == progress.Simulated
		switch v.Status {
		case progress.Proven:
			w.verdict = Proven
			w.said = say.New("已审核通过的报表算得%s",
				said(v.Rat, v.Decimals(), v.Mark, v.Indicator.Unit, v.Indicator.UnitEN))
		case progress.Paper:
			w.verdict = Paper
			w.said = say.New("纸质签字的报表算得%s",
				said(v.Rat, v.Decimals(), v.Mark, v.Indicator.Unit, v.Indicator.UnitEN))
		case progress.Unproven:
			w.verdict = Published
			w.said = say.New("有来源、无签字的历史报表算得%s",
				said(v.Rat, v.Decimals(), v.Mark, v.Indicator.Unit, v.Indicator.UnitEN))
		default:
			w.verdict = Unknown
			w.said = say.New("数据不全：应报%d个，已报%d个，按已报的算是%s", v.Due, v.Reported,
				said(v.Rat, v.Decimals(), v.Mark, v.Indicator.Unit, v.Indicator.UnitEN))
		}
		all = append(all, w)
	}
	for n := range v.Published {
		q := &v.Published[n]
		matches, loose := counts(d.calibres[q.CalibreID])
		if !matches {
			continue
		}
		w.loose = loose
		w.truth, w.quoted, w.verdict, w.proof, w.simulated = truth{rat: q.Rat, decimals: q.Decimals,
			vague: marks[q.Mark]}, q, Published, q.ProofURL(), false
		w.said = say.New("公开来源“%s”给出%s", q.SourceTitle,
			said(q.Rat, q.Decimals, q.Mark, v.Indicator.Unit, v.Indicator.UnitEN))
		all = append(all, w)
	}
	return all
}
