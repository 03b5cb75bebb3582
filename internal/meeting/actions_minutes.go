package meeting

// Minutes: one person writes them and sends them on as a letter of kind minutes, whose checking by another person and
// whose signature are package letter's. Once that letter is issued, the meeting is minuted.

import (
	"fmt"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/letter"
)

// takeMinutes reads meeting and minutes and finds the line by which by may do verb now.
func takeMinutes(tx *db.Tx, by auth.User, id, verb string) (m Meeting, n Minutes, st flow.Step, err error) {
	if m, err = Read(tx, by, id); err != nil {
		return m, n, st, err
	}
	n, _, err = minutesOf(tx, m.ID)
	if err != nil {
		return m, n, st, err
	}
	st, _, err = ofMinutes.Take(verb, by, m.minutesAs(tx, by, n))
	return m, n, st, err
}

// minutesAs are the minutes in their flow, for by.
func (m Meeting) minutesAs(tx *db.Tx, by auth.User, n Minutes) flow.Case {
	return flow.Case{State: n.State,
		Plays: func(part string) (auth.Post, error) { return m.plays(tx, by, part) },
		Fits: func(s flow.Step) error {
			if m.State != Held {
				return errs.Conflictf("会议确认召开之后才能写纪要；纪要发出之后要改的，到那件纪要里更正。")
			}
			switch s.Verb {
			case VerbMinutesSend:
				if n.DraftedByID != by.ID {
					return errs.Deniedf("请由最后改过纪要的%s送核签：拟稿人不能自己核稿和签发。", n.DraftedBy)
				}
			case VerbMinutesRecall:
				l, err := letter.Get(tx, n.Letter)
				if err == nil && l.State != letter.StateWithdrawn {
					return errs.Conflictf("纪要正在核签。要改的，请到那件纪要里修改，或先撤回它。")
				}
				return err
			}
			return nil
		}}
}

// WriteMinutes keeps the text; version is that of the minutes that the writer has seen, 0 for none. Who writes last is
// the minute-taker.
func WriteMinutes(tx *db.Tx, by auth.User, id string, version int64, text string) (Minutes, error) {
	m, n, st, err := takeMinutes(tx, by, id, VerbMinutesDraft)
	if err != nil {
		return n, err
	}
	if n.Version != version {
		return n, errs.Conflictf("纪要刚刚被%s改过。您写的文字仍在本页；请另开一页看看已存的，再决定用哪一份。",
			n.DraftedBy)
	}
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if text == "" || !short(text, maxText) {
		f := errs.Fields{}
		f.Say("text", "请写纪要正文，%d个字以内。", maxText)
		return n, f.Check("纪要没有保存。")
	}
	begun := n.Meeting != ""
	n = Minutes{Meeting: m.ID, Text: text, State: st.To, DraftedByID: by.ID, DraftedBy: by.Name, DraftedAt: tx.Now,
		Version: n.Version}
	if begun {
		err = updateMinutes(tx, &n)
	} else {
		n.Version = 1
		err = insertMinutes(tx, n)
	}
	if err != nil {
		return n, err
	}
	return n, record(tx, by, &m, st.Verb, nil, n.row())
}

// SendMinutes makes a letter of the minutes, to all who were invited; it is checked and signed there by others than
// their writer.
func SendMinutes(tx *db.Tx, by auth.User, id string, version int64) (Minutes, error) {
	m, n, st, err := takeMinutes(tx, by, id, VerbMinutesSend)
	if err != nil {
		return n, err
	}
	if n.Version != version {
		return n, errs.Conflictf("纪要刚刚被%s改过。请刷新页面，看过新的正文再办理。", n.DraftedBy)
	}
	if err := complete(tx, m); err != nil {
		return n, err
	}
	l, err := m.draftLetter(tx, by, letter.KindMinutes, n.Text)
	if err != nil {
		return n, err
	}
	n.State, n.Letter = st.To, l.ID
	if err := updateMinutes(tx, &n); err != nil {
		return n, err
	}
	return n, record(tx, by, &m, st.Verb, nil, n.row())
}

// complete says which items of the agenda have no outcome yet.
func complete(tx *db.Tx, m Meeting) error {
	agenda, err := agendaOf(tx, m.ID)
	if err != nil {
		return err
	}
	for _, a := range agenda {
		if a.Outcome == "" {
			return errs.Conflictf("第%d项议程“%s”还没有结果。请先记录每项议程的结果，再送核签。", a.Number, a.Title)
		}
	}
	return nil
}

// RecallMinutes takes the text back to be written on, once its letter was withdrawn.
func RecallMinutes(tx *db.Tx, by auth.User, id string) (Minutes, error) {
	m, n, st, err := takeMinutes(tx, by, id, VerbMinutesRecall)
	if err != nil {
		return n, err
	}
	n.State, n.Letter = st.To, ""
	if err := updateMinutes(tx, &n); err != nil {
		return n, err
	}
	return n, record(tx, by, &m, st.Verb, nil, n.row())
}

// Settle takes the steps that nobody takes: minutes whose letter is issued are signed, and a meeting of which nothing
// is left to do is closed. It reports whether anything changed.
func Settle(tx *db.Tx, id string) (bool, error) {
	m, err := byID(tx, id)
	if err != nil {
		return false, err
	}
	signed, err := m.settleMinutes(tx)
	if err != nil {
		return false, err
	}
	closed, err := m.settleClose(tx)
	return signed || closed, err
}

// minuting makes a meeting minuted as soon as the letter of its minutes is issued. Other letters about it, its notice
// first of all, change nothing; what is done with closes in the morning.
func minuting() job.After {
	return job.After{Name: "meeting.minuted", Label: "会议：纪要发出后转入下一步", Verb: letter.VerbIssue,
		Run: func(tx *db.Tx, e journal.Entry) error {
			l, err := letter.Get(tx, strings.TrimPrefix(e.Object, "letter/"))
			id, ours := strings.CutPrefix(l.About, Object(""))
			if err != nil || !ours {
				return err
			}
			m, err := byID(tx, id)
			if err != nil {
				return err
			}
			_, err = m.settleMinutes(tx)
			return err
		}}
}

// settleMinutes finds whether the letter of the minutes is issued.
func (m *Meeting) settleMinutes(tx *db.Tx) (bool, error) {
	n, found, err := minutesOf(tx, m.ID)
	if err != nil || !found || n.State != Sent || m.State != Held {
		return false, err
	}
	l, err := letter.Get(tx, n.Letter)
	if err != nil || !l.Issued() {
		return false, err
	}
	v, err := letter.VersionOf(tx, l.ID, l.InForce)
	if err != nil {
		return false, err
	}
	sign, _ := ofMinutes.Step(n.State, VerbMinutesSign)
	minuted, ok := life.Step(string(m.State), VerbMinute)
	if !ok {
		return false, fmt.Errorf("meeting %s is %s and has minutes", m.ID, m.State)
	}
	n.State, n.Number, n.IssuedAt = sign.To, l.Number, v.IssuedAt
	if err := updateMinutes(tx, &n); err != nil {
		return false, err
	}
	if err := record(tx, journal.System, m, sign.Verb, map[string]string{"number": l.Number}, n.row()); err != nil {
		return false, err
	}
	return true, move(tx, journal.System, m, minuted, nil)
}

// settleClose closes a meeting whose kind needs no minutes, or of which every decision that is followed up is done.
func (m *Meeting) settleClose(tx *db.Tx) (bool, error) {
	st, ok := life.Step(string(m.State), VerbClose)
	if !ok {
		return false, nil
	}
	if m.State == Held {
		kind, err := KindOf(tx, m.Kind)
		if err != nil || kind.NeedsMinutes {
			return false, err
		}
		if err := m.listOpen(tx); err == nil {
			return false, nil // somebody may still be written down
		} else if errs.KindOf(err) != errs.Conflict {
			return false, err
		}
		_, written, err := minutesOf(tx, m.ID)
		if err != nil || written {
			return false, err
		}
	}
	decisions, err := decisionsOf(tx, m.ID)
	if err != nil {
		return false, err
	}
	for _, d := range decisions {
		ended, err := d.ended(tx)
		if err != nil || d.Follow && !ended {
			return false, err
		}
	}
	return true, move(tx, journal.System, m, st, nil)
}

// SettleAll settles every meeting that is open.
func SettleAll(tx *db.Tx) (changed int, err error) {
	open, err := every(tx, Held, Minuted)
	for _, m := range open {
		done, err := Settle(tx, m.ID)
		if err != nil {
			return changed, err
		}
		if done {
			changed++
		}
	}
	return changed, err
}
