package exchange

// Settings that make an installation a sample, and whether anything is in it.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Settings of a sample: that it is one, and when its forms fall due.
const (
	sampleKey    = "sample"
	sampleDueKey = "sample.due_on"
)

// IsSample says whether this installation holds a sample. Once it does, it does for ever.
func IsSample(tx *db.Tx) (bool, error) {
	value, err := setting(tx, sampleKey)
	return value == "true", err
}

// setting is empty if it was never put.
func setting(tx *db.Tx, key string) (string, error) {
	value, err := db.Value[string](tx, `SELECT value FROM settings WHERE key = $1`, key)
	if errs.KindOf(err) == errs.Missing {
		return "", nil
	}
	return value, err
}

// putSetting keeps a setting and reports whether it changed.
func putSetting(tx *db.Tx, key, value string) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE settings.value <> excluded.value`, key, value)
	return n > 0, err
}

// isEmpty says whether nobody has put anything in: no areas, no people.
func isEmpty(tx *db.Tx) (bool, error) {
	n, err := db.Value[int64](tx, `SELECT (SELECT count(*) FROM areas) + (SELECT count(*) FROM people)`)
	return n == 0, err
}
