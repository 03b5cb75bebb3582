package matter

// Matters as the search finds them: by title and number, by whoever sees one of their items.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/network"
)

// Reindex puts all matters where they are found, page by page, and writes what lists need of them.
func Reindex(tx *db.Tx) error {
	const at = 500
	for after := ""; ; {
		ids, err := some(tx, after, at)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			m, err := Get(tx, id)
			if err != nil {
				return err
			}
			if err := m.save(tx); err != nil {
				return err
			}
			after = id
		}
	}
}

// findable puts a matter where its lead unit and whoever oversees its area find it. A draft is found by nobody.
func (m Matter) findable(tx *db.Tx) error {
	if m.RaisedOn == "" {
		return nil
	}
	lead, err := network.UnitByCode(tx, m.Lead)
	if err != nil {
		return err
	}
	return find.Put(tx, find.Doc{Object: m.Object(), Title: m.Title, Many: true, Note: m.Number + " " + lead.Name,
		NoteEN: m.Number + " " + lead.NameEN, Words: []string{m.Number},
		Scope: find.Scope{Unit: m.Lead, Path: m.AreaPath}})
}
