package attest_test

// A definition that SQL changed is named by table, row and column, also after the program has written again; what the
// program writes is one entry in the journal. Elements stand for all tables here.

import (
	"context"
	"slices"
	"testing"

	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/journal"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write is a change made through the program; dbtest.Outside is one made by somebody who only owns the database.
func write(t *testing.T, d *db.DB, statements ...string) {
	t.Helper()
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		for _, s := range statements {
			if err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	}))
}

func verify(t *testing.T, d *db.DB) (found []attest.Difference) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		found, err = attest.Verify(tx)
		return err
	}))
	return found
}

// each runs a test on both databases with two elements attested.
func each(t *testing.T, test func(*testing.T, *db.DB)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, element(1, "A"), element(2, "B"))
		if found := verify(t, d); len(found) > 0 {
			t.Fatalf("what the program wrote is found different: %+v", found)
		}
		test(t, d)
	})
}

func element(id int, code string) string {
	return `INSERT INTO elements (id, code, name, name_en, unit, decimals, sums, by_sex, year_start, definition)
		VALUES (` + string(rune('0'+id)) + `, '` + code + `', '甲', '', '人', 0, true, true, '', '')`
}

func entries(t *testing.T, d *db.DB) (all []journal.Entry) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		all, err = journal.Of(tx, attest.Object)
		return err
	}))
	return all
}

func TestEditsAreNamedByTableRowAndColumn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *db.DB) {
		for _, c := range []struct {
			sql, back string
			want      attest.Difference
		}{
			{`UPDATE elements SET unit = '万人' WHERE id = 1`, `UPDATE elements SET unit = '人' WHERE id = 1`,
				attest.Difference{Table: "elements", Key: "1", Column: "unit", Expected: `"人"`, Actual: `"万人"`}},
			{`UPDATE elements SET sums = false WHERE id = 2`, `UPDATE elements SET sums = true WHERE id = 2`,
				attest.Difference{Table: "elements", Key: "2", Column: "sums", Expected: `"1"`, Actual: `"0"`}},
			{`INSERT INTO aliases (code, alias, position) VALUES ('A', '乙 "丙"', 1)`, `DELETE FROM aliases`,
				attest.Difference{Table: "aliases", Key: `["A","乙 \"丙\""]`,
					Actual: `{"alias":"乙 \"丙\"","code":"A","position":"1"}`}},
		} {
			dbtest.Outside(t, d, c.sql)
			if found := verify(t, d); len(found) != 1 || found[0] != c.want {
				t.Errorf("%s: found %+v, want %+v", c.sql, found, c.want)
			}
			dbtest.Outside(t, d, c.back)
			if found := verify(t, d); len(found) > 0 {
				t.Fatalf("%s: still found %+v", c.back, found)
			}
		}
		dbtest.Outside(t, d, `DELETE FROM elements WHERE id = 2`)
		if found := verify(t, d); len(found) != 1 || found[0].Key != "2" || found[0].Actual != "" {
			t.Errorf("a deleted row: found %+v", found)
		}
	})
}

func TestTextChangedWithItsRowDiffersFromTheJournal(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *db.DB) {
		dbtest.Outside(t, d, `UPDATE elements SET unit = '件' WHERE id = 1`,
			`UPDATE attested SET text = replace(text, '"unit":"人"', '"unit":"件"')
				WHERE name = 'elements' AND key = '1'`)
		found := verify(t, d)
		if len(found) != 1 || found[0].Table != "elements" || found[0].Key != "" ||
			found[0].Expected == found[0].Actual {
			t.Errorf("found %+v, want the table against the journal", found)
		}
	})
}

// A later change through the program must not vouch for what SQL changed before it, in the same table or another.
func TestAnEditIsNotWashedByTheNextChange(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *db.DB) {
		dbtest.Outside(t, d, `UPDATE elements SET decimals = 2 WHERE id = 1`, element(3, "C"),
			`DELETE FROM elements WHERE id = 2`)
		write(t, d, element(4, "D"), `UPDATE elements SET name = '丁' WHERE id = 4`)
		write(t, d, `INSERT INTO labels (kind, code, name, name_en, position) VALUES ('role', 'x', '', '', 1)`)
		var named []string
		for _, f := range verify(t, d) {
			named = append(named, f.Table+" "+f.Key+" "+f.Column)
		}
		if want := []string{"elements 1 decimals", "elements 3 ", "elements 2 "}; !slices.Equal(named, want) {
			t.Errorf("found %q, want %q", named, want)
		}
		write(t, d, `UPDATE elements SET decimals = 0 WHERE id = 1`) // the program puts it right
		if found := verify(t, d); len(found) != 2 {
			t.Errorf("after one was put right: %+v", found)
		}
	})
}

func TestEachChangeIsOneEntryByWhoMadeIt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *db.DB) {
		before := len(entries(t, d))
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			for _, s := range []string{element(5, "E"), `INSERT INTO labels (kind, code, name, name_en, position)
				VALUES ('role', 'y', '', '', 1)`} {
				if err := tx.Exec(s); err != nil {
					return err
				}
			}
			return journal.Log(tx, journal.System, "test.put", "test/1", nil)
		}))
		write(t, d, `UPDATE elements SET unit = unit`) // changes nothing
		all := entries(t, d)
		if len(all) != before+1 {
			t.Fatalf("%d entries, want %d", len(all), before+1)
		}
		last, was := all[len(all)-1], all[before-1]
		if last.Verb != attest.VerbPut || last.Actor != journal.System.Name || last.Detail["rows"] != "2" ||
			last.Detail["elements"] == was.Detail["elements"] || last.Detail["labels"] == was.Detail["labels"] ||
			last.Detail["areas"] != was.Detail["areas"] {
			t.Errorf("the entry says %+v after %+v", last, was)
		}
	})
}

// What stood in a database before anybody attested is a baseline, marked as such; it is made once.
func TestBaselineOfAnOlderDatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dbtest.Outside(t, d, element(1, "A"))
		if found := verify(t, d); len(found) == 0 {
			t.Fatal("definitions that nobody attested pass as attested")
		}
		for range 2 {
			must(t, attest.Begin(context.Background(), d))
		}
		if found := verify(t, d); len(found) > 0 {
			t.Errorf("after the baseline: %+v", found)
		}
		if all := entries(t, d); len(all) != 1 || all[0].Verb != attest.VerbBaseline {
			t.Errorf("entries: %+v", all)
		}
	})
}

func TestARolledBackChangeAttestsNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *db.DB) {
		before := len(entries(t, d))
		if err := d.Update(context.Background(), func(tx *db.Tx) error {
			must(t, tx.Exec(element(6, "F")))
			return context.Canceled
		}); err == nil {
			t.Fatal("no error")
		}
		if found := verify(t, d); len(found) > 0 || len(entries(t, d)) != before {
			t.Errorf("found %+v, %d entries", found, len(entries(t, d)))
		}
	})
}

// A table that a later migration makes evidence is attested as it stands, once; what stood wrong in others stays wrong.
func TestBaselineOfATableThatBecomesEvidence(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *db.DB) {
		write(t, d, `INSERT INTO settings (key, value) VALUES ('a', 'b')`)
		dbtest.Outside(t, d, element(3, "C"))
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			detail := map[string]string{"schema": "1"} // as a program wrote it that attested elements alone
			last, _, _, err := journal.LastOf(tx, attest.Object)
			if err != nil {
				return err
			}
			detail["elements"] = last.Detail["elements"]
			return journal.Log(tx, journal.System, attest.VerbPut, attest.Object, detail)
		}))
		dbtest.Outside(t, d, `DELETE FROM attested WHERE name = 'settings'`)
		must(t, attest.Begin(context.Background(), d))
		if found := verify(t, d); len(found) != 1 || found[0].Table != "elements" || found[0].Key != "3" {
			t.Errorf("found %+v", found)
		}
	})
}
