package module

// What modules add to the pages of others, and what open work a unit has in each: how a page of a unit or an
// adjustment of the network knows of modules above it without their names.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/say"
)

// Of is a thing that has a page: unit, area, goal or indicator, by its code.
type Of struct {
	// "unit", "area", "goal", "indicator", "meeting"; "desk" of a leader, by the committee; "room" of who is engaged
	Kind string
	Code string
	Path string // of its area, for a unit or an area
	Day  string // as of when, 2024-03-15
}

// Card is what a module says about the thing: a few lines, and where the rest is. A card without lines is shown where
// Empty says something.
type Card struct {
	Module string    `json:"module"`
	Title  say.Key   `json:"title"`
	Note   say.Words `json:"-"`              // in short: how many, how many late
	Brief  say.Words `json:"-"`              // for the line above a page, in a few words
	Lines  []Line    `json:"lines"`          // the first few
	More   string    `json:"more,omitempty"` // address of all of them
	Empty  say.Key   `json:"-"`
	Do     Link      `json:"-"` // what the reader may do about the thing, beside the title

	Instruct bool `json:"-"` // the reader may write an instruction on each line
}

// Link is a button that leads somewhere.
type Link struct {
	Label say.Key
	URL   string
}

// Line is one thing on a card. Lamp is a class of part.Lamp, "" for none.
type Line struct {
	Object string `json:"object"`
	say.Name
	URL   string    `json:"url"`
	State say.Key   `json:"state,omitempty"`
	Lamp  string    `json:"lamp,omitempty"`
	DueOn string    `json:"due,omitempty"`
	Note  say.Words `json:"-"`
}

// Task is something that waits for a person: what it is, what to do, and where.
type Task struct {
	Object string `json:"object"`
	say.Name
	URL   string    `json:"url"`
	Verb  string    `json:"verb"`  // the step that waits
	Ask   say.Key   `json:"ask"`   // what to do, a verb: 签收
	State say.Key   `json:"state"` // 待签收
	DueOn string    `json:"due,omitempty"`
	Lamp  string    `json:"lamp,omitempty"` // as flow.Lamp says
	Note  say.Words `json:"-"`

	AskEN   string `json:"-"` // of words that the installation made, which no dictionary knows
	StateEN string `json:"-"`
}

// Hold is one kind of open work that units have, and that another unit takes over when one of them is closed.
type Hold struct {
	Module string  // whose it is, as List.Holds fills in
	Kind   string  // "item", "request", "letter", "form", "indicator", "goal"
	Label  say.Key // what one of them is called
	// List is what the unit has open on a day, in a fixed order.
	List func(tx *db.Tx, unit, day string) ([]Held, error)
	// Move hands one on, with its clock and its state as they are; by is who decided it, basis the object that says so
	// (adjustment/ID), for the journal. It holds from Since on. Nil for what cannot be handed on by itself.
	Move func(tx *db.Tx, by auth.User, object, from, to, basis string) error
}

// Held is one piece of work.
type Held struct {
	Object string `json:"object"`
	say.Name
	URL   string `json:"url"`
	Lamp  string `json:"lamp,omitempty"`
	DueOn string `json:"due,omitempty"`
}

// About are the cards of all modules about a thing, as the user may see them; none of an earlier day, which holds what
// decides figures and nothing else.
func (l List) About(tx *db.Tx, by auth.User, of Of) (all []Card, err error) {
	if tx.Past() {
		return nil, nil
	}
	for _, one := range l {
		if one.About == nil {
			continue
		}
		cards, err := one.About(tx, by, of)
		if err != nil {
			return nil, err
		}
		for _, c := range cards {
			c.Module = one.Name
			all = append(all, c)
		}
	}
	return all, nil
}

// Holds are the kinds of open work of all modules.
func (l List) Holds() (all []Hold) {
	for _, one := range l {
		for _, h := range one.Holds {
			h.Module = one.Name
			all = append(all, h)
		}
	}
	return all
}

type sinceKey struct{}

// MoveSince says from which day on what is moved in tx holds.
func MoveSince(tx *db.Tx, day string) {
	if tx.Kept == nil {
		tx.Kept = map[any]any{}
	}
	tx.Kept[sinceKey{}] = day
}

// Since is the day from which what is moved in tx holds: today if nobody said.
func Since(tx *db.Tx) string {
	if day, said := tx.Kept[sinceKey{}].(string); said {
		return day
	}
	return tx.Today()
}
