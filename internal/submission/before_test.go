package submission_test

// What rules hold a report against: what its own area has had accepted before, ten periods at most, and nothing of
// other areas or of drafts.

import (
	"fmt"
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/submission"
)

func TestWhatAReportIsHeldAgainst(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		plain := c.open(0, "2001")
		if p := c.get(plain.ID).Past; p.History != nil {
			t.Errorf("a form whose rules look at nothing before holds a report against %+v", p)
		}
		f := c.form
		f.Rules = []form.Rule{{Expr: "PME_MARRIED >= last(PME_MARRIED)", Message: "比上期少"}}
		c.must(c.publish(f, "1900"))
		bring := func(district int, years ...int) {
			for _, year := range years {
				c.must(c.update(func(tx *db.Tx) error {
					n := fmt.Sprint(year + district*1000)
					_, _, err := submission.Import(tx, c.office, c.owed(district, fmt.Sprint(year)),
						submission.Filled{Cells: cells(n, n, "1", "1"), Source: "年鉴"})
					return err
				}))
			}
		}
		bring(0, 2003, 2004, 2005, 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2013, 2014)
		bring(1, 1900, 2003, 2014)
		married := func(all []form.Values) (values []int64) {
			for _, v := range all {
				if cell, there := v["1.M"]; there {
					values = append(values, cell.Value)
				}
			}
			return values
		}
		last := func(p form.Past) int64 { return p.Last["1.M"].Value }
		tenth := []int64{2005, 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2013, 2014}
		next := c.open(0, "2015")
		p := c.get(next.ID).Past
		if last(p) != 2014 || len(p.History) != 10 || !slices.Equal(married(p.History), tenth) {
			t.Errorf("the report of 2015 is held against %d and %v", last(p), married(p.History))
		}
		gap := c.open(0, "2016")
		c.must(c.save(c.first[0], next.ID, cells("1", "1", "1", "1")))
		if p := c.get(gap.ID).Past; p.Last["1.M"] != (form.Cell{}) || !slices.Equal(married(p.History), tenth[1:]) {
			t.Errorf("with a draft before it, a report is held against %+v", p)
		}
		if p := c.get(c.open(0, "1900").ID).Past; p.History != nil {
			t.Errorf("the first report that can be is held against %+v", p)
		}

		var seen []string
		c.must(c.update(func(tx *db.Tx) error {
			f, err := form.ByCode(tx, "PME")
			c.must(err)
			return submission.EachCounting(tx, f, func(unit, _ string) bool { return unit == c.units[1].Code },
				func(s submission.Counting) error {
					seen = append(seen, fmt.Sprint(s.Period, s.Values["1.M"].Value, married(s.Past.History),
						last(s.Past)))
					return nil
				})
		}))
		want := []string{"1900 2900 [] 0", "2003 3003 [2900] 0", "2014 3014 [2900 3003] 0"}
		if !slices.Equal(seen, want) {
			t.Errorf("rules are tried on %q, want %q", seen, want)
		}
		seen = nil
		c.must(c.update(func(tx *db.Tx) error {
			f, err := form.ByCode(tx, "PME")
			c.must(err)
			return submission.EachCounting(tx, f, func(unit, _ string) bool { return unit == c.units[0].Code },
				func(s submission.Counting) error {
					seen = append(seen, fmt.Sprint(s.Period, len(s.Past.History), last(s.Past)))
					return nil
				})
		}))
		if len(seen) != 12 || seen[0] != "2003 0 0" || seen[1] != "2004 1 2003" || seen[11] != "2014 10 2013" {
			t.Errorf("rules are tried on %q", seen)
		}
	})
}
