package meeting_test

// What the tests of meetings do step by step, and the clock that they share.

import (
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
)

// at is an instant of the story in China's time.
func at(text string) time.Time {
	t, ok := meeting.ParseTime(text)
	if !ok {
		panic(text)
	}
	return t
}

// goOn sets the clock.
func (c *city) goOn(text string) { c.Now.Store(at(text).Unix()) }

// do is an update that has to work.
func do[T any](c *city, fn func(*db.Tx) (T, error)) (v T) {
	c.T.Helper()
	c.Must(c.update(func(tx *db.Tx) (err error) {
		v, err = fn(tx)
		return err
	}))
	return v
}

// refused is what an update says that has to be refused.
func (c *city) refused(kind errs.Kind, says string, fn func(*db.Tx) error) {
	c.T.Helper()
	err := c.update(fn)
	if err == nil || errs.KindOf(err) != kind || !strings.Contains(err.Error(), says) {
		c.T.Errorf("want %d %q, got %v", kind, says, err)
	}
}

// plenary is the story's meeting as a draft.
func (c *city) plenary() meeting.Meeting {
	c.T.Helper()
	return do(c, func(tx *db.Tx) (meeting.Meeting, error) {
		return meeting.Plan(tx, c.People["office"], meeting.Meeting{Title: "示范市妇儿工委2024年全委（扩大）会议",
			Kind: "enlarged_plenary", Host: "WCCO", Form: meeting.Room, Place: "市政府第一会议室",
			Starts: at("2024-03-27 09:00"), Ends: at("2024-03-27 11:30"), ChairUnit: "WCC",
			ChairRole: auth.CommitteeChief, ReplyBy: "2024-03-25", Scope: "各成员单位和各区主要领导"}, 0)
	})
}

// filled is the plenary with its agenda and the seventeen units that it asks.
func (c *city) filled(id string) []meeting.AgendaItem {
	c.T.Helper()
	var agenda []meeting.AgendaItem
	for _, a := range []meeting.AgendaItem{{Title: "2023年工作报告", Kind: "report", SpeakerUnit: "WCCO", Minutes: 30},
		{Title: "规划监测情况通报", Kind: "brief", SpeakerUnit: "M01", Minutes: 20},
		{Title: "审议目标任务分解书", Kind: "review", Paper: "plan/P", Minutes: 40, VisibleTo: "members"},
		{Title: "签订任务书", Kind: "sign", Minutes: 20}} {
		agenda = append(agenda, do(c, func(tx *db.Tx) (meeting.AgendaItem, error) {
			return meeting.SetAgenda(tx, c.People["office"], id, a)
		}))
	}
	do(c, func(tx *db.Tx) (meeting.Meeting, error) {
		return meeting.Invite(tx, c.People["office"], id, units(), meeting.Invitation{Capacity: "attend", Level: "head",
			Seats: 1}, false)
	})
	return agenda
}

func units() (all []string) {
	for _, n := range []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"} {
		all = append(all, "M"+n)
	}
	return append(all, "D1", "D2", "D3", "D4", "D5")
}

// sends takes a letter about the meeting from draft to issued.
func (c *city) sends(l letter.Letter, checker, signer string) letter.Letter {
	c.T.Helper()
	return do(c, func(tx *db.Tx) (letter.Letter, error) {
		v, _, err := letter.Preview(tx, l, c.Issuer)
		if err != nil {
			return l, err
		}
		if l, err = letter.Check(tx, c.People[checker], l.ID, l.Version, v.Digest, c.Issuer); err != nil {
			return l, err
		}
		if l, err = letter.Sign(tx, c.People[signer], l.ID, v.Digest, c.Keys[signer]); err != nil {
			return l, err
		}
		return letter.Issue(tx, c.People["office"], l.ID, l.Version, meeting.Blocks)
	})
}

// notified is the plenary once its notice is out.
func (c *city) notified() (meeting.Meeting, []meeting.AgendaItem) {
	c.T.Helper()
	m := c.plenary()
	agenda := c.filled(m.ID)
	c.sends(do(c, func(tx *db.Tx) (letter.Letter, error) {
		return meeting.DraftNotice(tx, c.People["office"], m.ID, "请参加。")
	}), "colleague", "chief")
	m = do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Notify(tx, c.People["office"], m.ID, "") })
	return m, agenda
}

// invitations are the ids of a meeting's invitations by unit.
func (c *city) invitations(id string) map[string]string {
	all := map[string]string{}
	c.Look(func(tx *db.Tx) error {
		return db.Each(tx, func(r db.Row) error {
			var unit, invitation string
			err := r.Scan(&unit, &invitation)
			all[unit] = invitation
			return err
		}, `SELECT unit, id FROM invitations WHERE meeting = $1`, id)
	})
	return all
}

func (c *city) reply(id, unit string, people ...meeting.Attendee) []meeting.Attendee {
	c.T.Helper()
	return do(c, func(tx *db.Tx) ([]meeting.Attendee, error) {
		_, all, err := meeting.Reply(tx, c.People[unit], id, c.invitations(id)[unit], people)
		return all, err
	})
}
