package matter

// How much is open of each goal, measure and indicator: for pages that list many of them.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// OpenWork is how many items are open of what a matter is about, and how many of them are overdue.
type OpenWork struct {
	Goal      string // plan/code; empty: the matter names none
	Measure   string
	Indicator string
	Open      int
	Late      int
}

// OpenAbout counts the open items that by sees, by what they are about.
func OpenAbout(tx *db.Tx, by auth.User) ([]OpenWork, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	visible, args := itemVisible(by.Scope())
	text, all := days(`SELECT i.goal, m.measure, i.indicator, count(*), COALESCE(sum(CASE WHEN `+isRunning+`
			AND i.next_on <> '' AND i.next_on < ?today THEN 1 ELSE 0 END), 0)
		FROM matter_items i JOIN matters m ON m.id = i.matter_id WHERE `+isOpen+` AND `+visible+`
		GROUP BY i.goal, m.measure, i.indicator ORDER BY i.goal, m.measure, i.indicator`,
		map[string]string{"today": tx.Today()}, args)
	return db.All(tx, func(r db.Row) (w OpenWork, err error) {
		return w, r.Scan(&w.Goal, &w.Measure, &w.Indicator, &w.Open, &w.Late)
	}, text, all...)
}
