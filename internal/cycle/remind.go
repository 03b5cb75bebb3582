package cycle

// That a cycle has opened, told to each unit once: it waits until the unit has begun with its first report. What is due
// afterwards is told by each report's own ladder, see package submission.

import (
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/submission"
)

// VerbFill is the step of the ladder: units begin.
const VerbFill = "cycle.fill"

// openedTo stands before the id of a cycle and the code of a unit in the object of a reminder.
const openedTo = "opened/"

func reminders() []module.Reminder {
	return []module.Reminder{{Object: "opened", Verbs: "submission.", Of: remindersOf,
		Steps: []module.Ask{{Verb: VerbFill, Part: submission.First, Label: "报表开放", Ask: "报表已经开放，请填报"}},
		Due: func(tx *db.Tx, until, _ string) (things []module.Due, _ string, err error) {
			all, err := every(tx)
			for _, c := range all {
				if err == nil && c.State == Open && c.OpenedOn <= until {
					var its []module.Due
					its, err = c.untouched(tx)
					things = append(things, its...)
				}
			}
			return things, "", err
		}}}
}

// remindersOf reads each cycle once, however many of its units are asked for.
func remindersOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	things, read := map[string]module.Due{}, map[string]Cycle{}
	for _, object := range objects {
		id, _, _ := strings.Cut(strings.TrimPrefix(object, openedTo), ".")
		c, is := read[id]
		if !is {
			var err error
			if c, err = Get(tx, id); err != nil {
				return nil, err
			}
			read[id] = c
		}
		things[object] = module.Due{Object: object, Title: c.Title, URL: c.URL(), AreaPath: c.AreaPath}
	}
	for _, c := range read {
		its, err := c.untouched(tx)
		if err != nil {
			return nil, err
		}
		for _, t := range its {
			if _, asked := things[t.Object]; asked {
				things[t.Object] = t
			}
		}
	}
	return things, nil
}

// untouched are the units that were asked and have not begun with anything.
func (c Cycle) untouched(tx *db.Tx) (things []module.Due, err error) {
	if c.State != Open {
		return nil, nil
	}
	lines, err := c.lines(tx)
	if err != nil {
		return nil, err
	}
	forms, err := c.editions(tx)
	if err != nil {
		return nil, err
	}
	begun := map[string]bool{}
	for _, l := range lines {
		begun[l.Unit] = begun[l.Unit] || l.State != submission.Draft
	}
	for _, l := range lines {
		if begun[l.Unit] {
			continue
		}
		begun[l.Unit] = true // each unit once
		things = append(things, module.Due{Object: openedTo + c.ID + "." + l.Unit, Title: c.Title, URL: c.URL(),
			Unit: l.Unit, UnitName: l.UnitName, UnitNameEN: l.UnitEN, AreaPath: l.AreaPath, Step: VerbFill,
			DueOn: c.OpenedOn, Roles: map[string]string{submission.First: forms[l.Form].Signers.First}})
	}
	return things, nil
}
