package sample

// Whether anything is in the installation.

import (
	"yipanqi/internal/db"
)

// isEmpty says whether nobody has put anything in: no areas, no people.
func isEmpty(tx *db.Tx) (bool, error) {
	n, err := db.Value[int64](tx, `SELECT (SELECT count(*) FROM areas) + (SELECT count(*) FROM people)`)
	return n == 0, err
}
