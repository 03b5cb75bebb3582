package attest

// Definitions as they stood after an earlier entry of the journal, put together from what was replaced since and held
// against the digests that were journaled then. What they mean is nobody's business here.

import (
	"encoding/json"
	"fmt"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

// pastKey marks an entry whose change can be undone: earlier programs kept nothing of what they replaced.
const pastKey = "past"

// back undoes one change of a text: ” was no row.
func (t texts) back(key, text string) {
	if text == "" {
		delete(t, key)
	} else {
		t[key] = text
	}
}

// EntryAt is the entry whose definitions stood at a place of the journal (an entry's id), by its own id.
func EntryAt(tx *db.Tx, place int64) (int64, error) {
	e, err := standing(tx, place)
	return e.ID, err
}

// CopyAt writes the definitions as they stood at a place of the journal into an empty copy, and names the tables of
// which that state cannot be proven: what an earlier program replaced was not kept, or somebody changed it since.
// Those stand there as far as they are known.
func CopyAt(from, to *db.Tx, place int64) (unproven []string, err error) {
	at, err := standing(from, place)
	if err != nil {
		return nil, err
	}
	for _, table := range db.AttestedTables() {
		said, err := textsAt(from, table.Table, at.ObjectSeq)
		if err != nil {
			return nil, err
		}
		if want := at.Detail[table.Table]; want != "" && want != said.digest() {
			unproven = append(unproven, table.Table)
		}
		if err := copyRows(to, table.Table, said); err != nil {
			return nil, err
		}
	}
	return unproven, nil
}

// standing is the entry whose definitions stood at a place. A sample that goes by a clock of its own plays on the
// definitions that it came with, which are attested when its story has been told.
func standing(tx *db.Tx, place int64) (at journal.Entry, err error) {
	clock, set, err := journal.FirstOf(tx, journal.ObjectClock)
	if err != nil {
		return at, err
	}
	at, found, err := journal.LastUpTo(tx, Object, place)
	if err != nil || found && (!set || at.ID > clock.ID) {
		return at, err
	}
	entries, err := journal.Of(tx, Object)
	for _, e := range entries {
		if at = e; e.ID > clock.ID {
			break
		}
	}
	return at, err
}

func copyRows(to *db.Tx, table string, said texts) error {
	if err := empty(to, table); err != nil { // of what migrations put there
		return err
	}
	put, err := db.Putter(to, table)
	if err != nil {
		return err
	}
	for key, text := range said {
		var row map[string]any
		if json.Unmarshal([]byte(text), &row) != nil {
			continue // a row that had no text
		}
		if err := put(row); err != nil {
			return fmt.Errorf("%s %s: %w", table, key, err)
		}
		if err := putText(to, table, key, text); err != nil {
			return err
		}
	}
	return nil
}

// VerifyPast names every entry of the journal before which the definitions, put together again, are not those whose
// digests it has. It goes back to the first entry of a program that keeps what it replaces.
func VerifyPast(tx *db.Tx) (found []journal.Finding, err error) {
	entries, err := journal.Of(tx, Object)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	said := map[string]texts{}
	for _, table := range db.AttestedTables() {
		if said[table.Table], err = attestedTexts(tx, table); err != nil {
			return nil, err
		}
	}
	kept := map[int64][]replaced{}
	if err := eachReplaced(tx, func(was replaced) { kept[was.until] = append(kept[was.until], was) }); err != nil {
		return nil, err
	}
	differs := func(e journal.Entry, table string) {
		found = append(found, journal.Finding{Code: "definition.past", Table: "attested_past",
			Object: fmt.Sprintf("%s #%d", Object, e.ObjectSeq), Expected: table})
	}
	for i := len(entries) - 1; i > 0 && entries[i].Detail[pastKey] != ""; i-- {
		e, before := entries[i], entries[i-1]
		var touched []string
		for _, was := range kept[e.ObjectSeq] {
			if said[was.table] == nil {
				differs(e, was.table)
				continue
			}
			said[was.table].back(was.key, was.text)
			touched = append(touched, was.table)
		}
		delete(kept, e.ObjectSeq)
		for _, table := range db.AttestedTables() {
			want := before.Detail[table.Table]
			if want == "" || want == e.Detail[table.Table] && !slices.Contains(touched, table.Table) {
				continue
			}
			if said[table.Table].digest() != want {
				differs(e, table.Table)
			}
		}
	}
	for _, e := range entries { // texts kept under an entry that replaced none
		if rows := kept[e.ObjectSeq]; len(rows) > 0 {
			differs(e, rows[0].table)
			delete(kept, e.ObjectSeq)
		}
	}
	for seq, rows := range kept {
		differs(journal.Entry{ObjectSeq: seq}, rows[0].table)
	}
	return found, nil
}

// Changed is a Difference between what a definition said and what it says, with the whole rows: "" where there was
// none, or is none any more.
type Changed struct {
	Difference
	Then, Now string
}

// ChangedSince are the definitions of some tables that are not what they were at a place of the journal.
func ChangedSince(tx *db.Tx, place int64, tables ...string) (all []Changed, err error) {
	at, err := standing(tx, place)
	if err != nil {
		return nil, err
	}
	for _, table := range db.AttestedTables() {
		if !slices.Contains(tables, table.Table) {
			continue
		}
		then, err := textsAt(tx, table.Table, at.ObjectSeq)
		if err != nil {
			return nil, err
		}
		now, err := attestedTexts(tx, table)
		if err != nil {
			return nil, err
		}
		for _, d := range compare(table, then, now) {
			all = append(all, Changed{d, then[d.Key], now[d.Key]})
		}
	}
	return all, nil
}

// Text is a column of a row as it is attested; "" if it has none.
func Text(row, column string) string {
	var columns map[string]any
	if json.Unmarshal([]byte(row), &columns) != nil {
		return ""
	}
	text, _ := columns[column].(string)
	return text
}
