package db

// Whether anything was written since, in one word, for answers that need not be made again. What is kept of the
// definitions while they stay the same is remember.go's.

import (
	"context"
	"database/sql"
	"strconv"
	"sync"
)

// watch is a connection of SQLite that writes nothing: to it every commit is another's, and SQLite counts those for it.
// The count starts anew with each connection, so each has a name of its own.
type watch struct {
	mu   sync.Mutex
	conn *sql.Conn
	name string
}

// State is a text that nobody was given before, once anything was committed to the database, by this program or
// another. What is read after it is at least as new. Two processes never give the same text.
func (d *DB) State(ctx context.Context) (string, error) {
	if d.Postgres {
		var seen string // which transactions one that begins now would see; those of other databases count too
		err := d.read.QueryRowContext(ctx, `SELECT CAST(pg_current_snapshot() AS TEXT)`).Scan(&seen)
		return d.watch.name + " " + seen, known(err)
	}
	d.watch.mu.Lock()
	defer d.watch.mu.Unlock()
	if d.watch.conn == nil {
		conn, err := d.read.Conn(ctx)
		if err != nil {
			return "", known(err)
		}
		d.watch.conn, d.watch.name = conn, NewID()
	}
	var count int64
	// a reader who goes away must not cost the connection
	err := d.watch.conn.QueryRowContext(context.WithoutCancel(ctx), `PRAGMA data_version`).Scan(&count)
	if err != nil {
		d.watch.conn.Close()
		d.watch.conn = nil
		return "", known(err)
	}
	return d.watch.name + " " + strconv.FormatInt(count, 10), nil
}

func (w *watch) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.conn != nil {
		w.conn.Close()
		w.conn = nil
	}
}
