package trail

// Remarks as kept: added, never changed.

import (
	"yipanqi/internal/db"
)

const columns = `id, object, text, person_id, person, unit, created_at`

func scan(r db.Row) (m Remark, err error) {
	err = r.Scan(&m.ID, &m.Object, &m.Text, &m.PersonID, &m.Person, &m.Unit, &m.CreatedAt)
	m.CreatedAt = m.CreatedAt.UTC()
	return m, err
}

func insert(tx *db.Tx, r Remark) error {
	return tx.Exec(`INSERT INTO remarks (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`, r.ID, r.Object, r.Text,
		r.PersonID, r.Person, r.Unit, r.CreatedAt)
}

func remarksOf(tx *db.Tx, object string) ([]Remark, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM remarks WHERE object = $1 ORDER BY id`, object)
}

func all(tx *db.Tx) ([]Remark, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM remarks ORDER BY id`)
}
