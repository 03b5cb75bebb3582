package check

// Corrections as kept: one of a unit for certain words, with who made it. Which of several holds is correct.go's.

import (
	"yipanqi/internal/db"
)

// corrections returns all that units keep for any of the keys, whomever they hold for.
func corrections(tx *db.Tx, keys map[string]int) (by map[string][]Correction, err error) {
	by = map[string][]Correction{}
	return by, db.Each(tx, func(r db.Row) error {
		var c Correction
		err := r.Scan(&c.Key, &c.Unit, &c.Role, &c.Indicator, &c.Area, &c.Period, &c.Sex, &c.Subject, &c.PersonID,
			&c.At, &c.Person.ZH, &c.Person.EN, &c.Of.ZH, &c.Of.EN, &c.path)
		c.At = c.At.UTC()
		by[c.Key] = append(by[c.Key], c)
		return err
	}, `SELECT c.key, c.unit, c.role, c.indicator, c.area, c.period, c.sex, c.subject, c.person_id, c.created_at,
		p.name, p.name_en, u.name, u.name_en, a.path
		FROM json_each($1) k JOIN corrections c ON c.key = k.key JOIN people p ON p.id = c.person_id
			JOIN units u ON u.code = c.unit JOIN areas a ON a.id = u.area_id`, jsonKeys(keys))
}

func putCorrection(tx *db.Tx, c Correction) error {
	return tx.Exec(`INSERT INTO corrections
			(unit, key, role, indicator, area, period, sex, subject, person_id, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (unit, key) DO UPDATE SET role = excluded.role, indicator = excluded.indicator,
			area = excluded.area, period = excluded.period, sex = excluded.sex, subject = excluded.subject,
			person_id = excluded.person_id, created_at = excluded.created_at`,
		c.Unit, c.Key, c.Role, c.Indicator, c.Area, c.Period, c.Sex, c.Subject, c.PersonID, tx.Now)
}

func deleteCorrection(tx *db.Tx, c Correction) error {
	return tx.ExecOne(`DELETE FROM corrections WHERE unit = $1 AND key = $2`, c.Unit, c.Key)
}
