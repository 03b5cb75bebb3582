package home

// Counts across modules that no module needs for itself: what is in by area, states, leading units.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// readArrivals counts what some areas owe of the forms, and what is in: the area's own fact of the form's element, or
// what its rollup adds up. Mark 11 is quantity.Pending, a grade's bits are fact.Simulated, Unsigned and Paper.
func readArrivals(tx *db.Tx, areas []network.Area,
	forms map[formPeriod]wanted) (map[int64]map[formPeriod]arrived, error) {
	by := map[int64]map[formPeriod]arrived{}
	if len(areas) == 0 {
		return by, nil
	}
	var periods, elements []int64
	for at, w := range forms {
		periods, elements = append(periods, int64(at.period.Int())), append(elements, w.element)
	}
	where := ` WHERE area_id IN (` + ids(areas) + `) AND period IN (` + db.Ints(periods) + `)`
	err := db.Each(tx, func(r db.Row) error {
		var area int64
		var at formPeriod
		var due int
		err := r.Scan(&area, &at.period, &at.form, &due)
		if _, known := forms[at]; known {
			if by[area] == nil {
				by[area] = map[formPeriod]arrived{}
			}
			by[area][at] = arrived{due: due, in: due}
		}
		return err
	}, `SELECT area_id, period, form_id, due FROM expectations`+where)
	if err != nil {
		return nil, err
	}
	cells, err := db.All(tx, func(r db.Row) (c arrival, err error) {
		return c, r.Scan(&c.area, &c.period, &c.element, &c.calibre, &c.in, &c.simulated, &c.unsigned, &c.paper)
	}, `SELECT area_id, period, element_id, calibre, CASE WHEN mark = 11 THEN 0 ELSE 1 END,
		grade & 1, grade & 2, grade & 4
		FROM facts`+where+` AND element_id IN (`+db.Ints(elements)+`)
		UNION ALL SELECT area_id, period, element_id, calibre, n + na, simulated, unsigned, paper
		FROM rollups`+where+` AND element_id IN (`+db.Ints(elements)+`)`)
	for at, w := range forms {
		for area := range by {
			if a, owes := by[area][at]; owes {
				by[area][at] = a.count(cells, area, at.period, w)
			}
		}
	}
	return by, err
}

// arrival is a cell of an area: how many reports are in it.
type arrival struct {
	area, element, calibre int64
	period                 period.Period
	in                     int
	simulated, unsigned    int
	paper                  int
}

// count takes the least of the cells of the form's element: men and women, say.
func (a arrived) count(cells []arrival, area int64, p period.Period, w wanted) arrived {
	found := false
	for _, c := range cells {
		if c.area == area && c.period == p && c.element == w.element && c.calibre == w.calibre {
			found, a.in = true, min(a.in, c.in)
			a.simulated, a.unsigned = a.simulated || c.simulated > 0, a.unsigned || c.unsigned > 0
			a.paper = a.paper || c.paper > 0
		}
	}
	if !found {
		a.in = 0
	}
	return a
}

// readStates are the states of the submissions of some areas in a year, by area.
func readStates(tx *db.Tx, areas []network.Area, year int) (map[int64][]string, error) {
	by := map[int64][]string{}
	if len(areas) == 0 {
		return by, nil
	}
	err := db.Each(tx, func(r db.Row) error {
		var area int64
		var state string
		err := r.Scan(&area, &state)
		by[area] = append(by[area], state)
		return err
	}, `SELECT area_id, state FROM submissions WHERE area_id IN (`+ids(
		areas)+`) AND period BETWEEN $1 AND $2`, year*100, year*100+99)
	return by, err
}

// ids lists areas for IN.
func ids(areas []network.Area) string {
	var all []int64
	for _, a := range areas {
		all = append(all, a.ID)
	}
	return db.Ints(all)
}

// openUnits are the units of some areas that are open today, in their order.
func openUnits(tx *db.Tx, areas []network.Area) ([]ListedUnit, error) {
	return db.All(tx, func(r db.Row) (u ListedUnit, err error) {
		return u, r.Scan(&u.Code, &u.Name, &u.ShortName, &u.NameEN, &u.Kind, &u.Note, &u.Area, &u.AreaEN,
			&u.areaCode, &u.Goals)
	}, `SELECT u.code, u.name, u.short_name, u.name_en, u.kind, u.note, a.name, a.name_en, a.code,
			(SELECT count(*) FROM goal_units g WHERE g.unit = u.code)
		FROM units u JOIN areas a ON a.id = u.area_id
		WHERE u.area_id IN (`+ids(areas)+`) AND u.opens_on <= $1 AND (u.closes_on = '' OR u.closes_on > $1)
		ORDER BY u.position, u.code`, tx.Today())
}
