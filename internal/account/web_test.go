package account_test

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
		admin := auth.User{}
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
			for person, role := range map[string]string{u.ID: auth.Statistician, p.ID: auth.SystemAdmin} {
				_, err := network.AddPost(tx,
					network.Post{PersonID: person, Unit: "H", Role: role, OpensOn: "2000-01-01"})
				must(t, err)
			}
			return nil
		}))
		m := web.NewMux(web.Config{DB: d, User: account.UserOf, Committed: func() {}})
		account.Routes(m, secrets, func(remote string) bool { return strings.HasPrefix(remote, "127.") })
		test(t, &webtest.Site{Handler: m.Handler(), DB: d, People: map[string]auth.User{"zhang": u, "admin": admin}})
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
