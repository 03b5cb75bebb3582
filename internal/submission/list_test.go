package submission_test

// Lists of reports are read from an index in every order and filter, and the copies that they rest on are checked.

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

// many puts in so many submissions of the first district's unit, without versions: what a list reads of them.
func (c *city) many(n int) {
	c.t.Helper()
	id := c.open(0, "2017").ID
	c.must(c.update(func(tx *db.Tx) error {
		return tx.Exec(fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			INSERT INTO submissions (id, form_id, unit, area_id, period, state, due_on, late, draft, amend_reason,
			return_reason, entries, version, updated_by, updated_at, form_key, area_code, area_path)
			SELECT 'many-' || CAST(n.i AS TEXT), form_id, unit, area_id, 300000 + n.i,
			CASE WHEN n.i %% 100 = 0 THEN 'returned' ELSE 'accepted' END,
			CASE WHEN n.i %% 3 = 0 THEN '' ELSE due_on END,
			late, draft, '', '', 1, 1, '', updated_at, form_key, area_code, area_path
			FROM submissions CROSS JOIN n WHERE id = '%s'`, n, id))
	}))
	if c.Postgres {
		c.must(c.update(func(tx *db.Tx) error { return tx.Exec(`ANALYZE submissions`) }))
	}
}

// Every order that the page offers, with every filter, is read from an index, on both databases and for whoever asks.
func TestEveryListIsReadFromAnIndex(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.many(2_500)
		filters := map[string]submission.Filter{"": {}, "form": {Form: "PME"}, "unit": {Unit: "health1"},
			"state": {State: "accepted"}, "few": {State: "returned"}, "period": {Period: "2017"},
			"area": {Area: "990101"}, "two": {Form: "PME", State: "accepted"},
			"all": {Form: "PME", Unit: "health1", State: "accepted", Period: "2017", Area: "990101"}}
		for who, by := range map[string]auth.User{"office": c.office, "unit": c.first[0], "other": c.first[1]} {
			for name, f := range filters {
				for _, sort := range []string{"form", "unit", "period", "state", "due"} {
					for _, sort := range []string{sort, "-" + sort} {
						plan := c.plan(by, f, sort)
						scans := strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "SCAN s\n")
						if scans || !strings.Contains(plan, "submissions_") {
							t.Errorf("%s, filter %q by %s reads the table:\n%s", who, name, sort, plan)
						}
						sorted := strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "Sort")
						if sorted && (name == "" || name == "state" || name == "form") && who == "office" {
							t.Errorf("%s, filter %q by %s sorts what is long:\n%s", who, name, sort, plan)
						}
					}
				}
			}
		}
	})
}

// plan is how the database finds the ids; PostgreSQL is asked to use an index where it can.
func (c *city) plan(by auth.User, f submission.Filter, sort string) (plan string) {
	c.t.Helper()
	c.must(c.update(func(tx *db.Tx) error {
		s, err := submission.SourceOf(tx, by, f)
		if err != nil {
			return err
		}
		query, args, err := s.Ids(tx, sort, 0, 51)
		if err != nil {
			return err
		}
		explain, columns := `EXPLAIN QUERY PLAN `, 4
		if tx.Postgres() {
			explain, columns = `EXPLAIN `, 1
			if err := tx.Exec(`SET LOCAL enable_seqscan = off`); err != nil {
				return err
			}
		}
		return db.Each(tx, func(r db.Row) error {
			cells := make([]any, columns)
			for i := range cells {
				cells[i] = new(string)
			}
			err := r.Scan(cells...)
			plan += *cells[columns-1].(*string) + "\n"
			return err
		}, explain+query, args...)
	}))
	return plan
}

// Reports stand in the order in which people count forms; what the migration makes of old rows is what the program
// makes of new ones.
func TestFormsAreInTheOrderOfTheirNumbers(t *testing.T) {
	text, err := os.ReadFile("../db/migrations/0220_form_key.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, moved, _ := strings.Cut(string(text), "form_key;\n")
	eachCity(t, func(t *testing.T, c *city) {
		c.many(3)
		for i, code := range []string{"A2", "A10", "甲007-2b"} {
			c.must(c.update(func(tx *db.Tx) error {
				if err := tx.Exec(`UPDATE forms SET code = $1 WHERE code = 'PME' OR code LIKE '%2%' OR code LIKE '%1%'`,
					code); err != nil {
					return err
				}
				if err := tx.Exec(moved); err != nil {
					return err
				}
				id := fmt.Sprintf("many-%d", i+1)
				got, err := db.Value[string](tx, `SELECT form_key FROM submissions WHERE id = $1`, id)
				if want := say.SortKey(code); got != want {
					t.Errorf("the migration makes %q of %s, want %q", got, code, want)
				}
				return err
			}))
		}
		c.must(c.update(func(tx *db.Tx) error {
			for i, code := range []string{"F2", "F10", "G1"} {
				if err := tx.Exec(`UPDATE submissions SET form_key = $1 WHERE id = $2`, say.SortKey(code),
					fmt.Sprintf("many-%d", i+1)); err != nil {
					return err
				}
			}
			return nil
		}))
		for sort, want := range map[string]string{"form": "many-1 many-2 many-3", "-form": "many-3 many-2 many-1"} {
			got := view(c, func(tx *db.Tx) (ids []string, err error) {
				s, err := submission.SourceOf(tx, c.office, submission.Filter{State: "accepted"})
				if err != nil {
					return nil, err
				}
				query, args, err := s.Ids(tx, sort, 0, 50)
				if err == nil {
					ids, err = db.All(tx, db.Single[string], query, args...)
				}
				return ids, err
			})
			if strings.Join(got, " ") != want {
				t.Errorf("by %s: %v, want %s", sort, got, want)
			}
		}
	})
}

// What a list says of a form or an area is a copy; whoever edits it is found.
func TestACopyThatDiffersIsFound(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		id := c.open(0, "2018").ID
		for _, column := range []string{"form_key", "area_code", "area_path"} {
			c.must(c.update(func(tx *db.Tx) error {
				return tx.Exec(`UPDATE submissions SET ` + column + ` = ` + column + ` || 'x'`)
			}))
			found := view(c, func(tx *db.Tx) (text []string, err error) {
				all, err := submission.Verify(tx, c.issuer)
				for _, f := range all {
					text = append(text, f.Code+" "+f.Column+" "+f.Object)
				}
				return text, err
			})
			want := "submission.copy " + column + " submission/" + id
			if !strings.Contains(strings.Join(found, "\n"), want) {
				t.Errorf("%s was edited; found are %q", column, found)
			}
		}
	})
}
