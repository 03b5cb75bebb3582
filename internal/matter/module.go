package matter

// What the rest of the program knows of this module.

import (
	_ "embed"
	"maps"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

var (
	owners = []string{VerbReceive, VerbPlan, VerbStart, VerbNote}
	heads  = []string{VerbDecline, VerbExtend, VerbReport, VerbRecheck, VerbReopen, VerbKeep, VerbReassign, VerbGrant,
		VerbRefuse}
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {VerbRead},
	auth.Office: append([]string{VerbDraft, VerbEdit, VerbRaise, VerbSource, VerbFlag, VerbMerge, VerbWithdraw,
		VerbItemAdd, VerbItemEdit, VerbItemRaise, VerbReceiveFor, VerbKeep, VerbReassign, VerbGrant, VerbRefuse,
		VerbReturn, VerbEntrust, VerbRecheck, VerbReopen, VerbSuspend, VerbResume, VerbItemMerge, VerbItemWithdraw,
		VerbUrge}, owners...),
	auth.Liaison:        append([]string{VerbRecheck}, owners...),
	auth.Statistician:   {VerbPlan, VerbStart, VerbNote, VerbRecheck},
	auth.Leader:         heads,
	auth.CommitteeChief: heads,
})

//go:embed en.json
var file []byte

var (
	english = part.Learn(file)
	verbs   = auth.Name(named())
)

// named are the words of all verbs of the module.
func named() map[string]say.Key {
	all := map[string]say.Key{VerbRead: "看督办事项"}
	maps.Copy(all, words)
	return all
}

// Module is what must be followed up.
func Module(secrets account.Secrets, files blob.Store) module.Module {
	return module.Module{Name: "matter", Grants: grants, Words: verbs, English: english, Flows: Flows(),
		Routes: func(m *web.Mux) { Routes(m, secrets, files) },
		Nav: []module.Nav{
			{Label: "今日督办", Group: module.GroupWork, URL: "/items/desk", Verb: VerbRead, Order: 33},
			{Label: "督办", Group: module.GroupWork, URL: "/matters", Verb: VerbRead, Order: 34}},
		Kinds:  []find.Kind{{Code: "matter", Verb: VerbRead, Name: "督办事项", NameEN: "Matters", Page: page}},
		Places: []trail.Place{Trail()}, Reindex: Reindex, Verify: Verify, Measures: OfYear, Tasks: Tasks,
		Sees: map[string]module.Sees{"matter": func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		}},
		About: About, Reminders: []module.Reminder{Reminders()}, Holds: []module.Hold{hold()},
		Files: Files(),
	}
}

func page(id string) string { return "/matters/" + id }
