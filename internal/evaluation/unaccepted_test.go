package evaluation_test

// Reports that were due by the cutoff day and are not accepted: who is told of them, who may look, and when it ends.

import (
	"slices"
	"testing"
	"time"

	"yipanqi/internal/cycle"
	"yipanqi/internal/db"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/module"
	"yipanqi/internal/period"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

func TestReportsThatAreOutAfterTheCutoff(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := &story{city: c}
		s.begins()
		reminders := evaluation.Module(c.Secrets, nil).Reminders
		at := slices.IndexFunc(reminders, func(r module.Reminder) bool { return r.Object == "round" })
		told := func(day string) []module.Due {
			return done(c, func(tx *db.Tx) (all []module.Due, err error) {
				all, _, err = reminders[at].Due(tx, day, "")
				return all, err
			})
		}
		page := func(as string, status int, says, not []string) {
			t.Helper()
			c.site().Run(t, webtest.Scenario{As: as, Path: s.r.URL() + "/unaccepted", Status: status, Contains: says,
				NotContains: not})
		}
		if early := told("2023-05-30"); len(early) != 0 {
			t.Errorf("before the cutoff day somebody is told of %+v", early)
		}
		c.Now.Store(time.Date(2023, 6, 1, 1, 0, 0, 0, time.UTC).Unix())
		if all := told("2023-06-01"); len(all) != 1 || all[0].Unit != "CO" || all[0].Step != evaluation.VerbLate {
			t.Errorf("without a statistics unit the office is told, not %+v", all)
		}
		c.site().Run(t, webtest.Scenario{As: "office", Path: s.r.URL(), Contains: []string{"还有1份没有审核通过"}})
		c.site().Run(t, webtest.Scenario{As: "a", Path: s.r.URL(), NotContains: []string{"没有审核通过"}})
		owed := done(c, func(tx *db.Tx) (submission.Item, error) {
			y, err := period.FromInt(2022 * 100)
			c.Must(err)
			all, err := submission.Unaccepted(tx, s.r.AreaPath, "2023-05-31", [2]int{y.Year(), y.Year()})
			if err == nil && len(all) != 1 {
				t.Fatalf("%d reports are out, want the one of the eastern district", len(all))
			}
			return all[0], err
		})
		page("office", 0, []string{"母婴室情况表", "东岭区", owed.URL()}, nil)
		page("a", 0, []string{"都已审核通过"}, []string{owed.URL()})
		page("east leader", 0, []string{"母婴室情况表", owed.URL()}, nil)
		page("west", 404, nil, nil)
		done(c, func(tx *db.Tx) (cycle.Cycle, error) {
			return cycle.Plan(tx, c.People["office"], cycle.Cycle{Year: 2022, Title: "2022年度统计监测", Lead: "c",
				Forms: []string{"ROOM"}, Basis: "示范统制〔2021〕1号", Contact: "社会科", OpensOn: "2023-01-22",
				Due: []cycle.Due{{Level: "district", On: "2023-04-10"}}})
		})
		if all := told("2023-06-01"); len(all) != 1 || all[0].Unit != "c" || all[0].Roles["first"] != "statistician" {
			t.Errorf("the statistics unit is told, not %+v", all)
		}
		page("c statistician", 0, []string{"母婴室情况表", "东岭区", "2022"}, []string{owed.URL()})
		done(c, func(tx *db.Tx) (submission.Submission, error) {
			now, err := submission.Get(tx, owed.ID)
			c.Must(err)
			return submission.Withdraw(tx, c.People["office"], owed.ID, now.Version, "本区不再报送")
		})
		if all := told("2023-06-01"); len(all) != 0 {
			t.Errorf("nothing is out any more, and somebody is told of %+v", all)
		}
		page("office", 0, []string{"都已审核通过"}, nil)
		c.site().Run(t, webtest.Scenario{As: "office", Path: s.r.URL() + "/unaccepted", JSON: true,
			Contains: []string{`"submissions":[]`}})
	})
}
