package meeting_test

// Parts of the story of a plenary: consultation on its papers, the receipts of its minutes, the training of the day.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/job"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/notice"
	"yipanqi/internal/opinion"
)

// consult lays the paper of an item open to two units, which remark on it.
func (c *city) consult(item meeting.AgendaItem) {
	c.T.Helper()
	text := do(c, func(tx *db.Tx) (opinion.Text, error) {
		return opinion.LayOpen(tx, c.People["office"], opinion.Text{Title: "目标任务分解书（征求意见稿）",
			DueOn: "2024-03-22", About: item.Object(), Readers: []string{"M01", "M02"}}, "一、扩大儿童之家覆盖。")
	})
	for _, unit := range []string{"M01", "M02"} {
		do(c, func(tx *db.Tx) (opinion.Opinion, error) {
			editions, err := opinion.Editions(tx, text.ID)
			if err != nil {
				return opinion.Opinion{}, err
			}
			return opinion.Write(tx, c.People[unit], opinion.Opinion{TextID: text.ID, Weight: opinion.Advise,
				Kind: "content", Anchor: opinion.Anchor{Paragraph: editions[0].Paragraphs[0].ID, Quote: "儿童之家"},
				Reason: "没有写由谁建设", Suggestion: "写明建设单位", ShownAs: "role"}, true)
		})
	}
}

// received has all units receive the minutes; one is reminded of it first, once.
func (c *city) received(id string) {
	c.T.Helper()
	var minutes letter.Letter
	c.Look(func(tx *db.Tx) error {
		of, err := db.Value[string](tx, `SELECT letter FROM minutes WHERE meeting = $1`, id)
		if err == nil {
			minutes, err = letter.Get(tx, of)
		}
		return err
	})
	receive := func(unit string) {
		do(c, func(tx *db.Tx) (letter.Letter, error) {
			return letter.Receive(tx, c.People[unit], minutes.ID, minutes.InForce)
		})
	}
	for _, unit := range units()[1:] {
		receive(unit)
	}
	desk := notice.Desk{Sources: letter.Module(account.Secrets{}, blob.Store{}, letter.Going{}).Reminders,
		City: func(*db.Tx) (string, error) { return "示范市", nil }}
	for _, morning := range []string{"2024-03-29 07:30", "2024-04-01 07:30", "2024-04-02 07:30"} {
		c.goOn(morning)
		round := job.Round{For: at(morning)}
		for first := true; first || round.Rest != ""; first = false {
			round.Rest = do(c, func(tx *db.Tx) (string, error) { return desk.Jobs().Every[0].Run(tx, round) })
		}
	}
	receive("M01")
	c.Look(func(tx *db.Tx) error {
		lines, err := notice.Of(tx, minutes.Object())
		mornings := map[string]bool{}
		for _, l := range lines {
			mornings[l.On] = true
		}
		if err != nil || len(mornings) != 1 || !mornings["2024-04-02"] {
			c.T.Errorf("reminders of the minutes: %+v (%v)", lines, err)
		}
		now, err := letter.Get(tx, minutes.ID)
		if now.Received != 17 || now.Addressed != 17 {
			c.T.Errorf("%d of %d received the minutes", now.Received, now.Addressed)
		}
		return err
	})
}

// training is one for liaisons and statisticians of all units, announced for the afternoon of the plenary.
func (c *city) training() meeting.Meeting {
	c.T.Helper()
	c.goOn("2024-03-20 10:00")
	office := c.People["office"]
	m := do(c, func(tx *db.Tx) (meeting.Meeting, error) {
		return meeting.Plan(tx, office, meeting.Meeting{Title: "2024年监测统计培训", Kind: "training", Host: "WCCO",
			Form: meeting.Room, Place: "市政府第二会议室", Starts: at("2024-03-27 14:00"), Ends: at("2024-03-27 17:00"),
			ChairUnit: "WCC", ReplyBy: "2024-03-25"}, 0)
	})
	do(c, func(tx *db.Tx) (meeting.AgendaItem, error) {
		return meeting.SetAgenda(tx, office, m.ID, meeting.AgendaItem{Title: "报表和指标解释", Kind: "train",
			VisibleTo: "all", Subjects: []string{"duties", "statistics"}, Hours: "3", Teacher: "统计局讲师"})
	})
	for seats, some := range map[int][]string{2: units()[:12], 1: units()[12:]} {
		do(c, func(tx *db.Tx) (meeting.Meeting, error) {
			return meeting.Invite(tx, office, m.ID, some, meeting.Invitation{Capacity: "attend", Level: "any",
				Seats: seats}, false)
		})
	}
	c.sends(do(c, func(tx *db.Tx) (letter.Letter, error) {
		return meeting.DraftNotice(tx, office, m.ID, "请派员参加。")
	}), "colleague", "chief")
	do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Notify(tx, office, m.ID, "") })
	for _, unit := range units() {
		if unit[0] == 'D' {
			c.reply(m.ID, unit, meeting.Attendee{Name: "某" + unit, Title: "科员", Level: "any"})
			continue
		}
		c.reply(m.ID, unit, meeting.Attendee{Name: "某" + unit, Title: "科员", Level: "liaison"},
			meeting.Attendee{Name: "某" + unit + "stat", Title: "科员", Level: "statistician"})
	}
	return m
}

// trains has all come to the training; who was there has it, and nobody else.
func (c *city) trains(id string) {
	c.T.Helper()
	owing := func() (names []string) {
		c.Look(func(tx *db.Tx) error {
			all, err := meeting.Owing(tx, c.People["office"])
			for _, o := range all {
				if !o.Trained() {
					names = append(names, o.Person)
				}
			}
			return err
		})
		return names
	}
	if n := len(owing()); n != 12+12+6 { // liaisons, statisticians, chiefs
		c.T.Errorf("%d owe training", n)
	}
	c.goOn("2024-03-27 13:50")
	var people []string
	c.Look(func(tx *db.Tx) (err error) {
		people, err = db.All(tx, db.Single[string], `SELECT a.id FROM attendees a
			JOIN invitations i ON i.id = a.invitation WHERE i.meeting = $1 ORDER BY a.id`, id)
		return err
	})
	for _, one := range people {
		do(c, func(tx *db.Tx) (meeting.Attendee, error) { return meeting.Arrive(tx, c.People["office"], id, one) })
	}
	c.Now.Add(int64(4 * time.Hour / time.Second))
	do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Hold(tx, c.People["office"], id) })
	c.newcomers("2010-01-01", "2010-12-31", 30, 0) // the training came years later
	c.newcomers("2010-01-01", "2024-12-31", 30, 24)
	c.newcomers("2010-01-02", "2024-12-31", 0, 0)
	c.Look(func(tx *db.Tx) error {
		records, err := meeting.Records(tx, c.People["office"])
		if len(records) != 29 {
			c.T.Errorf("%d records of training", len(records))
		}
		return err
	})
	if left := owing(); len(left) != 6 || slices.ContainsFunc(left, func(n string) bool {
		return !strings.HasSuffix(n, "chief")
	}) {
		c.T.Errorf("training is still owed by %v", left)
	}
}

// newcomers holds how many posts that need training somebody came to between two days, and was trained in by the last.
func (c *city) newcomers(first, last string, posts, trained int) {
	c.T.Helper()
	c.Look(func(tx *db.Tx) error {
		all, err := meeting.Newcomers(tx, first, last)
		n := len(slices.DeleteFunc(slices.Clone(all), func(o meeting.Owed) bool { return !o.Trained() }))
		if len(all) != posts || n != trained {
			c.T.Errorf("from %s to %s somebody came to %d posts and was trained in %d, want %d and %d", first, last,
				len(all), n, posts, trained)
		}
		return err
	})
}
