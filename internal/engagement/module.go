package engagement

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/job"
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
	auth.Office: {VerbRead, VerbInvite, VerbEdit, VerbStart, VerbEnd, VerbDrop, VerbContract, VerbDeliver,
		VerbSurvey, VerbAccept, VerbFinish},
	auth.CommitteeChief: {VerbRead},
	auth.Outsider:       {VerbLook, VerbDownload, VerbNote, VerbExport, VerbDeliver, VerbSurvey},
})

var verbs = auth.Name(words)

// Module is outsiders and the bodies that are hired.
func Module(h House) module.Module {
	return module.Module{Name: "engagement", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail(), thirdTrail()}, Routes: func(m *web.Mux) { Routes(m, h) },
		Nav: []module.Nav{{Label: "受聘", Group: module.GroupWork, URL: "/engagements", Verb: VerbRead, Order: 58},
			{Label: "我的受聘", URL: "/room", Verb: VerbLook, Order: 10}},
		Flows: []flow.Table{life, hiring}, Verify: Verify, Tasks: Tasks,
		Parts: map[string]string{"jotting": "engagement"},
		Every: []job.Every{{Name: "engagement.lapse", Label: "受聘到期：结束并停用账号", At: "00:10",
			Run: func(tx *db.Tx, _ job.Round) (string, error) {
				n, err := Lapse(tx)
				if n == lapsePiece {
					return "more", err
				}
				return "", err
			}}},
		Reminders: []module.Reminder{{Object: "engagement", Verbs: life.Object + ".", Steps: []module.Ask{
			{Verb: VerbEnd, Part: auth.Office, Label: "受聘到期", Ask: "受聘即将到期，请确认工作已办完"}},

			Due: module.Waiting(endingUntil, func(e Engagement) string { return e.ID }, Engagement.reminder),
			Of:  module.Waited(Get, Engagement.reminder)}},
	}
}

// Trail is the place of engagements among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "engagement", Page: func(id string) string { return "/engagements/" + id },
		Words: func(verb string) say.Key { return words[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Fields: func(*db.Tx, string) ([]trail.Field, error) {
			return []trail.Field{{Key: fieldUndertaking, Name: "承诺书", NameEN: "Undertaking"},
				{Key: fieldAppointment, Name: "聘书", NameEN: "Letter of appointment"},
				{Key: fieldRoom, Name: "给本人看的材料", NameEN: "Material for the person"}}, nil
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			e, err := Read(tx, by, id)
			if err != nil {
				return "", err
			}
			post, ok := by.PostFor(e.Office, auth.Office)
			if !ok {
				return "", notOffice
			}
			return post.UnitName, nil
		}, Told: notice.Told("engagement")}
}

func thirdTrail() trail.Place {
	return trail.Place{Kind: "third_party", Page: func(id string) string { return "/third-parties/" + id },
		Words: func(verb string) say.Key { return words[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, _, err := ReadThird(tx, by, id)
			return err
		},
		Fields: func(*db.Tx, string) ([]trail.Field, error) {
			return []trail.Field{{Key: fieldContract, Name: "合同", NameEN: "Contract"},
				{Key: fieldIndependence, Name: "独立性声明", NameEN: "Statement of independence"},
				{Key: "deliverable", Name: "成果", NameEN: "Deliverable"},
				{Key: "instrument", Name: "问卷", NameEN: "Instrument"},
				{Key: "results", Name: "问卷结果", NameEN: "Results"}}, nil
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			t, _, err := ReadThird(tx, by, id)
			if err != nil {
				return "", err
			}
			post, ok := by.PostFor(t.Office, auth.Office)
			if !ok {
				return "", notOffice
			}
			return post.UnitName, nil
		}}
}

// Tasks are engagements that the office has registered and not begun.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbStart) {
		return nil, nil
	}
	all, err := waiting(tx, by)
	for _, e := range all {
		tasks = append(tasks, module.Task{Object: e.Object(), Name: say.Name{ZH: e.Person}, URL: e.URL(),
			Verb: VerbStart, Ask: "启用受聘", State: e.State.Words(), DueOn: e.OpensOn,
			Lamp: flow.Lamp(e.OpensOn, tx.Today(), flow.Near), Note: say.New(e.Role.Words())})
	}
	return tasks, err
}

// reminder is what an engagement waits for: its last day.
func (e Engagement) reminder(tx *db.Tx) (d module.Due, err error) {
	unit, err := network.UnitByCode(tx, e.Office)
	if err != nil {
		return d, err
	}
	d = module.Due{Object: e.Object(), Title: "受聘到期：" + e.Person, TitleEN: "Engagement ends: " + e.Person,
		URL: e.URL(), Unit: e.Office, UnitName: unit.Name, UnitNameEN: unit.NameEN, AreaPath: e.AreaPath,
		Roles: map[string]string{"first": auth.Office}}
	if e.OpenOn(tx.Today()) {
		d.Step, d.DueOn = VerbEnd, e.ClosesOn
	}
	return d, nil
}

// found are the kinds of things that an engagement can name, as the search has them.
func (h House) found() (kinds []find.Kind) {
	for _, k := range h.Kinds() {
		if _, _, known := h.exhibit(k.Code + "/"); known {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	engaged, thirds, notes := map[string]held.Row{}, map[string]held.Row{}, map[string]held.Row{}
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		engaged[e.Object()] = e.row()
	}
	contracts, err := everyThird(tx)
	if err != nil {
		return nil, err
	}
	for _, t := range contracts {
		thirds[t.Object()] = t.row()
	}
	written, err := everyNote(tx)
	if err != nil {
		return nil, err
	}
	for _, n := range written {
		notes["jotting/"+n.ID] = n.row()
	}
	for _, t := range []held.Table{{Name: "engagements", Kind: "engagement", Begin: []string{VerbInvite},
		Rows: engaged},
		{Name: "third_parties", Kind: "third_party", Begin: []string{VerbContract}, Rows: thirds},
		{Name: "engagement_notes", Kind: "jotting", Begin: []string{VerbNote}, Rows: notes}} {
		some, err := held.Verify(tx, t)
		if err != nil {
			return nil, err
		}
		findings = append(findings, some...)
	}
	return findings, nil
}
