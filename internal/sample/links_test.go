package sample_test

// No page of supervision or of the year's work leads anybody to a page that is not for them: every link on these pages
// is followed as the people who see them do, in the fictional city.

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
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
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		site, err := app.SiteOf(d, sampletest.Secrets(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		s := &webtest.Site{Handler: site, DB: d, People: map[string]auth.User{}}
		for _, login := range []string{"office", "director", "health-leader", "education-liaison", "beiyuan-office",
			"beiyuan-leader", "beiyuan-statistician", "dongling-gov"} {
			signIn(t, s, login)
			if n := walk(t, s, login); n < 15 {
				t.Errorf("%s was led to %d pages only", login, n)
			}
		}
	})
}

// walk follows the links from where supervision begins, and says how many pages it came to.
func walk(t *testing.T, s *webtest.Site, login string) int {
	t.Helper()
	from := map[string]string{}
	todo := []string{"/supervision", "/visits", "/findings", "/measures?year=2023"}
	for _, page := range todo {
		from[page] = "the navigation"
	}
	for n := 0; n < len(todo); n++ {
		w := s.Ask(t, webtest.Scenario{As: login, Path: todo[n]})
		if w.Code != 200 && w.Code != 303 {
			t.Errorf("%s is led from %s to %s, which answers %d", login, from[todo[n]], todo[n], w.Code)
		}
		if !walked.MatchString(todo[n]) {
			continue
		}
		_, page, _ := strings.Cut(w.Body.String(), "<main")
		for _, m := range linked.FindAllStringSubmatch(page, -1) {
			url := html.UnescapeString(m[1])
			if from[url] == "" && !beside.MatchString(url) {
				from[url] = todo[n]
				todo = append(todo, url)
			}
		}
	}
	return len(todo)
}
