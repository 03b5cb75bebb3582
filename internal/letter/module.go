package letter

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"letter.read"},
	auth.Office: {VerbDraft, VerbEdit, VerbCheck, VerbIssue, VerbReceive, VerbRecord, VerbReturn, VerbReplace, VerbDrop,
		VerbWithdraw, VerbMark, VerbEnterCountersign, VerbEnterSign},
	auth.Leader:         {VerbCheck, VerbCountersign, VerbSign, VerbReturn, VerbReceive},
	auth.CommitteeChief: {VerbSign, VerbReturn},
	auth.Liaison:        {VerbReceive},
})

var verbWords = auth.Name(words())

func words() map[string]say.Key {
	named := map[string]say.Key{"letter.read": "看发文", VerbMark: "设置发文代字"}
	for _, s := range life.Steps {
		named[s.Verb] = lifeWords[s.Verb]
	}
	return named
}

// Module is documents that go out.
// going is what others have to do with letters about things of theirs.
func Module(secrets account.Secrets, files blob.Store, going Going) module.Module {
	return module.Module{Name: "letter", Grants: grants, Words: verbWords, English: english,
		Routes: func(m *web.Mux) { Routes(m, secrets, files, going) },
		Nav: []module.Nav{{Label: "发文", Group: module.GroupWork, URL: "/letters", Verb: "letter.read",
			Order: 45}},
		Exhibits: []module.Exhibit{{Kind: "letter", Name: "发文", Show: exhibited}},
		Flows:    []flow.Table{life}, Places: []trail.Place{Trail()},
		Parts: map[string]string{"letter_mark": "unit"},
		Kinds: kinds(), Reindex: Reindex, Verify: Verify, Measures: Measures, Tasks: Tasks,
		Reminders: []module.Reminder{reminders()}, About: about, Holds: []module.Hold{hold()},
		Signs: []module.Signing{{Path: "/letters/{id}/sign", Sign: asFrozen(Sign)},
			{Path: "/letters/{id}/countersign", Sign: asFrozen(Countersign)}},
	}
}

// asFrozen takes a step with the text of the version that is open.
func asFrozen(step func(*db.Tx, auth.User, string, string, account.Unlocked) (Letter, error)) func(*db.Tx, auth.User,
	[]string, module.Key) error {
	return func(tx *db.Tx, by auth.User, ids []string, key module.Key) error {
		l, err := Get(tx, ids[0])
		if err != nil {
			return err
		}
		v, err := VersionOf(tx, l.ID, l.Edition)
		if err != nil {
			return err
		}
		_, err = step(tx, by, l.ID, v.Digest, account.Unlocked(key))
		return err
	}
}
