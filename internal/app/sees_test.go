package app_test

// Every route of the program is asked for another district's objects by every role, and says nothing of them. The two
// districts are made in city_test.go; what the fields of the routes name stands in sees_fields_test.go.

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/document"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

// place is one field of a route that names an object.
type place struct{ field, kind string }

// places are the fields of a route that name objects.
func places(t *testing.T, r web.Route) (all []place) {
	t.Helper()
	for _, f := range reflect.VisibleFields(r.In) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" || f.Type == reflect.TypeFor[*web.Upload]() {
			continue
		}
		top, _, _ := strings.Cut(r.Path[1:], "/")
		kind, known := shared, false
		for _, key := range []string{r.Path + " " + name, "/" + top + " " + name, name} {
			if kind, known = namedBy(key); known {
				break
			}
		}
		if !known {
			t.Errorf("%s %s: does the field %q name an object that not everybody may see? Say so in fields.",
				r.Method, r.Path, name)
		}
		if kind != shared {
			all = append(all, place{name, kind})
		}
	}
	return all
}

// request is the scenario of a route with values for its fields.
func request(r web.Route, values map[string]string) webtest.Scenario {
	path, form := r.Path, url.Values{}
	for i := range r.In.NumField() {
		name, _, _ := strings.Cut(r.In.Field(i).Tag.Get("json"), ",")
		value, given := values[name]
		if !given && (r.Writes || strings.Contains(path, "{"+name+"}") || r.Path == "/proof") {
			value = cmp.Or(typed[r.Path+" "+name], typed[name])
			if name == "code" && strings.HasPrefix(path, "/registers") {
				value = "club"
			}
		}
		if strings.Contains(path, "{"+name+"}") {
			path = strings.Replace(path, "{"+name+"}", url.PathEscape(value), 1)
		} else if value != "" {
			form.Set(name, value)
		}
	}
	if r.Writes {
		return webtest.Scenario{Method: r.Method, Path: path, Form: form}
	}
	return webtest.Scenario{Path: path + "?" + form.Encode()}
}

// of is an object of a district for a user: texts belong to the user's own unit.
func (d district) of(kind string, user auth.User) string {
	if mine := map[string]string{"text": "review", "opinion": "reviewed"}[kind]; mine != "" && user.Has(auth.Outsider) {
		kind = mine
	}
	if kind != "check" {
		return d.objects[kind]
	}
	for _, p := range user.Posts {
		if id := d.checks[p.Unit]; id != "" {
			return id
		}
	}
	for _, id := range d.checks {
		return id
	}
	return ""
}

// Nobody of one district gets at anything of another, whatever the route; and what is their own they get. The routes
// are the program's own table, so that a new one is asked too.
func TestNobodySeesAnotherDistrict(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite,
		"postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ahead atomic.Int64
			a, err := app.Open(context.Background(), app.Config{DB: target(t), Data: t.TempDir(),
				Clock: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { a.Close() })
			m, err := a.Mux()
			if err != nil {
				t.Fatal(err)
			}
			c := newTwoDistricts(t, a)
			c.remind(t)
			w := walk{c, &webtest.Site{Handler: m.Handler(), DB: a.DB, People: c.people}, name == "sqlite"}
			for _, r := range m.Routes() {
				if r.Verb == web.Public || r.In.Kind() != reflect.Struct {
					continue
				}
				at := places(t, r)
				for _, role := range auth.Roles() {
					w.foreign(t, r, at, role)
					w.above(t, r, at, role)
				}
			}
			for _, r := range m.Routes() {
				if r.Verb != web.Public && r.In.Kind() == reflect.Struct {
					w.own(t, r, places(t, r))
				}
			}
			for _, days := range []int{0, -1, 31} { // engaged from today on, for 30 days more
				ahead.Store(int64(time.Duration(days) * 24 * time.Hour))
				w := walk{c, &webtest.Site{Handler: m.Handler(), DB: a.DB, People: c.people}, name == "sqlite"}
				w.outside(t, m.Routes(), days == 0)
			}
		})
	}
}

// walk asks the routes. Pages and tables are written from what was read, whatever the database: one of the two does.
type walk struct {
	*twoDistricts
	site           *webtest.Site
	pagesAndTables bool
}

// foreign asks for objects of the second district: all, then each alone beside own ones. Who has no right to the route
// is turned away before it looks at any.
func (w walk) foreign(t *testing.T, r web.Route, at []place, role string) {
	t.Helper()
	user := w.people[role]
	for one := len(at); one >= 0 && len(at) > 0; one-- {
		values := map[string]string{}
		for i, p := range at {
			values[p.field] = w.districts[0].of(p.kind, user)
			if i == one || one == len(at) {
				values[p.field] = w.districts[1].of(p.kind, user)
			}
		}
		answers := w.ask(t, r, role, values)
		for _, answer := range answers {
			if r.Writes && answer.status < 400 {
				t.Errorf("%s %s as %s does something to %v of another district: %d", r.Method, r.Path, role, values,
					answer.status)
			}
			answer.silent(t, elsewhere, elsewhereFigure, strangers)
		}
		if turnedAway(r, role, answers) {
			return
		}
	}
}

func turnedAway(r web.Route, role string, answers []said) bool {
	return !auth.RoleCan(role, r.Verb) &&
		!slices.ContainsFunc(answers, func(s said) bool { return s.status != http.StatusForbidden })
}

// above asks for nothing by name, then for the city: who signed elsewhere is nobody's business.
func (w walk) above(t *testing.T, r web.Route, at []place, role string) {
	t.Helper()
	if r.Writes || r.Verb == "journal.read" { // the journal is one for the whole installation
		return
	}
	own, city := map[string]string{}, map[string]string{}
	for _, p := range at {
		if strings.Contains(r.Path, "{"+p.field+"}") {
			own[p.field] = w.districts[0].of(p.kind, w.people[role])
			city[p.field] = own[p.field]
		}
		switch p.kind {
		case "area":
			city[p.field] = w.root.Code
		case "unit":
			city[p.field] = "CO"
		case "plan":
			city[p.field] = "P0"
		}
	}
	for _, values := range []map[string]string{own, city} {
		answers := w.ask(t, r, role, values)
		for _, answer := range answers {
			answer.silent(t, strangers)
		}
		if turnedAway(r, role, answers) {
			return
		}
	}
}

// own asks for everything of the first district, as everybody whose role may: it is there.
func (w walk) own(t *testing.T, r web.Route, at []place) {
	t.Helper()
	for _, role := range auth.Roles() {
		values := map[string]string{}
		if role != auth.Office && slices.ContainsFunc(at, func(p place) bool { return p.kind == "letter" }) {
			continue // the letter of a district is a draft, which is its office's alone
		}
		for _, p := range at {
			values[p.field] = w.districts[0].of(p.kind, w.people[role])
		}
		values["digest"] = w.workbook
		if none := []string{"/letters/{id}/tables/{number}", "/submissions/{id}/paper"}; len(at) == 0 ||
			!auth.RoleCan(role, r.Verb) || slices.Contains(none, r.Path) { // of those there are none here
			continue
		}
		for _, answer := range w.ask(t, r, role, values) {
			if role == auth.Outsider && strings.Contains(answer.what, "format=csv") {
				continue // what they take with them goes by journaled buttons
			}
			if answer.status == http.StatusNotFound || answer.status == http.StatusForbidden && !r.Writes {
				t.Errorf("%s %s as %s does not find what is their own: %d %v", r.Method, r.Path, role, answer.status,
					values)
			}
		}
	}
}

// said is an answer as text.
type said struct {
	what   string
	status int
	text   string
}

func (s said) silent(t *testing.T, words ...string) {
	t.Helper()
	for _, word := range words {
		if at := strings.Index(s.text, word); at >= 0 {
			t.Errorf("%s: %d says %q: …%s…", s.what, s.status, word, s.text[max(0, at-120):min(len(s.text), at+60)])
		}
	}
}

// ask sends a request as a browser, as a program, and for a table.
func (w walk) ask(t *testing.T, r web.Route, role string, values map[string]string) (all []said) {
	t.Helper()
	sc := request(r, values)
	sc.As = role
	kinds := []webtest.Scenario{sc}
	if !r.Writes {
		json, table := sc, sc
		json.JSON, table.Path = true, sc.Path+"&format=csv"
		kinds = []webtest.Scenario{json}
		if w.pagesAndTables {
			kinds = append(kinds, sc, table)
		}
	}
	for _, sc := range kinds {
		answer := w.site.Ask(t, sc)
		s := said{strings.TrimSpace(role + " " + r.Method + " " + sc.Path), answer.Code, answer.Body.String()}
		if strings.HasPrefix(s.text, "PK") {
			text, err := document.ReadText("answer.docx", answer.Body.Bytes())
			if err != nil && strings.Contains(answer.Header().Get("Content-Type"), "wordprocessing") {
				t.Fatal(err)
			}
			s.text = text
		}
		if s.status >= 500 {
			t.Errorf("%s: %d", s.what, s.status)
		}
		all = append(all, s)
	}
	return all
}
