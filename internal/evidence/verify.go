package evidence

// The rows of evidence held against the journal: each was written by the program, says what it said then, and none is
// gone.

import (
	"maps"
	"slices"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

// Verify names every row that the journal does not know so, and every file that the journal knows and that is gone.
func Verify(tx *db.Tx) (findings []journal.Finding, err error) {
	attached, err := journal.MadeBy(tx, VerbAttach)
	if err != nil {
		return nil, err
	}
	ended, err := journal.MadeBy(tx, VerbWithdraw)
	if err != nil {
		return nil, err
	}
	rows, err := all(tx)
	if err != nil {
		return nil, err
	}
	found := func(object, column, expected, actual string) {
		if expected != actual {
			findings = append(findings, journal.Finding{Code: "evidence.journal", Table: "evidence", Object: object,
				Column: column, Expected: expected, Actual: actual})
		}
	}
	for _, f := range rows {
		e, known := attached[f.entry()]
		delete(attached, f.entry())
		if !known {
			found(f.entry(), "id", "", f.ID)
			continue
		}
		said := f.said()
		for _, key := range slices.Sorted(maps.Keys(columnOf)) {
			found(f.entry(), columnOf[key], e.Detail[key], said[key])
		}
		found(f.entry(), "person_id", e.ActorID, f.PersonID)
		found(f.entry(), "person", e.Actor, f.Person)
		found(f.entry(), "created_at", stamp(e.At), stamp(f.CreatedAt))
		e = ended[f.entry()]
		found(f.entry(), "ended_at", stamp(e.At), stamp(f.EndedAt))
		found(f.entry(), "ended_by", e.Actor, f.EndedBy)
		found(f.entry(), "ended_reason", e.Detail["reason"], f.EndedReason)
	}
	for _, object := range slices.Sorted(maps.Keys(attached)) {
		found(object, "id", attached[object].Detail["name"], "")
	}
	return findings, nil
}

// columnOf are the columns that the entry of a new file says.
var columnOf = map[string]string{"of": "object", "field": "field", "digest": "digest", "name": "name",
	"kind": "media_type", "size": "size", "note": "note", "replaces": "replaces", "unit": "unit"}

func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}
