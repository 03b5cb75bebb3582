package evaluation

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var (
	english = part.Learn(dictionary)
	verbs   = auth.Name(verbWords())
	grants  = auth.Grant(auth.Grants{
		auth.Readers: {VerbRead},
		auth.Office: {VerbDraft, VerbEdit, VerbReopen, VerbLaunch, VerbStart, VerbFinish, VerbSkip, VerbClose,
			VerbWithdraw},
		auth.CommitteeChief: {VerbApprove},
	})
)

// Module is evaluation rounds.
func Module() module.Module {
	return module.Module{Name: "evaluation", Grants: grants, Words: verbs, English: english,
		Flows: []flow.Table{life}, Routes: Routes, Places: []trail.Place{Trail()},
		Nav: []module.Nav{{Label: "评估", Group: module.GroupWork, URL: "/rounds", Verb: VerbRead, Order: 56}},
		Kinds: []find.Kind{{Code: "round", Verb: VerbRead, Name: "评估轮次", NameEN: "Evaluation rounds",
			Page: func(id string) string { return "/rounds/" + id }}},
		Reindex: Reindex, Verify: Verify,
	}
}

// Trail is the place of rounds among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "round", Page: func(id string) string { return "/rounds/" + id },
		Words: func(verb string) say.Key { return lifeWords[verb] },
		Sees:  func(tx *db.Tx, by auth.User, id string) error { _, err := Read(tx, by, id); return err },
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			r, err := Read(tx, by, id)
			if err != nil {
				return "", err
			}
			post, err := r.plays(by, organiser)
			return post.UnitName, err
		}}
}

// Reindex puts all rounds where they are found.
func Reindex(tx *db.Tx) error {
	all, err := every(tx)
	for _, r := range all {
		if err == nil && r.State != Withdrawn {
			err = r.findable(tx)
		}
	}
	return err
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	rounds, err := every(tx)
	if err != nil {
		return nil, err
	}
	rows, who := map[string]held.Row{}, map[string]held.Row{}
	for _, r := range rounds {
		row := r.row()
		who[r.Object()] = held.Row{"participants": row["participants"]}
		delete(row, "participants")
		rows[r.Object()] = row
	}
	editions, err := everyEdition(tx)
	if err != nil {
		return nil, err
	}
	schemes := map[string]held.Row{}
	for _, e := range editions {
		schemes["scheme/"+e.ID] = e.row()
	}
	for _, t := range []held.Table{
		{Name: "evaluation_rounds", Kind: "round", Begin: []string{VerbDraft}, Rows: rows},
		{Name: "round_participants", Kind: "round", Rows: who},
		{Name: "round_schemes", Kind: "scheme", Begin: []string{VerbApprove}, Rows: schemes}} {
		found, err := held.Verify(tx, t)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}
