package sample_test

// Whatever the sample city's journal tells of is shown to those alone who may see it: every kind of thing says who that
// is, its trail answers as its page does, and nobody is told of, or finds, what they may not open.

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/web/webtest"
)

// ofTheHouse are kinds of things that the journal tells of and that are shown by no name, and why.
var ofTheHouse = map[string]string{
	"person": "what was done to an account is for the page of the journal alone", "login": "as a person",
	"accounts": "all accounts together", "definitions": "all definitions together, by their digests",
	"installation": "imports, jobs and checkpoints", "clock": "the day of a sample",
	"witness": "what others hold of the journal", "checkpoint": "a place of the journal",
	"remark":   "shown in the trail of what it is about, to those who see that",
	"evidence": "handed out by what it lies on, to those who see that",
	"register": "a definition, as a form is"}

// called are the names that the code gives to what it journals.
var called = regexp.MustCompile(`(?m)(?:journal|held)\.Log\([^\n]*?"([a-z_]+)/|` +
	`bject\(\) string \{\s*return "([a-z_]+)/|` +
	`held\.Table\{Name: "[a-z_]+", Kind: "([a-z_]+)"`)

func kindsInCode(t *testing.T) map[string]bool {
	kinds := map[string]bool{}
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, found := range called.FindAllStringSubmatch(string(text), -1) {
			kinds[found[1]+found[2]+found[3]] = true
		}
	}
	return kinds
}

func TestEveryKindOfThingSaysWhoSeesIt(t *testing.T) {
	t.Parallel()
	d := sampletest.Shifan(t)
	kinds := kindsInCode(t)
	if len(kinds) < 50 {
		t.Errorf("only %d kinds of things were found in the code", len(kinds))
	}
	objects := map[string][]string{}
	err := d.View(context.Background(), func(tx *db.Tx) error {
		all, err := db.All(tx, db.Single[string], `SELECT DISTINCT object FROM journal ORDER BY object DESC`)
		for _, object := range all {
			kind, _, _ := strings.Cut(object, "/")
			kinds[kind], objects[kind] = true, append(objects[kind], object)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	modules := (&app.App{DB: d}).List()
	pages, sees, parts := map[string]func(string) string{}, map[string]bool{}, map[string]string{}
	for _, m := range modules {
		for _, p := range m.Places {
			pages[p.Kind], sees[p.Kind] = p.Page, true
		}
		for kind := range m.Sees {
			sees[kind] = true
		}
		for kind, of := range m.Parts {
			parts[kind] = of
		}
	}
	for kind := range kinds {
		if of := parts[kind]; !sees[kind] && !sees[of] && ofTheHouse[kind] == "" {
			t.Errorf("nothing says who may see a %s: Places, Sees or Parts of its module", kind)
		}
	}
	for kind, of := range parts {
		if sees[kind] || !sees[of] {
			t.Errorf("%s as a part of %s: it says itself who sees it, or nothing says who sees a %s", kind, of, of)
		}
	}
	site, err := app.SiteOf(d, sampletest.Secrets(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &webtest.Site{Handler: site, DB: d, People: map[string]auth.User{}}
	for _, login := range []string{"zhonghu-statistician", "labour-liaison", "audit"} {
		signIn(t, s, login)
		for kind, page := range pages {
			some := objects[kind]
			for _, object := range some[:min(2, len(some))] {
				_, id, _ := strings.Cut(object, "/")
				opens := s.Ask(t, webtest.Scenario{As: login, Path: page(id), JSON: true}).Code
				at := "/trail/" + kind + "/" + url.PathEscape(id)
				trail := s.Ask(t, webtest.Scenario{As: login, Path: at, JSON: true}).Code
				if trail == 200 && opens != 200 && opens != 303 || trail >= 500 || opens >= 500 {
					t.Errorf("%s reads the trail of %s (%d), but its page %s answers %d", login, object, trail, page(id),
						opens)
				}
			}
		}
		for kind := range kinds {
			if pages[kind] != nil || len(objects[kind]) == 0 {
				continue
			}
			_, id, _ := strings.Cut(objects[kind][0], "/")
			at := "/trail/" + kind + "/" + url.PathEscape(id)
			if w := s.Ask(t, webtest.Scenario{As: login, Path: at}); w.Code < 400 {
				t.Errorf("%s reads the trail of a %s, which has none: %d", login, kind, w.Code)
			}
		}
		opens(t, s, login)
	}
}

// opens follows what the search and the inbox offer the reader: each is theirs to open.
func opens(t *testing.T, s *webtest.Site, login string) {
	t.Helper()
	var offered struct {
		Hits    []struct{ URL string } `json:"hits"`
		Notices []struct{ URL string } `json:"notices"`
	}
	for _, from := range []string{"/inbox?show=all", "/search?q=2023", "/search?q=" + url.QueryEscape("儿童")} {
		w := s.Ask(t, webtest.Scenario{As: login, Path: from, JSON: true})
		if w.Code == 403 {
			continue
		}
		if err := json.Unmarshal(w.Body.Bytes(), &offered); err != nil {
			t.Fatalf("%s for %s: %v", from, login, err)
		}
		for _, one := range append(offered.Hits, offered.Notices...) {
			if one.URL == "" {
				continue
			}
			if w := s.Ask(t, webtest.Scenario{As: login, Path: one.URL}); w.Code >= 400 {
				t.Errorf("%s offers %s the page %s, which answers %d", from, login, one.URL, w.Code)
			}
		}
		offered.Hits, offered.Notices = nil, nil
	}
}
