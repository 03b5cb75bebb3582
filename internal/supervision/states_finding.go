package supervision

// The lives of findings, of the letter to an area, and of objections.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// States of findings, letters and objections.
const (
	Filed     State = "filed"
	Confirmed State = "confirmed"
	Shown     State = "shown"
	Answered  State = "answered"
	Dropped   State = "dropped"

	Drafted   State = "drafted"
	Consented State = "consented"
	Handed    State = "handed"
	Left      State = "left" // no matter is made of its problems

	Decided State = "decided"

	// settled stands in the table for what an objection leaves of a finding.
	settled State = "settled"
	// agreeing stands in the table for where a letter is after a head agreed: others may have to.
	agreeing State = "agreeing"
)

// Verbs of findings, letters and objections.
const (
	VerbFile    = "finding.file"
	VerbAmend   = "finding.amend"
	VerbConfirm = "finding.confirm"
	VerbDrop    = "finding.drop"
	VerbShow    = "finding.show"
	VerbAnswer  = "finding.answer"
	VerbKeep    = "finding.keep"
	VerbInclude = "finding.include"
	VerbRevise  = "finding.revise"

	VerbDraft    = "feedback.draft"
	VerbConsent  = "feedback.consent"
	VerbToMatter = "feedback.to_matter"
	VerbLeave    = "feedback.leave"
	VerbCorrect  = "feedback.correct"

	VerbObject = "objection.file"
	VerbDecide = "objection.decide"
)

// Parts beside those of visits.
const (
	author   = "author"   // wrote the finding down, or is in the group
	judge    = "judge"    // is head, or the deputy for what the head filed
	side     = "area"     // works in the visited area's office, or leads there
	chief    = "chief"    // leads the area's government, committee or office
	reviewer = "reviewer" // oversees the office and is not of the group
)

// Limits that are no step's.
const (
	limitAhead  = "visit.ahead"
	limitPlan   = "feedback.plan"
	limitObject = "objection.within"
)

// Limits are our proposals, but for those of objections, which the law on designated inspections has.
var (
	toConfirm  = calendar.Within(3, calendar.WorkDays)
	toAnswer   = flow.Rule{Within: calendar.Within(3, calendar.WorkDays)}
	toIssue    = calendar.Within(20, calendar.WorkDays)
	toDecide   = flow.Rule{Within: calendar.Within(30, calendar.Days)}
	explained  = flow.Rule{Needs: []string{"explanation"}, Not: []string{VerbObject}}
	confirming = flow.Rule{Within: toConfirm}
	notOwn     = flow.Rule{Not: []string{VerbFile}}
	keptNotOwn = flow.Rule{Not: notOwn.Not, Needs: reasoned.Needs}
)

// findingLife is the whole state table of a finding.
var findingLife = flow.Table{Object: "finding", Words: findingWords,
	Ends:   []string{string(Answered), string(Shown), string(Dropped)},
	Either: map[string][]string{string(settled): {string(Shown), string(Answered), string(Dropped)}},
	Note:   "An area that lets its days pass agrees, and is marked so: shown is an end too.",
	Steps: []flow.Step{
		flow.Line("", VerbFile, author, Filed, confirming),
		flow.Line(Filed, VerbAmend, author, Filed),
		flow.Line(Filed, VerbConfirm, judge, Confirmed, notOwn),
		flow.Line(Filed, VerbDrop, judge, Dropped, reasoned),
		flow.Line(Confirmed, VerbDrop, judge, Dropped, reasoned),
		flow.Line(Confirmed, VerbShow, office, Shown, toAnswer),
		flow.Line(Shown, VerbAnswer, side, Answered),
		flow.Line(Answered, VerbKeep, judge, Answered, keptNotOwn),
		flow.Line(Answered, VerbDrop, judge, Dropped, reasoned),
		flow.Line(Shown, VerbInclude, flow.Program, Shown),
		flow.Line(Answered, VerbInclude, flow.Program, Answered),
		flow.Line(Answered, VerbRevise, flow.Program, settled),
		flow.Line(Shown, VerbRevise, flow.Program, settled),
	}}

// feedbackLife is that of the letter to an area, beside the letter's own.
var feedbackLife = flow.Table{Object: "feedback", Words: findingWords, Ends: []string{string(Handed), string(Left),
	string(Consented)}, Either: map[string][]string{string(agreeing): {string(Drafted), string(Consented)}},
	Note: "A letter that tells what several groups found is agreed to once the head of each has agreed.",
	Steps: []flow.Step{
		flow.Line("", VerbDraft, office, Drafted),
		flow.Line(Drafted, VerbDraft, office, Drafted),
		flow.Line(Consented, VerbDraft, office, Drafted), // where the letter was withdrawn
		flow.Line(Drafted, VerbConsent, head, agreeing),
		flow.Line(Consented, VerbConsent, head, Consented), // once more, where the words were changed since
		flow.Line(Handed, VerbConsent, head, Handed),
		flow.Line(Left, VerbConsent, head, Left),
		flow.Line(Consented, VerbToMatter, office, Handed),
		flow.Line(Consented, VerbLeave, office, Left, reasoned),
		flow.Line(Left, VerbCorrect, office, Left),
		flow.Line(Consented, VerbCorrect, office, Consented),
		flow.Line(Handed, VerbCorrect, office, Handed),
	},
	Limits: []flow.Limited{
		{Name: limitPlan, Words: "督导意见函发出后多久报整改方案", Within: calendar.Within(30, calendar.Days)}}}

// objectionLife is that of an objection.
var objectionLife = flow.Table{Object: "objection", Words: findingWords, Ends: []string{string(Decided)},
	Apart: map[string]say.Key{VerbDecide: "复核由督导组以外的人办理，也不能由申请人自己办理。"},
	Steps: []flow.Step{
		flow.Line("", VerbObject, chief, Filed, toDecide),
		flow.Line(Filed, VerbDecide, reviewer, Decided, explained),
	},
	Limits: []flow.Limited{
		{Name: limitObject, Words: "督导意见函签收后多久之内可以申请复核", Within: calendar.Within(30, calendar.Days)}}}

var findingWords = map[string]say.Key{
	string(Filed): "待确认", string(Confirmed): "已确认", string(Shown): "已送区里核对", string(Answered): "区里已答复",
	string(Dropped): "不采用", string(Drafted): "拟稿中", string(Consented): "组长已同意", string(Handed): "已转督办",
	string(Left):    "不立督办",
	string(Decided): "已复核",

	VerbFile: "记督导发现", VerbAmend: "补充督导发现", VerbConfirm: "确认督导发现", VerbDrop: "不采用督导发现",
	VerbShow: "送区里核对", VerbAnswer: "答复督导发现", VerbKeep: "说明仍然采用", VerbInclude: "列入督导意见函",
	VerbRevise: "按复核结论修改", VerbDraft: "起草督导意见函", VerbConsent: "同意督导意见函",
	VerbToMatter: "问题转为督办事项", VerbLeave: "问题不立督办", VerbCorrect: "起草更正的督导意见函",
	VerbObject: "申请复核", VerbDecide: "作出复核结论",
	flow.Program: "系统",

	author: "督导组成员", judge: "组长；组长自己记的由副组长", side: "被督导地区的妇儿工委办或负责人",
	chief:    "被督导地区的负责人",
	reviewer: "督导组以外的复核人",
	office:   lifeWords[office], team: lifeWords[team], head: lifeWords[head],
}

// words are the Chinese words for a state of a finding, a letter or an objection.
func (s State) words() say.Key { return findingWords[string(s)] }

// stand is what decides who plays which part in what came of visits.
type stand struct {
	group                      Group
	further                    []Group // of a letter: other groups whose findings it tells
	office, officePath, toArea string
	filer                      string // who filed a finding
}

func (f Finding) stand() stand {
	return stand{f.group, nil, f.Office, f.OfficePath, f.AreaPath, f.PersonID}
}
func (b Feedback) stand() stand {
	return stand{b.group, b.further(), b.Office, b.OfficePath, b.AreaPath, ""}
}
func (o Objection) stand() stand {
	return stand{o.group, o.further, o.Office, o.OfficePath, o.AreaPath, ""}
}
func (s stand) inside(by auth.User) bool {
	return inside(by, s.group, s.officePath) ||
		slices.ContainsFunc(s.further, func(g Group) bool { return g.has(by.ID) })
}

func (s stand) plays(by auth.User, part string) (auth.Post, error) {
	of := func(fits func(auth.Post) bool, why say.Key) (auth.Post, error) {
		if at := slices.IndexFunc(by.Posts, fits); at >= 0 {
			return by.Posts[at], nil
		}
		return auth.Post{}, errs.Deniedf(why)
	}
	switch part {
	case author:
		return plays(by, s.group, s.office, team)
	case head:
		if slices.ContainsFunc(s.further, func(g Group) bool { return g.heads(by.ID) }) && len(by.Posts) > 0 {
			return by.Posts[0], nil
		}
	case judge:
		if s.filer == s.group.Head().Person && s.group.stands(by.ID) && len(by.Posts) > 0 {
			return by.Posts[0], nil
		}
		return plays(by, s.group, s.office, head)
	case side:
		return of(func(p auth.Post) bool { return p.AreaPath == s.toArea && speaks(p.Role) },
			"这一步由被督导地区的妇儿工委办或负责人办理。")
	case chief:
		return of(func(p auth.Post) bool {
			return p.AreaPath == s.toArea && (p.Role == auth.Leader || p.Role == auth.CommitteeChief)
		}, "这一步由被督导地区的负责人办理。")
	case reviewer:
		all := append([]Group{s.group}, s.further...)
		if slices.ContainsFunc(all, func(g Group) bool { return g.has(by.ID) }) {
			return auth.Post{}, errs.Deniedf("您是督导组成员，复核由督导组以外的人办理。")
		}
		return of(func(p auth.Post) bool {
			overseer := p.Unit == s.office && (p.Role == auth.Office || p.Role == auth.Leader) ||
				p.Role == auth.CommitteeChief && p.AreaPath == s.officePath
			return overseer && (p.Unit == s.office ||
				!slices.ContainsFunc(all, func(g Group) bool { return g.unitIn(p.Unit) }))
		}, "复核由派出督导组的妇儿工委办或妇儿工委领导办理。")
	}
	return plays(by, s.group, s.office, part)
}

func (s stand) as(by auth.User, state State, did ...flow.Deed) flow.Case {
	return flow.Case{State: string(state), Did: did,
		Plays: func(part string) (auth.Post, error) { return s.plays(by, part) }}
}

// as is a finding in its flow, for by: whoever filed it does not judge it.
func (f Finding) as(by auth.User) flow.Case {
	c := f.stand().as(by, f.State, flow.Deed{Verb: VerbFile, PersonID: f.PersonID})
	c.Fits = func(s flow.Step) error {
		if s.Who != judge || !slices.Contains(s.Not, VerbFile) || by.ID != f.PersonID ||
			!f.group.heads(by.ID) && !f.group.stands(by.ID) {
			return nil
		}
		var others []Member
		for _, m := range append([]Member{f.group.Head()}, f.group.deputies()...) {
			left := m.Part == HeadOf && f.group.left
			if m.Person != "" && m.Person != f.PersonID && !left {
				others = append(others, m)
			}
		}
		if len(others) == 0 {
			return errs.Deniedf("这条发现是您自己记的，不能由您来定。请办公室在督导组里增加一位在本系统有岗位的副组长，由其办理。")
		}
		return errs.Deniedf("这条发现是您自己记的，不能由您来定，请由%s办理。", namesOf(others))
	}
	return c
}
