package submission

// What the rules of a form hold a report against: the area's own numbers of the periods before, and the sum of the
// areas below. All of it is accepted; what stands in drafts is not looked at.

import (
	"maps"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/period"
)

// mostBefore is how many periods of history are looked at.
const mostBefore = 10

// look puts what the form's rules need to know beside an open report.
func (s *Submission) look(tx *db.Tx) error {
	if !s.State.Editable() || !s.Form.NeedsPast() {
		return nil
	}
	periods := []period.Period{s.Period}
	for p := s.Period.Previous(); !p.IsZero() && len(periods) <= mostBefore; p = p.Previous() {
		periods = append(periods, p)
	}
	amounts, err := fact.Read(tx, fact.Query{Areas: []int64{s.Area.ID}, Periods: periods, Elements: elementsOf(s.Form)})
	if err != nil {
		return err
	}
	s.Past = form.Past{Below: below(amounts, s.Form.Cells(), s.Area.ID, s.Period)}
	for _, p := range slices.Backward(periods[1:]) {
		s.Past.History = append(s.Past.History, reported(amounts, s.Form.Cells(), s.Area.ID, p))
	}
	if n := len(s.Past.History); n > 0 {
		s.Past.Last = s.Past.History[n-1]
	}
	return nil
}

func elementsOf(f form.Form) (ids []int64) {
	for _, row := range f.Rows {
		ids = append(ids, row.Of.ID)
	}
	return ids
}

// reported is what an area reported itself for a period, in the cells of a form.
func reported(amounts fact.Amounts, cells []form.CellSpec, area int64, p period.Period) form.Values {
	values := make(form.Values, len(cells))
	for i := range cells {
		spec := &cells[i]
		a := amounts.At(area, p, spec.Row.Of.ID, spec.Column.Sex, spec.Column.CategoryID, spec.Row.CalibreID)
		if a.Own {
			values[spec.Key] = form.Cell{Value: a.Value, Mark: a.Mark}
		}
	}
	return values
}

func below(amounts fact.Amounts, cells []form.CellSpec, area int64, p period.Period) form.Values {
	values := make(form.Values, len(cells))
	for i := range cells {
		spec := &cells[i]
		v, whole := amounts.Below(area, p, spec.Row.Of.ID, spec.Column.Sex, spec.Column.CategoryID, spec.Row.CalibreID)
		if whole {
			values[spec.Key] = form.Cell{Value: v}
		}
	}
	return values
}

// Counting is a report that counts, with its numbers and what rules hold them against.
type Counting struct {
	Submission
	Values form.Values
}

// EachCounting calls fn with every accepted report of a form that sees lets through, area by area, oldest first, in the
// cells that f has for the same numbers: rules are tried on them before they are in force.
func EachCounting(tx *db.Tx, f form.Form, sees func(unit, areaPath string) bool, fn func(Counting) error) error {
	rows, err := countingRows(tx, f.ID)
	if err != nil {
		return err
	}
	periods, areas := map[period.Period]bool{}, map[int64]bool{}
	for _, s := range rows {
		periods[s.Period], areas[s.Area.ID] = true, true
	}
	q := fact.Query{Areas: slices.Sorted(maps.Keys(areas)), Elements: elementsOf(f)}
	for p := range periods {
		q.Periods = append(q.Periods, p)
	}
	amounts, err := fact.Read(tx, q)
	if err != nil {
		return err
	}
	cells := f.Cells()
	var history []form.Values
	last, belongs := period.Period{}, int64(0)
	checksBelow := slices.ContainsFunc(f.Rules, func(r form.Rule) bool { return r.Kind == form.AsBelow })
	for _, s := range rows {
		if s.Area.ID != belongs {
			history, last, belongs = nil, period.Period{}, s.Area.ID
		}
		if err := s.name(tx); err != nil {
			return err
		}
		c := Counting{s, reported(amounts, cells, s.Area.ID, s.Period)}
		c.Past.History = history[max(len(history)-mostBefore, 0):]
		if last == s.Period.Previous() && len(history) > 0 {
			c.Past.Last = history[len(history)-1]
		}
		if checksBelow {
			c.Past.Below = below(amounts, cells, s.Area.ID, s.Period)
		}
		history, last = append(history, c.Values), s.Period
		if sees(s.Unit.Code, s.Area.Path) {
			if err := fn(c); err != nil {
				return err
			}
		}
	}
	return nil
}
