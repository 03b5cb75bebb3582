package cycle

// What the rest of the program knows of this module.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {VerbRead},
	auth.Office: {VerbPlan, VerbEdit, VerbNotify, VerbTrain, VerbOpen, VerbExtend, VerbDun, VerbExplain, VerbClose,
		VerbCompile, VerbReport, VerbPublish, VerbDrop},
	auth.Statistician: {VerbPlan, VerbEdit, VerbTrain, VerbOpen, VerbExtend, VerbExplain, VerbClose, VerbCompile,
		VerbReport, VerbPublish, VerbDrop},
})

// verbs are what its verbs are called.
var verbs = auth.Name(map[string]say.Key{VerbRead: "看监测周期"}, lifeWords)

// Module is the reporting cycles.
func Module() module.Module {
	return module.Module{Name: "cycle", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail()}, Routes: Routes,
		Nav: []module.Nav{{Label: "监测周期", Group: module.GroupData, URL: "/cycles", Verb: VerbRead, Order: 29}},
		Kinds: []find.Kind{{Code: "cycle", Verb: VerbRead, Name: "监测周期", NameEN: "Reporting cycles",
			Page: func(code string) string { return "/cycles/" + code }}},
		Flows: []flow.Table{life}, Reindex: Reindex, Verify: Verify, Measures: Measures, Tasks: Tasks, About: about,
		After: []job.After{opening()}, Reminders: reminders(),
	}
}

// Trail is the place of cycles among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "cycle", Page: func(id string) string { return "/cycles/" + id },
		Words: func(verb string) say.Key { return lifeWords[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			c, err := Read(tx, by, id)
			if err != nil {
				return "", err
			}
			post, err := c.plays(by, keeper)
			return post.UnitName, err
		}, Told: told}
}

// told: which units were reminded to begin, of the own ones unless by oversees all.
func told(tx *db.Tx, by auth.User, id string) ([]trail.Told, error) {
	c, err := Get(tx, id)
	if err != nil {
		return nil, err
	}
	var objects []string
	for _, post := range by.Posts {
		objects = append(objects, openedTo+id+"."+post.Unit)
	}
	if by.SeesAll(c.AreaPath) {
		objects = []string{openedTo + id}
	}
	return notice.Of(tx, objects...)
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) {
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	rows := map[string]held.Row{}
	for _, c := range all {
		rows[c.Object()] = c.row()
	}
	return held.Verify(tx, held.Table{Name: "cycles", Kind: "cycle", Begin: []string{VerbPlan}, Rows: rows})
}

// Tasks are the next steps of the cycles that by runs, each with the day on which it is due.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbOpen) {
		return nil, nil
	}
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if !c.runs(by) {
			continue
		}
		verb, ask, due, err := c.next(tx, by)
		if err != nil {
			return nil, err
		}
		if ask != "" {
			tasks = append(tasks, module.Task{Object: c.Object(), Name: say.Name{ZH: c.Title}, URL: c.URL(),
				State: c.State.Words(), Verb: verb, Ask: ask, DueOn: due, Lamp: flow.Lamp(due, tx.Today(), flow.Near)})
		}
	}
	return tasks, nil
}

// next is the step that a cycle waits for by to take: none while units fill in.
func (c Cycle) next(tx *db.Tx, by auth.User) (verb string, ask say.Key, due string, err error) {
	switch c.State {
	case Planned, Trained:
		if _, err := c.plays(by, office); err == nil && c.Notice == "" {
			return VerbNotify, "起草报表通知", c.OpensOn, nil
		}
		if c.State == Planned {
			return VerbTrain, "培训后登记", c.OpensOn, nil
		}
		return VerbOpen, "开放填报", c.OpensOn, nil
	case Open:
		if last := c.LastDay(); tx.Today() > last {
			return VerbClose, "核对缺报，截止填报", last, nil
		}
	case Closed:
		return VerbCompile, "审核完后汇总", "", nil
	case Compiled:
		return VerbReport, "印发监测报告后关联", "", nil
	case Reported:
		return VerbPublish, "登记发布日期", "", nil
	}
	return "", "", "", nil
}

// about is what a unit, or an area, still owes to the open cycles, on its page.
func about(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbRead) || of.Kind != "unit" && of.Kind != "area" {
		return nil, nil
	}
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	card := module.Card{Title: "监测周期", More: "/cycles"}
	for _, c := range all {
		if c.State != Open && c.State != Closed || !c.visible(by) {
			continue
		}
		lines, err := c.Lines(tx, by)
		if err != nil {
			return nil, err
		}
		var its []Line
		for _, l := range lines {
			if of.Kind == "unit" && l.Unit == of.Code || of.Kind == "area" && strings.HasPrefix(l.AreaPath, of.Path) {
				its = append(its, l)
			}
		}
		if len(its) == 0 {
			continue
		}
		n := count(its)
		due := ""
		for _, l := range missing(its) {
			if due == "" || l.DueOn < due {
				due = l.DueOn
			}
		}
		lamp := flow.Lamp(due, tx.Today(), flow.Near)
		if n.Sent == n.Owed {
			lamp = flow.Green
		}
		card.Lines = append(card.Lines, module.Line{Object: c.Object(), Name: say.Name{ZH: c.Title}, URL: c.URL(),
			State: c.State.Words(), DueOn: due, Lamp: lamp, Note: say.New("已报%d/%d份", n.Sent, n.Owed)})
	}
	if len(card.Lines) == 0 {
		return nil, nil
	}
	return []module.Card{card}, nil
}
