package meeting

// The lives of a meeting, of its minutes and of each of its decisions as tables, and who plays which part in them.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// State is where a meeting stands.
type State string

const (
	Draft     State = "draft"
	Notified  State = "notified"
	Held      State = "held"
	Minuted   State = "minuted"
	Closed    State = "closed"
	Cancelled State = "cancelled"
	Recorded  State = "recorded" // brought in from a publication
)

// States of minutes and of a decision.
const (
	Drafted = "drafted"
	Sent    = "sent" // on its way as a letter
	Signed  = "signed"

	Taken    = "taken"
	Followed = "followed"
	Dropped  = "dropped"
)

// Parts that people play.
const (
	Host    = "host"    // an office or a liaison of the unit that holds the meeting, or the office of its area
	Invited = "invited" // speaks for a unit that is invited
	Lead    = "lead"    // speaks for the unit that leads a decision
)

// Verbs are permission, journal entry and button at once.
const (
	VerbDraft   = "meeting.draft"
	VerbImport  = "meeting.import"
	VerbAgenda  = "meeting.agenda"
	VerbInvite  = "meeting.invite"
	VerbNotify  = "meeting.notify"
	VerbReply   = "meeting.reply"
	VerbMove    = "meeting.move"
	VerbCancel  = "meeting.cancel"
	VerbSignin  = "meeting.signin"
	VerbArrive  = "meeting.arrive"
	VerbLeave   = "meeting.leave"
	VerbHold    = "meeting.hold"
	VerbOutcome = "meeting.outcome"
	VerbScore   = "meeting.score"
	VerbMinute  = "meeting.minute"
	VerbClose   = "meeting.close"
	VerbHand    = "meeting.hand" // what a unit had to do, to the unit that takes over

	VerbMinutesDraft  = "minutes.draft"
	VerbMinutesSend   = "minutes.send"
	VerbMinutesRecall = "minutes.recall"
	VerbMinutesSign   = "minutes.sign"

	VerbDecide = "decision.take"
	VerbDrop   = "decision.drop"
	VerbDue    = "decision.due"
	VerbFollow = "decision.follow"
)

// The limits are our proposals, but for the twenty days of minutes that name no day, which one place is seen to use.
var (
	reasoned = flow.Rule{Needs: []string{"reason"}}
	handed   = flow.Rule{Needs: []string{"from", "to", "basis"}}
	ahead    = flow.Rule{Within: calendar.Within(3, calendar.WorkDays)} // notice is out so long before the meeting
	listed   = flow.Rule{Within: calendar.Within(2, calendar.Hours)}    // after its end the list of arrivals is closed
	toMinute = flow.Rule{Within: calendar.Within(5, calendar.WorkDays)}
	toDecide = flow.Rule{Within: calendar.Within(20, calendar.Days)}
)

// life is the meeting's.
var life = flow.Table{Object: "meeting", Words: lifeWords,
	Note: "The limit of `meeting.notify` is ahead: the notice is out so long before the meeting. That of\n" +
		"`meeting.arrive` counts from the meeting's end: the list of arrivals is open so long.",
	Ends: []string{string(Closed), string(Cancelled), string(Recorded)},
	Steps: []flow.Step{
		flow.Line("", VerbDraft, Host, Draft),
		flow.Line("", VerbImport, flow.Program, Recorded),
		flow.Line(Draft, VerbDraft, Host, Draft),
		flow.Line(Draft, VerbAgenda, Host, Draft),
		flow.Line(Draft, VerbInvite, Host, Draft),
		flow.Line(Draft, VerbNotify, Host, Notified, ahead),
		flow.Line(Draft, VerbCancel, Host, Cancelled, reasoned),
		flow.Line(Notified, VerbAgenda, Host, Notified),
		flow.Line(Notified, VerbInvite, Host, Notified),
		flow.Line(Notified, VerbReply, Invited, Notified),
		flow.Line(Notified, VerbMove, Host, Notified, reasoned),
		flow.Line(Notified, VerbCancel, Host, Cancelled, reasoned),
		flow.Line(Notified, VerbSignin, flow.Program, Notified),
		flow.Line(Notified, VerbArrive, Host, Notified, listed),
		flow.Line(Notified, VerbLeave, Host, Notified),
		flow.Line(Notified, VerbHold, Host, Held, toMinute),
		flow.Line(Held, VerbArrive, Host, Held),
		flow.Line(Held, VerbLeave, Host, Held),
		flow.Line(Held, VerbOutcome, Host, Held),
		flow.Line(Held, VerbScore, Host, Held),
		flow.Line(Held, VerbMinute, flow.Program, Minuted, toDecide),
		flow.Line(Held, VerbClose, flow.Program, Closed),
		flow.Line(Minuted, VerbScore, Host, Minuted),
		flow.Line(Minuted, VerbClose, flow.Program, Closed),
		flow.Line(Draft, VerbHand, flow.Program, Draft, handed),
		flow.Line(Notified, VerbHand, flow.Program, Notified, handed),
		flow.Line(Held, VerbHand, flow.Program, Held, handed),
		flow.Line(Minuted, VerbHand, flow.Program, Minuted, handed),
	}}

// ofMinutes is the life of minutes: one person writes and sends them on as a letter, which another checks and a third
// signs; what the letter's signing makes of them the program finds.
var ofMinutes = flow.Table{Object: "minutes", Words: lifeWords, Ends: []string{Signed},
	Steps: []flow.Step{
		flow.Line("", VerbMinutesDraft, Host, Drafted),
		flow.Line(Drafted, VerbMinutesDraft, Host, Drafted),
		flow.Line(Drafted, VerbMinutesSend, Host, Sent),
		flow.Line(Sent, VerbMinutesRecall, Host, Drafted),
		flow.Line(Sent, VerbMinutesSign, flow.Program, Signed),
	}}

// ofDecision is the life of a decision until it is a matter.
var ofDecision = flow.Table{Object: "decision", Words: lifeWords, Ends: []string{Taken, Followed, Dropped},
	Steps: []flow.Step{
		flow.Line("", VerbDecide, Host, Taken),
		flow.Line(Taken, VerbDecide, Host, Taken),
		flow.Line(Taken, VerbDrop, Host, Dropped),
		flow.Line(Taken, VerbDue, Lead, Taken),
		flow.Line(Taken, VerbFollow, Host, Followed),
	}}

var lifeWords = map[string]say.Key{
	string(Draft): "筹备", string(Notified): "已通知", string(Held): "已召开", string(Minuted): "纪要已签发",
	string(Closed): "已办结", string(Cancelled): "已取消", string(Recorded): "历史记录（导入）",
	Drafted: "纪要拟稿中", Sent: "纪要送核签", Signed: "纪要已签发", Taken: "已议定", Followed: "已转督办",
	Dropped: "已撤下",

	VerbDraft: "筹备会议", VerbImport: "导入会议", VerbAgenda: "安排议程", VerbInvite: "邀请单位",
	VerbNotify: "发出通知",
	VerbReply:  "报送回执", VerbMove: "改期", VerbCancel: "取消会议", VerbSignin: "扫码签到", VerbArrive: "登记到会",
	VerbLeave: "撤销签到", VerbHold: "确认召开", VerbOutcome: "记录议程结果", VerbScore: "登记测试成绩",
	VerbMinute: "纪要签发", VerbClose: "会议办结",
	VerbHand:         "会议事项改由承接单位办理",
	VerbMinutesDraft: "拟写纪要", VerbMinutesSend: "纪要送核签", VerbMinutesRecall: "取回纪要",
	VerbMinutesSign: "纪要发出",
	VerbDecide:      "记录议定事项", VerbDrop: "撤下议定事项", VerbDue: "定办理期限", VerbFollow: "转为督办",

	Host: "主办单位", Invited: "受邀单位", Lead: "牵头单位", flow.Program: "系统",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

// plays is the post in which by plays a part in the meeting, or says why not.
func (m Meeting) plays(tx *db.Tx, by auth.User, part string) (auth.Post, error) {
	switch part {
	case Host:
		host, err := network.UnitByCode(tx, m.Host)
		if err != nil {
			return auth.Post{}, err
		}
		for _, p := range by.Posts {
			own := p.Unit == m.Host && (p.Role == auth.Office || p.Role == auth.Liaison)
			if own || p.Role == auth.Office && p.AreaID == host.AreaID {
				return p, nil
			}
		}
		return auth.Post{}, errs.Deniedf("这一步须由主办单位（%s）的工作人员办理。", host.Name)
	case Invited:
		units, err := speaksFor(tx, by)
		if err != nil {
			return auth.Post{}, err
		}
		invited, err := invitationsOf(tx, m.ID)
		for _, i := range invited {
			if post, ok := units[i.Unit]; ok {
				return post, nil
			}
		}
		return auth.Post{}, orDenied(err, "这次会议没有邀请您的单位。")
	}
	return auth.Post{}, nil
}

func orDenied(err error, msg say.Key, args ...any) error {
	if err != nil {
		return err
	}
	return errs.Deniedf(msg, args...)
}

// speaksFor are the units that the user speaks for, with the post: the own ones, and for an office the committee that
// it works for.
func speaksFor(tx *db.Tx, by auth.User) (map[string]auth.Post, error) {
	units := map[string]auth.Post{}
	for _, p := range by.Posts {
		if !by.Sees(p.Unit, "") {
			continue // an administrator's post speaks for nobody
		}
		units[p.Unit] = p
		if p.Role != auth.Office {
			continue
		}
		own, _, err := db.Maybe(network.UnitByCode(tx, p.Unit))
		if err != nil {
			return nil, err
		}
		if _, has := units[own.Parent]; own.Parent != "" && !has {
			units[own.Parent] = p
		}
	}
	return units, nil
}

// as is the meeting in its flow, for by.
func (m Meeting) as(tx *db.Tx, by auth.User) flow.Case {
	return flow.Case{State: string(m.State),
		Fits:  func(s flow.Step) error { return m.fits(tx, s) },
		Plays: func(part string) (auth.Post, error) { return m.plays(tx, by, part) }}
}

// fits refuses a step that comes too early or too late.
func (m Meeting) fits(tx *db.Tx, s flow.Step) error {
	switch s.Verb {
	case VerbHold:
		if tx.Now.Before(m.Starts) {
			return errs.Conflictf("会议还没有开始，不能确认召开。")
		}
	case VerbReply:
		if !tx.Now.Before(m.Starts) {
			return errs.Conflictf("会议已经开始，回执不再收。请到签到处登记。")
		}
	case VerbMove:
		if !tx.Now.Before(m.Starts) {
			return errs.Conflictf("会议已经开始，不能改期。")
		}
	case VerbOutcome:
		return m.unsent(tx)
	}
	return nil
}

// unsent refuses to change what the minutes say once they are on their way.
func (m Meeting) unsent(tx *db.Tx) error {
	n, found, err := minutesOf(tx, m.ID)
	if err == nil && found && n.State != Drafted {
		return errs.Conflictf("纪要已经送核签，议程结果和议定事项不能再改。请先撤回那件纪要，再取回修改。")
	}
	return err
}

// Open lists the steps of a meeting that by may take now.
func (m Meeting) Open(tx *db.Tx, by auth.User) []flow.Step { return life.Open(by, m.as(tx, by)) }

// Flows are the tables of this module.
func Flows() []flow.Table { return []flow.Table{life, ofMinutes, ofDecision} }
