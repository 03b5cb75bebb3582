package request

// What units were asked for, so that whoever asks for more sees what it adds: requests and their questions, which of
// them were asked before, and what other modules say that units were asked for, such as reports and meetings.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Burden is what one unit was asked for in a time, and what of a draft it was asked before.
type Burden struct {
	Unit      string    `json:"unit"`
	Name      string    `json:"unit_name"`
	Requests  int       `json:"requests"`
	Questions int       `json:"questions"`
	Twice     int       `json:"asked_twice"` // questions that the same unit was asked before in the time
	Written   int       `json:"characters"`  // of what it submitted
	Other     []Load    `json:"other"`
	Earlier   []Earlier `json:"earlier,omitempty"`
}

// Load is how much of another kind a unit was asked for.
type Load struct {
	Code   string  `json:"code"`
	Name   say.Key `json:"name"`
	Things int     `json:"count"`
	Parts  int     `json:"parts"`
	Called say.Key `json:"-"` // what the parts are called
}

// Earlier is an answer to the same question.
type Earlier struct {
	Question string `json:"question"` // number in the draft
	Answer   string `json:"answer"`   // id
	Title    string `json:"title"`    // of the request then
	On       string `json:"on"`
}

// burdens are those of all units from a day on until before another, as far as by sees what they were asked.
func burdens(tx *db.Tx, by auth.User, from, until string, loads []module.Load) (map[string]*Burden, []asked, error) {
	start, _ := calendar.Start(from)
	end, _ := calendar.Start(until)
	asked, err := askedBetween(tx, by, start, end)
	if err != nil {
		return nil, nil, err
	}
	all, before := map[string]*Burden{}, map[string][]Question{}
	of := func(unit string) *Burden {
		if all[unit] == nil {
			b := unasked(unit, loads)
			all[unit] = &b
		}
		return all[unit]
	}
	for _, a := range asked {
		b := of(a.Unit)
		b.Requests++
		for _, q := range a.request.Questions {
			if !q.Asks(a.Asked) {
				continue
			}
			b.Questions++
			if slices.ContainsFunc(before[a.Unit], func(o Question) bool { return same(o, q) }) {
				b.Twice++
			}
		}
		for _, q := range a.request.Questions {
			if q.Asks(a.Asked) {
				before[a.Unit] = append(before[a.Unit], q)
			}
		}
		if !a.SubmittedAt.IsZero() {
			b.Written += a.Draft.Characters()
		}
	}
	for n, l := range loads {
		counts, err := l.Of(tx, by, from, until)
		if err != nil {
			return nil, nil, err
		}
		for unit, count := range counts {
			of(unit).Other[n].Things, of(unit).Other[n].Parts = count[0], count[1]
		}
	}
	return all, asked, nil
}

// unasked is the burden of a unit that was asked for nothing.
func unasked(unit string, loads []module.Load) Burden {
	b := Burden{Unit: unit, Other: []Load{}}
	for _, l := range loads {
		b.Other = append(b.Other, Load{Code: l.Code, Name: l.Name, Called: l.Parts})
	}
	return b
}

// burdens are those of the draft's units in the year before, with what of it they answered before.
func (r Request) burdens(tx *db.Tx, by auth.User, loads []module.Load) ([]Burden, error) {
	today, _ := calendar.Start(tx.Today())
	day := func(at time.Time) string { return at.In(db.China).Format(time.DateOnly) }
	of, asked, err := burdens(tx, by, day(today.AddDate(-1, 0, 0)), day(today.AddDate(0, 0, 1)), loads)
	if err != nil {
		return nil, err
	}
	all := make([]Burden, 0, len(r.Addressees))
	for _, unit := range r.Addressees {
		b := unasked(unit, loads)
		if of[unit] != nil {
			b = *of[unit]
		}
		for _, a := range asked {
			if a.Unit == unit {
				b.Earlier = append(b.Earlier, r.earlier(a)...)
			}
		}
		all = append(all, b)
	}
	return all, nil
}

// earlier are the questions of the draft that an answer covers.
func (r Request) earlier(a asked) (all []Earlier) {
	if a.SubmittedAt.IsZero() {
		return nil
	}
	for _, q := range a.request.Questions {
		for _, now := range r.Questions {
			if q.Asks(a.Asked) && now.Asks(a.Unit) && same(now, q) {
				all = append(all, Earlier{now.Number, a.ID, a.request.Title,
					a.SubmittedAt.In(db.China).Format(time.DateOnly)})
			}
		}
	}
	return all
}

// same says whether two questions ask the same: in the same words, or for the same place.
func same(a, b Question) bool {
	plain := func(text string) string {
		return strings.Map(func(c rune) rune {
			if strings.ContainsRune(" \t\n，。？！、；：（）,.?!;:()“”\"", c) {
				return -1
			}
			return c
		}, text)
	}
	return plain(a.Text) == plain(b.Text) || a.Feeds != "" && strings.TrimSpace(a.Feeds) == strings.TrimSpace(b.Feeds)
}

// heaviest puts the units first that were asked most.
func heaviest(all []Burden) {
	slices.SortStableFunc(all, func(a, b Burden) int { return b.Questions - a.Questions })
}
