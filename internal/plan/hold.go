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

// answer is that a unit answers for something, with a duty, since a day.
type answer struct{ unit, duty, since string }

// hand has another unit answer for what one did, from a day on: with the duty of the one, or the higher of both if it
// answered already. end, begin and raise write that; raise makes one that began on the day itself the lead.
func hand(all []answer, from, to, day string, end, raise func(answer) error,
	begin func(unit, duty string) error) error {
	of := func(unit string) int { return slices.IndexFunc(all, func(a answer) bool { return a.unit == unit }) }
	had, has := of(from), of(to)
	if err := end(all[had]); err != nil {
		return err
	}
	switch duty := all[had].duty; {
	case has < 0:
		return begin(to, duty)
	case all[has].duty == Lead || duty != Lead:
		return nil
	case all[has].since == day:
		return raise(all[has])
	}
	if err := end(all[has]); err != nil {
		return err
	}
	return begin(to, Lead)
}

// handMeasure has another unit answer for a measure.
func handMeasure(tx *db.Tx, _ auth.User, object, from, to, _ string) error {
	in, measure, _ := strings.Cut(object, "/")
	units, err := MeasureUnits(tx, in, "")
	if err != nil {
		return err
	}
	var all []answer
	for _, u := range units {
		if u.Measure == measure {
			all = append(all, answer{u.Unit, u.Duty, u.since})
		}
	}
	if !slices.ContainsFunc(all, func(a answer) bool { return a.unit == from }) {
		return errs.Missingf("没有找到策略措施%s。", measure)
	}
	row := func(a answer) MeasureUnit {
		return MeasureUnit{Plan: in, Measure: measure, Unit: a.unit, since: a.since}
	}
	day := module.Since(tx)
	return hand(all, from, to, day, func(a answer) error { return endMeasureUnit(tx, row(a), day) },
		func(a answer) error { return leadMeasure(tx, row(a)) },
		func(unit, duty string) error {
			return beginMeasureUnit(tx, MeasureUnit{Plan: in, Measure: measure, Unit: unit, Duty: duty}, day)
		})
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

// handGoal has another unit answer for a goal.
func handGoal(tx *db.Tx, _ auth.User, object, from, to, _ string) error {
	in, goal, _ := strings.Cut(object, "/")
	units, err := UnitsOfPlan(tx, in, "")
	if err != nil {
		return err
	}
	var all []answer
	for _, u := range units {
		if u.Goal == goal {
			all = append(all, answer{u.Unit, u.Duty, u.since})
		}
	}
	if !slices.ContainsFunc(all, func(a answer) bool { return a.unit == from }) {
		return errs.Missingf("没有找到目标%s。", goal)
	}
	row := func(a answer) GoalUnit { return GoalUnit{in, goal, a.unit, a.duty, a.since} }
	day := module.Since(tx)
	return hand(all, from, to, day, func(a answer) error { return endGoalUnit(tx, row(a), day) },
		func(a answer) error { return leadGoal(tx, row(a)) },
		func(unit, duty string) error { return beginGoalUnit(tx, row(answer{unit, duty, day}), day) })
}
