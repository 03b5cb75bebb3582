package fact_test

// What is counted by category: the whole is added up from the categories that a form had columns for in the period,
// unless it asks for the whole itself; one category can be asked for alone.

import (
	"context"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/fact"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

func TestCategoriesComeToTheWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		leaves, next := city(t, d, 1, 2), year.Next()
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			if err := tx.Exec(`UPDATE element_levels SET categories = '0:1,2 201900:0,2,3'
				WHERE element_id = 2`); err != nil {
				return err
			}
			return fact.Expect(tx, leaves[0], next, formID, 1)
		}))
		cell := func(category int, value int64, mark quantity.Mark) fact.Cell {
			return fact.Cell{Element: plain, Sex: quantity.SexTotal, Category: category, Value: value, Mark: mark}
		}
		report := func(leaf int, p period.Period, version int64, cells ...fact.Cell) {
			t.Helper()
			must(t, d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
				return fact.Apply(tx, fact.Change{Area: leaves[leaf], Period: p, FormID: formID, Version: version,
					Elements: []int64{plain}, Cells: cells})
			}))
		}
		of := func(code string, p period.Period, category int) (a fact.Amount) {
			t.Helper()
			must(t, d.View(context.Background(), func(tx *db.Tx) error {
				area, err := network.AreaByCode(tx, code, "2018-12-31")
				if err != nil {
					return err
				}
				amounts, err := fact.Read(tx, fact.Query{Areas: []int64{area.ID}, Periods: []period.Period{p}})
				a = amounts.At(area.ID, p, plain, quantity.SexTotal, category, 0)
				return err
			}))
			return a
		}
		report(0, year, 1, cell(1, 5, quantity.Exact), cell(2, 7, quantity.Exact))
		report(1, year, 2, cell(1, 11, quantity.Exact), cell(2, 0, quantity.Pending))
		if a := of("D0S0", year, 0); a.Value != 12 || !a.Own || !a.Complete() {
			t.Errorf("5 and 7 of two categories are %+v", a)
		}
		if a := of("C", year, 0); a.Value != 23 || a.Complete() {
			t.Errorf("with one category pending in a street the city is %+v, want 23 and not complete", a)
		}
		if a := of("C", year, 1); a.Value != 16 || !a.Complete() {
			t.Errorf("the first category alone is %+v, want 16, complete", a)
		}
		report(0, year, 3, cell(1, 5, quantity.Exact), cell(2, 0, quantity.Pending))
		if a := of("C", year, 0); a.Complete() {
			t.Errorf("with one category pending everywhere the city is complete: %+v", a)
		}
		report(0, next, 4, cell(0, 20, quantity.Exact), cell(2, 7, quantity.Exact), cell(3, 8, quantity.Exact))
		if a := of("C", next, 0); a.Value != 20 || !a.Complete() {
			t.Errorf("from the next period on the form asks for the whole: %+v, want 20", a)
		}
		if r, err := fact.Rebuild(context.Background(), d, true); err != nil || r.Count != 0 {
			t.Errorf("the sums are not what the facts come to: %v %s", err, r)
		}
	})
}

func TestWhatANumberTakesInOfAReport(t *testing.T) {
	t.Parallel()
	cells := []fact.Cell{{Element: 1, Sex: 1, Category: 2}, {Element: 1, Sex: 2, Category: 2},
		{Element: 2, Category: 0}, {Element: 2, Category: 2}}
	for _, c := range []struct {
		of   fact.Cell
		want int
	}{{fact.Cell{Element: 1, Sex: quantity.SexTotal}, 2},
		{fact.Cell{Element: 1, Sex: 2}, 1},
		{fact.Cell{Element: 1, Sex: 2, Category: 3}, 0}, {fact.Cell{Element: 2}, 1},
		{fact.Cell{Element: 2, Category: 2}, 1}, {fact.Cell{Element: 2, Calibre: 1}, 0}} {
		n := 0
		for _, cell := range cells {
			if c.of.Takes(cell, fact.HasWhole(cells, c.of.Element, c.of.Calibre)) {
				n++
			}
		}
		if n != c.want {
			t.Errorf("%+v takes in %d cells, want %d", c.of, n, c.want)
		}
	}
}
