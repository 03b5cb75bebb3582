package meeting

// A unit that speaks at a meeting and has handed nothing in for its item is reminded the day before. Who is told when
// is the ladder's (notice/reminders.csv).

import (
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/evidence"
	"yipanqi/internal/module"
)

// stepPaper is what such a unit is to do.
const stepPaper = "meeting.paper"

func paperReminder() module.Reminder {
	return module.Reminder{Object: "agenda", Verbs: "meeting.", Due: duePapers, Of: papersOf,
		Steps: []module.Ask{{Verb: stepPaper, Label: "交会议材料", Ask: "请交会议材料"}}}
}

// duePapers lists all at once: few meetings lie ahead at a time.
func duePapers(tx *db.Tx, until, _ string) (things []module.Due, next string, err error) {
	ahead, err := every(tx, Notified)
	for _, m := range ahead {
		if m.Day() > until {
			break
		}
		agenda, err := agendaOf(tx, m.ID)
		if err != nil {
			return nil, "", err
		}
		for _, a := range agenda {
			d, err := a.reminder(tx, m)
			if err != nil {
				return nil, "", err
			}
			if d.Step != "" {
				things = append(things, d)
			}
		}
	}
	return things, "", err
}

func papersOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	things := map[string]module.Due{}
	for _, object := range objects {
		things[object] = module.Due{Object: object}
		a, found, err := db.Maybe(agendaByID(tx, strings.TrimPrefix(object, "agenda/")))
		if err == nil && found {
			var m Meeting
			if m, err = byID(tx, a.Meeting); err == nil {
				things[object], err = a.reminder(tx, m)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return things, nil
}

// reminder is the item as its speaker's unit is told of it; without a step if it speaks for the host, or a file is in.
func (a AgendaItem) reminder(tx *db.Tx, m Meeting) (d module.Due, err error) {
	d = module.Due{Object: a.Object(), Title: m.Title + "：" + a.Title, TitleEN: m.Title + ": " + a.Title,
		URL: "/agenda/" + a.ID}
	if a.SpeakerUnit == "" || a.SpeakerUnit == m.Host || m.State != Notified {
		return d, nil
	}
	files, err := evidence.Of(tx, a.Object())
	if err != nil {
		return d, err
	}
	unit, area, err := homeOfUnit(tx, a.SpeakerUnit)
	d.Unit, d.UnitName, d.UnitNameEN, d.AreaPath = unit.Code, unit.Name, unit.NameEN, area.Path
	for _, f := range files {
		if f.Current() {
			return d, err
		}
	}
	d.Step, d.DueOn = stepPaper, m.Day()
	return d, err
}
