package home

// What the big screen counts of reports.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// arrivedSince are the reports of areas under a path that were due from a day until another, and how many of them were
// accepted.
func arrivedSince(tx *db.Tx, path, from, until string) (due, in int, err error) {
	err = db.Each(tx, func(r db.Row) error { return r.Scan(&due, &in) }, `SELECT count(*), count(s.accepted_id)
		FROM submissions s WHERE s.due_on >= $2 AND s.due_on <= $3 AND s.state <> 'withdrawn'
		AND s.area_path IN (SELECT a.path FROM areas a WHERE `+auth.Within("a.path", 1)+`)`, db.Texts([]string{path}),
		from, until)
	return due, in, err
}
