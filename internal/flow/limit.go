package flow

// How long the next step may take: by the table, or as the installation set it. Days are counted by package calendar.

import (
	"fmt"
	"slices"
	"time"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/setting"
)

// Deadline is the day by which the next step is due, and what that rests on.
type Deadline struct {
	calendar.Due
	Late      bool           `json:"late"`
	Limit     calendar.Limit `json:"limit"`
	Confirmed bool           `json:"confirmed"` // the installation set the limit; else it is the program's proposal
}

// Limited are the verbs whose steps limit what follows, in order, and the names of other limits.
func (t Table) Limited() (verbs []string) {
	for _, s := range t.Steps {
		if !s.Within.IsZero() && !slices.Contains(verbs, s.Verb) {
			verbs = append(verbs, s.Verb)
		}
	}
	return append(verbs, t.Limits...)
}

// LimitKey is the setting that replaces the limit after a verb.
func LimitKey(verb string) string { return "limit." + verb }

// Deadline is when the step is due that follows s, which was taken at since; nil if it has no limit.
func (s Step) Deadline(tx *db.Tx, days calendar.Table, since time.Time) (*Deadline, error) {
	if s.Within.IsZero() {
		return nil, nil
	}
	d := Deadline{Limit: s.Within}
	set, err := setting.Get(tx, LimitKey(s.Verb))
	if err != nil {
		return nil, err
	}
	if set != "" {
		if d.Limit, err = calendar.Parse(set); err != nil {
			return nil, fmt.Errorf("setting %s: %v", LimitKey(s.Verb), err)
		}
		d.Confirmed = true
	}
	d.Due = days.Due(since, d.Limit)
	d.Late = d.Due.Late(tx.Now)
	return &d, nil
}
