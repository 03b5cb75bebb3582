package db_test

// A transaction is all or nothing, serialisable, and runs its hooks in order; a broken constraint is a conflict; a
// database of a newer program is refused. On both databases, as all tests of this package.

import (
	"context"
	"errors"
	"sync"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
)

func TestUpdateIsAllOrNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		boom := errors.New("boom")
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			if err := put(tx, "a", "1"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatalf("the function's own error is lost: %v", err)
		}
		err = d.View(context.Background(), func(tx *db.Tx) error {
			_, err := db.Value[string](tx, `SELECT value FROM settings WHERE key = $1`, "a")
			return err
		})
		if errs.KindOf(err) != errs.Missing {
			t.Fatalf("a refused transaction left a row behind, or no row is not Missing: %v", err)
		}
	})
}

func TestConstraintIsConflict(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			if err := put(tx, "a", "1"); err != nil {
				return err
			}
			return put(tx, "a", "2")
		})
		if errs.KindOf(err) != errs.Conflict {
			t.Fatalf("a second row with the same key is %v, want a conflict", err)
		}
	})
}

// Two transactions that both read a sum and then add to it must not both win.
func TestConcurrentUpdatesAreSerialisable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, update := range map[string]func(context.Context,
			func(*db.Tx) error) error{"a": d.Update, "b": d.UpdateAlone} {
			const workers, each = 8, 10
			must(t, d.Update(context.Background(), func(tx *db.Tx) error { return put(tx, name, "") }))
			var wg sync.WaitGroup
			for range workers {
				wg.Go(func() {
					for range each {
						err := update(context.Background(), func(tx *db.Tx) error {
							v, err := db.Value[string](tx, `SELECT value FROM settings WHERE key = $1`, name)
							if err != nil {
								return err
							}
							return tx.ExecOne(`UPDATE settings SET value = $1 WHERE key = $2`, v+"x", name)
						})
						if err != nil {
							t.Errorf("%s: update failed: %v", name, err)
						}
					}
				})
			}
			wg.Wait()
			must(t, d.View(context.Background(), func(tx *db.Tx) error {
				v, err := db.Value[string](tx, `SELECT value FROM settings WHERE key = $1`, name)
				if len(v) != workers*each {
					t.Errorf("%s: %d of %d updates are left", name, len(v), workers*each)
				}
				return err
			}))
		}
	})
}

func TestLastRunsBeforeCommitAndAfterOnlyOnCommit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var order []string
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			tx.After(func() { order = append(order, "after") })
			tx.Last(func(*db.Tx) error { order = append(order, "last"); return nil })
			order = append(order, "body")
			return nil
		}))
		if got := len(order); got != 3 || order[0] != "body" || order[1] != "last" || order[2] != "after" {
			t.Fatalf("order is %v", order)
		}
		boom := errors.New("boom")
		if err := d.Update(context.Background(), func(tx *db.Tx) error {
			tx.After(func() { t.Error("what follows a commit ran without one") })
			tx.Last(func(*db.Tx) error { return boom })
			return nil
		}); !errors.Is(err, boom) {
			t.Errorf("what runs last fails and the transaction says %v", err)
		}
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			return tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, $1)`, true)
		}))
		if err := d.Migrate(context.Background()); errs.KindOf(err) != errs.Conflict {
			t.Fatalf("a database of a newer program is opened: %v", err)
		}
	})
}

func put(tx *db.Tx, key, value string) error {
	return tx.Exec(`INSERT INTO settings (key, value) VALUES ($1, $2)`, key, value)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
