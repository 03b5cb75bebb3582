package request

// What the rest of the program knows of this module.

import (
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {VerbRead},
	auth.Office: {VerbCreate, VerbEdit, VerbSend, VerbWithdraw, VerbSubstitute, VerbMerge,
		VerbReceive, VerbAnswer, VerbPrepare, VerbRecall, VerbSubmit, VerbReturn, VerbAccept},
	auth.Liaison:        {VerbReceive, VerbAnswer, VerbPrepare, VerbRecall, VerbSubmit},
	auth.Statistician:   {VerbReceive, VerbAnswer, VerbPrepare, VerbRecall, VerbSubmit},
	auth.Leader:         {VerbSubmit, VerbReturn, VerbAccept},
	auth.CommitteeChief: {VerbSubmit, VerbReturn, VerbAccept},
})

// verbs are what its verbs are called.
var verbs = auth.Name(verbWords())

func verbWords() map[string]say.Key {
	words := map[string]say.Key{VerbRead: "看征集"}
	for verb, word := range lifeWords {
		if strings.HasPrefix(verb, life.Object+".") {
			words[verb] = word
		}
	}
	return words
}

// Module is requests and their answers; loads are what units are asked for elsewhere.
func Module(secrets account.Secrets, loads func() []module.Load) module.Module {
	return module.Module{Name: "request", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail(), AnswerTrail()},
		Routes: func(m *web.Mux) { Routes(m, secrets, loads) },
		Nav:    []module.Nav{{Label: "征集", Group: module.GroupWork, URL: "/requests", Verb: VerbRead, Order: 50}},
		Flows:  []flow.Table{life}, Kinds: FindKinds(), Reindex: Reindex, Verify: Verify, Measures: Measures,
		Exhibits:  []module.Exhibit{{Kind: "request", Name: "征集的答复", Show: exhibited}},
		Tasks:     Tasks,
		Reminders: []module.Reminder{Reminders()}, Holds: []module.Hold{hold()},
		Signs: []module.Signing{{Path: "/answers/{id}/prepare", Sign: prepareSigned},
			{Path: "/answers/{id}/submit", Sign: submitSigned}},
	}
}

func prepareSigned(tx *db.Tx, by auth.User, ids []string, key module.Key) error {
	a, err := AnswerByID(tx, ids[0])
	if err == nil {
		_, err = Prepare(tx, by, a.ID, a.Version, account.Unlocked(key))
	}
	return err
}

func submitSigned(tx *db.Tx, by auth.User, ids []string, key module.Key) error {
	a, err := AnswerByID(tx, ids[0])
	if err != nil {
		return err
	}
	all, err := VersionsOf(tx, a.ID)
	if err != nil {
		return err
	}
	digest := ""
	if len(all) > 0 {
		digest = all[len(all)-1].Digest
	}
	_, err = Submit(tx, by, a.ID, a.Version, digest, account.Unlocked(key))
	return err
}
