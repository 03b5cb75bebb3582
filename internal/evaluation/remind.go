package evaluation

// Who still has to do with a round, as a source of reminders: whoever freezes a data sheet while self-evaluation goes
// on, then whoever signs it; and who looks after the reports that were due by the cutoff day and are not accepted. Who
// is told when is the ladder's (notice/reminders.csv).

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

func sheetReminder() module.Reminder {
	return module.Reminder{Object: "participant", Verbs: "sheet.",
		Due: module.Waiting(owedSheets, whose.key, whose.reminder),
		Of:  module.Waited(sheetByKey, whose.reminder),
		Steps: []module.Ask{{Verb: VerbPrepare, Part: first, Label: "核对数据表并签字", Ask: "请核对数据表并签字"},
			{Verb: VerbSign, Part: second, Label: "签数据表", Ask: "请签数据表"}}}
}

// key names a participant's sheet, whichever of its versions is the newest.
func (w whose) key() string { return w.round.ID + "." + w.who.Unit }

// owedSheets are those that are to be signed by a day, in pieces by their keys.
func owedSheets(tx *db.Tx, until, after string, most int) (all []whose, err error) {
	rounds, err := running(tx)
	if err != nil {
		return nil, err
	}
	for _, r := range rounds {
		if s, has := r.stage(Self); !has || s.State != StageRunning || s.Until > until {
			continue
		}
		for _, p := range r.Participants {
			if r.ID+"."+p.Unit <= after {
				continue
			}
			w, err := sheetOf(tx, r, p)
			if err != nil {
				return nil, err
			}
			if all = append(all, w); len(all) == most {
				return all, nil
			}
		}
	}
	return all, nil
}

func sheetByKey(tx *db.Tx, key string) (w whose, err error) {
	id, unit, _ := strings.Cut(key, ".")
	r, err := Get(tx, id)
	if err != nil {
		return w, err
	}
	p, _ := r.Participant(unit) // who no longer takes part owes nothing
	return sheetOf(tx, r, p)
}

// reminder is what the sheet waits for; one of a participant without indicators is never asked for.
func (w whose) reminder(tx *db.Tx) (d module.Due, err error) {
	d = module.Due{Object: "participant/" + w.key(), Title: w.round.Title + "数据表",
		TitleEN: "Data sheet: " + w.round.Title, URL: w.round.URL() + "/participants/" + w.who.Unit, Unit: w.who.Unit,
		Roles: map[string]string{first: auth.Statistician, second: auth.Leader}}
	s, has := w.round.stage(Self)
	if w.who.Unit == "" || w.round.State != Running || !has || s.State != StageRunning || w.State == SheetSigned {
		return d, nil
	}
	unit, err := network.UnitByCode(tx, w.who.Unit)
	if err != nil {
		return d, err
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	if err != nil {
		return d, err
	}
	d.UnitName, d.UnitNameEN, d.AreaPath = unit.Name, unit.NameEN, area.Path
	all, err := w.round.places(tx)
	if err != nil {
		return d, err
	}
	if all, err = w.round.asked(tx, w.who, all); err != nil || len(all) == 0 {
		return d, err
	}
	d.Step, d.DueOn = VerbPrepare, s.Until
	if w.State == SheetPrepared {
		d.Step = VerbSign
	}
	return d, nil
}

func adviceReminder() module.Reminder {
	return module.Reminder{Object: "recommendation", Verbs: "recommendation.",
		Due:   module.Waiting(adviceDue, func(c Recommendation) string { return c.ID }, Recommendation.reminder),
		Of:    module.Waited(getRecommendation, Recommendation.reminder),
		Steps: []module.Ask{{Verb: VerbRespond, Part: first, Label: "回应评估建议", Ask: "请回应评估建议"}}}
}

// lateReminder is the list of reports that no data sheet can use yet: it waits until the last of them is accepted, or
// the round is over.
func lateReminder() module.Reminder {
	return module.Reminder{Object: "round", Verbs: "round.",
		Due: module.Waiting(pastCutoff, func(r Round) string { return r.ID }, Round.late),
		Of:  module.Waited(Get, Round.late),
		Steps: []module.Ask{{Verb: VerbLate, Part: first, Label: "截止日后的报表",
			Ask: "数据截止日已过，请催办还没有审核通过的报表"}}}
}

// pastCutoff are the running rounds whose cutoff day is past on a day.
func pastCutoff(tx *db.Tx, until, after string, most int) ([]Round, error) {
	all, err := running(tx)
	all = slices.DeleteFunc(all, func(r Round) bool { return r.ID <= after || r.CutoffOn == "" || r.CutoffOn > until })
	return all[:min(most, len(all))], err
}

// late is whom the list waits for: the statistics unit of the last year judged, or the office that runs the round.
func (r Round) late(tx *db.Tx) (d module.Due, err error) {
	d = module.Due{Object: r.Object(), Title: r.Title + "：数据截止日前未审核通过的报表",
		TitleEN: "Reports not accepted by the cutoff: " + r.Title, URL: r.URL() + "/unaccepted", AreaPath: r.AreaPath}
	if r.State != Running || r.CutoffOn == "" {
		return d, nil
	}
	all, err := r.unaccepted(tx)
	if err != nil || len(all) == 0 {
		return d, err
	}
	lead, err := r.lead(tx)
	if err != nil {
		return d, err
	}
	code, role := r.Unit, auth.Office
	if lead != "" {
		code, role = lead, auth.Statistician
	}
	unit, err := network.UnitByCode(tx, code)
	d.Unit, d.UnitName, d.UnitNameEN, d.Roles = unit.Code, unit.Name, unit.NameEN, map[string]string{first: role}
	d.Step, d.DueOn = VerbLate, r.CutoffOn
	return d, err
}
