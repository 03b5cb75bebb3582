package matter

// What units are reminded of: to receive an item, to report it done by its day. Who else is told when nothing happens,
// up to the head of the committee, the ladder says (notice/reminders.csv), and the office may change it.

import (
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

// Reminders are the items as a source of notices.
func Reminders() module.Reminder {
	return module.Reminder{Object: "item", Verbs: "item.", Due: module.Waiting(owedUntil,
		func(i Item) string { return i.ID }, Item.reminder), Of: itemsToRemind,
		Steps: []module.Ask{{Verb: VerbReceive, Part: "first", Label: "签收整改项", Ask: "请签收督办的整改项"},
			{Verb: VerbReport, Part: "first", Label: "办结整改项", Ask: "请办理督办的整改项"}}}
}

func itemsToRemind(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	var ids []string
	for _, o := range objects {
		ids = append(ids, strings.TrimPrefix(o, "item/"))
	}
	items, err := itemsByID(tx, ids)
	things := map[string]module.Due{}
	for _, i := range items {
		if things[i.Object()], err = i.reminder(tx); err != nil {
			return nil, err
		}
	}
	return things, err
}

// reminder is the item as somebody is told of it: what it waits for of its owner, and until when.
func (i Item) reminder(tx *db.Tx) (d module.Due, err error) {
	unit, err := network.UnitByCode(tx, i.Unit)
	if err != nil {
		return d, err
	}
	first, err := network.Speaks(tx, i.Unit)
	if err != nil {
		return d, err
	}
	path, err := pathOfOffice(tx, i.MatterID) // what is late climbs to the office that raised it, and its committee
	if err != nil {
		return d, err
	}
	d = module.Due{Object: i.Object(), Title: i.Text + "（" + i.Number + "）", URL: itemPage(i.ID), Unit: i.Unit,
		UnitName: unit.Name, UnitNameEN: unit.NameEN, AreaPath: path, Roles: map[string]string{"first": first}}
	switch i.State {
	case Raised:
		d.Step = VerbReceive
		at, err := i.deadline(tx)
		if err != nil {
			return d, err
		}
		if d.DueOn = i.NextOn; at != nil {
			d.DueOn = at.On
		}
	case Received, Planned, InProgress:
		d.Step, d.DueOn = VerbReport, i.NextOn
	}
	return d, nil
}
