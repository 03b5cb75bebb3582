package meeting

// Signing in: the host ticks names on a list, or the invited read the code on the host's screen with a phone. A code
// holds for minutes, so that a picture of it that is passed on is worth nothing; each person signs in once.

import (
	"crypto/subtle"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/holiday"
	"yipanqi/internal/journal"
)

const (
	opensBefore = time.Hour       // a code is shown so long before the meeting
	turns       = 2 * time.Minute // and replaced so often; the one before it still holds
)

// marker is what the database carries: the keys of the journal, which make the codes.
type marker interface {
	Mark(what string, fields ...string) string
}

// code is what the host's screen shows now, or showed so many turns ago.
func (m Meeting) code(tx *db.Tx, ago int64) (string, error) {
	keys, ok := tx.Carried().(marker)
	if !ok {
		return "", errors.New("meeting: the database was opened without keys, see db.Carry")
	}
	turn := tx.Now.UnixNano()/int64(turns) - ago
	return keys.Mark("meeting.signin", m.ID, strconv.FormatInt(turn, 10))[:16], nil
}

// CodeNow is what the host's screen shows now, for who may show it. It is refused outside the hour.
func CodeNow(tx *db.Tx, by auth.User, id string) (Meeting, string, error) {
	m, err := Read(tx, by, id)
	if err != nil {
		return m, "", err
	}
	if err := by.Check(VerbArrive); err != nil {
		return m, "", err
	}
	if _, err := m.plays(tx, by, Host); err != nil {
		return m, "", err
	}
	if err := m.hour(tx); err != nil {
		return m, "", err
	}
	code, err := m.code(tx, 0)
	return m, code, err
}

// hour refuses a code outside its time: from an hour before the meeting to its end.
func (m Meeting) hour(tx *db.Tx) error {
	switch {
	case m.State != Notified:
		return errs.Conflictf("这次会议现在不能扫码签到。请到签到处登记。")
	case tx.Now.Before(m.Starts.Add(-opensBefore)):
		return errs.Conflictf("还没到签到时间：开会前1小时起可以签到。")
	case tx.Now.After(m.Ends):
		return errs.Conflictf("会议已经结束，不能再扫码签到。请到签到处登记。")
	}
	return nil
}

// ByCode is the meeting that a code on the host's screen lets in to. Any other code is missing.
func ByCode(tx *db.Tx, id, code string) (Meeting, error) {
	m, err := byID(tx, id)
	if err != nil && errs.KindOf(err) != errs.Missing {
		return m, err
	}
	for ago := range int64(2) {
		want, wrong := m.code(tx, ago)
		if wrong != nil {
			return m, wrong
		}
		if err == nil && subtle.ConstantTimeCompare([]byte(code), []byte(want)) == 1 {
			return m, m.hour(tx)
		}
	}
	return Meeting{}, errs.Missingf("这个签到码已经失效。请到会场重新扫一次屏幕上的码。")
}

// SignIn notes that somebody came who read the code: a person of the list, once. Who does not stand on it is sent to
// the host.
func SignIn(tx *db.Tx, by auth.User, id, code, unit, name string) (Attendee, error) {
	m, err := ByCode(tx, id, code)
	if err != nil {
		return Attendee{}, err
	}
	invited, err := invitationsOf(tx, m.ID)
	if err != nil {
		return Attendee{}, err
	}
	coming, err := attendeesOf(tx, m.ID)
	if err != nil {
		return Attendee{}, err
	}
	name = strings.Join(strings.Fields(name), "")
	for _, i := range invited {
		if i.Unit != unit {
			continue
		}
		at := slices.IndexFunc(coming[i.ID], func(a Attendee) bool {
			return strings.Join(strings.Fields(a.Name), "") == name && a.Excuse == ""
		})
		if at >= 0 {
			if !by.Known() {
				by = journal.System
			}
			return m.arrive(tx, by, coming[i.ID][at], "qr")
		}
	}
	return Attendee{},
		errs.Fields{"name": {Key: "回执里没有这个姓名。请核对单位和姓名，或到签到处登记。"}}.Check("没有签到。")
}

// arrive notes when somebody came and how they signed in.
func (m Meeting) arrive(tx *db.Tx, by auth.User, a Attendee, how string) (Attendee, error) {
	if a.Present() {
		return a, errs.Conflictf("%s已在%s签到，不用再签。", a.Name, a.ArrivedAt.In(db.China).Format("15:04"))
	}
	verb := VerbArrive
	if how == "qr" {
		verb = VerbSignin
	}
	st, ok := life.Step(string(m.State), verb)
	if !ok {
		return a, errs.Conflictf("状态已经变了，这一步现在不能办。请刷新页面，看看是谁办理过。")
	}
	a.ArrivedAt, a.CheckIn = tx.Now, how
	if err := putAttendee(tx, a); err != nil {
		return a, err
	}
	return a, move(tx, by, &m, st, nil, a.row())
}

// Arrive is the host's tick on the list, until the list is closed.
func Arrive(tx *db.Tx, by auth.User, id, attendee string) (Attendee, error) {
	m, a, err := onList(tx, by, id, VerbArrive, attendee)
	if err != nil {
		return a, err
	}
	how := "list"
	if m.Form == Video {
		how = "video"
	}
	return m.arrive(tx, by, a, how)
}

// Leave takes a tick back that was put at the wrong name.
func Leave(tx *db.Tx, by auth.User, id, attendee string) (Attendee, error) {
	m, a, err := onList(tx, by, id, VerbLeave, attendee)
	if err != nil {
		return a, err
	}
	if !a.Present() {
		return a, errs.Conflictf("%s还没有签到。", a.Name)
	}
	st, _ := life.Step(string(m.State), VerbLeave)
	a.ArrivedAt, a.CheckIn = Attendee{}.ArrivedAt, ""
	if err := putAttendee(tx, a); err != nil {
		return a, err
	}
	return a, move(tx, by, &m, st, nil, a.row())
}

// onList is somebody on the list of a meeting whose list the host may still change.
func onList(tx *db.Tx, by auth.User, id, verb, attendee string) (Meeting, Attendee, error) {
	m, _, err := take(tx, by, id, verb)
	if err != nil {
		return m, Attendee{}, err
	}
	if err := m.listOpen(tx); err != nil {
		return m, Attendee{}, err
	}
	a, err := attendeeByID(tx, attendee)
	if err == nil {
		_, _, err = invitationIn(tx, m, a.Invitation)
	}
	if errs.KindOf(err) == errs.Missing {
		err = errs.Missingf("名单里没有这个人。请刷新页面看看。")
	}
	return m, a, err
}

// listOpen refuses arrivals before the hour, and after the list is closed.
func (m Meeting) listOpen(tx *db.Tx) error {
	if tx.Now.Before(m.Starts.Add(-opensBefore)) {
		return errs.Conflictf("还没到签到时间：开会前1小时起可以签到。")
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return err
	}
	st, _ := life.Step(string(Notified), VerbArrive)
	closes, err := st.Deadline(tx, days, m.Ends)
	if err == nil && closes != nil && closes.Late {
		return errs.Conflictf("签到名单在会议结束后%s已经关闭，不能再改。", closes.Limit)
	}
	return err
}

// Admit writes somebody down at the door whom the unit had not named, and notes that they came. The unit's quota holds.
func Admit(tx *db.Tx, by auth.User, id, invitation string, a Attendee) (Attendee, error) {
	m, _, err := take(tx, by, id, VerbArrive)
	if err != nil {
		return a, err
	}
	if err := m.listOpen(tx); err != nil {
		return a, err
	}
	i, before, err := invitationIn(tx, m, invitation)
	if err != nil {
		return a, err
	}
	a = trimmed([]Attendee{a})[0]
	a.Excuse = ""
	if a.empty() {
		return a, errs.Fields{"name": {Key: "请写姓名。"}}.Check("没有签到。")
	}
	if err := i.checkReply(append(slices.Clone(before), a), atDoor); err != nil {
		return a, err
	}
	a.ID, a.Invitation, a.Position = db.NewID(), i.ID, len(before)+1
	if err := a.identify(tx, i.Unit, m.Day()); err != nil {
		return a, err
	}
	how := "list"
	if m.Form == Video {
		how = "video"
	}
	return m.arrive(tx, by, a, how)
}

// atDoor is how the form at the door names its fields.
func atDoor(field string, _ int) string { return field }
