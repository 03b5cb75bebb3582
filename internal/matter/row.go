package matter

// How a row is read, written, journaled and held against its journal by one list of its columns, so that no column can
// be forgotten in any of them.

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"yipanqi/internal/db"
)

// field is a column and where its value stands.
type field struct {
	column string
	at     any // *string, *int, *int64, *State, *List[…]
}

// List is a column that holds a list as JSON.
type List[T any] []T

// Value writes the list; an empty one is [].
func (l List[T]) Value() (driver.Value, error) {
	if len(l) == 0 {
		return "[]", nil
	}
	text, err := json.Marshal([]T(l))
	return string(text), err
}

// Scan reads what Value wrote.
func (l *List[T]) Scan(from any) error {
	switch text := from.(type) {
	case string:
		return json.Unmarshal([]byte(text), (*[]T)(l))
	case []byte:
		return json.Unmarshal(text, (*[]T)(l))
	}
	return fmt.Errorf("matter: a list is not read from %T", from)
}

func columnsOf(fields []field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.column
	}
	return strings.Join(names, ", ")
}

func scanInto(r db.Row, fields []field) error {
	at := make([]any, len(fields))
	for i, f := range fields {
		at[i] = f.at
	}
	return r.Scan(at...)
}

// value is what stands in a field, as the database takes it.
func (f field) value() any {
	switch at := f.at.(type) {
	case *string:
		return *at
	case *State:
		return string(*at)
	case *int:
		return *at
	case *int64:
		return *at
	case driver.Valuer:
		v, err := at.Value()
		if err != nil {
			panic(err) // lists of texts and of plain structs always marshal
		}
		return v
	}
	panic(fmt.Sprintf("matter: column %s has a type that is not kept", f.column))
}

// text is the value as the journal has it; what is empty is "".
func (f field) text() string {
	switch text := fmt.Sprint(f.value()); text {
	case "0", "[]":
		return ""
	default:
		return text
	}
}

// said is a row as the journal has it, without what is empty.
func said(fields []field) map[string]string {
	all := map[string]string{}
	for _, f := range fields {
		if text := f.text(); text != "" {
			all[f.column] = text
		}
	}
	return all
}

// changed adds to detail the columns that differ between two states of a row; what became empty is said as a dash.
func changed(before, after map[string]string, detail map[string]string) {
	for column, text := range after {
		if before[column] != text {
			detail[column] = text
		}
	}
	for column := range before {
		if after[column] == "" {
			detail[column] = emptied
		}
	}
}

// emptied is what an entry says of a column that is empty from then on.
const emptied = "—"
