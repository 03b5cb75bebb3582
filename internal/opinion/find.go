package opinion

// Texts as the search finds them, for who lays them open and oversees. Others find them in the list.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

// FindKinds are what this module makes findable.
func FindKinds() []find.Kind {
	return []find.Kind{{Code: "text", Verb: VerbRead, Name: "征求意见的文本", NameEN: "Texts for remarks",
		Page: func(code string) string { return "/opinions/" + code }}}
}

func findable(tx *db.Tx, t Text) error {
	return find.Put(tx, find.Doc{Object: t.Object(), Title: t.Title, Note: t.DueOn,
		Scope: find.Scope{Unit: t.Unit, Path: t.AreaPath}})
}

// Reindex puts all texts where they are found.
func Reindex(tx *db.Tx) error {
	for after := ""; ; {
		some, err := page(tx, after, 500)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, t := range some {
			if err := findable(tx, t); err != nil {
				return err
			}
			after = t.ID
		}
	}
}
