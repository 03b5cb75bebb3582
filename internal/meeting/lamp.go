package meeting

// The day by which a meeting's next step is due.

import (
	"time"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
)

// rule is what the days of next steps are counted by, read once for a whole list.
type rule struct {
	days    calendar.Table
	minutes calendar.Limit
}

func dueRule(tx *db.Tx) (r rule, err error) {
	if r.days, err = holiday.Table(tx); err != nil {
		return r, err
	}
	st, _ := life.Step(string(Notified), VerbHold)
	due, err := st.Deadline(tx, r.days, tx.Now)
	if err == nil && due != nil {
		r.minutes = due.Limit
	}
	return r, err
}

// next is the day by which the meeting's next step is due: its own day until it was held, then that of the minutes.
func (r rule) next(m Meeting, kind Kind) string {
	switch {
	case m.State == Draft || m.State == Notified:
		return m.Day()
	case m.State == Held && kind.NeedsMinutes:
		return r.days.Due(m.Ends, r.minutes).On
	}
	return ""
}

// clock is an instant as pages and programs are told it.
func clock(at time.Time) string { return at.In(db.China).Format("2006-01-02 15:04") }

// yearSpan is from the first instant of a year to the first of the next.
func yearSpan(year int) (from, to time.Time) {
	from = time.Date(year, 1, 1, 0, 0, 0, 0, db.China).UTC()
	return from, time.Date(year+1, 1, 1, 0, 0, 0, 0, db.China).UTC()
}
