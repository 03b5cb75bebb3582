package submission

// The state table and who may take which step: what is not in it cannot happen. docs/states.md is made from it.

import (
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/say"
	"yipanqi/internal/signed"
)

// State is where a submission stands.
type State string

const (
	Draft      State = "draft"
	Prepared   State = "prepared"   // the first has signed
	Seconded   State = "seconded"   // the second of three has signed
	Printed    State = "printed"    // to be signed in ink
	Scanned    State = "scanned"    // a scan of it waits for the office to confirm the signatures
	Signed     State = "signed"     // all have signed, the office has not checked yet
	Accepted   State = "accepted"   // the facts are live
	Returned   State = "returned"   // to be mended
	Historical State = "historical" // imported: unsigned, its source named
	Withdrawn  State = "withdrawn"  // no longer asked for

	// Before stands in the table for the state that an amendment was opened in.
	Before State = "before"
	// After stands for where the second signature leads: on to the office, or to the third where a form names three.
	After State = "after"
)

// Parts that people play in a submission; what the program does is flow.Program's.
const (
	First  = "first"  // holds the post in the unit that the form names first
	Second = "second" // holds the post in the unit that the form names second
	Third  = "third"  // holds the post in the unit that the form names third, if it does
	Office = "office" // works in another unit: the office that oversees the area
)

// Verbs are permission, journal entry and button at once.
const (
	VerbOpen     = "submission.open"
	VerbImport   = "submission.import"
	VerbEdit     = "submission.edit"
	VerbPrepare  = "submission.prepare"
	VerbSign     = "submission.sign"
	VerbComplete = "submission.complete"
	VerbPrint    = "submission.print"
	VerbScan     = "submission.scan"
	VerbConfirm  = "submission.confirm"
	VerbRefuse   = "submission.refuse"
	VerbReturn   = "submission.return"
	VerbAccept   = "submission.accept"
	VerbAmend    = "submission.amend"
	VerbRecall   = "submission.recall"
	VerbDrop     = "submission.drop"

	VerbWithdraw = "submission.withdraw"
	VerbRestore  = "submission.restore"
)

// reasoned steps are taken with a reason, others for a text that was read, each by another person than those before.
var (
	reasoned      = flow.Rule{Needs: []string{"reason"}}
	fromClosing   = flow.Rule{Needs: []string{"closing"}}
	forText       = flow.Rule{Needs: []string{"digest"}}
	countersigned = flow.Rule{Needs: forText.Needs, Not: []string{VerbPrepare},
		Within: calendar.Within(5, calendar.WorkDays)} // our proposal: no rule that we could read sets one
	completed = flow.Rule{Needs: forText.Needs, Not: []string{VerbPrepare, VerbSign}}
	checked   = flow.Rule{Needs: forText.Needs, Not: []string{VerbPrepare, VerbSign, VerbComplete, VerbScan}}
	scanned   = flow.Rule{Needs: []string{"digest", "paper", "file", "scan", "on", "first", "second"},
		Within: calendar.Within(5, calendar.WorkDays)} // our proposal, as above
	confirmed = flow.Rule{Needs: []string{"digest", "paper"}, Not: checked.Not}
	doubted   = flow.Rule{Needs: []string{"reason", "paper"}, Not: confirmed.Not}
)

// stateNote stands above the table in docs/states.md.
const stateNote = "`first`, `second` and, where a form names three, `third` hold the posts in the submitting unit\n" +
	"that the form names; `after` is then seconded, else signed. `office` oversees the area and is another unit;\n" +
	"`program` is calendar and import; it fills in what a register counted when its period was closed and takes that\n" +
	"out when the closing is taken back, withdraws what an area or unit owes that had closed by the end of the period,\n" +
	"and hands what a closed unit leaves to its successor; a lone first signature is taken back ahead of either. What\n" +
	"is signed in ink goes by `printed` and `scanned`: the office confirms that the scan shows all signatures, which\n" +
	"are of a weaker kind from then on. `before` is the state in which an amendment was opened: accepted or\n" +
	"historical. Only what has live facts is dropped, and only what has none is withdrawn. Every step but\n" +
	"`submission.edit` is a journal entry under the same word."

// life is the whole state table: what it does not list cannot happen.
var life = flow.Table{Object: "submission", Words: lifeWords, Apart: apartWords, Note: stateNote,
	Ends: []string{string(Accepted), string(Historical), string(Withdrawn)},
	Either: map[string][]string{string(Before): {string(Accepted), string(Historical)},
		string(After): {string(Signed), string(Seconded)}},
	Steps: []flow.Step{
		flow.Line("", VerbOpen, flow.Program, Draft),
		flow.Line(Draft, VerbImport, flow.Program, Historical),
		flow.Line(Historical, VerbImport, flow.Program, Historical),
		flow.Line(Draft, VerbCount, flow.Program, Draft, fromClosing),
		flow.Line(Draft, VerbUncount, flow.Program, Draft, fromClosing),
		flow.Line(Draft, VerbEdit, First, Draft),
		flow.Line(Draft, VerbPrepare, First, Prepared, forText),
		flow.Line(Returned, VerbCount, flow.Program, Returned, fromClosing),
		flow.Line(Returned, VerbUncount, flow.Program, Returned, fromClosing),
		flow.Line(Returned, VerbEdit, First, Returned),
		flow.Line(Returned, VerbPrepare, First, Prepared, forText),
		flow.Line(Prepared, VerbSign, Second, After, countersigned),
		flow.Line(Prepared, VerbReturn, Second, Returned, reasoned),
		flow.Line(Seconded, VerbComplete, Third, Signed, completed),
		flow.Line(Seconded, VerbReturn, Third, Returned, reasoned),
		flow.Line(Draft, VerbPrint, First, Printed, forText),
		flow.Line(Returned, VerbPrint, First, Printed, forText),
		flow.Line(Printed, VerbScan, First, Scanned, scanned),
		flow.Line(Scanned, VerbConfirm, Office, Signed, confirmed),
		flow.Line(Scanned, VerbRefuse, Office, Printed, doubted),
		flow.Line(Printed, VerbRecall, First, Draft, reasoned),
		flow.Line(Scanned, VerbRecall, First, Draft, reasoned),
		flow.Line(Signed, VerbAccept, Office, Accepted, checked),
		flow.Line(Signed, VerbReturn, Office, Returned, reasoned),
		flow.Line(Accepted, VerbAmend, First, Draft, reasoned),
		flow.Line(Historical, VerbAmend, First, Draft, reasoned),
		flow.Line(Prepared, VerbRecall, First, Draft, reasoned),
		flow.Line(Seconded, VerbRecall, First, Draft, reasoned),
		flow.Line(Draft, VerbDrop, First, Before, reasoned),
		flow.Line(Returned, VerbDrop, First, Before, reasoned),
		flow.Line(Draft, VerbWithdraw, Office, Withdrawn, reasoned),
		flow.Line(Returned, VerbWithdraw, Office, Withdrawn, reasoned),
		flow.Line(Withdrawn, VerbRestore, Office, Draft, reasoned),
	}}

var lifeWords = map[string]say.Key{
	string(Draft): "待填报", string(Prepared): "待第二人签字", string(Seconded): "待第三人签字",
	string(Signed): "已签字，待审核", string(Printed): "待纸质签字", string(Scanned): "待确认纸质签字",
	string(Accepted): "已审核通过", string(Returned): "已退回", string(Historical): "历史数据（未签字）",
	string(Withdrawn): "已免报",

	VerbOpen: "下达", VerbImport: "导入", VerbEdit: "填报",
	VerbCount: "登记结账填入", VerbUncount: "登记结账数撤出", VerbPrepare: "第一人签字", VerbSign: "第二人签字",
	VerbComplete: "第三人签字",
	VerbPrint:    "定稿打印", VerbScan: "上传签字扫描件", VerbConfirm: "确认纸质签字", VerbRefuse: "不予确认",
	VerbReturn: "退回", VerbAccept: "审核通过", VerbAmend: "开始修订", VerbRecall: "撤回签字", VerbDrop: "放弃修订",
	VerbWithdraw: "免报", VerbRestore: "恢复填报",

	First: "第一签字人", Second: "第二签字人", Third: "第三签字人",
	Office: "负责本地区的妇儿工委办", flow.Program: "系统",
}

var apartWords = map[string]say.Key{
	VerbSign:     "同一人不能签两次：双签字须由两位不同的人分别签字。",
	VerbComplete: "同一人不能签两次：每一处须由不同的人签字。",
	VerbAccept:   "您在这份报表上签过字，不能由您审核。请换一位同事办理。",
	VerbConfirm:  "您在这份报表上签过字，或者上传过扫描件，不能由您确认。请换一位同事办理。",
	VerbRefuse:   "您在这份报表上签过字，或者上传过扫描件，不能由您确认。请换一位同事办理。",
}

// Life is the state table, for who needs all of them: limits that a city sets, docs, checks.
func Life() flow.Table { return life }

// deadline is when the office has to have checked, or confirmed, what stands in a state since; nil in any other state.
// Nothing but the step that leaves it writes the row then, so its last change is the second signature, or the scan.
func deadline(tx *db.Tx, state State, since time.Time) (*flow.Deadline, error) {
	st, ok := map[State]flow.Step{Signed: countersignature, Scanned: laidDown}[state]
	if !ok {
		return nil, nil
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return nil, err
	}
	return st.Deadline(tx, days, since)
}

// The steps after which the office has so long.
var (
	countersignature, _ = life.Step(string(Prepared), VerbSign)
	laidDown, _         = life.Step(string(Printed), VerbScan)
)

// step finds the line for a verb in a state.
func step(from State, verb string) (flow.Step, bool) { return life.Step(string(from), verb) }

// Editable says whether the cells can be typed in.
func (s State) Editable() bool { _, ok := step(s, VerbEdit); return ok }

// Unsent says whether a signature is still missing, or the scan that shows it.
func (s State) Unsent() bool { return s.Editable() || s == Prepared || s == Seconded || s == Printed }

// Frozen says whether a text stands that people sign, or have signed.
func (s State) Frozen() bool {
	return s == Prepared || s == Seconded || s == Printed || s == Scanned || s == Signed || s == Accepted
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

// Role is the role that the form names for First, Second or Third; none, where it does not name three.
func (s Submission) Role(part string) string {
	switch part {
	case First:
		return s.Form.Signers.First
	case Second:
		return s.Form.Signers.Second
	}
	return s.Form.Signers.Third
}

// plays is the post in which by plays a part, or says why not.
func (s Submission) plays(by auth.User, part string) (auth.Post, error) {
	switch part {
	case First, Second, Third:
		if post, ok := by.SignsFor(s.Unit.Code, s.Role(part)); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由%s中任报表所定岗位的人办理。", s.Unit.Name)
	case Office:
		if post, ok := by.Oversees(s.Area.Path); ok && post.Unit != s.Unit.Code {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由负责本地区的妇儿工委办办理，且不能是填报单位自己。")
	}
	return auth.Post{}, nil
}

// fits refuses a step for what was accepted, or was not, before.
func (s Submission) fits(st flow.Step) error {
	switch {
	case st.Verb == VerbDrop && s.AcceptedID == 0:
		return errs.Conflictf("这份报表还没有生效的版本，没有可以放弃的修订。")
	case st.Verb == VerbWithdraw && s.AcceptedID != 0:
		return errs.Conflictf("这份报表已有生效的数据，不能免报。数有误时请由填报单位修订。")
	}
	return nil
}

// as is the submission in its flow, for by. Who signed is read by the steps that ask it.
func (s Submission) as(by auth.User) flow.Case {
	return flow.Case{State: string(s.State), Fits: s.fits,
		Plays: func(part string) (auth.Post, error) { return s.plays(by, part) }}
}

// deeds are the steps that signatures are from, and who laid down the scans of those in ink, for the independence of
// the next.
func deeds(signatures []signed.Signature, scans []Scan) (did []flow.Deed) {
	for _, g := range scans {
		did = append(did, flow.Deed{Verb: VerbScan, PersonID: g.RecordedID})
		if g.Verdict == "" { // whose signatures it shows, as is said
			for _, place := range g.places() {
				did = append(did, flow.Deed{Verb: signs[place.Role], PersonID: place.ID})
			}
		}
	}
	for _, g := range signatures {
		did = append(did, flow.Deed{Verb: signs[g.Role], PersonID: g.PersonID})
	}
	return did
}

// signs are the steps by which people sign at each place.
var signs = map[string]string{First: VerbPrepare, Second: VerbSign, Third: VerbComplete}

// Open lists the steps that by may take now, for the page's buttons.
func (s Submission) Open(by auth.User) []flow.Step { return life.Open(by, s.as(by)) }
