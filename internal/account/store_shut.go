package account

// Posts that are open although nobody can sign in for them: what nobody has reported as a change of person.

import (
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/network"
)

// Shut is a post of today whose holder's account was disabled, with the day of it.
type Shut struct {
	network.Post
	Since string
}

// ShutPosts are the posts of today whose holders have a disabled account, in the order of units.
func ShutPosts(tx *db.Tx) ([]Shut, error) {
	return db.All(tx, func(r db.Row) (s Shut, err error) {
		var at time.Time
		err = r.Scan(&s.ID, &s.PersonID, &s.Person, &s.PersonEN, &s.Unit, &s.Role, &at)
		s.Since = at.In(db.China).Format(time.DateOnly)
		return s, err
	}, `SELECT p.id, h.id, h.name, h.name_en, p.unit, p.role, a.updated_at FROM accounts a
		JOIN people h ON h.id = a.person_id JOIN posts p ON p.person_id = h.id
		WHERE NOT a.enabled AND p.opens_on <= $1 AND (p.closes_on = '' OR p.closes_on > $1)
		ORDER BY p.unit, p.role, p.id`, tx.Today())
}
