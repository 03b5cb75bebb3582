package issue

// What the rest of the program knows of this module.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {VerbRead},
	auth.Office: {VerbPropose, VerbEdit, VerbList, VerbDrop, VerbMeet, VerbResearch, VerbReport, VerbSecond, VerbAct,
		VerbToMatter, VerbAim, VerbReview, VerbEase, VerbSolve, VerbCarry},
	auth.Liaison:        {VerbReport, VerbSecond, VerbAim, VerbReview, VerbEase},
	auth.Leader:         {VerbReport, VerbSecond, VerbAim, VerbReview, VerbEase},
	auth.CommitteeChief: {VerbList, VerbSolve},
})

// verbs are what its verbs are called.
var verbs = auth.Name(verbWords())

func verbWords() map[string]say.Key {
	words := map[string]say.Key{VerbRead: "看重难点问题"}
	for verb, word := range lifeWords {
		if strings.HasPrefix(verb, life.Object+".") {
			words[verb] = word
		}
	}
	return words
}

// Module is key difficult issues. sees says whether the user may see an object that an act or a decision names.
func Module(sees func(tx *db.Tx, by auth.User, object string) error, kinds func() []find.Kind,
	places Places) module.Module {
	return module.Module{Name: "issue", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail()}, Routes: func(m *web.Mux) { Routes(m, sees, kinds, places) },
		Nav: []module.Nav{{Label: "重难点", Group: module.GroupWork, URL: "/issues", Verb: VerbRead, Order: 54}},
		Kinds: []find.Kind{{Code: "issue", Verb: VerbRead, Name: "重难点问题", NameEN: "Key issues",
			Page: func(code string) string { return "/issues/" + code }}},
		Flows: []flow.Table{life}, Files: Files(), Reindex: Reindex, Verify: Verify,
		Measures: Measures,
		Tasks:    Tasks, About: about, Reminders: Reminders(),
	}
}

// Trail is the place of issues among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "issue", Page: func(id string) string { return "/issues/" + id },
		Words: func(verb string) say.Key { return lifeWords[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			i, err := Read(tx, by, id)
			if err != nil {
				return "", err
			}
			post, err := seat(by, i.Sits)
			return post.UnitName, err
		}, Told: func(tx *db.Tx, _ auth.User, id string) ([]trail.Told, error) {
			return notice.Of(tx, quiet+"/"+id, yearly+"/"+id, advising+"/"+id)
		}}
}

func findable(tx *db.Tx, i Issue) error {
	return find.Put(tx, find.Doc{Object: i.Object(), Title: i.Title, Note: i.Number,
		Scope: find.Scope{Unit: i.Unit, Path: i.AreaPath}})
}

// Reindex puts all issues where they are found.
func Reindex(tx *db.Tx) error {
	all, err := every(tx)
	for _, i := range all {
		if err == nil {
			err = findable(tx, i)
		}
	}
	return err
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	rows, units := map[string]held.Row{}, map[string]held.Row{}
	for _, i := range all {
		row := i.row()
		units[i.Object()] = held.Row{"supporting": row["supporting"]}
		delete(row, "supporting")
		rows[i.Object()] = row
	}
	for _, t := range []held.Table{{Name: "issues", Kind: "issue", Begin: []string{VerbPropose}, Rows: rows},
		{Name: "issue_units", Kind: "issue", Rows: units}} {
		found, err := held.Verify(tx, t)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}
