package fact_test

// Sums follow every acceptance, amendment and withdrawal, count their gaps, marks and weak reports, and a recount names
// and mends whatever SQL changed. Its city and apply are the fixture of the package.

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/fact"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

const (
	formID  = 1
	byFact  = 1 // element that sums, by sex
	plain   = 2 // element that sums, total only
	notSum  = 3 // element that does not sum
	checked = 4 // element whose districts report themselves as well
)

var year, _ = period.Parse("2018")

// city makes a root, districts and streets below them, and the levels of four elements.
func city(t *testing.T, d *db.DB, districts, streets int) []network.Area {
	t.Helper()
	var leaves []network.Area
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		leaves = nil
		put := func(code, level string, parent int64) (network.Area, error) {
			a, _, err := network.PutArea(tx, network.Area{Code: code, Name: code, Level: level,
				ParentID: parent, OpensOn: "2000-01-01"})
			return a, err
		}
		root, err := put("C", "city", 0)
		if err != nil {
			return err
		}
		for i := range districts {
			district, err := put(fmt.Sprintf("D%d", i), "district", root.ID)
			if err != nil {
				return err
			}
			for j := range streets {
				street, err := put(fmt.Sprintf("D%dS%d", i, j), "street", district.ID)
				if err != nil {
					return err
				}
				leaves = append(leaves, street)
				if err := fact.Expect(tx, street, year, formID, 1); err != nil {
					return err
				}
			}
		}
		statements := []string{`INSERT INTO forms (id, code, name, definition, valid_until)
			VALUES (1, 'F', 'F', '{}', '')`}
		for id, name := range []string{"", "BY_SEX", "PLAIN", "NOT_SUM", "CHECKED"} {
			if id == 0 {
				continue
			}
			statements = append(statements, fmt.Sprintf(
				`INSERT INTO elements (id, code, name, name_en, unit, decimals, sums, by_sex, year_start, definition)
				VALUES (%d, '%s', '', '', '', 0, %t, %t, '', '')`, id, name, id != notSum, id == byFact))
			for level, method := range map[string]string{"street": "own",
				"district": "rolled_up", "city": "rolled_up"} {
				if id == checked && level == "district" {
					method = "own_checked"
				}
				sexes := "-1"
				if id == byFact {
					sexes = "1 2"
				}
				statements = append(statements,
					fmt.Sprintf(`INSERT INTO element_levels (element_id, level, form_id, method, sexes)
						VALUES (%d, '%s', 1, '%s', '%s')`, id, level, method, sexes))
			}
		}
		for _, s := range statements {
			if err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	}))
	return leaves
}

func apply(t testing.TB, d *db.DB, c fact.Change) {
	t.Helper()
	c.Period, c.FormID = year, formID
	if c.Elements == nil {
		c.Elements = []int64{byFact, plain, notSum, checked}
	}
	must(t, d.UpdateAlone(context.Background(), func(tx *db.Tx) error { return fact.Apply(tx, c) }))
}

// at reads one amount by the area's code.
func at(t *testing.T, d *db.DB, code string, element int64, sex int) (a fact.Amount) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		area, err := network.AreaByCode(tx, code, "2018-12-31")
		if err != nil {
			return err
		}
		amounts, err := fact.Read(tx, fact.Query{Areas: []int64{area.ID}, Periods: []period.Period{year}})
		a = amounts.At(area.ID, year, element, sex, 0, 0)
		return err
	}))
	return a
}

func TestSumsFollowAcceptance(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		leaves := city(t, d, 2, 2)
		cells := func(men, women int64) []fact.Cell {
			return []fact.Cell{{Element: byFact, Sex: 1, Value: men}, {Element: byFact, Sex: 2, Value: women},
				{Element: notSum, Sex: -1, Value: 5}}
		}
		apply(t, d, fact.Change{Area: leaves[0], Version: 1, Cells: cells(1, 2)})
		apply(t, d, fact.Change{Area: leaves[1], Version: 2, Cells: cells(10, 20), Grade: fact.Simulated})
		apply(t, d, fact.Change{Area: leaves[2], Version: 3, Cells: cells(100, 200), Grade: fact.Unsigned})
		if a := at(t, d, "C", byFact, quantity.SexTotal); a.Value != 333 || a.Reported != 3 || a.Due != 4 ||
			a.Complete() || a.Simulated != 1 || a.Unsigned != 1 {
			t.Errorf("city total is %+v, want 333 from 3 of 4", a)
		}
		if a := at(t, d, "D0", byFact, 2); a.Value != 22 || !a.Complete() {
			t.Errorf("women of the first district are %+v, want 22, complete", a)
		}
		if a := at(t, d, "C", notSum, quantity.SexTotal); a.Known() {
			t.Errorf("an element that does not sum was summed: %+v", a)
		}
		apply(t, d, fact.Change{Area: leaves[3], Version: 4, Cells: cells(0, 0)})
		if a := at(t, d, "C", byFact, quantity.SexTotal); a.Value != 333 || !a.Complete() {
			t.Errorf("zero is a number: city total is %+v, want complete", a)
		}
		apply(t, d, fact.Change{Area: leaves[0], Version: 5, Cells: cells(5, 2)})
		if a := at(t, d, "C", byFact, 1); a.Value != 115 {
			t.Errorf("after an amendment men are %+v, want 115", a)
		}
		apply(t, d, fact.Change{Area: leaves[0], Version: 6})
		if a := at(t, d, "C", byFact, 1); a.Value != 110 || a.Reported != 3 {
			t.Errorf("after a withdrawal men are %+v, want 110 from 3", a)
		}
	})
}

func TestMarks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		leaves := city(t, d, 1, 5)
		for i, c := range []fact.Cell{{Value: 7}, {Value: 5, Mark: quantity.Confidential},
			{Value: 100, Mark: quantity.Nearly},
			{Mark: quantity.NotApplicable}, {Mark: quantity.Pending}} {
			c.Element, c.Sex = plain, quantity.SexTotal
			apply(t, d, fact.Change{Area: leaves[i], Version: int64(i + 1), Cells: []fact.Cell{c}})
		}
		a := at(t, d, "C", plain, quantity.SexTotal)
		if a.Value != 12 || a.Reported != 2 || a.NotApplicable != 1 || a.Hidden != 1 || a.Due != 5 || a.Complete() {
			t.Errorf("%+v; want 12 from two exact numbers, one hidden, one not applicable, and not complete (近 and 暂缺 are missing)", a)
		}
	})
}

func TestOwnCheckedStandsForItself(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		leaves := city(t, d, 2, 1)
		for i, leaf := range leaves {
			apply(t, d, fact.Change{Area: leaf, Version: int64(i + 1),
				Cells: []fact.Cell{{Element: checked, Sex: -1, Value: 10}}})
		}
		var district network.Area
		must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
			district, err = network.AreaByCode(tx, "D0", "")
			return err
		}))
		apply(t, d, fact.Change{Area: district, Version: 9, Cells: []fact.Cell{{Element: checked, Sex: -1, Value: 11}}})
		if a := at(t, d, "D0", checked, quantity.SexTotal); a.Value != 11 || !a.Own || !a.Checked || a.Below != 10 {
			t.Errorf("the district's own report is %+v, want 11 checked against 10", a)
		}
		if a := at(t, d, "C", checked, quantity.SexTotal); a.Value != 11 {
			t.Errorf("the city's sum is %+v, want the districts' own reports only (11)", a)
		}
	})
}

func TestSourcesAreTheReportsThatCame(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	leaves := city(t, d, 1, 2)
	apply(t, d, fact.Change{Area: leaves[0], Version: 1, Cells: []fact.Cell{{Element: plain, Sex: -1, Value: 3}}})
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		root, err := network.Root(tx)
		if err != nil {
			return err
		}
		sources, err := fact.Sources(tx, root, year, plain, 0, 10)
		if err != nil || len(sources) != 1 || sources[0].Area.Code != "D0S0" || sources[0].Cell.Value != 3 {
			t.Errorf("sources are %+v, %v", sources, err)
		}
		return err
	}))
}

// After any sequence of reports, amendments and withdrawals the stored sums are what a recount says, and what Read
// says is what a child would add up.
func TestRebuildFindsNoDifference(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		leaves := city(t, d, 3, 3)
		version := int64(0)
		type cellKey struct {
			leaf int
			sex  int
		}
		rapid.Check(t, func(rt *rapid.T) {
			naive := map[cellKey]int64{}
			for i := range leaves { // every example starts from nothing
				version++
				apply(t, d, fact.Change{Area: leaves[i], Version: version})
			}
			for range rapid.IntRange(1, 8).Draw(rt, "steps") {
				i := rapid.IntRange(0, len(leaves)-1).Draw(rt, "area")
				version++
				change := fact.Change{Area: leaves[i], Version: version}
				for _, sex := range []int{1, 2} {
					delete(naive, cellKey{i, sex})
					if rapid.Bool().Draw(rt, "reported") {
						v := rapid.Int64Range(-1000, 1e12).Draw(rt, "value")
						naive[cellKey{i, sex}] = v
						change.Cells = append(change.Cells, fact.Cell{Element: byFact, Sex: sex, Value: v})
					}
				}
				apply(t, d, change)
			}
			var want int64
			for _, v := range naive {
				want += v
			}
			if a := at(t, d, "C", byFact, quantity.SexTotal); a.Value != want {
				rt.Fatalf("the city has %d, the leaves add up to %d", a.Value, want)
			}
			report, err := fact.Rebuild(context.Background(), d, true)
			if err != nil || report.Count != 0 {
				rt.Fatalf("recount: %v\n%s", err, report)
			}
		})
	})
}

func TestPlantedEditsAreNamedAndMended(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]string{
		"fact": `UPDATE facts SET value = value + 1
			WHERE area_id = (SELECT id FROM areas WHERE code = 'D1S1')`,
		"rollup": `UPDATE rollups SET value = value + 1
			WHERE area_id = (SELECT id FROM areas WHERE code = 'D1')`,
		"deleted rollup": `DELETE FROM rollups WHERE area_id = (SELECT id FROM areas WHERE code = 'D1')`,
		"invented rollup": `INSERT INTO rollups (area_id, period, element_id, sex, category, calibre, value, n, na,
			hidden, simulated, unsigned) SELECT id, 201700, 2, -1, 0, 0, 5, 1, 0, 0, 0, 0 FROM areas WHERE code = 'D1'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				for i, leaf := range city(t, d, 2, 2) {
					apply(t, d, fact.Change{Area: leaf, Version: int64(i + 1),
						Cells: []fact.Cell{{Element: plain, Sex: -1, Value: int64(i)}}})
				}
				must(t, d.Update(context.Background(), func(tx *db.Tx) error { return tx.Exec(edit) }))
				report, err := fact.Rebuild(context.Background(), d, true)
				must(t, err)
				if report.Count == 0 || !strings.Contains(report.String(), "D1 ") ||
					!strings.Contains(report.String(), "PLAIN") {
					t.Fatalf("not named: %s", report)
				}
				report, err = fact.Rebuild(context.Background(), d, false)
				must(t, err)
				if report.Written == 0 {
					t.Fatalf("nothing was mended: %s", report)
				}
				if report, err = fact.Rebuild(context.Background(), d, true); err != nil || report.Count != 0 {
					t.Fatalf("after mending: %v %s", err, report)
				}
			})
		})
	}
}

// SQLite keeps 64 bits in any column: what does not fit must not pass for what does.
func TestPlantedCountThatDoesNotFitIsNamed(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	apply(t, d, fact.Change{Area: city(t, d, 2, 2)[0], Version: 1,
		Cells: []fact.Cell{{Element: plain, Sex: -1, Value: 7}}})
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		return tx.Exec(`UPDATE rollups SET n = n - 1, na = na + 4294967296
			WHERE area_id = (SELECT id FROM areas WHERE code = 'D0')`)
	}))
	report, err := fact.Rebuild(context.Background(), d, true)
	must(t, err)
	if report.Count != 1 || !strings.Contains(report.String(), "D0 ") {
		t.Errorf("not named: %s", report)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheLargestNumber(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		leaf := city(t, d, 1, 1)[0]
		for value, fits := range map[int64]bool{fact.MaxValue - 1: true, fact.MaxValue: false,
			-fact.MaxValue + 1: true, -fact.MaxValue: false} {
			c := fact.Change{Area: leaf, Period: year, FormID: formID, Version: 1, Elements: []int64{plain},
				Cells: []fact.Cell{{Element: plain, Sex: quantity.SexTotal, Value: value}}}
			err := d.UpdateAlone(context.Background(), func(tx *db.Tx) error { return fact.Apply(tx, c) })
			if (err == nil) != fits {
				t.Errorf("%d is taken in: %v, want %t", value, err, fits)
			}
		}
	})
}

func TestWhatIsKnownAndComplete(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount          fact.Amount
		known, complete bool
	}{
		{fact.Amount{}, false, false},
		{fact.Amount{Due: 2}, false, false},
		{fact.Amount{Due: 2, Reported: 1}, true, false},
		{fact.Amount{Due: 2, Reported: 1, NotApplicable: 1}, true, true},
		{fact.Amount{Due: 1, NotApplicable: 1}, false, true},
		{fact.Amount{Due: 1, Own: true, Mark: quantity.NotApplicable, NotApplicable: 1}, false, true},
		{fact.Amount{Reported: 1}, true, false},
		{fact.Amount{Due: 1, Own: true, Mark: quantity.Nearly}, true, false},
	} {
		if c.amount.Known() != c.known || c.amount.Complete() != c.complete {
			t.Errorf("%+v is known %t, complete %t; want %t, %t", c.amount, c.amount.Known(), c.amount.Complete(),
				c.known, c.complete)
		}
	}
}

// What weakens a fact weakens the sums above it by so many reports, and no longer once it is amended.
func TestWeaknessIsCounted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		leaves := city(t, d, 1, 2)
		cell := func(mark quantity.Mark) []fact.Cell {
			return []fact.Cell{{Element: plain, Sex: quantity.SexTotal, Value: 5, Mark: mark}}
		}
		report := func(leaf int, grade fact.Grade, mark quantity.Mark) {
			apply(t, d, fact.Change{Area: leaves[leaf], Version: 1, Grade: grade, Cells: cell(mark)})
		}
		report(0, fact.Unsigned, quantity.Confidential)
		report(1, fact.Unsigned|fact.Simulated, quantity.Exact)
		want := fact.Amount{Value: 10, Reported: 2, Due: 2, Hidden: 1, Unsigned: 2, Simulated: 1}
		if got := at(t, d, "C", plain, quantity.SexTotal); got != want {
			t.Errorf("the city has %+v, want %+v", got, want)
		}
		report(0, 0, quantity.Exact)
		report(1, fact.Simulated, quantity.Exact)
		want.Hidden, want.Unsigned = 0, 0
		if got := at(t, d, "C", plain, quantity.SexTotal); got != want {
			t.Errorf("amended, the city has %+v, want %+v", got, want)
		}
	})
}
