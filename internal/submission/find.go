package submission

// Submissions as the search finds them: by form, area, unit and period; never by the numbers in them.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

// Kinds are what this module makes findable.
func Kinds() []find.Kind {
	return []find.Kind{{Code: "submission", Verb: "submission.read", Name: "报表", NameEN: "Submissions",
		Page: func(code string) string { return "/submissions/" + code }}}
}

// Reindex puts all submissions where they are found, page by page.
func Reindex(tx *db.Tx) error {
	const at = 1000
	for after := ""; ; {
		some, err := page(tx, after, at)
		if err != nil {
			return err
		}
		for _, s := range some {
			if err := s.name(tx); err != nil {
				return err
			}
			if err := findable(tx, s); err != nil {
				return err
			}
			after = s.ID
		}
		if len(some) < at {
			return nil
		}
	}
}

func findable(tx *db.Tx, s Submission) error {
	label := s.Period.Label(s.Form.YearStart)
	return find.Put(tx, find.Doc{Object: s.Object(), Title: s.Form.Name, TitleEN: s.Form.NameEN, Many: true,
		Note:   s.Area.Name + " " + label + " " + s.Unit.Name,
		NoteEN: s.Area.NameEN + " " + s.Period.LabelEN(s.Form.YearStart) + " " + s.Unit.NameEN,
		Words:  []string{s.Form.Number, s.Unit.ShortName, s.Area.ShortName},
		Scope:  find.Scope{Unit: s.Unit.Code, Path: s.Area.Path}})
}
