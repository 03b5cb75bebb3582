package fact_test

// The whole of men and women where a part of it does not apply: it is what the rest come to.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/fact"
	"yipanqi/internal/quantity"
)

func TestWhatDoesNotApplyLeavesTheWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		leaves := city(t, d, 1, 2)
		report := func(leaf int, men, women quantity.Mark) {
			apply(t, d, fact.Change{Area: leaves[leaf], Version: int64(leaf + 1), Cells: []fact.Cell{
				{Element: byFact, Sex: 1, Value: 5, Mark: men}, {Element: byFact, Sex: 2, Value: 3, Mark: women}}})
		}
		report(1, quantity.Exact, quantity.Exact)
		for _, c := range []struct {
			men, women              quantity.Mark
			value                   int64
			reported, notApplicable int
			complete                bool
		}{
			{quantity.Exact, quantity.NotApplicable, 13, 2, 0, true},
			{quantity.NotApplicable, quantity.Exact, 11, 2, 0, true},
			{quantity.NotApplicable, quantity.NotApplicable, 8, 1, 1, true},
			{quantity.Exact, quantity.Pending, 13, 1, 0, false},
			{quantity.NotApplicable, quantity.Pending, 8, 1, 0, false},
		} {
			report(0, c.men, c.women)
			a := at(t, d, "C", byFact, quantity.SexTotal)
			if a.Value != c.value || a.Reported != c.reported || a.NotApplicable != c.notApplicable ||
				a.Complete() != c.complete {
				t.Errorf("men %q and women %q come to %+v", c.men.Words(), c.women.Words(), a)
			}
		}
	})
}
