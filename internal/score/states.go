package score

// The life of a sheet and who takes which step; who scores which side.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where a version of a sheet stands.
type State string

const (
	Draft    State = "draft"
	Fixed    State = "fixed"    // scored by
	Replaced State = "replaced" // a later version is fixed; its scores stay
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead    = "score_sheet.read"
	VerbDraft   = "score_sheet.draft"
	VerbFix     = "score_sheet.fix"
	VerbReplace = "score_sheet.replace"
	VerbGive    = "score.give"
)

const office = "office" // works in the unit that keeps the sheet

var life = flow.Table{Object: "score_sheet", Words: lifeWords, Ends: []string{string(Replaced)},
	Note: "A later version is a draft of its own; when it is fixed, the one before is replaced.",
	Steps: []flow.Step{
		flow.Line("", VerbDraft, office, Draft),
		flow.Line(Draft, VerbDraft, office, Draft),
		flow.Line(Draft, VerbFix, office, Fixed),
		flow.Line(Fixed, VerbReplace, flow.Program, Replaced),
	}}

var lifeWords = map[string]say.Key{
	string(Draft): "草稿", string(Fixed): "使用中", string(Replaced): "已有新版",

	VerbRead: "看评分表", VerbDraft: "起草评分表", VerbFix: "定稿评分表", VerbReplace: "评分表换新版", VerbGive: "打分",

	office: "起草评分表的妇儿工委办", flow.Program: "系统",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

func verbWords() map[string]say.Key {
	words := map[string]say.Key{}
	for verb, word := range lifeWords {
		if strings.Contains(verb, ".") {
			words[verb] = word
		}
	}
	return words
}

var notOffice = errs.Deniedf("评分表由起草它的妇儿工委办办理。")

// followed refuses a later version of the sheet by whoever may not draft it.
func (s Sheet) followed(by auth.User) error {
	_, _, err := life.Take(VerbDraft, by, Sheet{Office: s.Office}.as(by))
	return err
}

func (s Sheet) as(by auth.User) flow.Case {
	return flow.Case{State: string(s.State), Plays: func(string) (auth.Post, error) {
		if post, ok := by.PostFor(s.Office, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, notOffice
	}}
}
