package module

// What units are asked for, kind by kind: whoever asks them for more sees it before, and in the page of all.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/say"
)

// Load is one kind of thing that units are asked for. Of returns how many of them each unit was asked for from a day on
// until before another, and how many parts they had, as far as by may see them.
type Load struct {
	Code  string // forms
	Name  say.Key
	Parts say.Key // what its parts are called; empty: it has none
	Of    func(tx *db.Tx, by auth.User, from, until string) (map[string][2]int, error)
}

// Loads are all kinds of things that units are asked for.
func (l List) Loads() (all []Load) {
	for _, one := range l {
		all = append(all, one.Loads...)
	}
	return all
}
