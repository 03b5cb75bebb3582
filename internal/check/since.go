package check

// Whether a figure that differs was right before reports came in: then the text is out of date, not wrong.

import (
	"math/big"
	"slices"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/form"
	"yipanqi/internal/formula"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

// maxUndone is how many acceptances are undone to see whether a figure was right once.
const maxUndone = 50

// past is how values stood before, worked out once for a text, however many of its figures ask.
type past struct {
	accepted map[asked][]undo
	was      map[place][]before
	told     map[told]int // which of them a number as written was, -1 for none
}

// told is a number as a text writes it, of a value.
type told struct {
	place
	value     string
	decimals  int
	qualifier string
	unit      string
	scale     int
}

// asked is what reports are of.
type asked struct {
	form   int64
	period period.Period
	area   int64
}

// undo is an acceptance by what taking it back adds to each number.
type undo struct {
	asked
	at   time.Time
	of   network.Label // the area that reported
	adds map[counted]int64
}

type counted struct {
	element, calibre int64
	sex, category    int
}

// before is what a value was before an acceptance that moved it.
type before struct {
	rat *big.Rat
	at  time.Time
	of  network.Label
}

// since says of a level that differs whether it was right before reports were accepted or amended: then the figure is
// not wrong but old.
func (d data) since(tx *db.Tx, past past, item Item, c figurecheck.Claim) (Item, error) {
	p, err := period.Parse(item.PeriodCode)
	at := place{item.Indicator, item.AreaCode, p, sexOf(c.Sex)}
	v, known := d.values[at]
	if err != nil || !known || !v.Computed() || !v.Complete() || item.Kind != figurecheck.Value || c.Change {
		return item, nil
	}
	history, read := past.was[at]
	if !read {
		if history, err = past.of(tx, v); err != nil {
			return item, err
		}
		past.was[at] = history
	}
	w := witness{truth: truth{decimals: v.Indicator.Decimals}, unit: v.Indicator.Unit}
	f := *item.Figure
	words := told{at, f.Value, f.Decimals, f.Qualifier, c.Unit, c.Scale}
	n, asked := past.told[words]
	if !asked {
		n = slices.IndexFunc(history, func(b before) bool {
			w.rat = b.rat
			how, _ := d.fit(f, c, w)
			return how == same
		})
		past.told[words] = n
	}
	if n >= 0 {
		b := history[n]
		w.rat = v.Rat
		item.Verdict, item.Lacks, item.Expected = Changed, "", expected(*item.Figure, c, w)
		item.Why = append(item.Why[:1], say.New("%s以前是%s，%s的报表审核通过后变了",
			b.at.In(db.China).Format("2006-01-02 15:04"),
			quantity.Round(b.rat, v.Indicator.Decimals)+v.Indicator.Unit, say.Name{ZH: b.of.Name, EN: b.of.NameEN}))
	}
	return item, nil
}

// of takes back the acceptances that the value rests on, the newest first, and says what it was before each that moved
// it.
func (p past) of(tx *db.Tx, v progress.Value) (history []before, err error) {
	computes, err := formula.Parse(v.Version.Formula)
	if err != nil {
		return nil, err
	}
	undone, err := p.acceptances(tx, v)
	if err != nil {
		return nil, err
	}
	parts := slices.Clone(v.Parts)
	for _, u := range undone {
		moved := false
		for n, part := range parts {
			if part.FormID == u.form && part.Period == u.period {
				by := u.adds[counted{part.Element.ID, part.Calibre, part.Sex, part.Category.ID}]
				parts[n].Amount.Value += by
				moved = moved || by != 0
			}
		}
		if !moved {
			continue
		}
		rat, err := computes.Eval(func(o formula.Operand) (*big.Rat, error) { return operand(parts, o) })
		if err != nil {
			continue // nothing to divide by: too little had come in
		}
		history = append(history, before{rat, u.at, u.of})
	}
	return history, nil
}

// acceptances are those of all forms that the value rests on, newest first.
func (p past) acceptances(tx *db.Tx, v progress.Value) (all []undo, err error) {
	seen := map[asked]bool{}
	for _, part := range v.Parts {
		at := asked{part.FormID, part.Period, v.Area.ID}
		if part.FormID == 0 || seen[at] {
			continue
		}
		seen[at] = true
		if _, read := p.accepted[at]; !read {
			f, err := form.ByID(tx, part.FormID)
			if err != nil {
				return nil, err
			}
			found, err := submission.Acceptances(tx, f, part.Period, v.Area, maxUndone)
			if err != nil {
				return nil, err
			}
			undone := make([]undo, len(found))
			for i, a := range found {
				undone[i] = undo{at, a.At, network.Label{Name: a.Area.Name, NameEN: a.Area.NameEN}, map[counted]int64{}}
				undone[i].add(a.Was, 1)
				undone[i].add(a.Is, -1)
			}
			p.accepted[at] = undone
		}
		all = append(all, p.accepted[at]...)
	}
	slices.SortStableFunc(all, func(a, b undo) int { return b.at.Compare(a.at) })
	return all[:min(len(all), maxUndone)], nil
}

// add takes in the cells of a report, each for its sex and category and for all.
func (u *undo) add(cells []fact.Cell, sign int64) {
	for _, c := range cells {
		if !c.Mark.Summable() {
			continue
		}
		of := []int{c.Category}
		if c.Category != 0 && !fact.HasWhole(cells, c.Element, c.Calibre) {
			of = append(of, 0)
		}
		for _, category := range of {
			u.adds[counted{c.Element, c.Calibre, quantity.SexTotal, category}] += sign * c.Value
			if c.Sex != quantity.SexTotal {
				u.adds[counted{c.Element, c.Calibre, c.Sex, category}] += sign * c.Value
			}
		}
	}
}

func operand(parts []progress.Part, o formula.Operand) (*big.Rat, error) {
	for _, p := range parts {
		if p.Is(o) {
			return quantity.Rat(p.Amount.Value, p.Element.Decimals), nil
		}
	}
	return new(big.Rat), nil
}
