package record_test

// What goes through all records of a large register, beside what the driver and the spreadsheet library need alone.

import (
	"bytes"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/record"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// BenchmarkFirstPage reads first pages as the module does, and as SQL does that was written for just these filters
// over a table with just these columns and an index for just them.
func BenchmarkFirstPage(b *testing.B) {
	benchTown(b, func(c bench) {
		dbtest.Outside(b, c.d, `CREATE TABLE by_hand AS SELECT id, number, title, unit, area, area_path, state, due_on,
			f1 AS facility_state, f2 AS home_host, f4 AS free, s1 AS opened_on, s2 AS name, s3 AS met FROM records
			WHERE register = 'child_home'`, `CREATE INDEX by_hand_host ON by_hand (home_host, facility_state, name,
			due_on, id)`, `CREATE INDEX by_hand_free ON by_hand (free, facility_state, name, due_on, id)`)
		for _, p := range []struct{ what, column, field, value string }{
			{"a quarter", "home_host", "home_host", "school"}, {"0.1 %", "home_host", "home_host", "other"},
			{"0.1 % of two halves", "free", "free_of_charge", "1"}} {
			var ours, theirs []time.Duration
			for range 51 {
				c.view(func(tx *db.Tx) error {
					start := time.Now()
					n, err := record.FirstPage(tx, c.people["city"], map[string]string{p.field: p.value,
						"facility_state": "open"}, "facility_name")
					ours = append(ours, time.Since(start))
					if err == nil && n == 0 {
						err = fmt.Errorf("nothing found")
					}
					return err
				})
				c.view(func(tx *db.Tx) error {
					start := time.Now()
					rows, err := db.All(tx, func(r db.Row) (v [14]string, err error) {
						into := make([]any, len(v))
						for i := range v {
							into[i] = &v[i]
						}
						return v, r.Scan(into...)
					}, `SELECT * FROM by_hand WHERE `+p.column+` = $1 AND facility_state = $2 ORDER BY name, due_on, id
						LIMIT 51`, p.value, "open")
					theirs = append(theirs, time.Since(start))
					if err == nil && len(rows) == 0 {
						err = fmt.Errorf("nothing found by hand")
					}
					return err
				})
			}
			times := quantile(ours, 0.5) / quantile(theirs, 0.5)
			c.B.Logf("first page of %-20s the module %.2f ms, by hand %.2f ms: %.1f × (target 3): %s", p.what,
				quantile(ours, 0.5), quantile(theirs, 0.5), times, met(times <= 3))
		}
	})
}

// BenchmarkClosing closes a period over all records.
func BenchmarkClosing(b *testing.B) {
	benchTown(b, func(c bench) {
		p, err := period.Parse("2023")
		if err != nil {
			b.Fatal(err)
		}
		var scans, closings, scanned, closed []time.Duration
		undone := errors.New("undone")
		for range 5 {
			c.view(func(tx *db.Tx) error {
				start, before := time.Now(), worked()
				err := record.Scanned(tx, "child_home")
				scans, scanned = append(scans, time.Since(start)), append(scanned, worked()-before)
				return err
			})
			if err := c.d.Update(b.Context(), func(tx *db.Tx) error {
				area, err := network.NewestArea(tx, "980100")
				if err != nil {
					return err
				}
				start, before := time.Now(), worked()
				if _, err = record.Close(tx, c.people["office"], "child_home", p, area); err == nil {
					err = undone
				}
				closings, closed = append(closings, time.Since(start)), append(closed, worked()-before)
				return err
			}); !errors.Is(err, undone) {
				c.B.Fatal(err)
			}
		}
		c.B.Logf("closing %d records %.0f ms, one scan of them %.0f ms: %.2f × (target 2); "+
			"processor %.0f, %.0f ms: %.2f ×: %s", benchRecords(), quantile(closings, 0.5), quantile(scans, 0.5),
			quantile(closings, 0.5)/quantile(scans, 0.5),
			quantile(closed, 0.5), quantile(scanned, 0.5), quantile(closed, 0.5)/quantile(scanned, 0.5),
			met(quantile(closings, 0.5) <= 2*quantile(scans, 0.5)))
	})
}

// worked is how long the processor worked for the process so far.
func worked() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkImport brings a tenth as many rows in as drafts.
func BenchmarkImport(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": fixture.SQLite, "postgres": fixture.Postgres} {
		b.Run(name, func(b *testing.B) {
			c := bench{b, &town{d: open(b), people: map[string]auth.User{}}}
			c.update(c.hire)
			n := benchRecords() / 10
			t := table.Table{Name: "homes"}
			for _, column := range []say.Key{"facility_name", "served_communities", "location:lon", "location:lat",
				"home_host", "operating_unit", "facility_state", "indoor_area", "free_of_charge", "weekly_hours"} {
				t.Columns = append(t.Columns, table.Column{Name: column})
			}
			for i := range n {
				t.Rows = append(t.Rows, []string{fmt.Sprintf("第%d儿童之家", i), "桐花社区", "118.1", "36.2",
					"community_station", "桐花社区居委会", "open", "40", "是", "12"})
			}
			var file bytes.Buffer
			if err := t.WriteXLSX(&file); err != nil {
				b.Fatal(err)
			}
			start, before := time.Now(), worked()
			book, err := table.ReadXLSX(file.Bytes())
			if err != nil {
				b.Fatal(err)
			}
			rows, err := book.Records("homes.xlsx")
			read, reading := time.Since(start), worked()-before
			if err != nil {
				b.Fatal(err)
			}
			var imported, bare, importing, inserting time.Duration
			c.update(func(tx *db.Tx) error {
				start, before := time.Now(), worked()
				out, err := record.ImportRows(tx, c.people["east"], "child_home", rows, false)
				if err == nil {
					err = tx.Settle() // the journal's entries with it
				}
				imported, importing = time.Since(start), worked()-before
				if err == nil && out.Made != n {
					err = fmt.Errorf("%d made of %d", out.Made, n)
				}
				return err
			})
			c.update(func(tx *db.Tx) error {
				start, before := time.Now(), worked()
				defer func() { bare, inserting = time.Since(start), worked()-before }()
				return record.Copied(tx, "child_home", n)
			})
			b.Logf("%d rows imported in %.2f s; the library reads them in %.2f s, bare inserts %.2f s: %.1f × "+
				"(target 1.5): %s; processor %.2f, %.2f, %.2f s: %.1f ×", n, (imported + read).Seconds(), read.Seconds(),
				bare.Seconds(), (imported+read).Seconds()/(read+bare).Seconds(),
				met((imported+read).Seconds() <= 1.5*(read+bare).Seconds()), (importing + reading).Seconds(),
				reading.Seconds(), inserting.Seconds(), (importing+reading).Seconds()/(reading+inserting).Seconds())
		})
	}
}
