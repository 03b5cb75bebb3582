package instruction

// Who is told that nobody did anything about an instruction: its office on the day, the leader after it, as the ladder
// says (notice/reminders.csv).

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

// Reminders are the instructions as a source of notices.
func Reminders() module.Reminder {
	return module.Reminder{Object: "instruction", Verbs: "instruction.",
		Due:   module.Waiting(runningAfter, func(i Instruction) string { return i.ID }, Instruction.reminder),
		Of:    module.Waited(Get, Instruction.reminder),
		Steps: []module.Ask{{Verb: VerbReport, Part: "first", Label: "交办批示", Ask: "请交办领导的批示"}}}
}

// reminder is what an instruction waits for: that its office does something about it.
func (i Instruction) reminder(tx *db.Tx) (d module.Due, err error) {
	unit, err := network.UnitByCode(tx, i.Office)
	if err != nil {
		return d, err
	}
	d = module.Due{Object: i.Object(), Title: i.Title, URL: i.URL(), Unit: i.Office, UnitName: unit.Name,
		UnitNameEN: unit.NameEN, AreaPath: i.AreaPath, Roles: map[string]string{"first": auth.Office}}
	followed, err := matter.BySource(tx, i.Object())
	if err != nil || len(followed) > 0 || i.State != StateRunning {
		return d, err
	}
	if d.DueOn, err = holiday.By(tx, i.WrittenOn, life.Limit(limitIdle)); d.DueOn != "" {
		d.Step = VerbReport
	}
	return d, err
}
