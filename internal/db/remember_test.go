package db_test

// Definitions kept in the process are never stale: not in another process, not in an older snapshot, not after a
// transaction given up; and only tables with triggers can be kept.

import (
	"context"
	"errors"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
)

type calibresKey struct{}

// calibres is how many there are, remembered; loads counts how often they were read.
func calibres(tx *db.Tx, loads *int) (int, error) {
	return db.Remember(tx, calibresKey{}, func(tx *db.Tx) (int, error) {
		*loads++
		return db.Value[int](tx, `SELECT count(*) FROM calibres`)
	})
}

func addCalibre(tx *db.Tx, id int, code string) error {
	return tx.Exec(`INSERT INTO calibres (id, code, name, name_en) VALUES ($1, $2, '', '')`, id, code)
}

// Two handles on one database are two processes: each sees what the other defines, and reads only what has changed.
func TestProcessesSeeEachOthersDefinitions(t *testing.T) {
	t.Parallel()
	for kind, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			at := target(t)
			here, there := dbtest.Open(t, at), dbtest.Open(t, at)
			loads := 0
			expect := func(d *db.DB, want, wantLoads int) {
				t.Helper()
				must(t, d.View(context.Background(), func(tx *db.Tx) error {
					n, err := calibres(tx, &loads)
					if n != want || loads != wantLoads {
						t.Errorf("%d calibres after %d loads, want %d after %d", n, loads, want, wantLoads)
					}
					return err
				}))
			}
			expect(here, 1, 1)
			expect(here, 1, 1)
			expect(there, 1, 2)
			must(t, there.Update(context.Background(), func(tx *db.Tx) error { return addCalibre(tx, 1, "A") }))
			expect(here, 2, 3)
			expect(there, 2, 4)
			must(t, here.Update(context.Background(),
				func(tx *db.Tx) error { return tx.Exec(`UPDATE calibres SET name = 'A' WHERE id = 1`) }))
			expect(there, 2, 5)
			must(t, here.Update(context.Background(),
				func(tx *db.Tx) error { return tx.Exec(`DELETE FROM calibres WHERE id = 1`) }))
			expect(there, 1, 6)
			expect(there, 1, 6)
			must(t, here.Update(context.Background(),
				func(tx *db.Tx) error { return tx.Exec(`INSERT INTO accept_gate (id) VALUES (1)`) }))
			expect(there, 1, 6)
		})
	}
}

// A transaction sees what it defines itself; nobody else ever does if it is given up.
func TestOwnDefinitionsAreSeenAndForgottenWithTheirTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		loads := 0
		expect := func(tx *db.Tx, want int) {
			t.Helper()
			if n, err := calibres(tx, &loads); err != nil || n != want {
				t.Errorf("%d calibres, %v; want %d", n, err, want)
			}
		}
		boom := errors.New("boom")
		for range 2 { // the second takes the same steps from the same state
			err := d.Update(context.Background(), func(tx *db.Tx) error {
				expect(tx, 1)
				must(t, addCalibre(tx, 1, "A"))
				expect(tx, 2)
				id, err := db.Value[int](tx, `INSERT INTO calibres (id, code, name, name_en) VALUES (2, 'B', '', '')
					RETURNING id`)
				if err != nil || id != 2 {
					t.Errorf("inserting by a query: %d, %v", id, err)
				}
				expect(tx, 3)
				return boom
			})
			if !errors.Is(err, boom) {
				t.Fatal(err)
			}
			must(t, d.View(context.Background(), func(tx *db.Tx) error { expect(tx, 1); return nil }))
		}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error { return addCalibre(tx, 3, "C") }))
		must(t, d.View(context.Background(), func(tx *db.Tx) error { expect(tx, 2); return nil }))
	})
}

// An older snapshot keeps its own definitions while a newer one is read beside it.
func TestSnapshotsKeepTheirDefinitions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		loads := 0
		must(t, d.View(context.Background(), func(older *db.Tx) error {
			if n, err := calibres(older, &loads); n != 1 || err != nil {
				t.Errorf("%d calibres, %v", n, err)
			}
			must(t, d.Update(context.Background(), func(tx *db.Tx) error { return addCalibre(tx, 1, "A") }))
			must(t, d.View(context.Background(), func(newer *db.Tx) error {
				if n, err := calibres(newer, &loads); n != 2 || err != nil {
					t.Errorf("%d calibres after the change, %v", n, err)
				}
				return nil
			}))
			n, err := db.Remember(older, "another key",
				func(tx *db.Tx) (int, error) { return db.Value[int](tx, `SELECT count(*) FROM calibres`) })
			if n != 1 || err != nil {
				t.Errorf("the older snapshot has %d calibres, %v", n, err)
			}
			return nil
		}))
	})
}

// What has no revision cannot be remembered, so that nobody forgets to give it one.
func TestOnlyRevisedTablesAreRemembered(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	err := d.View(context.Background(), func(tx *db.Tx) error {
		_, err := db.Remember(tx, calibresKey{}, func(tx *db.Tx) (int, error) {
			return db.Value[int](tx, `SELECT count(*) FROM calibres c JOIN accept_gate g ON g.id = c.id`)
		})
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "accept_gate") {
		t.Fatalf("accept_gate was remembered: %v", err)
	}
}

// Every table that a migration calls revised has its triggers, on both databases.
func TestRevisedTablesHaveTriggers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		revision := func() (v string) {
			must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
				v, err = db.Value[string](tx, `SELECT revision FROM definitions`)
				return err
			}))
			return v
		}
		if len(db.RevisedTables()) < 10 {
			t.Fatalf("only %d tables are revised", len(db.RevisedTables()))
		}
		for table := range db.RevisedTables() {
			want, count := int64(3), `SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = $1`
			if d.Postgres {
				want, count = 1, `SELECT count(*) FROM pg_trigger
					WHERE tgrelid = CAST($1 AS regclass) AND tgname LIKE '%_revised' AND tgenabled = 'O'`
			}
			must(t, d.View(context.Background(), func(tx *db.Tx) error {
				n, err := db.Value[int64](tx, count, table)
				if n != want {
					t.Errorf("%s has %d triggers, want %d", table, n, want)
				}
				return err
			}))
		}
		before := revision()
		must(t, d.Update(context.Background(), func(tx *db.Tx) error { return addCalibre(tx, 1, "A") }))
		if after := revision(); after == before || len(after) < 32 {
			t.Errorf("the revision was %s and is %s", before, after)
		}
	})
}
