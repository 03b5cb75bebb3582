package record

// By when what follows a step has to be done: as the definition file says, which is where an office sets it.

import (
	"time"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
	"yipanqi/internal/register"
)

// due is by when what follows a step has to be done, by the limit that holds on the day of the step.
func (k desk) due(tx *db.Tx, r *Record, s register.Stage) error {
	r.DueOn, r.DueAt = "", ""
	l := s.Limit(tx.Today()).Limit
	if l.IsZero() || k.d.State(s.To).Ends {
		return nil
	}
	from := tx.Now
	if s.Counted != "" {
		if day, ok := calendar.Start(lastDay(r.Body[s.Counted])); ok {
			from = day
		}
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return err
	}
	d := days.Due(from, l)
	if r.DueOn = d.On; l.Kind() == calendar.Hours {
		r.DueAt = d.At.In(calendar.Zone).Format("2006-01-02T15:04")
	}
	return nil
}

// lastDay is the day that a date, an instant or a month ends on.
func lastDay(text string) string {
	if at, err := time.Parse("2006-01", text); err == nil {
		return at.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	return text[:min(len(time.DateOnly), len(text))]
}
