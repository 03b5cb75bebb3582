package request

// The state table of a request and of each of its answers, and who plays which part: what is not in it cannot happen.
// A request goes from draft to sent; from there on the table is that of each answer.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/say"
)

// State is where a request or an answer stands.
type State string

const (
	Draft     State = "draft"
	Sent      State = "sent" // of an answer: nobody has received the request yet
	Open      State = "open"
	Prepared  State = "prepared" // frozen, the leader has not signed yet
	Submitted State = "submitted"
	Returned  State = "returned"
	Accepted  State = "accepted"
	Replaced  State = "replaced" // another unit that was asked as well answers in its stead
	Withdrawn State = "withdrawn"
)

// Owed says whether the unit still has to do something.
func (s State) Owed() bool { return s == Sent || s == Open || s == Prepared || s == Returned }

// Done says whether the answer came in, judged or not.
func (s State) Done() bool { return s == Submitted || s == Accepted }

// Parts that people play.
const (
	asker    = "office"   // works in the office that asks
	answerer = "liaison"  // writes for the unit that is asked
	signer   = "leader"   // leads it
	reviewer = "reviewer" // holds the post that the request names
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead       = "request.read"
	VerbCreate     = "request.create"
	VerbEdit       = "request.edit"
	VerbSend       = "request.send"
	VerbWithdraw   = "request.withdraw"
	VerbReceive    = "request.receive"
	VerbAnswer     = "request.answer"
	VerbPrepare    = "request.prepare"
	VerbRecall     = "request.recall"
	VerbSubmit     = "request.submit"
	VerbReturn     = "request.return"
	VerbAccept     = "request.accept"
	VerbSubstitute = "request.substitute"
	VerbMerge      = "request.merge"
)

var (
	reasoned = flow.Rule{Needs: []string{"reason"}}
	frozen   = flow.Rule{Needs: []string{"digest"}}
	// The limits are our proposals: no rule that we could read sets one.
	toReceive = flow.Rule{Within: calendar.Within(2, calendar.WorkDays)}
	toJudge   = flow.Rule{Needs: frozen.Needs, Within: calendar.Within(5, calendar.WorkDays)}
	submits   = flow.Rule{Needs: frozen.Needs, Within: toJudge.Within, Not: []string{VerbPrepare}}
	judged    = flow.Rule{Needs: frozen.Needs, Not: []string{VerbPrepare, VerbSubmit},
		Aside: []string{VerbPrepare, VerbSubmit}}
)

// life is the whole state table.
var life = flow.Table{Object: "request", Words: lifeWords, Apart: apartWords,
	Ends: []string{string(Accepted), string(Replaced), string(Withdrawn)},
	Steps: []flow.Step{
		flow.Line("", VerbCreate, asker, Draft),
		flow.Line(Draft, VerbEdit, asker, Draft),
		flow.Line(Draft, VerbSend, asker, Sent, toReceive),
		flow.Line(Draft, VerbWithdraw, asker, Withdrawn, reasoned),
		flow.Line(Sent, VerbReceive, answerer, Open),
		flow.Line(Open, VerbAnswer, answerer, Open),
		flow.Line(Open, VerbSubmit, answerer, Submitted, toJudge),
		flow.Line(Open, VerbPrepare, answerer, Prepared, frozen),
		flow.Line(Returned, VerbAnswer, answerer, Returned),
		flow.Line(Returned, VerbSubmit, answerer, Submitted, toJudge),
		flow.Line(Returned, VerbPrepare, answerer, Prepared, frozen),
		flow.Line(Prepared, VerbSubmit, signer, Submitted, submits),
		flow.Line(Prepared, VerbRecall, answerer, Open),
		flow.Line(Submitted, VerbReturn, reviewer, Returned, judged),
		flow.Line(Submitted, VerbAccept, reviewer, Accepted, judged),
		flow.Line(Sent, VerbSubstitute, asker, Open, reasoned),
		flow.Line(Sent, VerbMerge, asker, Replaced, reasoned),
		flow.Line(Open, VerbSubstitute, asker, Open, reasoned),
		flow.Line(Open, VerbMerge, asker, Replaced, reasoned),
		flow.Line(Returned, VerbSubstitute, asker, Open, reasoned),
		flow.Line(Returned, VerbMerge, asker, Replaced, reasoned),
		flow.Line(Sent, VerbWithdraw, asker, Withdrawn, reasoned),
		flow.Line(Open, VerbWithdraw, asker, Withdrawn, reasoned),
		flow.Line(Prepared, VerbWithdraw, asker, Withdrawn, reasoned),
		flow.Line(Submitted, VerbWithdraw, asker, Withdrawn, reasoned),
		flow.Line(Returned, VerbWithdraw, asker, Withdrawn, reasoned),
	}}

var lifeWords = map[string]say.Key{
	string(Draft): "草稿", string(Sent): "待签收", string(Open): "待答复", string(Prepared): "待领导签字",
	string(Submitted): "已答复，待审核", string(Returned): "已退回", string(Accepted): "已审核通过",
	string(Replaced): "并入他单位答复", string(Withdrawn): "已撤回",

	VerbCreate: "起草征集", VerbEdit: "修改征集", VerbSend: "发出征集", VerbWithdraw: "撤回征集",
	VerbReceive: "签收征集",
	VerbAnswer:  "填写答复", VerbPrepare: "送领导签字", VerbRecall: "撤回修改", VerbSubmit: "提交答复",
	VerbReturn: "退回答复",
	VerbAccept: "答复审核通过", VerbSubstitute: "改由他单位答复",
	VerbMerge: "并入他单位答复",

	asker: "发起征集的妇儿工委办", answerer: "答复单位联络员", signer: "答复单位负责人", reviewer: "征集指定的审核人",
}

var apartWords = map[string]say.Key{
	VerbSubmit: "送签的人不能自己签字：领导签字须由另一个人办理。",
	VerbReturn: "您或您的单位答复过，不能由您审核。请换一位审核人。",
	VerbAccept: "您或您的单位答复过，不能由您审核。请换一位审核人。",
}

// Life is the state table, for who needs all of them: limits that a city sets, docs, checks.
func Life() flow.Table { return life }

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

// RequestWords are those for the state of a request.
func (s State) RequestWords() say.Key {
	if s == Sent {
		return "已发出"
	}
	return s.Words()
}

// plays is the post in which by plays a part in the request, and in an answer if there is one; or why not.
func (r Request) plays(by auth.User, a Answer, part string) (auth.Post, error) {
	switch part {
	case asker:
		if post, ok := by.PostFor(r.Unit, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由发起征集的妇儿工委办办理。")
	case answerer:
		return oneOf(by, a.Unit, "这一步须由答复单位的联络员办理。", auth.Liaison, auth.Statistician, auth.Office)
	case signer:
		return oneOf(by, a.Unit, "这一步须由答复单位的负责人办理。", auth.Leader, auth.CommitteeChief)
	}
	return oneOf(by, r.reviewer.Unit, "这一步须由征集指定的审核人办理。", r.reviewer.Role)
}

func oneOf(by auth.User, unit string, or say.Key, roles ...string) (auth.Post, error) {
	for _, role := range roles {
		if post, ok := by.PostFor(unit, role); ok && unit != "" {
			return post, nil
		}
	}
	return auth.Post{}, errs.Deniedf(or)
}

// as is the request in its flow.
func (r Request) as(by auth.User) flow.Case {
	return flow.Case{State: string(r.State), Plays: func(part string) (auth.Post, error) {
		return r.plays(by, Answer{}, part)
	}}
}

// answerAs is an answer in its flow. v is its newest version.
func (r Request) answerAs(by auth.User, a Answer, v Version) flow.Case {
	return flow.Case{State: string(a.State), Did: v.deeds(),
		Fits: func(st flow.Step) error { return r.fits(st, a) },
		Plays: func(part string) (auth.Post, error) {
			return r.plays(by, a, part)
		}}
}

// fits refuses a step for how the request is to be signed, or for what became of it.
func (r Request) fits(st flow.Step, a Answer) error {
	switch {
	case r.State != Sent:
		return errs.Conflictf("这次征集已经撤回，不用再办。")
	case st.Verb == VerbWithdraw:
		return errs.Conflictf("撤回的是整个征集，不是一份答复。")
	case st.Verb == VerbSubmit && st.From != string(Prepared) && r.SignRule != Nobody:
		return errs.Conflictf("这次征集要求领导签字：请先送领导签字。")
	case st.Verb == VerbPrepare && r.SignRule == Nobody:
		return errs.Conflictf("这次征集不要求签字，直接提交即可。")
	}
	return nil
}

// deadline is by when the step has to be taken that an answer waits for from the other side: received, or judged.
func (a Answer) deadline(tx *db.Tx) (*flow.Deadline, error) {
	verb, from := VerbSend, Draft
	switch a.State {
	case Submitted:
		verb, from = VerbSubmit, Open
	case Sent:
	default:
		return nil, nil
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return nil, err
	}
	st, _ := life.Step(string(from), verb)
	return st.Deadline(tx, days, a.StepAt)
}
