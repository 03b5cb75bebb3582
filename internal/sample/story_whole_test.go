package sample_test

// The story of the whole, as oversight.md §16.3 tells it, without what assessments and summaries add to it: a year of
// the committee's work over HTTP, everybody with a session of their own, on both databases. Here is how it is played
// and in which order; the steps are in story_whole_*_test.go.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/notice"
	"yipanqi/internal/sample/sampletest"
)

func TestTheStoryOfTheWhole(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		for _, one := range story {
			w.scene(one.name, one.play)
		}
		clean(t, d)
	})
}

type scene struct {
	name string
	play func(*whole)
}

var story = []scene{
	{"1 a reform of the members is drafted", (*whole).drafted},
	{"2 the plenary decides a round and lists an issue", (*whole).decided},
	{"3 a cycle opens, trainings are recorded", (*whole).opened},
	{"4 forms are signed by two and accepted", (*whole).reported},
	{"5 a round is launched, self-evaluations are in", (*whole).launched},
	{"6 a third party and a panel say what they think", (*whole).judged},
	{"7 groups visit four of five areas", (*whole).visited},
	{"8 letters go out, one area objects", (*whole).told},
	{"9 plans come with the leaders' instructions", (*whole).planned},
	{"10 items run: one is overdue and climbs, one is extended", (*whole).run},
	{"11 the reform applies, items keep their clocks", (*whole).reformed},
	{"12 others check again: one fails, one passes", (*whole).checked},
	{"12 the report waits for an answer, goes out, the round ends", (*whole).concluded},
	{"14 the next figure that is accepted fills the effect ledger", (*whole).moved},
	{"every measure equals a count by plain SQL", (*whole).counted},
}

// whole is the city as it is served: what it answered stays under a name, and stands in later requests as {name.path}.
type whole struct {
	*stage
	site     http.Handler
	answers  map[string]any
	sessions map[string]string // of a day
	cookies  map[string]string // likewise
	forms    map[string]found  // by route
	byPages  bool              // and not as programs do it
	language string            // that browsers ask for; none: Chinese
}

// newWhole is a story on the city of d; byPages, its people take their steps by the forms of pages.
func newWhole(t *testing.T, d *db.DB, byPages bool) *whole {
	t.Helper()
	w := &whole{stage: newStage(t, d), answers: map[string]any{}, sessions: map[string]string{},
		cookies: map[string]string{}, forms: map[string]found{}, byPages: byPages}
	w.site = w.door.Handler()
	return w
}

func (w *whole) scene(name string, play func(*whole)) {
	w.step(name, func(s *stage) {
		one := *w
		one.stage = s
		play(&one)
	})
}

// on lets the city wake up on a later day at half past seven, with all that it does by itself in the morning.
func (w *whole) on(day string) {
	w.t.Helper()
	w.at(day + " 07:30")
	must(w.t, journal.Seal(context.Background(), w.d))
	list := w.app.List()
	desk := notice.Desk{Sources: list.Reminders(), Languages: account.Languages,
		City: func(*db.Tx) (string, error) { return "示范市", nil }}
	for _, every := range append(list.Jobs().Every, desk.Jobs().Every...) {
		round := job.Round{}
		w.update(func(tx *db.Tx) error { round.For = tx.Now; return nil })
		for first := true; first || round.Rest != ""; first = false {
			w.update(func(tx *db.Tx) (err error) { round.Rest, err = every.Run(tx, round); return err })
		}
	}
	w.at(day + " 09:00")
	clear(w.sessions)
	clear(w.cookies)
}

var referred = regexp.MustCompile(`\{([A-Za-z][\w-]*)((?:\.\w+)*)\}`)

// filled is a text with what was answered: {M} is the id in the answer M, {M.items.0.id} what stands there in it,
// {director} the id of the person with that login.
func (w *whole) filled(text string) string {
	w.t.Helper()
	return referred.ReplaceAllStringFunc(text, func(found string) string {
		name := referred.FindStringSubmatch(found)
		answer, known := w.answers[name[1]]
		if !known {
			id := ""
			w.update(func(tx *db.Tx) error { id = w.who(tx, name[1]).ID; return nil })
			return id
		}
		if name[2] == "" {
			name[2] = ".id"
		}
		return w.text(dig(answer, name[2][1:]), found)
	})
}

func (w *whole) text(v any, of string) string {
	w.t.Helper()
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	w.t.Fatalf("%s is %v", of, v)
	return ""
}

// dig is what stands at a place of an answer.
func dig(v any, path string) any {
	for _, name := range strings.Split(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[name]
		case []any:
			n, err := strconv.Atoi(name)
			if err != nil || n >= len(in) {
				return nil
			}
			v = in[n]
		default:
			return nil
		}
	}
	return v
}

// session is somebody's, for the day.
func (w *whole) session(login string) (secret string) {
	w.t.Helper()
	if _, open := w.sessions[login]; !open {
		w.update(func(tx *db.Tx) (err error) {
			w.sessions[login], _, err = auth.OpenSession(tx, w.who(tx, login).ID, auth.Bearer)
			return err
		})
	}
	return w.sessions[login]
}

// sends goes to the site as somebody. Files go along, each as field:name:what stands in it.
func (w *whole) sends(login, do, with string, files ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	method, path, _ := strings.Cut(w.filled(do), " ")
	body, media := []byte(w.filled(with)), "application/json"
	if len(files) > 0 {
		body, media = w.form(body, files)
	}
	hr := httptest.NewRequest(method, path, bytes.NewReader(body))
	hr.Header.Set("Accept", "application/json")
	hr.Header.Set("Authorization", "Bearer "+w.session(login))
	if method != http.MethodGet {
		hr.Header.Set("Content-Type", media)
	}
	said := httptest.NewRecorder()
	w.site.ServeHTTP(said, hr)
	return said
}

// form is fields and files, as a browser sends them.
func (w *whole) form(fields []byte, files []string) (body []byte, media string) {
	w.t.Helper()
	var text bytes.Buffer
	form := multipart.NewWriter(&text)
	values := map[string]any{}
	if len(fields) > 0 {
		must(w.t, json.Unmarshal(fields, &values))
	}
	for name, value := range values {
		must(w.t, form.WriteField(name, fmt.Sprint(value)))
	}
	w.attach(form, files)
	must(w.t, form.Close())
	return text.Bytes(), form.FormDataContentType()
}

// attach writes files into a form.
func (w *whole) attach(form *multipart.Writer, files []string) {
	w.t.Helper()
	for _, file := range files {
		parts := strings.SplitN(file, ":", 3)
		to, err := form.CreateFormFile(parts[0], parts[1])
		must(w.t, err)
		switch {
		case strings.HasSuffix(parts[1], ".yaml"):
			_, err = to.Write([]byte(parts[2]))
		case strings.HasSuffix(parts[1], ".pdf"): // a scan, as small as one can be
			_, err = fmt.Fprintf(to, "%%PDF-1.4\n%% %s\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "+
				"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</Root 1 0 R>>\n%%%%EOF\n", parts[2])
		default:
			err = document.Write(to, document.Document{Title: parts[1], Sample: document.SampleMark,
				Blocks: []document.Block{document.Text("（模拟）" + parts[2])}})
		}
		must(w.t, err)
	}
}

// may does what somebody may do, and keeps the answer under a name.
func (w *whole) may(name, login, do, with string, files ...string) any {
	w.t.Helper()
	path, post := strings.CutPrefix(w.filled(do), "POST ")
	var said *httptest.ResponseRecorder
	if w.byPages && post && !byScript.MatchString(path) {
		said = w.fills(login, path, []byte(w.filled(with)), files)
	} else {
		said = w.sends(login, do, with, files...)
	}
	if said.Code >= 300 {
		w.t.Fatalf("%s as %s with %s: %d %.600s", w.filled(do), login, w.filled(with), said.Code, said.Body)
	}
	var answer any
	must(w.t, json.Unmarshal(said.Body.Bytes(), &answer))
	if name != "" {
		w.answers[name] = answer
	}
	return answer
}

// mayNot tries what somebody may not do, and looks for the answer and why.
func (w *whole) mayNot(code int, words, login, do, with string, files ...string) {
	w.t.Helper()
	if path, post := strings.CutPrefix(w.filled(do), "POST "); w.byPages && post {
		if code == http.StatusForbidden {
			w.hides(login, path)
		} else if code >= http.StatusConflict && len(files) == 0 {
			w.corrects(code, words, login, path, []byte(w.filled(with)))
		}
	}
	said := w.sends(login, do, with, files...)
	if said.Code != code || !strings.Contains(said.Body.String(), words) {
		w.t.Errorf("%s as %s: %d %.600s; want %d and “%s”", w.filled(do), login, said.Code, said.Body, code, words)
	}
}

// reads looks for words in what somebody is shown.
func (w *whole) reads(login, do string, words ...string) {
	w.t.Helper()
	said := w.sends(login, "GET "+do, "")
	for _, one := range words {
		if said.Code != http.StatusOK || !strings.Contains(said.Body.String(), w.filled(one)) {
			w.t.Errorf("GET %s as %s lacks %s: %d %.1500s", w.filled(do), login, w.filled(one), said.Code, said.Body)
		}
	}
}

// holds looks at a place of an answer.
func (w *whole) holds(name, path string, want any) {
	w.t.Helper()
	if got := dig(w.answers[name], path); fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("%s of %s is %v, want %v", path, name, got, want)
	}
}

// goesOut has a letter checked by the other officer, signed by the director and issued.
func (w *whole) goesOut(letter string) {
	w.t.Helper()
	w.may("letter", "office", "GET /letters/"+letter, "")
	w.may("", "office-b", "POST /letters/"+letter+"/check",
		`{"version":{letter.letter.version},"digest":"{letter.digest}"}`)
	w.may("", "director", "POST /letters/"+letter+"/sign", `{"digest":"{letter.digest}","phrase":"yipanqi-sign"}`)
	w.may("letter", "office", "GET /letters/"+letter, "")
	w.may("", "office", "POST /letters/"+letter+"/issue", `{"version":{letter.letter.version}}`)
}

// said is an answer as text.
func said(answer any) string {
	text, _ := json.Marshal(answer)
	return string(text)
}
