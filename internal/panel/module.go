package panel

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

var grants = auth.Grant(auth.Grants{
	auth.Office:         {VerbRead, VerbPrint, VerbCall, VerbLead, VerbSign, VerbCancel},
	auth.CommitteeChief: {VerbRead, VerbPrint},
	auth.Outsider:       {VerbRead, VerbConclude},
})

var verbs = auth.Name(verbWords())

// Module is expert panels.
func Module(h House) module.Module {
	return module.Module{Name: "panel", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail()}, Routes: func(m *web.Mux) { Routes(m, h) },
		Nav: []module.Nav{{Label: "专家论证", Group: module.GroupWork, URL: "/panels", Verb: VerbRead, Order: 59}},
		Kinds: []find.Kind{{Code: "panel", Verb: VerbRead, Name: "专家论证", NameEN: "Expert panels",
			Page: func(code string) string { return "/panels/" + code }}},
		Flows: []flow.Table{life}, Reindex: Reindex, Verify: Verify, Tasks: Tasks,
		Exhibits: []module.Exhibit{{Kind: "panel", Name: "专家论证",
			Show: func(tx *db.Tx, id string, _ []string) (module.Exhibited, error) {
				p, err := Get(tx, id)
				x := module.Exhibited{Title: p.Title, URL: p.URL()}
				if p.State == Reviewing {
					x.DueOn = p.FileBy
				}
				return x, err
			}}},
		Reminders: []module.Reminder{{Object: "panel", Verbs: life.Object + ".", Steps: []module.Ask{
			{Verb: VerbConclude, Part: auth.Office, Label: "专家提意见截止", Ask: "请催请专家提完意见"}},

			Due: module.Waiting(dueUntil, func(p Panel) string { return p.ID }, Panel.reminder),
			Of:  module.Waited(Get, Panel.reminder)}},
	}
}

// Trail is the place of panels among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "panel", Page: func(id string) string { return "/panels/" + id },
		Words: func(verb string) say.Key { return lifeWords[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, _, err := Read(tx, by, id)
			return err
		},
		Fields: func(*db.Tx, string) ([]trail.Field, error) {
			return []trail.Field{{Key: fieldStatement, Name: "签名的论证意见", NameEN: "Signed statement"}}, nil
		}, Told: notice.Told("panel")}
}

// Tasks are panels that are concluded and wait for the signed statement.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbSign) {
		return nil, nil
	}
	all, err := waiting(tx, by)
	for _, p := range all {
		tasks = append(tasks, module.Task{Object: p.Object(), Name: say.Name{ZH: p.Title}, URL: p.URL(), Verb: VerbSign,
			Ask: "登记签名", State: p.State.Words(), Lamp: flow.Grey, Note: say.New(p.Conclusion.Words())})
	}
	return tasks, err
}

// reminder is what a panel waits for: that its experts file. It says nothing of who has and who has not.
func (p Panel) reminder(tx *db.Tx) (d module.Due, err error) {
	unit, err := network.UnitByCode(tx, p.Office)
	if err != nil {
		return d, err
	}
	d = module.Due{Object: p.Object(), Title: "专家论证：" + p.Title, TitleEN: "Expert panel: " + p.Title, URL: p.URL(),
		Unit: p.Office, UnitName: unit.Name, UnitNameEN: unit.NameEN, AreaPath: p.AreaPath,
		Roles: map[string]string{"first": auth.Office}}
	if p.State == Reviewing {
		d.Step, d.DueOn = VerbConclude, p.FileBy
	}
	return d, nil
}

// Reindex puts all panels where they are found.
func Reindex(tx *db.Tx) error {
	all, err := every(tx)
	for _, p := range all {
		if err == nil {
			err = p.findable(tx)
		}
	}
	return err
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) {
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	rows := map[string]held.Row{}
	for _, p := range all {
		rows[p.Object()] = p.row()
	}
	return held.Verify(tx, held.Table{Name: "panels", Kind: "panel", Begin: []string{VerbCall}, Rows: rows})
}
