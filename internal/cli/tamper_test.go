package cli_test

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/evidence"
	"yipanqi/internal/journal"
	"yipanqi/internal/trail"
)

// Whoever owns the database edits every column of every table, one at a time; a new column joins by itself. Each edit
// is found and named, or the column stands in testdata/no_evidence.csv with the reason why nothing rests on it.

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
		`CAST('2001-02-03 04:05:06' AS TIMESTAMP)`, `'x'`, `7`}
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

// noEvidence are the columns on which nothing rests, with the reason; table.* is all of them.
func noEvidence(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/no_evidence.csv")
	must(t, err)
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	must(t, err)
	reasons := map[string]string{}
	for _, row := range rows[1:] {
		if row[2] == "" {
			t.Errorf("%s.%s has no reason", row[0], row[1])
		}
		reasons[row[0]+"."+row[1]] = row[2]
	}
	return reasons
}

// findings are what `journal verify` and `rebuild --check` say together.
func findings(t *testing.T, target, data string) []journal.Finding {
	t.Helper()
	a, err := app.OpenReadOnly(context.Background(), app.Config{DB: target, Data: data})
	if err != nil {
		return []journal.Finding{{Code: "refused", Actual: err.Error()}}
	}
	defer a.Close()
	v, err := a.Verify(context.Background(), nil)
	if err != nil {
		t.Errorf("verify gives up: %v", err)
	}
	return v.Findings
}

func TestEveryColumnIsEvidenceOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(testing.TB) string{"sqlite": nil, "postgres": dbtest.EmptyPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			at := data + "/yipanqi.db"
			if target != nil {
				at = target(t)
			}
			run(t, 0, "", "import", "--sample", samples, "--db", at, "--data", data)
			correct(t, at, data)
			if found := findings(t, at, data); len(found) > 0 {
				t.Fatalf("an honest installation has findings: %+v", found)
			}
			tamper(t, own(t, at), at, data)
		})
	}
}

// correct says what a figure is about, and lays files and a remark down, which the sample does not.
func correct(t *testing.T, target, data string) {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{DB: target, Data: data})
	must(t, err)
	defer a.Close()
	must(t, a.DB.Update(context.Background(), func(tx *db.Tx) error {
		office, err := account.ByLogin(tx, "office")
		if err != nil {
			return err
		}
		by, err := account.UserOf(tx, office.PersonID)
		if err != nil {
			return err
		}
		c, err := check.Create(tx, by, check.Check{Text: "2017年，北京市婚前医学检查率为12.76%。"})
		if err != nil {
			return err
		}
		for i, reason := range []string{"传错了", ""} {
			f, err := evidence.Attach(tx, by, evidence.File{Object: "check/" + c.ID, Digest: "d", Name: "说明.pdf",
				Field: strconv.Itoa(i)})
			if err == nil && reason != "" {
				_, err = evidence.Withdraw(tx, by, f.Object, f.ID, reason)
			}
			if err != nil {
				return err
			}
		}
		if _, err := trail.Write(tx, by, "check/"+c.ID, "请核对"); err != nil {
			return err
		}
		return check.Correct(tx, by, c.ID, 17, check.Said{None: true})
	}))
}

func tamper(t *testing.T, o owner, target, data string) {
	attested := map[string]bool{}
	for _, a := range db.AttestedTables() {
		attested[a.Table] = true
	}
	reasons := noEvidence(t)
	used := map[string]bool{}
	for _, table := range o.tables() {
		if reasons[table+".*"] != "" {
			used[table+".*"] = true
			continue
		}
		key := o.key(table)
		o.exec(`CREATE TABLE kept AS SELECT * FROM ` + table)
		for _, column := range o.columns(table) {
			place := table + "." + column
			if reasons[place] != "" {
				used[place] = true
				continue
			}
			if !o.edit(table, key, column) {
				break
			}
			if !attested[table] {
				column = ""
			}
			expectNamed(t, target, data, table, column, place+" was edited")
			o.restore(table)
		}
		if n, _ := o.count(table); n == 0 {
			t.Errorf("%s is empty: nothing was tried", table)
		} else {
			o.exec(`DELETE FROM ` + table + ` WHERE (` + key + `) = (SELECT ` + key + ` FROM ` + table +
				` ORDER BY ` + key + ` LIMIT 1)`)
			expectNamed(t, target, data, table, "", "a row of "+table+" was deleted")
			o.restore(table)
		}
		o.exec(`DROP TABLE kept`)
	}
	if found := findings(t, target, data); len(found) > 0 {
		t.Errorf("with all edits undone: %s", short(found))
	}
	for place := range reasons {
		if !used[place] {
			t.Errorf("testdata/no_evidence.csv names %s, which is not there", place)
		}
	}
}

func (o owner) restore(table string) {
	o.exec(`DELETE FROM ` + table)
	o.exec(`INSERT INTO ` + table + ` SELECT * FROM kept`)
}

func (o owner) count(table string) (n int, err error) {
	return n, o.d.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n)
}

func expectNamed(t *testing.T, target, data, table, column, what string) {
	t.Helper()
	if table == "rollups" {
		run(t, 1, "", "rebuild", "--check", "--db", target, "--data", data)
	} else if found := findings(t, target, data); !named(found, table, column) {
		t.Errorf("%s and is not named: %s", what, short(found))
	}
}

// named says whether a finding leads to the table, and to the column if one is given. What is attested of a row is a
// copy of it: whoever edits the copy is told of the row.
func named(found []journal.Finding, table, column string) bool {
	for _, f := range found {
		if f.Table == table && (column == "" || f.Column == column || f.Column == "") ||
			table == "attested" && strings.HasPrefix(f.Code, "definition.") {
			return true
		}
	}
	return false
}

func short(found []journal.Finding) string {
	if len(found) > 4 {
		return fmt.Sprintf("%+v … %d findings", found[:4], len(found))
	}
	return fmt.Sprintf("%+v", found)
}
