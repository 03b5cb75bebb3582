package network

// Areas and units as the search finds them. People are not found: their names stand on their unit's page.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

// Kinds are what this module makes findable.
func Kinds() []find.Kind {
	return []find.Kind{
		{Code: "unit", Verb: "unit.read", Name: "单位", NameEN: "Units",
			Page: func(code string) string { return "/units/" + code }},
		{Code: "area", Verb: "area.read", Name: "地区", NameEN: "Areas",
			Page: func(code string) string { return "/areas/" + code }},
	}
}

// Reindex puts all areas and units where they are found.
func Reindex(tx *db.Tx) error {
	areas, err := AllAreas(tx)
	if err != nil {
		return err
	}
	for _, a := range areas {
		if err := findArea(tx, a); err != nil {
			return err
		}
	}
	units, err := AllUnits(tx)
	if err != nil {
		return err
	}
	for _, u := range units {
		if err := findUnit(tx, u); err != nil {
			return err
		}
	}
	return nil
}

// findArea: of the rows of one code the newest is found, and has the page.
func findArea(tx *db.Tx, a Area) error {
	if a.Successor != 0 {
		return nil
	}
	d := find.Doc{Object: "area/" + a.Code, Title: a.Name, TitleEN: a.NameEN, Words: []string{a.ShortName},
		Scope: find.Scope{Path: a.Path, Figures: true}}
	if a.ParentID != 0 {
		above, err := AreaByID(tx, a.ParentID)
		if err != nil {
			return err
		}
		d.Note, d.NoteEN = above.Name, above.NameEN
	}
	return find.Put(tx, d)
}

func findUnit(tx *db.Tx, u Unit) error {
	area, err := AreaByID(tx, u.AreaID)
	if err != nil {
		return err
	}
	return find.Put(tx, find.Doc{Object: "unit/" + u.Code, Title: u.Name, TitleEN: u.NameEN, Note: area.Name,
		NoteEN: area.NameEN, Words: []string{u.ShortName}, Scope: find.Scope{Path: area.Path, Figures: true}})
}
