package trail

// Remarks held against the journal, which keeps their words.

import (
	"maps"
	"slices"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/evidence"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Verify names every remark that the journal does not know so, and every one that is gone.
func Verify(tx *db.Tx) (findings []journal.Finding, err error) {
	said, err := journal.MadeBy(tx, VerbWrite)
	if err != nil {
		return nil, err
	}
	found := func(object, column, expected, actual string) {
		if expected != actual {
			findings = append(findings, journal.Finding{Code: "remark.journal", Table: "remarks", Object: object,
				Column: column, Expected: expected, Actual: actual})
		}
	}
	rows, err := all(tx)
	for _, r := range rows {
		e, known := said[r.entry()]
		delete(said, r.entry())
		if !known {
			found(r.entry(), "id", "", r.ID)
			continue
		}
		found(r.entry(), "object", e.Detail["of"], r.Object)
		found(r.entry(), "text", e.Detail["text"], r.Text)
		found(r.entry(), "unit", e.Detail["unit"], r.Unit)
		found(r.entry(), "person_id", e.ActorID, r.PersonID)
		found(r.entry(), "person", e.Actor, r.Person)
		found(r.entry(), "created_at", e.At.Format(time.RFC3339Nano), r.CreatedAt.Format(time.RFC3339Nano))
	}
	for _, object := range slices.Sorted(maps.Keys(said)) {
		found(object, "id", said[object].Detail["text"], "")
	}
	return findings, err
}

// VerifyAll is Verify, and the same of the files that lie on things.
func VerifyAll(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) {
	remarks, err := Verify(tx)
	if err != nil {
		return nil, err
	}
	files, err := evidence.Verify(tx)
	return append(remarks, files...), err
}
