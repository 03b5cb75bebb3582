package meeting_test

// The printed papers of a meeting, and consultation on what lies before it, from the remark to the minutes that it
// holds back.

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/module"
	"yipanqi/internal/opinion"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func newSite(c *city) *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	meeting.Routes(m, nil)
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.People}
}

// paper is what a document of the meeting says to somebody.
func (c *city) paper(s *webtest.Site, as, id, kind string) string {
	c.T.Helper()
	body := s.Check(c.T, webtest.Scenario{As: as, Path: "/meetings/" + id + "/" + kind}).Body.Bytes()
	lines, err := document.Read(bytes.NewReader(body), int64(len(body)))
	c.Must(err)
	return strings.Join(lines, "\n")
}

// The notice is written from the meeting, with whom to ask and the reply slip. A unit that speaks at it and handed
// nothing in is reminded, and no longer once the meeting is over.
func TestANoticeFollowsFromTheMeeting(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		draft := c.plenary()
		c.filled(draft.ID)
		newSite(c).Run(t, webtest.Scenario{As: "office", Path: draft.URL() + "/notify", Contains: []string{
			"一、时间和地点", "四、有关要求", "五、联系人", "附：参会回执", "| 单位 | 姓名 | 职务 | 电话 |"}},
			webtest.Scenario{As: "office", Path: draft.URL() + "/notify", JSON: true, Contains: []string{`"body":"定于`,
				"主要领导，名额1"}})
		c.Must(c.update(func(tx *db.Tx) error {
			for _, sql := range []string{`UPDATE meetings SET state = 'notified'`,
				`UPDATE agenda_items SET speaker_unit = 'M01' WHERE number = 2`} {
				if err := tx.Exec(sql); err != nil {
					return err
				}
			}
			return nil
		}))
		for _, r := range meeting.Reminders() {
			if r.Object != "agenda" {
				continue
			}
			due := do(c, func(tx *db.Tx) (all []module.Due, err error) {
				all, _, err = r.Due(tx, "2024-12-31", "")
				return all, err
			})
			if len(due) != 1 || due[0].Unit != "M01" || due[0].DueOn != "2024-03-27" {
				t.Errorf("papers are asked for of %+v, want of M01 by the day of the meeting", due)
			}
		}
	})
}

// Host and invited units get the papers; of other units than the reader's they say how many come, and name nobody.
func TestPapersOfAMeeting(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m, _ := c.notified()
		c.reply(m.ID, "M01", meeting.Attendee{Name: "某M01head", Title: "局长", Level: "head"})
		c.reply(m.ID, "M02", meeting.Attendee{Name: "某M02head", Title: "局长", Level: "head", Excuse: "外出开会"})
		c.reply(m.ID, "M03", meeting.Attendee{Name: "某M03head", Title: "局长", Level: "head"})
		s := newSite(c)
		for _, one := range []struct {
			as, kind    string
			says, lacks []string
		}{
			{"office", "handbook", []string{"会议手册", "2024年3月27日09:00至11:30", "市政府第一会议室",
				"审议目标任务分解书",
				"某M01head", "某M03head", "（请假）", "（未回执）", "没有会前印发的材料"}, []string{"演示样稿"}},
			{"M01", "handbook", []string{"某M01head", "1人", "（请假）"}, []string{"某M03head", "某M02head"}},
			{"office", "sheet", []string{"签到表", "某M01head", "某M02head（请假）", "M05局"}, nil},
			{"M01", "assignments", []string{"议定事项分工表", "议定0项"}, nil},
			{"office", "certificate", []string{"培训证明", "以签到为准"}, nil},
		} {
			said := c.paper(s, one.as, m.ID, one.kind)
			for _, want := range one.says {
				if !strings.Contains(said, want) {
					t.Errorf("%s as %s lacks %s:\n%s", one.kind, one.as, want, said)
				}
			}
			for _, not := range one.lacks {
				if strings.Contains(said, not) {
					t.Errorf("%s as %s says %s:\n%s", one.kind, one.as, not, said)
				}
			}
		}
		s.Run(t,
			webtest.Scenario{As: "M01stat", Path: "/meetings/" + m.ID + "/sheet", Status: 403},
			webtest.Scenario{As: "M01stat", Path: "/meetings/" + m.ID + "/certificate", Status: 403},
			webtest.Scenario{As: "office", Path: "/meetings/none/handbook", Status: 404})
		// the trail says of another unit's reply neither whom it named nor who sent it
		others := []string{"某M03head", "某M02head", "外出开会", c.People["M03"].Name, c.People["M02"].Name}
		s.Run(t, webtest.Scenario{As: "office", Path: m.URL(), JSON: true, Contains: others},
			webtest.Scenario{As: "M01", Path: m.URL(), JSON: true, NotContains: others,
				Contains: []string{"某M01head", `"meeting.reply"`}})
		draft := c.plenary()
		s.Run(t, webtest.Scenario{As: "M01", Path: "/meetings/" + draft.ID + "/handbook", Status: 404})
	})
}

// A remark that must be answered holds the minutes back until it is answered; the notice went out without.
func TestARemarkHoldsTheMinutesBack(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m, agenda := c.notified()
		text := do(c, func(tx *db.Tx) (opinion.Text, error) {
			return opinion.LayOpen(tx, c.People["office"], opinion.Text{Title: "目标任务分解书", DueOn: "2024-03-22",
				About: agenda[2].Object(), Readers: []string{"M01"}}, "一、扩大儿童之家覆盖。")
		})
		remark := do(c, func(tx *db.Tx) (opinion.Opinion, error) {
			editions, err := opinion.Editions(tx, text.ID)
			if err != nil {
				return opinion.Opinion{}, err
			}
			return opinion.Write(tx, c.People["M01"], opinion.Opinion{TextID: text.ID, Weight: opinion.Must,
				Kind: "content", Anchor: opinion.Anchor{Paragraph: editions[0].Paragraphs[0].ID, Quote: "儿童之家"},
				Reason: "没有写由谁建设", Suggestion: "写明建设单位", ShownAs: "role"}, true)
		})
		l := do(c, func(tx *db.Tx) (letter.Letter, error) {
			return letter.Draft(tx, c.People["office"], letter.Letter{Kind: letter.KindMinutes, Main: []string{"M01"},
				Title: "全委会议纪要", Disclosure: "not_open", Body: "会议审议了分解书。", About: m.Object()})
		})
		issue := func(tx *db.Tx) error {
			now, err := letter.Get(tx, l.ID)
			if err != nil {
				return err
			}
			_, err = letter.Issue(tx, c.People["office"], l.ID, now.Version, meeting.Blocks)
			return err
		}
		c.Must(c.update(func(tx *db.Tx) error {
			v, _, err := letter.Preview(tx, l, c.Issuer)
			if err != nil {
				return err
			}
			if l, err = letter.Check(tx, c.People["colleague"], l.ID, l.Version, v.Digest, c.Issuer); err != nil {
				return err
			}
			_, err = letter.Sign(tx, c.People["chief"], l.ID, v.Digest, c.Keys["chief"])
			return err
		}))
		c.refused(errs.Conflict, "意见", issue)
		do(c, func(tx *db.Tx) (opinion.Opinion, error) {
			return opinion.Reply(tx, c.People["office"], remark.ID, remark.Version, opinion.Adopted, "",
				"由区民政局建设")
		})
		c.Must(c.Update(context.Background(), issue))
	})
}
