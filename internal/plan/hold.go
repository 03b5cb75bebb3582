package plan

// Goals as work that a unit has: whoever takes a unit's work over answers for its goals from that day on, and for the
// time before it still does.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Holds are the goals that units lead, and those that they answer for beside another.
func Holds() []module.Hold {
	return []module.Hold{{Kind: "goal", Label: "主要负责的目标", List: heldGoals(Lead), Move: handGoal},
		{Kind: "measure", Label: "参与负责的目标", List: heldGoals(Responsible), Move: handGoal},
		{Kind: "strategy_measure", Label: "负责的策略措施", List: heldMeasures, Move: handMeasure}}
}

// heldMeasures are the measures that a unit answers for, those it leads first.
func heldMeasures(tx *db.Tx, unit, day string) (held []module.Held, err error) {
	plans, err := List(tx)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		of, err := MeasureUnits(tx, p.Code, day)
		if err != nil {
			return nil, err
		}
		measures, err := Measures(tx, p.Code)
		if err != nil {
			return nil, err
		}
		for _, u := range of {
			at := slices.IndexFunc(measures, func(m Measure) bool { return m.Code == u.Measure })
			if u.Unit != unit || at < 0 {
				continue
			}
			m := measures[at]
			held = append(held, module.Held{Object: p.Code + "/" + m.Code, URL: "/plans/" + p.Code + "#" + m.anchor(),
				Name: say.Name{ZH: m.Code + " " + m.Text, EN: m.Code + " " + m.TextEN}})
		}
	}
	return held, nil
}

// handMeasure has another unit answer for a measure; one that answers for it already leads it if either did.
func handMeasure(tx *db.Tx, _ auth.User, object, from, to, _ string) error {
	in, measure, _ := strings.Cut(object, "/")
	all, err := MeasureUnits(tx, in, "")
	if err != nil {
		return err
	}
	of := func(unit string) int {
		return slices.IndexFunc(all, func(u MeasureUnit) bool { return u.Measure == measure && u.Unit == unit })
	}
	had, has, day := of(from), of(to), module.Since(tx)
	if had < 0 {
		return errs.Missingf("没有找到策略措施%s。", measure)
	}
	if err := endMeasureUnit(tx, all[had], day); err != nil {
		return err
	}
	duty := all[had].Duty
	if has >= 0 && (all[has].Duty == Lead || duty != Lead) {
		return nil
	}
	if has >= 0 {
		if err := endMeasureUnit(tx, all[has], day); err != nil {
			return err
		}
	}
	return beginMeasureUnit(tx, MeasureUnit{Plan: in, Measure: measure, Unit: to, Duty: duty}, day)
}

func heldGoals(duty string) func(*db.Tx, string, string) ([]module.Held, error) {
	return func(tx *db.Tx, unit, day string) (held []module.Held, err error) {
		answers, err := DutiesOfUnit(tx, unit, day)
		if err != nil {
			return nil, err
		}
		for _, a := range answers {
			if a.Duty != duty {
				continue
			}
			goals, err := Goals(tx, a.Plan)
			if err != nil {
				return nil, err
			}
			at := slices.IndexFunc(goals, func(g Goal) bool { return g.Code == a.Goal })
			if at < 0 {
				return nil, errs.Missingf("没有找到目标%s。", a.Goal)
			}
			held = append(held, module.Held{Object: a.Plan + "/" + a.Goal, URL: "/plans/" + a.Plan,
				Name: say.Name{ZH: a.Goal + " " + goals[at].Text, EN: a.Goal + " " + goals[at].TextEN}})
		}
		return held, nil
	}
}

// handGoal has another unit answer for a goal. One that answers for it already leads it if either did.
func handGoal(tx *db.Tx, _ auth.User, object, from, to, _ string) error {
	in, goal, _ := strings.Cut(object, "/")
	all, err := UnitsOfPlan(tx, in, "")
	if err != nil {
		return err
	}
	of := func(unit string) int {
		return slices.IndexFunc(all, func(u GoalUnit) bool { return u.Goal == goal && u.Unit == unit })
	}
	had, has, day := of(from), of(to), module.Since(tx)
	if had < 0 {
		return errs.Missingf("没有找到目标%s。", goal)
	}
	if err := endGoalUnit(tx, all[had], day); err != nil {
		return err
	}
	duty := all[had].Duty
	if has >= 0 && (all[has].Duty == Lead || duty != Lead) {
		return nil
	}
	if has >= 0 {
		if err := endGoalUnit(tx, all[has], day); err != nil {
			return err
		}
	}
	return beginGoalUnit(tx, GoalUnit{Plan: in, Goal: goal, Unit: to, Duty: duty}, day)
}
