package home_test

// The search page shows what one may see, leads to pages that answer, and refuses what it cannot take. How words are
// found: package find.

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/form"
	"yipanqi/internal/home"
	"yipanqi/internal/indicator"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

// kinds of the modules that these tests put together.
var kinds = module.List{{Kinds: slices.Concat(indicator.Kinds(), network.Kinds(), plan.Kinds(), form.Kinds(),
	submission.Kinds())}, {Measures: func(_ *db.Tx, _ auth.User, of module.Work) ([]module.Measure, error) {
	some := module.Counted("received", "签收率", 1, 3, "已签收 ÷ 应签收", "/letters/receipts")
	some.Beside = say.New("%d年", of.Year)
	return []module.Measure{some, module.Counted("nothing", "方案按期", 0, 0, "还没有", "/rectifications")}, nil
}}}

func TestSearchShowsWhatOneMaySee(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		for as, sees := range map[string]bool{"office": true, "H3 statistician": true, "H1 statistician": false} {
			var found home.Found
			body := s.Check(t, webtest.Scenario{As: as, Path: "/search?q=南湖&format=json"}).Body.Bytes()
			c.must(json.Unmarshal(body, &found))
			own := slices.ContainsFunc(found.Hits, func(h find.Hit) bool { return h.Kind == "submission" })
			if own != sees {
				t.Errorf("%s finds submissions of 南湖区: %v, want %v", as, own, sees)
			}
			for _, h := range found.Hits { // each hit leads to a page that answers
				if h.Kind == "submission" {
					continue // these tests have no such page
				}
				path, _, _ := strings.Cut(h.URL, "#")
				s.Check(t, webtest.Scenario{As: as, Path: path})
			}
		}
	})
}

func TestSearchPage(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/search", Contains: []string{"按名称、代码、别名或拼音首字母"}},
			webtest.Scenario{As: "office", Path: "/search?q=婚前",
				Contains: []string{"<mark>婚前</mark>医学检查率", "kind=indicator"}},
			webtest.Scenario{As: "office", Path: "/search?q=婚前&kind=unit", Contains: []string{"没有找到“婚前”"}},
			webtest.Scenario{As: "office", Path: "/search?q=hqyx", Contains: []string{"婚前医学检查率"}},
			webtest.Scenario{As: "office", Path: "/search?q=%25", Contains: []string{"没有找到“%”"}},
			webtest.Scenario{As: "office", Path: "/search?q=x&kind=nothing", Status: 422},
			webtest.Scenario{As: "office", Path: "/search?q=" + strings.Repeat("x", 10_000), Status: 422},
			webtest.Scenario{As: "audit", Path: "/search?q=婚前", Status: 403},
			webtest.Scenario{Path: "/search?q=婚前", Status: 303})
	})
}
