package plan

// Steps of plans' lives and links between goals, read and put; a second time changes nothing.

import "yipanqi/internal/db"

// What db.Remember keeps.
type (
	lifeOf   string
	allLinks struct{}
)

// stepsOf are the dated steps of a plan; shared, so not to be changed.
func stepsOf(tx *db.Tx, plan string) ([]Step, error) {
	return db.Remember(tx, lifeOf(plan), func(tx *db.Tx) ([]Step, error) {
		return db.All(tx, func(r db.Row) (s Step, err error) {
			return s, r.Scan(&s.Plan, &s.State, &s.Since, &s.Note, &s.SourceTitle, &s.SourceURL)
		}, `SELECT plan, state, since, note, source_title, source_url FROM plan_steps WHERE plan = $1 ORDER BY state`,
			plan)
	})
}

// goalLinks are all links between goals; shared, so not to be changed.
func goalLinks(tx *db.Tx) ([]GoalLink, error) {
	return db.Remember(tx, allLinks{}, func(tx *db.Tx) ([]GoalLink, error) {
		return db.All(tx, func(r db.Row) (l GoalLink, err error) {
			return l, r.Scan(&l.Plan, &l.Goal, &l.BeforePlan, &l.BeforeGoal, &l.Relation, &l.Note)
		}, `SELECT plan, goal, before_plan, before_goal, relation, note FROM goal_links
			ORDER BY plan, goal, before_plan, before_goal`)
	})
}

// PutStep adds or updates a step of a plan's life and reports whether anything changed.
func PutStep(tx *db.Tx, s Step) (bool, error) {
	p, err := ByCode(tx, s.Plan)
	if err != nil {
		return false, err
	}
	others, err := stepsOf(tx, s.Plan)
	if err != nil {
		return false, err
	}
	if err := s.Validate(p, others); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO plan_steps AS s (plan, state, since, note, source_title, source_url)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (plan, state) DO UPDATE SET since = excluded.since, note = excluded.note,
			source_title = excluded.source_title, source_url = excluded.source_url
		WHERE (s.since, s.note, s.source_title, s.source_url)
			<> (excluded.since, excluded.note, excluded.source_title, excluded.source_url)`,
		s.Plan, s.State, s.Since, s.Note, s.SourceTitle, s.SourceURL)
	return n > 0, err
}

// PutLink adds or updates a link between goals and reports whether anything changed.
func PutLink(tx *db.Tx, l GoalLink) (bool, error) {
	p, err := ByCode(tx, l.Plan)
	if err != nil {
		return false, err
	}
	before, err := ByCode(tx, l.BeforePlan)
	if err != nil {
		return false, err
	}
	if err := l.Validate(p, before); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO goal_links AS l (plan, goal, before_plan, before_goal, relation, note)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (plan, goal, before_plan, before_goal) DO UPDATE SET relation = excluded.relation,
			note = excluded.note WHERE (l.relation, l.note) <> (excluded.relation, excluded.note)`,
		l.Plan, l.Goal, l.BeforePlan, l.BeforeGoal, l.Relation, l.Note)
	return n > 0, err
}
