package record_test

// What a definition says beyond one record: what the program opens, what had nothing done with it, and what must be
// true of a year's records together.

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/job"
	"yipanqi/internal/module"
	"yipanqi/internal/record"
	"yipanqi/internal/web/webtest"
)

// morning runs one job of the module, as on a day.
func (c *town) morning(name, day string) {
	c.Helper()
	must(c, func(tx *db.Tx) (bool, error) {
		at, err := time.ParseInLocation(time.DateOnly, day, db.China)
		if err != nil {
			return false, err
		}
		tx.Now = at.Add(7 * time.Hour).UTC()
		for _, e := range record.Module(nil).Every {
			if e.Name == name {
				_, err = e.Run(tx, job.Round{})
			}
		}
		return true, err
	})
}

// months are the returns of a month, by their sites.
func (c *town) months(month string) map[string]record.Record {
	c.Helper()
	all := map[string]record.Record{}
	c.view(func(tx *db.Tx) error {
		some, err := record.OfRegister(tx, "premarital_month")
		for _, r := range some {
			if r.Body["report_month"] == month {
				all[r.Body["service_site"]] = r
			}
		}
		return err
	})
	return all
}

// since has a register put here, and the record of a site made, on days of the past.
func (c *town) since(code, put, number, made string) {
	c.Helper()
	must(c, func(tx *db.Tx) (bool, error) {
		if err := tx.Exec(`UPDATE registers SET put_at = $1 WHERE code = $2`, noon(put), code); err != nil {
			return false, err
		}
		return true, tx.Exec(`UPDATE records SET created_at = $1 WHERE number = $2`, noon(made), number)
	})
}

func noon(day string) time.Time {
	at, _ := time.ParseInLocation(time.DateOnly, day, db.China) // of the test
	return at.Add(12 * time.Hour).UTC()
}

func TestTheProgramOpensTheMonthOfEverySite(t *testing.T) {
	eachTown(t, func(c *town) {
		for range 2 { // the second morning finds them there
			c.morning("record.open", "2024-03-01")
		}
		got := c.months("2024-02")
		r := got["PMS-1"]
		if len(got) != 2 || r.State != "open" || r.DueOn == "" || r.Unit == "" || r.Number == "" {
			t.Fatalf("opened: %+v", got)
		}
		c.morning("record.open", "2010-02-10")
		if got := c.months("2010-01"); len(got) != 0 {
			t.Errorf("of a month in which no site was open: %d", len(got))
		}
		tasks := must(c, func(tx *db.Tx) ([]module.Task, error) { return record.Tasks(tx, c.people["mch-east"]) })
		if !slices.ContainsFunc(tasks, func(task module.Task) bool { return task.Object == r.Object() }) {
			t.Errorf("nobody is asked for it: %+v", tasks)
		}
		s := &tale{c, "premarital_month", r}
		s.writes("mch-east", "household_calibre", "RESIDENT", "married_persons:1", "10", "married_persons:2", "10",
			"examined_persons:1", "2", "examined_persons:2", "2", "opinion_persons:none:1", "2",
			"opinion_persons:none:2", "2")
		nobody(s)
		s.does("mch-east", "fill")
		c.audited("")
	})
}

func TestTheProgramCatchesUpWithTheMonthsThatItMissed(t *testing.T) {
	eachTown(t, func(c *town) {
		// Nobody was there for three mornings of a first: each month is opened once, from the one before on in
		// which the register and the site's record were put here; 2023-12 was before both.
		c.since("premarital_month", "2024-02-05", "PMS-1", "2024-02-05")
		c.since("premarital_month", "2024-02-05", "PMS-2", "2024-04-01")
		for range 2 {
			c.morning("record.open", "2024-06-02")
		}
		for month, sites := range map[string][]string{"2023-12": nil, "2024-01": {"PMS-1"}, "2024-02": {"PMS-1"},
			"2024-03": {"PMS-1", "PMS-2"}, "2024-04": {"PMS-1", "PMS-2"}, "2024-05": {"PMS-1", "PMS-2"}} {
			if got := slices.Sorted(maps.Keys(c.months(month))); !slices.Equal(got, sites) {
				t.Errorf("of %s the returns of %v are there, want %v", month, got, sites)
			}
		}
		c.morning("record.open", "2026-02-10") // a long time: no more than the last twelve
		if n, m := len(c.months("2025-01")), len(c.months("2025-02")); n != 0 || m != 2 {
			t.Errorf("of the thirteenth month back %d are opened, of the twelfth %d", n, m)
		}
	})
}

func TestAHomeWithoutActivityIsFoundUntilThereIsOne(t *testing.T) {
	eachTown(t, func(c *town) {
		c.morning("record.quiet", "2030-01-01")
		site := newSite(c)
		list := func(as string) webtest.Scenario {
			return webtest.Scenario{As: as, Path: "/registers/child_home/records?view=inactive", JSON: true,
				Contains: []string{`"number":"CHH-1"`}}
		}
		foreign := list("west")
		foreign.Contains, foreign.NotContains = nil, foreign.Contains
		site.Run(t, list("city"), list("east"), foreign)
		var r record.Record
		c.view(func(tx *db.Tx) (err error) {
			r, err = record.ByNumber(tx, "child_home", "CHH-1")
			return err
		})
		site.Check(t, webtest.Scenario{As: "city", Path: r.URL(), Contains: []string{"六十天没有活动的：最近一次是"}})
		waits := func() bool {
			tasks := must(c, func(tx *db.Tx) ([]module.Task, error) { return record.Tasks(tx, c.people["east"]) })
			return slices.ContainsFunc(tasks, func(task module.Task) bool {
				return task.Object == "quiet/"+r.ID+":inactive" && task.AskEN == "No activity for 60 days"
			})
		}
		if !waits() {
			t.Error("the keeper is not asked")
		}
		due := must(c, func(tx *db.Tx) (module.Due, error) {
			for _, m := range record.Module(nil).Reminders {
				if m.Object == "quiet" {
					some, _, err := m.Due(tx, "2030-01-01", "")
					for _, d := range some {
						if d.URL == r.URL() && d.Roles["first"] != "" {
							again, err := m.Of(tx, []string{d.Object})
							return again[d.Object], err
						}
					}
					return module.Due{}, err
				}
			}
			return module.Due{}, nil
		})
		if due.Step != record.StepQuiet || due.DueOn == "" {
			t.Errorf("the reminder says %+v", due)
		}
		c.begins("child_home_activity", "east", "child_home", "CHH-1", "held_on", day(-100), "activity_theme", "旧的",
			"child_attendance:1", "1", "child_attendance:2", "1")
		if !waits() {
			t.Error("an activity of long ago ends it")
		}
		c.begins("child_home_activity", "east", "child_home", "CHH-1", "held_on", day(0), "activity_theme", "今天",
			"child_attendance:1", "1", "child_attendance:2", "1")
		if waits() {
			t.Error("an activity of today does not end it")
		}
		c.morning("record.quiet", day(0))
		if waits() {
			t.Error("the morning finds it again")
		}
		c.audited("")
	})
}

// nobody says of a return that nothing else was found.
func nobody(s *tale) {
	zero(s, "mch-east", "disease_persons", "genetic", "infectious", "mental", "reproductive", "organ")
	zero(s, "mch-east", "opinion_persons", "no_marriage", "no_birth", "postpone", "measures", "none")
}

func TestAYearsReturnsAreHeldTogether(t *testing.T) {
	eachTown(t, func(c *town) {
		var last record.Record
		for i := range 12 {
			month := time.Date(2020, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, i, 0).Format("2006-01")
			examined := "8"
			if i < 3 {
				examined = "30"
			}
			s := c.begins("premarital_month", "mch-east", "service_site", "PMS-1", "report_month", month,
				"household_calibre", "RESIDENT", "married_persons:1", "10", "married_persons:2", "10",
				"examined_persons:1", examined, "examined_persons:2", examined, "opinion_persons:none:1", examined,
				"opinion_persons:none:2", examined)
			nobody(s)
			if i == 11 {
				s.cannot("mch-east", "fill", "统计年度")
				s.writes("mch-east", "remark", "外地登记的多")
			} else if i < 3 {
				s.writes("mch-east", "remark", "当月检查的多")
			}
			s.does("mch-east", "fill")
			s.does("mch-east-head", "check")
			s.does("mch-city", "accept")
			last = s.r
		}
		page := newSite(c).Check(t, webtest.Scenario{As: "mch-east", Path: last.URL()}).Body.String()
		if !strings.Contains(page, "统计年度") {
			t.Error("the page of the last month does not say it")
		}
		_, err := c.create("mch-east", "premarital_month", map[string]string{"service_site": "PMS-1",
			"report_month": fmt.Sprint(2021)})
		c.refused(errs.Invalid, err, "a year is no month")
	})
}
