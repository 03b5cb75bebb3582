package account_test

import (
	"net/http"
	"net/url"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/web/webtest"
)

// The system administrator's day: somebody new, somebody who leaves; each refused step says what to do.
func TestPeopleAndAccounts(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		zhang := s.People["zhang"].ID
		person := func(change ...string) url.Values {
			form := url.Values{"name": {"王五"}, "login": {"wang5"}, "unit": {"H"}, "role": {auth.Liaison},
				"password": {"窗台上的三盆绿萝"}}
			for i := 0; i < len(change); i += 2 {
				form.Set(change[i], change[i+1])
			}
			return form
		}
		s.Run(t,
			webtest.Scenario{As: "zhang", Path: "/users", Status: http.StatusForbidden},
			webtest.Scenario{As: "admin", Path: "/security", Status: http.StatusForbidden},
			webtest.Scenario{As: "admin", Path: "/users",
				Contains:    []string{"张三", "示范市妇幼保健院 · 统计负责人", "/users/" + zhang + "/disable"},
				NotContains: []string{"/users/" + s.People["admin"].ID + "/disable"}},
			webtest.Scenario{As: "admin", Path: "/users?q=" + url.QueryEscape("没有的人"),
				Contains: []string{"没有找到人员"}},
			webtest.Scenario{As: "admin", Path: "/users/new", Contains: []string{"初始密码", "示范市妇幼保健院"}},
			webtest.Scenario{As: "admin", Path: "/users", Form: person("password", "password123"), Status: 422,
				Contains: []string{"这个密码太常见", `value="wang5"`}},
			webtest.Scenario{As: "admin", Path: "/users", Form: person("name", "张三"), Status: 422,
				Contains: []string{"已有同名的人"}},
			webtest.Scenario{As: "admin", Path: "/users", Form: person("unit", "elsewhere"), Status: 422},
			webtest.Scenario{As: "admin", Path: "/users", Form: person("login", "zhang"), Status: 409,
				Contains: []string{"已经有人用了"}},
			webtest.Scenario{As: "admin", Path: "/users", Form: person(), Status: 303, Location: "/users?q=wang5"},
			webtest.Scenario{As: "admin", Path: "/users?q=wang5", Contains: []string{"王五", "liaison"},
				NotContains: []string{"张三"}},
			webtest.Scenario{As: "zhang", Path: "/profile"},
			webtest.Scenario{As: "admin", Path: "/users/" + zhang + "/disable", Form: url.Values{}, Status: 303},
			webtest.Scenario{As: "zhang", Path: "/profile", Status: 303}, // to sign in
			webtest.Scenario{As: "admin", Path: "/users/" + zhang + "/disable", Form: url.Values{}, Status: 409},
			webtest.Scenario{As: "admin", Path: "/users", Contains: []string{"已停用", "/users/" + zhang + "/enable"}},
			webtest.Scenario{As: "admin", Path: "/users/nobody/disable", Form: url.Values{}, Status: 404},
			webtest.Scenario{As: "admin", Path: "/users/" + s.People["admin"].ID + "/disable", Form: url.Values{},
				Status: 409},
		)
	})
}

func TestSecurityPage(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		zhang := s.People["zhang"].ID
		s.Run(t,
			webtest.Scenario{As: "zhang", Path: "/profile"},
			webtest.Scenario{As: "zhang", Path: "/security", Status: http.StatusForbidden},
			webtest.Scenario{As: "guard", Path: "/users", Status: http.StatusForbidden},
			webtest.Scenario{As: "guard", Path: "/security", Contains: []string{"张三", "1处",
				"/security/" + zhang + "/key/retire", "submission.prepare"}},
			webtest.Scenario{As: "guard", Path: "/security/" + zhang + "/key/retire", Form: url.Values{}, Status: 303},
			webtest.Scenario{As: "guard", Path: "/security/" + zhang + "/key/retire", Form: url.Values{}, Status: 409},
			webtest.Scenario{As: "guard", Path: "/security/" + zhang + "/sessions/end", Form: url.Values{},
				Status: 303},
			webtest.Scenario{As: "zhang", Path: "/profile", Status: 303}, // to sign in
			webtest.Scenario{As: "guard", Path: "/security/nobody/sessions/end", Form: url.Values{}, Status: 404},
		)
	})
}
