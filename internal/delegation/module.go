package delegation

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// What the acting roles may is granted where it is done: reports are signed, a key is made.
var grants = auth.Grant(auth.Grants{
	auth.Readers:      {VerbRead, VerbEnd},
	auth.Statistician: {VerbGive},
	auth.Leader:       {VerbGive},
	auth.Liaison:      {VerbGive},
})

var verbs = auth.Name(words)

// Module is who signs for whom.
func Module() module.Module {
	return module.Module{Name: "delegation", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail()}, Routes: Routes,
		Nav: []module.Nav{{Label: "代签委托", Group: module.GroupUnits, URL: "/delegations", Verb: VerbRead,
			Order: 45}},
		Flows: []flow.Table{life}, Verify: Verify,
		Every: []job.Every{{Name: "delegation.lapse", Label: "代签委托到期", At: "00:15",
			Run: func(tx *db.Tx, round job.Round) (string, error) { return Lapse(tx, round.Rest) }}},
	}
}

// Trail is the place of delegations among the things that have a trail; the paper that was signed can be laid to it.
func Trail() trail.Place {
	return trail.Place{Kind: "delegation", Page: func(id string) string { return "/delegations/" + id },
		Words: func(verb string) say.Key { return words[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Fields: func(*db.Tx, string) ([]trail.Field, error) {
			return []trail.Field{{Key: "paper", Name: "委托书", NameEN: "Paper of delegation"}}, nil
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			d, err := Read(tx, by, id)
			if err != nil {
				return "", err
			}
			post, err := d.as(by).Plays(either)
			return post.UnitName, err
		}}
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) {
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	rows := map[string]held.Row{}
	for _, d := range all {
		rows[d.Object()] = d.row()
	}
	return held.Verify(tx, held.Table{Name: "delegations", Kind: "delegation", Begin: []string{VerbGive}, Rows: rows})
}
