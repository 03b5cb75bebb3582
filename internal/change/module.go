package change

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"adjustment.read", "post_change.read"},
	auth.Office: {VerbDraft, VerbEdit, VerbPreview, VerbEnter, VerbAssign, VerbWithdraw, VerbReport, VerbConfirm,
		VerbTakeOver, VerbDrop},
	auth.CommitteeChief: {VerbApprove, VerbTakeOver},
	auth.Leader:         {VerbReport, VerbTakeOver, VerbDrop},
	auth.Liaison:        {VerbReport, VerbTakeOver, VerbDrop},
	auth.Statistician:   {VerbTakeOver},
})

var words = auth.Name(map[string]say.Key{"adjustment.read": "看成员单位调整", VerbDraft: "拟定调整",
	VerbEdit:    "修改调整",
	VerbPreview: "预演调整", VerbApprove: "批准调整", VerbEnter: "代录批准", VerbAssign: "指定承接单位",
	VerbApply: "调整生效", verbRefuse: "调整未能生效", VerbWithdraw: "撤销调整",
	"post_change.read": "看人员变动",
	VerbReport:         "报告人员变动", VerbConfirm: "确认到岗", VerbTakeOver: "接手工作", VerbDrop: "撤回人员变动",
	VerbPlace: "调整后待接手"})

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// Module is adjustments of members. Of all modules it asks what open work somebody has to take over.
func Module(all func() module.List) module.Module {
	holds := func() []module.Hold { return all().Holds() }
	return module.Module{Name: "change", Grants: grants, Words: words, English: english, Places: []trail.Place{Trail(),
		changeTrail()},
		Routes: func(m *web.Mux) { Routes(m, all) },
		Nav: []module.Nav{
			{Label: "成员单位调整", Group: module.GroupUnits, URL: "/adjustments", Verb: "adjustment.read", Order: 62},
			{Label: "人员变动", Group: module.GroupUnits, URL: "/changes", Verb: "post_change.read", Order: 63}},
		Flows: []flow.Table{life, personLife},
		Kinds: Kinds(), Reindex: Reindex, Verify: Verify, Measures: Measures,
		Tasks: func(tx *db.Tx, by auth.User) ([]module.Task, error) { return Tasks(tx, by, holds()) },
		Every: Jobs(holds), About: About, Reminders: Reminders(),
	}
}
