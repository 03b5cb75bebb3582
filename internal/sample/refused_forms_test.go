package sample_test

// A form that is refused comes back as it was sent: with what was wrong, and with every word that was typed. All forms
// of evaluation and supervision that pages offer are sent with more words than any field takes.

import (
	"fmt"
	"html"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/web/webtest"
)

var (
	// overseen are the pages of evaluation and supervision, and what lies on them.
	overseen = regexp.MustCompile(`^/(matters|items|rounds|recommendations|visits|findings|feedbacks|objections|` +
		`supervision|panels|opinions|rectifications|instructions|issues|third-parties|engagements|room|requests|answers|` +
		`letters|trail)([/?]|$)`)
	entrances = []string{"/todo", "/matters", "/items", "/items/desk", "/rounds", "/visits", "/findings",
		"/supervision", "/panels", "/opinions", "/rectifications", "/instructions", "/issues", "/engagements",
		"/requests"}
)

// aProblem is where a page says what was wrong with a form.
var aProblem = regexp.MustCompile(`(?s)class="[^"]*(?:alert-danger|invalid-feedback)[^>]*>([^<]*)<`)

func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newStage(t, sampletest.Shifan(t))
	s.update(func(*db.Tx) error { return nil })
	w := &whole{stage: s, answers: map[string]any{}, cookies: map[string]string{}, byPages: true}
	w.site = w.door.Handler()
	tried := map[string]int{}
	for _, login := range []string{"office", "director", "education-liaison", "education-leader",
		"education-statistician", "beiyuan-office", "beiyuan-director"} {
		w.typesTooMuch(login, tried)
	}
	if len(tried) < 60 {
		t.Errorf("only %d forms were sent: %v", len(tried), slices.Sorted(maps.Keys(tried)))
	}
}

// typesTooMuch walks through the pages that somebody sees and sends each kind of form.
func (w *whole) typesTooMuch(login string, tried map[string]int) {
	w.t.Helper()
	todo, known, kinds := slices.Clone(entrances), map[string]bool{}, map[string]int{}
	for n := 0; n < len(todo); n++ {
		page := w.browses(login, http.MethodGet, todo[n], "text/html", "", nil)
		if page.Code != http.StatusOK {
			continue
		}
		for _, m := range linked.FindAllStringSubmatch(page.Body.String(), -1) {
			url := html.UnescapeString(m[1])
			if known[url] || beside.MatchString(url) || !overseen.MatchString(url) {
				continue
			}
			known[url] = true
			kind := valued.ReplaceAllString(numbered.ReplaceAllString(url, "/"), "")
			if kinds[kind]++; kinds[kind] <= 4 {
				todo = append(todo, url)
			}
		}
		forms, err := webtest.Forms(page.Body.String())
		must(w.t, err)
		for _, f := range forms {
			kind := numbered.ReplaceAllString(f.Action, "/") + " " + numbered.ReplaceAllString(strings.Join(f.Texts(),
				" "), "")
			if f.Method != http.MethodPost || !overseen.MatchString(f.Action) || len(f.Texts()) == 0 ||
				tried[kind] > 1 {
				continue
			}
			tried[kind]++
			w.typed(login, todo[n], f)
		}
	}
}

// typed sends a form with too many words in all of its fields.
func (w *whole) typed(login, at string, f *webtest.Form) {
	w.t.Helper()
	for n, name := range f.Texts() {
		f.Values[name] = []string{fmt.Sprintf("words %d%s", n, strings.Repeat("x", 20_000))}
	}
	media, body := w.written(f)
	w.language = "en"
	said := w.browses(login, http.MethodPost, f.Action, "text/html", media, body)
	w.language = ""
	if said.Code < 400 || said.Code == http.StatusConflict { // taken, or no longer to be done
		return
	}
	page := said.Body.String()
	if lost := forgets(w.t, page, f); len(lost) > 0 {
		w.t.Errorf("%s sent %s of %s, which answers %d, and typed in vain %v", login, f.Action, at, said.Code, lost)
	}
	if !aProblem.MatchString(page) {
		w.t.Errorf("%s sent %s of %s, and is not told why it is refused: %d", login, f.Action, at, said.Code)
	}
}
