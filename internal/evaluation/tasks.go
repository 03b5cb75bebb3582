package evaluation

// What waits for whom: a scheme to approve, a round to launch, a sheet to freeze or to sign, a recommendation to
// answer;
// and the cards on the pages of units and areas.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Tasks are what waits for the user.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	rounds, err := unfinished(tx)
	if err != nil {
		return nil, err
	}
	for _, r := range rounds {
		if t, waits := r.task(by); waits {
			tasks = append(tasks, t)
		}
		some, err := r.sheetTasks(tx, by)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, some...)
	}
	if !by.Can(VerbRespond) {
		return tasks, nil
	}
	today := tx.Today()
	advice, err := waiting(tx, by)
	for _, c := range advice {
		if _, not := c.plays(by, addressee); not == nil {
			tasks = append(tasks, module.Task{Object: c.Object(), Name: say.Name{ZH: c.What}, URL: c.URL(),
				Verb: VerbRespond, Ask: "回应评估建议", State: c.State.Words(), DueOn: c.AnswerBy, Lamp: c.Lamp(today)})
		}
	}
	return tasks, err
}

// task is the next step of a round that waits for the user.
func (r Round) task(by auth.User) (t module.Task, waits bool) {
	t = module.Task{Object: r.Object(), Name: say.Name{ZH: r.Title}, URL: r.URL(), State: r.State.Words(),
		Lamp: flow.Grey, Note: say.New("评估")}
	for _, st := range life.Open(by, r.as(by)) {
		switch st.Verb {
		case VerbApprove:
			t.Verb, t.Ask = st.Verb, "审定评估方案"
		case VerbLaunch:
			t.Verb, t.Ask = st.Verb, "启动评估"
		case VerbClose:
			t.Verb, t.Ask = st.Verb, "结束评估"
		}
	}
	return t, t.Verb != ""
}

// sheetTasks are the sheets of a running round that wait for the user, while self-evaluation goes on.
func (r Round) sheetTasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	s, has := r.stage(Self)
	if r.State != Running || !has || s.State != StageRunning {
		return nil, nil
	}
	for _, p := range r.Participants {
		if !by.Sees(p.Unit, "") {
			continue
		}
		w, err := sheetOf(tx, r, p)
		if err != nil {
			return nil, err
		}
		unit, err := network.UnitByCode(tx, p.Unit)
		if err != nil {
			return nil, err
		}
		t := module.Task{Object: r.Object(), Name: say.Name{ZH: r.Title}, URL: r.URL() + "/participants/" + p.Unit,
			State: w.State.Words(), DueOn: s.Until, Lamp: flow.Lamp(s.Until, tx.Today(), flow.Near),
			Note: say.New("%s", say.Name{ZH: unit.Name, EN: unit.NameEN})}
		for _, st := range sheetLife.Open(by, w.as(by)) {
			switch st.Verb {
			case VerbPrepare:
				t.Verb, t.Ask = st.Verb, "核对数据表并签字"
			case VerbSign:
				t.Verb, t.Ask = st.Verb, "签数据表"
			}
		}
		if t.Verb != "" {
			tasks = append(tasks, t)
		}
	}
	return tasks, nil
}

// about are the rounds in which a unit or an area takes part, on its page; on a leader's desk those of the own area.
func about(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbRead) || of.Kind != "unit" && of.Kind != "area" && of.Kind != "desk" {
		return nil, nil
	}
	rounds, err := running(tx)
	card := module.Card{Title: "评估", More: "/rounds?state=running"}
	for _, r := range rounds {
		at := slices.IndexFunc(r.Participants, func(p Participant) bool {
			return of.Kind == "unit" && p.Unit == of.Code || of.Kind == "area" && p.Area == of.Code
		})
		mine := of.Kind == "desk" && r.AreaPath == of.Path || of.Kind == "unit" && r.Unit == of.Code
		if at < 0 && !mine || !r.sees(by) {
			continue
		}
		line := module.Line{Object: r.Object(), Name: say.Name{ZH: r.Title}, URL: r.URL(), State: r.State.Words()}
		if at >= 0 && (r.owns(by) || r.Participants[at].is(by)) {
			line.URL += "/participants/" + r.Participants[at].Unit
		}
		if now := r.Now(); len(now) > 0 {
			line.Note, line.DueOn = say.New("%s", say.Name{ZH: now[0].Title}), now[0].Until
			line.Lamp = flow.Lamp(line.DueOn, tx.Today(), flow.Near)
		}
		card.Lines = append(card.Lines, line)
	}
	if len(card.Lines) == 0 {
		return nil, err
	}
	return []module.Card{card}, err
}

// reminder is what a recommendation waits for: that its addressee answers.
func (c Recommendation) reminder(tx *db.Tx) (d module.Due, err error) {
	unit, err := network.UnitByCode(tx, c.Unit)
	if err != nil {
		return d, err
	}
	d = module.Due{Object: c.Object(), Title: "评估建议：" + c.What, TitleEN: "Recommendation: " + c.What, URL: c.URL(),
		Unit: c.Unit, UnitName: unit.Name, UnitNameEN: unit.NameEN, AreaPath: c.AreaPath,
		Roles: map[string]string{"first": auth.Leader}}
	if c.State == Made {
		d.Step, d.DueOn = VerbRespond, c.AnswerBy
	}
	return d, nil
}
