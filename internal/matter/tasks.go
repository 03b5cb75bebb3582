package matter

// What waits for whom: the next step of each item that is the user's to take, the most pressing first.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// task is an item that waits for the user, with the step that it waits for.
type task struct {
	Item   Item
	Matter Matter
	Unit   network.Unit
	Verb   string
}

// asked are the steps that an item waits for; the others somebody may take and nobody waits for.
var asked = []string{VerbKeep, VerbGrant, VerbRecheck, VerbReceive, VerbPlan, VerbStart, VerbReport}

// tasksOf are what waits for the user.
func tasksOf(tx *db.Tx, by auth.User) (tasks []task, err error) {
	found, err := itemsWith(tx, by, "owner", "lead", "office", "check")
	for _, c := range found {
		if verb := c.waitsFor(by); verb != "" {
			tasks = append(tasks, task{*c.item, *c.matter, c.unit, verb})
		}
	}
	return tasks, err
}

// itemsWith are the items that are not ended in which by's units have one of the parts, with their matters.
func itemsWith(tx *db.Tx, by auth.User, parts ...string) (found []ofItem, err error) {
	items, err := itemsOfUser(tx, by, parts)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	var ids []string
	for _, i := range items {
		ids = append(ids, i.MatterID)
	}
	matters, err := matterRows(tx, ids)
	if err != nil {
		return nil, err
	}
	for _, i := range items {
		m := matters[i.MatterID]
		unit, err := network.UnitByCode(tx, i.Unit)
		if err != nil {
			return nil, err
		}
		found = append(found, ofItem{&m, &i, unit})
	}
	return found, nil
}

// Tasks are what waits for the user, as the list of all modules has it.
func Tasks(tx *db.Tx, by auth.User) (all []module.Task, err error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	today, err := LampDay(tx)
	if err != nil {
		return nil, err
	}
	tasks, err := tasksOf(tx, by)
	for _, t := range tasks {
		one := module.Task{Object: t.Item.Object(), Name: say.Name{ZH: t.Item.Text}, URL: itemPage(t.Item.ID),
			Verb: t.Verb, Ask: words[t.Verb], State: t.Item.State.Words(), DueOn: t.Item.NextOn,
			Lamp: today.Lamp(t.Item),
			Note: say.New("%s · %s", t.Matter.Called(), say.Name{ZH: t.Unit.Name, EN: t.Unit.NameEN})}
		at, err := t.Item.deadline(tx)
		if err != nil {
			return nil, err
		}
		if at != nil {
			one.DueOn, one.Lamp = at.On, flow.Lamp(at.On, today.Day, today.soon())
		}
		all = append(all, one)
	}
	return all, err
}

// waitsFor is what the item waits for by to do, empty if nothing.
func (c ofItem) waitsFor(by auth.User) string {
	steps := c.Open(by)
	for _, verb := range asked {
		if slices.ContainsFunc(steps, func(s flow.Step) bool { return s.Verb == verb }) {
			if verb == VerbRecheck && c.item.CheckUnit != "" && !c.entrusted(by) {
				continue
			}
			return verb
		}
	}
	return ""
}

// entrusted says whether by's unit was asked to re-check.
func (c ofItem) entrusted(by auth.User) bool {
	return slices.ContainsFunc(by.Posts, func(p auth.Post) bool { return p.Unit == c.item.CheckUnit })
}
