package blob

// What is attached to which object. The bytes themselves are files by digest, see blob.go.

import (
	"yipanqi/internal/db"
)

const columns = `id, object, digest, name, media_type, size, person_id, created_at`

func scan(r db.Row) (u Use, err error) {
	err = r.Scan(&u.ID, &u.Object, &u.Digest, &u.Name, &u.MediaType, &u.Size, &u.PersonID, &u.CreatedAt)
	return u, err
}

func insert(tx *db.Tx, u Use) error {
	return tx.Exec(`INSERT INTO blob_uses (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		u.ID, u.Object, u.Digest, u.Name, u.MediaType, u.Size, u.PersonID, u.CreatedAt)
}

// Of returns an object's attachments, oldest first.
func Of(tx *db.Tx, object string) ([]Use, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM blob_uses WHERE object = $1 ORDER BY id`, object)
}

// All are the attachments of all objects.
func All(tx *db.Tx) ([]Use, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM blob_uses ORDER BY id`)
}

// OfAll returns the attachments of several objects, by object.
func OfAll(tx *db.Tx, objects []string) (map[string][]Use, error) {
	uses, err := db.All(tx, scan, `SELECT `+columns+` FROM blob_uses WHERE object IN (SELECT key FROM json_each($1))
		ORDER BY id`, db.Texts(objects))
	of := map[string][]Use{}
	for _, u := range uses {
		of[u.Object] = append(of[u.Object], u)
	}
	return of, err
}

// ByID returns one use.
func ByID(tx *db.Tx, id string) (Use, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM blob_uses WHERE id = $1`, id)
}

func remove(tx *db.Tx, object string) error {
	return tx.Exec(`DELETE FROM blob_uses WHERE object = $1`, object)
}
