package sample_test

// No page leads anybody to a page that is not for them: links are followed as the people who see them do, in the
// fictional city; those of supervision every one, of all others two of each kind.

import (
	"html"
	"regexp"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/web/webtest"
)

var (
	linked = regexp.MustCompile(`href="(/[^"#]*)`)
	// walked are the pages whose links are followed further
	walked = regexp.MustCompile(`^/(visits|findings|feedbacks|objections|supervision|visit-notes|measures)([/?]|$)`)
	// beside are addresses that lead to the same page in another shape
	beside = regexp.MustCompile(`[?&](sort|format|lang)=|/(document|record|problems)$|^/(assets|files)/`)
)

func TestNoLinkOfSupervisionLeadsNowhere(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, login := range []string{"office", "director", "health-leader", "education-liaison", "beiyuan-office",
		"beiyuan-leader", "beiyuan-statistician", "dongling-gov"} {
		signIn(t, s, login)
		if n := walk(t, s, login, []string{"/supervision", "/visits", "/findings", "/measures?year=2023"},
			func(string) bool { return true }, walked.MatchString); n < 15 {
			t.Errorf("%s was led to %d pages only", login, n)
		}
	}
}

func TestNoLinkOfAHandoverLeadsNowhere(t *testing.T) {
	t.Parallel()
	s := served(t)
	handover := regexp.MustCompile(`^/(adjustments|changes)([/?]|$)`)
	for _, login := range []string{"office", "director"} {
		signIn(t, s, login)
		if n := walk(t, s, login, []string{"/adjustments", "/changes"}, func(string) bool { return true },
			handover.MatchString); n < 60 {
			t.Errorf("%s was led to %d pages only", login, n)
		}
	}
}

// served is the city with its pages.
func served(t *testing.T) *webtest.Site {
	t.Helper()
	d := sampletest.Shifan(t)
	site, err := app.SiteOf(d, sampletest.Secrets(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &webtest.Site{Handler: site, DB: d, People: map[string]auth.User{}}
}

var (
	// numbered is what makes two addresses differ that lead to the same kind of page
	numbered = regexp.MustCompile(`/([0-9]+|[0-9a-f-]{36}|[0-9a-f]{16,}|[A-Z0-9]+-[A-Z0-9-]+)`)
	valued   = regexp.MustCompile(`=[^&]*`)
)

func TestNoLinkLeadsNowhere(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, login := range []string{"civil-affairs-liaison", "beiyuan-statistician", "beiyuan-town-leader"} {
		signIn(t, s, login)
		kinds := map[string]int{}
		walk(t, s, login, []string{"/"}, func(url string) bool {
			kind := valued.ReplaceAllString(numbered.ReplaceAllString(url, "/"), "")
			kinds[kind]++
			return kinds[kind] <= 2
		}, func(string) bool { return true })
		if len(kinds) < 150 {
			t.Errorf("%s was led to %d kinds of pages only", login, len(kinds))
		}
	}
}

// walk opens the pages that links lead to from some on, where asks says so, and goes on from those that it follows; it
// says how many addresses it came to.
func walk(t *testing.T, s *webtest.Site, login string, todo []string, asks, follows func(url string) bool) int {
	t.Helper()
	from := map[string]string{}
	for _, page := range todo {
		from[page] = "the navigation"
	}
	for n := 0; n < len(todo); n++ {
		if !asks(todo[n]) {
			continue
		}
		w := s.Ask(t, webtest.Scenario{As: login, Path: todo[n]})
		if w.Code != 200 && w.Code != 303 {
			t.Errorf("%s is led from %s to %s, which answers %d", login, from[todo[n]], todo[n], w.Code)
		}
		if !follows(todo[n]) {
			continue
		}
		for _, m := range linked.FindAllStringSubmatch(w.Body.String(), -1) {
			url := html.UnescapeString(m[1])
			if from[url] == "" && !beside.MatchString(url) {
				from[url] = todo[n]
				todo = append(todo, url)
			}
		}
	}
	return len(todo)
}
