package plan

// A plan's life is dated step by step and never runs backwards; a goal continues or replaces one of an earlier plan,
// and both pages say so, to whom they may be told.

import (
	"context"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/web/webtest"
)

// putLast is a plan that was over before C began, with a goal, and one of another area.
func putLast(t *testing.T, tx *db.Tx) {
	t.Helper()
	area, err := network.AreaByCode(tx, "99", "")
	must(t, err)
	for _, p := range []Plan{
		{Code: "L", Name: "示范市儿童发展规划（2011—2015年）", Starts: 2011, Ends: 2015, Status: Closed},
		{Code: "N", Name: "示范市儿童发展规划（2021—2025年）", Starts: 2021, Ends: 2025, Status: Research}} {
		p.Kind, p.AreaID = "children", area.ID
		_, err = Put(tx, p)
		must(t, err)
		_, err = PutDomain(tx, Domain{Plan: p.Code, Code: "edu", Name: "儿童与教育"})
		must(t, err)
		_, err = PutGoal(tx, Goal{Plan: p.Code, Code: "1", Domain: "edu", Text: "三年入园率提高"})
		must(t, err)
	}
}

func TestAPlanHasALife(t *testing.T) {
	eachPlan(t, func(t *testing.T, s *webtest.Site) {
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error {
			putLast(t, tx)
			for _, changed := range []bool{true, false} {
				for _, step := range []Step{{State: Research, Since: "2014"}, {State: Draft, Since: "2014-11"},
					{State: Issued, Since: "2016-02-01", SourceTitle: "市政府印发（虚构）"}} {
					step.Plan = "C"
					if got, err := PutStep(tx, step); err != nil || got != changed {
						t.Errorf("putting %+v: changed %t, %v", step, got, err)
					}
				}
				for _, l := range []GoalLink{{Goal: "1.1", Relation: Continues}, {Goal: "1.2", Relation: Replaces,
					Note: "改看巩固率"}} {
					l.Plan, l.BeforePlan, l.BeforeGoal = "C", "L", "1"
					if got, err := PutLink(tx, l); err != nil || got != changed {
						t.Errorf("putting %+v: changed %t, %v", l, got, err)
					}
				}
			}
			return nil
		}))
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/plans/C", Contains: []string{"规划的各个阶段", "前期研究", "2014-11",
				"2016-02-01", "市政府印发（虚构）", "延续上一期：", "替代上一期：", `href="/plans/L#1"`, "改看巩固率"}},
			webtest.Scenario{As: "office", Path: "/plans/L", Contains: []string{"由后一期延续：", "由后一期替代：",
				`href="/plans/C#1.1"`}, NotContains: []string{"规划的各个阶段"}},
			webtest.Scenario{As: "office", Path: "/plans/C", JSON: true, Contains: []string{
				`"life":[{"state":"research","since":"2014"},{"state":"draft","since":"2014-11"},{"state":"consultation"}`,
				`"before":[{"plan":"C","goal":"1.1","before_plan":"L","before_goal":"1","relation":"continues"`}},
			webtest.Scenario{As: "office", Path: "/plans/C?format=csv", Contains: []string{",L/1,"}},
			webtest.Scenario{As: "office", Path: "/plans/L?format=csv", Contains: []string{",C/1.1 C/1.2"}},
			webtest.Scenario{As: "office", Path: "/plans?status=research", Contains: []string{"2021—2025"},
				NotContains: []string{"2011—2015"}},
			webtest.Scenario{As: "office", Path: "/plans?status=closed", Contains: []string{"2011—2015"},
				NotContains: []string{"2021—2025"}})
	})
}

func TestWhatNoLifeMayBe(t *testing.T) {
	eachPlan(t, func(t *testing.T, s *webtest.Site) {
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error {
			putLast(t, tx)
			_, err := PutStep(tx, Step{Plan: "C", State: Draft, Since: "2015-06"})
			must(t, err)
			for field, steps := range map[string][]Step{
				"since": {{Plan: "C", State: Issued, Since: "2015-05-31"},
					{Plan: "C", State: Research, Since: "2015-07"},
					{Plan: "C", State: Issued, Since: ""}, {Plan: "C", State: Issued, Since: "2016-13"},
					{Plan: "C", State: Issued, Since: "去年"}},
				"state": {{Plan: "C", State: Closed, Since: "2020-12-31"}, {Plan: "N", State: Draft, Since: "2020"}},
			} {
				for _, step := range steps {
					if _, err := PutStep(tx, step); errs.FieldsOf(err)[field].IsZero() {
						t.Errorf("%+v is taken: %v", step, err)
					}
				}
			}
			if _, err := PutStep(tx, Step{Plan: "C", State: Issued, Since: "2015"}); err != nil {
				t.Errorf("a year that may be behind the step before is refused: %v", err)
			}
			for _, l := range []GoalLink{{Plan: "C", Goal: "1.1", BeforePlan: "C", BeforeGoal: "1.2"},
				{Plan: "L", Goal: "1", BeforePlan: "C", BeforeGoal: "1.1"}} {
				l.Relation = Continues
				if _, err := PutLink(tx, l); errs.FieldsOf(err)["before_plan"].IsZero() {
					t.Errorf("%+v is taken: %v", l, err)
				}
			}
			return nil
		}))
	})
}
