package supervision

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var (
	english = part.Learn(dictionary)
	verbs   = auth.Name(lifeWords, findingWords)
	grants  = auth.Grant(auth.Grants{
		// whoever is in a group takes part, whatever their role
		auth.Readers: {VerbRead, VerbWatch, VerbStart, VerbNote, VerbSite, VerbDraw, VerbChoose, VerbFinish, VerbFile,
			VerbAmend, VerbConfirm, VerbDrop, VerbKeep, VerbConsent},
		auth.Office: {VerbForm, VerbEdit, VerbPlan, VerbChange, VerbNotify, VerbCancel, VerbShow, VerbAnswer, VerbDraft,
			VerbToMatter, VerbLeave, VerbCorrect, VerbDecide},
		auth.Leader:         {VerbAnswer, VerbObject, VerbDecide},
		auth.Liaison:        {VerbAnswer},
		auth.CommitteeChief: {VerbAnswer, VerbObject, VerbDecide},
		// an engaged deputy or expert writes down what they see on the visits of their own group
		auth.Outsider: {VerbRead, VerbStart, VerbNote, VerbSite, VerbFile, VerbAmend},
	})
)

// Module is groups, visits, findings and the letters that tell of them; rounds finds what they are about.
func Module(secrets account.Secrets, files blob.Store, rounds Rounds) module.Module {
	return module.Module{Name: "supervision", Grants: grants, Words: verbs, English: english,
		Flows: []flow.Table{life, findingLife, feedbackLife, objectionLife}, Routes: func(m *web.Mux) {
			Routes(m, secrets, files, rounds)
		},
		// whoever is engaged finds the visits of their group in their own room
		Nav:    []module.Nav{{Label: "督导", Group: module.GroupWork, URL: "/visits", Verb: VerbWatch, Order: 33}},
		Places: []trail.Place{Trail(), GroupTrail(), noteTrail(), findingTrail(), feedbackTrail(), objectionTrail()},
		Parts:  map[string]string{"visit_site": "visit", "random_draw": "visit"},
		Kinds:  kinds(), Reindex: Reindex, Verify: Verify, Blocks: Blocks, Issued: Issued, Tasks: Tasks, About: about,
		Measures:  Measures,
		Reminders: reminders(), Loads: Loads(),
	}
}
