package supervision

// An objection of the area's leader to what the letter says, and its decision by somebody outside the group.

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/holiday"
	"yipanqi/internal/letter"
)

var unseenObjection = errs.Missingf("没有找到这份复核申请。它可能不存在，或者您没有查看权限。")

// ReadObjection returns an objection that by may see.
func ReadObjection(tx *db.Tx, by auth.User, id string) (Objection, error) {
	o, err := GetObjection(tx, id)
	if err == nil && !o.stand().inside(by) && !visited(by, o.AreaPath) {
		err = unseenObjection
	}
	if err != nil {
		return Objection{}, err
	}
	return o, nil
}

// Object asks for findings of a letter to be looked at again, within the days after its receipt.
func Object(tx *db.Tx, by auth.User, feedback string, findings []string, reason string) (o Objection, err error) {
	b, l, err := ReadFeedback(tx, by, feedback)
	if err != nil {
		return o, err
	}
	o = Objection{ID: db.NewID(), FeedbackID: b.ID, GroupID: b.GroupID, Office: b.Office, OfficePath: b.OfficePath,
		AreaID: b.AreaID, AreaPath: b.AreaPath, Findings: findings, Reason: strings.TrimSpace(reason),
		PersonID: by.ID, Person: by.Name, FiledOn: tx.Today(), Version: 1, group: b.group,
		further: b.further(), Changes: map[string]string{}}
	st, _, err := objectionLife.Take(VerbObject, by, o.stand().as(by, ""))
	if err != nil {
		return o, err
	}
	if err := b.objectable(tx, l); err != nil {
		return o, err
	}
	if err := o.names(tx, b); err != nil {
		return o, err
	}
	if o.DueOn, err = holiday.By(tx, tx.Today(), objectionLife.Limit(VerbObject)); err != nil {
		return o, err
	}
	o.State, o.UpdatedBy, o.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := insertObjection(tx, o); err != nil {
		return o, err
	}
	return o, held.Log(tx, by, VerbObject, o.Object(), nil, o.row(), map[string]string{"feedback": b.Object()})
}

// names refuses findings that the letter does not tell, or that wait for a decision already.
func (o *Objection) names(tx *db.Tx, b Feedback) error {
	told, err := FindingsIn(tx, b.ID)
	if err != nil {
		return err
	}
	others, err := objectionsTo(tx, b.ID)
	if err != nil {
		return err
	}
	wrong := errs.Fields{}
	slices.Sort(o.Findings)
	if o.Findings = slices.Compact(o.Findings); len(o.Findings) == 0 {
		wrong.Say("findings", "请选对哪几条发现申请复核。")
	}
	for _, id := range o.Findings {
		if !slices.ContainsFunc(told, func(f Finding) bool { return f.ID == id && f.State != Dropped }) {
			wrong.Say("findings", "请从这份意见函的发现里选。")
		}
		if slices.ContainsFunc(others, func(p Objection) bool { return slices.Contains(p.Findings, id) }) {
			wrong.Say("findings", "有的发现已经申请过复核，不能再申请一次。")
		}
	}
	if n := utf8.RuneCountInString(o.Reason); n == 0 || n > maxText {
		wrong.Say("reason", "请写明理由，%d字以内；证明材料附在办理记录里。", maxText)
	}
	return wrong.Check("没有提交复核申请，请按提示修改。")
}

// until is the last day on which the area can object; empty while nobody there has received the letter.
func (b Feedback) until(tx *db.Tx, l letter.Letter) (string, error) {
	receipts, err := letter.Receipts(tx, l.ID, l.InForce)
	if err != nil {
		return "", err
	}
	first := ""
	for _, r := range receipts {
		if r.Done() && (first == "" || r.ReceivedOn < first) {
			first = r.ReceivedOn
		}
	}
	return holiday.By(tx, first, objectionLife.Limit(limitObject))
}

// objectable refuses what comes before the letter is received, or too late.
func (b Feedback) objectable(tx *db.Tx, l letter.Letter) error {
	until, err := b.until(tx, l)
	switch {
	case err != nil:
		return err
	case until == "":
		return errs.Conflictf("意见函还没有签收。请先签收，签收以后才能申请复核。")
	case tx.Today() > until:
		return errs.Conflictf("申请复核的期限%s已经过了。", until)
	}
	return nil
}

// Decision is what comes of an objection.
type Decision struct {
	Verdict, Explanation string
	Changes              map[string]string // new texts by finding, where they are changed
}

// Decide decides an objection: by somebody who is not of the group, and who explains it.
func Decide(tx *db.Tx, by auth.User, id string, version int64, d Decision) (Objection, error) {
	o, err := ReadObjection(tx, by, id)
	if err != nil {
		return o, err
	}
	st, _, err := objectionLife.Take(VerbDecide, by, o.stand().as(by, o.State,
		flow.Deed{Verb: VerbObject, PersonID: o.PersonID}))
	if err != nil {
		return o, err
	}
	if version != o.Version {
		return o, errs.Conflictf("%s刚刚办过这份申请。请刷新页面看看。", o.UpdatedBy)
	}
	if err := d.differs(tx, o); err != nil {
		return o, err
	}
	if err := d.check(o); err != nil {
		return o, err
	}
	before := o.row()
	o.Verdict, o.Explanation, o.Changes, o.DeciderID, o.Decider, o.DecidedOn = d.Verdict, d.Explanation, d.Changes,
		by.ID, by.Name, tx.Today()
	o.State, o.UpdatedBy, o.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := updateObjection(tx, &o); err != nil {
		return o, err
	}
	if err := o.settles(tx, by); err != nil {
		return o, err
	}
	return o, held.Log(tx, by, VerbDecide, o.Object(), before, o.row(), map[string]string{
		"explanation": d.Explanation})
}

// differs leaves out what says the same as the finding does: the page's form has its words in it.
func (d *Decision) differs(tx *db.Tx, o Objection) error {
	d.Changes = maps.Clone(d.Changes)
	for _, id := range o.Findings {
		f, err := GetFinding(tx, id)
		if err != nil {
			return err
		}
		if strings.TrimSpace(d.Changes[id]) == f.Text {
			delete(d.Changes, id)
		}
	}
	return nil
}

func (d *Decision) check(o Objection) error {
	wrong := errs.Fields{}
	d.Explanation = strings.TrimSpace(d.Explanation)
	if !knows(verdicts, d.Verdict) {
		wrong.Say("verdict", "请选维持、修改或撤销。")
	}
	if n := utf8.RuneCountInString(d.Explanation); n == 0 || n > maxText {
		wrong.Say("explanation", "请写明结论的理由，%d字以内。", maxText)
	}
	changes := map[string]string{}
	for id, text := range d.Changes {
		if !slices.Contains(o.Findings, id) {
			wrong.Say("changes", "只能修改申请复核的发现。")
		}
		if text = strings.TrimSpace(text); utf8.RuneCountInString(text) > maxText {
			wrong.Say("changes", "最多%d个字。", maxText)
		}
		if text != "" && d.Verdict == "changed" {
			changes[id] = text
		}
	}
	if d.Changes = changes; d.Verdict == "changed" && len(changes) == 0 {
		wrong.Say("changes", "请写出修改后的内容。")
	}
	return wrong.Check("没有作出结论，请按提示修改。")
}

// settles writes what was decided on the findings.
func (o Objection) settles(tx *db.Tx, by auth.User) error {
	for _, id := range o.Findings {
		f, err := GetFinding(tx, id)
		if err != nil {
			return err
		}
		before, to := f.row(), f.State
		switch text := o.Changes[id]; {
		case o.Verdict == "dropped":
			to, f.Reason = Dropped, o.Explanation
		case text != "" && text != f.Text:
			f.Text = text
		default:
			continue
		}
		if err := f.keep(tx, by, VerbRevise, to, before, map[string]string{"objection": o.Object()}); err != nil {
			return err
		}
	}
	return nil
}
