package opinion

// The life of a remark and who takes which step; what is not in the table cannot happen.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/say"
)

// State is where a remark stands.
type State string

const (
	Draft     State = "draft" // seen by its author alone
	Filed     State = "filed"
	Replied   State = "replied"
	Settled   State = "settled"
	Kept      State = "kept"
	Withdrawn State = "withdrawn"
)

// Parts that people play.
const (
	author = "author" // who wrote it
	owner  = "owner"  // works in the office whose text it is
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead     = "opinion.read"
	VerbOpen     = "opinion.open"
	VerbRevise   = "opinion.revise"
	VerbClose    = "opinion.close"
	VerbDraft    = "opinion.draft"
	VerbFile     = "opinion.file"
	VerbWithdraw = "opinion.withdraw"
	VerbReply    = "opinion.reply"
	VerbSettle   = "opinion.settle"
	VerbKeep     = "opinion.keep"
	VerbLapse    = "opinion.lapse"
)

// life is the whole state table. The limit of the author's answer is our proposal: no rule that we could read sets one.
var life = flow.Table{Object: "opinion", Words: lifeWords, Apart: apartWords,
	Ends: []string{string(Settled), string(Kept), string(Withdrawn)},
	Steps: []flow.Step{
		flow.Line("", VerbDraft, author, Draft),
		flow.Line(Draft, VerbDraft, author, Draft),
		flow.Line(Draft, VerbFile, author, Filed),
		flow.Line(Draft, VerbWithdraw, author, Withdrawn),
		flow.Line(Filed, VerbWithdraw, author, Withdrawn),
		flow.Line(Filed, VerbReply, owner, Replied, flow.Rule{Needs: []string{"verdict"}, Not: []string{VerbFile},
			Within: calendar.Within(5, calendar.WorkDays)}),
		flow.Line(Replied, VerbSettle, author, Settled),
		flow.Line(Replied, VerbKeep, author, Kept),
		flow.Line(Replied, VerbLapse, flow.Program, Settled),
	}}

var lifeWords = map[string]say.Key{
	string(Draft): "草稿", string(Filed): "待回应", string(Replied): "已回应，待本人表态", string(Settled): "同意回应",
	string(Kept): "保留意见", string(Withdrawn): "已撤回",

	VerbDraft: "起草意见", VerbFile: "提出意见", VerbWithdraw: "撤回意见", VerbReply: "回应意见",
	VerbSettle: "同意回应",
	VerbKeep:   "保留意见", VerbLapse: "到期未表态，视为同意",

	author: "提意见的人", owner: "交付文本的妇儿工委办", flow.Program: "系统",
}

var apartWords = map[string]say.Key{VerbReply: "自己提的意见不能由自己回应。请换一位同事办理。"}

// textWords are what is done with a text.
var textWords = map[string]say.Key{VerbRead: "看征求意见的文本", VerbOpen: "交付文本征求意见", VerbRevise: "修改文本",
	VerbClose: "结束征求意见", VerbFinish: "说明意见已提完", VerbPrint: "下载意见采纳表"}

// Life is the state table, for who needs all of them.
func Life() flow.Table { return life }

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

func (t Text) plays(by auth.User, o Opinion, part string) (auth.Post, error) {
	if part == owner {
		if post, ok := by.PostFor(t.Unit, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由交付文本的妇儿工委办办理。")
	}
	if o.ID != "" && o.PersonID != by.ID {
		return auth.Post{}, errs.Deniedf("只有提意见的人自己能办这一步。")
	}
	if t.through != nil || t.Purpose == Panel {
		return t.writesAs(by)
	}
	for _, p := range by.Posts {
		if (slices.Contains(t.Readers, p.Unit) || p.Unit == t.Unit) && by.Sees(p.Unit, "") {
			return p, nil
		}
	}
	return auth.Post{}, errs.Deniedf("这份文本没有交付给您的单位，不能提意见。")
}

func (t Text) as(tx *db.Tx, by auth.User, o Opinion) flow.Case {
	return flow.Case{State: string(o.State), Did: []flow.Deed{{Verb: VerbFile, PersonID: o.PersonID, Unit: o.Unit}},
		Plays: func(part string) (auth.Post, error) { return t.plays(by, o, part) },
		Fits: func(st flow.Step) error {
			if t.Closed && (st.Verb == VerbDraft || st.Verb == VerbFile) {
				return errs.Conflictf("征求意见已经结束，不能再提。")
			}
			if st.Verb == VerbDraft || st.Verb == VerbFile || st.Verb == VerbWithdraw && o.State == Filed {
				return t.said(by, tx.Today())
			}
			return nil
		}}
}

// deadline is by when the author has to say what he makes of the reply; nil in any other state.
func (o Opinion) deadline(tx *db.Tx) (*flow.Deadline, error) {
	if o.State != Replied {
		return nil, nil
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return nil, err
	}
	st, _ := life.Step(string(Filed), VerbReply)
	return st.Deadline(tx, days, o.RepliedAt)
}
