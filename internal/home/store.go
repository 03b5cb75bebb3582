package home

import (
	"encoding/json"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// firstYear is the year that the board shows first: the one that the installation names, else the newest with an accepted
// or published number of the area, else the first.
func firstYear(tx *db.Tx, areaID int64, first, last int) (int, error) {
	named, err := db.Value[string](tx, `SELECT value FROM settings WHERE key = 'year'`)
	if err != nil && errs.KindOf(err) != errs.Missing {
		return 0, err
	}
	if year, err := strconv.Atoi(named); err == nil && first <= year && year <= last {
		return year, nil
	}
	newest, err := db.Value[int](tx, `SELECT COALESCE(max(x.period), 0) FROM (
			SELECT max(period) AS period FROM facts WHERE area_id = $1 AND period BETWEEN $2 AND $3
			UNION ALL SELECT max(period) FROM rollups WHERE area_id = $1 AND period BETWEEN $2 AND $3
			UNION ALL SELECT max(period) FROM published_figures WHERE area_id = $1 AND period BETWEEN $2 AND $3) x`,
		areaID, first*100, last*100+99)
	return max(newest/100, first), err
}

// readArrivals counts what some areas owe of the forms and what is in: the area's own fact of the form's element, or what
// its rollup adds up. Marks 11 and grades 1 and 3 are quantity.Pending and fact.Simulated.
func readArrivals(tx *db.Tx, areas []network.Area, forms map[formPeriod]wanted) (map[int64]map[formPeriod]arrived, error) {
	by := map[int64]map[formPeriod]arrived{}
	for _, a := range areas {
		by[a.ID] = map[formPeriod]arrived{}
	}
	keys, ask := map[string]formPeriod{}, map[string][]int64{}
	for at, w := range forms {
		key := strconv.Itoa(len(keys))
		keys[key], ask[key] = at, []int64{at.form, int64(at.period.Int()), w.element, w.calibre}
	}
	text, err := json.Marshal(ask)
	if err != nil {
		return nil, err
	}
	at := func(area int64, key string, set func(*arrived)) {
		a := by[area][keys[key]]
		set(&a)
		by[area][keys[key]] = a
	}
	err = db.Each(tx, func(r db.Row) error {
		var area int64
		var key string
		var due int
		err := r.Scan(&area, &key, &due)
		at(area, key, func(a *arrived) { a.due = due })
		return err
	}, `SELECT e.area_id, j.key, e.due FROM json_each($1) c CROSS JOIN json_each($2) j CROSS JOIN expectations e
		WHERE e.area_id = CAST(c.key AS BIGINT) AND e.period = CAST(j.value ->> 1 AS BIGINT) AND e.form_id = CAST(j.value ->> 0 AS BIGINT)`,
		ids(areas), string(text))
	if err != nil {
		return nil, err
	}
	// CROSS JOIN keeps SQLite from beginning with the facts.
	const cell = ` WHERE f.area_id = CAST(c.key AS INTEGER) AND f.period = CAST(j.value ->> 1 AS INTEGER) AND f.element_id = CAST(j.value ->> 2 AS INTEGER)
			AND f.category = 0 AND f.calibre = CAST(j.value ->> 3 AS INTEGER)`
	return by, db.Each(tx, func(r db.Row) error {
		var area int64
		var key string
		var in, simulated int
		err := r.Scan(&area, &key, &in, &simulated)
		at(area, key, func(a *arrived) { a.in, a.simulated = in, simulated > 0 })
		return err
	}, `SELECT x.area_id, x.key, min(x.reported), max(x.simulated) FROM (
			SELECT f.area_id, j.key, CASE WHEN f.mark = 11 THEN 0 ELSE 1 END AS reported, CASE WHEN f.grade IN (1, 3) THEN 1 ELSE 0 END AS simulated
			FROM json_each($1) c CROSS JOIN json_each($2) j CROSS JOIN facts f`+cell+`
			UNION ALL SELECT f.area_id, j.key, f.n + f.na, f.simulated
			FROM json_each($1) c CROSS JOIN json_each($2) j CROSS JOIN rollups f`+cell+`) x
		GROUP BY x.area_id, x.key`, ids(areas), string(text))
}

// readStates are the states of the submissions of some areas in a year, by area.
func readStates(tx *db.Tx, areas []network.Area, year int) (map[int64][]string, error) {
	by := map[int64][]string{}
	err := db.Each(tx, func(r db.Row) error {
		var area int64
		var state string
		err := r.Scan(&area, &state)
		by[area] = append(by[area], state)
		return err
	}, `SELECT s.area_id, s.state FROM json_each($1) j JOIN submissions s ON s.area_id = CAST(j.key AS BIGINT)
		WHERE s.period BETWEEN $2 AND $3`, ids(areas), year*100, year*100+99)
	return by, err
}

// ids are areas as a JSON object for json_each.
func ids(areas []network.Area) string {
	set := map[string]int{}
	for _, a := range areas {
		set[strconv.FormatInt(a.ID, 10)] = 1
	}
	text, _ := json.Marshal(set) // a map of integers always marshals
	return string(text)
}

// leadUnits are the units that lead the goals of a plan, by goal, in their order.
func leadUnits(tx *db.Tx, plan string) (map[string][]network.Unit, error) {
	by := map[string][]network.Unit{}
	err := db.Each(tx, func(r db.Row) error {
		var goal string
		var u network.Unit
		err := r.Scan(&goal, &u.Code, &u.Name, &u.ShortName, &u.NameEN)
		by[goal] = append(by[goal], u)
		return err
	}, `SELECT g.goal, u.code, u.name, u.short_name, u.name_en FROM goal_units g JOIN units u ON u.code = g.unit
		WHERE g.plan = $1 AND g.duty = 'lead' ORDER BY g.goal, u.position, u.code`, plan)
	return by, err
}

// openUnits are the units open today in top and below it, in their order.
func openUnits(tx *db.Tx, top network.Area, limit int) ([]ListedUnit, error) {
	return db.All(tx, func(r db.Row) (u ListedUnit, err error) {
		return u, r.Scan(&u.Code, &u.Name, &u.ShortName, &u.NameEN, &u.Kind, &u.Note, &u.Area, &u.AreaEN, &u.Goals)
	}, `SELECT u.code, u.name, u.short_name, u.name_en, u.kind, u.note, a.name, a.name_en,
			(SELECT count(*) FROM goal_units g WHERE g.unit = u.code)
		FROM units u JOIN areas a ON a.id = u.area_id
		WHERE a.path >= $1 AND a.path < $2 AND u.opens_on <= $3 AND (u.closes_on = '' OR u.closes_on > $3)
		ORDER BY u.position, u.code LIMIT $4`, top.Path, strings.TrimSuffix(top.Path, ".")+"/", tx.Today(), limit)
}
