package letter

// Letters as the search finds them: by title and number, by those who may read them.

import (
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/network"
)

// Kinds of things that this module makes findable.
func kinds() []find.Kind {
	return []find.Kind{{Code: "letter", Verb: "letter.read", Name: "发文", NameEN: "Letters",
		Page: func(code string) string { return "/letters/" + code }}}
}

// Reindex puts all letters where they are found, page by page.
func Reindex(tx *db.Tx) error {
	const at = 500
	for after := ""; ; {
		some, err := page(tx, after, at)
		if err != nil {
			return err
		}
		for _, l := range some {
			if err := findable(tx, l); err != nil {
				return err
			}
			after = l.ID
		}
		if len(some) < at {
			return nil
		}
	}
}

// findable puts the letter where it is found.
func findable(tx *db.Tx, l Letter) error {
	unit, err := network.UnitByCode(tx, l.Issuer)
	if err != nil {
		return err
	}
	d := find.Doc{Object: l.Object(), Title: l.Title, Note: strings.TrimSpace(l.Number + " " + unit.Name),
		NoteEN: strings.TrimSpace(l.Number + " " + unit.NameEN), Words: []string{unit.ShortName}, Many: true,
		Scope: find.Scope{Unit: l.Unit, Mine: true}}
	if l.InForce > 0 {
		receipts, err := Receipts(tx, l.ID, l.InForce)
		if err != nil {
			return err
		}
		d.Scope = find.Scope{Unit: l.Unit, Path: l.AreaPath}
		for _, c := range receipts {
			serving, err := network.Serving(tx, c.Holder)
			if err != nil {
				return err
			}
			d.Scope.Also = append(append(d.Scope.Also, c.Holder), serving...)
		}
	}
	return find.Put(tx, d)
}
