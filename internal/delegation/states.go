package delegation

// The life of a delegation, and who takes which step.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where a delegation stands.
type State string

const (
	Active State = "active"
	Ended  State = "ended"
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead  = "delegation.read"
	VerbGive  = "delegation.give"
	VerbEnd   = "delegation.end"
	VerbLapse = "delegation.lapse"
)

// Parts that people play.
const (
	holder = "holder" // holds the post whose signing is lent
	either = "either" // lent it, or acts by it
)

var life = flow.Table{Object: "delegation", Words: words, Ends: []string{string(Ended)},
	Note: "Whoever acts holds a post of the role `acting_leader`, `acting_statistician` or `acting_liaison` from\n" +
		"`opens_on` to `closes_on`. A delegation whose lender has left the post gives nothing more; the program ends it at night.",
	Steps: []flow.Step{
		flow.Line("", VerbGive, holder, Active),
		flow.Line(Active, VerbEnd, either, Ended, flow.Rule{Needs: []string{"reason"}}),
		flow.Line(Active, VerbLapse, flow.Program, Ended),
	}}

var words = map[string]say.Key{
	string(Active): "有效", string(Ended): "委托已结束",

	VerbRead: "看代签委托", VerbGive: "委托代签", VerbEnd: "结束代签委托", VerbLapse: "代签委托到期",

	holder: "岗位本人", either: "委托人或代签人", flow.Program: "系统",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return words[string(s)] }

func (d Delegation) as(by auth.User) flow.Case {
	return flow.Case{State: string(d.State), Plays: func(part string) (auth.Post, error) {
		post, holds := by.PostFor(d.Unit, d.Role)
		switch {
		case holds && (part == holder || by.ID == d.PersonID):
			return post, nil
		case part == either && (by.ID == d.PersonID || by.ID == d.ToID) && len(by.Posts) > 0:
			return by.Posts[0], nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由%s办理。", words[part])
	}}
}
