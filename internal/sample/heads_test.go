package sample_test

// Every list of the product sorts by each of its heads, or the head says why nobody sorts by it; seen in the fictional
// city, by whoever reads the list there. What each order is, the tests of the modules say.

import (
	"context"
	"encoding/json"
	"html"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/web/webtest"
)

// readers are who reads a list where the office does not, or has none.
var readers = map[string]string{"/journal": "audit", "/users": "system", "/security": "security",
	"/referrals": "health-liaison", "/registers/obstetric_inspection/records": "health-liaison",
	"/registers/product_sample/records": "health-liaison"}

var (
	listed = regexp.MustCompile(`(?s)<table class="[^"]*\blist\b.*?</thead>`)
	head   = regexp.MustCompile(`(?s)<th ([^>]*)>(.*?)</th>`)
	sorted = regexp.MustCompile(`href="([^"]*)"[^>]*class="sort`)
	braced = regexp.MustCompile(`\{\w+\}`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

func TestEveryListSortsByEveryHead(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		site, err := app.SiteOf(d, sampletest.Secrets(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		s := &webtest.Site{Handler: site, DB: d, People: map[string]auth.User{}}
		signIn(t, s, "office", "audit", "system", "security", "health-liaison")
		lists := allLists(t, s)
		if len(lists) < 45 {
			t.Errorf("only %d lists were found: %v", len(lists), lists)
		}
		w := s.Ask(t, webtest.Scenario{As: "office", Path: "/forms?sort=number&format=csv"})
		nine, fifteen := strings.Index(w.Body.String(), "演示妇统9表"), strings.Index(w.Body.String(), "演示妇统15表")
		if nine < 0 || nine > fifteen {
			t.Errorf("form 9 stands at %d, form 15 at %d: numbers of forms are not in their order", nine, fifteen)
		}
		for _, path := range lists {
			who := readers[path]
			if who == "" {
				who = "office"
			}
			sortsByAll(t, s, who, path)
		}
	})
}

// allLists are the addresses that can be sorted; those of one register or closing are taken for each there is.
func allLists(t *testing.T, s *webtest.Site) (all []string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct{ Parameters []struct{ Name string } }
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for path, ways := range doc.Paths {
		sorts := func(p struct{ Name string }) bool { return p.Name == "sort" }
		switch {
		case !slices.ContainsFunc(ways["get"].Parameters, sorts):
		case path == "/items/print" || path == "/items/measures": // not lists: they take over a list's filters
		case strings.Contains(path, "{"):
			pattern := regexp.MustCompile(`href="(` + braced.ReplaceAllString(path, `[^/"?]+`) + `)`)
			for _, from := range []string{"/registers", "/closings"} {
				for _, m := range pattern.FindAllStringSubmatch(s.Ask(t, webtest.Scenario{As: "office",
					Path: from}).Body.String(), -1) {
					all = append(all, m[1])
				}
			}
		default:
			all = append(all, path)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func sortsByAll(t *testing.T, s *webtest.Site, who, path string) {
	t.Helper()
	w := s.Ask(t, webtest.Scenario{As: who, Path: path})
	table := listed.FindString(w.Body.String())
	if w.Code != 200 || table == "" {
		t.Errorf("%s answers %s with %d and no list", path, who, w.Code)
		return
	}
	all := count(t, s, who, path)
	for _, h := range head.FindAllStringSubmatch(table, -1) {
		label := tags.ReplaceAllString(h[2], "")
		m := sorted.FindStringSubmatch(h[2])
		if m == nil && !strings.Contains(h[1], "title=") {
			t.Errorf("%s cannot be sorted by %s and does not say why", path, label)
		}
		if m == nil {
			continue
		}
		url := html.UnescapeString(m[1])
		back := strings.NewReplacer("sort=-", "sort=", "sort=", "sort=-").Replace(url)
		if n, m := count(t, s, who, url), count(t, s, who, back); n != all || m != all {
			t.Errorf("%s has %d rows, by %s %d and %d", path, all, label, n, m)
		}
	}
}

// count is how many rows a list says it has.
func count(t *testing.T, s *webtest.Site, who, path string) int {
	t.Helper()
	var answer struct{ Total int }
	w := s.Ask(t, webtest.Scenario{As: who, Path: path, JSON: true})
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != 200 {
		t.Errorf("%s answers %s with %d: %.200s", path, who, w.Code, w.Body)
	}
	return answer.Total
}

// signIn gives the site the people of these logins.
func signIn(t *testing.T, s *webtest.Site, logins ...string) {
	t.Helper()
	for _, login := range logins {
		err := s.DB.View(context.Background(), func(tx *db.Tx) (err error) {
			s.People[login], err = signedIn(tx, login)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
