package list_test

// Filters that each keep half of many rows find what they find together, whichever way: by the combinations that
// there are, of which a row that has just come is one, or by walking along the order. What is combined, records test.

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/list"
)

func TestFiltersTogetherFindWhatEachAloneWould(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			for _, text := range []string{`CREATE TABLE halves (id TEXT PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL,
				wide TEXT NOT NULL, filters TEXT NOT NULL)`,
				`WITH RECURSIVE n (i) AS (SELECT 10000 UNION ALL SELECT i + 1 FROM n WHERE i < 16000)
					INSERT INTO halves SELECT CAST(i AS TEXT), CAST(i % 2 AS TEXT),
					CASE WHEN i % 1000 = 0 THEN '1' ELSE CAST(i % 2 AS TEXT) END, '', '' FROM n`,
				`UPDATE halves SET filters = a || '/' || b, wide = id`,
				`CREATE INDEX halves_filters ON halves (filters)`, `CREATE INDEX halves_wide ON halves (wide)`} {
				if err := tx.Exec(text); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		look := func(a, b, column string) (ids []string, total int, led bool) {
			s := list.Source[string]{Key: "p.id", From: "halves p", Select: "p.id FROM halves p",
				Scan: db.Single[string], ID: func(id string) string { return id },
				Orders: map[string][]string{"id": {"p.id"}},
				Combined: &list.Combined{Column: "p." + column, Passes: func(text string) bool {
					return text == a+"/"+b
				}}}
			s.Equal("", "p.a", a)
			s.Equal("", "p.b", b)
			if err := d.View(context.Background(), func(tx *db.Tx) error {
				query, _, err := s.Ids(tx, "-id", 0, 5)
				if err != nil {
					return err
				}
				led = strings.Contains(query, "p.filters IN")
				ids, total, err = s.Counted(tx, "-id", 1, 5)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return ids, total, led
		}
		for _, c := range []struct {
			a, b, column string
			ids          string
			total        int
			led          bool // by the combinations
		}{
			{"0", "1", "filters", "16000 15000 14000 13000 12000", 7, true},
			{"1", "0", "filters", "", 0, true},
			{"1", "1", "filters", "15999 15997 15995 15993 15991", 3000, false}, // half of all
			{"0", "1", "wide", "16000 15000 14000 13000 12000", 7, false},       // too many combinations to look at
		} {
			ids, total, led := look(c.a, c.b, c.column)
			if got := strings.Join(ids, " "); got != c.ids || total != c.total || led != (c.led && !d.Postgres) {
				t.Errorf("%+v: %s, %d in all; led there by the combinations: %v", c, got, total, led)
			}
		}
		if err := d.Update(context.Background(), func(tx *db.Tx) error {
			return tx.Exec(`INSERT INTO halves VALUES ('20000', '1', '0', '', '1/0')`)
		}); err != nil {
			t.Fatal(err)
		}
		if ids, total, _ := look("1", "0", "filters"); total != 1 || !slices.Equal(ids, []string{"20000"}) {
			t.Error(fmt.Sprint("the first row of a new combination is not found: ", ids, total))
		}
	})
}
