package directory_test

// Anybody without an account finds facilities that are open to all, and of these what is public alone. The town is made
// in town_test.go.

import (
	"testing"

	"yipanqi/internal/web/webtest"
)

func TestAnybodyLooksFacilitiesUp(t *testing.T) {
	eachTown(t, func(c *town) {
		c.Site.Run(c.T,
			webtest.Scenario{Path: "/directory",
				Contains:    []string{"东岭商业街公厕", "西川广场公厕", "暂停", `href="/signin"`},
				NotContains: []string{"西川旧公厕", "建筑形式"}},
			webtest.Scenario{Path: "/directory?area=980101", Contains: []string{"东岭商业街"},
				NotContains: []string{"西川广场"}},
			webtest.Scenario{Path: "/directory?from=zz", JSON: true, Status: 422, Contains: []string{`"from":`}},
			webtest.Scenario{Path: "/directory?q=%E8%A5%BF%E5%B7%9D&kind=public_toilet", JSON: true,
				Contains:    []string{`"number":"GC-2"`, `"opening_hours":"6:00-22:00"`},
				NotContains: []string{"GC-1", "toilet_build", "maintenance_unit", "unit"}},
			webtest.Scenario{Path: "/directory?format=csv", Contains: []string{"东岭商业街公厕", "118.2,36.1"},
				NotContains: []string{"西川旧公厕"}},
			webtest.Scenario{Path: "/directory?q=nothing", Contains: []string{"没有找到"}},
			webtest.Scenario{Path: "/directory?kind=expert", JSON: true, Status: 422, Contains: []string{`"kind":`}},
			webtest.Scenario{Path: "/directory?area=1", JSON: true, Status: 422, Contains: []string{`"area":`}},
			webtest.Scenario{Path: "/directory/public_toilet/GC-1",
				Contains:    []string{"东岭商业街公厕", "全天", "女厕位数"},
				NotContains: []string{"维护单位", "厕位比"}},
			webtest.Scenario{Path: "/directory/public_toilet/GC-3", JSON: true, Status: 404},
			webtest.Scenario{Path: "/directory/public_toilet/GC-1", As: "east", Contains: []string{"东岭商业街公厕"}},
		)
		for _, one := range []struct{ as, path, want string }{{"", "/directory", "public, max-age=60"},
			{"east", "/directory", "no-store"}, {"", "/directory/public_toilet/GC-3", "no-store"}} {
			status := 200
			if one.path == "/directory/public_toilet/GC-3" {
				status = 404
			}
			w := c.Site.Check(c.T, webtest.Scenario{As: one.as, Path: one.path, Status: status})
			if got := w.Header().Get("Cache-Control"); got != one.want {
				c.Errorf("%s as %q: Cache-Control %q, want %q", one.path, one.as, got, one.want)
			}
		}
	})
}
