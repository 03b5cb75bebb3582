package opinion

// What the rest of the program knows of this module.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/job"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers:  {VerbRead, VerbPrint, VerbDraft, VerbFile, VerbWithdraw, VerbSettle, VerbKeep},
	auth.Office:   {VerbOpen, VerbRevise, VerbClose, VerbReply},
	auth.Outsider: {VerbRead, VerbDraft, VerbFile, VerbWithdraw, VerbSettle, VerbKeep, VerbFinish},
})

// verbs are what its verbs are called.
var verbs = auth.Name(verbWords())

func verbWords() map[string]say.Key {
	words := map[string]say.Key{}
	for _, some := range []map[string]say.Key{textWords, lifeWords} {
		for verb, word := range some {
			if strings.HasPrefix(verb, life.Object+".") {
				words[verb] = word
			}
		}
	}
	return words
}

// Module is texts laid open and the remarks on them. sees and adds say whether the user may see an object that a text
// is of, and whether they may lay one open about it.
func Module(sees, adds func(tx *db.Tx, by auth.User, object string) error) module.Module {
	return module.Module{Name: "opinion", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail()}, Routes: func(m *web.Mux) { Routes(m, sees, adds) },
		Parts: map[string]string{"opinion": "text", "edition": "text", "readers": "text", "reviewer": "text"},
		Nav:   []module.Nav{{Label: "征求意见", Group: module.GroupWork, URL: "/opinions", Verb: VerbRead, Order: 52}},
		Flows: []flow.Table{life}, Kinds: FindKinds(), Reindex: Reindex, Verify: Verify, Measures: Measures,
		Tasks:    Tasks,
		Exhibits: exhibits(),
		Blocks:   Blocks, Every: []job.Every{lapsing()},
	}
}

// Trail is the place of texts among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "text", Page: func(id string) string { return "/opinions/" + id },
		Words: func(verb string) say.Key { return textWords[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		}}
}
