package supervision

// What is done with a finding: written down, made whole, confirmed or dropped by the head, shown to the area, answered.

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/held"
	"yipanqi/internal/holiday"
	"yipanqi/internal/indicator"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

var unseenFinding = errs.Missingf("没有找到这条督导发现。它可能不存在，或者您没有查看权限。")

// ReadFinding returns a finding that by may see: the area does once it was shown.
func ReadFinding(tx *db.Tx, by auth.User, id string) (Finding, error) {
	f, err := GetFinding(tx, id)
	if err == nil && !f.sees(by) {
		err = unseenFinding
	}
	if err != nil {
		return Finding{}, err
	}
	return f, nil
}

func (f Finding) sees(by auth.User) bool {
	return f.stand().inside(by) || f.told() && visited(by, f.AreaPath)
}

// File keeps a finding, whole: what is seen at a desk is not half written.
func File(tx *db.Tx, by auth.User, visit string, f Finding) (Finding, error) {
	v, err := staying(tx, by, visit, VerbNote)
	if err != nil {
		return f, err
	}
	f.VisitID, f.State = v.ID, ""
	if err := f.clean(tx, v); err != nil {
		return f, err
	}
	if err := f.whole(); err != nil {
		return f, err
	}
	all, err := findingsOf(tx, v.ID)
	if err != nil {
		return f, err
	}
	for _, o := range all {
		if o.State != Dropped && o.Kind == f.Kind && o.Text == f.Text {
			return f, wrongly("text", "这次督导已经记过同样的发现（%s），没有再记一条。", o.Number)
		}
	}
	return f, f.begin(tx, by, v)
}

// begin numbers a new finding and writes it.
func (f *Finding) begin(tx *db.Tx, by auth.User, v Visit) error {
	f.About, f.GroupID, f.Office, f.OfficePath, f.AreaID, f.AreaPath, f.group = v.About, v.GroupID, v.Office,
		v.OfficePath, v.AreaID, v.AreaPath, v.group
	st, _, err := findingLife.Take(VerbFile, by, f.stand().as(by, ""))
	if err != nil {
		return err
	}
	year := tx.Today()[:4]
	n, err := lastNumber(tx, f.Office, year)
	if err != nil {
		return err
	}
	f.ID, f.Number, f.PersonID, f.Person, f.FiledOn, f.Version = db.NewID(), year+"-"+strconv.Itoa(n+1), by.ID,
		by.Name, tx.Today(), 1
	f.State, f.UpdatedBy, f.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := insertFinding(tx, *f); err != nil {
		return err
	}
	if err := f.findable(tx); err != nil {
		return err
	}
	return held.Log(tx, by, VerbFile, f.Object(), nil, f.row(), map[string]string{"visit": v.Object()})
}

// found makes a finding of a note that a phone sent as one: its evidence is the note itself, the rest is added later.
func (n *Note) makesFinding(tx *db.Tx, by auth.User, v Visit) error {
	f := Finding{VisitID: v.ID, Kind: n.Item, Text: n.Text, Evidence: []string{n.Object()}}
	err := f.begin(tx, by, v)
	n.Finding = f.Object()
	return err
}

// clean trims what was written and refuses what there is not.
func (f *Finding) clean(tx *db.Tx, v Visit) error {
	wrong := errs.Fields{}
	f.Text, f.Measure, f.Clause, f.Advice = strings.TrimSpace(f.Text), strings.TrimSpace(f.Measure),
		strings.TrimSpace(f.Clause), strings.TrimSpace(f.Advice)
	for name, text := range map[string]string{"text": f.Text, "measure": f.Measure, "clause": f.Clause,
		"advice": f.Advice} {
		if utf8.RuneCountInString(text) > maxText {
			wrong.Say(name, "最多%d个字。", maxText)
		}
	}
	if f.Text == "" {
		wrong.Say("text", "请写看到了什么。")
	}
	if !knows(findingKinds, f.Kind) {
		wrong.Say("kind", "请选问题、经验或建议。")
	}
	if f.Weight != "" && !knows(weights, f.Weight) {
		wrong.Say("weight", "请选严重、一般或轻微。")
	}
	if codes, _ := matter.CauseKinds(); f.CauseKind != "" && !slices.Contains(codes, f.CauseKind) {
		wrong.Say("cause_kind", "没有这类原因，请从列表里选。")
	}
	if err := f.rests(tx, v, wrong); err != nil {
		return err
	}
	for field, read := range map[string]func() error{
		"indicator": func() error { _, err := indicator.ByCode(tx, f.Indicator); return err },
		"lead":      func() error { return leadIn(tx, f.Lead, v.OfficePath) }} {
		if field == "indicator" && f.Indicator == "" || field == "lead" && f.Lead == "" {
			continue
		}
		if err := read(); errs.KindOf(err) == errs.Missing {
			wrong.Say(field, "没有这个代码，请从列表里选。")
		} else if err != nil {
			return err
		}
	}
	return wrong.Check("这条发现没有保存，请按提示修改。")
}

// leadIn refuses a unit that is none of the office's area.
func leadIn(tx *db.Tx, code, path string) error {
	u, err := network.UnitByCode(tx, code)
	if err != nil {
		return err
	}
	own, err := network.AreaByID(tx, u.AreaID)
	if err == nil && !strings.HasPrefix(own.Path, path) {
		err = errs.Missingf("没有这个代码，请从列表里选。")
	}
	return err
}

// rests refuses a goal and evidence that there are not.
func (f *Finding) rests(tx *db.Tx, v Visit, wrong errs.Fields) error {
	if utf8.RuneCountInString(f.Goal) > maxCode {
		wrong.Say("goal", "最多%d个字。", maxCode)
	} else if err := f.heldAgainst(tx, v, wrong); err != nil {
		return err
	}
	notes, err := notesOf(tx, v.ID)
	if err != nil {
		return err
	}
	sites, err := sitesOf(tx, v.ID)
	if err != nil {
		return err
	}
	kept := []string{}
	for _, e := range f.Evidence {
		if e = strings.TrimSpace(e); e == "" || slices.Contains(kept, e) {
			continue
		}
		known := slices.ContainsFunc(notes, func(n Note) bool { return n.Object() == e }) ||
			slices.ContainsFunc(sites, func(s Site) bool { return s.Object() == e })
		switch {
		case utf8.RuneCountInString(e) > maxTitle*3:
			wrong.Say("figure", "最多%d个字。", maxTitle*3)
		case strings.HasPrefix(e, "visit_") && !known:
			wrong.Say("evidence", "“%s”不是这次督导的记录或点位。", e)
		}
		kept = append(kept, e)
	}
	if len(kept) > maxTeam {
		wrong.Say("evidence", "证据最多%d条。", maxTeam)
	}
	f.Evidence = kept
	return nil
}

// whole refuses a finding that its head cannot confirm.
func (f Finding) whole() error {
	wrong := errs.Fields{}
	if f.Kind == "problem" && f.Goal == "" && f.Measure == "" && f.Clause == "" {
		wrong.Say("clause", "问题要有依据：请填对应的目标、措施，或哪项规定的哪一条。")
	}
	if f.Kind == "problem" && f.Weight == "" {
		wrong.Say("weight", "请选严重、一般或轻微。")
	}
	if len(f.Evidence) == 0 {
		wrong.Say("evidence", "请至少选一条证据：现场记录、档案、点位或数据。")
	}
	return wrong.Check("这条发现还不完整，请按提示补齐。")
}

// doFinding takes a step with a finding, as do does with a visit.
func doFinding(tx *db.Tx, by auth.User, id string, version int64, verb string,
	change func(*Finding) (map[string]string, error)) (Finding, error) {
	f, err := ReadFinding(tx, by, id)
	if err != nil {
		return f, err
	}
	st, _, err := findingLife.Take(verb, by, f.as(by))
	if err != nil {
		return f, err
	}
	if version != f.Version {
		return f, errs.Conflictf("%s刚刚改过这条发现。请刷新页面，核对后再操作；您输入的内容仍在本页。", f.UpdatedBy)
	}
	before := f.row()
	detail, err := change(&f)
	if err != nil {
		return f, err
	}
	return f, f.keep(tx, by, verb, State(st.To), before, detail)
}

func (f *Finding) keep(tx *db.Tx, by auth.User, verb string, to State, before held.Row,
	detail map[string]string) error {
	f.State, f.UpdatedBy, f.UpdatedAt = to, by.Name, tx.Now
	if err := updateFinding(tx, f); err != nil {
		return err
	}
	if err := f.findable(tx); err != nil {
		return err
	}
	return held.Log(tx, by, verb, f.Object(), before, f.row(), detail)
}

// Amend changes a finding that is not confirmed yet.
func Amend(tx *db.Tx, by auth.User, id string, version int64, now Finding) (Finding, error) {
	return doFinding(tx, by, id, version, VerbAmend, func(f *Finding) (map[string]string, error) {
		v, err := Get(tx, f.VisitID)
		if err != nil {
			return nil, err
		}
		f.Kind, f.Text, f.Goal, f.Measure, f.Clause, f.Evidence = now.Kind, now.Text, now.Goal, now.Measure, now.Clause,
			now.Evidence
		f.Indicator, f.Weight, f.CauseKind, f.Advice, f.Lead = now.Indicator, now.Weight, now.CauseKind, now.Advice,
			now.Lead
		return nil, f.clean(tx, v)
	})
}

// Confirm stands behind a finding: the head does.
func Confirm(tx *db.Tx, by auth.User, id string, version int64) (Finding, error) {
	return doFinding(tx, by, id, version, VerbConfirm, func(f *Finding) (map[string]string, error) {
		v, err := Get(tx, f.VisitID)
		if err != nil {
			return nil, err
		}
		if v.State != Noted {
			return nil, errs.Conflictf("督导记录还没有完成，请先完成记录再确认发现。")
		}
		f.ConfirmedOn, f.ConfirmedBy = tx.Today(), by.Name
		return nil, f.whole()
	})
}

// Drop leaves a finding out, with a reason.
func Drop(tx *db.Tx, by auth.User, id string, version int64, why string) (Finding, error) {
	return doFinding(tx, by, id, version, VerbDrop, func(f *Finding) (map[string]string, error) {
		if f.FeedbackID != "" {
			return nil, errs.Conflictf("这条发现已经写进督导意见函，只能由复核修改或撤销。")
		}
		return f.because(why)
	})
}

// Keep stands by a finding to which the area objects, with a reason.
func Keep(tx *db.Tx, by auth.User, id string, version int64, why string) (Finding, error) {
	return doFinding(tx, by, id, version, VerbKeep, func(f *Finding) (map[string]string, error) {
		if f.Says != "objects" {
			return nil, errs.Conflictf("区里没有提出不同意，不用说明。")
		}
		return f.because(why)
	})
}

func (f *Finding) because(why string) (map[string]string, error) {
	if f.Reason = strings.TrimSpace(why); f.Reason == "" || utf8.RuneCountInString(f.Reason) > maxText {
		return nil, wrongly("reason", "请写明原因，%d字以内。", maxText)
	}
	return map[string]string{"reason": f.Reason}, nil
}

// Show tells the area of all findings of a visit that are confirmed, so that it can say what it thinks of them.
func Show(tx *db.Tx, by auth.User, visit string) (shown []Finding, err error) {
	v, err := Read(tx, by, visit)
	if err != nil {
		return nil, err
	}
	all, err := findingsOf(tx, v.ID)
	if err != nil {
		return nil, err
	}
	start, _ := calendar.Start(tx.Today())
	due, err := holiday.Due(tx, start, toAnswer.Within)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if f.State != Confirmed {
			continue
		}
		f, err := doFinding(tx, by, f.ID, f.Version, VerbShow, func(f *Finding) (map[string]string, error) {
			f.ShownOn, f.AnswerDue = tx.Today(), due.On
			return nil, nil
		})
		if err != nil {
			return nil, err
		}
		shown = append(shown, f)
	}
	if len(shown) == 0 {
		return nil, errs.Conflictf("没有已确认、待送区里核对的发现。请先由组长确认。")
	}
	return shown, nil
}

// Answer is what the area says of a finding.
func Answer(tx *db.Tx, by auth.User, id string, version int64, says, text string) (Finding, error) {
	return doFinding(tx, by, id, version, VerbAnswer, func(f *Finding) (map[string]string, error) {
		wrong := errs.Fields{}
		f.Says, f.SaysText, f.SaysBy, f.SaidOn = says, strings.TrimSpace(text), by.Name, tx.Today()
		if !knows(answers, says) {
			wrong.Say("says", "请选同意、补充或不同意。")
		}
		if n := utf8.RuneCountInString(f.SaysText); n > maxText || n == 0 && says != "agrees" {
			wrong.Say("text", "请写明补充的事实或不同意的理由，%d字以内。", maxText)
		}
		if f.Silent(tx.Today()) || f.AnswerDue < tx.Today() {
			return nil, errs.Conflictf("答复期限%s已经过了，视为同意。对意见函仍可申请复核。", f.AnswerDue)
		}
		return nil, wrong.Check("没有提交，请按提示修改。")
	})
}

// findable puts a finding where those who see all of its office's area find it.
func (f Finding) findable(tx *db.Tx) error {
	if f.State == Dropped {
		return find.Drop(tx, f.Object())
	}
	return find.Put(tx, find.Doc{Object: f.Object(), Title: say.Title(f.Text, maxTitle), Note: "督导发现 " + f.Number,
		NoteEN: "Finding " + f.Number, Scope: find.Scope{Unit: f.Office, Path: f.OfficePath}})
}
