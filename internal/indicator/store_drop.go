package indicator

// An indicator taken off its goals from a period on: its series stays, and a file of before does not hang it there
// again.

import (
	"cmp"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/period"
)

// TakeOff takes an indicator off the goals of a plan; from is the first period without it.
func TakeOff(tx *db.Tx, plan string, id int64, from period.Period) error {
	if err := tx.Exec(`INSERT INTO goal_indicators_past (plan, goal, indicator_id, from_period, position)
		SELECT plan, goal, indicator_id, $1, position FROM goal_indicators WHERE plan = $2 AND indicator_id = $3`,
		from, plan, id); err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM goal_indicators WHERE plan = $1 AND indicator_id = $2`, plan, id)
}

// takenOff says whether an indicator hung on a goal once and was taken off it.
func takenOff(tx *db.Tx, g GoalIndicator) (bool, error) {
	n, err := db.Value[int](tx, `SELECT count(*) FROM goal_indicators_past WHERE plan = $1 AND goal = $2
		AND indicator_id = $3`, g.Plan, g.Goal, g.IndicatorID)
	return n > 0, err
}

// Dropped is a place that an indicator was taken off, and the first period without it.
type Dropped struct {
	GoalIndicator
	From period.Period
}

type droppedOf string

// DroppedFrom are those of a plan, of all plans if empty; shared, so not to be changed.
func DroppedFrom(tx *db.Tx, plan string) ([]Dropped, error) {
	return db.Remember(tx, droppedOf(plan), func(tx *db.Tx) ([]Dropped, error) {
		return db.All(tx, func(r db.Row) (d Dropped, err error) {
			return d, r.Scan(&d.Plan, &d.Goal, &d.IndicatorID, &d.Position, &d.From)
		}, `SELECT plan, goal, indicator_id, position, from_period FROM goal_indicators_past WHERE $1 = '' OR plan = $1
			ORDER BY plan, goal, position, indicator_id`, plan)
	})
}

// OnGoalsIn returns what hangs on the goals of plan, of all plans if empty, as of a year, in order: what was taken off
// since is still asked of the years before.
func OnGoalsIn(tx *db.Tx, plan string, year int) ([]GoalIndicator, error) {
	on, err := OnGoals(tx, plan)
	if err != nil {
		return nil, err
	}
	dropped, err := DroppedFrom(tx, plan)
	all := slices.Clone(on)
	for _, d := range dropped {
		if d.From.Year() > year {
			all = append(all, d.GoalIndicator)
		}
	}
	slices.SortStableFunc(all, func(a, b GoalIndicator) int {
		return cmp.Or(cmp.Compare(a.Plan, b.Plan), cmp.Compare(a.Goal, b.Goal), cmp.Compare(a.Position, b.Position))
	})
	return all, err
}
