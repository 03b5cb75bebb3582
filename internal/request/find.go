package request

// Requests as the search finds them: by title and kind, for who asks and oversees. Who is asked finds them in the list.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

// FindKinds are what this module makes findable.
func FindKinds() []find.Kind {
	return []find.Kind{{Code: "request", Verb: VerbRead, Name: "征集", NameEN: "Requests",
		Page: func(code string) string { return "/requests/" + code }}}
}

func findable(tx *db.Tx, r Request) error {
	return find.Put(tx, find.Doc{Object: r.Object(), Title: r.Title, Note: r.DueOn,
		Words: []string{string(KindWords(r.Kind))}, Scope: find.Scope{Unit: r.Unit, Path: r.AreaPath}})
}

// Reindex puts all requests where they are found.
func Reindex(tx *db.Tx) error {
	for after := ""; ; {
		some, err := page(tx, after, 500)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, r := range some {
			if err := findable(tx, r); err != nil {
				return err
			}
			after = r.ID
		}
	}
}
