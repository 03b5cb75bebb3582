package submission

// Scans of versions that were signed in ink: laid down, decided once, never changed otherwise.

import (
	"database/sql"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

const scanColumns = `p.id, p.version_id, p.file, p.digest, p.signed_on, p.unit, p.first_id, p.first_name, p.first_post,
	p.second_id, p.second_name, p.second_post, COALESCE(p.third_id, ''), p.third_name, p.third_post,
	p.recorded_id, p.recorded_by, p.recorded_at, p.verdict, p.reason,
	p.decided_id, p.decided_by, p.decided_at, COALESCE(e.object || ' ' || e.digest, 'paper/' || p.id || ' ' ||
	p.digest)`

// scanTables has no file in a copy of an earlier day.
const scanTables = `paper_scans p LEFT JOIN evidence e ON e.id = p.file`

func scanScan(r db.Row) (g Scan, err error) {
	var decided sql.NullTime
	err = r.Scan(&g.ID, &g.VersionID, &g.File, &g.Digest, &g.On, &g.Unit, &g.First.ID, &g.First.Name, &g.First.Post,
		&g.Second.ID, &g.Second.Name, &g.Second.Post, &g.Third.ID, &g.Third.Name, &g.Third.Post,
		&g.RecordedID, &g.RecordedBy, &g.RecordedAt, &g.Verdict,
		&g.Reason, &g.DecidedID, &g.DecidedBy, &decided, &g.kept)
	if g.RecordedAt = g.RecordedAt.UTC(); decided.Valid {
		g.DecidedAt = decided.Time.UTC()
	}
	return g, err
}

func insertScan(tx *db.Tx, g Scan) error {
	return tx.Exec(`INSERT INTO paper_scans (id, version_id, file, digest, signed_on, unit, first_id, first_name,
		first_post, second_id, second_name, second_post, third_id, third_name, third_post, recorded_id, recorded_by,
		recorded_at, verdict, reason, decided_id, decided_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULLIF($13, ''), $14, $15, $16, $17, $18, '', '', '',
		'')`,
		g.ID, g.VersionID, g.File, g.Digest, g.On, g.Unit, g.First.ID, g.First.Name, g.First.Post, g.Second.ID,
		g.Second.Name, g.Second.Post, g.Third.ID, g.Third.Name, g.Third.Post, g.RecordedID, g.RecordedBy,
		g.RecordedAt)
}

func decide(tx *db.Tx, by auth.User, g Scan) error {
	return tx.ExecOne(`UPDATE paper_scans SET verdict = $1, reason = $2, decided_id = $3, decided_by = $4,
		decided_at = $5 WHERE id = $6 AND verdict = ''`, g.Verdict, g.Reason, by.ID, by.Name, tx.Now, g.ID)
}

// scansOf are those of a version, oldest first.
func scansOf(tx *db.Tx, versionID int64) ([]Scan, error) {
	return db.All(tx, scanScan, `SELECT `+scanColumns+` FROM `+scanTables+` WHERE p.version_id = $1
		ORDER BY p.recorded_at, p.id`, versionID)
}

func countScans(tx *db.Tx, submissionID string) (int64, error) {
	return db.Value[int64](tx, `SELECT count(*) FROM paper_scans p JOIN versions v ON v.id = p.version_id
		WHERE v.submission_id = $1`, submissionID)
}

// scannedAs is a scan with these bytes, whosever it is; empty if there is none.
func scannedAs(tx *db.Tx, digest string) (string, error) {
	return db.Value[string](tx, `SELECT COALESCE(max(id), '') FROM paper_scans WHERE digest = $1`, digest)
}

// scanThen brings the row of a copy back to an earlier day, on which it may not have been there, or not decided.
func scanThen(tx *db.Tx, id string, there, decided bool) error {
	switch {
	case !there:
		return tx.Exec(`DELETE FROM paper_scans WHERE id = $1`, id)
	case decided:
		return nil
	}
	return tx.Exec(`UPDATE paper_scans SET verdict = '', reason = '', decided_id = '', decided_by = '',
		decided_at = NULL WHERE id = $1`, id)
}
