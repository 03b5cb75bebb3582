package matter_test

// The routes of matters and items as browsers and programs use them: shapes, filters, exports, who sees what.

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/blob"
	"yipanqi/internal/matter"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func newSite(c *city) *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	matter.Routes(m, account.Secrets{}, blob.Open(c.T.TempDir()))
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.People}
}

func TestTheLedgerByItsFilters(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		running := c.started("2024-03-20", "")
		d := proposal()
		d.Title, d.Items = "服务点布局", []matter.Asked{{Unit: "HEA", Text: "调整服务点", Due: "2024-05-31"}}
		d.Lead = "HEA"
		waiting := c.raised(d)
		c.On("2024-04-02")
		s := newSite(c)
		const first, second = "摸清底数", "调整服务点"
		for query, both := range map[string][2]bool{"": {true, true}, "?unit=EDU": {true, false},
			"?unit=HEA&state=raised": {false, true}, "?state=in_progress": {true, false}, "?lamp=red": {true, false},
			"?lamp=green": {false, true}, "?source=decision": {true, true}, "?source=finding": {false, false},
			"?unit=EDU&lamp=red&state=in_progress": {true, false}, "?unit=EDU&state=raised": {false, false}} {
			for _, path := range []string{"/items", "/items/print"} {
				body := s.Check(t, webtest.Scenario{As: "office", Path: path + query}).Body.String()
				if strings.Contains(body, first) != both[0] || strings.Contains(body, second) != both[1] {
					t.Errorf("%s%s shows %v, %v; want %v", path, query, strings.Contains(body, first),
						strings.Contains(body, second), both)
				}
			}
		}
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/items?unit=NONE", Status: 422},
			webtest.Scenario{As: "office", Path: "/items?goal=P%2F9.9", Status: 422},
			webtest.Scenario{As: "edu", Path: "/items", Contains: []string{first}, NotContains: []string{second}},
			webtest.Scenario{As: "north", Path: "/items", NotContains: []string{first, second}},
			webtest.Scenario{As: "office", Path: "/items?format=csv", Contains: []string{first, second, "逾期"}},
			webtest.Scenario{As: "office", Path: "/items/measures", JSON: true,
				Contains: []string{`"code":"on_time_original"`, `"denominator":`}},
			webtest.Scenario{As: "edu", Path: "/items/" + waiting.Items[0].ID, Status: 404},
			webtest.Scenario{As: "hea", Path: "/matters/" + running.ID, Status: 404},
			webtest.Scenario{As: "edu", Path: "/matters/" + waiting.ID + "/document", Status: 404},
			webtest.Scenario{As: "edu", Path: "/items/circular", Status: 403})
	})
}

// The shapes of the list and of one matter are what other programs rely on.
func TestShapesOfMatters(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m := c.started("2024-03-20", "")
		s := newSite(c)
		var list struct {
			Matters []map[string]any
			Total   int
		}
		c.Must(json.Unmarshal(s.Check(t, webtest.Scenario{As: "office", Path: "/matters", JSON: true}).Body.Bytes(),
			&list))
		if list.Total != 1 || len(list.Matters) != 1 {
			t.Fatalf("the list is %+v", list)
		}
		for _, name := range []string{"id", "number", "title", "state", "lamp", "due"} {
			if list.Matters[0][name] == nil {
				t.Errorf("the list lacks %s: %+v", name, list.Matters[0])
			}
		}
		var one struct {
			Matter map[string]any
			Trail  []any
		}
		body := s.Check(t, webtest.Scenario{As: "edu", Path: "/matters/" + m.ID, JSON: true}).Body.Bytes()
		c.Must(json.Unmarshal(body, &one))
		items, _ := one.Matter["items"].([]any)
		if len(items) != 1 || len(one.Trail) == 0 {
			t.Fatalf("the matter has %v, its trail %v", items, one.Trail)
		}
		item := items[0].(map[string]any)
		for _, name := range []string{"id", "unit", "area", "state", "lamp", "due", "original_due"} {
			if item[name] == nil {
				t.Errorf("an item lacks %s: %+v", name, item)
			}
		}
	})
}

// What is done to several at once is done to all or to none.
func TestTheDeskInABrowser(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m := c.raised(proposal())
		c.On("2024-04-02")
		s, item := newSite(c), m.Items[0].ID
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/items/desk", Contains: []string{"承办单位未签收", "摸清底数", item}},
			webtest.Scenario{As: "edu", Path: "/items/desk", Contains: []string{"待签收", "摸清底数"}},
			webtest.Scenario{As: "hea", Path: "/items/desk", NotContains: []string{"摸清底数"}},
			webtest.Scenario{As: "office", Path: "/items/urge", Form: url.Values{"text": {"请说明"}}, Status: 422,
				Contains: []string{"还没有勾选"}},
			webtest.Scenario{As: "office", Path: "/items/receive", Status: 404,
				Form: url.Values{"ids": {item, "none"}, "paper": {"卷3"}}},
			webtest.Scenario{As: "edu", Path: "/items/receive", Form: url.Values{"ids": {item}, "paper": {"卷3"}},
				Status: 403},
			webtest.Scenario{As: "office", Path: "/items/receive", Form: url.Values{"ids": {item}, "paper": {""}},
				Status: 422},
			webtest.Scenario{As: "office", Path: "/items/receive", Form: url.Values{"ids": {item}, "paper": {"卷3"}},
				Status: 303},
			webtest.Scenario{As: "edu", Path: "/items/" + item, Contains: []string{"已签收", "卷3"}})
	})
}
