package supervision

// Rows of findings, of letters to areas and of objections.

import (
	"encoding/json"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
)

const findingColumns = `f.id, f.number, f.visit_id, f.about, f.group_id, f.office, f.office_path, f.area_id,
	f.area_path, f.kind, f.body, f.goal, f.measure, f.clause, f.evidence, f.indicator, f.weight, f.cause_kind, f.advice,
	f.lead, f.person_id, f.person, f.filed_on, f.confirmed_on, f.confirmed_by, f.reason, f.shown_on, f.answer_due,
	f.says, f.says_text, f.says_by, f.said_on, f.feedback_id, f.state, f.version, f.updated_by, f.updated_at`

func scanFinding(r db.Row) (f Finding, err error) {
	var evidence string
	if err = r.Scan(&f.ID, &f.Number, &f.VisitID, &f.About, &f.GroupID, &f.Office, &f.OfficePath, &f.AreaID,
		&f.AreaPath, &f.Kind, &f.Text, &f.Goal, &f.Measure, &f.Clause, &evidence, &f.Indicator, &f.Weight,
		&f.CauseKind, &f.Advice, &f.Lead, &f.PersonID, &f.Person, &f.FiledOn, &f.ConfirmedOn, &f.ConfirmedBy,
		&f.Reason, &f.ShownOn, &f.AnswerDue, &f.Says, &f.SaysText, &f.SaysBy, &f.SaidOn, &f.FeedbackID, &f.State,
		&f.Version, &f.UpdatedBy, &f.UpdatedAt); err != nil {
		return f, err
	}
	f.UpdatedAt = f.UpdatedAt.UTC()
	return f, readAll(evidence, &f.Evidence)
}

// GetFinding returns a finding with the group that found it, whoever asks.
func GetFinding(tx *db.Tx, id string) (f Finding, err error) {
	f, err = db.One(tx, scanFinding, `SELECT `+findingColumns+` FROM findings f WHERE f.id = $1`, id)
	if err != nil {
		return f, err
	}
	f.group, err = GetGroup(tx, f.GroupID)
	return f, err
}

func findingsWhere(tx *db.Tx, where string, args ...any) ([]Finding, error) {
	all, err := db.All(tx, scanFinding, `SELECT `+findingColumns+` FROM findings f WHERE `+where+` ORDER BY f.id`,
		args...)
	if err != nil {
		return nil, err
	}
	groups := map[string]Group{}
	for n := range all {
		f := &all[n]
		g, known := groups[f.GroupID]
		if !known {
			if g, err = groupOf(tx, f.GroupID); err != nil {
				return nil, err
			}
			groups[f.GroupID] = g
		}
		f.group = g
	}
	return all, nil
}

// findingsOf are those of a visit.
func findingsOf(tx *db.Tx, visit string) ([]Finding, error) {
	return findingsWhere(tx, `f.visit_id = $1`, visit)
}

// FindingsIn are those that a letter tells, whoever asks.
func FindingsIn(tx *db.Tx, feedback string) ([]Finding, error) {
	return findingsWhere(tx, `f.feedback_id = $1`, feedback)
}

// ToldOf are those about an object that areas were told of in a letter, whoever asks.
func ToldOf(tx *db.Tx, about string) ([]Finding, error) {
	return findingsWhere(tx, `f.about = $1 AND f.feedback_id <> '' AND f.shown_on <> ''`, about)
}

// findingsTo are those of an office in an area, about the same.
func findingsTo(tx *db.Tx, office, about string, area int64) ([]Finding, error) {
	return findingsWhere(tx, `f.area_id = $1 AND f.office = $2 AND f.about = $3`, area, office, about)
}

func everyFinding(tx *db.Tx) ([]Finding, error) { return findingsWhere(tx, `1 = 1`) }

// lastNumber is how many findings an office has of a year.
func lastNumber(tx *db.Tx, office, year string) (int, error) {
	return db.Value[int](tx, `SELECT count(*) FROM findings WHERE office = $1 AND number LIKE $2`, office, year+"-%")
}

func insertFinding(tx *db.Tx, f Finding) error {
	return tx.Exec(`INSERT INTO findings (id, number, visit_id, about, group_id, office, office_path, area_id,
		area_path, kind, body, goal, measure, clause, evidence, indicator, weight, cause_kind, advice, lead, person_id,
		person, filed_on, confirmed_on, confirmed_by, reason, shown_on, answer_due, says, says_text, says_by, said_on,
		feedback_id, state, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37)`, f.ID, f.Number, f.VisitID, f.About,
		f.GroupID, f.Office, f.OfficePath, f.AreaID, f.AreaPath, f.Kind, f.Text, f.Goal, f.Measure, f.Clause,
		asJSON(f.Evidence), f.Indicator, f.Weight, f.CauseKind, f.Advice, f.Lead, f.PersonID, f.Person, f.FiledOn,
		f.ConfirmedOn, f.ConfirmedBy, f.Reason, f.ShownOn, f.AnswerDue, f.Says, f.SaysText, f.SaysBy, f.SaidOn,
		f.FeedbackID, string(f.State), f.Version, f.UpdatedBy, f.UpdatedAt)
}

func updateFinding(tx *db.Tx, f *Finding) error {
	f.Version++
	return tx.ExecOne(`UPDATE findings SET kind = $1, body = $2, goal = $3, measure = $4, clause = $5, evidence = $6,
		indicator = $7, weight = $8, cause_kind = $9, advice = $10, lead = $11, confirmed_on = $12, confirmed_by = $13,
		reason = $14, shown_on = $15, answer_due = $16, says = $17, says_text = $18, says_by = $19, said_on = $20,
		feedback_id = $21, state = $22, version = $23, updated_by = $24, updated_at = $25
		WHERE id = $26 AND version = $27`, f.Kind, f.Text, f.Goal, f.Measure, f.Clause, asJSON(f.Evidence), f.Indicator,
		f.Weight, f.CauseKind, f.Advice, f.Lead, f.ConfirmedOn, f.ConfirmedBy, f.Reason, f.ShownOn, f.AnswerDue,
		f.Says, f.SaysText, f.SaysBy, f.SaidOn, f.FeedbackID, string(f.State), f.Version, f.UpdatedBy, f.UpdatedAt,
		f.ID, f.Version-1)
}

// row is what of a finding the journal has to say.
func (f Finding) row() held.Row {
	return held.Row{"number": f.Number, "visit_id": f.VisitID, "about": f.About, "group_id": f.GroupID,
		"office": f.Office, "office_path": f.OfficePath, "area_id": held.Int(f.AreaID), "area_path": f.AreaPath,
		"kind": f.Kind, "body": f.Text, "goal": f.Goal, "measure": f.Measure, "clause": f.Clause,
		"evidence": asJSON(f.Evidence), "indicator": f.Indicator, "weight": f.Weight, "cause_kind": f.CauseKind,
		"advice": f.Advice, "lead": f.Lead, "person_id": f.PersonID, "person": f.Person, "filed_on": f.FiledOn,
		"confirmed_on": f.ConfirmedOn, "confirmed_by": f.ConfirmedBy, "reason": f.Reason, "shown_on": f.ShownOn,
		"answer_due": f.AnswerDue, "says": f.Says, "says_text": f.SaysText, "says_by": f.SaysBy, "said_on": f.SaidOn,
		"feedback_id": f.FeedbackID, "state": string(f.State), "version": held.Int(f.Version),
		"updated_by": f.UpdatedBy, "updated_at": held.Time(f.UpdatedAt)}
}

const feedbackColumns = `b.id, b.about, b.group_id, b.office, b.office_path, b.area_id, b.area_path, b.government,
	b.committee, b.letter, b.plan_due, b.due_on, b.consented_by, b.consented_on, b.agreed, b.further, b.matter,
	b.reason, b.state, b.version, b.updated_by, b.updated_at`

func scanFeedback(r db.Row) (b Feedback, err error) {
	var further string
	err = r.Scan(&b.ID, &b.About, &b.GroupID, &b.Office, &b.OfficePath, &b.AreaID, &b.AreaPath, &b.Government,
		&b.Committee, &b.Letter, &b.PlanDue, &b.DueOn, &b.ConsentedBy, &b.ConsentedOn, &b.Agreed, &further,
		&b.Matter, &b.Reason, &b.State, &b.Version, &b.UpdatedBy, &b.UpdatedAt)
	if b.UpdatedAt = b.UpdatedAt.UTC(); err != nil || further == "" {
		return b, err
	}
	if json.Unmarshal([]byte(further), &b.Further) != nil { // SQL wrote it: the journal finds it
		b.Further = []Assent{{Group: further}}
	}
	return b, nil
}

// furtherText is the further groups as they are kept; empty if there are none.
func (b Feedback) furtherText() string {
	if len(b.Further) == 0 {
		return ""
	}
	return asJSON(b.Further)
}

// grouped reads the groups of a letter.
func (b *Feedback) grouped(tx *db.Tx) (err error) {
	if b.group, err = groupOf(tx, b.GroupID); err != nil {
		return err
	}
	for n := range b.Further {
		if b.Further[n].group, err = groupOf(tx, b.Further[n].Group); err != nil {
			return err
		}
	}
	return nil
}

// GetFeedback returns what an area is told, whoever asks.
func GetFeedback(tx *db.Tx, id string) (b Feedback, err error) {
	b, err = db.One(tx, scanFeedback, `SELECT `+feedbackColumns+` FROM feedbacks b WHERE b.id = $1`, id)
	if err != nil {
		return b, err
	}
	return b, b.grouped(tx)
}

func feedbacksWhere(tx *db.Tx, where string, args ...any) ([]Feedback, error) {
	all, err := db.All(tx, scanFeedback, `SELECT `+feedbackColumns+` FROM feedbacks b WHERE `+where+` ORDER BY b.id`,
		args...)
	for n := range all {
		if err := all[n].grouped(tx); err != nil {
			return nil, err
		}
	}
	return all, err
}

// feedbacksTo are what an office told an area about something, oldest first.
func feedbacksTo(tx *db.Tx, office, about string, area int64) ([]Feedback, error) {
	return feedbacksWhere(tx, `b.area_id = $1 AND b.office = $2 AND b.about = $3`, area, office, about)
}

func everyFeedback(tx *db.Tx) ([]Feedback, error) { return feedbacksWhere(tx, `1 = 1`) }

func insertFeedback(tx *db.Tx, b Feedback) error {
	return tx.Exec(`INSERT INTO feedbacks (id, about, group_id, office, office_path, area_id, area_path, government,
		committee, letter, plan_due, due_on, consented_by, consented_on, agreed, further, matter, reason, state,
		version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		b.ID, b.About, b.GroupID, b.Office, b.OfficePath, b.AreaID, b.AreaPath, b.Government, b.Committee, b.Letter,
		b.PlanDue, b.DueOn, b.ConsentedBy, b.ConsentedOn, b.Agreed, b.furtherText(), b.Matter, b.Reason,
		string(b.State), b.Version, b.UpdatedBy, b.UpdatedAt)
}

func updateFeedback(tx *db.Tx, b *Feedback) error {
	b.Version++
	return tx.ExecOne(`UPDATE feedbacks SET letter = $1, plan_due = $2, consented_by = $3, consented_on = $4,
		matter = $5, reason = $6, state = $7, version = $8, updated_by = $9, updated_at = $10, agreed = $11,
		further = $12 WHERE id = $13 AND version = $14`,
		b.Letter, b.PlanDue, b.ConsentedBy, b.ConsentedOn, b.Matter, b.Reason, string(b.State), b.Version, b.UpdatedBy,
		b.UpdatedAt, b.Agreed, b.furtherText(), b.ID, b.Version-1)
}

func (b Feedback) row() held.Row {
	return held.Row{"about": b.About, "group_id": b.GroupID, "office": b.Office, "office_path": b.OfficePath,
		"area_id": held.Int(b.AreaID), "area_path": b.AreaPath, "government": b.Government, "committee": b.Committee,
		"letter": b.Letter, "plan_due": b.PlanDue, "due_on": b.DueOn, "consented_by": b.ConsentedBy,
		"consented_on": b.ConsentedOn, "agreed": b.Agreed, "further": b.furtherText(),
		"matter": b.Matter, "reason": b.Reason,
		"state":      string(b.State),
		"version":    held.Int(b.Version),
		"updated_by": b.UpdatedBy, "updated_at": held.Time(b.UpdatedAt)}
}

const objectionColumns = `o.id, o.feedback_id, o.group_id, o.office, o.office_path, o.area_id, o.area_path, o.findings,
	o.reason, o.person_id, o.person, o.filed_on, o.due_on, o.verdict, o.explanation, o.changes, o.decider_id, o.decider,
	o.decided_on, o.state, o.version, o.updated_by, o.updated_at`

func scanObjection(r db.Row) (o Objection, err error) {
	var findings, changes string
	if err = r.Scan(&o.ID, &o.FeedbackID, &o.GroupID, &o.Office, &o.OfficePath, &o.AreaID, &o.AreaPath, &findings,
		&o.Reason, &o.PersonID, &o.Person, &o.FiledOn, &o.DueOn, &o.Verdict, &o.Explanation, &changes, &o.DeciderID,
		&o.Decider, &o.DecidedOn, &o.State, &o.Version, &o.UpdatedBy, &o.UpdatedAt); err != nil {
		return o, err
	}
	o.UpdatedAt = o.UpdatedAt.UTC()
	err = readAll(findings, &o.Findings, changes, &o.Changes)
	o.odd = odd(changes, mapJSON(o.Changes)) + odd(findings, asJSON(o.Findings))
	return o, err
}

// GetObjection returns an objection, whoever asks.
func GetObjection(tx *db.Tx, id string) (o Objection, err error) {
	o, err = db.One(tx, scanObjection, `SELECT `+objectionColumns+` FROM objections o WHERE o.id = $1`, id)
	if err != nil {
		return o, err
	}
	return o, o.grouped(tx)
}

// grouped reads the groups whose findings the letter tells: none of their people decides the objection.
func (o *Objection) grouped(tx *db.Tx) (err error) {
	if o.group, err = groupOf(tx, o.GroupID); err != nil {
		return err
	}
	b, err := GetFeedback(tx, o.FeedbackID)
	if errs.KindOf(err) == errs.Missing { // SQL took it away: the journal finds it
		return nil
	}
	o.further = b.further()
	return err
}

// filedFrom are the objections that wait to be decided: all of them at once, there are few.
func filedFrom(tx *db.Tx, until, from string, _ int) ([]Objection, error) {
	return objectionsWhere(tx, `o.state = 'filed' AND o.due_on <= $1 AND o.id > $2`, until, from)
}

func objectionsWhere(tx *db.Tx, where string, args ...any) ([]Objection, error) {
	all, err := db.All(tx, scanObjection, `SELECT `+objectionColumns+` FROM objections o WHERE `+where+` ORDER BY o.id`,
		args...)
	for n := range all {
		if err := all[n].grouped(tx); err != nil {
			return nil, err
		}
	}
	return all, err
}

// objectionsTo are those to a letter.
func objectionsTo(tx *db.Tx, feedback string) ([]Objection, error) {
	return objectionsWhere(tx, `o.feedback_id = $1`, feedback)
}

func everyObjection(tx *db.Tx) ([]Objection, error) { return objectionsWhere(tx, `1 = 1`) }

func insertObjection(tx *db.Tx, o Objection) error {
	return tx.Exec(`INSERT INTO objections (id, feedback_id, group_id, office, office_path, area_id, area_path,
		findings, reason, person_id, person, filed_on, due_on, verdict, explanation, changes, decider_id, decider,
		decided_on, state, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23)`, o.ID, o.FeedbackID, o.GroupID, o.Office, o.OfficePath, o.AreaID, o.AreaPath, asJSON(o.Findings),
		o.Reason, o.PersonID, o.Person, o.FiledOn, o.DueOn, o.Verdict, o.Explanation, mapJSON(o.Changes), o.DeciderID,
		o.Decider, o.DecidedOn, string(o.State), o.Version, o.UpdatedBy, o.UpdatedAt)
}

func updateObjection(tx *db.Tx, o *Objection) error {
	o.Version++
	return tx.ExecOne(`UPDATE objections SET verdict = $1, explanation = $2, changes = $3, decider_id = $4,
		decider = $5, decided_on = $6, state = $7, version = $8, updated_by = $9, updated_at = $10
		WHERE id = $11 AND version = $12`, o.Verdict, o.Explanation, mapJSON(o.Changes), o.DeciderID, o.Decider,
		o.DecidedOn, string(o.State), o.Version, o.UpdatedBy, o.UpdatedAt, o.ID, o.Version-1)
}

func (o Objection) row() held.Row {
	return held.Row{"feedback_id": o.FeedbackID, "group_id": o.GroupID, "office": o.Office,
		"office_path": o.OfficePath, "area_id": held.Int(o.AreaID), "area_path": o.AreaPath,
		"findings": asJSON(o.Findings), "reason": o.Reason, "person_id": o.PersonID, "person": o.Person,
		"filed_on": o.FiledOn, "due_on": o.DueOn, "verdict": o.Verdict, "explanation": o.Explanation,
		"changes": mapJSON(o.Changes) + o.odd, "decider_id": o.DeciderID, "decider": o.Decider,
		"decided_on": o.DecidedOn, "state": string(o.State), "version": held.Int(o.Version), "updated_by": o.UpdatedBy,
		"updated_at": held.Time(o.UpdatedAt)}
}

// seenFinding is the condition on a finding f; $1 to $3 are of the reader, see scope.
var seenFinding = `(` + within("f") + ` OR f.shown_on <> '' AND f.area_path IN (SELECT j.key FROM json_each($3) j))`

// findingsSeen are those that a reader sees: of the same, of an area, all where that is not said.
func findingsSeen(tx *db.Tx, by auth.User, about string, area int64) ([]Finding, error) {
	return findingsWhere(tx, seenFinding+` AND ($4 = '' OR f.about = $4) AND ($5 = 0 OR f.area_id = $5)`,
		append(scope(by), about, area)...)
}
