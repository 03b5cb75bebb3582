package instruction

// The states of an instruction, and who may take which step: what is not in the table cannot happen.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where an instruction stands.
type State string

const (
	StateAwaited   State = "awaited"   // laid before the leader
	StateFiled     State = "filed"     // read: nothing to be done
	StateRunning   State = "running"   // being done
	StateReported  State = "reported"  // what came of it lies before the leader
	StateSatisfied State = "satisfied" // the leader has nothing to add
	StateFollowed  State = "followed"  // the leader wrote again
	StateWithdrawn State = "withdrawn"

	stateActed State = "acted" // filed or running, as its kind says
)

// Verbs of an instruction: permission and journal entry at once.
const (
	VerbSubmit   = "instruction.submit"
	VerbWrite    = "instruction.write"
	VerbConfirm  = "instruction.confirm"
	VerbReport   = "instruction.report"
	VerbSatisfy  = "instruction.satisfy"
	VerbFollow   = "instruction.follow"
	VerbWithdraw = "instruction.withdraw"
	VerbRead     = "instruction.read"
	VerbDesk     = "instruction.desk" // a leader's own page
)

// Parts that people play.
const (
	Author = "author" // the leader whose words they are
	Scribe = "scribe" // that leader, or the office for what stands on paper
	Keeper = "keeper" // the office that sees to it
)

var (
	digested = flow.Rule{Needs: []string{"digest"}}
	reasoned = flow.Rule{Needs: []string{"reason"}}
	// a week from the last closing to the leader's desk, as another city's rules have it (oversight.md DB5); ours: from
	// the words to the first report there is no limit but the one that the leader names
	reported = flow.Rule{Needs: []string{"digest"}, Within: calendar.Within(7, calendar.Days)}
)

// life is the whole state table.
var life = flow.Table{Object: "instruction", Words: lifeWords,
	Ends:   []string{string(StateFiled), string(StateSatisfied), string(StateFollowed), string(StateWithdrawn)},
	Either: map[string][]string{string(stateActed): {string(StateFiled), string(StateRunning)}},
	Note: "`author` is the leader who wrote it, or, once that person has left, any leader of the same committee;\n" +
		"`scribe` is the author, or the office that writes down what stands on paper. `acted` is `filed` for what was\n" +
		"only read, `running` for what asks for work.",
	Limits: []flow.Limited{
		{Name: limitIdle, Words: "批示没有动静多久提醒交办", Within: calendar.Within(3, calendar.WorkDays)}},
	Steps: []flow.Step{
		flow.Line("", VerbSubmit, Keeper, StateAwaited, digested),
		flow.Line("", VerbWrite, Scribe, stateActed, digested),
		flow.Line(StateAwaited, VerbWrite, Scribe, stateActed, digested),
		flow.Line(StateFiled, VerbConfirm, Author, StateFiled),
		flow.Line(StateRunning, VerbConfirm, Author, StateRunning),
		flow.Line(StateReported, VerbConfirm, Author, StateReported),
		flow.Line(StateRunning, VerbReport, Keeper, StateReported, reported),
		flow.Line(StateReported, VerbSatisfy, Author, StateSatisfied),
		flow.Line(StateReported, VerbFollow, Author, StateFollowed, flow.Rule{Needs: []string{"by"}}),
		flow.Line(StateAwaited, VerbWithdraw, Keeper, StateWithdrawn, reasoned),
		flow.Line(StateFiled, VerbWithdraw, Scribe, StateWithdrawn, reasoned),
		flow.Line(StateRunning, VerbWithdraw, Scribe, StateWithdrawn, reasoned),
	}}

var lifeWords = map[string]say.Key{
	string(StateAwaited): "待批示", string(StateFiled): "已阅存", string(StateRunning): "已批在办",
	string(StateReported): "办结待过目", string(StateSatisfied): "已过目，无意见", string(StateFollowed): "已再批示",
	string(StateWithdrawn): "已撤回",

	VerbRead: "看批示", VerbDesk: "看批示台",
	VerbSubmit: "呈批", VerbWrite: "写批示", VerbConfirm: "确认代录的批示", VerbReport: "报告办理情况",
	VerbSatisfy: "过目，无意见", VerbFollow: "再作批示", VerbWithdraw: "撤回批示",

	Author: "作出批示的领导", Scribe: "作出批示的领导或代录的办公室", Keeper: "办公室", flow.Program: "系统",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

// Life is the table, for those who show it.
func Life() flow.Table { return life }

// scene is an instruction in its flow; gone says that its leader is not in the committee any more.
type scene struct {
	Instruction
	gone bool
	open []string // numbers of matters from it that are not yet closed
}

// plays is the post in which by plays a part, or says why not.
func (s scene) plays(by auth.User, part string) (auth.Post, error) {
	switch part {
	case Author:
		if post, ok := by.PostFor(s.Unit, auth.CommitteeChief); ok && (by.ID == s.LeaderID || s.gone) {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步由作出批示的%s本人办理。", s.Leader)
	case Keeper:
		if post, ok := by.PostFor(s.Office, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步由负责承办的妇儿工委办办理。")
	case Scribe:
		if post, err := s.plays(by, Author); err == nil {
			return post, nil
		}
		if s.Entered == OnBehalf {
			return s.plays(by, Keeper)
		}
		return s.plays(by, Author)
	}
	return auth.Post{}, nil
}

// fits refuses a step for what the instruction is beyond its state.
func (s scene) fits(st flow.Step) error {
	switch {
	case st.Verb == VerbConfirm && !s.Unconfirmed():
		return errs.Conflictf("这件批示不需要确认。")
	case st.Verb == VerbReport && len(s.open) > 0:
		return errs.Conflictf("由这件批示来的督办还没有办结：%s。办结后再报告办理情况。", joined(s.open))
	case st.Verb == VerbWithdraw && len(s.open) > 0:
		return errs.Conflictf("由这件批示来的督办正在办理：%s。请先撤回督办。", joined(s.open))
	}
	return nil
}

// as is the instruction in its flow, for by.
func (s scene) as(by auth.User) flow.Case {
	return flow.Case{State: string(s.State), Fits: s.fits,
		Plays: func(part string) (auth.Post, error) { return s.plays(by, part) }}
}

// joined is a short list of numbers as a sentence holds it.
func joined(numbers []string) string {
	text := ""
	for n, one := range numbers {
		if n == 5 {
			return text + "…"
		}
		if n > 0 {
			text += "、"
		}
		text += one
	}
	return text
}
