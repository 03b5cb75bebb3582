package account_test

// What people do with their own account: sign in and out, tokens, language, password, signing key. Its eachSite is the
// site of the package's page tests; administrators' pages are in manage_test.go.

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

// eachSite serves the account pages to 张三 as a statistician and as a system administrator.
func eachSite(t *testing.T, test func(*testing.T, *webtest.Site)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		secrets := newSecrets(t)
		u := office(t, d, secrets)
		admin, guard := auth.User{}, auth.User{}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			a, _, err := network.PutArea(tx, network.Area{Code: "99", Name: "示范市",
				Level: "city", OpensOn: "2000-01-01"})
			must(t, err)
			_, err = network.PutUnit(tx, network.Unit{Code: "H", Name: "示范市妇幼保健院", Kind: "health",
				AreaID: a.ID, OpensOn: "2000-01-01"})
			must(t, err)
			_, err = network.PutLabel(tx, network.Label{Kind: "role", Code: auth.Statistician, Name: "统计负责人",
				NameEN: "Statistics officer"})
			must(t, err)
			p, err := network.AddPerson(tx, network.Person{Name: "李四"})
			must(t, err)
			admin = auth.User{ID: p.ID}
			must(t, account.Create(tx, auth.User{ID: "test"}, p.ID, "li", "x"))
			g, err := network.AddPerson(tx, network.Person{Name: "赵六"})
			must(t, err)
			guard = auth.User{ID: g.ID}
			must(t, account.Create(tx, auth.User{ID: "test"}, g.ID, "zhao", "x"))
			for person, role := range map[string]string{u.ID: auth.Statistician, p.ID: auth.SystemAdmin,
				g.ID: auth.SecurityAdmin} {
				_, err := network.AddPost(tx,
					network.Post{PersonID: person, Unit: "H", Role: role, OpensOn: "2000-01-01"})
				must(t, err)
			}
			return nil
		}))
		m := web.NewMux(web.Config{DB: d, User: account.Present, Committed: func() {}})
		account.Routes(m, secrets, func(remote string) bool { return strings.HasPrefix(remote, "127.") },
			func(*db.Tx) ([]account.SampleRole, error) {
				return []account.SampleRole{{Login: "wang", Name: "王（演示）", Waiting: 2}}, nil
			})
		test(t, &webtest.Site{Handler: m.Handler(), DB: d, People: map[string]auth.User{"zhang": u, "admin": admin,
			"guard": guard}})
	})
}

func TestSignInPage(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{Path: "/signin?next=/board%3Fyear=2018",
				Contains: []string{"非涉密系统，严禁处理、传输国家秘密", "与任何机关无隶属关系",
					`value="/board?year=2018"`}},
			webtest.Scenario{Path: "/signin", Form: url.Values{"name": {"zhang"}, "password": {"wrong"},
				"next": {"/todo"}}, Status: 422,
				Contains:    []string{`value="zhang"`, `value="/todo"`, "用户名或密码不正确"},
				NotContains: []string{"wrong"}},
			webtest.Scenario{Path: "/signin", Form: url.Values{"name": {"zhang"}, "password": {password},
				"next": {"/todo"}}, Status: 303, Location: "/todo"},
		)
		for _, elsewhere := range []string{"https://example.org/", "//example.org", `/\example.org`, "/\t/example.org",
			"javascript:alert(1)", "board", "///example.org", ""} {
			s.Run(t, webtest.Scenario{Path: "/signin", Form: url.Values{"name": {"zhang"}, "password": {password},
				"next": {elsewhere}}, Status: 303, Location: "/"})
		}
	})
}

func TestSignOutEndsTheSession(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{As: "zhang", Path: "/profile",
				Contains: []string{"张三", "示范市妇幼保健院", "统计负责人", "证书指纹"}},
			webtest.Scenario{As: "zhang", Path: "/signout", Form: url.Values{}, Status: 303, Location: "/signin"},
			webtest.Scenario{As: "zhang", Path: "/profile", Status: 303, Location: "/signin?next=%2Fprofile"},
		)
	})
}

func TestTokenOpensTheSamePages(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		s.Run(t, webtest.Scenario{Path: "/tokens", Method: "POST", Body: `{"name":"zhang","password":"wrong"}`,
			Status: 422, Contains: []string{"用户名或密码不正确"}})
		w := s.Check(t, webtest.Scenario{Path: "/tokens", Method: "POST",
			Body: `{"name":"zhang","password":"` + password + `"}`})
		var token struct {
			Token     string    `json:"token"`
			ExpiresAt time.Time `json:"expires_at"`
		}
		must(t, json.Unmarshal(w.Body.Bytes(), &token))
		if token.Token == "" || time.Until(token.ExpiresAt) < 11*time.Hour {
			t.Fatalf("token is %+v", token)
		}
		hr := httptest.NewRequest(http.MethodGet, "/profile", nil)
		hr.Header.Set("Authorization", "Bearer "+token.Token)
		got := httptest.NewRecorder()
		s.Handler.ServeHTTP(got, hr)
		if got.Code != 200 || !strings.Contains(got.Body.String(), `"login":"zhang"`) ||
			strings.Contains(got.Body.String(), "argon2id") {
			t.Fatalf("profile by token: %d %s", got.Code, got.Body)
		}
	})
}

func TestLanguageIsKept(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		w := s.Check(t, webtest.Scenario{Path: "/language", Form: url.Values{"lang": {"en"}, "next": {"/signin"}},
			Status: 303, Location: "/signin"})
		if cookie := w.Header().Get("Set-Cookie"); !strings.HasPrefix(cookie, "lang=en;") ||
			!strings.Contains(cookie, "Max-Age=31536000") {
			t.Errorf("a stranger's choice is kept as %q", cookie)
		}
		s.Run(t,
			webtest.Scenario{Path: "/language", Form: url.Values{"lang": {"fr"}}, Status: 422},
			webtest.Scenario{As: "zhang", Path: "/language",
				Form: url.Values{"lang": {"en"}, "next": {"/profile"}}, Status: 303},
			webtest.Scenario{As: "zhang", Path: "/profile", Contains: []string{`lang="en"`, "Statistics officer"}},
		)
	})
}

func TestPasswordChange(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		change := func(current, password, again string) url.Values {
			return url.Values{"current": {current}, "password": {password}, "again": {again}}
		}
		s.Run(t,
			webtest.Scenario{As: "zhang", Path: "/profile/password",
				Form: change("wrong", "a new password", "a new password"), Status: 422,
				Contains: []string{"登录密码不正确"}},
			webtest.Scenario{As: "zhang", Path: "/profile/password",
				Form: change(password, "a new password", "another"), Status: 422,
				Contains: []string{"两次输入的新密码不一样"}},
			webtest.Scenario{As: "zhang", Path: "/profile/password", Form: change(password, "short", "short"),
				Status: 422, Contains: []string{"密码至少8个字符"}},
			webtest.Scenario{As: "zhang", Path: "/profile/password",
				Form: change(password, "a new password", "a new password"), Status: 303, Location: "/profile"},
			webtest.Scenario{As: "zhang", Path: "/profile", Status: 303}, // its old session is over
			webtest.Scenario{Path: "/signin", Form: url.Values{"name": {"zhang"}, "password": {password}}, Status: 422},
			webtest.Scenario{Path: "/signin",
				Form: url.Values{"name": {"zhang"}, "password": {"a new password"}}, Status: 303},
		)
	})
}

func TestSigningKeyNeedsThePasswordAgain(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		form := func(password, phrase, again string) url.Values {
			return url.Values{"password": {password}, "phrase": {phrase}, "again": {again}}
		}
		keyOf := func() (k account.Key) {
			must(t, s.DB.View(context.Background(), func(tx *db.Tx) (err error) {
				k, err = account.KeyOf(tx, s.People["zhang"].ID)
				return err
			}))
			return k
		}
		before := keyOf()
		s.Run(t,
			webtest.Scenario{As: "zhang", Path: "/profile/key", Contains: []string{"更换签名密钥"}},
			webtest.Scenario{As: "zhang", Path: "/profile/key",
				Form: form(password, "一二三四五六七八", "八七六五四三二一"), Status: 422,
				Contains: []string{"两次输入的签名口令不一样"}},
			webtest.Scenario{As: "zhang", Path: "/profile/key",
				Form: form(password, "七个字太短了吧", "七个字太短了吧"), Status: 422,
				Contains: []string{"签名口令至少8个字符"}},
			webtest.Scenario{As: "zhang", Path: "/profile/key", Form: form(password, password, password), Status: 422,
				Contains: []string{"不能与登录密码相同"}},
			webtest.Scenario{As: "zhang", Path: "/profile/key",
				Form: form("wrong", "一二三四五六七八", "一二三四五六七八"), Status: 422,
				Contains: []string{"登录密码不正确"}},
		)
		if k := keyOf(); k.ID != before.ID {
			t.Error("a refused request replaced the key")
		}
		s.Run(t, webtest.Scenario{As: "zhang", Path: "/profile/key",
			Form: form(password, "一二三四五六七八", "一二三四五六七八"), Status: 303, Location: "/profile"})
		k := keyOf()
		if k.ID == before.ID || k.Certificate.Unit != "示范市妇幼保健院" || k.Certificate.Post != "统计负责人" {
			t.Errorf("the new key is %s, of %q %q", k.ID, k.Certificate.Unit, k.Certificate.Post)
		}
	})
}

func TestAdministratorSeesNoKeyAndNoUnits(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{As: "admin", Path: "/profile", Contains: []string{"不查看业务数据"},
				NotContains: []string{"签名密钥", "/units/"}},
			webtest.Scenario{As: "admin", Path: "/profile/key", Status: 403},
		)
	})
}

// Where a sample runs, its roles sign in by a button: on that machine alone, not through a proxy, and nobody else's
// account.
func TestSampleRolesSignInByButton(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error {
			p, err := network.AddPerson(tx, network.Person{Name: "演示员", Sample: true})
			must(t, err)
			return account.Create(tx, auth.User{ID: "test"}, p.ID, "sample", "x")
		}))
		for _, try := range []struct {
			remote, header, login string
			offered               bool
			status                int
		}{
			{"127.0.0.1:9", "", "sample", true, 303},
			{"[::1]:9", "", "sample", true, 303},
			{"127.0.0.1:9", "", "zhang", true, 403},
			{"127.0.0.1:9", "", "nobody", true, 403},
			{"10.0.0.8:9", "", "sample", false, 403},
			{"127.0.0.1:9", "X-Forwarded-For", "sample", false, 403},
			{"127.0.0.1:9", "Forwarded", "sample", false, 403},
			{"127.0.0.1:9", "Via", "sample", false, 403},
			{"127.0.0.1:9", "X-Real-IP", "sample", false, 403},
			{"127.0.0.1:9", "CF-Connecting-IP", "sample", false, 403},
			{"127.0.0.1:9", "X-Original-Forwarded-For", "sample", false, 403},
			{"127.0.0.1:9", "True-Client-IP", "sample", false, 403},
		} {
			ask := func(method, path string, form url.Values) *httptest.ResponseRecorder {
				r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
				r.RemoteAddr = try.remote
				r.Header.Set("Accept", "text/html")
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				if try.header != "" {
					r.Header.Set(try.header, "198.51.100.7")
				}
				w := httptest.NewRecorder()
				s.Handler.ServeHTTP(w, r)
				return w
			}
			if page := ask("GET", "/signin", nil).Body.String(); strings.Contains(page, "待办2件") != try.offered {
				t.Errorf("%+v: buttons are offered: %t", try, !try.offered)
			}
			w := ask("POST", "/signin/sample", url.Values{"login": {try.login}, "next": {"/todo"}})
			if w.Code != try.status || try.status == 303 && w.Header().Get("Location") != "/todo" {
				t.Errorf("%+v answers %d to %q", try, w.Code, w.Header().Get("Location"))
			}
			if cookie := w.Header().Get("Set-Cookie"); strings.Contains(cookie, "session=") != (try.status == 303) {
				t.Errorf("%+v sets %q", try, cookie)
			}
		}
	})
}
