package check

// Checked texts as the search finds them, by name, within the unit that checked them.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

// Kinds are what this module makes findable.
func Kinds() []find.Kind {
	return []find.Kind{{Code: "check", Verb: "check.read", Name: "核对", NameEN: "Figure checks",
		Page: func(code string) string { return "/checks/" + code }}}
}

func findable(tx *db.Tx, c Check) error {
	return find.Put(tx, find.Doc{Object: c.object(), Title: c.Name, Note: c.CreatedAt.In(db.China).Format("2006-01-02"),
		Scope: find.Scope{Unit: c.Unit, Mine: true}})
}

// Reindex puts all checked texts where they are found.
func Reindex(tx *db.Tx) error {
	all, err := every(tx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if err := findable(tx, c); err != nil {
			return err
		}
	}
	return nil
}
