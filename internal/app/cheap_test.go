package app_test

// A module is cheap: one of nothing but a manifest appears wherever the program shows its modules, without a line
// anywhere else.

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/intake"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type pebbles struct {
	Count int `json:"count"`
}

var (
	pebbleGrants = auth.Grant(auth.Grants{auth.Office: {"pebble.read", "pebble.drop"}})
	pebbleLife   = flow.Table{Object: "pebble", Ends: []string{"gone"}, Words: map[string]say.Key{
		"pebble.drop": "扔石子",
		"pebble.find": "捡石子", "kept": "在手里", "gone": "扔了", "office": "办公室"},
		Steps: []flow.Step{flow.Line("", "pebble.find", flow.Program, "kept"),
			flow.Line("kept", "pebble.drop", "office", "gone")}}
	pebbleWords = auth.Name(pebbleLife.Words)
)

func pebble() module.Module {
	return module.Module{Name: "pebble", Grants: pebbleGrants, Words: pebbleWords, Flows: []flow.Table{pebbleLife},
		Files:     []intake.File{{Path: "pebbles.csv", Title: "石子", Columns: "code*=代码"}},
		Reminders: []module.Reminder{{Object: "pebble", Verbs: "pebble."}},
		Every: []job.Every{{Name: "pebble.count", Label: "数石子", At: "06:00",
			Run: func(*db.Tx, job.Round) (string, error) { return "", nil }}},
		About: func(_ *db.Tx, _ auth.User, of module.Of) ([]module.Card, error) {
			return []module.Card{{Title: "石子", Lines: []module.Line{{Object: of.Kind + of.Code}}}}, nil
		},
		Tasks: func(*db.Tx, auth.User) ([]module.Task, error) {
			return []module.Task{{Object: "pebble/3"}, {Object: "pebble/4", DueOn: "2024-03-15"}}, nil
		},
		Holds: []module.Hold{{Kind: "pebble", Label: "石子"}},
		Blocks: func(_ *db.Tx, about, _ string) error {
			if about == "pebble/1" {
				return errs.Conflictf("石子还在手里。")
			}
			return nil
		},
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
		if err := list.Blocks(tx, "pebble/1", "A"); errs.KindOf(err) != errs.Conflict ||
			list.Blocks(tx, "pebble/2", "A") != nil {
			t.Errorf("a letter about it is held back by %v", err)
		}
		if n, err := list.Waiting(tx, office); err != nil || n != 41 {
			t.Errorf("%d things wait for the office (%v)", n, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	holdManifest(t, a, office)
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

// holdManifest tries what the manifest says to packages that take the whole list.
func holdManifest(t *testing.T, a *app.App, office auth.User) {
	t.Helper()
	list := a.List()
	if !slices.ContainsFunc(list.Files(), func(f intake.File) bool { return f.Path == "pebbles.csv" }) {
		t.Error("its file is not in the import")
	}
	if !slices.ContainsFunc(list.Flows(), func(life flow.Table) bool { return life.Object == "pebble" }) {
		t.Error("its life is not among the states")
	}
	if auth.VerbWord("pebble.drop") != "扔石子" || auth.VerbWord("kept") != "" {
		t.Error("its verbs have no words, or states are taken for verbs")
	}
	if r := list.Reminders(); !slices.ContainsFunc(r, func(r module.Reminder) bool { return r.Object == "pebble" }) {
		t.Error("nobody is reminded of its things")
	}
	jobs, err := a.Jobs(context.Background())
	if err != nil || !slices.ContainsFunc(jobs.Jobs, func(s job.State) bool { return s.Name == "pebble.count" }) {
		t.Errorf("its job is not run (%v)", err)
	}
	if len(list.Holds()) == 0 {
		t.Error("its open work is not known")
	}
	var cards []module.Card
	err = a.DB.View(context.Background(), func(tx *db.Tx) (err error) {
		cards, err = list.About(tx, office, module.Of{Kind: "unit", Code: "7"})
		return err
	})
	if err != nil || !slices.ContainsFunc(cards, func(c module.Card) bool {
		return c.Module == "pebble" && c.Lines[0].Object == "unit7"
	}) {
		t.Errorf("what it says of a unit is %v (%v)", cards, err)
	}
	tasks, err := module.List{pebble()}.Tasks(nil, office)
	if err != nil || len(tasks) != 2 || tasks[0].Object != "pebble/4" {
		t.Errorf("what waits is %v (%v), and not what is due first", tasks, err)
	}
}
