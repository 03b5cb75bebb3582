// Package held keeps rows honest: whatever changes of a row is said in the journal when it is written, and Verify folds
// the entries of each object and holds its row against them, column by column. It knows no module and no table.
package held

import (
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

// Row is what a row says, by column: only what decides something.
type Row map[string]string

// whole is how long a value may be to stand in the journal in full; of a longer one its digest does.
const whole = 300

// digested marks what stands for a value that is too long.
const digested = "sm3:"

// prefix marks a column in an entry, apart from what else the entry says.
const prefix = "="

func said(value string) string {
	if len(value) <= whole*utf8.UTFMax && utf8.RuneCountInString(value) <= whole {
		return value
	}
	sum := sm3.Sum([]byte(value))
	return digested + hex.EncodeToString(sum[:])
}

// Log records that by did verb to object, with what its row says now and did not say before, and what else is given.
func Log(tx *db.Tx, by auth.User, verb, object string, before, now Row, detail map[string]string) error {
	entry := maps.Clone(detail)
	if entry == nil {
		entry = map[string]string{}
	}
	for column, value := range now {
		if value != before[column] {
			entry[prefix+column] = said(value)
		}
	}
	return journal.Log(tx, by, verb, object, entry)
}

// Table is one table of a module.
type Table struct {
	Name  string
	Kind  string         // first part of its objects: "request"
	Begin []string       // verbs by which its objects come to be
	Rows  map[string]Row // by object
}

// Verify names every row that its entries do not say so, and every one that is gone.
func Verify(tx *db.Tx, t Table) (findings []journal.Finding, err error) {
	found := func(object, column, expected, actual string) {
		findings = append(findings, journal.Finding{Code: "row.journal", Table: t.Name, Object: object,
			Column: column, Expected: expected, Actual: actual})
	}
	for _, object := range slices.Sorted(maps.Keys(t.Rows)) {
		if !journal.Fresh(tx, object) {
			continue
		}
		entries, err := journal.Of(tx, object)
		if err != nil {
			return findings, err
		}
		row, told := t.Rows[object], folded(tx, entries)
		if len(told) == 0 {
			found(object, "", "", object)
			continue
		}
		for _, column := range slices.Sorted(maps.Keys(row)) {
			if now := said(row[column]); now != told[column] {
				found(object, column, told[column], now)
			}
		}
	}
	for _, verb := range t.Begin {
		begun, err := journal.MadeBy(tx, verb)
		if err != nil {
			return findings, err
		}
		for _, object := range slices.Sorted(maps.Keys(begun)) {
			if strings.HasPrefix(object, t.Kind+"/") && t.Rows[object] == nil && journal.Fresh(tx, object) {
				found(object, "", object, "")
			}
		}
	}
	return findings, nil
}

// folded is what the entries that the program made say of a row, the newest of each column.
func folded(tx *db.Tx, entries []journal.Entry) Row {
	row := Row{}
	for _, e := range entries {
		if !journal.Made(tx, e) {
			continue
		}
		for key, value := range e.Detail {
			if column, is := strings.CutPrefix(key, prefix); is {
				row[column] = value
			}
		}
	}
	return row
}

// At is what the entries of an object up to a place of the journal say of its row, nil if there was none yet. now is
// what it says today: of a value that was too long to stand in the journal only its digest is known, so that one is
// there if it is still the same, and else missing.
func At(tx *db.Tx, object string, now Row, place int64) (row Row, err error) {
	entries, err := journal.Of(tx, object)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(e journal.Entry) bool { return e.ID > place })
	told := folded(tx, entries)
	if len(told) == 0 {
		return nil, nil
	}
	row = Row{}
	for column, value := range now {
		then := told[column]
		switch {
		case said(value) == then:
			row[column] = value
		case !strings.HasPrefix(then, digested):
			row[column] = then
		}
	}
	return row, nil
}

// Time, Int and Bool write values of a row.
func Time(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// Int writes a whole number.
func Int[T ~int | ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

// Bool writes a yes as true and a no as nothing.
func Bool(b bool) string {
	if b {
		return "true"
	}
	return ""
}
