package plan

// A plan is put once, shows its goals and measures with who answers for them, and hands them on from a day without
// losing what was before. Its indicators are shown by package home.

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// eachPlan serves a plan of two domains, one of them still empty, on both databases.
func eachPlan(t *testing.T, test func(*testing.T, *webtest.Site)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error { return put(t, tx, true) }))
		m := web.NewMux(web.Config{DB: d, Committed: func() {}, User: func(_ *db.Tx, id string) (auth.User, error) {
			return auth.User{ID: id, Posts: []auth.Post{{Role: id}}}, nil
		}})
		Routes(m, func(*web.Request, Plan, string) (Standing, error) {
			return Standing{Indicators: []int{}}, nil
		})
		test(t, &webtest.Site{Handler: m.Handler(), DB: d, People: map[string]auth.User{"office": {ID: auth.Office},
			"admin": {ID: auth.SystemAdmin}}})
	})
}

// put writes the plan; changed says whether every row is expected to be new or changed.
func put(t *testing.T, tx *db.Tx, changed bool) error {
	t.Helper()
	check := func(what string, got bool, err error) {
		t.Helper()
		must(t, err)
		if got != changed {
			t.Errorf("putting %s reports a change: %v, want %v", what, got, changed)
		}
	}
	area, _, err := network.PutArea(tx, network.Area{Code: "99", Name: "示范市", ShortName: "示范",
		Level: "city", OpensOn: "2000-01-01"})
	must(t, err)
	for _, u := range []network.Unit{{Code: "EDU", Name: "示范市教育委员会", ShortName: "市教委"},
		{Code: "FIN", Name: "示范市财政局", ShortName: "市财政局"}} {
		u.Kind, u.AreaID, u.OpensOn = "member", area.ID, "2000-01-01"
		_, err := network.PutUnit(tx, u)
		must(t, err)
	}
	got, err := Put(tx, Plan{Code: "C", Name: "示范市儿童发展规划", NameEN: "Children’s plan", Kind: "children",
		AreaID: area.ID, Starts: 2016, Ends: 2020, Status: "issued", Note: "虚构"})
	check("the plan", got, err)
	for i, d := range []Domain{{Plan: "C", Code: "edu", Name: "儿童与教育"},
		{Plan: "C", Code: "law", Name: "儿童与法律"}} {
		d.Position = i
		got, err := PutDomain(tx, d)
		check("a domain", got, err)
	}
	for i, g := range []Goal{{Code: "1.1", Text: "普及学前教育"},
		{Code: "1.2", Text: "提高巩固率", SourceTitle: "规划文本（虚构）", SourceURL: "https://example.org/plan"}} {
		g.Plan, g.Domain, g.Position = "C", "edu", i
		got, err := PutGoal(tx, g)
		check("a goal", got, err)
	}
	for _, u := range []GoalUnit{{Plan: "C", Goal: "1.1", Unit: "EDU", Duty: Lead},
		{Plan: "C", Goal: "1.1", Unit: "FIN", Duty: Responsible}, {Plan: "C", Goal: "1.2", Unit: "EDU", Duty: Lead}} {
		got, err := PutGoalUnit(tx, u)
		check("a duty", got, err)
	}
	for i, m := range []Measure{
		{Code: "1.a", Goal: "1.1", Text: "新建小区配套建设幼儿园", TextEN: "Build kindergartens"},
		{Code: "1.b", Text: "每年公布办学经费", SourceTitle: "规划文本（虚构）"}} {
		m.Plan, m.Domain, m.Position = "C", "edu", i
		got, err := PutMeasure(tx, m)
		check("a measure", got, err)
	}
	for _, u := range []MeasureUnit{{Plan: "C", Measure: "1.a", Unit: "EDU", Duty: Lead},
		{Plan: "C", Measure: "1.a", Unit: "FIN", Duty: Responsible},
		{Plan: "C", Measure: "1.b", Unit: "FIN", Duty: Lead}} {
		got, err := PutMeasureUnit(tx, u)
		check("who carries a measure out", got, err)
	}
	return nil
}

func TestPuttingTheSameAgainChangesNothing(t *testing.T) {
	eachPlan(t, func(t *testing.T, s *webtest.Site) {
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error { return put(t, tx, false) }))
	})
}

func TestPlanNeedsItsYears(t *testing.T) {
	t.Parallel()
	for _, p := range []Plan{{Code: "C", Name: "x"}, {Code: "C", Name: "x", Starts: 2020, Ends: 2016},
		{Name: "x", Starts: 2016, Ends: 2020}, {Code: "C", Starts: 2016, Ends: 2020}} {
		if errs.KindOf(p.Validate()) != errs.Invalid {
			t.Errorf("plan %+v is accepted", p)
		}
	}
}

func TestPages(t *testing.T) {
	eachPlan(t, func(t *testing.T, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/plans", Contains: []string{"示范市儿童发展规划", "儿童规划",
				"2016—2020", `data-label="目标数"`}},
			webtest.Scenario{As: "office", Path: "/plans/C", Contains: []string{"普及学前教育", "市教委", "市财政局",
				"儿童与法律", "这个领域还没有目标", `href="https://example.org/plan"`, "新建小区配套建设幼儿园",
				`id="measure-1.a"`, "服务于目标1.1"}},
			webtest.Scenario{As: "office", Path: "/plans/C?unit=FIN", Contains: []string{"普及学前教育", "市财政局",
				"每年公布办学经费"}, NotContains: []string{"提高巩固率", "儿童与法律"}},
			webtest.Scenario{As: "office", Path: "/plans/C", JSON: true, Contains: []string{
				`"measures":[{"code":"1.a","domain":"edu","goal":"1.1"`}},
			webtest.Scenario{As: "office", Path: "/plans/C?unit=none", Status: 422},
			webtest.Scenario{As: "office", Path: "/plans/none", Status: 404},
			webtest.Scenario{As: "office", Path: "/plans/C?format=csv",
				Contains: []string{"edu,儿童与教育,1.1,普及学前教育,,,示范市教育委员会,示范市财政局,",
					"edu,儿童与教育,1.1,,1.a,新建小区配套建设幼儿园,示范市教育委员会,示范市财政局,"}},
			webtest.Scenario{As: "office", Path: "/plans/C", JSON: true, Contains: []string{`"lead":[{"code":"EDU"`}},
			webtest.Scenario{As: "admin", Path: "/plans/C", Status: 403},
			webtest.Scenario{Path: "/plans/C?unit=FIN", Status: 303,
				Location: "/signin?next=" + url.QueryEscape("/plans/C?unit=FIN")},
		)
	})
}

// A measure goes to another unit from a day on; before it, it is still the old one's, and an old file changes nothing.
func TestAMeasureIsHandedOn(t *testing.T) {
	eachPlan(t, func(t *testing.T, s *webtest.Site) {
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error {
			hold := Holds()[2]
			if hold.Kind != "strategy_measure" {
				t.Fatalf("the hold of measures is %s", hold.Kind)
			}
			has := func(unit, day string) string {
				held, err := hold.List(tx, unit, day)
				must(t, err)
				all := ""
				for _, h := range held {
					all += h.Object + " "
				}
				return all
			}
			if got := has("FIN", ""); got != "C/1.a C/1.b " {
				t.Fatalf("FIN has %q", got)
			}
			must(t, hold.Move(tx, auth.User{}, "C/1.b", "FIN", "EDU", ""))
			must(t, hold.Move(tx, auth.User{}, "C/1.a", "EDU", "FIN", "")) // who shared in it now leads it
			if got := has("EDU", ""); got != "C/1.b " {
				t.Errorf("afterwards EDU has %q", got)
			}
			units, err := MeasureUnits(tx, "C", "")
			must(t, err)
			if len(units) != 2 || units[0] != (MeasureUnit{Plan: "C", Measure: "1.a", Unit: "FIN", Duty: Lead,
				since: tx.Today()}) {
				t.Errorf("afterwards the measures have %+v", units)
			}
			if got := has("FIN", "2020-01-01"); got != "C/1.a C/1.b " {
				t.Errorf("in 2020 FIN had %q", got)
			}
			if changed, err := PutMeasureUnit(tx, MeasureUnit{Plan: "C", Measure: "1.b", Unit: "FIN",
				Duty: Lead}); err != nil || changed {
				t.Errorf("an old file gave it back: %v %v", changed, err)
			}
			if err := hold.Move(tx, auth.User{}, "C/9.z", "FIN", "EDU", ""); errs.KindOf(err) != errs.Missing {
				t.Errorf("a measure that is not there: %v", err)
			}
			return nil
		}))
	})
}

// Two units merge into a third on one day, in either order: it leads what one of them led, and answers for it once.
func TestTwoUnitsMergeIntoOne(t *testing.T) {
	for _, order := range [][]string{{"EDU", "FIN"}, {"FIN", "EDU"}} {
		eachPlanTx(t, strings.Join(order, " "), func(t *testing.T, tx *db.Tx) {
			area, err := network.AreaByCode(tx, "99", "")
			must(t, err)
			_, err = network.PutUnit(tx, network.Unit{Code: "NEW", Name: "示范市新局", Kind: "member", AreaID: area.ID,
				OpensOn: "2000-01-01"})
			must(t, err)
			goals, measures := Holds()[0], Holds()[2]
			for _, from := range order {
				must(t, goals.Move(tx, auth.User{}, "C/1.1", from, "NEW", ""))
				must(t, measures.Move(tx, auth.User{}, "C/1.a", from, "NEW", ""))
			}
			lead, err := UnitsOfPlan(tx, "C", "")
			must(t, err)
			does, err := MeasureUnits(tx, "C", "")
			must(t, err)
			if len(lead) != 2 || lead[0].Unit != "NEW" || lead[0].Duty != Lead || lead[1].Goal != "1.2" {
				t.Errorf("the goals have %+v", lead)
			}
			if len(does) != 2 || does[0].Unit != "NEW" || does[0].Duty != Lead || does[1].Measure != "1.b" {
				t.Errorf("the measures have %+v", does)
			}
		})
	}
}

// eachPlanTx runs a test in a transaction on the plan, on both databases.
func eachPlanTx(t *testing.T, name string, test func(*testing.T, *db.Tx)) {
	t.Run(name, func(t *testing.T) {
		eachPlan(t, func(t *testing.T, s *webtest.Site) {
			must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error { test(t, tx); return nil }))
		})
	})
}
