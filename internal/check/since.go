package check

// Whether a figure that differs was right before reports came in: then the text is out of date, not wrong.

import (
	"math/big"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/form"
	"yipanqi/internal/formula"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

// maxUndone is how many acceptances are undone to see whether a figure was right once.
const maxUndone = 50

// since says of a level that differs whether it was right before reports were accepted or amended: then the figure is
// not wrong but old. It undoes the acceptances behind the value, the newest first, and computes again each time.
func (d data) since(tx *db.Tx, item Item, c figurecheck.Claim) (Item, error) {
	p, err := period.Parse(item.PeriodCode)
	v, known := d.values[place{item.Indicator, item.AreaCode, p, sexOf(c.Sex)}]
	if err != nil || !known || !v.Computed() || !v.Complete() || item.Kind != figurecheck.Value || c.Change {
		return item, nil
	}
	computes, err := formula.Parse(v.Version.Formula)
	if err != nil {
		return item, err
	}
	past, err := acceptances(tx, v)
	if err != nil {
		return item, err
	}
	parts := slices.Clone(v.Parts)
	for _, a := range past {
		for n := range parts {
			parts[n].Amount.Value += moved(parts[n], a, a.Was) - moved(parts[n], a, a.Is)
		}
		rat, err := computes.Eval(func(o formula.Operand) (*big.Rat, error) { return operand(parts, o) })
		if err != nil {
			continue // nothing to divide by: too little had come in
		}
		w := witness{truth: truth{rat: rat, decimals: v.Indicator.Decimals}, unit: v.Indicator.Unit}
		if how, _ := d.fit(item.Figure, c, w); how == same {
			w.rat = v.Rat
			item.Verdict, item.Expected = Changed, expected(item.Figure, c, w)
			item.Why = append(item.Why[:1], say.New("%s以前是%s，%s的报表审核通过后变了",
				a.At.In(db.China).Format("2006-01-02 15:04"),
				quantity.Round(rat, v.Indicator.Decimals)+v.Indicator.Unit,
				say.Name{ZH: a.Area.Name, EN: a.Area.NameEN}))
			return item, nil
		}
	}
	return item, nil
}

type undo struct {
	submission.Acceptance
	form   int64
	period period.Period
}

// acceptances are those of all forms that the value rests on, newest first.
func acceptances(tx *db.Tx, v progress.Value) (all []undo, err error) {
	type asked struct {
		form   int64
		period period.Period
	}
	seen := map[asked]bool{}
	for _, part := range v.Parts {
		at := asked{part.FormID, part.Period}
		if part.FormID == 0 || seen[at] {
			continue
		}
		seen[at] = true
		f, err := form.ByID(tx, part.FormID)
		if err != nil {
			return nil, err
		}
		past, err := submission.Acceptances(tx, f, part.Period, v.Area, maxUndone)
		if err != nil {
			return nil, err
		}
		for _, a := range past {
			all = append(all, undo{a, f.ID, part.Period})
		}
	}
	slices.SortStableFunc(all, func(a, b undo) int { return b.At.Compare(a.At) })
	return all[:min(len(all), maxUndone)], nil
}

// moved is what the cells of a report add to a part.
func moved(part progress.Part, a undo, cells []fact.Cell) (sum int64) {
	for _, c := range cells {
		if part.FormID == a.form && part.Period == a.period && c.Element == part.Element.ID &&
			c.Calibre == part.Calibre && c.Mark.Summable() &&
			(part.Sex == quantity.SexTotal || part.Sex == c.Sex) {
			sum += c.Value
		}
	}
	return sum
}

func operand(parts []progress.Part, o formula.Operand) (*big.Rat, error) {
	for _, p := range parts {
		if p.Element.Code == o.Element && p.Last == o.Last {
			return quantity.Rat(p.Amount.Value, p.Element.Decimals), nil
		}
	}
	return new(big.Rat), nil
}
