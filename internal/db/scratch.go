package db

// A database made from another one, for reading: it can be made again, so nothing in it is synced, and it is gone with
// the process. What stands in it is its maker's business.

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// OpenScratch makes an empty SQLite database with this program's schema in a new folder under dir, which Close removes.
// Its rows may point to rows that were left out. Its clock stands still at the instant given, which Tx.Past tells.
func OpenScratch(ctx context.Context, dir string, at time.Time) (*DB, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(dir, "copy-")
	if err != nil {
		return nil, err
	}
	d := newDB([]Option{WithClock(func() time.Time { return at })})
	d.scratch, d.past = folder, true
	path := filepath.Join(folder, "copy.db")
	q := url.Values{"_time_format": {"sqlite"}, "_timezone": {"UTC"}, "_pragma": {"busy_timeout(3000)",
		"journal_mode(WAL)", "synchronous(OFF)", "foreign_keys(0)", "cache_size(-8192)"}}
	d.write = sql.OpenDB(connector{sqliteURI(path, q)})
	d.write.SetMaxOpenConns(1)
	d.read = sql.OpenDB(connector{sqliteURI(path, q)})
	d.read.SetMaxOpenConns(readers / 2)
	d.read.SetMaxIdleConns(1)
	if err := d.Migrate(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Past says whether the transaction reads a copy of an earlier day, which nobody can change and which holds only what
// decides figures.
func (tx *Tx) Past() bool { return tx.db.past }

// Putter writes rows of a table of a scratch database, as EachRow reads them: every column as text, NULL as false.
func Putter(tx *Tx, table string) (put func(row map[string]any) error, err error) {
	columns, err := columnsOf(tx, table)
	if err != nil {
		return nil, err
	}
	return func(row map[string]any) error {
		var names, marks []string
		var values []any
		for _, c := range columns { // an older text lacks what came later
			v, there := row[c.name]
			if !there {
				continue
			}
			if text, is := v.(string); is && c.kind == "TIMESTAMP" {
				at, err := time.Parse(time.RFC3339Nano, text)
				if err != nil {
					return err
				}
				v = at
			} else if v == false {
				v = nil
			}
			names, values = append(names, c.name), append(values, v)
			marks = append(marks, "$"+strconv.Itoa(len(values)))
		}
		return tx.Exec(`INSERT INTO `+table+` (`+strings.Join(names, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`,
			values...)
	}, nil
}

type column struct{ name, kind string }

func columnsOf(tx *Tx, table string) ([]column, error) {
	return All(tx, func(r Row) (c column, err error) { return c, r.Scan(&c.name, &c.kind) },
		`SELECT name, type FROM pragma_table_info($1)`, table)
}

const copied = 256 // rows at a time

// CopyRows copies rows of a table to a scratch database: where is the rest of the query, instead gives columns another
// value, as SQL.
func CopyRows(from, to *Tx, table string, instead map[string]string, where string, args ...any) error {
	columns, err := columnsOf(to, table)
	if err != nil {
		return err
	}
	var names, read []string
	for _, c := range columns {
		names = append(names, c.name)
		read = append(read, cmp.Or(instead[c.name], c.name))
	}
	query := `SELECT ` + strings.Join(read, ", ") + ` FROM ` + table + ` ` + where
	if err := cmp.Or(from.looked(query), storable(args)); err != nil {
		return err
	}
	rows, err := from.tx.QueryContext(from.Context, query, args...)
	if err != nil {
		return known(err)
	}
	defer rows.Close()
	head, together := `INSERT INTO `+table+` (`+strings.Join(names, ", ")+`) VALUES `, [][]any(nil)
	put := func() error {
		defer func() { together = together[:0] }()
		return to.many(head, "", "", together, func(query string, args ...any) error {
			_, err := to.tx.ExecContext(to.Context, query, args...)
			return known(err)
		})
	}
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return readable(query, err)
		}
		for i, v := range values {
			if at, is := v.(time.Time); is { // each driver has a zone of its own
				values[i] = at.UTC()
			}
		}
		if together = append(together, values); len(together) == copied {
			if err := put(); err != nil {
				return err
			}
		}
	}
	return errors.Join(known(rows.Err()), put())
}
