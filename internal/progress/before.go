package progress

// Values as they were before acceptances, by taking these back in what was read.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/indicator"
	"yipanqi/internal/quantity"
)

// Before returns the total values of q as they are, and then as they were before each of the acceptances in undo, the
// newest first. q names its indicators and periods. It reads once, however many acceptances there are.
func Before(tx *db.Tx, q Query, undo []fact.Undo) ([][]Value, error) {
	defined, err := define(tx)
	if err != nil {
		return nil, err
	}
	b := book{definitions: defined}
	q.Indicators, q.Sexes = b.resting(q.Indicators, undo), []int{quantity.SexTotal}
	if len(q.Indicators) == 0 {
		return make([][]Value, len(undo)+1), nil
	}
	if err := b.read(tx, &q); err != nil {
		return nil, err
	}
	steps := [][]Value{b.all(q)}
	for _, u := range undo {
		if err := b.amounts.Undo(tx, u); err != nil {
			return nil, err
		}
		steps = append(steps, b.all(q))
	}
	return steps, nil
}

// Back returns the total values of q as they were before all of the acceptances in undo, the newest first; those that
// no acceptance speaks of are left out. q names its indicators and periods.
func Back(tx *db.Tx, q Query, undo []fact.Undo) ([]Value, error) {
	defined, err := define(tx)
	if err != nil {
		return nil, err
	}
	b := book{definitions: defined}
	q.Indicators, q.Sexes = b.resting(q.Indicators, undo), []int{quantity.SexTotal}
	if len(q.Indicators) == 0 {
		return nil, nil
	}
	if err := b.read(tx, &q); err != nil {
		return nil, err
	}
	for _, u := range undo {
		if err := b.amounts.Undo(tx, u); err != nil {
			return nil, err
		}
	}
	return b.all(q), nil
}

// all are the values of the query, known or not, in its order.
func (b *book) all(q Query) (values []Value) {
	for _, i := range q.Indicators {
		for _, area := range q.Areas {
			for _, p := range q.Periods {
				v, _ := b.value(i, area, p, quantity.SexTotal, element.Category{})
				values = append(values, v)
			}
		}
	}
	return values
}

// resting keeps the indicators whose formula takes an element that one of the acceptances speaks of.
func (b *book) resting(all []indicator.Indicator, undo []fact.Undo) (kept []indicator.Indicator) {
	said := map[int64]bool{}
	for _, u := range undo {
		for _, cell := range append(u.Was.Cells, u.Is.Cells...) {
			said[cell.Element] = true
		}
	}
	for _, i := range all {
		if b.takes(i, said) {
			kept = append(kept, i)
		}
	}
	return kept
}

func (b *book) takes(i indicator.Indicator, elements map[int64]bool) bool {
	for _, v := range b.versions[i.ID] {
		for _, o := range b.formulas[v.Formula].Operands() {
			if elements[b.elements[o.Element].ID] {
				return true
			}
		}
	}
	return false
}
