package issue

// The life of an issue and who takes which step; what is not in the table cannot happen.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where an issue stands.
type State string

const (
	Proposed State = "proposed"
	Listed   State = "listed"
	UnderWay State = "under_way"
	Eased    State = "eased"
	Solved   State = "solved"
	Carried  State = "carried"
	Dropped  State = "dropped"
)

// Parts that people play.
const (
	keeper   = "office"   // works in the office that keeps the issue
	director = "director" // a leader of the committee, or the office for a decision of a meeting
	mover    = "mover"    // the office, or the lead unit
	writer   = "writer"   // the office, the lead unit, or the one that heads a research
	second   = "second"   // a unit with a part in the issue that did not write the report
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead     = "issue.read"
	VerbPropose  = "issue.propose"
	VerbEdit     = "issue.edit"
	VerbList     = "issue.list"
	VerbDrop     = "issue.drop"
	VerbMeet     = "issue.meet"
	VerbResearch = "issue.research"
	VerbReport   = "issue.report"
	VerbSecond   = "issue.second"
	VerbAct      = "issue.act"
	VerbToMatter = "issue.to_matter"
	VerbAim      = "issue.aim"
	VerbReview   = "issue.review"
	VerbEase     = "issue.ease"
	VerbSolve    = "issue.solve"
	VerbCarry    = "issue.carry"
)

var reasoned = flow.Rule{Needs: []string{"reason"}}

// life is the whole state table.
var life = flow.Table{Object: "issue", Words: lifeWords,
	Ends: []string{string(Solved), string(Carried), string(Dropped)}, Steps: steps(),
	Limits: []flow.Limited{
		{Name: limitQuiet, Words: "重难点问题多久没有举措就提醒", Within: calendar.Within(90, calendar.Days).Fixed()},
		{Name: limitAdvice, Words: "调研建议多久没有交办就提醒", Within: calendar.Within(20, calendar.WorkDays)}}}

func steps() []flow.Step {
	all := []flow.Step{
		flow.Line("", VerbPropose, keeper, Proposed),
		flow.Line(Proposed, VerbEdit, keeper, Proposed),
		flow.Line(Proposed, VerbList, director, Listed),
		flow.Line(Proposed, VerbDrop, keeper, Dropped, reasoned),
		flow.Line(Listed, VerbEdit, keeper, Listed),
	}
	for _, from := range []State{Listed, UnderWay} {
		all = append(all, flow.Line(from, VerbMeet, keeper, UnderWay), flow.Line(from, VerbResearch, keeper, UnderWay),
			flow.Line(from, VerbAct, keeper, UnderWay))
	}
	for _, from := range []State{Listed, UnderWay, Eased} {
		all = append(all, flow.Line(from, VerbAim, mover, from))
	}
	all = append(all, flow.Line(Eased, VerbAct, keeper, Eased), flow.Line(Eased, VerbMeet, keeper, Eased))
	for _, from := range []State{UnderWay, Eased} {
		all = append(all, flow.Line(from, VerbReport, writer, from), flow.Line(from, VerbSecond, second, from),
			flow.Line(from, VerbToMatter, keeper, from), flow.Line(from, VerbReview, mover, UnderWay),
			flow.Line(from, VerbEase, mover, Eased))
	}
	all = append(all, flow.Line(Eased, VerbSolve, director, Solved))
	for _, from := range []State{Listed, UnderWay, Eased} {
		all = append(all, flow.Line(from, VerbCarry, keeper, Carried, reasoned))
	}
	return all
}

var lifeWords = map[string]say.Key{
	string(Proposed): "拟列", string(Listed): "已列入", string(UnderWay): "推进中", string(Eased): "已缓解",
	string(Solved): "已解决", string(Carried): "转入下一规划", string(Dropped): "未列入",

	VerbPropose: "提出重难点问题", VerbEdit: "修改重难点问题", VerbList: "列入重难点问题", VerbDrop: "不列入",
	VerbMeet:     "开联席会议",
	VerbResearch: "开展联合调研", VerbReport: "提交调研报告", VerbSecond: "第二单位评议报告", VerbAct: "记下一项举措",
	VerbToMatter: "建议转为事项", VerbAim: "定年度目标", VerbReview: "年度评议", VerbEase: "年度评议为缓解",
	VerbSolve: "认定解决",
	VerbCarry: "转入下一规划",

	keeper: "妇儿工委办", director: "妇儿工委领导，或会议决定", mover: "妇儿工委办或牵头单位",
	writer: "妇儿工委办、牵头单位或调研组长单位",
	second: "没有写报告的参与单位",
}

// Life is the state table, for who needs all of them.
func Life() flow.Table { return life }

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

func (i Issue) plays(by auth.User, part string) (auth.Post, error) {
	office, isOffice := by.PostFor(i.Unit, auth.Office)
	switch part {
	case keeper:
		if isOffice {
			return office, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由妇儿工委办办理。")
	case director:
		for _, p := range by.Posts {
			if p.Role == auth.CommitteeChief && strings.HasPrefix(i.AreaPath, p.AreaPath) {
				return p, nil
			}
		}
		if isOffice {
			return office, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由妇儿工委领导办理，或由办公室按会议决定办理。")
	case mover, writer:
		if isOffice {
			return office, nil
		}
		return seat(by, func(unit string) bool {
			return unit == i.Lead || part == writer && slices.ContainsFunc(i.Researches, func(r Research) bool {
				return r.Head == unit
			})
		})
	}
	return seat(by, i.Sits)
}

// seat is a post of by in a unit that fits.
func seat(by auth.User, fits func(unit string) bool) (auth.Post, error) {
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool {
		return fits(p.Unit) && (p.Role == auth.Liaison || p.Role == auth.Leader || p.Role == auth.Office)
	})
	if at < 0 {
		return auth.Post{}, errs.Deniedf("这一步须由参与这个问题的单位的联络员或负责人办理。")
	}
	return by.Posts[at], nil
}

func (i Issue) as(by auth.User) flow.Case {
	return flow.Case{State: string(i.State), Plays: func(part string) (auth.Post, error) { return i.plays(by, part) },
		Fits: func(st flow.Step) error {
			if i.told() {
				return errs.Conflictf("这个问题按来源记载，不在系统里办理。要办的，请另提一个问题。")
			}
			switch st.Verb {
			case VerbReport:
				if len(i.Researches) == 0 {
					return errs.Conflictf("还没有联合调研。")
				}
			case VerbSecond:
				if !slices.ContainsFunc(i.Researches, func(r Research) bool {
					return r.Report != "" &&
						r.Second == ""
				}) {
					return errs.Conflictf("没有等待评议的调研报告。")
				}
			case VerbToMatter:
				if !slices.ContainsFunc(i.Researches, func(r Research) bool { return len(r.waiting()) > 0 }) {
					return errs.Conflictf("没有可以转为事项的建议。")
				}
			}
			return nil
		}}
}

// waiting are the places of what a research advises and nobody has made a matter of.
func (r Research) waiting() (at []int) {
	for n, a := range r.Advice {
		if a.Matter == "" && r.Second != "" {
			at = append(at, n)
		}
	}
	return at
}
