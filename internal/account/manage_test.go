package account_test

// The administrators' day with other people's accounts: new, disabled, reset, unlocked; and rows forged by SQL that let
// nobody in. What people do with their own account is in web_test.go.

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/journal"
	"yipanqi/internal/web/webtest"
)

// A post more, and a password that must be changed: the way of somebody who forgot theirs.
func TestOneTimePassword(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		zhang, admin := s.People["zhang"].ID, s.People["admin"].ID
		s.Run(t,
			webtest.Scenario{As: "guard", Path: "/users/" + zhang, Status: http.StatusForbidden},
			webtest.Scenario{As: "admin", Path: "/users/nobody", Status: 404},
			webtest.Scenario{As: "admin", Path: "/users/" + admin, NotContains: []string{"重设密码", "增加岗位"}},
			webtest.Scenario{As: "admin", Path: "/users/" + zhang, Contains: []string{"张三", "增加岗位", "重设密码"}},
			webtest.Scenario{As: "admin", Path: "/users/" + admin + "/reset", Form: url.Values{}, Status: 409},
			webtest.Scenario{As: "admin", Path: "/users/" + admin + "/posts",
				Form: url.Values{"unit": {"H"}, "role": {auth.Office}}, Status: 409},
			webtest.Scenario{As: "admin", Path: "/users/" + zhang + "/posts",
				Form: url.Values{"unit": {"H"}, "role": {auth.AuditAdmin}}, Status: 409, Contains: []string{"三员"}},
			webtest.Scenario{As: "admin", Path: "/users/" + zhang + "/posts",
				Form: url.Values{"unit": {"H"}, "role": {auth.Statistician}}, Status: 409},
			webtest.Scenario{As: "admin", Path: "/users/" + zhang + "/posts",
				Form: url.Values{"unit": {"X"}, "role": {"boss"}}, Status: 422},
			webtest.Scenario{As: "admin", Path: "/users/" + zhang + "/posts",
				Form: url.Values{"unit": {"H"}, "role": {auth.Liaison}}, Status: 303, Location: "/users/" + zhang},
			webtest.Scenario{As: "admin", Path: "/users/" + zhang, Contains: []string{"liaison"}},
			webtest.Scenario{As: "zhang", Path: "/profile"})
		page := s.Check(t, webtest.Scenario{As: "admin", Path: "/users/" + zhang + "/reset", Form: url.Values{},
			Contains: []string{"只显示这一次"}}).Body.String()
		once := regexp.MustCompile(`one-time">([^<]+)<`).FindStringSubmatch(page)[1]
		must(t, s.DB.View(context.Background(), func(tx *db.Tx) error {
			e, _, _, err := journal.LastOf(tx, "person/"+zhang)
			if e.Verb != "account.reset" || strings.Contains(fmt.Sprint(e.Detail), once) {
				t.Errorf("journaled is %s %v", e.Verb, e.Detail)
			}
			return err
		}))
		s.Run(t,
			webtest.Scenario{As: "zhang", Path: "/profile", Status: 303}, // to sign in
			webtest.Scenario{As: "admin", Path: "/users/" + zhang, Contains: []string{"一次性密码未改"},
				NotContains: []string{once}},
			webtest.Scenario{Path: "/signin", Form: url.Values{"name": {"zhang"}, "password": {password}}, Status: 422},
			webtest.Scenario{Path: "/tokens", Method: "POST", Status: 403,
				Body: `{"name":"zhang","password":"` + once + `"}`},
			webtest.Scenario{Path: "/signin", Form: url.Values{"name": {"zhang"}, "password": {once},
				"next": {"/users"}}, Status: 303, Location: "/profile/password"})
		s.Again("zhang")
		change := url.Values{"current": {once}, "password": {once}, "again": {once}}
		s.Run(t,
			webtest.Scenario{As: "zhang", Path: "/profile/key", Status: 403, Contains: []string{"一次性密码"}},
			webtest.Scenario{As: "zhang", Path: "/profile/password", Contains: []string{"请先改成自己的密码"}},
			webtest.Scenario{As: "zhang", Path: "/profile/password", Form: change, Status: 422})
		change.Set("password", "窗台上的三盆绿萝")
		change.Set("again", "窗台上的三盆绿萝")
		s.Run(t, webtest.Scenario{As: "zhang", Path: "/profile/password", Form: change, Status: 303})
		s.Again("zhang")
		s.Run(t, webtest.Scenario{As: "zhang", Path: "/profile/key"},
			webtest.Scenario{As: "admin", Path: "/users/" + zhang, NotContains: []string{"一次性密码未改"}})
	})
}

// Whoever writes to the database's tables of accounts and sessions gets in nowhere, and is found.
func TestForgedAccountsAndSessions(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		zhang, admin := s.People["zhang"].ID, s.People["admin"].ID
		signIn := func(login string, status int) {
			t.Helper()
			s.Check(t, webtest.Scenario{Path: "/signin", Form: url.Values{"name": {login}, "password": {password}},
				Status: status})
		}
		verify := func(want ...string) {
			t.Helper()
			must(t, s.DB.View(context.Background(), func(tx *db.Tx) error {
				var codes []string
				found, err := account.Verify(tx)
				for _, f := range found {
					codes = append(codes, f.Code)
				}
				if !slices.Equal(codes, want) {
					t.Errorf("found %q, want %q", codes, want)
				}
				return err
			}))
		}
		verify()
		signIn("zhang", 303)
		dbtest.Outside(t, s.DB, `UPDATE accounts SET password_hash =
			(SELECT password_hash FROM accounts WHERE login = 'zhang') WHERE login = 'li'`)
		signIn("li", 422)
		verify("account.forged")
		s.Run(t, webtest.Scenario{As: "admin", Path: "/language", Form: url.Values{"lang": {"en"}}, Status: 303})
		signIn("li", 422) // a change of something else vouches for nothing
		verify("account.forged")
		dbtest.Outside(t, s.DB, `UPDATE accounts SET enabled = false WHERE login = 'zhang'`)
		verify("account.forged", "account.forged")
		dbtest.Outside(t, s.DB, `UPDATE accounts SET enabled = true WHERE login = 'zhang'`)
		signIn("zhang", 303)

		s.Run(t, webtest.Scenario{As: "zhang", Path: "/users", Status: 403})
		dbtest.Outside(t, s.DB, `UPDATE sessions SET person_id = '`+admin+`' WHERE person_id = '`+zhang+`'`)
		s.Run(t, webtest.Scenario{As: "zhang", Path: "/users", Status: 303, Location: "/signin?next=%2Fusers"})
		dbtest.Outside(t, s.DB, `DELETE FROM accounts WHERE login = 'zhao'`)
		verify("account.forged", "account.missing", "session.forged", "session.forged", "session.forged")
	})
}

// In a post that SQL gave nobody writes anything, were it for the moment that it stands there.
func TestForgedPost(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		zhang, guard := s.People["zhang"].ID, s.People["guard"].ID
		lift := "/users/" + guard + "/unlock"
		s.Run(t, webtest.Scenario{As: "zhang", Path: lift, Form: url.Values{}, Status: 403},
			webtest.Scenario{As: "admin", Path: lift, Form: url.Values{}, Status: 303})
		dbtest.Outside(t, s.DB, `INSERT INTO posts (id, person_id, unit, role, opens_on, closes_on)
			VALUES ('forged', '`+zhang+`', 'H', 'system_admin', '2000-01-01', '')`)
		s.Run(t, webtest.Scenario{As: "zhang", Path: lift, Form: url.Values{}, Status: 403},
			webtest.Scenario{As: "admin", Path: lift, Form: url.Values{}, Status: 303})
		dbtest.Outside(t, s.DB, `INSERT INTO attested (name, key, text) VALUES ('posts', 'forged', '{"closes_on":"",`+
			`"id":"forged","opens_on":"2000-01-01","person_id":"`+zhang+`","role":"system_admin","unit":"H"}')`)
		s.Run(t, webtest.Scenario{As: "zhang", Path: lift, Form: url.Values{}, Status: 403})
	})
}

// Accounts from before accounts had marks are taken over once, never again.
func TestAccountsOfAnOlderDatabase(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		strip := `UPDATE accounts SET password_hash = substr(password_hash, 1, length(password_hash) - 65)`
		for _, want := range []int{303, 422} {
			dbtest.Outside(t, s.DB, strip)
			must(t, account.Begin(context.Background(), s.DB))
			s.Check(t, webtest.Scenario{Path: "/signin", Form: url.Values{"name": {"zhang"}, "password": {password}},
				Status: want})
		}
	})
}

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
				Contains: []string{"没有符合条件的内容"}},
			webtest.Scenario{As: "admin", Path: "/users?state=usable&role=" + auth.Statistician + "&sort=-login",
				Contains:    []string{"张三", `aria-sort="descending"`},
				NotContains: []string{"/users/" + zhang + "/enable"}},
			webtest.Scenario{As: "admin", Path: "/users?state=disabled", NotContains: []string{"张三"}},
			webtest.Scenario{As: "admin", Path: "/users?state=gone", Status: 422},
			webtest.Scenario{As: "admin", Path: "/users?sort=posts&format=csv",
				Contains: []string{"姓名,用户名,邮箱,岗位,单位代码,岗位代码,状态", "张三,zhang,", ",H,"}},
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
				"/security/" + zhang + "/key/retire", "第一人签字"}},
			webtest.Scenario{As: "guard", Path: "/security?open=yes&sort=-key", Contains: []string{"张三"}},
			webtest.Scenario{As: "guard", Path: "/security?open=no", NotContains: []string{"张三"}},
			webtest.Scenario{As: "guard", Path: "/security?key=no", NotContains: []string{"张三"}},
			webtest.Scenario{As: "guard", Path: "/security?sort=-open&format=csv",
				Contains: []string{"姓名,用户名,邮箱,岗位,单位代码,岗位代码,登录中,签名密钥,密钥编号"}},
			webtest.Scenario{As: "guard", Path: "/security/" + zhang + "/key/retire", Form: url.Values{}, Status: 303},
			webtest.Scenario{As: "guard", Path: "/security/" + zhang + "/key/retire", Form: url.Values{}, Status: 409},
			webtest.Scenario{As: "guard", Path: "/security/" + zhang + "/sessions/end", Form: url.Values{},
				Status: 303},
			webtest.Scenario{As: "zhang", Path: "/profile", Status: 303}, // to sign in
			webtest.Scenario{As: "guard", Path: "/security/nobody/sessions/end", Form: url.Values{}, Status: 404},
		)
	})
}
