package record

// The columns of records that lists are ordered and filtered by; what they hold keys.go says.

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"yipanqi/internal/db"
)

// combined is the column that has all that a record is filtered by.
const combined = "filters"

// filterColumns are those for filters alone, keyColumns all of them.
var (
	filterColumns = columnsOf("f", mostFilters)
	keyColumns    = slices.Concat(columnsOf("s", mostSorts), filterColumns, []string{combined})
)

func columnsOf(kind string, n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprint(kind, i+1))
	}
	return all
}

// args are the values of all columns: nothing where the register has no such field.
func (k keys) args() (all []any) {
	for _, column := range keyColumns {
		if value, has := k.values[column]; has {
			all = append(all, value)
		} else {
			all = append(all, nil)
		}
	}
	return append(all, k.views, k.goals)
}

// set is the columns of a row, each set to a parameter from one on.
func set(first int) string {
	var b strings.Builder
	for i, column := range slices.Concat(keyColumns, []string{"views", "goals"}) {
		fmt.Fprintf(&b, ", %s = $%d", column, first+i)
	}
	return b.String()
}

// putKeys writes the columns of some records.
func putKeys(tx *db.Tx, some []Record, of func(Record) keys) error {
	all := map[string]map[string]string{}
	for _, r := range some {
		k := of(r)
		row := map[string]string{"views": k.views, "goals": k.goals}
		for column, value := range k.values {
			row[column] = value
		}
		all[r.ID] = row
	}
	body, err := json.Marshal(all)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, column := range keyColumns {
		fmt.Fprintf(&b, "%[1]s = j.value ->> '%[1]s', ", column)
	}
	return tx.Exec(`UPDATE records SET `+b.String()+`views = j.value ->> 'views', goals = j.value ->> 'goals'
		FROM json_each($1) j
		WHERE records.id = j.key`, string(body))
}

// layouts say by which fields the columns of each register's records were filled.
func layouts(tx *db.Tx) (map[string]string, error) {
	all := map[string]string{}
	return all, db.Each(tx, func(r db.Row) error {
		var code, layout string
		err := r.Scan(&code, &layout)
		all[code] = layout
		return err
	}, `SELECT register, layout FROM record_layouts`)
}

func putLayout(tx *db.Tx, code, layout string) error {
	return tx.Exec(`INSERT INTO record_layouts (register, layout) VALUES ($1, $2)
		ON CONFLICT (register) DO UPDATE SET layout = excluded.layout`, code, layout)
}

// pageOf returns records of a register in order of their ids, after one.
func pageOf(tx *db.Tx, code, after string, limit int) ([]Record, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM records r WHERE r.register = $1 AND r.id > $2 ORDER BY r.id
		LIMIT $3`, code, after, limit)
}

// eachKeys calls fn with what stands in the columns of every record, by id.
func eachKeys(tx *db.Tx, fn func(id string, k keys) error) error {
	return db.Each(tx, func(r db.Row) error {
		values := make([]*string, len(keyColumns))
		var id string
		k := keys{values: map[string]string{}}
		into := []any{&id, &k.views, &k.goals}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := r.Scan(into...); err != nil {
			return err
		}
		for i, column := range keyColumns {
			if values[i] != nil {
				k.values[column] = *values[i]
			}
		}
		return fn(id, k)
	}, `SELECT id, views, goals, `+strings.Join(keyColumns, ", ")+` FROM records`)
}
