package fact

// From a sum back to the facts under it, and to the areas that owe some. Who signed them is submission's.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// Source is one fact that a sum rests on.
type Source struct {
	Area    network.Area
	Cell    Cell
	Grade   Grade
	Version int64
}

// Sources are the facts that an element's value in an area rests on, in order of area; at most limit. An area that
// stands for itself hides what is below it.
func Sources(tx *db.Tx, top network.Area, p period.Period, elementID, calibre int64, limit int) ([]Source, error) {
	rows, err := network.During(tx, top, p)
	for _, row := range rows {
		if found, err := sources(tx, row, p, elementID, calibre, limit); err != nil || len(found) > 0 {
			return found, err
		}
	}
	return nil, err
}

// sources are those under one row of the area: an element of a period was reported under one of them.
func sources(tx *db.Tx, top network.Area, p period.Period, elementID, calibre int64, limit int) ([]Source, error) {
	found, err := element.Levels(tx)
	if err != nil {
		return nil, err
	}
	l := levels(found)
	areas, err := network.Subtree(tx, top)
	if err != nil {
		return nil, err
	}
	byID, covered := map[int64]network.Area{}, map[int64]bool{}
	var ids []int64
	for _, a := range areas { // parents come before their children
		if covered[a.ParentID] {
			covered[a.ID] = true
			continue
		}
		if l.own(elementID, a.Level) {
			covered[a.ID] = true
			byID[a.ID] = a
			ids = append(ids, a.ID)
		}
	}
	return db.All(tx, func(r db.Row) (s Source, err error) {
		var area int64
		s.Cell.Element, s.Cell.Calibre = elementID, calibre
		err = r.Scan(&area, &s.Cell.Sex, &s.Cell.Category, &s.Cell.Value, &s.Cell.Mark, &s.Grade, &s.Version)
		s.Area = byID[area]
		return s, err
	}, `SELECT area_id, sex, category, value, mark, grade, version_id FROM facts
		WHERE area_id IN (`+db.Ints(ids)+`) AND period = $1 AND element_id = $2 AND calibre = $3
		ORDER BY area_id, sex LIMIT $4`,
		p, elementID, calibre, limit)
}

// Missing are the areas below top (or top itself) that owe the form for the period and have none of its facts; at most
// limit, in order of code.
func Missing(tx *db.Tx, top network.Area, p period.Period, f form.Form, limit int) ([]network.Area, error) {
	rows, err := network.During(tx, top, p)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		due, err := db.Value[int](tx, `SELECT COALESCE(sum(due), 0) FROM expectations
			WHERE area_id = $1 AND period = $2 AND form_id = $3`, row.ID, p, f.ID)
		if err != nil {
			return nil, err
		}
		if due > 0 {
			return missing(tx, row, p, f, limit)
		}
	}
	return nil, nil
}

func missing(tx *db.Tx, top network.Area, p period.Period, f form.Form, limit int) ([]network.Area, error) {
	var elements []int64
	for _, row := range f.Rows {
		elements = append(elements, row.Of.ID)
	}
	owing, err := db.All(tx, db.Single[int64], `SELECT e.area_id FROM expectations e JOIN areas a ON a.id = e.area_id
		WHERE e.form_id = $1 AND e.period = $2 AND e.due > 0 AND a.level = $3 AND a.path >= $4 AND a.path < $5
			AND NOT EXISTS (SELECT 1 FROM facts f WHERE f.area_id = e.area_id AND f.period = $2
			AND f.element_id IN (`+db.Ints(elements)+`))
		ORDER BY a.code LIMIT $6`, f.ID, p, f.Level, top.Path, top.Path[:len(top.Path)-1]+"/", limit)
	if err != nil {
		return nil, err
	}
	var areas []network.Area
	for _, id := range owing {
		a, err := network.AreaByID(tx, id)
		if err != nil {
			return nil, err
		}
		areas = append(areas, a)
	}
	return areas, nil
}
