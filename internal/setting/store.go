// Package setting is what an installation says of itself by key: its name, the year it shows first, that it is a
// sample. Secrets are files; see package app.
package setting

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Keys that more than one package asks for.
const (
	Name   = "name"
	NameEN = "name_en"
	Year   = "year" // that pages show first

	sample    = "sample"
	sampleDue = "sample.due_on"
)

type keyed string // what db.Remember keeps

// Get is empty if the setting was never put.
func Get(tx *db.Tx, key string) (string, error) {
	return db.Remember(tx, keyed(key), func(tx *db.Tx) (string, error) {
		value, err := db.Value[string](tx, `SELECT value FROM settings WHERE key = $1`, key)
		if errs.KindOf(err) == errs.Missing {
			return "", nil
		}
		return value, err
	})
}

// Put keeps a setting and reports whether it changed.
func Put(tx *db.Tx, key, value string) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE settings.value <> excluded.value`, key, value)
	return n > 0, err
}

// IsSample says whether the installation holds a sample: then every document and signature says so.
func IsSample(tx *db.Tx) (bool, error) {
	value, err := Get(tx, sample)
	return value == "true", err
}

// SampleDue is the day on which all forms of a sample fall due, so that nothing in it is late; empty if it is none.
func SampleDue(tx *db.Tx) (string, error) { return Get(tx, sampleDue) }

// MakeSample makes the installation a sample, for ever. Its forms fall due on a day.
func MakeSample(tx *db.Tx, due string) error {
	if _, err := Put(tx, sample, "true"); err != nil {
		return err
	}
	_, err := Put(tx, sampleDue, due)
	return err
}
