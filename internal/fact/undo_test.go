package fact_test

// What stood before an acceptance is read back by undoing it, step by step, without changing the database.

import (
	"context"
	"fmt"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/fact"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// amounts is every amount of the whole city as a text, after undoing some acceptances.
func amounts(t *testing.T, d *db.DB, undo ...fact.Undo) string {
	t.Helper()
	text := ""
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		areas, err := network.AllAreas(tx)
		if err != nil {
			return err
		}
		var ids []int64
		for _, a := range areas {
			ids = append(ids, a.ID)
		}
		read, err := fact.Read(tx, fact.Query{Areas: ids, Periods: []period.Period{year}})
		if err != nil {
			return err
		}
		for _, u := range undo {
			if err := read.Undo(tx, u); err != nil {
				return err
			}
		}
		for _, a := range areas {
			for element := int64(byFact); element <= checked; element++ {
				for _, sex := range []int{quantity.SexTotal, quantity.SexMale, quantity.SexFemale} {
					amount := read.At(a.ID, year, element, sex, 0, 0)
					if amount.Value == 0 && amount.Reported == 0 { // a sum of nothing is no sum
						amount.Checked = false
					}
					text += fmt.Sprintf("%s %d %d %+v\n", a.Code, element, sex, amount)
				}
			}
		}
		return nil
	}))
	return text
}

// Undone newest first, the amounts are those that stood before each acceptance: first reports, an amendment that
// withdraws a cell, marks, weak grades, and an area that reports itself beside the sum below it.
func TestUndoGoesBackStepByStep(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		streets := city(t, d, 2, 2)
		var district network.Area
		must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
			district, err = network.AreaByCode(tx, "D0", "")
			return err
		}))
		cell := func(element int64, sex int, value int64, mark quantity.Mark) fact.Cell {
			return fact.Cell{Element: element, Sex: sex, Value: value, Mark: mark}
		}
		change := func(a network.Area, version int64, grade fact.Grade, cells ...fact.Cell) fact.Change {
			return fact.Change{Area: a, Period: year, FormID: formID, Version: version, Grade: grade, Cells: cells,
				Elements: []int64{byFact, plain, notSum, checked}}
		}
		first := change(streets[0], 1, 0, cell(byFact, 1, 10, 0), cell(byFact, 2, 20, 0), cell(plain, -1, 5, 0),
			cell(checked, -1, 7, 0))
		amended := change(streets[0], 4, fact.Simulated, cell(byFact, 1, 11, 0),
			cell(byFact, 2, 0, quantity.NotApplicable), cell(notSum, -1, 3, 0))
		steps := []fact.Undo{
			{Is: first},
			{Is: change(streets[3], 2, fact.Unsigned, cell(byFact, 1, 1, quantity.Confidential),
				cell(plain, -1, 9, 0))},
			{Is: change(district, 3, 0, cell(checked, -1, 8, 0))},
			{Is: amended, Was: first},
		}
		stood := []string{amounts(t, d)}
		for _, s := range steps {
			apply(t, d, s.Is)
			stood = append(stood, amounts(t, d))
		}
		var undo []fact.Undo
		for i := len(steps) - 1; i >= 0; i-- {
			undo = append(undo, steps[i])
			if got := amounts(t, d, undo...); got != stood[i] {
				t.Errorf("undone to step %d, the city has\n%s\nbut it had\n%s", i, got, stood[i])
			}
		}
		if got := amounts(t, d); got != stood[len(steps)] {
			t.Error("undoing what was read changed the database")
		}
	})
}
