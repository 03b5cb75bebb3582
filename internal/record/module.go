package record

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/job"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

// verbs are what its verbs are called. What a step is called its register says, and the entry with it.
var verbs = auth.Name(map[string]say.Key{VerbRead: "看业务登记", VerbCreate: "新建记录", VerbSave: "修改记录",
	VerbStep: "办理记录", VerbImport: "导入记录", VerbClose: "登记结账", VerbReopen: "撤销结账",
	VerbRaise:  "转为督办事项",
	VerbOffer:  referralWords[VerbOffer],
	VerbAccept: referralWords[VerbAccept], VerbRefuse: referralWords[VerbRefuse],
	VerbWithdraw: referralWords[VerbWithdraw], VerbLapse: referralWords[VerbLapse], VerbPass: "记录移交"})

// About is what the modules say of a thing.
type About func(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error)

// Module is registers and their records. about is what other modules add to a record's page.
func Module(about About) module.Module {
	return module.Module{Name: "record", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail()}, Routes: func(m *web.Mux) { Routes(m, about) },
		Nav:   []module.Nav{{Label: "业务登记", Group: module.GroupData, URL: "/registers", Verb: VerbRead, Order: 45}},
		Flows: []flow.Table{offers}, Parts: map[string]string{"referral": "record"},
		Sees:  map[string]module.Sees{"closing": seesClosing},
		Kinds: FindKinds(), Reindex: Reindex, Verify: Verify, Tasks: Tasks, Files: Files(),
		Reminders: []module.Reminder{Reminders(), referralReminders(), quietReminders()},
		Every:     []job.Every{opening(), advancing(), quieting(), lapsing()},
		After:     []job.After{following()}, About: AboutUnit, Holds: handed(),
	}
}
