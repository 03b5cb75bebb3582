package network

// Rows of the duties of units.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

func scanDuty(r db.Row) (d UnitDuty, err error) {
	return d, r.Scan(&d.Unit, &d.OpensOn, &d.ClosesOn, &d.Text, &d.Clause, &d.Basis)
}

const dutyColumns = `unit, opens_on, closes_on, text, clause, basis`

// DutiesOf are the duties that a unit ever had, the newest first.
func DutiesOf(tx *db.Tx, unit string) ([]UnitDuty, error) {
	return db.All(tx, scanDuty, `SELECT `+dutyColumns+` FROM unit_duties WHERE unit = $1 ORDER BY opens_on DESC`, unit)
}

// AllDuties are the duties of all units on a day, by unit.
func AllDuties(tx *db.Tx, day string) (map[string]UnitDuty, error) {
	by := map[string]UnitDuty{}
	all, err := db.All(tx, scanDuty, `SELECT `+dutyColumns+` FROM unit_duties
		WHERE opens_on <= $1 AND (closes_on = '' OR closes_on > $1)`, day)
	for _, d := range all {
		by[d.Unit] = d
	}
	return by, err
}

// PutDuty adds what a unit has to do from a day on, and ends what it had to do until then; of the same day it is
// replaced. It reports whether anything changed.
func PutDuty(tx *db.Tx, d UnitDuty) (bool, error) {
	if err := d.Validate(); err != nil {
		return false, err
	}
	before, err := DutiesOf(tx, d.Unit)
	if err != nil {
		return false, err
	}
	for _, old := range before {
		switch {
		case old == d:
			return false, nil
		case old.OpensOn == d.OpensOn:
			return true, tx.Exec(`UPDATE unit_duties SET closes_on = $1, text = $2, clause = $3, basis = $4
				WHERE unit = $5 AND opens_on = $6`, d.ClosesOn, d.Text, d.Clause, d.Basis, d.Unit, d.OpensOn)
		case old.OpensOn > d.OpensOn && (d.ClosesOn == "" || d.ClosesOn > old.OpensOn):
			if d.ClosesOn != "" {
				return false, errs.Conflictf("这段时间已有从%s起的职责。请改结束日期。", old.OpensOn)
			}
			d.ClosesOn = old.OpensOn
		case old.OpensOn < d.OpensOn && (old.ClosesOn == "" || old.ClosesOn > d.OpensOn):
			if err := tx.Exec(`UPDATE unit_duties SET closes_on = $1 WHERE unit = $2 AND opens_on = $3`,
				d.OpensOn, d.Unit, old.OpensOn); err != nil {
				return false, err
			}
		}
	}
	return true, tx.Exec(`INSERT INTO unit_duties (`+dutyColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		d.Unit, d.OpensOn, d.ClosesOn, d.Text, d.Clause, d.Basis)
}
