package plan

// Plans, domains, goals and duties, read and put; indicators hang on goals by indicator's own table.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

const columns = `code, name, name_en, kind, area_id, starts, ends, COALESCE(parent, ''), status, source_title,
	source_url, note, position`

func scan(r db.Row) (p Plan, err error) {
	return p, r.Scan(&p.Code, &p.Name, &p.NameEN, &p.Kind, &p.AreaID, &p.Starts, &p.Ends, &p.Parent, &p.Status,
		&p.SourceTitle, &p.SourceURL, &p.Note, &p.Position)
}

// What db.Remember keeps.
type (
	allPlans  struct{}
	domainsOf string
	goalsOf   string
)

// List returns all plans in their order; shared, so not to be changed.
func List(tx *db.Tx) ([]Plan, error) {
	return db.Remember(tx, allPlans{}, func(tx *db.Tx) ([]Plan, error) {
		return db.All(tx, scan, `SELECT `+columns+` FROM plans ORDER BY position, code`)
	})
}

// Seen is the plans of the areas that the user may see.
func Seen(tx *db.Tx, by auth.User) (seen []Plan, err error) {
	all, err := List(tx)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		area, err := network.AreaByID(tx, p.AreaID)
		if err != nil {
			return nil, err
		}
		if by.SeesFigures(area.Path) {
			seen = append(seen, p)
		}
	}
	return seen, nil
}

// ByCode returns one plan.
func ByCode(tx *db.Tx, code string) (Plan, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM plans WHERE code = $1`, code)
}

// Domains returns a plan's domains in their order; shared, so not to be changed.
func Domains(tx *db.Tx, plan string) ([]Domain, error) {
	return db.Remember(tx, domainsOf(plan), func(tx *db.Tx) ([]Domain, error) {
		return db.All(tx, scanDomain, `SELECT plan, code, name, name_en, position FROM domains WHERE plan = $1
			ORDER BY position, code`, plan)
	})
}

// domainByCode returns the domain that files call plan/code.
func domainByCode(tx *db.Tx, code string) (Domain, error) {
	return db.One(tx, scanDomain, `SELECT plan, code, name, name_en, position FROM domains
		WHERE plan || '/' || code = $1`, code)
}

func scanDomain(r db.Row) (d Domain, err error) {
	return d, r.Scan(&d.Plan, &d.Code, &d.Name, &d.NameEN, &d.Position)
}

const goalColumns = `g.plan, g.code, g.domain, g.text, g.text_en, g.source_title, g.source_url, g.position`

func scanGoal(r db.Row) (g Goal, err error) {
	return g, r.Scan(&g.Plan, &g.Code, &g.Domain, &g.Text, &g.TextEN, &g.SourceTitle, &g.SourceURL, &g.Position)
}

// Goals returns a plan's goals in the order of domains and goals; shared, so not to be changed.
func Goals(tx *db.Tx, plan string) ([]Goal, error) {
	return db.Remember(tx, goalsOf(plan), func(tx *db.Tx) ([]Goal, error) {
		return db.All(tx, scanGoal, `SELECT `+goalColumns+` FROM goals g
			JOIN domains d ON d.plan = g.plan AND d.code = g.domain
			WHERE g.plan = $1 ORDER BY d.position, d.code, g.position, g.code`, plan)
	})
}

// goalByCode returns the goal that files call plan/code.
func goalByCode(tx *db.Tx, code string) (Goal, error) {
	return db.One(tx, scanGoal, `SELECT `+goalColumns+` FROM goals g WHERE g.plan || '/' || g.code = $1`, code)
}

func scanGoalUnit(r db.Row) (u GoalUnit, err error) {
	return u, r.Scan(&u.Plan, &u.Goal, &u.Unit, &u.Duty, &u.since)
}

// UnitsOfPlan returns who answers for the goals of a plan on a day (today if empty), lead units first.
func UnitsOfPlan(tx *db.Tx, plan, day string) ([]GoalUnit, error) {
	now, err := db.All(tx, scanGoalUnit, `SELECT plan, goal, unit, duty, opens_on FROM goal_units WHERE plan = $1
		ORDER BY goal, duty, unit`, plan)
	if err != nil {
		return nil, err
	}
	return asOf(tx, now, day, func(u GoalUnit) bool { return u.Plan == plan })
}

// DutiesOfUnit returns the goals that a unit answers for on a day (today if empty).
func DutiesOfUnit(tx *db.Tx, unit, day string) ([]GoalUnit, error) {
	now, err := db.All(tx, scanGoalUnit, `SELECT plan, goal, unit, duty, opens_on FROM goal_units WHERE unit = $1
		ORDER BY plan, duty, goal`, unit)
	if err != nil {
		return nil, err
	}
	return asOf(tx, now, day, func(u GoalUnit) bool { return u.Unit == unit })
}

// Put adds or updates a plan and reports whether anything changed.
func Put(tx *db.Tx, p Plan) (bool, error) {
	if err := p.Validate(); err != nil {
		return false, err
	}
	old, err := ByCode(tx, p.Code)
	if err == nil && old == p || err != nil && errs.KindOf(err) != errs.Missing {
		return false, err
	}
	if err := tx.Exec(`INSERT INTO plans (code, name, name_en, kind, area_id, starts, ends, parent, status,
		source_title, source_url, note, position)
		VALUES ($1, $2, $3, $4, $5, $6, $7, NULLIF($8, ''), $9, $10, $11, $12, $13)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, kind = excluded.kind,
			area_id = excluded.area_id,
			starts = excluded.starts, ends = excluded.ends, parent = excluded.parent, status = excluded.status,
			source_title = excluded.source_title, source_url = excluded.source_url, note = excluded.note,
			position = excluded.position`,
		p.Code, p.Name, p.NameEN, p.Kind, p.AreaID, p.Starts, p.Ends, p.Parent, p.Status, p.SourceTitle,
		p.SourceURL, p.Note, p.Position); err != nil {
		return false, err
	}
	return true, findPlan(tx, p)
}

// PutDomain adds or updates a domain and reports whether anything changed.
func PutDomain(tx *db.Tx, d Domain) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO domains (plan, code, name, name_en, position) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (plan, code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
			position = excluded.position
		WHERE domains.name <> excluded.name OR domains.name_en <> excluded.name_en
		OR domains.position <> excluded.position`,
		d.Plan, d.Code, d.Name, d.NameEN, d.Position)
	return n > 0, err
}

// PutGoal adds or updates a goal and reports whether anything changed.
func PutGoal(tx *db.Tx, g Goal) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO goals (plan, code, domain, text, text_en, source_title, source_url, position)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (plan, code) DO UPDATE SET domain = excluded.domain, text = excluded.text,
			text_en = excluded.text_en,
			source_title = excluded.source_title, source_url = excluded.source_url, position = excluded.position
		WHERE goals.domain <> excluded.domain OR goals.text <> excluded.text OR goals.text_en <> excluded.text_en
			OR goals.source_title <> excluded.source_title OR goals.source_url <> excluded.source_url
			OR goals.position <> excluded.position`,
		g.Plan, g.Code, g.Domain, g.Text, g.TextEN, g.SourceTitle, g.SourceURL, g.Position)
	if err == nil && n > 0 {
		err = findGoal(tx, g)
	}
	return n > 0, err
}

// PutGoalUnit adds or updates who answers for a goal and reports whether anything changed.
func PutGoalUnit(tx *db.Tx, u GoalUnit) (bool, error) {
	if gone, err := handedOn(tx, u); gone || err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO goal_units (plan, goal, unit, duty) VALUES ($1, $2, $3, $4)
		ON CONFLICT (plan, goal, unit) DO UPDATE SET duty = excluded.duty WHERE goal_units.duty <> excluded.duty`,
		u.Plan, u.Goal, u.Unit, u.Duty)
	return n > 0, err
}
