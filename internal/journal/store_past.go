package journal

// The journal up to a place, and where a day ends in it.

import (
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// CopyUpTo copies the entries up to a place (an entry's id) to a scratch database. The links from there up to the
// newest signed checkpoint are followed here, once; where they break, the copy's own chain does not hold either. One
// entry that comes later may go with them, without its link: 0 for none.
func CopyUpTo(from, to *db.Tx, place, later int64) error {
	if err := db.CopyRows(from, to, "journal", nil, `WHERE id <= $1 ORDER BY id`, place); err != nil {
		return err
	}
	if later > place {
		if err := db.CopyRows(from, to, "journal", map[string]string{"seq": "NULL", "hash": "NULL"},
			`WHERE id = $1`, later); err != nil {
			return err
		}
	}
	last, err := db.One(to, scanHead, `SELECT COALESCE(max(seq), 0), COALESCE((SELECT hash FROM journal
		WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1), '') FROM journal`)
	if err != nil {
		return err
	}
	head, err := LastSealed(from)
	if err != nil {
		return err
	}
	rest, err := Recent(from, head.Seq-last.Seq)
	if err != nil {
		return err
	}
	if !rest.OK {
		last.Hash = ""
	}
	return to.Exec(`UPDATE seal_head SET seq = $1, hash = $2`, last.Seq, last.Hash)
}

// PlaceAt is the newest entry before an instant, 0 if there is none, and when the first was made. In an installation
// that goes by a clock of its own, what came before that clock was set has times of another. Cost grows with what was
// journaled since.
func PlaceAt(tx *db.Tx, before time.Time) (place int64, first time.Time, err error) {
	clock, set, err := FirstOf(tx, ObjectClock)
	if err != nil {
		return 0, first, err
	}
	if !set {
		clock.ID = 0
	}
	first, err = db.Value[time.Time](tx, `SELECT at FROM journal WHERE id > $1 ORDER BY id LIMIT 1`, clock.ID)
	if errs.KindOf(err) == errs.Missing {
		return 0, first, nil
	}
	if first = first.UTC(); err != nil || !first.Before(before) {
		return 0, first, err
	}
	place, err = db.Value[int64](tx, `SELECT id FROM journal WHERE id > $1 AND at < $2 ORDER BY id DESC LIMIT 1`,
		clock.ID, before.UTC())
	return place, first, err
}
