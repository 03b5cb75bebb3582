package app

// Settings of the installation by key: secrets are files, see secrets.go.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// setting is a value of the installation's settings, empty if it is not set.
func setting(tx *db.Tx, key string) (string, error) {
	value, err := db.Value[string](tx, `SELECT value FROM settings WHERE key = $1`, key)
	if errs.KindOf(err) == errs.Missing {
		return "", nil
	}
	return value, err
}

func putSetting(tx *db.Tx, key, value string) error {
	return tx.Exec(`INSERT INTO settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
}
