package report

// Reports as the search finds them: one for each template, by its title. A report is made anew at each look, for the
// area and the year that its page is asked for.

import (
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

// Kinds are what this module makes findable.
func Kinds() []find.Kind {
	return []find.Kind{{Code: "report", Verb: "report.read", Name: "报告", NameEN: "Reports",
		Page: func(code string) string { return "/reports/" + code }}}
}

func findable(tx *db.Tx, s Stored) error {
	if s.Code != annualCode {
		return nil // what others take figures from has no page of its own
	}
	whole := strings.NewReplacer("|", " ") // where a title goes on on the next line
	return find.Put(tx, find.Doc{Object: "report/" + s.Code, Title: whole.Replace(s.Name),
		TitleEN: whole.Replace(s.NameEN), Note: "年度报告", NoteEN: "Annual report", Words: []string{"工作总结"}})
}

// Reindex puts all reports where they are found.
func Reindex(tx *db.Tx) error {
	all, err := stored(tx)
	for _, s := range all {
		if err == nil {
			err = findable(tx, s)
		}
	}
	return err
}
