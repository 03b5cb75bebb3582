package matter

// What the benchmark of the ledger reads: the module's first page, and the same rows by a query written by hand.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

type Entry = entryRow

func FirstPage(tx *db.Tx, by auth.User, f Filter) ([]Entry, error) {
	s, err := ledgerSource(tx, by, f)
	if err != nil {
		return nil, err
	}
	rows, _, err := s.Part(tx, newest, 0, pageSize)
	return rows, err
}

func ByHand(tx *db.Tx, where string, args ...any) ([]Entry, error) {
	s, err := ledgerSource(tx, auth.User{}, Filter{})
	if err != nil {
		return nil, err
	}
	return db.All(tx, scanEntry, `SELECT `+s.Select+where, args...)
}
