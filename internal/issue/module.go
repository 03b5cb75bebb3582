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
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {VerbRead},
	auth.Office: {VerbPropose, VerbEdit, VerbList, VerbDrop, VerbMeet, VerbResearch, VerbReport, VerbSecond, VerbAct,
		VerbToMatter, VerbReview, VerbEase, VerbSolve, VerbCarry},
	auth.Liaison:        {VerbReport, VerbSecond, VerbReview, VerbEase},
	auth.Leader:         {VerbReport, VerbSecond, VerbReview, VerbEase},
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
func Module(sees func(tx *db.Tx, by auth.User, object string) error, kinds func() []find.Kind) module.Module {
	return module.Module{Name: "issue", Grants: grants, Words: verbs, English: english,
		Places: []trail.Place{Trail()}, Routes: func(m *web.Mux) { Routes(m, sees, kinds) },
		Nav: []module.Nav{{Label: "重难点", Group: module.GroupWork, URL: "/issues", Verb: VerbRead, Order: 54}},
		Kinds: []find.Kind{{Code: "issue", Verb: VerbRead, Name: "重难点问题", NameEN: "Key issues",
			Page: func(code string) string { return "/issues/" + code }}},
		Flows: []flow.Table{life}, Reindex: Reindex, Verify: Verify, Measures: Measures,
		Tasks: Tasks, About: about,
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

// Tasks are the issues about which nothing was done in 90 days, for who leads the committee and for the office; and
// those that wait for the yearly word in December.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Has(auth.Office) && !by.Has(auth.CommitteeChief) {
		return nil, nil
	}
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	today := tx.Today()
	for _, i := range all {
		if _, err := i.plays(by, director); err != nil {
			continue
		}
		task := module.Task{Object: i.Object(), Name: say.Name{ZH: i.Title}, URL: i.URL(), State: i.State.Words()}
		switch due := i.due(); {
		case i.State == Proposed && chief(by, i):
			task.Verb, task.Ask, task.Lamp = VerbList, "决定是否列入", flow.Grey
		case due != "" && due < today:
			task.Verb, task.Ask, task.DueOn, task.Lamp = VerbMeet, "90天没有举措，请推动", due, flow.Lamp(due, today,
				near)
		case today[5:7] == "12" && (i.State == UnderWay || i.State == Eased) && !i.reviewed(today[:4]):
			task.Verb, task.Ask, task.DueOn = VerbReview, "年度评议", today[:4]+"-12-31"
			task.Lamp = flow.Lamp(task.DueOn, today, near)
		default:
			continue
		}
		tasks = append(tasks, task)
	}
	return tasks, nil
}

func (i Issue) reviewed(year string) bool {
	for _, v := range i.Reviews {
		if v.Year == year {
			return true
		}
	}
	return false
}

// about are the issues of a unit, or of an indicator, on their pages.
func about(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbRead) || of.Kind != "unit" && of.Kind != "indicator" {
		return nil, nil
	}
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	card := module.Card{Title: "重难点问题", More: "/issues"}
	for _, i := range all {
		fits := of.Kind == "unit" && i.Sits(of.Code) && i.Unit != of.Code
		for _, code := range i.Indicators {
			fits = fits || of.Kind == "indicator" && code == of.Code
		}
		if !fits || i.State == Dropped {
			continue
		}
		if _, err := Read(tx, by, i.ID); err != nil {
			continue
		}
		card.Lines = append(card.Lines, module.Line{Object: i.Object(), Name: say.Name{ZH: i.Title}, URL: i.URL(),
			State: i.State.Words(), DueOn: i.due(), Lamp: flow.Lamp(i.due(), tx.Today(), near)})
	}
	if len(card.Lines) == 0 {
		return nil, nil
	}
	return []module.Card{card}, nil
}
