package indicator

// Indicators as the search finds them: by name, code and the names that texts call them by.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

// Kinds are what this module makes findable.
func Kinds() []find.Kind {
	return []find.Kind{{Code: "indicator", Verb: "indicator.read", Name: "指标", NameEN: "Indicators",
		Page: func(code string) string { return "/indicators/" + code }}}
}

// Reindex puts all indicators where they are found.
func Reindex(tx *db.Tx) error {
	all, err := List(tx)
	if err != nil {
		return err
	}
	for _, i := range all {
		if err := findIndicator(tx, i); err != nil {
			return err
		}
	}
	return nil
}

func findIndicator(tx *db.Tx, i Indicator) error {
	aliases, err := Aliases(tx)
	if err != nil {
		return err
	}
	return find.Put(tx, find.Doc{Object: "indicator/" + i.Code, Title: i.Name, TitleEN: i.NameEN, Note: i.Code,
		NoteEN: i.Code, Words: aliases[i.Code]})
}
