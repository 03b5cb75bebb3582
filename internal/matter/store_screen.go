package matter

// How items stand, area by area, and the oldest of them: for a screen that a whole room sees. No names of people.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// Standing is how the items of one area stand.
type Standing struct {
	AreaID   int64
	Open     int // not yet closed, and not withdrawn or merged
	Overdue  int // of these: past the day that their lamp looks at
	Reported int // of these: done, says the owner; waiting for a re-check
	Closed   int
}

// Standings are the items that by oversees, by area; none for who oversees no area.
func Standings(tx *db.Tx, by auth.User) ([]Standing, error) {
	units, paths := by.Scope()
	if len(paths) == 0 {
		return nil, nil
	}
	visible, args := itemVisible(units, paths)
	return db.All(tx, func(r db.Row) (s Standing, err error) {
		return s, r.Scan(&s.AreaID, &s.Open, &s.Overdue, &s.Reported, &s.Closed)
	}, `SELECT i.area_id,
			SUM(CASE WHEN i.state IN ('raised', 'received', 'declined', 'planned', 'in_progress', 'reported',
				'suspended') THEN 1 ELSE 0 END),
			SUM(CASE WHEN i.state IN ('raised', 'received', 'declined', 'planned', 'in_progress')
				AND i.next_on <> '' AND i.next_on < $3 THEN 1 ELSE 0 END),
			SUM(CASE WHEN i.state = 'reported' THEN 1 ELSE 0 END),
			SUM(CASE WHEN i.state = 'closed' THEN 1 ELSE 0 END)
		FROM matter_items i WHERE i.state <> 'draft' AND `+visible+` GROUP BY i.area_id ORDER BY i.area_id`,
		append(args, tx.Today())...)
}

// Oldest are the open items that by oversees whose day came first, the longest overdue at the head.
func Oldest(tx *db.Tx, by auth.User, most int) ([]Item, error) {
	units, paths := by.Scope()
	if len(paths) == 0 {
		return nil, nil
	}
	visible, args := itemVisible(units, paths)
	return db.All(tx, scanItem, `SELECT `+prefixed("i", new(Item).all())+` FROM matter_items i
		WHERE i.state IN ('raised', 'received', 'declined', 'planned', 'in_progress', 'reported') AND i.next_on <> ''
		AND `+visible+`
		ORDER BY COALESCE(NULLIF(i.next_on, ''), '9999'), i.id LIMIT $3`, append(args, most)...)
}
