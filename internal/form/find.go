package form

// Forms as the search finds them: by name, by their number in the statutory system, and by the names of their rows.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

// Kinds are what this module makes findable.
func Kinds() []find.Kind {
	return []find.Kind{{Code: "form", Verb: "form.read", Name: "报表制度", NameEN: "Forms",
		Page: func(code string) string { return "/forms/" + code }}}
}

// Reindex puts all forms where they are found.
func Reindex(tx *db.Tx) error {
	forms, err := List(tx)
	if err != nil {
		return err
	}
	for _, f := range forms {
		if err := findForm(tx, f); err != nil {
			return err
		}
	}
	return nil
}

func findForm(tx *db.Tx, f Form) error {
	words := []string{f.Number}
	for _, row := range f.Rows {
		words = append(words, row.Label, row.LabelEN)
	}
	return find.Put(tx, find.Doc{Object: object(f.Code), Title: f.Name, TitleEN: f.NameEN, Note: f.Number,
		NoteEN: f.Number, Words: words})
}
