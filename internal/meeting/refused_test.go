package meeting_test

// What is refused of meetings, by the specification's list of bad input (oversight.md §5): each input with what is
// said. Sign-in by code and minutes that their drafter signs are refused in the story, meeting_test.go.

import (
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
)

func TestWhatAMeetingRefuses(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m, agenda := c.notified()
		office := c.People["office"]
		draft := func(change func(*meeting.Meeting)) func(*db.Tx) error {
			return func(tx *db.Tx) error {
				x := meeting.Meeting{Title: "推进会", Kind: "progress", Host: "WCCO", Form: meeting.Room,
					Place: "会议室", Starts: at("2024-03-27 10:00"), Ends: at("2024-03-27 11:00"), ChairUnit: "WCC"}
				change(&x)
				_, err := meeting.Plan(tx, office, x, 0)
				return err
			}
		}
		reply := func(people ...meeting.Attendee) func(*db.Tx) error {
			return func(tx *db.Tx) error {
				_, _, err := meeting.Reply(tx, c.People["M03"], m.ID, c.invitations(m.ID)["M03"], people)
				return err
			}
		}
		head := meeting.Attendee{Name: "甲", Title: "局长", Level: "head"}
		deputy := meeting.Attendee{Title: "副局长", Level: "deputy", StandsInFor: "局长"}
		excused := meeting.Attendee{Name: "乙", Title: "副局长", Level: "deputy", StandsInFor: "局长", Excuse: "出差"}
		for _, bad := range []struct {
			words string
			fn    func(*db.Tx) error
		}{
			{"title: 请写会议名称", draft(func(x *meeting.Meeting) { x.Title = "" })},
			{"place: 现场会议要写地点", draft(func(x *meeting.Meeting) { x.Place = "" })},
			{"ends: 结束时间要晚于开始时间", draft(func(x *meeting.Meeting) { x.Ends = x.Starts })},
			{"starts: 开始时间已经过去", draft(func(x *meeting.Meeting) { x.Starts = at("2024-03-14 10:00") })},
			{"reply_by: 回执日要在开会那天之前", draft(func(x *meeting.Meeting) { x.ReplyBy = "2024-03-27" })},
			{"host: 没有这个单位：NONE", draft(func(x *meeting.Meeting) { x.Host = "NONE" })},
			{"name[2]: 名额是1个，报了2人", reply(head, meeting.Attendee{Name: "乙", Title: "处长", Level: "any"})},
			{"name[1]: 代会要写明代会人的姓名", reply(deputy)},
			{"excuse[1]: 乙又请假又代会", reply(excused)},
			{"name[1]: 请写明谁来参会，或谁请假", reply()},
			{"不能办“记录议程结果”", func(tx *db.Tx) error {
				_, err := meeting.SetOutcome(tx, office, m.ID, agenda[0].ID, "heard")
				return err
			}},
			{"会议还没有开始，不能确认召开", func(tx *db.Tx) error {
				_, err := meeting.Hold(tx, office, m.ID)
				return err
			}},
			{"reply_by: 回执日不能早于今天", func(tx *db.Tx) error {
				_, err := meeting.Move(tx, office, m.ID, meeting.Meeting{Starts: at("2024-04-03 09:00"),
					Ends: at("2024-04-03 10:00"), Place: "会议室", ReplyBy: "2024-03-01"}, "改期", false)
				return err
			}},
		} {
			if err := c.update(bad.fn); err == nil || !strings.Contains(err.Error(), bad.words) {
				t.Errorf("it says %v; want %s", err, bad.words)
			}
		}
		c.clash(m)
		c.goOn("2024-03-27 11:40")
		do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Hold(tx, office, m.ID) })
		for words, change := range map[string]func(*meeting.Decision){
			"lead: 要督办的议定事项须有牵头单位":     func(d *meeting.Decision) { d.Lead = "" },
			"due_on: 期限不能早于开会那天":       func(d *meeting.Decision) { d.DueOn = "2024-03-26" },
			"due_on: 请填日期":             func(d *meeting.Decision) { d.DueOn = "三月底" },
			"due_on: 期限由牵头单位定的，这里不填日期": func(d *meeting.Decision) { d.DueOn, d.DueByLead = "2024-05-01", true },
			"supporting: 牵头单位不能又是配合单位": func(d *meeting.Decision) { d.Supporting = []string{"M01"} },
			"why_not: 不督办的，请写明为什么":     func(d *meeting.Decision) { d.Follow = false },
			"agenda_item: 请选它出自哪项议程":   func(d *meeting.Decision) { d.AgendaItem = "" },
			"indicator: 没有这个指标：NONE":   func(d *meeting.Decision) { d.Indicator = "NONE" },
		} {
			d := meeting.Decision{Text: "扩大覆盖", Lead: "M01", Follow: true, AgendaItem: agenda[0].ID}
			change(&d)
			c.refused(errs.Invalid, words, func(tx *db.Tx) error {
				_, err := meeting.Decide(tx, office, m.ID, d)
				return err
			})
		}
	})
}

// clash: units that are asked to two meetings at one time are named, whether they are invited or a meeting is moved.
func (c *city) clash(m meeting.Meeting) {
	c.T.Helper()
	office := c.People["office"]
	other := do(c, func(tx *db.Tx) (meeting.Meeting, error) {
		return meeting.Plan(tx, office, meeting.Meeting{Title: "同时的会", Kind: "progress", Host: "WCCO",
			Form: meeting.Video, Starts: at("2024-03-27 10:00"), Ends: at("2024-03-27 11:00"), ChairUnit: "WCC",
			ChairRole: auth.CommitteeChief}, 0)
	})
	invite := func(confirmed bool) func(*db.Tx) (meeting.Meeting, error) {
		return func(tx *db.Tx) (meeting.Meeting, error) {
			return meeting.Invite(tx, office, other.ID, []string{"M01"}, meeting.Invitation{Capacity: "attend",
				Level: "any", Seats: 1}, confirmed)
		}
	}
	move := func(confirmed bool) func(*db.Tx) (meeting.Meeting, error) {
		return func(tx *db.Tx) (meeting.Meeting, error) {
			return meeting.Move(tx, office, other.ID, meeting.Meeting{Starts: at("2024-03-27 10:30"),
				Ends: at("2024-03-27 11:30")}, "对调", confirmed)
		}
	}
	want := "同一时间已邀请这些单位参加：" + m.Title + "。仍要邀请的，请勾选“同时开会也邀请”"
	both := func(words string, step func(bool) func(*db.Tx) (meeting.Meeting, error)) {
		c.refused(errs.Invalid, words+want, func(tx *db.Tx) error { _, err := step(false)(tx); return err })
		do(c, step(true))
	}
	both("units: ", invite)
	do(c, func(tx *db.Tx) (meeting.AgendaItem, error) {
		return meeting.SetAgenda(tx, office, other.ID, meeting.AgendaItem{Title: "推进", Kind: "discuss"})
	})
	c.sends(do(c, func(tx *db.Tx) (letter.Letter, error) {
		return meeting.DraftNotice(tx, office, other.ID, "请参加。")
	}), "colleague", "chief")
	do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Notify(tx, office, other.ID, "") })
	both("starts: ", move)
}
