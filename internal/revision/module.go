package revision

// What the rest of the program knows of this module: what waits for whom and is due, what a unit has to hand on, and
// whether rows are what the journal says.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/job"
	"yipanqi/internal/module"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var (
	english = part.Learn(dictionary)
	verbs   = auth.Name(words)
	grants  = auth.Grant(auth.Grants{
		auth.Readers: {VerbRead},
		auth.Office: {VerbOpen, VerbPlan, VerbFind, VerbRegime, VerbSurvey, VerbDrop, VerbSolve, VerbDismiss, VerbLink,
			VerbUnlink, VerbDuty, VerbReport, VerbWrite, VerbConsult, VerbSettle, VerbDecide, VerbWithdraw},
		auth.Liaison:        {VerbPlan, VerbFind, VerbRegime, VerbSurvey, VerbDrop, VerbReport},
		auth.Statistician:   {VerbPlan, VerbFind, VerbRegime, VerbSurvey, VerbDrop, VerbReport},
		auth.Leader:         {VerbPlan, VerbFind, VerbRegime, VerbSurvey, VerbDrop, VerbReport},
		auth.CommitteeChief: {VerbDecide},
	})
)

// Module is the health of the indicator system and its revision.
func Module() module.Module {
	return module.Module{Name: "revision", Grants: grants, Words: verbs, English: english,
		Flows:  []flow.Table{life, lifeOfLink, lifeOfDuty, lifeOfRevision},
		Routes: Routes, Places: places(), Files: Files(),
		Nav: []module.Nav{{Label: "指标体系", Group: module.GroupData, URL: "/health", Verb: VerbRead, Order: 51}},
		Kinds: []find.Kind{{Code: "revision", Verb: VerbRead, Name: "指标体系修订", NameEN: "Revisions",
			Page: func(id string) string { return "/revisions/" + id }},
			{Code: "nodata", Verb: VerbRead, Name: "无数据登记", NameEN: "No-data records",
				Page: func(id string) string { return "/no-data/" + id }}},
		Reindex: Reindex, Tasks: Tasks, About: about, Verify: Verify, Past: CopyAt, Holds: holds(),
		Every: []job.Every{morning()},
		Reminders: []module.Reminder{{Object: "nodata", Verbs: "nodata.",
			Due: module.Waiting(recordsDue, func(r Record) string { return r.ID }, Record.reminder),
			Of:  module.Waited(byID[Record], Record.reminder),
			Steps: []module.Ask{{Verb: VerbPlan, Part: "first", Label: "填找数方案", Ask: "请填找数方案"},
				{Verb: VerbFind, Part: "first", Label: "找到数据来源", Ask: "请填找到的来源"}}}},
	}
}
