package meeting

// Meetings as the search finds them, and what was decided, by its words.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/network"
)

// Kinds of things that can be found.
func found() []find.Kind {
	return []find.Kind{{Code: "meeting", Verb: VerbRead, Name: "会议", NameEN: "Meetings",
		Page: func(code string) string { return "/meetings/" + code }}}
}

// Reindex puts all meetings where they are found.
func Reindex(tx *db.Tx) error {
	all, err := every(tx)
	for _, m := range all {
		if err := findable(tx, m); err != nil {
			return err
		}
	}
	return err
}

func findable(tx *db.Tx, m Meeting) error {
	kind, err := KindOf(tx, m.Kind)
	if err != nil {
		return err
	}
	host, err := network.UnitByCode(tx, m.Host)
	if err != nil {
		return err
	}
	return find.Put(tx, find.Doc{Object: m.Object(), Title: m.Title, Note: kind.Name + " " + m.Day() + " " + host.Name,
		NoteEN: kind.NameEN + " " + m.Day() + " " + host.NameEN, Words: []string{m.Number, m.Session, host.ShortName},
		Scope: find.Scope{Unit: m.Host, Path: m.AreaPath}})
}
