package evaluation

// The life of a round and who takes which step; what is not in the table cannot happen.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where a round stands. Stages overlap, so it says no more than this.
type State string

const (
	Draft     State = "draft"
	Approved  State = "approved"
	Running   State = "running"
	Closed    State = "closed"
	Withdrawn State = "withdrawn"
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead     = "round.read"
	VerbDraft    = "round.draft"
	VerbEdit     = "round.edit"
	VerbApprove  = "round.approve"
	VerbReopen   = "round.reopen"
	VerbLaunch   = "round.launch"
	VerbStart    = "round.start"
	VerbFinish   = "round.finish"
	VerbSkip     = "round.skip"
	VerbClose    = "round.close"
	VerbWithdraw = "round.withdraw"
	VerbAsk      = "round.ask"
	VerbClassify = "round.classify"
	VerbCompare  = "round.compare"
	VerbExplain  = "round.explain"
	VerbVoice    = "round.voice"
	VerbReport   = "round.report"
	VerbRecord   = "round.record"
	VerbMove     = "round.move"
	VerbLate     = "round.late" // of reminders: reports are still out after the cutoff day
)

// Parts that people play.
const (
	organiser = "office"   // works in the office that runs the round
	director  = "director" // leads the committee of its area
)

var reasoned = flow.Rule{Needs: []string{"reason"}}

// life is the whole state table.
var life = flow.Table{Object: "round", Words: lifeWords, Ends: []string{string(Closed), string(Withdrawn)},
	Apart: map[string]say.Key{VerbApprove: "方案是您起草的，须由妇儿工委的另一位领导审定。"},
	Steps: []flow.Step{
		flow.Line("", VerbDraft, organiser, Draft),
		flow.Line("", VerbRecord, flow.Program, Closed),
		flow.Line(Draft, VerbEdit, organiser, Draft),
		flow.Line(Draft, VerbApprove, director, Approved,
			flow.Rule{Needs: []string{"digest"}, Not: []string{VerbDraft}}),
		flow.Line(Draft, VerbWithdraw, organiser, Withdrawn, reasoned),
		flow.Line(Approved, VerbReopen, organiser, Draft, reasoned),
		flow.Line(Approved, VerbLaunch, organiser, Running),
		flow.Line(Approved, VerbWithdraw, organiser, Withdrawn, reasoned),
		flow.Line(Running, VerbStart, organiser, Running),
		flow.Line(Running, VerbFinish, organiser, Running),
		flow.Line(Running, VerbSkip, organiser, Running, reasoned),
		flow.Line(Running, VerbAsk, organiser, Running),
		flow.Line(Running, VerbExplain, organiser, Running),
		flow.Line(Running, VerbVoice, organiser, Running),
		flow.Line(Running, VerbReport, organiser, Running),
		flow.Line(Running, VerbClose, organiser, Closed),
		flow.Line(Draft, VerbMove, flow.Program, Draft),
		flow.Line(Approved, VerbMove, flow.Program, Approved),
		flow.Line(Running, VerbMove, flow.Program, Running),
	}}

var lifeWords = map[string]say.Key{
	string(Draft): "拟订中", string(Approved): "方案已审定", string(Running): "进行中",
	string(Closed): "已结束", string(Withdrawn): "已撤回",

	VerbDraft: "拟订评估", VerbEdit: "修改评估", VerbApprove: "审定评估方案", VerbReopen: "退回修改方案",
	VerbLaunch: "启动评估", VerbStart: "开始阶段", VerbFinish: "完成阶段", VerbSkip: "不开展阶段",
	VerbClose: "结束评估", VerbWithdraw: "撤回评估",

	VerbAsk: "布置自评", VerbClassify: "调整达标分类", VerbExplain: "说明分歧",
	VerbCompare: "看各方判断的对照",
	VerbVoice:   "记下第三方、专家或督导组的判断", VerbReport: "起草评估报告",
	VerbRecord: "按公开来源记录评估", VerbMove: "改由承接单位参加评估",
	VerbLate: "催办截止日后的报表", flow.Program: "系统",

	organiser: "组织评估的妇儿工委办", director: "本级妇儿工委领导",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

func (r Round) plays(by auth.User, part string) (auth.Post, error) {
	if part == organiser {
		if post, ok := by.PostFor(r.Unit, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由组织评估的妇儿工委办办理。")
	}
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool {
		return p.Role == auth.CommitteeChief && p.AreaPath == r.AreaPath
	})
	if at < 0 {
		return auth.Post{}, errs.Deniedf("方案须由本级妇儿工委领导审定。")
	}
	return by.Posts[at], nil
}

func (r Round) as(by auth.User) flow.Case {
	return flow.Case{State: string(r.State), Plays: func(part string) (auth.Post, error) { return r.plays(by, part) },
		Did: []flow.Deed{{Verb: VerbDraft, PersonID: r.CreatedBy}}, Fits: r.fits}
}

// fits refuses a step for what has become of the round's stages.
func (r Round) fits(st flow.Step) error {
	open := slices.ContainsFunc(r.Stages, func(s Stage) bool { return !s.over() })
	switch st.Verb {
	case VerbApprove:
		if missing := r.Scheme.missing(); missing != "" {
			return errs.Conflictf("方案还没有写完：缺“%s”。请先写完方案。", missing)
		}
	case VerbAsk:
		return r.ready()
	case VerbClose:
		if open {
			return errs.Conflictf("还有阶段没有完成。每个阶段都完成或注明不开展之后，才能结束评估。")
		}
	case VerbStart, VerbFinish, VerbSkip:
		if !open {
			return errs.Conflictf("所有阶段都已完成。")
		}
	}
	return nil
}

// sees says whether by sees that there is the round: who runs or oversees it, and once it is launched who takes part.
func (r Round) sees(by auth.User) bool {
	if r.owns(by) {
		return true
	}
	if r.State != Running && r.State != Closed {
		return false
	}
	return slices.ContainsFunc(r.Participants, func(p Participant) bool { return p.is(by) })
}

// is says whether by speaks for the participant or oversees its area.
func (p Participant) is(by auth.User) bool { return by.Sees(p.Unit, p.Path) }

// owns says whether by runs or oversees it, and so sees all of it.
func (r Round) owns(by auth.User) bool { return by.Sees(r.Unit, r.AreaPath) }
