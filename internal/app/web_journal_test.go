package app_test

// The journal's page and files say in words who did what to what; every action that the code can log has words.

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/web/webtest"
)

// The journal says what was done and to whom in words, in both languages, and its files have the codes beside them.
func TestTheJournalReadsInWords(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite,
		"postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) { t.Parallel(); readsInWords(t, target(t)) })
	}
}

func readsInWords(t *testing.T, target string) {
	a, err := app.Open(context.Background(), app.Config{DB: target, Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	m, err := a.Mux()
	if err != nil {
		t.Fatal(err)
	}
	c := newTwoDistricts(t, a)
	audit := "city " + auth.AuditAdmin
	s := &webtest.Site{Handler: m.Handler(), DB: a.DB, People: c.people}
	page := s.Check(t, webtest.Scenario{As: audit, Path: "/journal", Contains: []string{"登录：全部",
		"报表：第一人签字", "办理人"}, NotContains: []string{"<code>"}}).Body.String()
	s.Check(t, webtest.Scenario{As: audit, Path: "/journal?verb=submission.", Contains: []string{
		`title="submission.prepare">第一人签字<`, "报表 ", " · 2018年"}, NotContains: []string{">submission.prepare<"}})
	page += s.Check(t, webtest.Scenario{As: audit, Path: "/journal?verb=account.",
		Contains: []string{"人员 "}}).Body.String()
	person := regexp.MustCompile(`title="(person/[^"]+)">\s*人员 ([^<]*\S)\s*<`).FindStringSubmatch(page)
	if person == nil {
		t.Fatalf("nobody is named in\n%s", page)
	}
	for _, object := range []string{person[1], person[2]} {
		s.Run(t,
			webtest.Scenario{As: audit, Path: "/journal?object=" + object, Contains: []string{"人员 " + person[2]},
				NotContains: []string{"报表 "}},
			webtest.Scenario{As: audit, Path: "/journal?format=csv&object=" + object, Contains: []string{
				"动作代码,动作,对象代码,对象", ",account.create,新增账号," + person[1] + ",人员 " + person[2] + ","}})
	}
	for _, form := range []string{"", "&format=csv", "json"} { // not a word of the business, whoever wrote it for whom
		s.Run(t, webtest.Scenario{As: audit, Path: "/journal?verb=opinion." + strings.TrimPrefix(form, "json"),
			JSON: form == "json", Contains: []string{"opinion.file"}, NotContains: []string{blindly, "的数不对"}},
			webtest.Scenario{As: audit, Path: "/journal?verb=account." + strings.TrimPrefix(form, "json"),
				JSON: form == "json", Contains: []string{"account.create"}})
	}
	s.Run(t, webtest.Scenario{As: audit, Path: "/journal?verb=account.", JSON: true, Contains: []string{`"login":`}})
	s.Run(t,
		webtest.Scenario{As: audit, Path: "/journal?verb=submission.sign", Contains: []string{"第二人签字</span>"},
			NotContains: []string{"第一人签字</span>"}},
		webtest.Scenario{As: audit, Path: "/journal?verb=submission.&sort=at&actor=" + url.QueryEscape("没有这个人"),
			Contains: []string{"没有符合条件的内容"}},
		webtest.Scenario{As: audit, Path: "/journal?sort=at&from=2000-01-01", Contains: []string{
			`aria-sort="ascending"`, `type="date"`, `title="account.create"`}},
		webtest.Scenario{As: audit, Path: "/journal?page=999", Contains: []string{"这一页没有内容"}},
		webtest.Scenario{As: audit, Path: "/journal?sort=actor", Status: 422, JSON: true,
			Contains: []string{`"sort":`}},
		webtest.Scenario{As: audit, Path: "/journal?verb=nonsense", Status: 422},
		webtest.Scenario{As: audit, Path: "/journal?object=没有这个人", Contains: []string{"没有符合条件的内容"}},
		webtest.Scenario{As: audit, Path: "/journal?from=2018-13-01", Status: 422, Contains: []string{"2018-12-31"}})
}

// Whatever the journal or the table of rights names has words.
func TestEveryActionHasWords(t *testing.T) {
	t.Parallel()
	verbs := map[string]string{}
	for _, role := range auth.Roles() {
		for _, verb := range auth.Verbs(role) {
			if !strings.HasPrefix(verb, "pebble.") {
				verbs[verb] = "rights of " + role
			}
		}
	}
	logged := regexp.MustCompile(`(?:journal\.Log\([^"\n]*|[vV]erb\w+ *= *)"([a-z]+\.[a-z_]+)"`)
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
		for _, found := range logged.FindAllStringSubmatch(string(text), -1) {
			verbs[found[1]] = name
		}
	}
	if len(verbs) < 50 {
		t.Errorf("only %d actions were found", len(verbs))
	}
	for verb, where := range verbs {
		if auth.VerbWord(verb) == "" {
			t.Errorf("%s has no words; %s uses it", verb, where)
		}
		group, what, _ := strings.Cut(verb, ".")
		if what != "read" && auth.Group(group) == "" {
			t.Errorf("what %s is done to has no word in the journal's filter", verb)
		}
	}
}
