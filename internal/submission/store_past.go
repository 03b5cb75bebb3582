package submission

// Rows of a copy of an earlier day; nothing here is ever run on the database that people work in.

import (
	"database/sql"
	"encoding/json"
	"time"

	"yipanqi/internal/db"
)

// copyTables copies submissions, versions and signatures as they stand now, and the public halves of keys; areas have
// the copy's own place.
func copyTables(from, to *db.Tx) error {
	for _, t := range []struct {
		table   string
		instead map[string]string
	}{{"signing_keys", map[string]string{"locked": "''"}}, {"submissions", nil}, {"versions", nil},
		{"signatures", nil}, {"paper_scans", nil}} {
		if err := db.CopyRows(from, to, t.table, t.instead, ""); err != nil {
			return err
		}
	}
	return to.Exec(`UPDATE submissions SET area_path = COALESCE((SELECT a.path FROM areas a WHERE a.id = area_id), '')`)
}

// changedSince are the submissions that an entry behind a place of the journal is about.
func changedSince(tx *db.Tx, place int64) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT s.id FROM (SELECT DISTINCT object FROM journal
		WHERE id > $1 AND object >= 'submission/' AND object < 'submission0') j
		JOIN submissions s ON s.id = substr(j.object, 12) ORDER BY s.id`, place)
}

func forget(tx *db.Tx, version int64) error {
	for _, table := range []string{"signatures", "paper_scans"} {
		if err := tx.Exec(`DELETE FROM `+table+` WHERE version_id = $1`, version); err != nil {
			return err
		}
	}
	return tx.Exec(`DELETE FROM versions WHERE id = $1`, version)
}

func unsign(tx *db.Tx, version int64, role string) error {
	return tx.Exec(`DELETE FROM signatures WHERE version_id = $1 AND role = $2`, version, role)
}

func acceptedThen(tx *db.Tx, version int64, at time.Time) error {
	return tx.Exec(`UPDATE versions SET accepted_at = $2 WHERE id = $1`, version,
		sql.NullTime{Time: at, Valid: !at.IsZero()})
}

func remove(tx *db.Tx, id string) error { return tx.Exec(`DELETE FROM submissions WHERE id = $1`, id) }

func putThen(tx *db.Tx, s Submission) error {
	draft, err := json.Marshal(s.Typed)
	if err != nil {
		return err
	}
	return tx.Exec(`UPDATE submissions SET unit = $2, state = $3, due_on = $4, late = $5, draft = $6, amend_reason = $7,
		return_reason = $8, accepted_id = NULLIF($9, 0), entries = $10, updated_by = $11, updated_at = $12
		WHERE id = $1`,
		s.ID, s.Unit.Code, string(s.State), s.DueOn, s.Late, string(draft), s.AmendReason, s.ReturnReason,
		s.AcceptedID, s.Entries, s.UpdatedBy, s.UpdatedAt)
}
