package submission_test

// Figures as they were known on an earlier day: how far they were proven then. How they are shown that day is asof's.

import (
	"context"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/submission"
)

// What was known on a day is as strong as it was then: a report that was signed in ink afterwards weakens nothing
// before it, and one that was in ink then is in ink.
func TestWhatWasKnownIsAsStrongAsItWasThen(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.rate()
		keyed, inked := c.open(0, "2018"), c.open(1, "2018")
		c.through(0, keyed.ID, cells("100", "100", "10", "10"))
		c.through(1, inked.ID, cells("100", "100", "10", "10"))
		stood := func(day string) (now, then progress.Status) {
			t.Helper()
			c.must(c.View(context.Background(), func(tx *db.Tx) error {
				all, err := indicator.List(tx)
				c.must(err)
				is, was, err := submission.Known(tx, c.root, progress.Query{Indicators: all,
					Areas: []network.Area{c.root}, Periods: []period.Period{year(c, "2018")}}, day)
				c.must(err)
				now, then = is[0].Status, was[0].Status
				return nil
			}))
			return now, then
		}
		c.now.Add(int64(2 * 24 * 3600)) // from 15 to 17 January
		c.must(c.do(c.first[1], inked.ID, amend))
		c.must(c.save(c.first[1], inked.ID, cells("100", "100", "10", "20")))
		c.must(c.print(c.first[1], inked.ID))
		c.must(c.layDown(c.first[1], 1, inked.ID, "scan", func(s *submission.Signing) { s.On = "2019-01-17" }))
		c.must(c.do(c.office, inked.ID, confirm))
		c.must(c.do(c.office, inked.ID, c.accept))
		if now, then := stood("2019-01-16"); now != progress.Paper || then != progress.Proven {
			t.Errorf("with an amendment in ink the figure is %s, and was %s before it", now, then)
		}
		c.now.Add(int64(2 * 24 * 3600))
		c.must(c.do(c.first[1], inked.ID, amend))
		c.through(1, inked.ID, cells("100", "100", "10", "30"))
		if now, then := stood("2019-01-18"); now != progress.Proven || then != progress.Paper {
			t.Errorf("signed with keys again the figure is %s, and was %s before", now, then)
		}
	})
}
