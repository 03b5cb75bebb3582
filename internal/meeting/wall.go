package meeting

// What a wall shows of meetings: those of today, else the next.

import (
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Ahead is a meeting with its arrivals.
type Ahead struct {
	Title   string `json:"title"`
	Starts  string `json:"starts"`
	Place   string `json:"place,omitempty"`
	Today   bool   `json:"today"`
	Present int    `json:"present"`
	Seats   int    `json:"seats"`
}

// TodayOrNext are the meetings of today that by sees and that were announced, or the next one within a month.
func TodayOrNext(tx *db.Tx, by auth.User) (all []Ahead, err error) {
	day, err := time.ParseInLocation(time.DateOnly, tx.Today(), db.China)
	if err != nil {
		return nil, err
	}
	meetings, err := between(tx, day.UTC(), day.AddDate(0, 1, 0).UTC())
	if err != nil {
		return nil, err
	}
	for _, m := range meetings {
		today := m.Day() <= tx.Today()
		if m.State == Draft || m.State == Recorded || !today && len(all) > 0 {
			continue
		}
		if _, err := Read(tx, by, m.ID); errs.KindOf(err) == errs.Missing {
			continue
		} else if err != nil {
			return nil, err
		}
		a, err := AttendanceOf(tx, m.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, Ahead{Title: m.Title, Starts: clock(m.Starts), Place: m.Place, Today: today,
			Present: a.Present.Part, Seats: a.Seats})
	}
	return all, nil
}
