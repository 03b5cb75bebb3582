package app

// What this installation keeps as a witness for others.

import (
	"yipanqi/internal/db"
)

type kept struct {
	seq        int64
	hash, text string
}

// newestKept is the newest checkpoint of an installation; Missing if there is none.
func newestKept(tx *db.Tx, installation string) (k kept, err error) {
	return db.One(tx, func(r db.Row) (k kept, err error) { return k, r.Scan(&k.seq, &k.hash, &k.text) },
		`SELECT seq, hash, text FROM witness_checkpoints WHERE installation = $1
		ORDER BY seq DESC LIMIT 1`, installation)
}

// keep stores a checkpoint in place of the earlier ones of its hour.
func keep(tx *db.Tx, installation string, k kept) error {
	hour := tx.Now.Format("2006-01-02T15")
	if err := tx.Exec(`DELETE FROM witness_checkpoints WHERE installation = $1 AND hour = $2`,
		installation, hour); err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO witness_checkpoints (installation, seq, hash, hour, text, received_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, installation, k.seq, k.hash, hour, k.text, tx.Now)
}
