package check

// Texts as kept, each for one unit only. Verdicts are never stored: they follow from today's data.

import (
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
)

const columns = `c.id, c.name, c.area, c.year, c.text, c.digest, c.person_id, c.unit, c.version, c.created_at`

func scan(r db.Row) (c Check, err error) {
	err = r.Scan(&c.ID, &c.Name, &c.Area, &c.Year, &c.Text, &c.Digest, &c.PersonID, &c.Unit, &c.Version, &c.CreatedAt)
	c.CreatedAt = c.CreatedAt.UTC()
	return c, err
}

// Get returns a check of one of the user's own units; any other is missing.
func Get(tx *db.Tx, by auth.User, id string) (Check, error) {
	c, err := db.One(tx, scan, `SELECT `+columns+` FROM checks c WHERE c.id = $1`, id)
	if errs.KindOf(err) == errs.Missing || err == nil && !own(by, c.Unit) {
		return Check{}, errs.Missingf("没有找到这份核对。它可能已被删除，或者不是您单位的。")
	}
	return c, err
}

// every returns the checks of all units without their texts, oldest first.
func every(tx *db.Tx) ([]Check, error) {
	return db.All(tx, scan, `SELECT c.id, c.name, c.area, c.year, '', c.digest, c.person_id, c.unit, c.version,
		c.created_at FROM checks c ORDER BY c.created_at, c.id`)
}

func own(by auth.User, unit string) bool {
	for _, p := range by.Posts {
		if p.Unit == unit {
			return true
		}
	}
	return false
}

// Listed is a check in a list, without its text.
type Listed struct {
	Check
	Person     string `json:"person"`
	PersonEN   string `json:"person_en,omitempty"`
	Characters int    `json:"characters"`
}

// source are the checks of the user's own units. A unit has few: index checks_unit leads to them.
func source(by auth.User) list.Source[Listed] {
	s := list.Source[Listed]{Key: "c.id", From: "checks c JOIN people p ON p.id = c.person_id", Few: true,
		Select: `c.id, c.name, c.area, c.year, c.person_id, c.unit, c.version, c.created_at, p.name, p.name_en,
			c.characters FROM checks c JOIN people p ON p.id = c.person_id`,
		Scan: func(r db.Row) (l Listed, err error) {
			err = r.Scan(&l.ID, &l.Name, &l.Area, &l.Year, &l.PersonID, &l.Unit, &l.Version, &l.CreatedAt, &l.Person,
				&l.PersonEN, &l.Characters)
			l.CreatedAt = l.CreatedAt.UTC()
			return l, err
		},
		ID: func(l Listed) string { return l.ID },
		Orders: map[string][]string{
			"name":       {"c.name", "c.created_at DESC", "c.id"},
			"person":     {"p.name", "c.created_at DESC", "c.id"},
			"time":       {"c.created_at", "c.id"},
			"characters": {"c.characters", "c.created_at DESC", "c.id"},
		}}
	s.Visible(by, "c.unit", "")
	return s
}

func insert(tx *db.Tx, c Check) error {
	return tx.Exec(`INSERT INTO checks (id, name, area, year, text, digest, person_id, unit, version, created_at,
		characters) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		c.ID, c.Name, c.Area, c.Year, c.Text, c.Digest, c.PersonID, c.Unit, c.Version, c.CreatedAt,
		utf8.RuneCountInString(c.Text))
}

func remove(tx *db.Tx, c Check) error {
	return tx.ExecOne(`DELETE FROM checks WHERE id = $1 AND version = $2`, c.ID, c.Version)
}
