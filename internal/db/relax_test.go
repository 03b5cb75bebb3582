package db_test

// A server at rest keeps no connections of readers to SQLite, and answers the next one as before.

import (
	"context"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
)

func TestAtRestNoReaderIsKept(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := dbtest.Open(t, dbtest.SQLite(t))
	look := func() {
		must(t, d.View(ctx, func(tx *db.Tx) error {
			_, err := db.Value[int](tx, `SELECT count(*) FROM journal`)
			return err
		}))
	}
	look()
	if d.Readers() == 0 {
		t.Fatal("no connection was kept for the next reader")
	}
	must(t, d.Relax(ctx))
	if n := d.Readers(); n > 0 {
		t.Errorf("%d connections of readers are still open", n)
	}
	look()
	must(t, d.Update(ctx, func(tx *db.Tx) error { return tx.Exec(`DELETE FROM journal WHERE id < 0`) }))
}
