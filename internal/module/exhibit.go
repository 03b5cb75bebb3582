package module

// What a module lets somebody see who is engaged from outside: single things that an engagement names, once they are
// issued or accepted. Who is engaged for what is package engagement's.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/say"
)

// Exhibit is one kind of thing that an engagement can name.
type Exhibit struct {
	Kind string // first part of its objects: "letter"
	Name say.Key
	// Show is the thing as an outsider reads it, cut down to the areas at these paths; Missing unless it is out.
	Show func(tx *db.Tx, id string, within []string) (Exhibited, error)
	// Own is what the user has written on such things, for their export; nil: nothing.
	Own func(tx *db.Tx, by auth.User) ([]document.Block, error)
}

// Exhibited is a thing as it is shown. URL is a page of its module that the outsider opens instead of reading Blocks.
type Exhibited struct {
	Title  string
	URL    string
	DueOn  string // by when the outsider is to have read it; empty: no day
	Blocks []document.Block
}

// Exhibits are those of all modules.
func (l List) Exhibits() (all []Exhibit) {
	for _, one := range l {
		all = append(all, one.Exhibits...)
	}
	return all
}
