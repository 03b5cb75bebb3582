package submission_test

// What both have signed waits for the office, by working days from the second signature, by a limit that is the
// program's proposal until the installation sets one.

import (
	"slices"
	"testing"
	"time"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/module"
	"yipanqi/internal/setting"
	"yipanqi/internal/submission"
)

func TestTheOfficeChecksWithinItsLimit(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		task := func() submission.Task {
			t.Helper()
			tasks := view(c, func(tx *db.Tx) ([]submission.Task, error) { return submission.Todo(tx, c.office) })
			if len(tasks) == 0 || tasks[0].Deadline == nil {
				t.Fatalf("the office's tasks are %+v", tasks)
			}
			return tasks[0]
		}
		late, early := c.open(0, "2018"), c.open(1, "2018")
		sign := func(district int, id, at string) {
			t.Helper()
			c.must(c.save(c.first[district], id, cells("1", "1", "1", "1")))
			c.must(c.prepare(c.first[district], id))
			day, _ := calendar.Start(at)
			c.now.Store(day.Add(10 * time.Hour).Unix())
			c.must(c.sign(c.second[district], id))
		}
		sign(1, early.ID, "2019-01-25") // a Friday
		sign(0, late.ID, "2019-01-28")
		got := task()
		if got.ID != early.ID || got.Deadline.On != "2019-02-01" || got.Deadline.Confirmed || got.Deadline.Late ||
			got.Deadline.Limit.String() != "5工作日" || !slices.Equal(got.Deadline.Unknown, []int{2019}) {
			t.Errorf("what has waited longest is %s, due on %+v", got.ID, got.Deadline)
		}
		c.must(c.update(func(tx *db.Tx) error {
			for _, d := range []calendar.Day{{On: "2019-02-03"}, {On: "2019-02-04", Off: true},
				{On: "2019-02-05", Off: true}} {
				d.Name, d.Announced, d.Notice = "春节", "2018-12-06", "http://www.gov.cn/2018-12/06/content_5346276.htm"
				if _, err := holiday.Put(tx, d, ""); err != nil {
					return err
				}
			}
			_, err := setting.Put(tx, flow.LimitKey(submission.VerbSign), "7工作日")
			return err
		}))
		waits := func() (all []module.Due) {
			t.Helper()
			for from := ""; ; {
				var next string
				things := view(c, func(tx *db.Tx) (things []module.Due, err error) {
					things, next, err = submission.Reminders().Due(tx, "2019-12-31", from)
					return things, err
				})
				for _, one := range things {
					if one.Step == submission.VerbAccept {
						all = append(all, one)
					}
				}
				if from = next; from == "" {
					return all
				}
			}
		}
		if w := waits(); len(w) != 2 || w[0].DueOn != "2019-02-07" || w[1].DueOn != "2019-02-06" {
			t.Errorf("the office is reminded of %+v", w)
		}
		if got = task(); got.Deadline.On != "2019-02-06" || !got.Deadline.Confirmed || got.Deadline.Unknown != nil {
			t.Errorf("set to 7 working days and with a notice it is due on %+v", got.Deadline)
		}
		for at, want := range map[string]bool{"2019-02-06": false, "2019-02-07": true} {
			day, _ := calendar.Start(at)
			c.now.Store(day.Unix())
			if got = task(); got.Deadline.Late != want {
				t.Errorf("on %s it is late: %t", at, got.Deadline.Late)
			}
		}
		c.must(c.do(c.office, early.ID, giveBack))
		own := view(c, func(tx *db.Tx) ([]submission.Task, error) { return submission.Todo(tx, c.first[1]) })
		if len(own) != 1 || own[0].Deadline != nil {
			t.Errorf("what is to be mended has the report's own day alone: %+v", own)
		}
		var limited []string
		for _, one := range submission.Life().Limited() {
			limited = append(limited, one.Name)
		}
		if !slices.Equal(limited, []string{submission.VerbSign, submission.VerbScan}) {
			t.Errorf("limited are %v", limited)
		}
		c.must(c.update(func(tx *db.Tx) error {
			_, err := setting.Put(tx, flow.LimitKey(submission.VerbSign), "bald")
			return err
		}))
		if err := c.update(func(tx *db.Tx) error { _, err := submission.Todo(tx, c.office); return err }); err == nil {
			t.Error("a limit that cannot be read is no limit")
		}
	})
}

func TestLateIsAcceptedAndMarked(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018") // due on 2019-01-31
		c.must(c.save(c.first[0], s.ID, cells("1", "1", "1", "1")))
		c.now.Store(time.Date(2019, 1, 31, 15, 58, 0, 0, time.UTC).Unix()) // 23:58 in China
		c.must(c.prepare(c.first[0], s.ID))
		if c.get(s.ID).Overdue("2019-01-31") {
			t.Error("overdue on the last day on time")
		}
		c.now.Store(time.Date(2019, 1, 31, 16, 1, 0, 0, time.UTC).Unix()) // 1 February in China
		c.must(c.sign(c.second[0], s.ID))
		c.must(c.do(c.office, s.ID, c.accept))
		if got := c.get(s.ID); !got.Late || got.State != submission.Accepted {
			t.Errorf("signed a minute late, it is %+v", got)
		}
		if faults := c.faults(); faults != "" {
			t.Errorf("late, and accepted in time, the audit finds %s", faults)
		}
		other := c.open(1, "2018")
		if !c.get(other.ID).Overdue("2019-02-01") {
			t.Error("an open draft is not overdue after its last day")
		}
		last, _ := calendar.Start(other.DueOn)
		c.now.Store(last.Add(23 * time.Hour).Unix())
		c.through(1, other.ID, cells("1", "1", "1", "1"))
		if c.get(other.ID).Late {
			t.Error("signed on its last day, a report is called late")
		}
	})
}
