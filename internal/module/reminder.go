package module

// What a module says of the things that wait for people, so that they can be reminded. Who is told, and when, is not
// its business.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/say"
)

// Reminder is one kind of a module's things that wait for people; package notice tells them.
type Reminder struct {
	Object string // the first word of its objects: submission
	Verbs  string // journal entries after which its things may wait no more: submission.
	Steps  []Ask  // that may stand in a ladder

	// Due lists what is due up to a day, in a fixed order from a place on ("" is the beginning), and where the next
	// piece begins ("" is the end).
	Due func(tx *db.Tx, until, from string) (things []Due, next string, err error)
	// Of finds things by their objects, also those that wait for nothing any more.
	Of func(tx *db.Tx, objects []string) (map[string]Due, error)
}

// Ask is what somebody is to do: its verb, whose part it is, and Chinese words for a ladder (填报) and for a reminder
// to that part (请填报).
type Ask struct {
	Verb, Part string // a part of the thing, or a role of the unit above that is to do it
	Label, Ask say.Key
}

// Due is what waits, as its module says. Step and DueOn are empty if it waits for nothing.
type Due struct {
	Object         string
	Title, TitleEN string
	URL            string
	Unit           string // whose it is
	UnitName       string
	UnitNameEN     string
	AreaPath       string
	Step           string
	DueOn          string
	Roles          map[string]string // roles that stand for a part: first, second
}
