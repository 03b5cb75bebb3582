package submission

// The state table and who may take which step: what is not in it cannot happen. docs/states.md is made from it.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// State is where a submission stands.
type State string

const (
	Draft      State = "draft"
	Prepared   State = "prepared"   // the first of the two has signed
	Signed     State = "signed"     // both have signed, the office has not checked yet
	Accepted   State = "accepted"   // the facts are live
	Returned   State = "returned"   // to be mended
	Historical State = "historical" // imported: unsigned, its source named
	Withdrawn  State = "withdrawn"  // no longer asked for

	// Before stands in the table for the state that an amendment was opened in.
	Before State = "before"
)

// Who may take a step.
type Who string

const (
	First   Who = "first"   // holds the post in the unit that the form names first
	Second  Who = "second"  // holds the post in the unit that the form names second
	Office  Who = "office"  // works in another unit: the office that oversees the area
	Program Who = "program" // calendar and import
)

// Verbs are permission, journal entry and button at once.
const (
	VerbOpen    = "submission.open"
	VerbImport  = "submission.import"
	VerbEdit    = "submission.edit"
	VerbPrepare = "submission.prepare"
	VerbSign    = "submission.sign"
	VerbReturn  = "submission.return"
	VerbAccept  = "submission.accept"
	VerbAmend   = "submission.amend"
	VerbRecall  = "submission.recall"
	VerbDrop    = "submission.drop"

	VerbWithdraw = "submission.withdraw"
	VerbRestore  = "submission.restore"
)

// Step is one line of the state table. From "" is before the submission exists.
type Step struct {
	From State
	Verb string
	Who  Who
	To   State
}

// Steps is the whole state table: what it does not list cannot happen.
func Steps() []Step {
	return []Step{
		{"", VerbOpen, Program, Draft},
		{Draft, VerbImport, Program, Historical},
		{Historical, VerbImport, Program, Historical},
		{Draft, VerbEdit, First, Draft},
		{Draft, VerbPrepare, First, Prepared},
		{Returned, VerbEdit, First, Returned},
		{Returned, VerbPrepare, First, Prepared},
		{Prepared, VerbSign, Second, Signed},
		{Prepared, VerbReturn, Second, Returned},
		{Signed, VerbAccept, Office, Accepted},
		{Signed, VerbReturn, Office, Returned},
		{Accepted, VerbAmend, First, Draft},
		{Historical, VerbAmend, First, Draft},
		{Prepared, VerbRecall, First, Draft},
		{Draft, VerbDrop, First, Before},
		{Returned, VerbDrop, First, Before},
		{Draft, VerbWithdraw, Office, Withdrawn},
		{Returned, VerbWithdraw, Office, Withdrawn},
		{Withdrawn, VerbRestore, Office, Draft},
	}
}

// step finds the line for a verb in a state.
func step(from State, verb string) (Step, bool) {
	for _, s := range Steps() {
		if s.From == from && s.Verb == verb {
			return s, true
		}
	}
	return Step{}, false
}

// landings are the states that the step can lead to.
func (s Step) landings() []State {
	if s.To == Before {
		return []State{Accepted, Historical}
	}
	return []State{s.To}
}

// Editable says whether the cells can be typed in.
func (s State) Editable() bool { _, ok := step(s, VerbEdit); return ok }

// Words are the Chinese words for a state.
func (s State) Words() say.Key {
	switch s {
	case Draft:
		return "待填报"
	case Prepared:
		return "待第二人签字"
	case Signed:
		return "已双签，待审核"
	case Accepted:
		return "已审核通过"
	case Returned:
		return "已退回"
	case Historical:
		return "历史数据（未签字）"
	case Withdrawn:
		return "已免报"
	}
	return ""
}

// verbWords say what somebody did.
func verbWords(verb string) say.Key {
	switch verb {
	case VerbOpen:
		return "下达"
	case VerbImport:
		return "导入"
	case VerbPrepare:
		return "第一人签字"
	case VerbSign:
		return "第二人签字"
	case VerbReturn:
		return "退回"
	case VerbAccept:
		return "审核通过"
	case VerbAmend:
		return "开始修订"
	case VerbRecall:
		return "撤回签字"
	case VerbDrop:
		return "放弃修订"
	case VerbWithdraw:
		return "免报"
	case VerbRestore:
		return "恢复填报"
	}
	return say.Key(verb)
}

// Role is the role that the form names for First or Second.
func (s Submission) Role(who Who) string {
	if who == First {
		return s.Form.Signers.First
	}
	return s.Form.Signers.Second
}

// may is the post in which by may take the step, or says why not.
func (s Submission) may(by auth.User, st Step) (auth.Post, error) {
	switch st.Who {
	case First, Second:
		if post, ok := by.PostFor(s.Unit.Code, s.Role(st.Who)); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由%s中任报表所定岗位的人办理。", s.Unit.Name)
	case Office:
		if post, ok := by.Oversees(s.Area.Path); ok && post.Unit != s.Unit.Code {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由负责本区域的妇儿工委办办理，且不能是填报单位自己。")
	}
	return auth.Post{}, nil
}

// fits refuses a step for what was accepted, or was not, before.
func (s Submission) fits(st Step) error {
	switch {
	case st.Verb == VerbDrop && s.AcceptedID == 0:
		return errs.Conflictf("这份报表还没有生效的版本，没有可以放弃的修订。")
	case st.Verb == VerbWithdraw && s.AcceptedID != 0:
		return errs.Conflictf("这份报表已有生效的数据，不能免报。数有误时请由填报单位修订。")
	}
	return nil
}

// Open lists the steps that by may take now, for the page's buttons.
func (s Submission) Open(by auth.User) (open []Step) {
	for _, st := range Steps() {
		if st.From != s.State || st.Who == Program || !by.Can(st.Verb) {
			continue
		}
		if _, err := s.may(by, st); err == nil && s.fits(st) == nil {
			open = append(open, st)
		}
	}
	return open
}
