package evaluation

// Units that take part in a round and whose people owe a training are reminded of it before the first answer is
// written. Who is told when is the ladder's (notice/reminders.csv).

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/meeting"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// stepTraining is what such a unit is to do.
const stepTraining = "training.attend"

func trainingReminder() module.Reminder {
	return module.Reminder{Object: "untrained", Verbs: "meeting.", Due: dueTrainings, Of: trainingsOf,
		Steps: []module.Ask{{Verb: stepTraining, Part: first, Label: "评估前参加应训的培训",
			Ask: "评估开始前，请安排没有培训的人参加培训"}}}
}

// dueTrainings lists all at once: few rounds are about to begin.
func dueTrainings(tx *db.Tx, until, _ string) (things []module.Due, next string, err error) {
	rounds, err := unfinished(tx)
	for _, r := range rounds {
		if begins := r.begins(); begins == "" || begins > until {
			continue
		}
		for _, p := range r.Participants {
			d, err := r.untrained(tx, p.Unit)
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

func trainingsOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	things := map[string]module.Due{}
	for _, object := range objects {
		id, unit, _ := strings.Cut(strings.TrimPrefix(object, "untrained/"), ".")
		r, err := Get(tx, id)
		if err != nil {
			return nil, err
		}
		things[object] = module.Due{Object: object}
		if _, takesPart := r.Participant(unit); !takesPart {
			continue
		}
		if things[object], err = r.untrained(tx, unit); err != nil {
			return nil, err
		}
	}
	return things, nil
}

// begins is the day on which units begin to answer; none where they do not, or the round is not approved.
func (r Round) begins() string {
	s, has := r.stage(Self)
	if !has || s.State != StageWaiting || r.State != Approved && r.State != Running {
		return ""
	}
	return s.From
}

// untrained is a unit of the round as it is told of its people; without a step if all are trained.
func (r Round) untrained(tx *db.Tx, code string) (d module.Due, err error) {
	owing, err := meeting.UntrainedIn(tx, code)
	if err != nil {
		return d, err
	}
	unit, err := network.UnitByCode(tx, code)
	if err != nil {
		return d, err
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	title := say.New("%s：%d人未培训", r.Title, len(owing))
	d = module.Due{Object: "untrained/" + r.ID + "." + code, Title: title.String(), TitleEN: r.Title,
		URL: "/trainings", Unit: code, UnitName: unit.Name, UnitNameEN: unit.NameEN, AreaPath: area.Path,
		Roles: map[string]string{first: auth.Liaison}}
	if len(owing) > 0 && r.begins() != "" {
		d.Step, d.DueOn = stepTraining, r.begins()
	}
	return d, err
}
