package db

// Which tables are attested, by what migrations say, and the guard ahead of what is written to them. What attesting
// means is package attest's.

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A line {attested T k1 k2} of a migration says that the rows of T, told apart by k1 and k2, decide what a figure means
// or whether it is complete: what the program writes there is attested in the journal, see package attest. It makes no
// SQL. The list of these tables is kept nowhere else, so a new table joins by its migration.
var attestedLine = regexp.MustCompile(`(?m)^\{attested (\w+)((?: \w+)+)\}$`)

// Attested is a table whose rows are attested, and the columns that tell them apart.
type Attested struct {
	Table string
	Key   []string
}

var attested = attestedTables()

// AttestedTables are all of them, in the order of their migrations.
func AttestedTables() []Attested { return attested }

func attestedTables() (all []Attested) {
	files, _ := fs.Glob(migrations, "migrations/*.sql") // the pattern is good
	for _, name := range files {
		text, err := migrations.ReadFile(name)
		if err != nil {
			panic(err) // it is in the program
		}
		for _, found := range attestedLine.FindAllStringSubmatch(string(text), -1) {
			all = append(all, Attested{found[1], strings.Fields(found[2])})
		}
	}
	return all
}

// Guard is called once for each attested table that a transaction writes to, ahead of the first such statement.
type Guard func(*Tx, Attested) error

// WithGuard has g called ahead of what is written to attested tables.
func WithGuard(g Guard) Option { return func(d *DB) { d.guard = g } }

var writesTable = regexp.MustCompile(`(?i)\b(?:INTO|UPDATE|DELETE\s+FROM)\s+(\w+)`)

// guarded tells the guard of a statement that writes to an attested table. A statement writes to one table.
func (tx *Tx) guarded(query string) error {
	if tx.db.guard == nil {
		return nil
	}
	found := writesTable.FindStringSubmatch(query)
	if found == nil || tx.told[found[1]] {
		return nil
	}
	for _, a := range attested {
		if a.Table == found[1] {
			if tx.told == nil {
				tx.told = map[string]bool{}
			}
			tx.told[a.Table] = true
			return tx.db.guard(tx, a)
		}
	}
	return nil
}

// EachRow calls fn with every row of an attested table and its key: every column as text, alike on both databases, NULL
// as false, which canonical JSON has and null it has not.
func EachRow(tx *Tx, a Attested, fn func(key string, row map[string]any) error) error {
	query := `SELECT * FROM ` + a.Table
	if err := tx.looked(query); err != nil {
		return err
	}
	rows, err := tx.tx.QueryContext(tx.Context, query)
	if err != nil {
		return known(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row := make(map[string]any, len(columns))
		for i, v := range values {
			row[columns[i]] = plainText(v)
		}
		if err := fn(a.keyOf(row), row); err != nil {
			return err
		}
	}
	return known(rows.Err())
}

// keyOf is the row's key: the column as it stands, or several as a JSON array, so that no two keys are alike.
func (a Attested) keyOf(row map[string]any) string {
	if len(a.Key) == 1 {
		return fmt.Sprint(row[a.Key[0]])
	}
	key := make([]string, len(a.Key))
	for i, column := range a.Key {
		key[i] = fmt.Sprint(row[column])
	}
	text, _ := json.Marshal(key) // strings always can
	return string(text)
}

// plainText writes a column's value the same way whichever driver read it.
func plainText(v any) any {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool: // SQLite has numbers
		if v {
			return "1"
		}
		return "0"
	case time.Time:
		return v.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
	}
	return fmt.Sprint(v)
}
