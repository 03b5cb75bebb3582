package instruction

// What the rest of the program knows of this module.

import (
	_ "embed"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var (
	english = part.Learn(dictionary)
	named   = auth.Name(lifeWords)
	grants  = auth.Grant(auth.Grants{
		auth.Office:         {VerbRead, VerbSubmit, VerbWrite, VerbReport, VerbWithdraw},
		auth.CommitteeChief: {VerbRead, VerbDesk, VerbWrite, VerbConfirm, VerbSatisfy, VerbFollow, VerbWithdraw},
		auth.Leader:         {VerbRead},
		auth.Liaison:        {VerbRead},
	})
)

// start leads a leader to the desk while something there waits for them.
func start(tx *db.Tx, by auth.User) (string, error) {
	if _, is := leads(by); !is {
		return "", nil
	}
	d, err := ReadDesk(tx, by)
	if err != nil || d.Waiting() == 0 {
		return "", err
	}
	return "/instructions/desk", nil
}

// Module is what leaders wrote, and what came of it.
func Module(h House) module.Module {
	return module.Module{Name: "instruction", Grants: grants, Words: named, English: english,
		Flows:  []flow.Table{life},
		Routes: func(m *web.Mux) { Routes(m, h) },
		Nav: []module.Nav{{Label: "批示", Group: module.GroupWork, URL: "/instructions", Verb: VerbRead, Order: 35},
			{Label: "批示台", URL: "/instructions/desk", Verb: VerbDesk, Order: 15}},
		Kinds: []find.Kind{{Code: "instruction", Verb: VerbRead, Name: "批示", NameEN: "Instructions",
			Page: func(id string) string { return "/instructions/" + id }}},
		Reindex: Reindex, Places: []trail.Place{Trail()}, Measures: Measures, Tasks: Tasks, About: About,
		Start:     start,
		Reminders: []module.Reminder{Reminders()},
		Verify:    func(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) { return Verify(tx) },
	}
}
