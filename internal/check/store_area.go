package check

// Which area a text is about, and which one a unit's texts are about unless they say otherwise.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// DefaultArea is the code of the area that the user's unit chose for its own texts, and who chose it; "" if none.
func DefaultArea(tx *db.Tx, by auth.User) (code, person string, err error) {
	if len(by.Posts) == 0 {
		return "", "", nil
	}
	type chosen struct{ code, person string }
	c, err := db.One(tx, func(r db.Row) (c chosen, err error) {
		return c, r.Scan(&c.code, &c.person)
	}, `SELECT d.area, d.person FROM check_areas d WHERE d.unit = $1`, by.Posts[0].Unit)
	if errs.KindOf(err) == errs.Missing {
		return "", "", nil
	}
	return c.code, c.person, err
}

func putDefaultArea(tx *db.Tx, unit, area, person string) error {
	if area == "" {
		return tx.Exec(`DELETE FROM check_areas WHERE unit = $1`, unit)
	}
	return tx.Exec(`INSERT INTO check_areas (unit, area, person, changed_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (unit) DO UPDATE SET area = excluded.area, person = excluded.person,
			changed_at = excluded.changed_at`, unit, area, person, tx.Now)
}

func putYear(tx *db.Tx, c Check) error {
	return tx.ExecOne(`UPDATE checks SET year = $1, version = version + 1 WHERE id = $2 AND version = $3`,
		c.Year, c.ID, c.Version)
}

func putArea(tx *db.Tx, c Check) error {
	return tx.ExecOne(`UPDATE checks SET area = $1, version = version + 1 WHERE id = $2 AND version = $3`,
		c.Area, c.ID, c.Version)
}
