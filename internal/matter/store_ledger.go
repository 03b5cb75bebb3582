package matter

// The ledger: items with all that its columns say, cut down in SQL to what the user may see.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
)

// entryRow is an item as the ledger shows it.
type entryRow struct {
	Item
	title, problem, aim, sources                       string
	unit, unitEN, lead, leadEN, area, areaEN, headName string
	files                                              int
}

func scanEntry(r db.Row) (e entryRow, err error) {
	return e, scanInto(r, append(e.Item.all(), field{"", &e.title}, field{"", &e.problem}, field{"", &e.aim},
		field{"", &e.sources}, field{"", &e.unit}, field{"", &e.unitEN}, field{"", &e.lead}, field{"", &e.leadEN},
		field{"", &e.area}, field{"", &e.areaEN}, field{"", &e.headName}, field{"", &e.files}))
}

// ledgerSource is the ledger as the user may see it.
func ledgerSource(tx *db.Tx, by auth.User, f Filter) (s list.Source[entryRow], err error) {
	s = list.Source[entryRow]{Key: "i.id", From: "matter_items i",
		Select: prefixed("i", new(Item).all()) + `, m.title, m.problem, m.aim, m.sources, u.name, u.name_en, l.name,
			l.name_en, a.name, a.name_en, COALESCE((SELECT h.name FROM posts p JOIN people h ON h.id = p.person_id
			WHERE p.id = i.responsible), ''),
			(SELECT count(*) FROM evidence e WHERE e.object = 'item/' || i.id AND e.ended_at IS NULL)
			FROM matter_items i JOIN matters m ON m.id = i.matter_id JOIN units u ON u.code = i.unit
			JOIN units l ON l.code = m.lead_unit JOIN areas a ON a.id = i.area_id`,
		Scan: scanEntry, ID: func(e entryRow) string { return e.ID },
		Orders: map[string][]string{"number": {"i.year", "i.serial", "i.position DESC", "i.id DESC"},
			"due":   {"COALESCE(NULLIF(i.next_on, ''), '9999')", "i.id"},
			"unit":  {"i.unit", "i.year DESC", "i.serial DESC", "i.position", "i.id"},
			"state": {"i.state", "i.year DESC", "i.serial DESC", "i.position", "i.id"}}}
	units, paths := by.Scope()
	text, args := itemVisible(units, paths)
	s.And(text, args...)
	s.And("i.state <> 'draft'")
	if f.State != "" {
		s.Equal("state", "i.state", f.State)
	}
	return s, listed(tx, &s, "i", units, paths, f)
}
