package progress_test

// Pages, JSON and CSV of indicators say the same: value, who is missing, lamp and break.

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"yipanqi/internal/module"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/fact"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/web"
)

// get returns a function that asks for pages as an office's reader, of a city with two of three districts reported.
func get(t *testing.T, d *db.DB) func(status int, path, accept string) string {
	var secret string
	must(t, d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
		c := newCity(t, tx)
		c.publish("W-1", 2015, "9.44", "京报")
		c.publish("W-1", 2018, "16.5", "总结")
		c.publish("C-2", 2018, "30.7", "总结")
		for _, y := range []int{2017, 2018} {
			c.expect(c.pme, y)
		}
		for d := range c.districts {
			c.report(c.pme, d, 2017, fact.Simulated,
				map[string]string{"1.M": "5000", "1.F": "5000", "2.M": "638", "2.F": "638"})
		}
		c.report(c.pme, 0, 2018, fact.Simulated,
			map[string]string{"1.M": "2000", "1.F": "2000", "2.M": "330", "2.F": "330"})
		c.report(c.pme, 1, 2018, fact.Simulated,
			map[string]string{"1.M": "1000", "1.F": "1000", "2.M": "165", "2.F": "165"})
		_, err := plan.Put(tx, plan.Plan{Code: "P", Name: "妇女发展规划", Kind: "women", AreaID: c.root.ID,
			Starts: 2016, Ends: 2020, Status: "issued"})
		must(t, err)
		_, err = plan.PutDomain(tx, plan.Domain{Plan: "P", Code: "D", Name: "健康"})
		must(t, err)
		_, err = plan.PutGoal(tx, plan.Goal{Plan: "P", Code: "1.1", Domain: "D", Text: "提高婚检率"})
		must(t, err)
		i, err := indicator.ByCode(tx, "W-1")
		must(t, err)
		_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: "P", Goal: "1.1", IndicatorID: i.ID})
		must(t, err)
		_, err = indicator.PutTarget(tx, indicator.Target{Plan: "P", IndicatorID: i.ID, AreaID: c.root.ID, Level: "own",
			Op: "increase", Words: "稳步提高", SourceTitle: "规划"})
		must(t, err)
		person, err := network.AddPerson(tx, network.Person{Name: "工作人员"})
		must(t, err)
		secret, _, err = auth.OpenSession(tx, person.ID, auth.Bearer)
		return err
	}))
	m := web.NewMux(web.Config{DB: d, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name },
		User: func(_ *db.Tx, id string) (auth.User, error) {
			return auth.User{ID: id, Posts: []auth.Post{{Role: auth.Office}}}, nil
		}})
	progress.Routes(m, module.List{}.About)
	handler := m.Handler()
	return func(status int, path, accept string) string {
		t.Helper()
		request := httptest.NewRequest(http.MethodGet, path, nil)
		request.Header.Set("Authorization", "Bearer "+secret)
		request.Header.Set("Accept", accept)
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		if answer.Code != status {
			t.Fatalf("%s answers %d, want %d: %s", path, answer.Code, status, answer.Body)
		}
		return answer.Body.String()
	}
}

func contains(t *testing.T, where, body string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(body, word) {
			t.Errorf("%s lacks %q", where, word)
		}
	}
}

func TestIndicatorPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		get := get(t, d)
		page := get(200, "/indicators/W-1", "text/html")
		contains(t, "the page", page, "婚前医学检查率", "婚前医学检查人数 ÷ 结婚登记人数 × 100", "16.50",
			"3个区中2个已报", "未报：丙区",
			"已公布16.5%", "按2017年评价；从2015年的9.44%到2017年的12.76%；向好；含模拟数据", "稳步提高", "模拟", "tile",
			"不作排名", "妇女发展规划", "提高婚检率",
			"/proof?area=DEMO&amp;indicator=W-1&amp;period=2018&amp;sex=_T", "/published/")
		page = get(200, "/indicators/W-1?area="+url.QueryEscape("DEMO丙区"), "text/html")
		contains(t, "the page of the missing district", page, "未报", "示范市")
		page = get(200, "/indicators/W-1?period=2017", "text/html")
		contains(t, "the page of 2017", page, "12.76", "3个区中3个已报")
		page = get(200, "/indicators/W-2", "text/html")
		contains(t, "the page without data", page, "暂无数据")
		get(404, "/indicators/NONE", "text/html")
		get(404, "/indicators/W-1?area=NONE", "text/html")
		get(422, "/indicators/W-1?period=soon", "text/html")
	})
}

func TestIndicatorForPrograms(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		get := get(t, d)
		var answer struct {
			Values []progress.Shown
		}
		must(t, json.Unmarshal([]byte(get(200, "/indicators/W-1/values?area=DEMO&period=2017&sex=2",
			"application/json")), &answer))
		if len(answer.Values) != 1 || answer.Values[0].Value != "12.76" || answer.Values[0].Sex != "2" ||
			answer.Values[0].Origin != progress.Simulated ||
			len(answer.Values[0].Parts) != 2 || answer.Values[0].Parts[1].Value != "15000" {
			t.Errorf("the values are %+v", answer.Values)
		}
		csv := get(200, "/indicators/W-1/values", "text/csv")
		contains(t, "the CSV", csv, "W-1,婚前医学检查率,DEMO,示范市,2015,合计,_T,,_Z,9.44,,%,,,未经签字证实,unproven,公开发布,published,0,0,9.44 (京报),,/published/",
			"W-1,婚前医学检查率,DEMO,示范市,2018,合计,_T,,_Z,16.50,,%,990,6000,数据不全,incomplete,模拟,simulated,2,3,16.5 (总结),,/proof?area=DEMO&indicator=W-1&period=2018&sex=_T")
		contains(t, "the page as CSV", get(200, "/indicators/W-1?format=csv", "*/*"), "16.50")
		contains(t, "the page as JSON", get(200, "/indicators/W-1", "application/json"),
			`"lamp":"incomplete"`, `"year":2018`,
			`"missing":[`, `"below":[`)
		get(422, "/indicators/W-1/values?sex=7", "application/json")
	})
}

func TestIndicatorList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		get := get(t, d)
		page := get(200, "/indicators", "text/html")
		contains(t, "the list", page, "健康", "婚前医学检查率", "没有挂在规划目标下的指标",
			"只有公开数的指标", "30.7", "尚未设定目标")
		page = get(200, "/indicators?plan=P", "text/html")
		contains(t, "the plan's list", page, "婚前医学检查率")
		if strings.Contains(page, "只有公开数的指标") {
			t.Error("the plan's list shows an indicator of no plan")
		}
		contains(t, "a search without result", get(200, "/indicators?q=zzz", "text/html"), "没有符合条件的内容")
		contains(t, "the list by value", get(200, "/indicators?sort=-value", "text/html"), `aria-sort="descending"`,
			`data-label="领域"`)
		get(422, "/indicators?sort=number", "text/html")
		get(422, "/indicators?plan=none", "text/html")
		contains(t, "the list as CSV", get(200, "/indicators?format=csv", "*/*"),
			"妇女发展规划,健康,W-1,婚前医学检查率,2018,16.50,%,数据不全,incomplete,模拟,simulated,数据不全,incomplete,")
	})
}

// Whoever reads the series as a table or by program is told where it breaks, as the chart and the verdict tell it.
func TestTheTableSaysTheBreak(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		get := get(t, d)
		const why = "定义有变，不可比"
		if csv := get(200, "/indicators/W-1?format=csv", "*/*"); strings.Contains(csv, why) {
			t.Errorf("a break where there is none:\n%s", csv)
		}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			i, err := indicator.ByCode(tx, "W-1")
			must(t, err)
			versions, err := indicator.Versions(tx)
			must(t, err)
			v := versions[i.ID][0]
			v.From, v.Definition = year(2018), "只算初婚"
			_, err = indicator.PutVersion(tx, v)
			return err
		}))
		for _, path := range []string{"/indicators/W-1?format=csv", "/indicators/W-1/values?format=csv"} {
			for _, line := range strings.Split(get(200, path, "*/*"), "\n") {
				if of2018 := strings.Contains(line, ",2018,"); strings.Contains(line, why) != of2018 {
					t.Errorf("%s: %s", path, line)
				}
			}
		}
	})
}
