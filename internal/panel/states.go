package panel

// The life of a panel and who takes which step.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where a panel stands.
type State string

const (
	Reviewing State = "reviewing"
	Concluded State = "concluded"
	Signed    State = "signed"
	Cancelled State = "cancelled"
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead     = "panel.read"
	VerbPrint    = "panel.print"
	VerbCall     = "panel.call"
	VerbConclude = "panel.conclude"
	VerbLead     = "panel.lead"
	VerbSign     = "panel.sign"
	VerbCancel   = "panel.cancel"
)

// Parts that people play.
const (
	office = "office" // works in the unit that calls the panel
	head   = "head"   // the expert who heads it
)

// life is the whole state table. A panel that concludes to review again is followed by a new one on the new version.
var life = flow.Table{Object: "panel", Words: lifeWords, Ends: []string{string(Signed), string(Cancelled)},
	Steps: []flow.Step{
		flow.Line("", VerbCall, office, Reviewing),
		flow.Line(Reviewing, VerbConclude, head, Concluded, flow.Rule{Needs: []string{"conclusion"}}),
		flow.Line(Reviewing, VerbLead, office, Reviewing, flow.Rule{Needs: []string{"reason"}}),
		flow.Line(Reviewing, VerbCancel, office, Cancelled, flow.Rule{Needs: []string{"reason"}}),
		flow.Line(Concluded, VerbSign, office, Signed, flow.Rule{Needs: []string{"scan"}}),
	}}

var lifeWords = map[string]say.Key{
	string(Reviewing): "论证中", string(Concluded): "已有结论，待签名", string(Signed): "已签名",
	string(Cancelled): "已取消",

	VerbRead: "看专家论证", VerbPrint: "下载论证意见", VerbCall: "组织专家论证", VerbConclude: "作论证结论",
	VerbLead: "改任专家组组长",
	VerbSign: "登记签名的论证意见（代录）", VerbCancel: "取消专家论证",

	office: "组织论证的妇儿工委办", head: "专家组组长",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

func verbWords() map[string]say.Key {
	words := map[string]say.Key{}
	for verb, word := range lifeWords {
		if strings.HasPrefix(verb, life.Object+".") {
			words[verb] = word
		}
	}
	return words
}

// as: own is by's engagement through which they sit on the panel today; empty for who is no expert.
func (p Panel) as(by auth.User, own string) flow.Case {
	return flow.Case{State: string(p.State), Plays: func(part string) (auth.Post, error) {
		if part == head {
			if own == "" || own != p.Head || len(by.Posts) == 0 {
				return auth.Post{}, errs.Deniedf("论证结论由专家组组长作出。")
			}
			return by.Posts[0], nil
		}
		if post, ok := by.PostFor(p.Office, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由组织论证的妇儿工委办办理。")
	}}
}
