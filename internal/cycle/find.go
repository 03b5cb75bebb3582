package cycle

// Cycles as the search finds them, by whoever may open them.

import (
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

func findable(tx *db.Tx, c Cycle) error {
	scope := find.Scope{Unit: c.Unit, Path: c.AreaPath}
	if c.State != Planned && c.State != Dropped {
		scope.Figures = true
	}
	if c.Lead != "" {
		scope.Also = []string{c.Lead}
	}
	return find.Put(tx, find.Doc{Object: c.Object(), Title: c.Title, Note: strconv.Itoa(c.Year), Scope: scope})
}

// Reindex puts all cycles where they are found.
func Reindex(tx *db.Tx) error {
	all, err := every(tx)
	for _, c := range all {
		if err == nil {
			err = findable(tx, c)
		}
	}
	return err
}
