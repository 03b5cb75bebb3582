package indicator

// An indicator taken off its goals from a period on: its series stays, and a file of before does not hang it there
// again.

import (
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
