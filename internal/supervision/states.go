package supervision

// The life of a visit and who may take which step: what is not in the table cannot happen. Findings and letters have
// tables of their own (states_finding.go).

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where a visit stands.
type State string

const (
	Planned   State = "planned"
	Announced State = "announced" // its notice is drafted, and not out yet
	Notified  State = "notified"
	UnderWay  State = "under_way"
	Noted     State = "noted"
	Cancelled State = "cancelled"
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead   = "visit.read"
	VerbWatch  = "supervision.read" // more than the visits of the own group: coverage, letters, papers to take away
	VerbForm   = "supervision_group.form"
	VerbEdit   = "supervision_group.edit"
	VerbPlan   = "visit.plan"
	VerbChange = "visit.change"
	VerbNotify = "visit.notify"
	VerbTell   = "visit.tell"
	VerbStart  = "visit.start"
	VerbNote   = "visit.note"
	VerbSite   = "visit.site"
	VerbDraw   = "visit.draw"
	VerbChoose = "visit.choose"
	VerbFinish = "visit.finish"
	VerbCancel = "visit.cancel"
)

// Parts that people play in a visit.
const (
	office = "office" // works in the office that sends the group
	team   = "team"   // is in the group, or works in that office
	head   = "head"   // is its head
)

var (
	reasoned = flow.Rule{Needs: []string{"reason"}}
	// our proposals: no rule that we could read sets days
	written   = flow.Rule{Within: calendar.Within(2, calendar.WorkDays)}
	noteAfter = written.Within
)

// life is the whole state table of a visit.
var life = flow.Table{Object: "visit", Words: lifeWords, Ends: []string{string(Noted), string(Cancelled)},
	Limits: []flow.Limited{
		{Name: limitAhead, Words: "督导通知最晚提前多久发", Within: calendar.Within(5, calendar.WorkDays)}},
	Note: "A first note starts a visit of that day by itself: whoever has no network cannot press a button.",
	Steps: slices.Concat([]flow.Step{
		flow.Line("", VerbPlan, office, Planned),
		flow.Line(Planned, VerbChange, office, Planned),
		flow.Line(Planned, VerbNotify, office, Announced),
		flow.Line(Announced, VerbNotify, office, Announced), // where the notice was withdrawn
		flow.Line(Notified, VerbNotify, office, Announced),
		flow.Line(Announced, VerbTell, flow.Program, Notified),
		flow.Line(Announced, VerbChange, office, Announced),
		flow.Line(Notified, VerbChange, office, Notified),
		flow.Line(Planned, VerbStart, team, UnderWay),
		flow.Line(Announced, VerbStart, team, UnderWay),
		flow.Line(Notified, VerbStart, team, UnderWay),
		flow.Line(UnderWay, VerbChoose, head, UnderWay),
		flow.Line(Noted, VerbChoose, head, Noted),
		flow.Line(UnderWay, VerbFinish, team, Noted, written),
		flow.Line(Planned, VerbCancel, office, Cancelled, reasoned),
		flow.Line(Announced, VerbCancel, office, Cancelled, reasoned),
		flow.Line(Notified, VerbCancel, office, Cancelled, reasoned),
	}, during(VerbSite, Planned, Announced, Notified, UnderWay),
		during(VerbDraw, Planned, Announced, Notified, UnderWay),
		during(VerbNote, UnderWay, Noted))}

// during are steps that leave a visit where it is.
func during(verb string, states ...State) (steps []flow.Step) {
	for _, s := range states {
		steps = append(steps, flow.Line(s, verb, team, s))
	}
	return steps
}

var lifeWords = map[string]say.Key{
	string(Planned): "已安排", string(Announced): "已拟通知", string(Notified): "已通知",
	string(UnderWay): "督导中", string(Noted): "记录已完成",
	string(Cancelled): "已取消",

	VerbRead: "看督导", VerbWatch: "看督导覆盖和书面反馈", VerbForm: "组建督导组", VerbEdit: "调整督导组",
	VerbPlan: "安排督导", VerbChange: "修改安排",
	VerbNotify: "起草督导通知", VerbTell: "督导通知已发出",
	VerbStart: "开始督导", VerbNote: "记现场情况", VerbSite: "增加点位",
	VerbDraw:   "随机抽取点位",
	VerbChoose: "选定档案结果", VerbFinish: "完成记录", VerbCancel: "取消督导", flow.Program: "系统",

	office: "派出督导组的妇儿工委办", team: "督导组成员", head: "组长",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

// plays is the post in which by plays a part in what the group of an office does.
func plays(by auth.User, group Group, office, part string) (auth.Post, error) {
	switch {
	case (part == team && group.has(by.ID) || part == head && group.heads(by.ID)) && len(by.Posts) > 0:
		return by.Posts[0], nil
	case part == head && group.left && len(group.deputies()) > 0:
		return auth.Post{}, errs.Deniedf("组长%s已经离任，这一步由副组长%s办理。", group.Head().Name,
			namesOf(group.deputies()))
	case part == head && group.left:
		return auth.Post{}, errs.Deniedf("组长%s已经离任，这个组没有副组长。请办公室在“调整督导组”里写明原因，另定组长。",
			group.Head().Name)
	case part == head:
		return auth.Post{}, errs.Deniedf("这一步由组长%s办理。", group.Head().Name)
	}
	if post, ok := by.PostFor(office, auth.Office); ok {
		return post, nil
	}
	if part == team {
		return auth.Post{}, errs.Deniedf("这一步由督导组成员办理。")
	}
	return auth.Post{}, errs.Deniedf("这一步由派出督导组的妇儿工委办办理。")
}

// namesOf are members by their names.
func namesOf(all []Member) string {
	var names []string
	for _, m := range all {
		names = append(names, m.Name)
	}
	return strings.Join(names, "、")
}

func (v Visit) as(by auth.User) flow.Case {
	return flow.Case{State: string(v.State),
		Plays: func(part string) (auth.Post, error) { return plays(by, v.group, v.Office, part) },
		Fits: func(s flow.Step) error {
			if s.Verb == VerbStart && s.From == string(Planned) && !v.Unannounced {
				return errs.Conflictf("还没有通知被督导的地区。请先发督导通知；不打招呼的督导，请在安排里注明。")
			}
			if s.Verb == VerbNotify && s.From != string(Planned) && !v.recalled {
				return errs.Conflictf("督导通知已经起草，不用再起草。要重写，请先撤回那件通知。")
			}
			return nil
		}}
}

// inside says whether by sees what a group wrote down: its people, and whoever oversees the office that sent it.
func inside(by auth.User, group Group, officePath string) bool {
	return group.has(by.ID) || by.SeesAll(officePath)
}

// visited says whether by speaks for the area that is visited, or leads or works in its office.
func visited(by auth.User, areaPath string) bool {
	return slices.ContainsFunc(by.Posts, func(p auth.Post) bool { return p.AreaPath == areaPath && speaks(p.Role) })
}

// speaks says whether a role speaks for its area.
func speaks(role string) bool {
	return slices.Contains([]string{auth.Office, auth.Leader, auth.CommitteeChief, auth.Liaison}, role)
}

// inside says whether by sees what was written down.
func (v Visit) inside(by auth.User) bool { return inside(by, v.group, v.OfficePath) }

// sees says whether by sees that there is the visit. Of one that nobody is told of, the area learns when it begins.
func (v Visit) sees(by auth.User) bool {
	hidden := v.Unannounced && (v.State == Planned || v.State == Cancelled)
	return v.inside(by) || visited(by, v.AreaPath) && !hidden
}
