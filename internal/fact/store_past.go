package fact

// Facts of a copy of an earlier day: those that have not changed since are copied, the others written from the texts
// that counted then. Sums are Rebuild's.

import (
	"yipanqi/internal/db"
)

// CopyFacts copies all facts to a scratch database, but those of some versions, of which area and period are named.
func CopyFacts(from, to *db.Tx, but []Change) error {
	if err := db.CopyRows(from, to, "facts", nil, ""); err != nil {
		return err
	}
	for _, c := range but {
		if err := to.Exec(`DELETE FROM facts WHERE area_id = $1 AND period = $2 AND version_id = $3`,
			c.Area.ID, c.Period, c.Version); err != nil {
			return err
		}
	}
	return nil
}

// PutFacts writes the cells of a change whose area and period has none of them yet, and carries nothing.
func PutFacts(tx *db.Tx, c Change) error { return putFacts(tx, c, nil) }

// PutExpectations writes how many reports were due.
func PutExpectations(tx *db.Tx, counts map[Expectation]int) error {
	for e, due := range counts {
		if err := tx.Exec(`INSERT INTO expectations (area_id, period, form_id, due) VALUES ($1, $2, $3, $4)`,
			e.Area, e.Period, e.Form, due); err != nil {
			return err
		}
	}
	return nil
}
