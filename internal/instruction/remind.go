package instruction

// Who is told that nobody did anything about an instruction: its office on the day, the leader after it, as the ladder
// says (notice/reminders.csv).

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

// Reminders are the instructions as a source of notices.
func Reminders() module.Reminder {
	return module.Reminder{Object: "instruction", Verbs: "instruction.", Due: dueOnes, Of: ofObjects,
		Steps: []module.Ask{{Verb: VerbReport, Part: "first", Label: "交办批示", Ask: "请交办领导的批示"}}}
}

const duePiece = 500

func dueOnes(tx *db.Tx, until, from string) (things []module.Due, next string, err error) {
	rows, err := runningAfter(tx, from, duePiece)
	if err != nil {
		return nil, "", err
	}
	for _, i := range rows {
		d, err := i.reminder(tx)
		if err != nil {
			return nil, "", err
		}
		if d.Step != "" && d.DueOn <= until {
			things = append(things, d)
		}
	}
	if len(rows) == duePiece {
		next = rows[len(rows)-1].ID
	}
	return things, next, nil
}

func ofObjects(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	things := map[string]module.Due{}
	for _, object := range objects {
		i, err := Get(tx, strings.TrimPrefix(object, "instruction/"))
		if err != nil {
			return nil, err
		}
		if things[object], err = i.reminder(tx); err != nil {
			return nil, err
		}
	}
	return things, nil
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
	written, ok := calendar.Start(i.WrittenOn)
	if !ok {
		return d, nil
	}
	at, err := holiday.Due(tx, written, idleAfter)
	d.Step, d.DueOn = VerbReport, at.On
	return d, err
}
