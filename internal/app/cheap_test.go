package app_test

// A module is cheap: one of nothing but a manifest appears wherever the program shows its modules, without a line
// anywhere else.

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/sign"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type pebbles struct {
	Count int `json:"count"`
}

var pebbleGrants = auth.Grant(auth.Grants{auth.Office: {"pebble.read"}})

func pebble() module.Module {
	return module.Module{Name: "pebble", Grants: pebbleGrants,
		Routes: func(m *web.Mux) {
			web.View(m, "GET /pebbles 数石子", "pebble.read", func(*web.Request, struct{}) (pebbles, error) {
				return pebbles{3}, nil
			}, nil)
		},
		Nav: []module.Nav{{Label: "石子", URL: "/pebbles", Verb: "pebble.read", Order: 35}},
		Kinds: []find.Kind{{Code: "pebble", Verb: "pebble.read", Name: "石子", NameEN: "Pebbles",
			Page: func(code string) string { return "/pebbles#" + code }}},
		Reindex: func(tx *db.Tx) error {
			return find.Put(tx, find.Doc{Object: "pebble/1", Title: "一块鹅卵石", TitleEN: "A pebble"})
		},
		Waiting: func(_ *db.Tx, by auth.User) (int, error) {
			if by.Can("pebble.read") {
				return 41, nil
			}
			return 0, nil
		},
		Verify: func(*db.Tx, sign.PublicKey) ([]journal.Finding, error) {
			return []journal.Finding{{Code: "pebble.lost", Object: "pebble/2"}}, nil
		}}
}

func opened(t *testing.T, modules ...module.Module) *app.App {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), Modules: modules})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func TestAModuleIsCheap(t *testing.T) {
	t.Parallel()
	a := opened(t, pebble())
	m, err := a.Mux()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Matrix(), "/pebbles") {
		t.Error("it is not in the access matrix")
	}
	if webtest.Read(t, m.Spec("dev")).Paths.Find("/pebbles") == nil {
		t.Error("it is not in the OpenAPI document")
	}
	office := auth.User{ID: "p", Posts: []auth.Post{{Unit: "A", Role: auth.Office, AreaPath: "1."}}}
	leader := auth.User{ID: "q", Posts: []auth.Post{{Unit: "A", Role: auth.Leader, AreaPath: "1."}}}
	list, ctx := a.List(), context.Background()
	led := func(by auth.User) bool {
		for _, n := range list.Nav(by) {
			if n.URL == "/pebbles" {
				return true
			}
		}
		return false
	}
	if !led(office) || led(leader) {
		t.Errorf("the navigation leads the office there: %t, a leader: %t", led(office), led(leader))
	}
	if err := a.DB.Update(ctx, a.Reindex); err != nil {
		t.Fatal(err)
	}
	err = a.DB.View(ctx, func(tx *db.Tx) error {
		for words, want := range map[string]int{"鹅卵石": 1, "没有的": 0} {
			hits, err := find.Find(tx, office, list.Kinds(), words)
			if err != nil || len(hits) != want {
				t.Errorf("%s finds %v (%v)", words, hits, err)
			}
		}
		if n, err := list.Waiting(tx, office); err != nil || n != 41 {
			t.Errorf("%d things wait for the office (%v)", n, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	v, err := a.Verify(ctx, nil)
	if err != nil || v.OK || len(v.Findings) != 1 || v.Findings[0].Code != "pebble.lost" {
		t.Errorf("its check finds %v (%v)", v.Findings, err)
	}
	h, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/pebbles", nil))
	if answer.Code != http.StatusSeeOther {
		t.Errorf("who is not signed in gets %d, not the way to sign in", answer.Code)
	}
}
