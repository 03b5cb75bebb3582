package submission

// When reports were sent and accepted, many at once: for who counts how a year went.

import (
	"database/sql"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/period"
)

// Times are when a report was first sent, with its last signature or the scan of all, and first accepted.
type Times struct{ Sent, Accepted time.Time }

// TimesOf are those of some reports, by id; what nobody signed has none.
func TimesOf(tx *db.Tx, ids []string) (map[string]Times, error) {
	type row struct {
		id, role string
		form     int64
		period   period.Period
		at       time.Time
		accepted sql.NullTime
		scanned  sql.NullTime
	}
	rows, err := db.All(tx, func(r db.Row) (o row, err error) {
		return o, r.Scan(&o.id, &o.role, &o.form, &o.period, &o.at, &o.accepted, &o.scanned)
	}, `SELECT v.submission_id, g.role, s.form_id, s.period, g.at, v.accepted_at, p.recorded_at FROM versions v
		JOIN submissions s ON s.id = v.submission_id JOIN signatures g ON g.version_id = v.id
		LEFT JOIN paper_scans p ON p.version_id = v.id AND p.verdict = 'confirmed'
		WHERE v.submission_id IN (SELECT j.key FROM json_each($1) j) ORDER BY v.submission_id, v.number, g.role`,
		db.Texts(ids))
	all := map[string]Times{}
	for _, o := range rows {
		t := all[o.id]
		f, err := form.At(tx, o.form, o.period)
		if err != nil {
			return nil, err
		}
		last := Second
		if f.Signers.Third != "" {
			last = Third
		}
		if o.role == last && t.Sent.IsZero() {
			if t.Sent = o.at.UTC(); o.scanned.Valid {
				t.Sent = o.scanned.Time.UTC()
			}
		}
		if o.accepted.Valid && t.Accepted.IsZero() {
			t.Accepted = o.accepted.Time.UTC()
		}
		all[o.id] = t
	}
	return all, err
}
