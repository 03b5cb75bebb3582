package calendar

// The one function that says when a limit ends, and what that rests on.

import "time"

// Due is when a limit ends. On is the last day in time; an hour's limit ends on it at At, any other at its end.
type Due struct {
	On      string    `json:"due_on"`
	At      time.Time `json:"due_at"`                // the first instant that is late
	From    string    `json:"moved_from,omitempty"`  // the day off on which it would have ended
	Unknown []int     `json:"unannounced,omitempty"` // years whose days off it needed, and no notice of them is there
}

// IsZero says that there is no limit.
func (d Due) IsZero() bool { return d.On == "" }

// Late says whether it was over at an instant.
func (d Due) Late(at time.Time) bool { return !d.IsZero() && !at.Before(d.At) }

// Start is the first instant of a day, for limits that count from a day and not from an instant; false for what is no
// day.
func Start(day string) (time.Time, bool) {
	at, err := time.ParseInLocation(time.DateOnly, day, Zone)
	return at, err == nil
}

// IsDay says whether a text is a day that a person can mean, 2024-03-15: one of the years 1900 to 2100, so that 0024
// and 20224 are mistakes.
func IsDay(text string) bool {
	at, err := time.Parse(time.DateOnly, text)
	return err == nil && at.Year() >= 1900 && at.Year() <= 2100
}

// DayAfter is the day after a day; of what is none the text itself.
func DayAfter(text string) string {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return day.AddDate(0, 0, 1).Format(time.DateOnly)
}

// Between is how many days lie from one day to another; 0 if either is none.
func Between(from, to string) int {
	a, err := time.Parse(time.DateOnly, from)
	b, wrong := time.Parse(time.DateOnly, to)
	if err != nil || wrong != nil {
		return 0
	}
	return int(b.Sub(a) / (24 * time.Hour))
}

// Due is when l ends that starts at an instant. The day of the event does not count; hours run from the instant. Where
// the table does not know a year, its weekends alone are taken as off, and Unknown says so.
func (t Table) Due(from time.Time, l Limit) (due Due) {
	event := from.In(Zone)
	day := time.Date(event.Year(), event.Month(), event.Day(), 0, 0, 0, 0, Zone)
	switch l.kind {
	case "":
		return Due{}
	case Hours:
		at := from.Add(time.Duration(l.n) * time.Hour)
		return Due{On: at.In(Zone).Format(time.DateOnly), At: at}
	case Until:
		day, _ = Start(l.on) // Parse has read it
	case Days:
		day = day.AddDate(0, 0, l.n)
	case Months:
		day = sameDay(day, l.n)
	case WorkDays:
		for n := 0; n < l.n; {
			day = day.AddDate(0, 0, 1)
			text := day.Format(time.DateOnly)
			due.Unknown = t.unknown(due.Unknown, text)
			if !t.Off(text) {
				n++
			}
		}
	}
	if l.rolls {
		day = t.roll(day, &due)
	}
	due.On, due.At = day.Format(time.DateOnly), day.AddDate(0, 0, 1)
	return due
}

// roll moves a last day that is off to the next working day.
func (t Table) roll(day time.Time, due *Due) time.Time {
	for {
		text := day.Format(time.DateOnly)
		due.Unknown = t.unknown(due.Unknown, text)
		if !t.Off(text) {
			return day
		}
		if due.From == "" {
			due.From = text
		}
		day = day.AddDate(0, 0, 1)
	}
}

// sameDay is the same day n months later, or the last of that month.
func sameDay(day time.Time, n int) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(n), 1, 0, 0, 0, 0, Zone)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day.Day(), last)-1)
}
