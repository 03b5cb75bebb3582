package sample_test

// How the story of the whole is done by its pages: whoever takes a step opens the page of the thing, finds the form
// there or behind a link of it, and sends what the form has a place for. What is refused to somebody is not offered.

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/web/webtest"
)

// elsewhere are the pages from which a form is reached that its address does not name: * stands for what stands there
// in the address, {name} for what is sent.
var elsewhere = map[string]string{
	"/panels":               "/panels?about={about}",
	"/editions":             "/editions/new",
	"/engagements":          "/engagements/new?about={about}",
	"/opinions":             "/opinions/new?about={about}",
	"/findings":             "/visits/{visit}",
	"/instructions":         "/{about}",
	"/rectifications":       "/matters/{matter}",
	"/supervision/groups":   "/{about}",
	"/meetings/*/decisions": "/meetings/*/minutes",
	"/submissions/*/print":  "/submissions/*/prepare",
	"/revisions/*/proposal": "/revisions/*/proposal?number={number}&action={action}&indicator={indicator}",
}

// byScript are steps that a page's script sends: on a phone, from what it kept without a network.
var byScript = regexp.MustCompile(`^/visits/[^/]+/notes$`)

var (
	anyVersion = regexp.MustCompile(`"version":0,?`) // programs may say so; a form says which it was made for
	anID       = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)
	aLink      = regexp.MustCompile(`<a [^>]*href="([^"#]+)`)
	aName      = regexp.MustCompile(`\{(\w+)\}`)
	plural     = map[string]string{"third_party": "third-parties"}
)

// found is where the form of a route was: on which of the pages to look at, behind which of its links.
type found struct {
	start int
	link  string
}

// fills sends a step as the page's form says it, and returns the answer.
func (w *whole) fills(login, path string, with []byte, files []string) *httptest.ResponseRecorder {
	w.t.Helper()
	f, at := w.offered(login, path, anyVersion.ReplaceAll(with, nil))
	if f == nil {
		w.t.Fatalf("%s is not offered %s with %s: %s", login, path, with, at)
	}
	for _, file := range files {
		field, _, _ := strings.Cut(file, ":")
		if f.Media != "multipart/form-data" || !f.Takes(field) {
			w.t.Errorf("%s on %s: %s takes no file %s", login, at, path, field)
		}
	}
	media, body := w.written(f, files...)
	return w.browses(login, http.MethodPost, path, "application/json", media, body)
}

// written is a form as a browser sends it, with files or without.
func (w *whole) written(f *webtest.Form, files ...string) (media string, body []byte) {
	w.t.Helper()
	if len(files) == 0 && f.Media != "multipart/form-data" {
		return "application/x-www-form-urlencoded", []byte(f.Values.Encode())
	}
	var text bytes.Buffer
	form := multipart.NewWriter(&text)
	for name, values := range f.Values {
		for _, value := range values {
			must(w.t, form.WriteField(name, value))
		}
	}
	w.attach(form, files)
	must(w.t, form.Close())
	return form.FormDataContentType(), text.Bytes()
}

// corrects sends what is refused by the form of a page, where it is offered, and looks that the page comes back in the
// reader's language with what was wrong and with what was typed.
func (w *whole) corrects(code int, words, login, path string, with []byte) {
	w.t.Helper()
	f, _ := w.offered(login, path, anyVersion.ReplaceAll(with, nil))
	if f == nil { // what the form does not offer, it cannot be sent with
		return
	}
	media, body := w.written(f)
	for _, language := range []string{"zh", "en"} {
		w.language = language
		said := w.browses(login, http.MethodPost, path, "text/html", media, body)
		page := said.Body.String()
		told := ""
		for _, one := range aProblem.FindAllStringSubmatch(page, -1) {
			told += html.UnescapeString(one[1]) + "\n"
		}
		if said.Code != code || language == "zh" && !strings.Contains(told, words) ||
			language == "en" && !english.MatchString(told) {
			w.t.Errorf("%s sends %s by its form, in %s: %d “%s”; want %d and “%s”", login, path, language, said.Code,
				told, code, words)
		}
		if lost := forgets(w.t, page, f); len(lost) > 0 {
			w.t.Errorf("%s sent %s by its form, and typed in vain %v", login, path, lost)
		}
	}
	w.language = ""
}

var english = regexp.MustCompile(`[a-z]{2}`)

// forgets are the fields of a form that was refused which the page does not show as they were typed.
func forgets(t *testing.T, page string, sent *webtest.Form) (lost []string) {
	t.Helper()
	forms, err := webtest.Forms(page)
	must(t, err)
	lost = sent.Texts()
	for _, f := range forms {
		if f.Action != sent.Action || f.Method != sent.Method {
			continue
		}
		missed := []string{}
		for _, name := range sent.Texts() {
			line := func(of *webtest.Form) string { // as browsers send it, and as a page has it
				return strings.TrimSpace(strings.ReplaceAll(strings.Join(of.Values[name], ""), "\r\n", "\n"))
			}
			if line(f) != line(sent) {
				missed = append(missed, name)
			}
		}
		if len(missed) < len(lost) || len(missed) == 0 {
			lost = missed
		}
	}
	return lost
}

// offered is the form behind an address as somebody is shown it and can fill it in, and where; or nothing, and why.
func (w *whole) offered(login, path string, with []byte) (*webtest.Form, string) {
	w.t.Helper()
	route, seen, why := anID.ReplaceAllString(path, "*"), map[string]bool{}, "there is no such form"
	look := func(at string) (*webtest.Form, string) {
		if seen[at] {
			return nil, ""
		}
		seen[at] = true
		page := w.browses(login, http.MethodGet, at, "text/html", "", nil).Body.String()
		forms, err := webtest.Forms(page)
		must(w.t, err)
		for _, f := range forms {
			if f.Action != path || f.Method != http.MethodPost {
				continue
			}
			if err := f.Fill(with); err != nil {
				why = at + ": " + err.Error()
				continue
			}
			return f, page
		}
		return nil, page
	}
	starts := startsOf(path, with)
	for i := range starts { // the one where it was last time first
		at := (i + w.forms[route].start) % len(starts)
		f, page := look(starts[at])
		if f != nil {
			w.forms[route] = found{start: at}
			return f, starts[at]
		}
		for _, link := range leadsTo(page, path, w.forms[route].link) {
			if f, _ := look(link); f != nil {
				w.forms[route] = found{at, anID.ReplaceAllString(link, "*")}
				return f, link
			}
		}
	}
	return nil, why
}

// hides looks that somebody is not offered what would be refused, on the page of the thing.
func (w *whole) hides(login, path string) {
	w.t.Helper()
	at := startsOf(path, nil)[0]
	forms, err := webtest.Forms(w.browses(login, http.MethodGet, at, "text/html", "", nil).Body.String())
	must(w.t, err)
	for _, f := range forms {
		if f.Action == path && f.Method == http.MethodPost {
			w.t.Errorf("%s is offered %s on %s, and would be refused", login, path, at)
		}
	}
}

// shows is a page as somebody reads it, with words that it has to have.
func (w *whole) shows(login, path string, words ...string) string {
	w.t.Helper()
	said := w.browses(login, http.MethodGet, w.filled(path), "text/html", "", nil)
	page := html.UnescapeString(said.Body.String())
	for _, one := range words {
		if said.Code != http.StatusOK || !strings.Contains(page, one) {
			w.t.Errorf("%s shows %s %d without %s", path, login, said.Code, one)
		}
	}
	return page
}

// showsNot looks that a page, which is there, has none of the words.
func (w *whole) showsNot(login, path string, words ...string) {
	w.t.Helper()
	said := w.browses(login, http.MethodGet, w.filled(path), "text/html", "", nil)
	for _, one := range words {
		if said.Code != http.StatusOK || strings.Contains(html.UnescapeString(said.Body.String()), one) {
			w.t.Errorf("%s is shown %s on %s: %d", login, one, w.filled(path), said.Code)
		}
	}
}

// startsOf are the pages to look at first: that of the thing, then of what it is part of.
func startsOf(path string, with []byte) (starts []string) {
	values := map[string]any{}
	json.Unmarshal(with, &values)
	if from := elsewhere[anID.ReplaceAllString(path, "*")]; from != "" {
		return []string{aName.ReplaceAllStringFunc(strings.ReplaceAll(from, "*", anID.FindString(path)),
			func(name string) string {
				value := ""
				if sent := values[strings.Trim(name, "{}")]; sent != nil {
					value = fmt.Sprint(sent)
				}
				if strings.Contains(from, "?") {
					return value
				}
				return pageOf(value)
			})}
	}
	if parts := strings.Split(path, "/"); parts[1] == "trail" {
		return []string{"/" + pageOf(parts[2]+"/"+parts[3])}
	}
	for at := path; at != ""; at = at[:strings.LastIndex(at, "/")] {
		starts = append(starts, at)
	}
	if strings.HasPrefix(path, "/third-parties/") {
		starts = append(starts, "/room") // where its people find it
	}
	if len(starts) > 2 { // the thing itself before the address of the step
		starts[0], starts[1] = starts[1], starts[0]
	}
	return starts
}

// pageOf is where an object stands: letter/ID is at letters/ID.
func pageOf(object string) string {
	kind, id, is := strings.Cut(object, "/")
	if !is {
		return object
	}
	if plural[kind] != "" {
		return plural[kind] + "/" + id
	}
	return kind + "s/" + id
}

// leadsTo are the addresses that a page leads to and that may have the form: of pages of the same thing, and where
// something new is made. Where the form was found last time comes first.
func leadsTo(page, path, last string) (links []string) {
	parts := strings.SplitN(path, "/", 4)
	thing := strings.Join(parts[:min(len(parts), 3)], "/")
	for _, found := range aLink.FindAllStringSubmatch(page, -1) {
		link := html.UnescapeString(found[1])
		near := slices.ContainsFunc([]string{path, thing + "/", thing + "?", "/" + parts[1] + "/new", "/room/"},
			func(of string) bool { return strings.HasPrefix(link, of) })
		if near && !slices.Contains(links, link) {
			links = append(links, link)
		}
	}
	for i, link := range links {
		if anID.ReplaceAllString(link, "*") == last {
			return slices.Insert(slices.Delete(links, i, i+1), 0, link)
		}
	}
	return links
}

// browses asks as a browser does, with somebody's cookie of the day.
func (w *whole) browses(login, method, path, accept, media string, body []byte) *httptest.ResponseRecorder {
	w.t.Helper()
	if _, open := w.cookies[login]; !open {
		w.update(func(tx *db.Tx) (err error) {
			w.cookies[login], _, err = auth.OpenSession(tx, w.who(tx, login).ID, auth.Cookie)
			return err
		})
	}
	hr := httptest.NewRequest(method, path, bytes.NewReader(body))
	hr.Header.Set("Accept", accept)
	hr.Header.Set("Accept-Language", cmp.Or(w.language, "zh"))
	if media != "" {
		hr.Header.Set("Content-Type", media)
	}
	hr.AddCookie(&http.Cookie{Name: "session", Value: w.cookies[login]})
	said := httptest.NewRecorder()
	w.site.ServeHTTP(said, hr)
	return said
}
