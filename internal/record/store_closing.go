package record

// Rows of closings.

import (
	"encoding/json"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/period"
)

const closingColumns = `c.id, c.register, c.version, c.period, c.area, c.area_path, c.counts, c.counted, c.digest,
	c.person_id, c.person, c.closed_at, c.reopened_at, c.reopened_by_id, c.reopened_by, c.reason`

func scanClosing(r db.Row) (c Closing, err error) {
	if err = r.Scan(&c.ID, &c.Register, &c.Version, &c.Period, &c.Area, &c.AreaPath, &c.counts, &c.counted, &c.Digest,
		&c.PersonID, &c.Person, &c.ClosedAt, &c.ReopenedAt, &c.ReopenedByID, &c.ReopenedBy, &c.Reason); err != nil {
		return c, err
	}
	if c.ClosedAt = c.ClosedAt.UTC(); c.ReopenedAt != nil {
		at := c.ReopenedAt.UTC()
		c.ReopenedAt = &at
	}
	return c, nil
}

// read unpacks what a closing counted.
func read(c Closing, err error) (Closing, error) {
	if err != nil {
		return c, err
	}
	if err = json.Unmarshal([]byte(c.counts), &c.Counts); err == nil {
		c.Counted, err = unpack(c.counted)
	}
	return c, err
}

func insertClosing(tx *db.Tx, c Closing) error {
	return tx.Exec(`INSERT INTO record_closings (id, register, version, period, area, area_path, counts, counted,
		digest, person_id, person, closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		c.ID, c.Register, c.Version, c.Period, c.Area, c.AreaPath, c.counts, c.counted, c.Digest, c.PersonID, c.Person,
		c.ClosedAt)
}

// reopenClosing writes that a closing was taken back, if nobody did so before.
func reopenClosing(tx *db.Tx, c Closing) error {
	return tx.ExecOne(`UPDATE record_closings SET reopened_at = $1, reopened_by_id = $2, reopened_by = $3, reason = $4
		WHERE id = $5 AND reopened_at IS NULL`, c.ReopenedAt, c.ReopenedByID, c.ReopenedBy, c.Reason, c.ID)
}

// closingByID returns a closing.
func closingByID(tx *db.Tx, id string) (Closing, error) {
	return read(db.One(tx, scanClosing, `SELECT `+closingColumns+` FROM record_closings c WHERE c.id = $1`, id))
}

// closingOf is the closing of a period in an area that stands, nil if there is none.
func closingOf(tx *db.Tx, code string, p period.Period, area string) (*Closing, error) {
	c, err := db.One(tx, scanClosing, `SELECT `+closingColumns+` FROM record_closings c WHERE c.register = $1
		AND c.period = $2 AND c.area = $3 AND c.reopened_at IS NULL`, code, p, area)
	if errs.KindOf(err) == errs.Missing {
		return nil, nil
	}
	return &c, err
}

// closingsOver are the closings of a period that stand and whose area holds the one at a path, the nearest first.
func closingsOver(tx *db.Tx, code string, p period.Period, path string) ([]Closing, error) {
	all, err := db.All(tx, scanClosing, `SELECT `+closingColumns+` FROM record_closings c WHERE c.register = $1
		AND c.period = $2 AND $3 LIKE c.area_path || '%' AND c.reopened_at IS NULL
		ORDER BY length(c.area_path) DESC`, code, p, path)
	for i := range all {
		if all[i], err = read(all[i], err); err != nil {
			return nil, err
		}
	}
	return all, err
}

// closings are those of a register in an area and above it, newest first.
func closings(tx *db.Tx, code, path string) ([]Closing, error) {
	return db.All(tx, scanClosing, `SELECT `+closingColumns+` FROM record_closings c WHERE c.register = $1
		AND ($2 LIKE c.area_path || '%' OR c.area_path LIKE $2 || '%') ORDER BY c.period DESC, c.area,
		c.closed_at DESC`, code, path)
}

func allClosings(tx *db.Tx) ([]Closing, error) {
	return db.All(tx, scanClosing, `SELECT `+closingColumns+` FROM record_closings c ORDER BY c.id`)
}
