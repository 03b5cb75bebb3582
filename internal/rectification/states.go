package rectification

// The states of a plan and who may take which step: what is not in the table cannot happen.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where a plan stands.
type State string

const (
	Owed      State = "owed"
	Drafted   State = "drafted"
	Filed     State = "filed"
	Accepted  State = "accepted"
	Withdrawn State = "withdrawn"
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead     = "rectification.read"
	VerbAsk      = "rectification.ask"
	VerbDraft    = "rectification.draft"
	VerbFile     = "rectification.file"
	VerbReturn   = "rectification.return"
	VerbAccept   = "rectification.accept"
	VerbWithdraw = "rectification.withdraw"
	VerbMove     = "rectification.move"
)

// Parts that people play.
const (
	office = "office" // works in the unit that asks
	writer = "writer" // liaison, office or leader of the unit that owes it
	head   = "head"   // who leads the plan
)

var (
	reasoned = flow.Rule{Needs: []string{"reason"}}
	// our proposal: as long as a done report may wait for its re-check
	judged = flow.Rule{Within: calendar.Within(20, calendar.WorkDays)}
	apart  = flow.Rule{Not: []string{VerbFile}, Aside: []string{VerbFile}}
)

// life is the whole state table.
var life = flow.Table{Object: "rectification", Words: lifeWords,
	Ends:  []string{string(Accepted), string(Withdrawn)},
	Apart: map[string]say.Key{VerbAccept: "方案是您或您的单位报的，不能由您审定。"},
	Limits: []flow.Limited{ // our proposal: no rule that we could read sets one
		{Name: limitDue, Words: "要求报整改方案，没有写明期限的", Within: calendar.Within(30, calendar.Days)}},
	Steps: []flow.Step{
		flow.Line("", VerbAsk, office, Owed),
		flow.Line(Owed, VerbDraft, writer, Drafted),
		flow.Line(Drafted, VerbDraft, writer, Drafted),
		flow.Line(Drafted, VerbFile, head, Filed, judged),
		flow.Line(Filed, VerbReturn, office, Drafted, reasoned),
		flow.Line(Filed, VerbAccept, office, Accepted, apart),
		flow.Line(Owed, VerbWithdraw, office, Withdrawn, reasoned),
		flow.Line(Drafted, VerbWithdraw, office, Withdrawn, reasoned),
		flow.Line(Owed, VerbMove, flow.Program, Owed),
		flow.Line(Drafted, VerbMove, flow.Program, Drafted),
		flow.Line(Filed, VerbMove, flow.Program, Filed),
	}}

var lifeWords = map[string]say.Key{
	string(Owed): "待报送", string(Drafted): "起草中", string(Filed): "已报送，待审定", string(Accepted): "已审定",
	string(Withdrawn): "已撤回",

	VerbRead: "看整改方案", VerbAsk: "要求报送整改方案", VerbDraft: "起草整改方案", VerbFile: "审定后报送整改方案",
	VerbReturn: "退回整改方案", VerbAccept: "同意整改方案", VerbWithdraw: "不再要求整改方案",
	VerbMove: "移交整改方案", flow.Program: "系统",

	office: "要求报送的妇儿工委办", writer: "报送单位联络员、办公室或负责人", head: "方案的组长",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

func (p Plan) plays(by auth.User, part string) (auth.Post, error) {
	switch part {
	case office:
		if post, ok := by.PostFor(p.Office, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由要求报送方案的妇儿工委办办理。")
	case writer:
		if post, ok := p.writes(by); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("方案由报送单位的联络员、办公室或负责人起草。")
	}
	for _, post := range by.Posts {
		if by.ID == p.LeaderID && leads(post) && p.near(post) {
			return post, nil
		}
	}
	if p.Leader == "" {
		return auth.Post{}, errs.Deniedf("方案还没有写明组长，不能报送。")
	}
	return auth.Post{}, errs.Deniedf("方案由组长%s审定后报送。", p.Leader)
}

// writes is the post in which by writes the plan.
func (p Plan) writes(by auth.User) (auth.Post, bool) {
	at := slices.IndexFunc(by.Posts, func(post auth.Post) bool {
		return post.Unit == p.Unit && (post.Role == auth.Liaison || post.Role == auth.Office || leads(post))
	})
	if at < 0 {
		return auth.Post{}, false
	}
	return by.Posts[at], true
}

func leads(post auth.Post) bool { return post.Role == auth.Leader || post.Role == auth.CommitteeChief }

// near says whether who leads may be of a post: the unit's own, or one of its area.
func (p Plan) near(post auth.Post) bool {
	return post.Unit == p.Unit || post.AreaPath == p.AreaPath && post.Role == auth.CommitteeChief
}

func (p Plan) as(by auth.User) flow.Case {
	return flow.Case{State: string(p.State), Plays: func(part string) (auth.Post, error) { return p.plays(by, part) },
		Did: []flow.Deed{{Verb: VerbFile, PersonID: p.FilerID, Unit: p.filedFor()}}}
}

// filedFor is the unit for which it was filed.
func (p Plan) filedFor() string {
	if p.FilerID == "" {
		return ""
	}
	return p.Unit
}

// sees says whether by sees that there is the plan: the office, who oversees the area, its unit, who leads it.
func (p Plan) sees(by auth.User) bool {
	return by.Sees(p.Office, "") || by.Sees(p.Unit, p.AreaPath) || p.LeaderID != "" && by.ID == p.LeaderID
}

// reads says whether by reads what stands in it: what was not filed is its unit's alone, and its leader's.
func (p Plan) reads(by auth.User) bool {
	return !p.waits() || by.Sees(p.Unit, "") || p.LeaderID != "" && by.ID == p.LeaderID
}

// verbWords are what its verbs are called.
func verbWords() map[string]say.Key {
	words := map[string]say.Key{}
	for verb, word := range lifeWords {
		if strings.HasPrefix(verb, life.Object+".") {
			words[verb] = word
		}
	}
	return words
}
