package supervision

// The letter that tells an area what was found: drafted from the findings, agreed to by the head, sent by package
// letter, corrected after an objection; its problems become one matter.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/holiday"
	"yipanqi/internal/letter"
	"yipanqi/internal/say"
)

var unseenFeedback = errs.Missingf("没有找到这份书面反馈。它可能不存在，或者您没有查看权限。")

// ReadFeedback returns what an area is told, for whoever may see it: the area once the letter is issued.
func ReadFeedback(tx *db.Tx, by auth.User, id string) (b Feedback, l letter.Letter, err error) {
	if b, err = GetFeedback(tx, id); err != nil {
		return b, l, err
	}
	if l, err = b.sent(tx); err != nil {
		return b, l, err
	}
	if !by.Can(VerbWatch) || !b.stand().inside(by) && !(l.Issued() && visited(by, b.AreaPath)) {
		return Feedback{}, letter.Letter{}, unseenFeedback
	}
	return b, l, nil
}

// sent is the letter as it stands.
func (b Feedback) sent(tx *db.Tx) (letter.Letter, error) {
	return letter.Get(tx, strings.TrimPrefix(b.Letter, "letter/"))
}

// letters are those that tell of a visit, oldest first, and whether something found there still waits for one.
func (v Visit) letters(tx *db.Tx) (told []Feedback, waits bool, err error) {
	all, err := feedbacksTo(tx, v.Office, v.About, v.AreaID)
	if err != nil {
		return nil, false, err
	}
	found, err := findingsOf(tx, v.ID)
	if err != nil {
		return nil, false, err
	}
	waits = slices.ContainsFunc(found, func(f Finding) bool { return f.FeedbackID == "" && f.State != Dropped })
	for _, b := range all {
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.FeedbackID == b.ID }) {
			continue
		}
		lost, err := b.lost(tx)
		if err != nil {
			return nil, false, err
		}
		told, waits = append(told, b), waits || lost
	}
	return told, waits, nil
}

// lost says whether the letter was withdrawn before anything came of it: what it told waits for another.
func (b Feedback) lost(tx *db.Tx) (bool, error) {
	if b.State != Drafted && b.State != Consented {
		return false, nil
	}
	l, err := b.sent(tx)
	return l.State == letter.StateWithdrawn, err
}

// ripe refuses a letter while a finding is not confirmed, not shown or not settled; what it returns are the findings
// that it tells, and the visits of all that it ever told. Fresh ones are those of visits that were noted and that no
// letter has told yet: a visit that is still to come, or under way, waits for the next.
func (b Feedback) ripe(tx *db.Tx, fresh bool) (visits []Visit, told []Finding, err error) {
	made, err := visitsTo(tx, b.Office, b.About, b.AreaID)
	if err != nil {
		return nil, nil, err
	}
	all, err := findingsTo(tx, b.Office, b.About, b.AreaID)
	if err != nil {
		return nil, nil, err
	}
	of := map[string]bool{}
	for _, f := range all {
		noted := slices.ContainsFunc(made, func(v Visit) bool { return v.ID == f.VisitID && v.State == Noted })
		mine := b.ID != "" && f.FeedbackID == b.ID
		if !mine && !(fresh && noted && f.FeedbackID == "" && f.State != Dropped) {
			continue
		}
		of[f.VisitID] = true
		switch {
		case f.State == Dropped: // after an objection
		case f.State == Filed:
			return nil, nil, errs.Conflictf("发现%s还没有经组长确认，意见函不能起草或发出。", f.Number)
		case f.State == Confirmed:
			return nil, nil, errs.Conflictf("发现%s还没有送区里核对。", f.Number)
		case f.State == Shown && !f.Silent(tx.Today()):
			return nil, nil, errs.Conflictf("发现%s还在等区里答复，期限%s。", f.Number, f.AnswerDue)
		case f.Says == "objects" && f.Reason == "":
			return nil, nil, errs.Conflictf("区里不同意发现%s，请组长先说明仍然采用，或者不采用。", f.Number)
		default:
			told = append(told, f)
		}
	}
	visits = slices.DeleteFunc(made, func(v Visit) bool { return !of[v.ID] })
	if fresh && len(told) == 0 {
		err = errs.Conflictf("还没有确认过的发现，没有可以反馈的内容。")
	}
	return visits, told, err
}

// letter is a new one to the area of a visit.
func (v Visit) letter() Feedback {
	return Feedback{About: v.About, GroupID: v.GroupID, Office: v.Office, OfficePath: v.OfficePath, AreaID: v.AreaID,
		AreaPath: v.AreaPath, group: v.group}
}

// drafted is the letter to the area of a visit that is being drafted, or has to be drafted once more as it was
// withdrawn; else a new one, for what was found since the last.
func (v Visit) drafted(tx *db.Tx) (b Feedback, again bool, err error) {
	all, err := feedbacksTo(tx, v.Office, v.About, v.AreaID)
	if err != nil {
		return b, false, err
	}
	for _, b := range all {
		if lost, err := b.lost(tx); err != nil || lost || b.State == Drafted {
			return b, true, err
		}
	}
	return v.letter(), false, nil
}

// Drafting is what is chosen for a letter: until when the plan is wanted, by default as our limit has it, and which of
// several governments it goes to.
type Drafting struct{ PlanDue, Government string }

// DraftFeedback drafts the letter to the area of a visit, or drafts it anew while nobody has agreed to it.
func DraftFeedback(tx *db.Tx, by auth.User, visit string, d Drafting) (Feedback, error) {
	v, err := Read(tx, by, visit)
	if err != nil {
		return Feedback{}, err
	}
	b, again, err := v.drafted(tx)
	if err != nil {
		return Feedback{}, err
	}
	st, _, err := feedbackLife.Take(VerbDraft, by, b.stand().as(by, b.State))
	if err != nil {
		return b, err
	}
	if v.State != Noted {
		return b, errs.Conflictf("%s的督导还没有完成记录，意见函要等它完成。", v.OnDay)
	}
	visits, told, err := b.ripe(tx, true)
	if err != nil {
		return b, err
	}
	addressee := b.Government
	if err := b.addressed(tx, d.Government); err != nil {
		return b, err
	}
	if d.PlanDue == "" && again {
		d.PlanDue = b.PlanDue
	}
	fresh := slices.ContainsFunc(told, func(f Finding) bool { return f.FeedbackID != b.ID })
	if again && !fresh && b.State == Drafted && d.PlanDue == b.PlanDue && b.Government == addressee {
		if lost, err := b.lost(tx); err != nil || !lost {
			return b, err // pressed twice: what somebody has written in the draft since stays
		}
	}
	row := b.row()
	if again {
		b.ConsentedBy, b.ConsentedOn, b.Agreed = "", "", ""
	}
	if b.PlanDue, err = planDay(tx, d.PlanDue); err != nil {
		return b, err
	}
	if b.DueOn, err = letterDue(tx, visits); err != nil {
		return b, err
	}
	if !again {
		b.ID, b.Version, row = db.NewID(), 1, nil
	}
	if err := b.writes(tx, by, visits, told); err != nil {
		return b, err
	}
	if err := b.gather(tx, told); err != nil {
		return b, err
	}
	b.State, b.UpdatedBy, b.UpdatedAt = State(st.To), by.Name, tx.Now
	if again {
		err = updateFeedback(tx, &b)
	} else {
		err = insertFeedback(tx, b)
	}
	if err != nil {
		return b, err
	}
	if err := b.include(tx, by, told); err != nil {
		return b, err
	}
	return b, held.Log(tx, by, VerbDraft, b.Object(), row, b.row(), nil)
}

// planDay is until when the plan is wanted: by default as our limit has it.
func planDay(tx *db.Tx, wanted string) (string, error) {
	if wanted == "" {
		return holiday.By(tx, tx.Today(), feedbackLife.Limit(limitPlan))
	}
	if !calendar.IsDay(wanted) || wanted <= tx.Today() || wanted > daysBefore(tx.Today(), -aheadYears) {
		return "", wrongly("plan_due", "方案期限要写成 2024-03-15，在今天以后、%d年以内。", aheadYears)
	}
	return wanted, nil
}

// letterDue is until when the letter is to go out, counted from the last visit.
func letterDue(tx *db.Tx, visits []Visit) (string, error) {
	last := ""
	for _, v := range visits {
		last = max(last, v.OnDay)
	}
	start, ok := calendar.Start(last)
	if !ok {
		return "", nil
	}
	due, err := holiday.Due(tx, start, toIssue)
	return due.On, err
}

// writes makes the letter, or writes it anew.
func (b *Feedback) writes(tx *db.Tx, by auth.User, visits []Visit, told []Finding) error {
	title, body, err := b.text(tx, visits, told)
	if err != nil {
		return err
	}
	l := letter.Letter{Kind: letter.KindLetter, Title: title, Main: []string{b.Government, b.Committee}, Body: body,
		Disclosure: "not_open", ReplyDue: b.PlanDue, About: b.Object()}
	if b.Letter == "" {
		l, err = letter.Draft(tx, by, l)
		b.Letter = l.Object()
		return err
	}
	now, err := b.sent(tx)
	if err != nil {
		return err
	}
	if now.State == letter.StateWithdrawn {
		l, err = letter.Draft(tx, by, l)
		b.Letter = l.Object()
		return err
	}
	_, err = letter.Save(tx, by, now.ID, now.Version, l)
	return err
}

// include says in each finding that the letter tells it.
func (b Feedback) include(tx *db.Tx, by auth.User, told []Finding) error {
	for _, f := range told {
		if f.FeedbackID == b.ID {
			continue
		}
		before := f.row()
		f.FeedbackID = b.ID
		if err := f.keep(tx, by, VerbInclude, f.State, before, map[string]string{"feedback": b.Object()}); err != nil {
			return err
		}
	}
	return nil
}

// doFeedback takes a step with what an area is told.
func doFeedback(tx *db.Tx, by auth.User, id string, version int64, verb string,
	change func(*Feedback, letter.Letter) (map[string]string, error)) (Feedback, error) {
	b, l, err := ReadFeedback(tx, by, id)
	if err != nil {
		return b, err
	}
	st, _, err := feedbackLife.Take(verb, by, b.stand().as(by, b.State))
	if err != nil {
		return b, err
	}
	if version != b.Version {
		return b, errs.Conflictf("%s刚刚办过。请刷新页面，核对后再操作。", b.UpdatedBy)
	}
	before := b.row()
	detail, err := change(&b, l)
	if err != nil {
		return b, err
	}
	if b.State, b.UpdatedBy, b.UpdatedAt = State(st.To), by.Name, tx.Now; b.State == agreeing {
		b.State = b.reached()
	}
	if err := updateFeedback(tx, &b); err != nil {
		return b, err
	}
	return b, held.Log(tx, by, verb, b.Object(), before, b.row(), detail)
}

// Correct begins the corrected letter after an objection changed or dropped what the first one said.
func Correct(tx *db.Tx, by auth.User, id string, version int64) (Feedback, error) {
	return doFeedback(tx, by, id, version, VerbCorrect, func(b *Feedback, l letter.Letter) (map[string]string, error) {
		why, err := b.corrected(tx, l)
		if err != nil {
			return nil, err
		}
		if l, err = letter.Replace(tx, by, l.ID, l.Version, why); err != nil {
			return nil, err
		}
		visits, told, err := b.ripe(tx, false)
		if err != nil {
			return nil, err
		}
		if err := b.writes(tx, by, visits, told); err != nil {
			return nil, err
		}
		l, err = b.sent(tx)
		b.stands(wording(l)) // the decision on the objection stands behind these words
		return map[string]string{"reason": why}, err
	})
}

// corrected is why the letter is to be corrected: an objection was decided after the edition that is in force.
func (b Feedback) corrected(tx *db.Tx, l letter.Letter) (string, error) {
	if !l.Issued() || l.Correcting() {
		return "", errs.Conflictf("意见函还没有发出，或者正在更正。")
	}
	all, err := objectionsTo(tx, b.ID)
	if err != nil {
		return "", err
	}
	changed := int64(0)
	last := Objection{}
	for _, o := range all {
		if o.State == Decided && o.Verdict != "kept" {
			changed++
			last = o
		}
	}
	if changed < l.InForce {
		return "", errs.Conflictf("没有复核后要更正的内容。")
	}
	return "复核" + string(wordOf(verdicts, last.Verdict)) + "：" + say.Title(last.Explanation, 200), nil
}
