package revision_test

// Indicators that come, merge and go; files of records, links and duties; whom a record reminds of what; rows that SQL
// changed.

import (
	"context"
	"testing"
	"testing/fstest"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/plan"
	"yipanqi/internal/revision"
	"yipanqi/internal/web/webtest"
)

func TestIndicatorsComeMergeAndGo(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		b := may(c, "office", func(tx *db.Tx, by auth.User) (batch, error) {
			return revision.Begin(tx, by, "合并和新增（模拟）", "P", "重复的合并（模拟）")
		})
		add := revision.Proposal{Action: revision.Add, New: "N01", Goal: "1.1", Evidence: "需要（模拟）",
			Effective: "2024"}
		is := revision.Definition{Name: "新指标（模拟）", Unit: "%", Decimals: 1, Direction: 1, Source: "M01",
			Formula: "C / B * 100"}
		for says, change := range map[string]func(*revision.Proposal, *revision.Definition){
			"和已有的相同": func(p *revision.Proposal, _ *revision.Definition) { p.New = "I01" },
			"哪个目标":   func(p *revision.Proposal, _ *revision.Definition) { p.Goal = "9" },
			"新指标的名称": func(_ *revision.Proposal, d *revision.Definition) { d.Name = "" },
			"没有这个单位": func(_ *revision.Proposal, d *revision.Definition) { d.Source = "NONE" },
			"没有这个口径": func(_ *revision.Proposal, d *revision.Definition) { d.Calibre = "NONE" },
			"请填0到6":  func(_ *revision.Proposal, d *revision.Definition) { d.Decimals = 9 },
			"哪一年起生效": func(p *revision.Proposal, _ *revision.Definition) { p.Effective = "2024-Q1" },
			"请写依据":   func(p *revision.Proposal, _ *revision.Definition) { p.Evidence = " " },
			"怎么改":    func(p *revision.Proposal, _ *revision.Definition) { p.Action = "burn" },
			"没有这个指标。": func(p *revision.Proposal, _ *revision.Definition) {
				p.Action,
					p.Indicator = revision.Drop, "I99"
			},
		} {
			p, d := add, is
			change(&p, &d)
			refused(c, "office", errs.Invalid, says, propose(&b, p, d))
		}
		b = may(c, "office", propose(&b, add, is))
		b = may(c, "office", propose(&b, revision.Proposal{Action: revision.SplitOff, Indicator: "I59", New: "N02",
			Evidence: "拆（模拟）", Effective: "2024"}, revision.Definition{Name: "拆出的（模拟）", Unit: "%"}))
		b = may(c, "office", propose(&b, revision.Proposal{Action: revision.Merge, Indicator: "I60",
			With: []string{"I61", "I62"}, Evidence: "合（模拟）", Effective: "2024"},
			revision.Definition{Definition: "合并后的（模拟）"}))
		b = may(c, "office", propose(&b, revision.Proposal{Action: revision.Rename, Indicator: "I63", Evidence: "名",
			Effective: "2024"}, revision.Definition{Name: "多余的"}))
		b = may(c, "office", func(tx *db.Tx, by auth.User) (batch, error) {
			return revision.Unpropose(tx, by, b.ID, b.Version, 4)
		})
		c.site().Run(t, webtest.Scenario{As: "office", Path: b.URL() + "/proposal?number=1", Contains: []string{"N01",
			"C / B * 100"}}, webtest.Scenario{As: "office", Path: b.URL() + "/proposal?action=merge&indicator=I60",
			Contains: []string{"指标61"}}, webtest.Scenario{As: "office", Path: b.URL(), Contains: []string{"拆出的"}},
			webtest.Scenario{As: "M01", Path: b.URL(), Status: 404},
			webtest.Scenario{As: "office", Path: b.URL() + "/document"})
		s := &story{city: c, b: b}
		s.b = may(c, "office", func(tx *db.Tx, by auth.User) (batch, error) {
			return revision.Consult(tx, by, b.ID, b.Version, revision.Asked{Units: []string{"M01"},
				Reviewer: c.posts["colleague"]})
		})
		s.answers()
		s.b = may(c, "office", func(tx *db.Tx, by auth.User) (batch, error) {
			return revision.Settle(tx, by, s.b.ID, s.b.Version)
		})
		m := s.meets("enlarged_plenary", "2024-03-29")
		s.b = may(c, "office", decide(&s.b, revision.Decision{Meeting: m.ID, Verdicts: map[int]string{
			1: revision.Passed, 2: revision.Passed, 3: revision.Passed}}))
		if s.b.State != revision.Applied || s.b.DecidedOn != "2024-03-29" {
			t.Errorf("of a year that has begun it is %s, decided on %s", s.b.State, s.b.DecidedOn)
		}
		refused(c, "office", errs.Conflict, "", func(tx *db.Tx, by auth.User) (batch, error) {
			return revision.Withdraw(tx, by, s.b.ID, s.b.Version, "不要了")
		})
		may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
			on, err := indicator.OnGoals(tx, "P")
			if len(on) != 64 { // two came, two were merged into another
				t.Errorf("%d hang on goals", len(on))
			}
			again, _ := indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: "P", Goal: "1.1",
				IndicatorID: c.ids["I61"]})
			if again {
				t.Error("a file of before hangs a merged indicator on its goal again")
			}
			return 0, err
		})
		c.verifies()
		for _, column := range []string{"proposals", "state", "meeting", "decided_on"} {
			dbtest.Outside(t, c.DB, `CREATE TABLE was AS SELECT * FROM revisions`,
				`UPDATE revisions SET `+column+` = '[]' WHERE id = '`+s.b.ID+`'`)
			if n := may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
				found, err := revision.Verify(tx, "")
				return len(found), err
			}); n == 0 {
				t.Errorf("nobody sees that %s was changed", column)
			}
			dbtest.Outside(t, c.DB, `UPDATE revisions SET `+column+` = (SELECT w.`+column+` FROM was w
				WHERE w.id = revisions.id)`, `DROP TABLE was`)
		}
	})
}

func TestFilesOfTheIndicatorSystem(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		folder := func(records, links, duties string) fstest.MapFS {
			return fstest.MapFS{"no_data.csv": {Data: []byte("office,indicator,since,cause,needs,owner,due\n" +
				records)},
				"indicator_links.csv": {Data: []byte("office,local,level,upper,upper_unit,relation\n" + links)},
				"sex_duties.csv":      {Data: []byte("office,element,unit,should,now,obstacle\n" + duties)}}
		}
		files := append(revision.Files(), indicator.Files()...)
		for n := range files {
			files[n].After = nil
		}
		read := func(f fstest.MapFS) (intake.Report, error) {
			return intake.Import(context.Background(), c.DB, files, f, func(string, int, int) {})
		}
		good := folder("WCCO,I56,2021,无来源,行政记录、普查,M01,2024-06-28\n", "WCCO,I56,国家,国家56,%,相同\n",
			"WCCO,P01,M01,是,未分,没有一栏\n")
		report, err := read(good)
		c.must(err)
		if report.Changed != 3 {
			t.Errorf("the first time %d rows change something", report.Changed)
		}
		report, err = read(good)
		c.must(err)
		if report.Changed != 0 {
			t.Errorf("the second time %d rows change something", report.Changed)
		}
		if _, err := read(folder("WCCO,I57,2021,运气,,M01,2024-06-28\n", "WCCO,I57,国家,国家57,人,相同\n",
			"WCCO,HOMES,M01,是,已分,\n")); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a wrong folder is taken: %v", err)
		}
		reminder := revision.Module().Reminders[0]
		for until, step := range map[string]string{"2024-05-05": "", "2024-05-06": revision.VerbPlan} {
			may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
				due, _, err := reminder.Due(tx, until, "")
				if (len(due) > 0) != (step != "") || step != "" && (due[0].Step != step || due[0].DueOn != until) {
					t.Errorf("until %s is due %+v", until, due)
				}
				return 0, err
			})
		}
		r := may(c, "office", func(tx *db.Tx, by auth.User) (record, error) {
			p, err := plan.ByCode(tx, "P")
			c.must(err)
			all, err := revision.Health(tx, by, []plan.Plan{p})
			c.must(err)
			for _, s := range all {
				if s.Indicator == "I56" && (s.Record != "open" || s.Relation != revision.Same) {
					t.Errorf("I56 stands %+v", s)
				}
			}
			due, _, err := reminder.Due(tx, "2099-01-01", "")
			c.must(err)
			return revision.ReadRecord(tx, by, due[0].Object[len("nodata/"):])
		})
		hold := revision.Module().Holds[0]
		may(c, "office", func(tx *db.Tx, by auth.User) (int, error) {
			return 0, hold.Move(tx, by, r.Object(), "M01", "M02", "adjustment/1")
		})
		r.Version++
		r = may(c, "M02", answer(&r, revision.VerbPlan, revision.Said{Plan: "查（模拟）"}))
		if r.Owner != "M02" || r.DueOn != "2024-06-28" {
			t.Errorf("handed on it is %+v", r)
		}
		c.verifies()
	})
}
