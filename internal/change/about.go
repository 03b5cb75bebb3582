package change

// What waits for whom in adjustments and changes of persons, and what pages of units and bodies say of them.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Tasks are the adjustments that wait for the user: for a leader those to approve, for the office those that could not
// be applied, or not be approved as something has no receiver yet.
func Tasks(tx *db.Tx, by auth.User, holds []module.Hold) (tasks []module.Task, err error) {
	if tasks, err = personTasks(tx, by); err != nil || !by.Can(VerbApprove) && !by.Can(VerbAssign) {
		return tasks, err
	}
	open, err := all(tx, `WHERE a.state IN ('draft', 'approved')`)
	if err != nil {
		return nil, err
	}
	for _, a := range open {
		t := module.Task{Object: a.Object(), Name: say.Name{ZH: a.Title}, URL: a.URL(), State: a.StateWords(),
			DueOn: a.EffectiveOn, Lamp: a.Lamp(tx.Today())}
		for _, s := range a.Open(by, tx.Today()) {
			one := t
			if one.Verb, one.Ask, one.Note, err = a.waits(tx, s.Verb, holds); err != nil {
				return nil, err
			}
			if one.Verb != "" {
				tasks = append(tasks, one)
			}
		}
	}
	return tasks, nil
}

// waits is what a step that somebody may take asks of them now: no verb if nothing does. A leader is not asked to
// approve what could not be approved; the office is told what it lacks.
func (a Adjustment) waits(tx *db.Tx, verb string, holds []module.Hold) (string, say.Key, say.Words, error) {
	switch {
	case verb == VerbAssign && a.Refused != "":
		return verb, "指定承接单位", say.Words{}, nil
	case verb == VerbApprove, verb == VerbEnter:
	default:
		return "", "", say.Words{}, nil
	}
	lacks, err := a.lacks(tx, holds)
	switch {
	case err != nil:
		return "", "", say.Words{}, err
	case verb == VerbApprove && lacks.Key == "":
		return verb, "批准", lacks, nil
	case verb == VerbEnter && lacks.Key != "":
		return VerbEdit, "补全后送批", lacks, nil
	}
	return "", "", say.Words{}, nil
}

// lacks is why a previewed draft could not be approved as things stand; nothing if it could.
func (a Adjustment) lacks(tx *db.Tx, holds []module.Hold) (why say.Words, err error) {
	files, err := evidence.Of(tx, a.Object())
	if err != nil {
		return why, err
	}
	if !slices.ContainsFunc(files, evidence.File.Current) {
		return errs.WordsOf(noBasis), nil
	}
	if err := a.ready(tx, holds); errs.KindOf(err) == errs.Conflict {
		return errs.WordsOf(err), nil
	} else if err != nil {
		return why, err
	}
	return why, nil
}

// personTasks are the changes of persons that wait for the user: to confirm, or to take over.
func personTasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbTakeOver) {
		return nil, nil
	}
	open, err := openChanges(tx)
	if err != nil {
		return nil, err
	}
	for _, c := range open {
		for _, s := range c.Open(by, tx.Today()) {
			if s.Verb != VerbConfirm && s.Verb != VerbTakeOver {
				continue
			}
			name, err := c.called(tx)
			if err != nil {
				return nil, err
			}
			tasks = append(tasks, module.Task{Object: c.Object(), Name: name, URL: c.URL(), Verb: s.Verb,
				Ask: personLife.Words[s.Verb], State: c.StateWords(), DueOn: c.TakeBy,
				Lamp: flow.Lamp(c.TakeBy, tx.Today(), flow.Near)})
		}
	}
	return tasks, nil
}

// called is the change in a line: unit, role and who takes it.
func (c PostChange) called(tx *db.Tx) (n say.Name, err error) {
	u, err := network.UnitByCode(tx, c.Unit)
	if err != nil {
		return n, err
	}
	roles, err := network.Labels(tx, "role")
	role := roles[c.Role]
	n.ZH = u.Name + " · " + role.Name + " · " + c.Person
	if u.NameEN != "" && role.NameEN != "" {
		n.EN = u.NameEN + " · " + role.NameEN + " · " + c.Person
	}
	return n, err
}

// About are the cards of a body and of a unit: adjustments, and changes of persons with how many were in time.
func About(tx *db.Tx, by auth.User, of module.Of) (cards []module.Card, err error) {
	if of.Path == "" {
		return nil, nil
	}
	var adjusted []Adjustment
	var people []PostChange
	switch of.Kind {
	case "unit":
		adjusted, err = touching(tx, of.Code)
	case "body":
		adjusted, err = within(tx, of.Path)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if people, err = seenChanges(tx, by); err != nil {
		return nil, err
	}
	a := module.Card{Title: "成员单位调整", More: "/adjustments"}
	for _, one := range adjusted {
		if len(a.Lines) < 3 && one.sees(by) && one.State != Withdrawn {
			a.Lines = append(a.Lines, module.Line{Object: one.Object(), Name: say.Name{ZH: one.Title}, URL: one.URL(),
				State: one.StateWords(), DueOn: one.EffectiveOn})
		}
	}
	c, all, inTime := module.Card{Title: "人员变动", More: "/changes"}, 0, 0
	if of.Kind == "unit" {
		c.More += "?unit=" + of.Code
	}
	for _, one := range people {
		if of.Kind == "unit" && one.Unit != of.Code || one.State == Dropped || one.Adjustment != "" {
			continue
		}
		if all++; !one.Late {
			inTime++
		}
		if len(c.Lines) >= 3 {
			continue
		}
		name, err := one.called(tx)
		if err != nil {
			return nil, err
		}
		l := module.Line{Object: one.Object(), Name: name, URL: one.URL(), State: one.StateWords(),
			DueOn: one.ChangedOn}
		if one.Late {
			l.Note = say.New("迟报")
		}
		c.Lines = append(c.Lines, l)
	}
	if all > 0 {
		c.Note = say.New("按期报告 %d / %d", inTime, all)
	}
	return append(cards, a, c), nil
}
