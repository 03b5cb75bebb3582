package meeting

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/job"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

// Verbs that only read.
const (
	VerbRead      = "meeting.read"
	VerbTrainings = "training.read"
)

//go:embed en.json
var english []byte

var (
	hosting = []string{VerbDraft, VerbAgenda, VerbInvite, VerbNotify, VerbMove, VerbCancel, VerbArrive, VerbLeave,
		VerbHold, VerbOutcome, VerbScore, VerbMinutesDraft, VerbMinutesSend, VerbMinutesRecall, VerbDecide, VerbDrop}
	grants = auth.Grant(auth.Grants{
		auth.Readers:        {VerbRead, VerbTrainings},
		auth.Office:         append([]string{VerbReply, VerbDue, VerbFollow}, hosting...),
		auth.Liaison:        append([]string{VerbReply, VerbDue}, hosting...),
		auth.Leader:         {VerbReply, VerbDue},
		auth.CommitteeChief: {VerbReply},
	})
	words = auth.Name(map[string]say.Key{VerbRead: "看会议", VerbTrainings: "看培训"})
	_     = auth.Name(lifeWords)
	en    = learn(english)
)

// Module is meetings, decisions and training.
//
// around says what other modules have to say of a meeting, on its page.
func Module(around Around) module.Module {
	return module.Module{Name: "meeting", Grants: grants, Words: words, English: en,
		Places: []trail.Place{Trail(), papers()}, Routes: func(m *web.Mux) { Routes(m, around) },
		Nav:   []module.Nav{{Label: "会议", Group: module.GroupWork, URL: "/meetings", Verb: VerbRead, Order: 45}},
		Flows: Flows(), Kinds: found(), Reindex: Reindex, Verify: Verify, Measures: Measures,
		Tasks: Tasks, Reminders: Reminders(),
		Blocks: Blocks, About: cards, Holds: Holds(), Loads: Loads(),
		Files: append(Files(), ownFiles()...), After: []job.After{minuting()},
		Every: []job.Every{{Name: "meeting.settle", Label: "会议：纪要发出、事项办完后转入下一步", At: "06:30",
			Run: func(tx *db.Tx, _ job.Round) (string, error) {
				_, err := SettleAll(tx)
				return "", err
			}}}}
}
