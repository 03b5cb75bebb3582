package check

// A change is known by the company it keeps: where words alone leave open what it is of, figures beside it that agree
// with the data to the digit, of the same name or of the same area and time, say what the text speaks of. Levels are
// meant.go's.

import (
	"yipanqi/internal/figurecheck"
)

// nearby is how many figures before and behind are company.
const nearby = 8

// witnessed says of changes and levels that differ, and that words alone leave in doubt, whether their company settles
// it.
func (d data) witnessed(r *Result, claims []figurecheck.Claim) {
	said := r.levelsSaid(claims)
	for i := range r.Figures {
		item, c := &r.Figures[i], claims[i]
		if item.Verdict != Unknown || c.Trust == figurecheck.Unnamed || c.Far {
			continue
		}
		level := item.Kind == figurecheck.Value
		switch {
		case item.Kind == figurecheck.Change && item.differs && r.vouched(claims, i):
		case level && (item.differs || item.loosely) && r.meant(claims, i, said):
		default:
			continue
		}
		c.Trust, c.Vouched = figurecheck.Firm, level
		judged := d.hold(item.Figure, c)
		if judged.Verdict == Contradicted && (!level || plausible(judged) && !r.standsBeside(i, judged.Expected)) {
			judged.Corrected = item.Corrected
			*item = judged
		}
	}
}

// vouched says whether figures near the change i settle all that words leave open of it.
func (r *Result) vouched(claims []figurecheck.Claim, i int) bool {
	c, item := claims[i], r.Figures[i]
	left := c.Doubts
	told := map[string]bool{}
	for k := max(0, i-nearby); k < min(len(r.Figures), i+nearby+1); k++ {
		other := r.Figures[k]
		if k == i || !agrees(other) || significant(*other.Figure) < 2 {
			continue
		}
		here, now := other.AreaCode == item.AreaCode, other.PeriodCode == item.PeriodCode
		if claims[k].Name == c.Name && other.Indicator == item.Indicator && r.goesOn(claims, k, i) {
			left &^= figurecheck.OfName
			if here {
				left &^= figurecheck.OfArea
			}
		}
		switch {
		case !here:
		case other.Kind == figurecheck.Change:
			if k == i-1 && sameSpan(claims[k], c) {
				left &^= figurecheck.OfBase
			}
		case now && significant(*other.Figure) > 2:
			told[other.Indicator] = true
		}
	}
	if len(told) > 1 || len(told) > 0 && c.Complete && left == figurecheck.OfName {
		left &^= figurecheck.OfName | figurecheck.OfArea | figurecheck.OfTime
	}
	return c.Doubts != 0 && left == 0 && !r.olderValue(claims, i)
}

// goesOn says whether no level of the same words that differs stands between the figure k and the change i.
func (r *Result) goesOn(claims []figurecheck.Claim, k, i int) bool {
	if claims[i].Name == (figurecheck.Span{}) {
		return false
	}
	for n := k + 1; n < i; n++ {
		if r.Figures[n].Kind == figurecheck.Value && claims[n].Name == claims[i].Name && !agrees(r.Figures[n]) {
			return false
		}
	}
	return true
}

// olderValue says whether the change i stands behind two values of what it is of, the second one the older: it is from
// that to the first.
func (r *Result) olderValue(claims []figurecheck.Claim, i int) bool {
	item := r.Figures[i]
	for k := i - 1; k >= max(0, i-nearby); k-- {
		if claims[k].Name == claims[i].Name && r.Figures[k].PeriodCode > item.PeriodCode {
			return true
		}
	}
	return false
}

// agrees says whether the data bear the figure out.
func agrees(i Item) bool {
	return i.Verdict == Proven || i.Verdict == Paper || i.Verdict == Published
}

// sameSpan says whether two changes are told from the same time to the same.
func sameSpan(a, b figurecheck.Claim) bool {
	return len(a.Base()) > 0 && len(b.Base()) > 0 && a.Base()[0] == b.Base()[0] &&
		len(a.Periods) > 0 && len(b.Periods) > 0 && a.Periods[0] == b.Periods[0]
}
