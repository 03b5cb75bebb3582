package peers

// DuckDB with the raw facts of the city in memory, and PostgreSQL's address. What is asked of them stands in
// questions_test.go.

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"os"
	"testing"

	"github.com/duckdb/duckdb-go/v2"

	"yipanqi/internal/db"
)

type duck struct{ db *sql.DB }

// large is the database of the large city on the server that scripts/bench starts.
func large(b *testing.B) string {
	at, err := url.Parse(os.Getenv("BENCH_POSTGRES"))
	must(b, err)
	if at.Host == "" && at.RawQuery == "" {
		b.Skip("BENCH_POSTGRES is not set: run `make bench`, which starts a server")
	}
	at.Path = "/large"
	return at.String()
}

// openDuck copies what was reported and what is due; nothing that is summed already.
func openDuck(b *testing.B, c *city) duck {
	b.Helper()
	connector, err := duckdb.NewConnector("", nil)
	must(b, err)
	d := duck{sql.OpenDB(connector)}
	b.Cleanup(func() { d.db.Close() })
	for _, statement := range []string{
		`CREATE TABLE facts (area_id INTEGER, period INTEGER, element_id INTEGER, value BIGINT)`,
		`CREATE TABLE expectations (area_id INTEGER, period INTEGER, form_id INTEGER, due INTEGER)`,
		`CREATE TABLE areas (id INTEGER, level VARCHAR, street INTEGER, district INTEGER)`,
	} {
		_, err := d.db.Exec(statement)
		must(b, err)
	}
	conn, err := connector.Connect(context.Background())
	must(b, err)
	defer conn.Close()
	must(b, c.View(context.Background(), func(tx *db.Tx) error {
		if err := copied(tx, conn, "facts", `SELECT area_id, period, element_id, value FROM facts
			WHERE sex = -1 AND category = 0 AND calibre = 0 ORDER BY area_id, period, element_id`); err != nil {
			return err
		}
		return copied(tx, conn, "expectations", `SELECT area_id, period, form_id, due FROM expectations`)
	}))
	appender, err := duckdb.NewAppenderFromConn(conn, "", "areas")
	must(b, err)
	for level, areas := range c.areas {
		for _, a := range areas {
			up := append([]int64{a.ID}, a.AncestorIDs()...) // from itself to the root
			at := map[string]int32{}
			for i, name := range []string{"city", "district", "street", "community"} {
				if n := len(up) - 1 - i; n >= 0 {
					at[name] = int32(up[n])
				}
			}
			must(b, appender.AppendRow(int32(a.ID), level, at["street"], at["district"]))
		}
	}
	must(b, appender.Close())
	return d
}

func copied(tx *db.Tx, conn driver.Conn, table, query string) error {
	appender, err := duckdb.NewAppenderFromConn(conn, "", table)
	if err != nil {
		return err
	}
	err = db.Each(tx, func(r db.Row) error {
		var a, p, n, value int64
		if err := r.Scan(&a, &p, &n, &value); err != nil {
			return err
		}
		if table == "facts" {
			return appender.AppendRow(int32(a), int32(p), int32(n), value)
		}
		return appender.AppendRow(int32(a), int32(p), int32(n), int32(value))
	}, query)
	if err != nil {
		return err
	}
	return appender.Close()
}

// ask reads rows as byHand does.
func (d duck) ask(query string) (a answer, err error) {
	rows, err := d.db.Query(query)
	if err != nil {
		return a, err
	}
	defer rows.Close()
	for rows.Next() {
		var area, what int64
		var value float64
		if err := rows.Scan(&area, &what, &value); err != nil {
			return a, err
		}
		a.add(value)
	}
	return a, rows.Err()
}
