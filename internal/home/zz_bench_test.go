package home_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/home"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/web"
)

func TestZZBench(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		target := dbtest.SQLite(t)
		if kind == "postgres" {
			target = dbtest.Postgres(t)
		}
		d := dbtest.Open(t, target)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		var office auth.User
		must(d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
			for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"}, {Kind: "area_level", Code: "district", Name: "区"}, {Kind: "unit_kind", Code: "health", Name: "x"}} {
				_, err := network.PutLabel(tx, l)
				must(err)
			}
			root, _, err := network.PutArea(tx, network.Area{Code: "99", Name: "市", ShortName: "市", Level: "city", OpensOn: "2000-01-01"})
			must(err)
			var ds []network.Area
			for i := range 16 {
				a, _, err := network.PutArea(tx, network.Area{Code: fmt.Sprint(9900 + i), Name: fmt.Sprint("区", i), ShortName: "区", Level: "district", ParentID: root.ID, OpensOn: "2000-01-01", TileRow: 1 + i/4, TileCol: 1 + i%4})
				must(err)
				ds = append(ds, a)
			}
			_, err = network.PutUnit(tx, network.Unit{Code: "CO", Name: "办", ShortName: "办", Kind: "health", AreaID: root.ID, OpensOn: "2000-01-01"})
			must(err)
			p, err := network.AddPerson(tx, network.Person{Name: "a"})
			must(err)
			_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: "CO", Role: "office", OpensOn: "2000-01-01"})
			must(err)
			office, err = account.UserOf(tx, p.ID)
			must(err)
			_, err = plan.Put(tx, plan.Plan{Code: "W", Name: "规划", Kind: "women", AreaID: root.ID, Starts: 2016, Ends: 2020, Status: "issued"})
			must(err)
			_, err = plan.PutDomain(tx, plan.Domain{Plan: "W", Code: "d", Name: "d"})
			must(err)
			for g := range 30 {
				_, err = plan.PutGoal(tx, plan.Goal{Plan: "W", Code: fmt.Sprint(g), Domain: "d", Text: "goal"})
				must(err)
			}
			f := form.Form{Code: "F", Name: "F", Frequency: period.Year, Level: "district", Reporters: "health", Due: "+1-01-31", Levels: map[string]form.Method{"district": form.OwnReport, "city": form.RolledUp},
				Columns: []form.Column{{Code: "M", Sex: 1}, {Code: "F", Sex: 2}}}
			for i := range 600 {
				e, _, err := form.PutElement(tx, form.Element{Code: fmt.Sprintf("E%d", i), Name: "e", Sums: true, BySex: true})
				must(err)
				f.Rows = append(f.Rows, form.Row{Number: fmt.Sprint(i), Element: e.Code, Calibre: "_Z", Of: e})
			}
			f, _, err = form.Put(tx, f)
			must(err)
			for i := range 300 {
				in, _, err := indicator.Put(tx, indicator.Indicator{Code: fmt.Sprintf("I%d", i), Name: "指标", Unit: "%", Decimals: 2, Direction: 1})
				must(err)
				_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: in.ID, Formula: fmt.Sprintf("E%d / E%d * 100", 2*i, 2*i+1)})
				must(err)
				_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: "W", Goal: fmt.Sprint(i % 30), IndicatorID: in.ID})
				must(err)
				_, err = indicator.PutTarget(tx, indicator.Target{Plan: "W", IndicatorID: in.ID, AreaID: root.ID, Op: "ge", Value: "80", Year: 2020, BaselineYear: 2015, Level: "own", SourceTitle: "x"})
				must(err)
			}
			for y := 2015; y <= 2018; y++ {
				for i, a := range ds {
					must(fact.Expect(tx, a, periodOf(y), f.ID, 1))
					c := fact.Change{Area: a, Period: periodOf(y), FormID: f.ID, Version: int64(y*100 + i)}
					for n, r := range f.Rows {
						c.Elements = append(c.Elements, r.Of.ID)
						for sex := 1; sex <= 2; sex++ {
							c.Cells = append(c.Cells, fact.Cell{Element: r.Of.ID, Sex: sex, Value: int64(100 + n%7 + i)})
						}
					}
					must(fact.Apply(tx, c))
				}
			}
			return nil
		}))
		var best, bestPage time.Duration = time.Hour, time.Hour
		m := web.NewMux(web.Config{DB: d, User: account.UserOf, Committed: func() {}})
		home.Routes(m)
		h := m.Handler()
		var secret string
		must(d.Update(context.Background(), func(tx *db.Tx) (err error) { secret, _, err = auth.OpenSession(tx, office.ID, "cookie"); return err }))
		size := 0
		for range 20 {
			start := time.Now()
			must(d.View(context.Background(), func(tx *db.Tx) error { _, err := home.ReadBoard(tx, office, home.Choice{}); return err }))
			best = min(best, time.Since(start))
			hr := httptest.NewRequest("GET", "/board", nil)
			hr.Header.Set("Cookie", "session="+secret)
			hr.Header.Set("Accept", "text/html")
			w := httptest.NewRecorder()
			start = time.Now()
			h.ServeHTTP(w, hr)
			bestPage = min(bestPage, time.Since(start))
			if w.Code != 200 || !bytes.Contains(w.Body.Bytes(), []byte("16个区中16个已报")) {
				t.Fatal(w.Code, w.Body.String()[:300])
			}
			size = w.Body.Len()
		}
		if kind == "postgres" {
			must(d.View(context.Background(), func(tx *db.Tx) error {
				for _, q := range []string{`EXPLAIN ANALYZE SELECT x.area_id, x.key, min(x.reported), max(x.simulated) FROM (
			SELECT f.area_id, j.key, CASE WHEN f.mark = 11 THEN 0 ELSE 1 END AS reported, CASE WHEN f.grade IN (1, 3) THEN 1 ELSE 0 END AS simulated
			FROM json_each('{"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1,"10":1,"11":1,"12":1,"13":1,"14":1,"15":1,"16":1,"17":1}') c CROSS JOIN json_each('{"0":[1,201800,1,0]}') j CROSS JOIN facts f WHERE f.area_id = CAST(c.key AS INTEGER) AND f.period = CAST(j.value ->> 1 AS INTEGER) AND f.element_id = CAST(j.value ->> 2 AS INTEGER)
			AND f.category = 0 AND f.calibre = CAST(j.value ->> 3 AS INTEGER)
			) x GROUP BY x.area_id, x.key`} {
					lines, err := db.All(tx, db.Single[string], q)
					must(err)
					for _, l := range lines {
						fmt.Println(l)
					}
				}
				start := time.Now()
				indicators, err := indicator.List(tx)
				must(err)
				root, err := network.Root(tx)
				must(err)
				fmt.Println("list", time.Since(start))
				start = time.Now()
				v, err := progress.Values(tx, progress.Query{Indicators: indicators, Areas: []network.Area{root}, Periods: []period.Period{periodOf(2015), periodOf(2016), periodOf(2017), periodOf(2018)}})
				must(err)
				fmt.Println("values", len(v), time.Since(start))
				return nil
			}))
		}
		fmt.Println(kind, "read", best, "page", bestPage, size)
	}
}
