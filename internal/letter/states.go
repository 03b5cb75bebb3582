package letter

// The life of a letter: what the table does not list cannot happen. docs/states.md is made from it.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// State is where a letter stands.
type State string

const (
	StateDraft         State = "draft"
	StateChecked       State = "checked"       // its text is frozen
	StateCountersigned State = "countersigned" // by every unit that was named
	StateSigned        State = "signed"
	StateIssued        State = "issued"
	StateWithdrawn     State = "withdrawn"

	// stateNext stands in the table for the state that a countersignature leads to: others may be awaited.
	stateNext State = "next"
)

// States are all of them, in order.
var States = []State{StateDraft, StateChecked, StateCountersigned, StateSigned, StateIssued, StateWithdrawn}

// Parts that people play in a letter.
const (
	Drafter       = "drafter"       // works in the office that drafts it
	Checker       = "checker"       // works there or leads it
	Countersigner = "countersigner" // leads a unit whose countersignature is awaited
	Signer        = "signer"        // leads the issuer, or the committee of its area
	Handler       = "handler"       // drafts, checks, countersigns or signs it
	Receiver      = "receiver"      // the liaison of a unit that it is addressed to, or whoever stands in
)

// Verbs are permission, journal entry and button at once.
const (
	VerbDraft       = "letter.draft"
	VerbEdit        = "letter.edit"
	VerbCheck       = "letter.check"
	VerbCountersign = "letter.countersign"
	VerbSign        = "letter.sign"
	VerbIssue       = "letter.issue"

	VerbEnterCountersign = "letter.enter_countersign" // 代录: countersigned on paper
	VerbEnterSign        = "letter.enter_sign"        // signed on paper

	VerbReceive  = "letter.receive"
	VerbRecord   = "letter.record" // 代录: received on paper
	VerbReturn   = "letter.return"
	VerbReplace  = "letter.replace"
	VerbDrop     = "letter.drop" // the correction that is being written
	VerbWithdraw = "letter.withdraw"
	VerbHand     = "letter.hand" // what a unit has to receive, to the unit that takes over
)

var (
	reasoned = flow.Rule{Needs: []string{"reason"}}
	written  = flow.Rule{Needs: []string{"digest"}}
	// another person than those who wrote it
	another = flow.Rule{Needs: written.Needs, Not: []string{VerbDraft, VerbEdit}}
	// our proposal: no rule that we could read sets one
	issued  = flow.Rule{Needs: []string{"digest", "number"}, Within: calendar.Within(2, calendar.WorkDays)}
	onPost  = flow.Rule{Needs: []string{"code"}}
	onPaper = flow.Rule{Needs: []string{"digest", "code", "person", "on", "scan"}}
)

// life is the whole state table.
var life = flow.Table{Object: "letter", Words: lifeWords, Apart: apartWords,
	Ends:   []string{string(StateIssued), string(StateWithdrawn)},
	Either: map[string][]string{string(stateNext): {string(StateChecked), string(StateCountersigned)}},
	Steps: slices.Concat([]flow.Step{
		flow.Line("", VerbDraft, Drafter, StateDraft, written),
		flow.Line(StateDraft, VerbEdit, Drafter, StateDraft, written),
		flow.Line(StateDraft, VerbCheck, Checker, StateChecked, another),
		flow.Line(StateChecked, VerbCountersign, Countersigner, stateNext, written),
		flow.Line(StateChecked, VerbSign, Signer, StateSigned, another),
		flow.Line(StateCountersigned, VerbSign, Signer, StateSigned, another),
		flow.Line(StateChecked, VerbEnterCountersign, Drafter, stateNext, onPaper),
		flow.Line(StateChecked, VerbEnterSign, Drafter, StateSigned, onPaper),
		flow.Line(StateCountersigned, VerbEnterSign, Drafter, StateSigned, onPaper),
		flow.Line(StateSigned, VerbIssue, Drafter, StateIssued, issued),
		flow.Line(StateIssued, VerbReplace, Drafter, StateDraft, reasoned),
		flow.Line(StateChecked, VerbReturn, Handler, StateDraft, reasoned),
		flow.Line(StateCountersigned, VerbReturn, Handler, StateDraft, reasoned),
		flow.Line(StateSigned, VerbReturn, Handler, StateDraft, reasoned),
	}, inAny(StateDraft, StateChecked, StateCountersigned, StateSigned, StateIssued))}

// inAny are the steps that are taken in any of the states: receipts are of the edition in force, whatever becomes of
// its correction.
func inAny(states ...State) (steps []flow.Step) {
	for _, s := range states {
		steps = append(steps, flow.Line(s, VerbReceive, Receiver, s, onPost),
			flow.Line(s, VerbRecord, Drafter, s, onPost),
			flow.Line(s, VerbHand, flow.Program, s, flow.Rule{Needs: []string{"from", "to", "basis"}}))
		if s != StateIssued {
			steps = append(steps, flow.Line(s, VerbDrop, Drafter, StateIssued, reasoned))
		}
		steps = append(steps, flow.Line(s, VerbWithdraw, Drafter, StateWithdrawn, reasoned))
	}
	return steps
}

var lifeWords = map[string]say.Key{
	string(StateDraft): "拟稿中", string(StateChecked): "已核稿", string(StateCountersigned): "已会签",
	string(StateSigned): "已签发，待发出", string(StateIssued): "已发出", string(StateWithdrawn): "已撤回",

	VerbDraft: "拟稿", VerbEdit: "修改文稿", VerbCheck: "核稿", VerbCountersign: "会签", VerbSign: "签发",
	VerbIssue: "发出", VerbReceive: "签收", VerbRecord: "代录纸质签收", VerbReturn: "退回修改",
	VerbReplace: "开始更正", VerbDrop: "放弃更正", VerbWithdraw: "撤回",
	VerbHand: "改由承接单位签收", VerbEnterCountersign: "代录纸质会签", VerbEnterSign: "代录纸质签发",

	Drafter: "拟稿的办公室", Checker: "本办公室另一人", Countersigner: "会签单位负责人", Signer: "签发人",
	Handler: "办理这件发文的人", Receiver: "收文单位联络员", flow.Program: "系统",
}

var apartWords = map[string]say.Key{
	VerbCheck: "您写过这份文稿，不能由您核稿。请换一位同事核稿。",
	VerbSign:  "您写过这份文稿，不能由您签发。请由别的负责人签发。",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

// Editable says whether the text can be written in.
func (s State) Editable() bool { _, ok := life.Step(string(s), VerbEdit); return ok }

// scene is a letter in its flow, with what decides who may do what: who has countersigned and who has received.
type scene struct {
	Letter
	issuer  network.Unit
	awaited []string  // units whose countersignature is awaited
	owing   []Receipt // units that have not received the edition in force
	homes   map[string]network.Unit
}

// staged reads what the flow asks beyond the letter; by's units are read for the offices that serve a committee.
func staged(tx *db.Tx, by auth.User, l Letter) (s scene, err error) {
	s = scene{Letter: l, homes: map[string]network.Unit{}}
	for _, p := range by.Posts {
		if s.homes[p.Unit], err = network.UnitByCode(tx, p.Unit); err != nil {
			return s, err
		}
	}
	if s.issuer, err = network.UnitByCode(tx, l.Issuer); err != nil {
		return s, err
	}
	if l.State == StateChecked {
		signatures, err := signaturesOf(tx, l.ID, l.Edition)
		if err != nil {
			return s, err
		}
		for _, g := range signatures {
			if g.At.IsZero() {
				s.awaited = append(s.awaited, g.Unit)
			}
		}
	}
	if l.Issued() {
		receipts, err := Receipts(tx, l.ID, l.InForce)
		if err != nil {
			return s, err
		}
		s.owing = slices.DeleteFunc(receipts, Receipt.Done)
	}
	return s, nil
}

// plays is the post in which by plays a part, or says why not.
func (s scene) plays(by auth.User, part string) (auth.Post, error) {
	switch part {
	case Drafter:
		if post, ok := by.PostFor(s.Unit, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步由拟稿的办公室办理。")
	case Checker:
		for _, role := range []string{auth.Office, auth.Leader} {
			if post, ok := by.PostFor(s.Unit, role); ok {
				return post, nil
			}
		}
		return auth.Post{}, errs.Deniedf("核稿由拟稿办公室的另一位同事或负责人办理。")
	case Countersigner:
		for _, unit := range s.awaited {
			if post, ok := by.PostFor(unit, auth.Leader); ok {
				return post, nil
			}
		}
		return auth.Post{}, errs.Deniedf("会签由名单上还没有会签的单位的负责人办理。")
	case Signer:
		return s.signer(by)
	case Handler:
		for _, one := range []string{Drafter, Checker, Countersigner, Signer} {
			if post, err := s.plays(by, one); err == nil {
				return post, nil
			}
		}
		return auth.Post{}, errs.Deniedf("退回由核稿、会签或签发这件发文的人办理。")
	case Receiver:
		for _, owed := range s.owing {
			if post, ok := s.receives(by, owed.Holder); ok {
				return post, nil
			}
		}
		return auth.Post{}, errs.Deniedf("签收由收文单位的联络员办理，每个单位签收一次。")
	}
	return auth.Post{}, nil
}

// signer is the post in which by may sign: as leader of the office or the issuer, or of the committee of their area.
func (s scene) signer(by auth.User) (auth.Post, error) {
	for _, p := range by.Posts {
		if p.Role == auth.Leader && (p.Unit == s.Unit || p.Unit == s.Issuer) ||
			p.Role == auth.CommitteeChief && p.AreaPath == s.AreaPath {
			return p, nil
		}
	}
	return auth.Post{}, errs.Deniedf("签发由%s的负责人或本级妇儿工委的主任、副主任办理。", s.issuer.Name)
}

// receives is the post in which by may receive for a unit: its liaison, its office, its leader where nobody else does,
// or the office of a committee.
func (s scene) receives(by auth.User, unit string) (auth.Post, bool) {
	for _, role := range []string{auth.Liaison, auth.Office, auth.Leader} {
		if post, ok := by.PostFor(unit, role); ok {
			return post, true
		}
	}
	for _, p := range by.Posts {
		if p.Role == auth.Office && s.homes[p.Unit].Parent == unit && unit != "" {
			return p, true
		}
	}
	return auth.Post{}, false
}

// fits refuses a step for what the letter is beyond its state.
func (s scene) fits(st flow.Step) error {
	switch {
	case st.Verb == VerbDrop && !s.Correcting():
		return errs.Conflictf("这件发文还没有发出过，没有可以放弃的更正。要作废请撤回。")
	case st.Verb == VerbWithdraw && s.Correcting():
		return errs.Conflictf("更正正在办理。请先放弃更正，再撤回已发出的文件。")
	case st.Verb == VerbEnterCountersign && len(s.awaited) == 0:
		return errs.Conflictf("没有在等会签的单位。")
	case (st.Verb == VerbSign || st.Verb == VerbEnterSign) && len(s.awaited) > 0:
		return errs.Conflictf("还有%d个单位没有会签，会签完才能签发。", len(s.awaited))
	case (st.Verb == VerbReceive || st.Verb == VerbRecord) && len(s.owing) == 0:
		return errs.Conflictf("没有还要签收的单位。")
	}
	return nil
}

// as is the letter in its flow, for by.
func (s scene) as(by auth.User) flow.Case {
	c := flow.Case{State: string(s.State), Fits: s.fits,
		Plays: func(part string) (auth.Post, error) { return s.plays(by, part) }}
	for _, id := range s.Writers {
		c.Did = append(c.Did, flow.Deed{Verb: VerbEdit, PersonID: id})
	}
	return c
}

// open are the steps that by may take now, for the page's buttons.
func (s scene) open(by auth.User) []flow.Step { return life.Open(by, s.as(by)) }

// insider says whether by works on the letter, and so sees what is not issued yet: for its office, for a unit that
// countersigns, or as a signer.
func (l Letter) insider(by auth.User) bool {
	for _, p := range by.Posts {
		if p.Unit == l.Unit || p.Unit == l.Issuer || p.Role == auth.CommitteeChief && p.AreaPath == l.AreaPath ||
			l.State != StateDraft && slices.Contains(l.Countersigners, p.Unit) {
			return by.Sees(p.Unit, "")
		}
	}
	return false
}
