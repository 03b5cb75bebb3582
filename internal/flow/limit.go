package flow

// How long the next step may take: by the table, or as the installation set it. Days are counted by package calendar.

import (
	"fmt"
	"slices"
	"time"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/say"
	"yipanqi/internal/setting"
)

// Limited is a limit that an installation may set: of what follows a step, by its verb, or one that is no step's.
type Limited struct {
	Name   string
	Words  say.Key        // what it runs from, in Chinese
	Within calendar.Limit // what the program proposes
}

// Deadline is the day by which the next step is due, and what that rests on.
type Deadline struct {
	calendar.Due
	Late      bool           `json:"late"`
	Limit     calendar.Limit `json:"limit"`
	Confirmed bool           `json:"confirmed"` // the installation set the limit; else it is the program's proposal
	Basis     string         `json:"basis,omitempty"`
}

// Limited are the limits of the table: of its steps, in their order, and others.
func (t Table) Limited() (all []Limited) {
	for _, s := range t.Steps {
		if !s.Within.IsZero() && !slices.ContainsFunc(all, func(l Limited) bool { return l.Name == s.Verb }) {
			all = append(all, Limited{s.Verb, t.Words[s.Verb], s.Within})
		}
	}
	return append(all, t.Limits...)
}

// Limit is the one of a name: of a step, or one that is no step's.
func (t Table) Limit(name string) Limited {
	all := t.Limited()
	return all[slices.IndexFunc(all, func(l Limited) bool { return l.Name == name })]
}

// LimitKey is the setting that replaces a limit; BasisKey is the one that says by which rule.
func LimitKey(name string) string { return "limit." + name }

func BasisKey(name string) string { return "basis." + name }

// InForce is the limit as the installation set it, with the rule that it rests on, or as it is proposed.
func (l Limited) InForce(tx *db.Tx) (d Deadline, err error) {
	d.Limit = l.Within
	set, err := setting.Get(tx, LimitKey(l.Name))
	if err != nil || set == "" {
		return d, err
	}
	if d.Limit, err = calendar.Parse(set); err != nil {
		return d, fmt.Errorf("setting %s: %v", LimitKey(l.Name), err)
	}
	d.Confirmed = true
	d.Basis, err = setting.Get(tx, BasisKey(l.Name))
	return d, err
}

// Deadline is when the step is due that follows s, which was taken at since; nil if it has no limit.
func (s Step) Deadline(tx *db.Tx, days calendar.Table, since time.Time) (*Deadline, error) {
	if s.Within.IsZero() {
		return nil, nil
	}
	d, err := Limited{Name: s.Verb, Within: s.Within}.InForce(tx)
	if err != nil {
		return nil, err
	}
	d.Due = days.Due(since, d.Limit)
	d.Late = d.Due.Late(tx.Now)
	return &d, nil
}
