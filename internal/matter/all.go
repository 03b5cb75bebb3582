package matter

// All matters of an installation, for who holds its database.

import (
	"yipanqi/internal/db"
)

// Listed are matters as lists have them.
type Listed struct {
	Matters []Listing `json:"matters"`
	Total   int       `json:"total"`
}

// All are all that were handed out or drafted, oldest first.
func All(tx *db.Tx) (all Listed, err error) {
	all.Matters = []Listing{}
	today, err := LampDay(tx)
	if err != nil {
		return all, err
	}
	for after := ""; ; {
		ids, err := some(tx, after, 500)
		if err != nil || len(ids) == 0 {
			all.Total = len(all.Matters)
			return all, err
		}
		for _, id := range ids {
			m, err := Get(tx, id)
			if err != nil {
				return all, err
			}
			all.Matters = append(all.Matters, Listing{ID: m.ID, Number: m.Number, Title: m.Title, State: m.Shown,
				Lamp: today.Lamp(m), Due: m.Due})
			after = id
		}
	}
}
