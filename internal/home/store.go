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

// states are the states of the submissions of some areas in a year, by area.
func states(tx *db.Tx, areas []network.Area, year int) (map[int64][]string, error) {
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
