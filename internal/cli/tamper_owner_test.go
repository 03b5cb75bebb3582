package cli_test

// Somebody who has the database and nothing else, and edits any column of it. The attempts are in tamper_test.go; no
// test itself.

import (
	"database/sql"
	"slices"
	"strings"
	"testing"
)

// owner has the database and nothing else: no key, no constraint that he did not drop.
type owner struct {
	t        *testing.T
	d        *sql.DB
	postgres bool
}

func own(t *testing.T, target string) owner {
	t.Helper()
	o := owner{t: t, postgres: strings.HasPrefix(target, "postgres")}
	var err error
	if o.postgres {
		o.d, err = sql.Open("pgx", target)
	} else {
		o.d, err = sql.Open("sqlite", "file:"+target+"?_pragma=ignore_check_constraints(1)&_pragma=busy_timeout(5000)")
	}
	must(t, err)
	o.d.SetMaxOpenConns(1)
	t.Cleanup(func() { o.d.Close() })
	if o.postgres {
		for _, drop := range o.texts(`
			SELECT 'ALTER TABLE ' || CAST(conrelid AS regclass) || ' DROP CONSTRAINT ' || conname
			FROM pg_constraint WHERE contype IN ('c', 'f') AND connamespace = CAST('public' AS regnamespace)`) {
			o.exec(drop)
		}
	}
	return o
}

func (o owner) exec(statement string) {
	o.t.Helper()
	if _, err := o.d.Exec(statement); err != nil {
		o.t.Fatalf("%s: %v", statement, err)
	}
}

func (o owner) texts(query string) (all []string) {
	o.t.Helper()
	rows, err := o.d.Query(query)
	must(o.t, err)
	defer rows.Close()
	for rows.Next() {
		var text string
		must(o.t, rows.Scan(&text))
		all = append(all, text)
	}
	must(o.t, rows.Err())
	return all
}

func (o owner) tables() []string {
	if o.postgres {
		return o.texts(`SELECT table_name FROM information_schema.tables
			WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`)
	}
	// the tables inside an index of terms ("shadow") are its own business
	return o.texts(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')
		AND name NOT LIKE 'sqlite_%' ORDER BY 1`)
}

func (o owner) columns(table string) []string {
	if o.postgres {
		return o.texts(`SELECT column_name FROM information_schema.columns
			WHERE table_schema = 'public' AND table_name = '` + table + `' ORDER BY ordinal_position`)
	}
	return o.texts(`SELECT name FROM pragma_table_info('` + table + `')`)
}

func (o owner) key(table string) string {
	query := `SELECT name FROM pragma_table_info('` + table + `') WHERE pk > 0 ORDER BY pk`
	if o.postgres {
		query = `SELECT a.attname FROM pg_index i
			JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
			WHERE i.indrelid = CAST('` + table + `' AS regclass) AND i.indisprimary ORDER BY a.attnum`
	}
	if key := o.texts(query); len(key) > 0 {
		return strings.Join(key, ", ")
	}
	return strings.Join(o.columns(table), ", ")
}

// tries are new values for a column of any type, as SQL; the database takes one of them.
func tries(column string) []string {
	return []string{column + ` || 'x'`, `1 - ` + column, column + ` + 1000`, `NOT ` + column,
		`CAST('2001-02-03 04:05:06' AS TIMESTAMP)`, `'x'`, `7`, `'{"x": "1"}'`}
}

// edit changes the column of the table's first row; false if the table is empty.
func (o owner) edit(table, key, column string) bool {
	o.t.Helper()
	var last error
	for i, value := range tries(column) {
		if !o.postgres && i == 0 { // SQLite adds a text to a number
			kinds := o.texts(`SELECT typeof(` + column + `) FROM ` + table + ` LIMIT 1`)
			if !slices.Contains(kinds, "text") {
				continue
			}
		}
		result, err := o.d.Exec(`UPDATE ` + table + ` SET ` + column + ` = ` + value +
			` WHERE (` + key + `) = (SELECT ` + key + ` FROM ` + table + ` ORDER BY ` + key + ` LIMIT 1)
			AND ` + column + ` IS DISTINCT FROM ` + value)
		if err != nil {
			last = err
			continue
		}
		if n, _ := result.RowsAffected(); n == 1 {
			return true
		}
	}
	if n, _ := o.count(table); n > 0 {
		o.t.Errorf("%s.%s: no value could be put there: %v", table, column, last)
	}
	return false
}

func (o owner) count(table string) (n int, err error) {
	return n, o.d.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n)
}
