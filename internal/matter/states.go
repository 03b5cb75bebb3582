package matter

// The state tables of matters and of their items: what is not in them cannot happen. docs/states.md is made from them.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where a matter or an item stands.
type State string

const (
	InDraft    State = "draft"
	Raised     State = "raised"
	Received   State = "received"
	Declined   State = "declined" // the office has to decide
	Planned    State = "planned"
	InProgress State = "in_progress"
	Reported   State = "reported" // done, says its owner
	Closed     State = "closed"
	Suspended  State = "suspended"
	Merged     State = "merged"
	Withdrawn  State = "withdrawn"

	Before State = "before" // stands for the state that an item was suspended in
	Judged State = "judged" // stands for what a re-check comes to
)

// Parts that people play.
const (
	Office   = "office"   // works in the unit that raised the matter
	Liaison  = "liaison"  // of the owner
	Handler  = "handler"  // named at receipt, or the owner's liaison
	Leader   = "leader"   // of the owner
	Reporter = "reporter" // leads the owner or the lead unit
	Checker  = "checker"  // somebody else, of another unit
	Decider  = "decider"  // the office; its director once it was often asked
	Reopener = "reopener" // the office, the owner's leader, the committee's
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead = "matter.read"

	VerbDraft    = "matter.draft"
	VerbEdit     = "matter.edit"
	VerbRaise    = "matter.raise"
	VerbSource   = "matter.source"
	VerbFlag     = "matter.flag"
	VerbMerge    = "matter.merge"
	VerbWithdraw = "matter.withdraw"
	VerbMove     = "matter.move"

	VerbItemAdd      = "item.add"
	VerbItemEdit     = "item.edit"
	VerbItemRaise    = "item.raise"
	VerbReceive      = "item.receive"
	VerbReceiveFor   = "item.receive_for" // 代签收: it was received on paper
	VerbDecline      = "item.decline"
	VerbKeep         = "item.keep"
	VerbReassign     = "item.reassign"
	VerbPlan         = "item.plan"
	VerbStart        = "item.start"
	VerbNote         = "item.note"
	VerbExtend       = "item.extend"
	VerbGrant        = "item.grant"
	VerbRefuse       = "item.refuse"
	VerbReport       = "item.report"
	VerbReturn       = "item.return"
	VerbEntrust      = "item.entrust"
	VerbRecheck      = "item.recheck"
	VerbReopen       = "item.reopen"
	VerbSuspend      = "item.suspend"
	VerbResume       = "item.resume"
	VerbItemMerge    = "item.merge"
	VerbItemWithdraw = "item.withdraw"
	VerbItemMove     = "item.move"
	VerbUrge         = "item.urge"
	VerbAdopt        = "item.adopt" // its plan was accepted
)

// Our proposals, but for those of SEEN practice in the specification; an installation may set its own.
var (
	reasoned = flow.Rule{Needs: []string{"reason"}}
	toDecide = flow.Rule{Needs: []string{"reason"}, Within: calendar.Within(3, calendar.WorkDays)}
	checked  = flow.Rule{Needs: []string{"judgement", "way", "on", "looked_at", "reason"}, Not: []string{VerbReport},
		Aside: []string{VerbReport}}
)

func within(n int, needs ...string) flow.Rule {
	return flow.Rule{Within: calendar.Within(n, calendar.WorkDays), Needs: needs}
}

// life is the state table of matters.
var life = flow.Table{Object: "matter", Words: words, Limits: limits,
	Ends: []string{string(Raised), string(Merged), string(Withdrawn)},
	Steps: []flow.Step{
		flow.Line("", VerbDraft, Office, InDraft),
		flow.Line(InDraft, VerbEdit, Office, InDraft),
		flow.Line(InDraft, VerbRaise, Office, Raised),
		flow.Line(InDraft, VerbWithdraw, Office, Withdrawn, reasoned),
		flow.Line(InDraft, VerbSource, Office, InDraft),
		flow.Line(Raised, VerbSource, Office, Raised),
		flow.Line(Raised, VerbFlag, Office, Raised),
		flow.Line(Raised, VerbMove, flow.Program, Raised),
		flow.Line(Raised, VerbMerge, Office, Merged, reasoned),
		flow.Line(Raised, VerbWithdraw, Office, Withdrawn, reasoned),
	}}

// itemLife is the state table of items.
var itemLife = flow.Table{Object: "item", Words: words, Apart: apart,
	Ends: []string{string(Closed), string(Merged), string(Withdrawn)},
	Either: map[string][]string{string(Judged): {string(Closed), string(InProgress)},
		string(Before): texts(open)},
	Steps: slices.Concat([]flow.Step{
		flow.Line("", VerbItemAdd, Office, InDraft),
		flow.Line(InDraft, VerbItemEdit, Office, InDraft),
		flow.Line(InDraft, VerbItemRaise, Office, Raised, within(2)),
		flow.Line(InDraft, VerbItemWithdraw, Office, Withdrawn, reasoned),
		flow.Line(Raised, VerbReceive, Liaison, Received, within(10, "responsible", "handler")),
		flow.Line(Raised, VerbReceiveFor, Office, Received, within(10, "responsible", "handler", "paper")),
		flow.Line(Raised, VerbDecline, Leader, Declined, toDecide),
		flow.Line(Received, VerbDecline, Leader, Declined, toDecide),
		flow.Line(Declined, VerbKeep, Decider, Raised, reasoned),
		flow.Line(Declined, VerbReassign, Decider, Raised, reasoned),
		flow.Line(Received, VerbPlan, Handler, Planned, flow.Rule{Needs: []string{"cause"}}),
		flow.Line(Received, VerbStart, Handler, InProgress),
		flow.Line(Planned, VerbStart, Handler, InProgress),
		flow.Line(Planned, VerbNote, Handler, InProgress, flow.Rule{Needs: []string{"note"}}),
		flow.Line(InProgress, VerbNote, Handler, InProgress, flow.Rule{Needs: []string{"note"}}),
		flow.Line(InProgress, VerbExtend, Leader, InProgress, toDecide),
		flow.Line(InProgress, VerbGrant, Decider, InProgress),
		flow.Line(InProgress, VerbRefuse, Decider, InProgress, reasoned),
		flow.Line(InProgress, VerbReport, Reporter, Reported, within(20, "result")),
		flow.Line(Reported, VerbReturn, Office, InProgress, reasoned),
		flow.Line(Reported, VerbEntrust, Office, Reported),
		flow.Line(Reported, VerbRecheck, Checker, Judged, checked),
		flow.Line(Closed, VerbReopen, Reopener, InProgress, reasoned),
		flow.Line(Suspended, VerbResume, Office, Before),
		flow.Line(Received, VerbAdopt, flow.Program, Planned),
		flow.Line(Planned, VerbAdopt, flow.Program, Planned),
		flow.Line(InProgress, VerbAdopt, flow.Program, InProgress),
	}, staying(VerbUrge, Office, running), staying(VerbItemMove, flow.Program, unfinished),
		fromOpen(VerbSuspend, Suspended, open), fromOpen(VerbItemMerge, Merged, unfinished),
		fromOpen(VerbItemWithdraw, Withdrawn, unfinished))}

// open are the states in which something is left to do, but for suspension.
var open = []State{Raised, Received, Declined, Planned, InProgress, Reported}

// unfinished are those with suspension.
var unfinished = append(open[:len(open):len(open)], Suspended)

func fromOpen(verb string, to State, from []State) (steps []flow.Step) {
	for _, state := range from {
		steps = append(steps, flow.Line(state, verb, Office, to, reasoned))
	}
	return steps
}

// staying are steps that leave an item where it is.
func staying(verb, who string, in []State) (steps []flow.Step) {
	for _, state := range in {
		steps = append(steps, flow.Line(state, verb, who, state))
	}
	return steps
}

func texts(states []State) (all []string) {
	for _, s := range states {
		all = append(all, string(s))
	}
	return all
}

var words = map[string]say.Key{
	string(InDraft): "草稿", string(Raised): "已交办", string(Received): "已签收", string(Declined): "已退办，待裁定",
	string(Planned): "已定措施", string(InProgress): "办理中", string(Reported): "已报办结，待复核",
	string(Closed): "已销号", string(Suspended): "已暂停", string(Merged): "已合并", string(Withdrawn): "已撤销",

	VerbDraft: "起草督办事项", VerbEdit: "修改草稿", VerbRaise: "交办", VerbSource: "增加来源", VerbFlag: "加标记",
	VerbMerge: "合并", VerbWithdraw: "撤销督办",
	VerbItemAdd: "起草整改项", VerbItemEdit: "修改整改项草稿", VerbItemRaise: "交办整改项", VerbReceive: "签收",
	VerbReceiveFor: "代签收",
	VerbDecline:    "退办", VerbKeep: "维持交办", VerbReassign: "改由别的单位承办", VerbPlan: "定措施",
	VerbStart: "开始办理", VerbNote: "填进展", VerbExtend: "申请延期", VerbGrant: "批准延期",
	VerbRefuse: "不准延期", VerbReport: "报办结",
	VerbReturn: "退回补充", VerbEntrust: "请别的单位复核", VerbRecheck: "复核", VerbReopen: "重新督办",
	VerbSuspend: "暂停", VerbResume: "恢复", VerbItemMerge: "并入别的事项", VerbItemWithdraw: "撤销整改项",
	VerbAdopt: "整改方案审定，措施列入", VerbItemMove: "移交整改项", VerbMove: "移交牵头", VerbUrge: "催办",
	flow.Program: "系统",

	Office: "交办的妇儿工委办", Liaison: "承办单位联络员", Handler: "经办人", Leader: "承办单位负责人",
	Reporter: "承办或牵头单位负责人", Checker: "承办单位以外的复核人", Decider: "妇儿工委办，多次之后是其负责人",
	Reopener: "妇儿工委办或单位、委员会负责人",
}

var apart = map[string]say.Key{
	VerbRecheck: "办结是您或您的单位报的，不能由您复核。请交办的妇儿工委办、委员会负责人或请来的别的单位复核。",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return words[string(s)] }

// Flows are the state tables, for docs and checks.
func Flows() []flow.Table { return []flow.Table{life, itemLife} }

// plays is the post in which by plays a part in an item, or says why not.
func (c ofItem) plays(by auth.User, part string) (auth.Post, error) {
	i, m := c.item, c.matter
	switch part {
	case Office:
		if post, ok := by.PostFor(m.Office, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由交办的妇儿工委办办理。")
	case Decider:
		if i.Declines > often && i.State == Declined || i.Extensions >= often && i.WantedDue != "" {
			return m.directs(by)
		}
		return c.plays(by, Office)
	case Liaison, Handler:
		for _, p := range by.Posts {
			if p.Unit == i.Unit && (p.Role == auth.Liaison || p.Role == auth.Office ||
				part == Handler && i.HandlerID == by.ID) {
				return p, nil
			}
		}
		return auth.Post{}, errs.Deniedf("这一步须由承办单位（%s）的联络员或经办人办理。", c.unit.Name)
	case Leader, Reporter:
		for _, p := range by.Posts {
			if (p.Unit == i.Unit || part == Reporter && p.Unit == m.Lead) &&
				(p.Role == auth.Leader || p.Role == auth.CommitteeChief) {
				return p, nil
			}
		}
		return auth.Post{}, errs.Deniedf("这一步须由承办单位（%s）的负责人办理。", c.unit.Name)
	case Checker:
		return c.checks(by)
	case Reopener:
		if post, err := c.plays(by, Office); err == nil {
			return post, nil
		}
		if post, ok := chief(by, m.AreaPath); ok {
			return post, nil
		}
		return c.plays(by, Leader)
	}
	return auth.Post{}, nil
}

// often is how many times the office decides by itself; then its director does.
const often = 2

// directs is the post of the office's director, or of a leader of the committee above.
func (m Matter) directs(by auth.User) (auth.Post, error) {
	if post, ok := by.PostFor(m.Office, auth.Leader); ok {
		return post, nil
	}
	if post, ok := chief(by, m.AreaPath); ok {
		return post, nil
	}
	return auth.Post{}, errs.Deniedf("已是第三次，须由妇儿工委办负责人或委员会负责人决定。")
}

func chief(by auth.User, path string) (auth.Post, bool) {
	for _, p := range by.Posts {
		if p.Role == auth.CommitteeChief && by.SeesAll(path) && len(p.AreaPath) <= len(path) {
			return p, true
		}
	}
	return auth.Post{}, false
}

const (
	ownWork  = "自己单位办的事不能自己复核。请交办的妇儿工委办、委员会负责人或请来的别的单位复核。"
	notAsked = "复核由交办的妇儿工委办、委员会负责人或请来复核的别的单位办理。"
)

// checks is the post in which by may re-check: never one of the owner's people.
func (c ofItem) checks(by auth.User) (auth.Post, error) {
	i, m := c.item, c.matter
	if slices.ContainsFunc(by.Posts, func(p auth.Post) bool { return p.Unit == i.Unit }) {
		return auth.Post{}, errs.Deniedf(ownWork)
	}
	for _, p := range by.Posts {
		if p.Unit == m.Office && p.Role == auth.Office || p.Unit == i.CheckUnit && i.CheckUnit != "" {
			return p, nil
		}
	}
	if post, ok := chief(by, m.AreaPath); ok {
		return post, nil
	}
	return auth.Post{}, errs.Deniedf(notAsked)
}
