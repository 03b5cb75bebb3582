package meeting

// The meeting itself from first plan to held, moved and called off, each step by the table. Replies, arrivals, minutes
// and decisions have files of their own.

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

var unseen = errs.Missingf("没有找到这次会议。它可能不存在，或者您没有查看权限。")

// Get returns a meeting, whoever asks: for what names it already. See Read.
func Get(tx *db.Tx, id string) (Meeting, error) { return byID(tx, id) }

// Read returns a meeting that by may see: the host, whoever oversees its area, and once it is notified the chair and
// who is invited.
func Read(tx *db.Tx, by auth.User, id string) (Meeting, error) {
	m, err := byID(tx, id)
	if errs.KindOf(err) == errs.Missing {
		return Meeting{}, unseen
	}
	if err != nil {
		return m, err
	}
	if by.Sees(m.Host, m.AreaPath) {
		return m, nil
	}
	if m.State == Draft {
		return Meeting{}, unseen
	}
	units, err := speaksFor(tx, by)
	if err != nil {
		return m, err
	}
	if _, chairs := units[m.ChairUnit]; chairs {
		return m, nil
	}
	if invited, err := isInvited(tx, m.ID, slices.Collect(maps.Keys(units))); err != nil || invited {
		return m, err
	}
	return Meeting{}, unseen
}

// take reads the meeting and finds the line of the table by which by may do verb now.
func take(tx *db.Tx, by auth.User, id, verb string) (Meeting, flow.Step, error) {
	m, err := Read(tx, by, id)
	if err != nil {
		return m, flow.Step{}, err
	}
	st, _, err := life.Take(verb, by, m.as(tx, by))
	return m, st, err
}

// move takes the step: the meeting goes to its state and what it changed is journaled row by row.
func move(tx *db.Tx, by auth.User, m *Meeting, st flow.Step, detail map[string]string, rows ...row) error {
	if lacks := st.Lacks(detail); len(lacks) > 0 {
		return fmt.Errorf("%s without %v", st.Verb, lacks)
	}
	m.State = State(st.To)
	return record(tx, by, m, st.Verb, detail, rows...)
}

// record counts the entry and journals a verb with rows as they stand now.
func record(tx *db.Tx, by auth.User, m *Meeting, verb string, detail map[string]string, rows ...row) error {
	m.UpdatedBy, m.UpdatedAt = by.Name, tx.Now
	if err := update(tx, m); err != nil {
		return err
	}
	said := map[string]string{}
	maps.Copy(said, detail)
	for _, r := range rows {
		said[r.name] = r.text()
	}
	return journal.Log(tx, by, verb, m.Object(), said)
}

// Plan puts a new meeting down as a draft, or changes one that is a draft; version is the one that the user has seen.
func Plan(tx *db.Tx, by auth.User, m Meeting, version int64) (Meeting, error) {
	if m.ID == "" {
		return create(tx, by, m)
	}
	old, st, err := take(tx, by, m.ID, VerbDraft)
	if err != nil {
		return old, err
	}
	if old.Version != version {
		return old, changed(old)
	}
	m.Number, m.State, m.Reason, m.Source, m.SourceURL = old.Number, old.State, old.Reason, old.Source, old.SourceURL
	m.Entries, m.Version = old.Entries, old.Version
	if err := settle(tx, by, &m); err != nil {
		return old, err
	}
	if err := move(tx, by, &m, st, nil, m.row()); err != nil {
		return old, err
	}
	return m, findable(tx, m)
}

func changed(m Meeting) error {
	return errs.Conflictf("这次会议刚刚被%s办理过。请刷新页面，核对后再操作；您输入的内容仍在本页。", m.UpdatedBy)
}

func create(tx *db.Tx, by auth.User, m Meeting) (Meeting, error) {
	st, _ := life.Step("", VerbDraft)
	if err := by.Check(VerbDraft); err != nil {
		return m, err
	}
	m.ID, m.State, m.UpdatedBy, m.UpdatedAt = db.NewID(), State(st.To), by.Name, tx.Now
	if err := settle(tx, by, &m); err != nil {
		return m, err
	}
	if m.Starts.Before(tx.Now) {
		return m, errs.Fields{"starts": {Key: "开始时间已经过去。请核对日期；以前开过的会用导入登记。"}}.
			Check("会议没有保存，请看标出的地方。")
	}
	if err := insert(tx, m); err != nil {
		return m, err
	}
	if err := move(tx, by, &m, st, nil, m.row()); err != nil {
		return m, err
	}
	return m, findable(tx, m)
}

// settle completes what was typed and holds it against the rules and against what by may hold.
func settle(tx *db.Tx, by auth.User, m *Meeting) error {
	m.Title, m.Place, m.Session = strings.TrimSpace(m.Title), strings.TrimSpace(m.Place), strings.TrimSpace(m.Session)
	m.Scope = strings.TrimSpace(m.Scope)
	if err := m.Validate(tx); err != nil {
		return err
	}
	host, err := network.UnitByCode(tx, m.Host)
	if err != nil {
		return err
	}
	area, err := network.AreaByID(tx, host.AreaID)
	if err != nil {
		return err
	}
	m.AreaPath = area.Path
	_, err = m.plays(tx, by, Host)
	if errs.KindOf(err) == errs.Denied {
		return errs.Fields{"host": errs.WordsOf(err)}.Check("会议没有保存，请看标出的地方。")
	}
	return err
}

// SetAgenda adds an item to the agenda, or changes one.
func SetAgenda(tx *db.Tx, by auth.User, id string, a AgendaItem) (AgendaItem, error) {
	m, st, err := take(tx, by, id, VerbAgenda)
	if err != nil {
		return a, err
	}
	agenda, err := agendaOf(tx, m.ID)
	if err != nil {
		return a, err
	}
	a.Meeting, a.Title, a.Speaker = m.ID, strings.TrimSpace(a.Title), strings.TrimSpace(a.Speaker)
	if a.VisibleTo == "" {
		a.VisibleTo = visibles[0].Code
	}
	if at := slices.IndexFunc(agenda, func(o AgendaItem) bool { return o.ID == a.ID }); at >= 0 {
		a.Number, a.Outcome = agenda[at].Number, agenda[at].Outcome
	} else if a.ID != "" {
		return a, errs.Missingf("没有找到这项议程。请刷新页面看看。")
	} else if len(agenda) >= 100 {
		return a, errs.Conflictf("一次会议最多100项议程。")
	} else {
		a.ID, a.Number = db.NewID(), 1
		if len(agenda) > 0 {
			a.Number = agenda[len(agenda)-1].Number + 1
		}
	}
	if err := a.Validate(tx, m); err != nil {
		return a, err
	}
	if err := putAgenda(tx, a); err != nil {
		return a, err
	}
	return a, move(tx, by, &m, st, nil, a.row())
}

// DropAgenda takes an item off the agenda; those behind it move up.
func DropAgenda(tx *db.Tx, by auth.User, id, item string) error {
	m, st, err := take(tx, by, id, VerbAgenda)
	if err != nil {
		return err
	}
	agenda, err := agendaOf(tx, m.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(agenda, func(o AgendaItem) bool { return o.ID == item })
	if at < 0 {
		return errs.Missingf("没有找到这项议程。请刷新页面看看。")
	}
	rows := []row{gone(agenda[at].row())}
	if err := dropAgenda(tx, item); err != nil {
		return err
	}
	for i := at + 1; i < len(agenda); i++ {
		agenda[i].Number = i
		if err := putAgenda(tx, agenda[i]); err != nil {
			return err
		}
		rows = append(rows, agenda[i].row())
	}
	return move(tx, by, &m, st, nil, rows...)
}

// Notify says that the notice is out: the host's letter about the meeting is issued. Who is told later than the limit
// says why.
func Notify(tx *db.Tx, by auth.User, id, reason string) (Meeting, error) {
	m, st, err := take(tx, by, id, VerbNotify)
	if err != nil {
		return m, err
	}
	if err := ready(tx, m); err != nil {
		return m, err
	}
	detail := map[string]string{}
	if number, err := noticeOf(tx, m); err != nil {
		return m, err
	} else if number != "" {
		detail["letter"] = number
	}
	limit, late, err := noticeShort(tx, m)
	if err != nil {
		return m, err
	}
	if reason = strings.TrimSpace(reason); late && reason == "" {
		f := errs.Fields{}
		f.Say("reason", "离开会不足%s。确需召开的，请写明原因再发。", limit)
		return m, f.Check("会议通知发得太晚。")
	}
	if reason != "" {
		detail["reason"] = reason
	}
	begins := "会〔" + m.Day()[:4] + "〕"
	last, err := numbered(tx, m.AreaPath, begins)
	if err != nil {
		return m, err
	}
	m.Number = fmt.Sprintf("%s%d号", begins, last+1)
	if err := move(tx, by, &m, st, detail, m.row()); err != nil {
		return m, err
	}
	return m, findable(tx, m)
}

// noticeShort is how long ahead of a meeting its notice is to be out, and whether less than that is left.
func noticeShort(tx *db.Tx, m Meeting) (calendar.Limit, bool, error) {
	days, err := holiday.Table(tx)
	if err != nil {
		return calendar.Limit{}, false, err
	}
	st, _ := life.Step(string(Draft), VerbNotify)
	out, err := st.Deadline(tx, days, tx.Now)
	if err != nil || out == nil {
		return calendar.Limit{}, false, err
	}
	return out.Limit, out.On > m.Day(), nil
}

// ready says what a meeting lacks before anybody is asked to it.
func ready(tx *db.Tx, m Meeting) error {
	agenda, err := agendaOf(tx, m.ID)
	if err != nil {
		return err
	}
	invited, err := invitationsOf(tx, m.ID)
	if err != nil {
		return err
	}
	kind, err := KindOf(tx, m.Kind)
	if err != nil {
		return err
	}
	trains := slices.ContainsFunc(agenda, func(a AgendaItem) bool { return a.Kind == train })
	f := errs.Fields{}
	if len(agenda) == 0 {
		f.Say("agenda", "还没有议程。请先安排议程。")
	} else if kind.Training && !trains {
		f.Say("agenda", "%s要有培训议程，写明内容和学时，才能记入培训记录。", kind.Called())
	}
	if len(invited) == 0 {
		f.Say("invitations", "还没有邀请单位。请先选定参会单位。")
	}
	if m.Starts.Before(tx.Now) {
		f.Say("starts", "开始时间已经过去，不能再通知。请先改期。")
	}
	return f.Check("会议还不能通知，请看标出的地方。")
}

// Move sets another time, with a reason; replies stand, and who cannot come says so anew. Where invited units are asked
// to another meeting at the new time, that is confirmed first.
func Move(tx *db.Tx, by auth.User, id string, to Meeting, reason string, confirmed bool) (Meeting, error) {
	m, st, err := take(tx, by, id, VerbMove)
	if err != nil {
		return m, err
	}
	if m.Reason = strings.TrimSpace(reason); m.Reason == "" || !short(m.Reason, maxShort) {
		return m, noReason("改期")
	}
	m.Starts, m.Ends, m.Place = to.Starts, to.Ends, strings.TrimSpace(to.Place)
	if m.ReplyBy = to.ReplyBy; m.ReplyBy != "" && m.ReplyBy < tx.Today() {
		return m, errs.Fields{"reply_by": {Key: "回执日不能早于今天。"}}.Check("会议没有改期，请看标出的地方。")
	}
	if err := m.Validate(tx); err != nil {
		return m, err
	}
	if m.Starts.Before(tx.Now) {
		return m, errs.Fields{"starts": {Key: "新的开始时间已经过去，请核对。"}}.Check("会议没有改期，请看标出的地方。")
	}
	if !confirmed {
		if err := m.free(tx); err != nil {
			return m, err
		}
	}
	if err := move(tx, by, &m, st, map[string]string{"reason": m.Reason}, m.row()); err != nil {
		return m, err
	}
	return m, findable(tx, m)
}

func noReason(what string) error {
	f := errs.Fields{}
	f.Say("reason", "请写明%s的原因，600字以内，受邀单位会看到。", what)
	return f.Check("没有办理：请写明原因。")
}

// Cancel calls the meeting off, with a reason.
func Cancel(tx *db.Tx, by auth.User, id, reason string) (Meeting, error) {
	m, st, err := take(tx, by, id, VerbCancel)
	if err != nil {
		return m, err
	}
	if m.Reason = strings.TrimSpace(reason); m.Reason == "" || !short(m.Reason, maxShort) {
		return m, noReason("取消")
	}
	return m, move(tx, by, &m, st, map[string]string{"reason": m.Reason}, m.row())
}

// Hold says that the meeting took place.
func Hold(tx *db.Tx, by auth.User, id string) (Meeting, error) {
	m, st, err := take(tx, by, id, VerbHold)
	if err != nil {
		return m, err
	}
	return m, move(tx, by, &m, st, nil)
}

// SetOutcome says what became of an item of the agenda.
func SetOutcome(tx *db.Tx, by auth.User, id, item, outcome string) (AgendaItem, error) {
	m, st, err := take(tx, by, id, VerbOutcome)
	if err != nil {
		return AgendaItem{}, err
	}
	a, err := agendaByID(tx, item)
	if err == nil && a.Meeting != m.ID {
		err = errs.Missingf("没有找到这项议程。请刷新页面看看。")
	}
	if err != nil {
		return a, err
	}
	if outcome != "" && !known(outcomes, outcome) {
		return a, errs.Fields{"outcome": {Key: "请从列表里选议程结果。"}}.Check("议程结果没有保存。")
	}
	a.Outcome = outcome
	if err := putAgenda(tx, a); err != nil {
		return a, err
	}
	return a, move(tx, by, &m, st, nil, a.row())
}
