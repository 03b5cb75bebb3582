package plan

// A plan's life is dated step by step and never runs backwards; a goal continues or replaces one of an earlier plan,
// and both pages say so, to whom they may be told.

import (
	"context"
	"net/url"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
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

// The office of the plan's area dates a step, with a reason; on to the next one the plan goes when somebody has said
// yes, one step at a time, and the journal keeps it.
func TestAnOfficeRecordsAPlansLife(t *testing.T) {
	eachPlan(t, func(t *testing.T, s *webtest.Site) {
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error { putLast(t, tx); return nil }))
		form := func(more ...string) url.Values {
			v := url.Values{"state": {"draft"}, "since": {"2020-06"}, "reason": {"办公会议定"}, "was": {"research"}}
			for i := 0; i < len(more); i += 2 {
				v.Set(more[i], more[i+1])
			}
			return v
		}
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/plans/N",
				Contains:    []string{"登记规划的阶段", "起草（转入这一阶段）"},
				NotContains: []string{"征求意见（转入"}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form(), Status: 422,
				Contains: []string{"规划将转入“起草”，不能退回。请勾选确认。", "2020-06"}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form("reason", " ", "confirm", "true"),
				Status: 422, Contains: []string{"请写明依据或原因。"}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form("state", "issued", "confirm", "true"),
				Status: 422, Contains: []string{"一次只能走一步。规划现在是“前期研究”。"}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form("since", "六月", "confirm", "true"),
				Status: 422, Contains: []string{"请写日期"}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form("since", "2199", "confirm", "true"),
				Status: 422, Contains: []string{"这一天还没有到"}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form("source_url", "文件", "confirm", "true"),
				Status: 422, Contains: []string{"网址要以"}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form("confirm", "true"), JSON: true,
				Contains: []string{`"status":"draft"`}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form("confirm", "true"), Status: 409,
				Contains: []string{"规划的状态刚刚改过，现在是“起草”"}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form("state", "research", "since", "2020-07",
				"was", "draft"), Status: 422, Contains: []string{"前一步不能晚于后一步"}},
			webtest.Scenario{As: "office", Path: "/plans/N/steps", Form: form("state", "research", "since", "2019",
				"was", "draft", "note", "委托研究"), Status: 303},
			webtest.Scenario{As: "office", Path: "/plans/N", Contains: []string{"2020-06", "2019", "委托研究"}},
			webtest.Scenario{As: "admin", Path: "/plans/N/steps", Form: form("was", "draft"), Status: 403})
		must(t, s.DB.View(context.Background(), func(tx *db.Tx) error {
			entries, err := journal.Of(tx, "plan/N")
			if len(entries) != 2 || entries[0].Verb != VerbStep || entries[0].Detail["reason"] != "办公会议定" ||
				entries[0].Detail["was"] != "research" {
				t.Errorf("the journal tells %+v", entries)
			}
			return err
		}))
	})
}
