package request

// What becomes of one answer, step by step: received, written, signed, submitted, returned or accepted, or given by
// another unit.

import (
	"strconv"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/holiday"
	"yipanqi/internal/say"
)

// moving is an answer that a step is taken with.
type moving struct {
	Answer
	request Request
	version Version // the newest
	step    flow.Step
	post    auth.Post
	before  held.Row
}

// ReadAnswer returns an answer that by may see, with its request; any other is missing.
func ReadAnswer(tx *db.Tx, by auth.User, id string) (Request, Answer, error) {
	a, err := AnswerByID(tx, id)
	if err != nil {
		return Request{}, a, err
	}
	r, err := Get(tx, a.RequestID)
	if err == nil && !by.Sees(a.Unit, a.AreaPath) && !r.owns(by) {
		return Request{}, Answer{}, unseen
	}
	return r, a, err
}

// takeAnswer reads an answer and finds the line of the state table by which by may do verb now.
func takeAnswer(tx *db.Tx, by auth.User, id, verb string) (m moving, err error) {
	if m.request, m.Answer, err = ReadAnswer(tx, by, id); err != nil {
		return m, err
	}
	if m.version, err = newest(tx, id); err != nil {
		return m, err
	}
	m.before = m.row()
	m.step, m.post, err = life.Take(verb, by, m.request.answerAs(by, m.Answer, m.version))
	return m, err
}

// unchanged refuses a step on an answer that somebody has changed since it was read.
func (m moving) unchanged(version int64) error {
	if m.Answer.Version != version {
		return errs.Conflictf("%s刚刚改过这份答复。请刷新页面，看过之后再办。", m.UpdatedBy)
	}
	return nil
}

// move takes the step: writes the row and journals it.
func (m *moving) move(tx *db.Tx, by auth.User, to State, detail map[string]string) error {
	if detail == nil {
		detail = map[string]string{}
	}
	if m.version.ID != "" {
		detail["version"], detail["digest"] = strconv.Itoa(m.version.Number), m.version.Digest
	}
	m.State, m.StepAt, m.UpdatedBy, m.UpdatedAt = to, tx.Now, by.Name, tx.Now
	if err := updateAnswer(tx, &m.Answer); err != nil {
		return err
	}
	return held.Log(tx, by, m.step.Verb, m.Object(), m.before, m.row(), detail)
}

// Receive says that the unit has the request: an act of a post, not the opening of a page.
func Receive(tx *db.Tx, by auth.User, id string) (Answer, error) {
	m, err := takeAnswer(tx, by, id, VerbReceive)
	if err != nil {
		return m.Answer, err
	}
	m.ReceivedAt, m.ReceivedBy = tx.Now, by.Name
	return m.Answer, m.move(tx, by, State(m.step.To), map[string]string{"post": m.post.RoleName})
}

// Save keeps an answer as typed. version is the row's that the writer has seen, was what stood in the questions then:
// what two people wrote into one question is kept from both, see merge.
func Save(tx *db.Tx, by auth.User, id string, version int64, given, was Content) (Answer, error) {
	m, err := takeAnswer(tx, by, id, VerbAnswer)
	if err != nil {
		return m.Answer, err
	}
	questions := m.request.For(m.Asked)
	if given, err = keep(questions, given); err != nil {
		return m.Answer, err
	}
	if m.Answer.Version != version {
		if given, err = m.merge(questions, given, was); err != nil {
			return m.Answer, err
		}
	}
	m.Draft = given
	m.UpdatedBy, m.UpdatedAt = by.Name, tx.Now
	return m.Answer, updateAnswer(tx, &m.Answer)
}

// merge puts what was typed over what somebody else has saved since: a question that the writer left alone keeps what
// the other wrote; one that both changed is a Conflict that shows the other's text, and the writer's own stays in the
// form.
func (a Answer) merge(questions []Question, given, was Content) (Content, error) {
	wrong, merged := errs.Fields{}, Content{}
	for _, q := range questions {
		now, mine, before := a.Draft[q.Number], given[q.Number], was[q.Number]
		switch asJSON(mine) {
		case asJSON(now), asJSON(before):
			merged[q.Number] = now
			continue
		}
		if merged[q.Number] = mine; asJSON(now) != asJSON(before) { // nothing typed is lost: both texts are shown
			wrong.Say(fieldOf(q)+"["+q.Number+"]", "%s同时改了这一题，存的是：%s", a.UpdatedBy, now.line())
		}
	}
	if len(wrong) > 0 {
		return nil, &errs.Error{Kind: errs.Conflict, Fields: wrong, Words: say.New(
			"%s刚刚保存过这份答复，有%d题与您写的不一样，已标出，两份文字都在。核对后再保存，即以您的为准。", a.UpdatedBy,
			len(wrong))}
	}
	return merged, nil
}

// fieldOf is the name of a question's field in forms.
func fieldOf(q Question) string {
	return map[string]string{Choice: "choice", Table: "rows", Figures: "figures", File: "files"}[q.Kind] +
		map[bool]string{true: "text"}[q.Kind == Text]
}

// line is what is said in one piece.
func (g Given) line() string {
	parts := few([]string{g.Choice, g.Text})
	for _, row := range g.Rows {
		parts = append(parts, strings.Join(row, "｜"))
	}
	for _, f := range g.Figures {
		parts = append(parts, f.Line())
	}
	if g.None != "" {
		parts = append(parts, "无此项："+g.None)
	}
	return strings.Join(parts, "；")
}

// freezeNow freezes what the answer says, if everything is answered that has to be.
func (m *moving) freezeNow(tx *db.Tx, by auth.User) error {
	files, err := evidence.Of(tx, m.Object())
	if err != nil {
		return err
	}
	questions := m.request.For(m.Asked)
	if err := lacking(questions, m.Draft, files); err != nil {
		return err
	}
	for _, q := range questions {
		g := m.Draft[q.Number]
		if g.Figures, err = Resolve(tx, by, g.Figures); err != nil {
			return err
		}
		if !g.Empty() {
			m.Draft[q.Number] = g
		}
	}
	if m.version, err = freeze(tx, by, m.request, m.Answer, files); err != nil {
		return err
	}
	return insertVersion(tx, m.version)
}

// Prepare freezes the answer for the unit's leader to sign; under the rule of two the writer signs first.
func Prepare(tx *db.Tx, by auth.User, id string, version int64, key account.Unlocked) (Answer, error) {
	m, err := takeAnswer(tx, by, id, VerbPrepare)
	if err != nil {
		return m.Answer, err
	}
	if err := m.unchanged(version); err != nil {
		return m.Answer, err
	}
	if err := m.freezeNow(tx, by); err != nil {
		return m.Answer, err
	}
	detail := map[string]string{"post": m.post.RoleName, "unit": m.post.UnitName, "of": m.Unit}
	if m.request.SignRule == Two {
		if detail["key"] = key.ID; key.ID == "" {
			return m.Answer,
				errs.Fields{"phrase": {Key: "请输入签名口令。"}}.Check("这份答复要两人签字：请输入签名口令。")
		}
		if err := put(tx, by, first, m.post, &m.version, key); err != nil {
			return m.Answer, err
		}
	}
	return m.Answer, m.move(tx, by, State(m.step.To), detail)
}

// Recall takes back what waits for the leader's signature, to be changed.
func Recall(tx *db.Tx, by auth.User, id string, version int64) (Answer, error) {
	m, err := takeAnswer(tx, by, id, VerbRecall)
	if err != nil {
		return m.Answer, err
	}
	if err := m.unchanged(version); err != nil {
		return m.Answer, err
	}
	if err := m.verdict(tx, by, recalled, nil); err != nil {
		return m.Answer, err
	}
	return m.Answer, m.move(tx, by, State(m.step.To), nil)
}

func (m *moving) verdict(tx *db.Tx, by auth.User, verdict string, remarks map[string]string) error {
	m.version.Verdict, m.version.Remarks, m.version.JudgedBy, m.version.JudgedAt = verdict, remarks, by.Name, tx.Now
	return judge(tx, m.version)
}

// Submit gives the answer: as it stands, or, where the request asks for it, under the leader's signature of what was
// frozen. digest is that of the text which the leader has read.
func Submit(tx *db.Tx, by auth.User, id string, version int64, digest string, key account.Unlocked) (Answer, error) {
	m, err := takeAnswer(tx, by, id, VerbSubmit)
	if err != nil {
		return m.Answer, err
	}
	if err := m.unchanged(version); err != nil {
		return m.Answer, err
	}
	detail := map[string]string{"post": m.post.RoleName, "unit": m.post.UnitName, "of": m.Unit}
	if m.State != Prepared {
		if err := m.freezeNow(tx, by); err != nil {
			return m.Answer, err
		}
	} else {
		if digest != m.version.Digest {
			return m.Answer, errs.Conflictf("内容在您阅读之后有变化，没有签字。请重新阅读后再签。")
		}
		if detail["key"] = key.ID; key.ID == "" {
			return m.Answer,
				errs.Fields{"phrase": {Key: "请输入签名口令。"}}.Check("这份答复要领导签字：请输入签名口令。")
		}
		if err := put(tx, by, second, m.post, &m.version, key); err != nil {
			return m.Answer, err
		}
	}
	if m.SubmittedAt = tx.Now; m.FirstAt.IsZero() {
		m.FirstAt = tx.Now
	}
	if tx.Today() > m.DueOn {
		m.Late, detail["late"] = true, "true"
	}
	return m.Answer, m.move(tx, by, State(m.step.To), detail)
}

// Return sends an answer back with a remark on at least one question; days are the working days given to mend it.
func Return(tx *db.Tx, by auth.User, id string, version int64, remarks map[string]string, days int) (Answer, error) {
	m, err := takeAnswer(tx, by, id, VerbReturn)
	if err != nil {
		return m.Answer, err
	}
	if err := m.unchanged(version); err != nil {
		return m.Answer, err
	}
	kept := map[string]string{}
	for _, q := range m.request.For(m.Asked) {
		text := strings.TrimSpace(remarks[q.Number])
		if longer(text, maxReason) {
			return m.Answer, errs.Fields{"remark[" + q.Number + "]": say.New("备注最多%d个字。", maxReason)}.
				Check("没有退回：请先改正标出的地方。")
		}
		if text != "" {
			kept[q.Number] = text
		}
	}
	if len(kept) == 0 {
		return m.Answer, errs.Fields{"remark": {Key: "请至少在一个题目下写明要改什么。"}}.
			Check("没有退回：请至少在一个题目下写明要改什么。")
	}
	if days < 1 || days > 60 {
		return m.Answer, errs.Fields{"days": {Key: "请给1到60个工作日。"}}.Check("没有退回：请给1到60个工作日。")
	}
	due, err := holiday.Due(tx, tx.Now, calendar.Within(days, calendar.WorkDays))
	if err != nil {
		return m.Answer, err
	}
	if err := m.verdict(tx, by, returned, kept); err != nil {
		return m.Answer, err
	}
	m.Returns, m.DueOn = m.Returns+1, due.On
	return m.Answer, m.move(tx, by, State(m.step.To), map[string]string{"remarks": asJSON(kept)})
}

// Accept takes an answer as it was submitted, by another person and unit than those who gave it.
func Accept(tx *db.Tx, by auth.User, id string, version int64) (Answer, error) {
	m, err := takeAnswer(tx, by, id, VerbAccept)
	if err != nil {
		return m.Answer, err
	}
	if err := m.unchanged(version); err != nil {
		return m.Answer, err
	}
	if err := m.verdict(tx, by, accepted, nil); err != nil {
		return m.Answer, err
	}
	m.AcceptedAt = tx.Now
	return m.Answer, m.move(tx, by, State(m.step.To), nil)
}

// Substitute has another unit answer: one that was merged or took over the duty. If that unit was asked as well, its
// own answer stands for both.
func Substitute(tx *db.Tx, by auth.User, id string, version int64, code, reason string) (Answer, error) {
	m, err := takeAnswer(tx, by, id, VerbSubstitute)
	if err != nil {
		return m.Answer, err
	}
	if err := m.unchanged(version); err != nil {
		return m.Answer, err
	}
	if reason, err = reasonOf(reason); err != nil {
		return m.Answer, err
	}
	unit, area, err := unitToday(tx, code)
	if errs.KindOf(err) == errs.Missing || err == nil && !strings.HasPrefix(area.Path, m.request.AreaPath) {
		return m.Answer, errs.Fields{"unit": {Key: "没有这个单位。请从列表里选。"}}.Check("没有这个单位。")
	}
	if err != nil {
		return m.Answer, err
	}
	if unit.Code == m.Unit {
		return m.Answer, errs.Fields{"unit": {Key: "答复单位已经是它。请另选一个。"}}.Check("答复单位已经是它。")
	}
	detail := map[string]string{"from": m.Unit, "to": unit.Code, "reason": reason}
	to := Open
	both, err := answersToo(tx, m.Answer, unit.Code)
	if err != nil {
		return m.Answer, err
	}
	if both {
		to = Replaced
		m.step, _ = life.Step(string(m.State), VerbMerge)
	}
	if to == Open {
		m.Unit, m.AreaPath, m.ReceivedAt, m.ReceivedBy = unit.Code, area.Path, tx.Now, by.Name
	}
	return m.Answer, m.move(tx, by, to, detail)
}
