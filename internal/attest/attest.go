// Package attest makes definitions evidence. Whatever decides what a figure means or whether it is complete (areas,
// units, posts, forms, formulas, targets, published figures, settings …: the tables that a migration marks {attested
// …}) is kept once more as canonical text, row by row, and the digest of each table's texts is journaled at every
// change by whoever the program let make it. A row that SQL changed differs from its text; a text that was changed with
// it differs from the journal. It judges no figure, and knows tables by name only to tell those that say what a figure
// is from those that group, aim or call figures (besides).
package attest

import (
	"context"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Object is what the journal calls the definitions, all together.
const Object = "definitions"

// Verbs of the journal: definitions as they were found standing, and as somebody changed them.
const (
	VerbBaseline = "definition.baseline"
	VerbPut      = "definition.put"
)

// Difference is one place where a definition is not what the program last wrote. Column "" means the whole row: it is
// missing, or was never written by the program; Key "" means the table: its texts are not those that were journaled.
type Difference struct {
	Table, Key, Column string
	Expected, Actual   string
}

// texts are the rows of a table as canonical JSON, by key.
type texts map[string]string

// digest is one SM3 over all keys and texts in order of key.
func (t texts) digest() string {
	h := sm3.New()
	for _, key := range slices.Sorted(maps.Keys(t)) {
		for _, field := range []string{key, t[key]} {
			h.Write([]byte(strconv.Itoa(len(field)) + ":" + field))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// change is what a transaction does to one table: the rows that were already wrong before it, which it must not vouch
// for unless it writes them itself.
type change struct {
	table db.Attested
	wrong texts // "" where the row is missing
}

// Guard is what db calls ahead of a transaction's first write to a table: it remembers what is wrong there already, and
// attests the rest when everything is written.
func Guard(tx *db.Tx, table db.Attested) error {
	c := change{table: table, wrong: texts{}}
	now, err := written(tx, table)
	if err != nil {
		return err
	}
	said, err := attestedTexts(tx, table)
	if err != nil {
		return err
	}
	for key, text := range now {
		if said[key] != text {
			c.wrong[key] = text
		}
	}
	for key := range said {
		if _, there := now[key]; !there {
			c.wrong[key] = ""
		}
	}
	if tx.Kept == nil {
		tx.Kept = map[any]any{}
	}
	before := pending(tx)
	tx.Kept[pendingKey{}] = append(before, c)
	if before == nil {
		tx.Last(func(tx *db.Tx) error {
			changes := pending(tx)
			delete(tx.Kept, pendingKey{})
			return attest(tx, changes, VerbPut)
		})
	}
	return nil
}

type pendingKey struct{}

// pending are the tables that the transaction has written to and will attest at its end.
func pending(tx *db.Tx) []change {
	changes, _ := tx.Kept[pendingKey{}].([]change)
	return changes
}

// Baseline attests all definitions as they stand, marked as such: for an installation whose definitions nobody attested
// until now, and after a migration gave a table new columns, or made one evidence. What differs in columns that were
// attested before stays wrong.
func Baseline(tx *db.Tx) error {
	last, _, _, err := lastEntry(tx)
	if err != nil {
		return err
	}
	var changes []change
	for _, table := range db.AttestedTables() {
		c := change{table: table, wrong: texts{}}
		if last.Detail[table.Table] == "" { // nobody spoke of it yet
			changes = append(changes, c)
			continue
		}
		said, err := attestedTexts(tx, table)
		if err != nil {
			return err
		}
		now, err := written(tx, table)
		if err != nil {
			return err
		}
		for _, d := range compare(table, said, now) {
			if added := d.Column != "" && d.Expected == ""; !added {
				c.wrong[d.Key] = now[d.Key]
			}
		}
		changes = append(changes, c)
	}
	return attest(tx, changes, VerbBaseline)
}

// Begin attests what stands in d if nobody did before, or not with the columns that the tables have now.
func Begin(ctx context.Context, d *db.DB) error {
	var done bool
	err := d.View(ctx, func(tx *db.Tx) error {
		last, begun, _, err := lastEntry(tx)
		done = begun && last.Detail[schemaKey] == schema()
		return err
	})
	if err != nil || done {
		return err
	}
	return d.Update(ctx, Baseline)
}

// attest writes the new texts and journals the digests of all tables, if anything changed.
func attest(tx *db.Tx, changes []change, verb string) error {
	last, begun, _, err := lastEntry(tx)
	if err != nil {
		return err
	}
	if !begun && verb == VerbPut {
		return Baseline(tx) // the first write of all
	}
	detail := map[string]string{}
	for _, table := range db.AttestedTables() {
		detail[table.Table] = last.Detail[table.Table]
	}
	changed := 0
	for _, c := range changes {
		if !begun {
			c.wrong = nil
		}
		rows, n, err := c.put(tx, last.ObjectSeq+1)
		if err != nil {
			return err
		}
		changed += n
		detail[c.table.Table] = rows.digest()
	}
	if changed == 0 && begun && last.Detail[schemaKey] == schema() {
		return nil
	}
	detail[schemaKey], detail["rows"] = schema(), strconv.Itoa(changed)
	detail[pastKey] = "1"
	by := journal.System
	if tx.Actor != (db.Actor{}) {
		by = auth.User{ID: tx.Actor.ID, Name: tx.Actor.Name}
	}
	return journal.Log(tx, by, verb, Object, detail)
}

// put brings the table's texts up to what stands in it now, but for rows that were wrong before and still are the same;
// seq is the number of the journal's entry that will say so.
func (c change) put(tx *db.Tx, seq int64) (said texts, changed int, err error) {
	now, err := written(tx, c.table)
	if err != nil {
		return nil, 0, err
	}
	if said, err = attestedTexts(tx, c.table); err != nil {
		return nil, 0, err
	}
	fresh := map[string]string{}
	for key, text := range now {
		if was, wrong := c.wrong[key]; said[key] != text && !(wrong && was == text) {
			fresh[key], said[key] = text, text
		}
	}
	var gone []string
	for key := range said {
		_, there := now[key]
		if was, wrong := c.wrong[key]; !there && !(wrong && was == "") {
			gone = append(gone, key)
		}
	}
	for _, key := range gone {
		delete(said, key)
	}
	return said, len(fresh) + len(gone), store(tx, c.table, fresh, gone, seq)
}

// written are the rows of the table as they stand.
func written(tx *db.Tx, table db.Attested) (texts, error) {
	all := texts{}
	return all, db.EachRow(tx, table, func(key string, row map[string]any) error {
		all[key] = textOf(row)
		return nil
	})
}

// textOf is a row as canonical JSON. One that has none, as after an edit that left broken UTF-8, has a text that no row
// ever had.
func textOf(row map[string]any) string {
	text, err := sign.Canonical(row)
	if err != nil {
		return "!" + err.Error()
	}
	return string(text)
}

const schemaKey = "schema"

// schema changes with every migration of the program, which may give a table new columns.
func schema() string { return strconv.FormatInt(db.Newest(), 10) }

// Digest says in one line what the journal last said of the definitions; empty before it said anything.
func Digest(tx *db.Tx) (string, error) {
	last, begun, _, err := lastEntry(tx)
	if err != nil || !begun {
		return "", err
	}
	return texts(last.Detail).digest(), nil
}

// Since is when definitions were first attested; what was accepted before rests on definitions that nobody had
// journaled then.
func Since(tx *db.Tx) (time.Time, error) {
	first, begun, err := journal.FirstOf(tx, Object)
	if err != nil || !begun {
		return first.At, err
	}
	clock, set, err := journal.FirstOf(tx, journal.ObjectClock)
	if set && clock.ID > first.ID && clock.At.Before(first.At) {
		return clock.At, err // all that goes by that clock came after
	}
	return first.At, err
}
