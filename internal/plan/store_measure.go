package plan

// Measures and who answers for them, read, put and handed on.

import (
	"slices"

	"yipanqi/internal/db"
)

// What db.Remember keeps.
type (
	measuresOf     string
	measureUnitsOf string
)

const measureColumns = `m.plan, m.code, m.domain, m.goal, m.text, m.text_en, m.source_title, m.source_url, m.position`

func scanMeasure(r db.Row) (m Measure, err error) {
	return m, r.Scan(&m.Plan, &m.Code, &m.Domain, &m.Goal, &m.Text, &m.TextEN, &m.SourceTitle, &m.SourceURL,
		&m.Position)
}

// Measures returns a plan's measures in the order of domains and measures; shared, so not to be changed.
func Measures(tx *db.Tx, plan string) ([]Measure, error) {
	return db.Remember(tx, measuresOf(plan), func(tx *db.Tx) ([]Measure, error) {
		return db.All(tx, scanMeasure, `SELECT `+measureColumns+` FROM measures m
			JOIN domains d ON d.plan = m.plan AND d.code = m.domain
			WHERE m.plan = $1 ORDER BY d.position, d.code, m.position, m.code`, plan)
	})
}

// measureByCode returns the measure that files call plan/code.
func measureByCode(tx *db.Tx, code string) (Measure, error) {
	return db.One(tx, scanMeasure, `SELECT `+measureColumns+` FROM measures m WHERE m.plan || '/' || m.code = $1`, code)
}

// PutMeasure adds or updates a measure and reports whether anything changed.
func PutMeasure(tx *db.Tx, m Measure) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO measures (plan, code, domain, goal, text, text_en, source_title, source_url,
			position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (plan, code) DO UPDATE SET domain = excluded.domain, goal = excluded.goal, text = excluded.text,
			text_en = excluded.text_en, source_title = excluded.source_title, source_url = excluded.source_url,
			position = excluded.position
		WHERE measures.domain <> excluded.domain OR measures.goal <> excluded.goal OR measures.text <> excluded.text
			OR measures.text_en <> excluded.text_en OR measures.source_title <> excluded.source_title
			OR measures.source_url <> excluded.source_url OR measures.position <> excluded.position`,
		m.Plan, m.Code, m.Domain, m.Goal, m.Text, m.TextEN, m.SourceTitle, m.SourceURL, m.Position)
	if err == nil && n > 0 {
		err = findMeasure(tx, m)
	}
	return n > 0, err
}

// measureUnits are all rows of a plan, those that ended too; shared, so not to be changed.
func measureUnits(tx *db.Tx, plan string) ([]MeasureUnit, error) {
	return db.Remember(tx, measureUnitsOf(plan), func(tx *db.Tx) ([]MeasureUnit, error) {
		return db.All(tx, func(r db.Row) (u MeasureUnit, err error) {
			return u, r.Scan(&u.Plan, &u.Measure, &u.Unit, &u.Duty, &u.since, &u.until)
		}, `SELECT plan, measure, unit, duty, opens_on, closes_on FROM measure_units WHERE plan = $1
			ORDER BY measure, duty, unit, opens_on`, plan)
	})
}

// MeasureUnits returns who answers for the measures of a plan on a day (today if empty), lead units first.
func MeasureUnits(tx *db.Tx, plan, day string) ([]MeasureUnit, error) {
	all, err := measureUnits(tx, plan)
	return slices.DeleteFunc(slices.Clone(all), func(u MeasureUnit) bool { return !u.on(day) }), err
}

// PutMeasureUnit adds or updates who answers for a measure and reports whether anything changed. A unit that handed it
// on does not get it back by a file of before.
func PutMeasureUnit(tx *db.Tx, u MeasureUnit) (bool, error) {
	all, err := measureUnits(tx, u.Plan)
	if err != nil || slices.ContainsFunc(all, func(o MeasureUnit) bool {
		return o.Measure == u.Measure && o.Unit == u.Unit && o.until != ""
	}) {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO measure_units (plan, measure, unit, duty, opens_on, closes_on)
		VALUES ($1, $2, $3, $4, '', '')
		ON CONFLICT (plan, measure, unit, opens_on) DO UPDATE SET duty = excluded.duty
		WHERE measure_units.duty <> excluded.duty`, u.Plan, u.Measure, u.Unit, u.Duty)
	return n > 0, err
}

// endMeasureUnit has a unit answer for a measure no longer from a day on.
func endMeasureUnit(tx *db.Tx, u MeasureUnit, day string) error {
	return tx.ExecOne(`UPDATE measure_units SET closes_on = $1
		WHERE plan = $2 AND measure = $3 AND unit = $4 AND opens_on = $5 AND closes_on = ''`,
		day, u.Plan, u.Measure, u.Unit, u.since)
}

func beginMeasureUnit(tx *db.Tx, u MeasureUnit, day string) error {
	return tx.Exec(`INSERT INTO measure_units (plan, measure, unit, duty, opens_on, closes_on)
		VALUES ($1, $2, $3, $4, $5, '')`, u.Plan, u.Measure, u.Unit, u.Duty, day)
}

// leadMeasure makes a unit lead what it answers for beside another.
func leadMeasure(tx *db.Tx, u MeasureUnit) error {
	return tx.ExecOne(`UPDATE measure_units SET duty = 'lead'
		WHERE plan = $1 AND measure = $2 AND unit = $3 AND opens_on = $4 AND closes_on = ''`, u.Plan, u.Measure, u.Unit,
		u.since)
}
