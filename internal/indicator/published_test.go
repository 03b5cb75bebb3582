package indicator_test

// A clerk registers what a public source says, on the page and as a program: who may, what is refused, what is kept.
// The page of one figure is proof's.

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func TestPublishedFiguresAreRegistered(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		people := map[string]auth.User{}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			city, _, err := network.PutArea(tx,
				network.Area{Code: "1", Name: "示范市", Level: "city", OpensOn: "2000-01-01"})
			must(t, err)
			district, _, err := network.PutArea(tx, network.Area{Code: "2", Name: "东岭区", Level: "district",
				OpensOn: "2000-01-01", ParentID: city.ID})
			must(t, err)
			for code, unit := range map[string]string{"RATE": "%", "JOBS": "人"} {
				_, _, err = indicator.Put(tx, indicator.Indicator{Code: code, Name: "指标" + code, Unit: unit,
					Decimals: 1})
				must(t, err)
			}
			for login, post := range map[string]auth.Post{
				"office":   {Role: auth.Office, AreaID: city.ID, AreaPath: city.Path},
				"district": {Role: auth.Statistician, AreaID: district.ID, AreaPath: district.Path},
				"bureau":   {Role: auth.Statistician, AreaID: city.ID, AreaPath: city.Path},
				"audit":    {Role: auth.AuditAdmin, AreaID: city.ID, AreaPath: city.Path},
			} {
				person, err := network.AddPerson(tx, network.Person{Name: login})
				must(t, err)
				people[login] = auth.User{ID: person.ID, Posts: []auth.Post{post}}
			}
			return nil
		}))
		byID := map[string]auth.User{}
		for _, u := range people {
			byID[u.ID] = u
		}
		m := web.NewMux(web.Config{DB: d, Committed: func() {}, Asset: func(name string) string { return name },
			User: func(_ *db.Tx, id string) (auth.User, error) { return byID[id], nil }})
		indicator.Routes(m)
		s := &webtest.Site{Handler: m.Handler(), DB: d, People: people}
		figure := func(change ...string) url.Values {
			v := url.Values{"indicator": {"指标RATE [RATE]"}, "area": {"1"}, "period": {"2022"}, "value": {"92.5"},
				"unit": {"%"}, "source_title": {"示范市统计公报2022"}, "source_url": {"https://example.org/2022"},
				"source_page": {"第12页"}, "published_on": {"2023-03-20"}, "sex": {"_T"}, "mark": {"exact"}}
			for i := 0; i < len(change); i += 2 {
				v.Set(change[i], change[i+1])
			}
			return v
		}
		refused := func(as, words string, change ...string) webtest.Scenario {
			return webtest.Scenario{As: as, Method: "POST", Path: "/published", Form: figure(change...), Status: 422,
				Contains: []string{words, "92.5"}}
		}
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/published", Contains: []string{"没有公开来源的数据"}},
			webtest.Scenario{As: "office", Path: "/published/new?indicator=RATE&area=2&period=2022&check=c1",
				Contains: []string{"指标RATE [RATE]", `<option value="2" selected`, `value="2022"`, "/checks/c1"}},
			webtest.Scenario{As: "audit", Path: "/published/new", Status: 403},
			webtest.Scenario{As: "audit", Method: "POST", Path: "/published", Form: figure(), Status: 403},
			refused("office", "请从列表里选一项指标", "indicator", "没有"),
			refused("office", "期间请写成", "period", "去年"),
			refused("office", "这项指标的单位是“%”", "unit", "人"),
			refused("office", "请写成 https://", "source_url", "javascript:alert(1)"),
			refused("office", "公布日期不能在今天以后", "published_on", "2098-01-01"),
			refused("office", "此项必填", "source_title", " "),
			refused("district", "请从列表里选一个您负责的地区"),
			refused("bureau", "请从列表里选一个您负责的地区", "area", "2"))
		at := s.Check(t, webtest.Scenario{As: "office", Method: "POST", Path: "/published", Form: figure(),
			Status: 303}).Header().Get("Location")
		if !strings.HasPrefix(at, "/published/") {
			t.Fatalf("a registered figure leads to %q", at)
		}
		id := strings.TrimPrefix(at, "/published/")
		s.Run(t,
			refused("office", "已经登记过"),
			webtest.Scenario{As: "district", Method: "POST", Path: "/published",
				Form: figure("area", "2", "check", "c1"), Status: 303, Location: "/checks/c1"},
			webtest.Scenario{As: "office", Path: "/published/new?figure=" + id,
				Contains: []string{"改正公开来源的数据", "第12页", "2023-03-20", "https://example.org/2022"}},
			webtest.Scenario{As: "district", Path: "/published/new?figure=" + id, Status: 422,
				Contains: []string{"由妇儿工委办公室更正"}},
			webtest.Scenario{As: "bureau", Path: "/published/new?figure=" + id, Status: 422,
				Contains: []string{"由妇儿工委办公室更正"}},
			webtest.Scenario{As: "bureau", Method: "POST", Path: "/published",
				Form: figure("figure", id, "value", "1"), Status: 403},
			webtest.Scenario{As: "district", Method: "POST", Path: "/published",
				Form: figure("figure", id, "area", "2", "value", "1"), Status: 403},
			webtest.Scenario{As: "office", Method: "POST", Path: "/published",
				Form: figure("figure", id, "value", "92.6"), Status: 303, Location: at},
			webtest.Scenario{As: "office", Method: "POST", Path: "/published", Status: 303,
				Form: figure("indicator", "JOBS", "value", "4.14", "unit", "万人")},
			webtest.Scenario{As: "office", Path: "/published?format=csv",
				Contains: []string{"92.6", "示范市统计公报2022", "第12页", "2023-03-20", "约41,400人"}},
			webtest.Scenario{As: "office", Path: "/published", JSON: true, Contains: []string{`"value":"41400"`,
				`"source_page":"第12页"`, `"published_on":"2023-03-20"`, "来源写的是4.14万人"}},
			webtest.Scenario{As: "office", Path: "/published?q=JOBS", Contains: []string{"指标JOBS"},
				NotContains: []string{"指标RATE"}})
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			n, err := db.Value[int](tx, `SELECT count(*) FROM journal WHERE verb = $1`, indicator.VerbPublished)
			if n != 4 {
				t.Errorf("the journal has %d entries of registered figures, want 4", n)
			}
			return err
		}))
	})
}
