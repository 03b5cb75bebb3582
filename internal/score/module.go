package score

// What the rest of the program knows of this module.

import (
	_ "embed"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

var grants = auth.Grant(auth.Grants{
	auth.Readers:  {VerbRead},
	auth.Office:   {VerbDraft, VerbFix, VerbGive},
	auth.Liaison:  {VerbGive},
	auth.Leader:   {VerbGive},
	auth.Outsider: {VerbRead, VerbGive},
})

var verbs = auth.Name(verbWords())

// Module is score sheets.
func Module(h House) module.Module {
	return module.Module{Name: "score", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail(), paperTrail()}, Routes: func(m *web.Mux) { Routes(m, h) },
		Flows: []flow.Table{life}, Parts: map[string]string{"score": "score_sheet"},
		Nav: []module.Nav{{Label: "评分表", Group: module.GroupWork, URL: "/score-sheets", Verb: VerbDraft,
			Order: 60}, {Label: "评分表", URL: "/score-sheets", Verb: engagement.VerbLook, Order: 12}},
		Verify: Verify}
}

// Trail is the place of sheets among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "score_sheet", Page: func(id string) string { return "/score-sheets/" + id },
		Words: func(verb string) say.Key { return lifeWords[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		}}
}

// paperTrail is the place of the papers from which the office enters scores: read by who reads these scores.
func paperTrail() trail.Place {
	parts := func(id string) (sheet, subject string) {
		all := append(strings.SplitN(id, "~", 3), "")
		return all[0], all[1]
	}
	return trail.Place{Kind: paperKind, Words: func(string) say.Key { return "" },
		Page: func(id string) string {
			sheet, _ := parts(id)
			return "/score-sheets/" + sheet
		},
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			sheet, subject := parts(id)
			s, err := Read(tx, by, sheet)
			if err == nil && !s.reads(by, Score{Subject: subject}) {
				err = unseen
			}
			return err
		}}
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	sheets, scores := map[string]held.Row{}, map[string]held.Row{}
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		sheets[s.Object()] = s.row()
	}
	given, err := everyScore(tx)
	if err != nil {
		return nil, err
	}
	for _, c := range given {
		scores[c.object()] = c.row()
	}
	for _, t := range []held.Table{{Name: "score_sheets", Kind: "score_sheet", Begin: []string{VerbDraft},
		Rows: sheets},
		{Name: "scores", Kind: "score", Begin: []string{VerbGive}, Rows: scores}} {
		some, err := held.Verify(tx, t)
		if err != nil {
			return nil, err
		}
		findings = append(findings, some...)
	}
	return findings, nil
}
