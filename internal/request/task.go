package request

// What waits for whom: tasks of a person, reminders of what is due, and the open answers that a unit has.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// asks are the steps that an answer can wait for, and what is asked of who takes them.
var asks = map[string]say.Key{VerbReceive: "签收", VerbAnswer: "答复", VerbSubmit: "签字", VerbAccept: "审核"}

// Tasks lists what waits for the user, the most urgent first.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	open, err := openAnswers(tx, by)
	if err != nil {
		return nil, err
	}
	for _, a := range open {
		r, err := Get(tx, a.RequestID)
		if err != nil {
			return nil, err
		}
		v, err := newest(tx, a.ID)
		if err != nil {
			return nil, err
		}
		for _, st := range life.Open(by, r.answerAs(by, a, v)) {
			if asks[st.Verb] == "" || st.Verb == VerbSubmit && st.From != string(Prepared) {
				continue
			}
			due, err := a.waitsUntil(tx)
			if err != nil {
				return nil, err
			}
			unit, err := network.UnitByCode(tx, a.Unit)
			if err != nil {
				return nil, err
			}
			tasks = append(tasks, module.Task{Object: a.Object(), Name: say.Name{ZH: r.Title}, URL: a.URL(),
				Verb: st.Verb, Ask: asks[st.Verb], State: a.State.Words(), DueOn: due,
				Lamp: flow.Lamp(due, tx.Today(), flow.Near),
				Note: say.New("%s", say.Name{ZH: unit.Name, EN: unit.NameEN})})
			break
		}
	}
	return tasks, nil
}

// waitsUntil is the day by which what the answer waits for has to be done.
func (a Answer) waitsUntil(tx *db.Tx) (string, error) {
	if a.State != Submitted {
		return a.DueOn, nil
	}
	d, err := a.deadline(tx)
	if err != nil || d == nil {
		return "", err
	}
	return d.On, nil
}

// Reminders are the answers that units owe, as a source of notices.
func Reminders() module.Reminder {
	return module.Reminder{Object: "answer", Verbs: "request.", Due: dueAnswers, Of: answersOf,
		Steps: []module.Ask{{Verb: VerbSubmit, Part: "first", Label: "答复征集", Ask: "请答复征集"}}}
}

// due is an answer as somebody is told of it.
func (a Answer) due(tx *db.Tx) (d module.Due, err error) {
	r, err := Get(tx, a.RequestID)
	if err != nil {
		return d, err
	}
	unit, err := network.UnitByCode(tx, a.Unit)
	if err != nil {
		return d, err
	}
	d = module.Due{Object: a.Object(), Title: r.Title, URL: a.URL(), Unit: a.Unit, UnitName: unit.Name,
		UnitNameEN: unit.NameEN, AreaPath: a.AreaPath, Roles: map[string]string{"first": auth.Liaison}}
	if a.State.Owed() {
		d.Step, d.DueOn = VerbSubmit, a.DueOn
	}
	return d, nil
}

const duePiece = 1000

func dueAnswers(tx *db.Tx, until, from string) (things []module.Due, next string, err error) {
	day, id, _ := strings.Cut(from, " ")
	rows, err := owedUntil(tx, until, day, id, duePiece)
	for _, a := range rows {
		d, err := a.due(tx)
		if err != nil {
			return nil, "", err
		}
		things = append(things, d)
	}
	if len(rows) == duePiece {
		last := rows[len(rows)-1]
		next = last.DueOn + " " + last.ID
	}
	return things, next, err
}

func answersOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	things := map[string]module.Due{}
	for _, object := range objects {
		a, err := AnswerByID(tx, strings.TrimPrefix(object, "answer/"))
		if err != nil {
			return nil, err
		}
		if things[object], err = a.due(tx); err != nil {
			return nil, err
		}
	}
	return things, nil
}

// hold is what a unit has open here: answers that it owes, handed on with their clock and state as they are.
func hold() module.Hold {
	return module.Hold{Kind: "request", Label: "待答复的征集",
		List: func(tx *db.Tx, unit, day string) (all []module.Held, err error) {
			answers, err := owedBy(tx, unit)
			for _, a := range answers {
				r, err := Get(tx, a.RequestID)
				if err != nil {
					return nil, err
				}
				all = append(all, module.Held{Object: a.Object(), Name: say.Name{ZH: r.Title}, URL: a.URL(),
					DueOn: a.DueOn, Lamp: flow.Lamp(a.DueOn, day, flow.Near)})
			}
			return all, err
		}, Move: moveOn}
}

// moveOn hands an answer to the unit that takes over; if that one was asked as well, its own answer stands for both.
func moveOn(tx *db.Tx, by auth.User, object, from, to, basis string) error {
	a, err := AnswerByID(tx, strings.TrimPrefix(object, "answer/"))
	if err != nil || a.Unit != from || !a.State.Owed() {
		return err
	}
	unit, area, err := unitToday(tx, to)
	if err != nil {
		return err
	}
	before := a.row()
	both, err := answersToo(tx, a, unit.Code)
	if err != nil {
		return err
	}
	verb := VerbSubstitute
	if both {
		verb, a.State, a.StepAt = VerbMerge, Replaced, tx.Now
	} else {
		a.Unit, a.AreaPath = unit.Code, area.Path
	}
	a.UpdatedBy, a.UpdatedAt = by.Name, tx.Now
	if err := updateAnswer(tx, &a); err != nil {
		return err
	}
	return held.Log(tx, by, verb, a.Object(), before, a.row(),
		map[string]string{"from": from, "to": to, "basis": basis, "reason": basis})
}

// answersToo says whether a unit gives another answer to the same request.
func answersToo(tx *db.Tx, a Answer, unit string) (bool, error) {
	answers, err := Answers(tx, a.RequestID)
	for _, other := range answers {
		if other.ID != a.ID && other.Unit == unit && other.State != Replaced {
			return true, err
		}
	}
	return false, err
}
