// Package webtest runs scenarios of pages against a module's real handler: who asks for what and gets which answer. It
// is for tests only.
package webtest

import (
	"cmp"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// Site is a handler with the people who may ask, by the names that scenarios use. A person called "" is nobody.
type Site struct {
	Handler http.Handler
	DB      *db.DB
	People  map[string]auth.User
	secrets map[string]string // of the sessions, by user
	doc     *openapi3.T       // what openapi.json says of the site
}

// Scenario is one request and what the answer must be. Method is GET and Status 200 unless given; a Form is posted as a
// browser does, with a File as its field; a Body is posted as JSON.
type Scenario struct {
	As          string
	Method      string
	Path        string
	Form        url.Values
	File        []byte
	FileName    string // file.xlsx if not said
	FileField   string // file if not said
	Body        string
	JSON        bool // asks for JSON
	Status      int
	Location    string // of a redirect
	Contains    []string
	NotContains []string
}

// Run runs scenarios in their order.
func (s *Site) Run(t *testing.T, scenarios ...Scenario) {
	t.Helper()
	for _, sc := range scenarios {
		s.Check(t, sc)
	}
}

// Check runs one scenario and returns the answer.
func (s *Site) Check(t *testing.T, sc Scenario) *httptest.ResponseRecorder {
	t.Helper()
	w := s.Ask(t, sc)
	body, want := w.Body.String(), sc.Status
	name := strings.TrimSpace(sc.As + " " + sc.Method + " " + sc.Path)
	if want == 0 {
		want = http.StatusOK
	}
	if w.Code != want {
		t.Errorf("%s: answer is %d, want %d: %.600s", name, w.Code, want, body)
	}
	if at := w.Header().Get("Location"); sc.Location != "" && at != sc.Location {
		t.Errorf("%s: leads to %q, want %q", name, at, sc.Location)
	}
	for _, text := range sc.Contains {
		if !strings.Contains(body, text) {
			t.Errorf("%s: %q is missing in\n%s", name, text, body)
		}
	}
	for _, text := range sc.NotContains {
		if strings.Contains(body, text) {
			t.Errorf("%s: shows %q", name, text)
		}
	}
	return w
}

// Ask sends one request and returns the answer, whatever it is.
func (s *Site) Ask(t *testing.T, sc Scenario) *httptest.ResponseRecorder {
	t.Helper()
	method, content, media := sc.Method, sc.Body, "application/json"
	if sc.Form != nil {
		method, content, media = http.MethodPost, sc.Form.Encode(), "application/x-www-form-urlencoded"
	}
	if sc.File != nil {
		content, media = multipartOf(t, sc)
	}
	if method == "" {
		method = http.MethodGet
	}
	hr := httptest.NewRequest(method, sc.Path, strings.NewReader(content))
	hr.RemoteAddr = "127.0.0.1:50000"
	hr.Header.Set("Accept", "text/html")
	if sc.JSON || sc.Body != "" {
		hr.Header.Set("Accept", "application/json")
	}
	if content != "" {
		hr.Header.Set("Content-Type", media)
	}
	if sc.As != "" {
		hr.AddCookie(&http.Cookie{Name: "session", Value: s.session(t, sc.As)})
	}
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, hr)
	s.described(t, hr, w)
	if at := misfit.FindStringIndex(w.Body.String()); at != nil && utf8.Valid(w.Body.Bytes()) {
		t.Errorf("%s says …%s…", sc.Path, w.Body.String()[max(0, at[0]-60):min(w.Body.Len(), at[1]+60)])
	}
	return w
}

// misfit is what fmt writes where a value does not fit its verb, or is missing, or one too many.
var misfit = regexp.MustCompile(`%!([a-z])?\(`)

func multipartOf(t *testing.T, sc Scenario) (content, media string) {
	t.Helper()
	var b strings.Builder
	w := multipart.NewWriter(&b)
	for name := range sc.Form {
		if err := w.WriteField(name, sc.Form.Get(name)); err != nil {
			t.Fatal(err)
		}
	}
	file, err := w.CreateFormFile(cmp.Or(sc.FileField, "file"), cmp.Or(sc.FileName, "file.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	file.Write(sc.File)
	w.Close()
	return b.String(), w.FormDataContentType()
}

// Again has a person signed in anew for the next scenario, after something ended the session.
func (s *Site) Again(as string) { delete(s.secrets, as) }

// session signs a person in, once.
func (s *Site) session(t *testing.T, as string) string {
	t.Helper()
	user, known := s.People[as]
	if !known {
		t.Fatalf("no person called %q", as)
	}
	if secret := s.secrets[as]; secret != "" {
		return secret
	}
	var secret string
	err := s.DB.Update(context.Background(), func(tx *db.Tx) (err error) {
		secret, _, err = auth.OpenSession(tx, user.ID, auth.Cookie)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.secrets == nil {
		s.secrets = map[string]string{}
	}
	s.secrets[as] = secret
	return secret
}

var (
	id  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	tag = regexp.MustCompile(`>\s*<`)
)

// Stable is a page without what differs from run to run, one tag a line, to be kept as a golden file.
func Stable(page string) string {
	return tag.ReplaceAllString(id.ReplaceAllString(page, "ID"), ">\n<") + "\n"
}
