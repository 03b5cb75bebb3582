package evidence

// Rows of evidence: added and ended, never changed otherwise.

import (
	"database/sql"

	"yipanqi/internal/db"
)

const columns = `id, object, field, digest, name, media_type, size, note, replaces, person_id, person, unit, created_at,
	ended_at, ended_by, ended_reason`

func scan(r db.Row) (f File, err error) {
	var ended sql.NullTime
	err = r.Scan(&f.ID, &f.Object, &f.Field, &f.Digest, &f.Name, &f.MediaType, &f.Size, &f.Note, &f.Replaces,
		&f.PersonID, &f.Person, &f.Unit, &f.CreatedAt, &ended, &f.EndedBy, &f.EndedReason)
	f.CreatedAt = f.CreatedAt.UTC()
	if ended.Valid {
		f.EndedAt = ended.Time.UTC()
	}
	return f, err
}

func insert(tx *db.Tx, f File) error {
	return tx.Exec(`INSERT INTO evidence (`+columns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL, '', '')`, f.ID, f.Object, f.Field,
		f.Digest, f.Name, f.MediaType, f.Size, f.Note, f.Replaces, f.PersonID, f.Person, f.Unit, f.CreatedAt)
}

func finish(tx *db.Tx, f File) error {
	return tx.ExecOne(`UPDATE evidence SET ended_at = $1, ended_by = $2, ended_reason = $3
		WHERE id = $4 AND ended_at IS NULL`, f.EndedAt, f.EndedBy, f.EndedReason, f.ID)
}

// Of returns the files on an object, oldest first, those that ended among them.
func Of(tx *db.Tx, object string) ([]File, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM evidence WHERE object = $1 ORDER BY id`, object)
}

// ByID returns one file.
func ByID(tx *db.Tx, id string) (File, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM evidence WHERE id = $1`, id)
}

func all(tx *db.Tx) ([]File, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM evidence ORDER BY id`)
}
