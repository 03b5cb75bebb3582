package plan

// Who answers for goals as of a day: rows of today, and those that ended. What becomes of them hold.go says.

import (
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/network"
)

// pastUnit is a row that ended.
type pastUnit struct {
	GoalUnit
	closesOn string
}

type allPast struct{}

// pastUnits are the rows that ended; shared, so not to be changed.
func pastUnits(tx *db.Tx) ([]pastUnit, error) {
	return db.Remember(tx, allPast{}, func(tx *db.Tx) ([]pastUnit, error) {
		return db.All(tx, func(r db.Row) (p pastUnit, err error) {
			return p, r.Scan(&p.Plan, &p.Goal, &p.Unit, &p.Duty, &p.since, &p.closesOn)
		}, `SELECT plan, goal, unit, duty, opens_on, closes_on FROM goal_units_past ORDER BY plan, goal, duty, unit`)
	})
}

// asOf are the rows of a day among those of today and those that ended; "" is today's.
func asOf(tx *db.Tx, now []GoalUnit, day string, which func(GoalUnit) bool) ([]GoalUnit, error) {
	if day == "" || day >= tx.Today() && !slices.ContainsFunc(now, func(u GoalUnit) bool { return u.since > day }) {
		return now, nil
	}
	past, err := pastUnits(tx)
	if err != nil {
		return nil, err
	}
	then := slices.DeleteFunc(slices.Clone(now), func(u GoalUnit) bool { return u.since > day })
	for _, p := range past {
		if p.since <= day && day < p.closesOn && which(p.GoalUnit) {
			then = append(then, p.GoalUnit)
		}
	}
	slices.SortStableFunc(then, func(a, b GoalUnit) int {
		return strings.Compare(a.Plan+"/"+a.Goal+" "+a.Duty+" "+a.Unit, b.Plan+"/"+b.Goal+" "+b.Duty+" "+b.Unit)
	})
	return then, nil
}

// endGoalUnit has a unit answer for a goal no longer from a day on.
func endGoalUnit(tx *db.Tx, u GoalUnit, day string) error {
	if err := tx.Exec(`INSERT INTO goal_units_past (plan, goal, unit, duty, opens_on, closes_on)
		VALUES ($1, $2, $3, $4, $5, $6)`, u.Plan, u.Goal, u.Unit, u.Duty, u.since, day); err != nil {
		return err
	}
	return tx.ExecOne(`DELETE FROM goal_units WHERE plan = $1 AND goal = $2 AND unit = $3`, u.Plan, u.Goal, u.Unit)
}

func beginGoalUnit(tx *db.Tx, u GoalUnit, day string) error {
	return tx.Exec(`INSERT INTO goal_units (plan, goal, unit, duty, opens_on) VALUES ($1, $2, $3, $4, $5)`,
		u.Plan, u.Goal, u.Unit, u.Duty, day)
}

// leadGoal makes a unit lead what it answers for beside another.
func leadGoal(tx *db.Tx, u GoalUnit) error {
	return tx.ExecOne(`UPDATE goal_units SET duty = 'lead' WHERE plan = $1 AND goal = $2 AND unit = $3`, u.Plan, u.Goal,
		u.Unit)
}

// handedOn says whether a unit answered for a goal once and somebody took over: a file of before changes that no more.
func handedOn(tx *db.Tx, u GoalUnit) (bool, error) {
	past, err := pastUnits(tx)
	return slices.ContainsFunc(past, func(p pastUnit) bool {
		return p.Plan == u.Plan && p.Goal == u.Goal && p.Unit == u.Unit
	}), err
}

// Leads are the units that lead the goals of a plan on a day (today if empty), by goal and as they were called then, in
// their order.
func Leads(tx *db.Tx, in, day string) (map[string][]network.Unit, error) {
	all, err := UnitsOfPlan(tx, in, day)
	if err != nil {
		return nil, err
	}
	by := map[string][]network.Unit{}
	for _, u := range all {
		if u.Duty != Lead {
			continue
		}
		unit, err := network.UnitByCode(tx, u.Unit)
		if err == nil && day != "" {
			unit, err = network.NamedOn(tx, unit, day)
		}
		if err != nil {
			return nil, err
		}
		by[u.Goal] = append(by[u.Goal], unit)
	}
	for _, units := range by {
		slices.SortFunc(units, func(a, b network.Unit) int {
			if a.Position != b.Position {
				return a.Position - b.Position
			}
			return strings.Compare(a.Code, b.Code)
		})
	}
	return by, nil
}
