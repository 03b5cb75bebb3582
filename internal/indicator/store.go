package indicator

// Indicators, versions, targets, published figures, read and shared: values are progress's.

import (
	"yipanqi/internal/db"
)

const columns = `i.id, i.code, i.name, i.name_en, i.unit, i.unit_en, i.decimals, i.direction, i.year_start,
	COALESCE(i.source_unit, ''), i.position`

func scan(r db.Row) (i Indicator, err error) {
	return i, r.Scan(&i.ID, &i.Code, &i.Name, &i.NameEN, &i.Unit, &i.UnitEN, &i.Decimals, &i.Direction, &i.YearStart,
		&i.SourceUnit, &i.Position)
}

// What db.Remember keeps.
type (
	allIndicators struct{}
	allVersions   struct{}
	onGoalsOf     string
	targetsOf     int64 // area
	publishedOf   int64 // area
)

// List returns all indicators in their order; shared, so not to be changed.
func List(tx *db.Tx) ([]Indicator, error) {
	return db.Remember(tx, allIndicators{}, func(tx *db.Tx) ([]Indicator, error) {
		return db.All(tx, scan, `SELECT `+columns+` FROM indicators i ORDER BY i.position, i.code`)
	})
}

// ByCode returns one indicator.
func ByCode(tx *db.Tx, code string) (Indicator, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM indicators i WHERE i.code = $1`, code)
}

// ByID returns one indicator.
func ByID(tx *db.Tx, id int64) (Indicator, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM indicators i WHERE i.id = $1`, id)
}

func scanVersion(r db.Row) (v Version, err error) {
	return v, r.Scan(&v.IndicatorID, &v.From, &v.Formula, &v.CalibreID, &v.Definition, &v.SourceTitle, &v.SourceURL)
}

// Versions returns the versions of every indicator, each in order of From; shared, so not to be changed.
func Versions(tx *db.Tx) (map[int64][]Version, error) {
	return db.Remember(tx, allVersions{}, readVersions)
}

func readVersions(tx *db.Tx) (map[int64][]Version, error) {
	all, err := db.All(tx, scanVersion, `SELECT indicator_id, from_period, formula, calibre_id, definition,
		source_title, source_url
		FROM indicator_versions ORDER BY indicator_id, from_period`)
	by := map[int64][]Version{}
	for _, v := range all {
		by[v.IndicatorID] = append(by[v.IndicatorID], v)
	}
	return by, err
}

// OnGoals returns which indicators hang on the goals of plan, of all plans if empty, in their order; shared, so not to
// be changed.
func OnGoals(tx *db.Tx, plan string) ([]GoalIndicator, error) {
	return db.Remember(tx, onGoalsOf(plan), func(tx *db.Tx) ([]GoalIndicator, error) {
		return db.All(tx, func(r db.Row) (g GoalIndicator, err error) {
			return g, r.Scan(&g.Plan, &g.Goal, &g.IndicatorID, &g.Position)
		}, `SELECT plan, goal, indicator_id, position FROM goal_indicators WHERE $1 = '' OR plan = $1
			ORDER BY plan, goal, position, indicator_id`, plan)
	})
}

const targetColumns = `plan, indicator_id, area_id, level, op, value, year, baseline_year, words, source_title, source_url`

func scanTarget(r db.Row) (t Target, err error) {
	return t, r.Scan(&t.Plan, &t.IndicatorID, &t.AreaID, &t.Level, &t.Op, &t.Value, &t.Year, &t.BaselineYear, &t.Words,
		&t.SourceTitle, &t.SourceURL)
}

// Targets returns the targets set for an area; for one indicator, or for all if it is 0. A plan's own target comes
// before the national one. Shared, so not to be changed.
func Targets(tx *db.Tx, areaID, indicatorID int64) ([]Target, error) {
	all, err := db.Remember(tx, targetsOf(areaID), func(tx *db.Tx) ([]Target, error) {
		return db.All(tx, scanTarget, `SELECT `+targetColumns+` FROM targets WHERE area_id = $1
			ORDER BY indicator_id, plan, level DESC`, areaID)
	})
	if indicatorID == 0 {
		return all, err
	}
	var some []Target
	for _, t := range all {
		if t.IndicatorID == indicatorID {
			some = append(some, t)
		}
	}
	return some, err
}

const publishedColumns = `p.id, p.indicator_id, p.area_id, p.period, p.sex, p.calibre_id, p.value, p.mark, p.derived,
	p.note,
	p.source_title, p.source_url, p.source_page, p.published_on, p.position`

func scanPublished(r db.Row) (p Published, err error) {
	return p, r.Scan(&p.ID, &p.IndicatorID, &p.AreaID, &p.Period, &p.Sex, &p.CalibreID, &p.Value,
		&p.Mark, &p.Derived, &p.Note,
		&p.SourceTitle, &p.SourceURL, &p.SourcePage, &p.PublishedOn, &p.Position)
}

// PublishedByID returns one published figure.
func PublishedByID(tx *db.Tx, id string) (Published, error) {
	return db.One(tx, scanPublished, `SELECT `+publishedColumns+` FROM published_figures p WHERE p.id = $1`, id)
}

// PublishedIn returns the figures of an area, of all periods, in order of indicator, period and position; shared, so
// not to be changed.
func PublishedIn(tx *db.Tx, areaID int64) ([]Published, error) {
	return db.Remember(tx, publishedOf(areaID), func(tx *db.Tx) ([]Published, error) {
		return db.All(tx, scanPublished, `SELECT `+publishedColumns+` FROM published_figures p
			WHERE p.area_id = $1 ORDER BY p.indicator_id, p.period, p.position, p.id`, areaID)
	})
}

// Quoted are the areas that any figure is quoted for; shared, so not to be changed. Most have none, and need not be
// asked for one by one.
func Quoted(tx *db.Tx) (map[int64]bool, error) {
	type key struct{}
	return db.Remember(tx, key{}, func(tx *db.Tx) (map[int64]bool, error) {
		areas, err := db.All(tx, db.Single[int64], `SELECT DISTINCT area_id FROM published_figures`)
		by := make(map[int64]bool, len(areas))
		for _, id := range areas {
			by[id] = true
		}
		return by, err
	})
}

// Parameters returns all dated standards, by code and day.
func Parameters(tx *db.Tx) ([]Parameter, error) {
	return db.All(tx, scanParameter, `SELECT `+parameterColumns+` FROM parameters ORDER BY code, area_id, opens_on`)
}

const parameterColumns = `code, area_id, opens_on, closes_on, name, name_en, value, unit, note, source_title, source_url`

func scanParameter(r db.Row) (p Parameter, err error) {
	return p, r.Scan(&p.Code, &p.AreaID, &p.OpensOn, &p.ClosesOn, &p.Name, &p.NameEN, &p.Value, &p.Unit, &p.Note,
		&p.SourceTitle, &p.SourceURL)
}

// Aliases returns what texts call indicators and standards beside their names, by code. An alias of several words,
// apart by spaces, is met by these words in this order.
func Aliases(tx *db.Tx) (map[string][]string, error) {
	by := map[string][]string{}
	err := db.Each(tx, func(r db.Row) error {
		var code, alias string
		err := r.Scan(&code, &alias)
		by[code] = append(by[code], alias)
		return err
	}, `SELECT code, alias FROM aliases ORDER BY code, position, alias`)
	return by, err
}

// TargetsOf are the targets that plans set for an indicator, in all areas.
func TargetsOf(tx *db.Tx, id int64) ([]Target, error) {
	return db.All(tx, scanTarget, `SELECT `+targetColumns+` FROM targets WHERE indicator_id = $1
		ORDER BY plan, area_id, level`, id)
}

// PublishedAll are the figures of all areas, the newest period first.
func PublishedAll(tx *db.Tx) ([]Published, error) {
	return db.All(tx, scanPublished, `SELECT `+publishedColumns+` FROM published_figures p
		ORDER BY p.period DESC, p.indicator_id, p.area_id, p.position, p.id`)
}
