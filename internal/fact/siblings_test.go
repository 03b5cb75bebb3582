package fact_test

// Sums of areas that are not alike: other levels beside each other, half-filled rows, districts that stand for
// themselves, areas that closed, facts of no area.

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

// A zone of another level beside the districts: the zone reports itself, the districts are rolled up.
func TestSiblingsOfDifferentLevels(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	leaves := city(t, d, 1, 1)
	var zone network.Area
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		root, err := network.Root(tx)
		if err != nil {
			return err
		}
		if zone, _, err = network.PutArea(tx, network.Area{Code: "Z", Name: "Z", Level: "zone", ParentID: root.ID,
			OpensOn: "2000-01-01"}); err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO element_levels (element_id, level, form_id, method, sexes)
			VALUES (2, 'zone', 1, 'own', '-1')`)
	}))
	apply(t, d, fact.Change{Area: zone, Version: 1, Cells: []fact.Cell{{Element: plain, Sex: -1, Value: 100}}})
	apply(t, d, fact.Change{Area: leaves[0], Version: 2, Cells: []fact.Cell{{Element: plain, Sex: -1, Value: 1}}})
	if a := at(t, d, "C", plain, quantity.SexTotal); a.Value != 101 {
		t.Errorf("city is %+v, want 101: the zone's own report and the district's sum", a)
	}
	if r, err := fact.Rebuild(context.Background(), d, true); err != nil || r.Count != 0 {
		t.Errorf("check after plain acceptances: %v %s", err, r)
	}
}

// The same cell must not depend on which other areas, or elements however far apart, are asked for together.
func TestTotalDoesNotDependOnTheQuery(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	leaves := city(t, d, 1, 2)
	// women left empty
	apply(t, d, fact.Change{Area: leaves[0], Version: 1, Cells: []fact.Cell{{Element: byFact, Sex: 1, Value: 5}}})
	apply(t, d, fact.Change{Area: leaves[1], Version: 2, Cells: []fact.Cell{{Element: byFact, Sex: 1, Value: 5},
		{Element: byFact, Sex: 2, Value: 5}}})
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		read := func(areas ...int64) fact.Amount {
			amounts, err := fact.Read(tx, fact.Query{Areas: areas, Periods: []period.Period{year}})
			must(t, err)
			return amounts.At(leaves[0].ID, year, byFact, quantity.SexTotal, 0, 0)
		}
		one, both := read(leaves[0].ID), read(leaves[0].ID, leaves[1].ID)
		if one.Complete() || one != both {
			t.Errorf("men only: asked alone %+v complete=%t, asked with a neighbour %+v complete=%t", one,
				one.Complete(), both, both.Complete())
		}
		for _, elements := range [][]int64{{byFact}, {byFact, byFact + 1}, {byFact, 1 << 20}} {
			amounts, err := fact.Read(tx, fact.Query{Areas: []int64{leaves[0].ID}, Periods: []period.Period{year},
				Elements: elements})
			must(t, err)
			if got := amounts.At(leaves[0].ID, year, byFact, quantity.SexTotal, 0, 0); got != one {
				t.Errorf("asked for with elements %v it is %+v, without %+v", elements, got, one)
			}
		}
		return nil
	}))
}

// Sources of a sum are what made it: a district that stands for itself, not its streets as well.
func TestSourcesAreWhatMadeTheSum(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	leaves := city(t, d, 1, 1)
	apply(t, d, fact.Change{Area: leaves[0], Version: 1, Cells: []fact.Cell{{Element: checked, Sex: -1, Value: 10}}})
	must(t, d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
		district, err := network.AreaByCode(tx, "D0", "")
		if err != nil {
			return err
		}
		return fact.Apply(tx, fact.Change{Area: district, Period: year, FormID: 1, Version: 2,
			Elements: []int64{checked}, Cells: []fact.Cell{{Element: checked, Sex: -1, Value: 11}}})
	}))
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		root, err := network.Root(tx)
		if err != nil {
			return err
		}
		s, err := fact.Sources(tx, root, year, checked, 0, 10)
		if len(s) != 1 {
			t.Errorf("the city's 11 comes from one report, Sources lists %d: %+v", len(s), s)
		}
		return err
	}))
}

func TestStrayFactIsNamed(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	city(t, d, 1, 1)
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		return tx.Exec(`INSERT INTO facts (area_id, period, element_id, sex, category, calibre, value, mark, grade,
			version_id) VALUES (999, 201800, 2, -1, 0, 0, 5, 0, 0, 1)`)
	}))
	if r, err := fact.Rebuild(context.Background(), d, true); err != nil || r.Count == 0 {
		t.Errorf("a fact of an area that does not exist is not named: %v %s", err, r)
	}
}

// An area that closed within the year still counts for what it reported.
func TestNothingAcceptedVanishes(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	leaves := city(t, d, 1, 1)
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		return tx.Exec(`UPDATE areas SET closes_on = '2018-11-01' WHERE id = $1`, leaves[0].ID)
	}))
	must(t, d.Update(context.Background(), func(
		tx *db.Tx) error {
		return tx.Exec(`UPDATE elements SET year_start = '--10-01' WHERE id = 2`)
	}))
	// statistical year 2018 ended on 2018-09-30, when the area was open
	apply(t, d, fact.Change{Area: leaves[0], Version: 1, Cells: []fact.Cell{{Element: plain, Sex: -1, Value: 5}}})
	if a := at(t, d, "D0", plain, quantity.SexTotal); a.Value != 5 {
		t.Errorf("accepted 5 for October 2017 – September 2018 from an area open until November 2018, the sum above is %+v", a)
	}
}
