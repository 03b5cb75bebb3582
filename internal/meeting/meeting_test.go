package meeting_test

// The story of a plenary, step by step.

import (
	"slices"
	"strings"
	"testing"

	ical "github.com/arran4/golang-ical"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/web/webtest"
)

// The story of a plenary from plan to closed, on both databases.
func TestAPlenaryFromPlanToClosed(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var m, training meeting.Meeting
		var agenda []meeting.AgendaItem
		var matters []matter.Matter
		site := func() *webtest.Site { return newSite(c) } // sessions end with the days
		step := func(name string, fn func(*testing.T)) {
			if !t.Run(name, func(t *testing.T) {
				c.T = t
				fn(t)
			}) {
				t.FailNow()
			}
		}
		step("1 the office plans it, 12 units and 5 districts, level head", func(t *testing.T) {
			m = c.plenary()
			agenda = c.filled(m.ID)
			c.refused(errs.Conflict, "会议通知还没有发出", func(tx *db.Tx) error {
				_, err := meeting.Notify(tx, c.People["office"], m.ID, "")
				return err
			})
			c.refused(errs.Missing, "没有找到这次会议", func(tx *db.Tx) error {
				_, err := meeting.Read(tx, c.People["M01"], m.ID) // nobody is told of a draft
				return err
			})
		})
		step("2 the notice is signed and issued, the calendar entry opens", func(t *testing.T) {
			c.sends(do(c, func(tx *db.Tx) (letter.Letter, error) {
				return meeting.DraftNotice(tx, c.People["office"], m.ID, "请参加。")
			}), "colleague", "chief")
			m = do(c, func(tx *db.Tx) (meeting.Meeting, error) {
				return meeting.Notify(tx, c.People["office"], m.ID, "")
			})
			if m.Number != "会〔2024〕1号" || m.State != meeting.Notified {
				t.Errorf("it is %s %s", m.Number, m.State)
			}
			ics := string(m.ICS("https://example.org/meetings/"+m.ID, "市妇儿工委办"))
			opened, err := ical.ParseCalendar(strings.NewReader(ics)) // as a mail program does
			if err != nil || len(opened.Events()) != 1 {
				t.Fatalf("the calendar entry is not opened: %v\n%s", err, ics)
			}
			event := opened.Events()[0]
			begins, err := event.GetStartAt()
			title := event.GetProperty(ical.ComponentPropertySummary)
			if err != nil || !begins.Equal(m.Starts) || title == nil || title.Value != m.Title ||
				len(event.Alarms()) != 1 {
				t.Errorf("the entry begins %v, %v and is %v with %d alarms", begins, err, title, len(event.Alarms()))
			}
			for _, want := range []string{"BEGIN:VCALENDAR\r\n", "DTSTART:20240327T010000Z\r\n",
				"DTEND:20240327T033000Z",
				"STATUS:CONFIRMED", "UID:" + m.ID} {
				if !strings.Contains(ics, want) {
					t.Errorf("the calendar entry lacks %q:\n%s", want, ics)
				}
			}
			for _, line := range strings.Split(ics, "\r\n") {
				if len(line) > 75 {
					t.Errorf("a line of %d bytes: %s", len(line), line)
				}
			}
		})
		step("3 units reply, one sends a deputy, one asks leave", func(t *testing.T) {
			for _, unit := range units() {
				who := "某" + unit + "head"
				if unit[0] == 'D' {
					who = "某" + unit + "chief"
				}
				switch unit {
				case "M02":
				case "M01", "M10", "M11", "M12":
					c.reply(m.ID, unit, meeting.Attendee{Name: "副局长" + unit, Title: "副局长", Level: "deputy",
						StandsInFor: who})
				default:
					people := c.reply(m.ID, unit, meeting.Attendee{Name: who, Title: "局长", Level: "head"})
					if people[0].PersonID == "" || people[0].PostID == "" {
						t.Errorf("%s is nobody of the program's", who)
					}
				}
			}
			c.reply(m.ID, "M02", meeting.Attendee{Name: "某M02head", Title: "局长", Level: "head", Excuse: "外出开会"})
		})
		step("4 three for two seats are refused", func(t *testing.T) {
			c.refused(errs.Invalid, "名额是1个，报了2人", func(tx *db.Tx) error {
				_, _, err := meeting.Reply(tx, c.People["M03"], m.ID, c.invitations(m.ID)["M03"], []meeting.Attendee{
					{Name: "甲", Title: "局长", Level: "head"}, {Name: "乙", Title: "处长", Level: "deputy"}})
				return err
			})
		})
		step("5 the draft breakdown goes with the papers, opinions come in", func(t *testing.T) { c.consult(agenda[2]) })
		step("6 sign-in by code and by list, 16 of 17 present, 12 heads", func(t *testing.T) {
			training = c.training() // its notice is out before the day
			c.signIn(m.ID)
		})
		step("7 the third item is passed in principle, with two opinions open", func(t *testing.T) {
			c.refused(errs.Conflict, "现在是“已通知”，不能办“记录议程结果”", func(tx *db.Tx) error {
				_, err := meeting.SetOutcome(tx, c.People["office"], m.ID, agenda[2].ID, "passed")
				return err
			})
			c.goOn("2024-03-27 11:40")
			do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Hold(tx, c.People["office"], m.ID) })
			for i, outcome := range []string{"heard", "heard", "passed_in_principle", "noted"} {
				do(c, func(tx *db.Tx) (meeting.AgendaItem, error) {
					return meeting.SetOutcome(tx, c.People["office"], m.ID, agenda[i].ID, outcome)
				})
			}
			site().Check(t, webtest.Scenario{As: "office", Path: m.URL(), JSON: true,
				Contains: []string{`"outcome":"passed_in_principle"`, `"filed":2,"replied":0`}})
			site().Check(t, webtest.Scenario{As: "M01", Path: m.URL(), JSON: true, Contains: []string{"副局长M01"},
				NotContains: []string{"某M03head"}}) // others' people are not named to a unit, in the trail neither
		})
		step("14 the training of the same afternoon fills 29 records", func(t *testing.T) { c.trains(training.ID) })
		step("8 minutes are drafted, their drafter cannot check nor sign", func(t *testing.T) {
			c.minutes(m.ID, agenda)
		})
		step("9 signed, numbered, received 17 of 17 after one reminder", func(t *testing.T) {
			m = do(c, func(tx *db.Tx) (meeting.Meeting, error) {
				if _, err := meeting.Settle(tx, m.ID); err != nil {
					return m, err
				}
				return meeting.Read(tx, c.People["office"], m.ID)
			})
			if m.State != meeting.Minuted {
				t.Errorf("it is %s", m.State)
			}
			c.received(m.ID)
			// what can no longer be done has no form to fill in for nothing
			for _, page := range []string{"edit", "agenda", "invite", "change", "decision", "admit"} {
				site().Check(t, webtest.Scenario{As: "office", Path: m.URL() + "/" + page, Status: 409})
			}
		})
		step("10 five decisions, three are followed, with twenty days", func(t *testing.T) {
			matters = c.follow(m.ID, 0, 1)
		})
		step("11 the lead unit of the third sets its day", func(t *testing.T) {
			c.setsDay(m.ID)
			matters = append(matters, c.follow(m.ID, 2)...)
		})
		step("12 who came, as a table and a share", func(t *testing.T) {
			site().Run(t, webtest.Scenario{As: "office", Path: "/meetings/calendar?month=2023-11", Contains: []string{
				"这个月没有会议", "/meetings/calendar?month=2024-03", "/meetings/new"}})
			site().Run(t, webtest.Scenario{As: "office", Path: "/meetings/attendance", JSON: true,
				Contains: []string{`"present":{"part":16,"of":17},"level":{"part":12,"of":17}`,
					`"year":2024`, `"excused":1`}},
				webtest.Scenario{As: "M01", Path: "/meetings/attendance?format=csv",
					Contains: []string{"到会率", "1/1"}},
				webtest.Scenario{As: "office", Path: "/meetings/attendance", Contains: []string{"到会16 / 17",
					"按要求层级到会12 / 17", "假"}})
		})
		step("13 the next plenary's papers open with the three", func(t *testing.T) {
			next := do(c, func(tx *db.Tx) (meeting.Meeting, error) {
				return meeting.Plan(tx, c.People["office"], meeting.Meeting{Title: "下次全委会", Kind: "plenary",
					Host: "WCCO",
					Form: meeting.Video, Starts: at("2024-06-27 09:00"), Ends: at("2024-06-27 10:00"),
					ChairUnit: "WCC"}, 0)
			})
			c.Look(func(tx *db.Tx) error {
				open, err := meeting.OpenBefore(tx, next)
				if err != nil || len(open) != 3 {
					t.Errorf("%d decisions are open (%v)", len(open), err)
				}
				return nil
			})
			site().Run(t, webtest.Scenario{As: "office", Path: next.URL(), Contains: []string{"扩大儿童之家覆盖"}},
				webtest.Scenario{As: "office", Path: "/decisions?q=儿童之家", JSON: true,
					Contains: []string{`"text":"扩大儿童之家覆盖"`, `"total":1`, `"done":{"part":0,"of":0}`}},
				webtest.Scenario{As: "office", Path: "/decisions?show=plain", JSON: true,
					Contains: []string{`"total":2`}})
		})
		step("15 all are closed, the meeting closes itself", func(t *testing.T) {
			for i, one := range matters {
				c.settle(m.ID, meeting.Minuted)
				c.finish(one, []string{"M01", "M03", "M04"}[i])
			}
			c.settle(m.ID, meeting.Closed)
			site().Run(t, webtest.Scenario{As: "office", Path: "/decisions?show=done", JSON: true,
				Contains: []string{`"total":3`, `"done":{"part":3,"of":3}`}})
		})
		c.T = t
		c.Look(func(tx *db.Tx) error {
			found, err := meeting.Verify(tx, c.Issuer)
			if err != nil || len(found) > 0 {
				t.Errorf("the journal and the rows do not agree: %+v (%v)", found, err)
			}
			return nil
		})
	})
}

// signIn has sixteen come: one by the code on the screen, the others by the host's list.
func (c *city) signIn(id string) {
	office := c.People["office"]
	c.refused(errs.Conflict, "还没到签到时间", func(tx *db.Tx) error {
		_, _, err := meeting.CodeNow(tx, office, id)
		return err
	})
	c.goOn("2024-03-27 08:20")
	code := do(c, func(tx *db.Tx) (string, error) {
		_, code, err := meeting.CodeNow(tx, office, id)
		return code, err
	})
	c.refused(errs.Invalid, "回执里没有这个姓名", func(tx *db.Tx) error {
		_, err := meeting.SignIn(tx, auth.User{}, id, code, "M03", "路人")
		return err
	})
	first := do(c, func(tx *db.Tx) (meeting.Attendee, error) {
		return meeting.SignIn(tx, auth.User{}, id, code, "M03", "某M03head")
	})
	if first.CheckIn != "qr" {
		c.T.Errorf("signed in by %q", first.CheckIn)
	}
	c.refused(errs.Conflict, "不用再签", func(tx *db.Tx) error {
		_, err := meeting.SignIn(tx, auth.User{}, id, code, "M03", "某M03head")
		return err
	})
	c.goOn("2024-03-27 08:27")
	c.refused(errs.Missing, "签到码已经失效", func(tx *db.Tx) error { // a copied picture
		_, err := meeting.SignIn(tx, auth.User{}, id, code, "M04", "某M04head")
		return err
	})
	ids := []string{}
	c.Look(func(tx *db.Tx) (err error) {
		ids, err = db.All(tx, db.Single[string], `SELECT a.id FROM attendees a JOIN invitations i ON i.id = a.invitation
			WHERE i.meeting = $1 AND a.excuse = '' AND a.arrived_at IS NULL ORDER BY a.id`, id)
		return err
	})
	for _, one := range ids {
		do(c, func(tx *db.Tx) (meeting.Attendee, error) { return meeting.Arrive(tx, office, id, one) })
	}
	last := ids[len(ids)-1]
	do(c, func(tx *db.Tx) (meeting.Attendee, error) { return meeting.Leave(tx, office, id, last) })
	do(c, func(tx *db.Tx) (meeting.Attendee, error) { return meeting.Arrive(tx, office, id, last) })
	c.Look(func(tx *db.Tx) error {
		a, err := meeting.AttendanceOf(tx, id)
		if want := (meeting.Attendance{Units: 17, Seats: 17, Replied: meeting.Share{Part: 17, Of: 17}, Excused: 1,
			Present: meeting.Share{Part: 16, Of: 17}, Level: meeting.Share{Part: 12, Of: 17}}); a != want {
			c.T.Errorf("attendance is %+v, want %+v", a, want)
		}
		return err
	})
}

// minutes are written by one, checked by another and signed by a third; five decisions, three to be followed up.
func (c *city) minutes(id string, agenda []meeting.AgendaItem) {
	office := c.People["office"]
	for i, d := range []meeting.Decision{{Text: "扩大儿童之家覆盖", Lead: "M01", Supporting: []string{"M02"},
		Follow: true},
		{Text: "落实生育假政策", Lead: "M03", Follow: true, DueOn: "2024-05-31"},
		{Text: "增加女性参政比例", Lead: "M04", Follow: true, DueByLead: true},
		{Text: "各单位学习文件", WhyNot: "自行落实"}, {Text: "下次会议在六月召开", WhyNot: "程序性事项"}} {
		d.AgendaItem = agenda[2].ID
		got := do(c, func(tx *db.Tx) (meeting.Decision, error) { return meeting.Decide(tx, office, id, d) })
		if got.Number != i+1 {
			c.T.Errorf("decision %d has number %d", i+1, got.Number)
		}
	}
	n := do(c, func(tx *db.Tx) (meeting.Minutes, error) {
		return meeting.WriteMinutes(tx, office, id, 0, "会议听取了报告，议定五项。")
	})
	c.refused(errs.Conflict, "纪要刚刚被", func(tx *db.Tx) error { // two people at once
		_, err := meeting.WriteMinutes(tx, c.People["colleague"], id, 0, "别的文字")
		return err
	})
	c.refused(errs.Denied, "送核签", func(tx *db.Tx) error {
		_, err := meeting.SendMinutes(tx, c.People["colleague"], id, n.Version)
		return err
	})
	n = do(c, func(tx *db.Tx) (meeting.Minutes, error) { return meeting.SendMinutes(tx, office, id, n.Version) })
	l := do(c, func(tx *db.Tx) (letter.Letter, error) { return letter.Get(tx, n.Letter) })
	if l.Kind != letter.KindMinutes || !slices.Equal(l.Main, units()) {
		c.T.Errorf("the letter is %s to %v", l.Kind, l.Main)
	}
	c.refused(errs.Denied, "不能由您核稿", func(tx *db.Tx) error {
		_, err := letter.Check(tx, office, l.ID, l.Version, "", c.Issuer)
		return err
	})
	c.refused(errs.Conflict, "已经送核签", func(tx *db.Tx) error {
		_, err := meeting.Decide(tx, office, id, meeting.Decision{Text: "又一项", AgendaItem: agenda[0].ID,
			WhyNot: "无"})
		return err
	})
	c.goOn("2024-03-29 10:00")
	c.sends(l, "colleague", "chief")
}

// setsDay has the lead unit of the third decision set its day.
func (c *city) setsDay(id string) {
	c.T.Helper()
	office := c.People["office"]
	var all []meeting.Decision
	c.Look(func(tx *db.Tx) (err error) {
		all, err = meeting.Decisions(tx, id)
		return err
	})
	c.refused(errs.Conflict, "期限由牵头单位定", func(tx *db.Tx) error {
		_, err := meeting.Follow(tx, office, id, all[2].ID, "")
		return err
	})
	c.refused(errs.Denied, "须由牵头单位", func(tx *db.Tx) error {
		_, err := meeting.SetDue(tx, c.People["M01"], id, all[2].ID, "2024-06-30")
		return err
	})
	do(c, func(tx *db.Tx) (meeting.Decision, error) {
		return meeting.SetDue(tx, c.People["M04"], id, all[2].ID, "2024-06-30")
	})
}

// follow raises the matters of some decisions.
func (c *city) follow(id string, which ...int) (matters []matter.Matter) {
	c.T.Helper()
	office := c.People["office"]
	var all []meeting.Decision
	c.Look(func(tx *db.Tx) (err error) {
		all, err = meeting.Decisions(tx, id)
		return err
	})
	c.refused(errs.Conflict, "需要督办", func(tx *db.Tx) error {
		_, err := meeting.Follow(tx, office, id, all[3].ID, "")
		return err
	})
	for _, i := range which {
		due := []string{"2024-04-18", "2024-05-31", "2024-06-30"}[i]
		d := do(c, func(tx *db.Tx) (meeting.Decision, error) { return meeting.Follow(tx, office, id, all[i].ID, "") })
		m := do(c, func(tx *db.Tx) (matter.Matter, error) { return matter.Get(tx, d.Matter) })
		if m.Items[0].Due != due || m.Sources[0].Ref != "meeting/"+id || m.Sources[0].Kind != matter.Decision {
			c.T.Errorf("the matter of decision %d is due on %s, want %s: %+v", i+1, m.Items[0].Due, due, m.Sources)
		}
		matters = append(matters, m)
	}
	return matters
}

// settle has the program look after the meeting, which is in a state then.
func (c *city) settle(id string, want meeting.State) {
	c.T.Helper()
	do(c, func(tx *db.Tx) (int, error) { return meeting.SettleAll(tx) })
	m := do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Read(tx, c.People["office"], id) })
	if m.State != want {
		c.T.Errorf("the meeting is %s, want %s", m.State, want)
	}
}

// finish has a unit do its item, and the office re-check it.
func (c *city) finish(m matter.Matter, unit string) {
	c.T.Helper()
	step := func(as string, fn func(*db.Tx, auth.User, matter.At) (matter.Matter, error)) {
		c.T.Helper()
		do(c, func(tx *db.Tx) (matter.Matter, error) { return fn(tx, c.People[as], matter.At{ID: m.Items[0].ID}) })
	}
	step(unit, func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
		return matter.Receive(tx, by, at, "", "")
	})
	step(unit, matter.Start)
	do(c, func(tx *db.Tx) (evidence.File, error) {
		return evidence.Attach(tx, c.People[unit], evidence.File{Object: m.Items[0].Object(), Digest: "d",
			Name: "台账.pdf"})
	})
	step(unit+"head", func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
		return matter.Report(tx, by, at, matter.DoneReport{Result: "已办结。"})
	})
	step("colleague", func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
		return matter.Recheck(tx, by, at, matter.Check{Way: "papers", LookedAt: "台账", Reason: "一致",
			Judgement: matter.Done})
	})
}
