package app_test

// Every route of the program is asked for another district's objects by every role, and says nothing of them. The two
// districts are made in city_test.go; a new field must be named here.

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

// shared is not an object of anybody's: definitions that all read, choices, and what a user types.
const shared = ""

// fields says what the inputs of all routes name, by field, or by path and field where the field alone does not say. A
// new field that stands here nowhere fails the test: say what it names.
var fields = map[string]string{
	// whoever knows a digest has the text or the file
	"digest": shared,
	"area":   "area", "unit": "unit", "plan": "plan", "file": "attachment", "person": "person", "post": "post",
	"/areas/{code} code": "area", "/units/{code} code": "unit", "/plans/{code} code": "plan",
	"/tags/{code} code": shared, "tag": shared, "/burden/{unit} unit": "unit",
	"/forms/{code} code": shared, "/forms code": shared, "/forms/{code}/rules rules": shared,
	"/editions digest": shared, "frequency": shared, "as": shared,
	"/indicators/{code} code": shared, "/indicators/{code}/values code": shared,
	"/published/{id} id": "published", "/submissions id": "submission", "/checks id": "check",
	"/submissions first": "person", "/submissions second": "person",
	"/engagements id": "engagement", "/room id": "engagement", "/third-parties id": "third", "/panels id": "panel",
	"/score-sheets id": "sheet", "third_party": "third", "follows": "sheet", "subject_unit": "unit", "author": "unit",
	"/room kind": shared, "of": "request", "/room file": "room file", "areas": "area", "documents": shared,
	"interests": shared, "appointment": shared, "opens_on": shared, "closes_on": shared, "deliverables": shared,
	"sent": shared, "valid": shared, "who": shared, "mode": shared, "until": shared, "document": shared,
	"members": shared, "head_of": shared, "quorum": shared, "meeting_object": shared, "conclusion": shared,
	"statement": shared, "present": shared, "items_text": shared, "side": shared, "item_number": shared,
	"points": shared, "/delegations id": "delegation", "to_id": "person",
	"/cycles id": "cycle", "forms": shared, "contact": shared, "training": "meeting",
	"review_meeting": "meeting", "submission": "submission", "untaught": shared,
	"published_on": shared, "/cycles report": "letter", "/cycles unit": "unit",
	"/issues id": "issue", "/issues answer": "answer", "research": shared, "advice": shared,
	"goals": shared, "repealed_on": shared,
	"measures":   shared,
	"assessment": shared, "causes": shared, "draw": shared, "ground": shared, "head": "unit", "team": "unit",
	"indicators": shared, "methods": shared, "on_day": shared, "questions": shared, "ref": shared, "relief": shared,
	"sites": shared, "what": shared, "why": shared, "why_text": shared, "words": shared,
	"/layers id": shared, "approval": shared, "valid_on": shared,
	"/registers id": "record", "/records id": "record", "/registers/{code}/closings/{id} id": "closing",
	"/registers/{code}/closings/{id}/records id": "closing", "/registers/{code}/closings/{id}/reopen id": "closing",
	"/registers code": shared, "value": shared, "where": shared, "view": shared, "keep": shared,
	"/referrals id": "referral", "box": shared,
	"/faults id": "fault", "same_as": "fault", "/directory/{register}/{number}/faults item": shared, "register": shared,
	"number": shared, "/directory/faults code": shared,
	"/opinions id": "text", "opinion": "opinion", "changed_text": shared, "paragraph": shared,
	"reply": shared, "revision": shared, "shown_as": shared, "suggestion": shared, "weight": shared,
	"/requests id": "request", "/answers id": "answer", "reviewer": "post",
	"/todo/files/{file} file": "handout", "/trail id": "submission", "/trail file": "evidence", "/files id": "evidence",

	"/meetings id": "meeting", "/agenda id": "agenda", "/meetings/{id}/scores item": "agenda",
	"invitation": "invitation",
	"attendee":   "attendee", "decision": "decision", "meeting": "meeting", "prepared_by": "meeting", "host": "unit",
	"matter": "matter",
	// whom a meeting asks, names and tells what is for the host to say
	"agenda_item": shared, "body": shared, "capacity": shared, "chair_role": shared, "chair_unit": shared,
	"co_hosts": shared, "due_by_lead": shared, "due_on": shared, "ends": shared, "excuse": shared,
	"follow": shared, "hours": shared, "level": shared, "minutes": shared, "outcome": shared,
	"phone": shared, "reply_by": shared, "scope": shared, "score": shared, "seats": shared, "session": shared,
	"speaker": shared, "speaker_unit": shared, "stands_in_for": shared, "starts": shared, "subject": shared,
	"subjects": shared, "teacher": shared, "visible_to": shared, "why_not": shared,

	// of notices to posts that one does not hold, nothing is marked
	"/inbox/read id": shared, "job": shared, "entry": shared, "show": shared, "mail": shared, "email": shared,

	"/instructions id": "instruction", "leader": "person", "units": "unit", "paper": shared, "proposal": shared,
	"report":             shared,
	"/rectifications id": "rectification", "led_by": "post", "instruction": "instruction", "sessions": shared,
	"lines":       shared,
	"/no-data id": "nodata", "/indicator-links id": "link", "/sex-duties id": "duty", "/revisions id": "revision",
	"action": shared, "calibre": shared, "conversion": shared, "decimals": shared, "definition": shared,
	"difference": shared, "direction": shared, "effective": shared, "element": shared, "evidence": shared,
	"formula": shared, "local": shared, "measured_in": shared, "needs": shared, "now": shared, "obstacle": shared,
	"owner": "unit", "regime": shared, "relation": shared, "remarks": shared, "should": shared, "since": shared,
	"source_title": shared, "source_unit": "unit", "source_url": shared, "substitute": shared, "target_year": shared,
	"upper": shared, "upper_target": shared, "upper_unit": shared, "verdicts": shared, "with": shared,
	"/rounds id": "round", "plans": "plan", "cutoff": shared, "inspection_plan": shared,
	"leading": shared, "legal_nature": shared, "scheme": shared, "stage": shared, "stages": shared,
	"unplanned": shared, "/rounds unit": "unit", "addressee": "unit", "by": shared,
	"criterion":    shared,
	"discussed_on": shared, "/rounds line": shared, "voice": shared, "response": shared,
	"/recommendations id": "recommendation", "/recommendations round": "round",
	"/letters id": "letter", "letters": "letter", "issuer": shared, "main": shared, "copies": shared,
	"countersigners": shared, "disclosure": shared, "reply_due": shared, "mark": shared,
	"edition": shared, "theme": shared,
	"/matters id": "matter", "into": "matter", "/items id": "item", "/items ids": "item",
	"lead": "unit", "supporting": "unit",
	"responsible": "post", "handler": "person", "items": shared, "steps": shared, "source": shared,
	"source_ref": shared, "source_on": shared, "quote": shared, "problem": shared, "goal": shared, "table": shared,
	"measure": shared, "no_indicator": shared, "urgency": shared, "class": shared, "aim": shared,
	"aim_operator": shared, "aim_value": shared, "aim_period": shared, "flags": shared, "flag": shared,
	"draft": shared, "anyway": shared,
	"domain": shared, "cause": shared, "cause_kinds": shared, "on": shared, "obstacles": shared, "done": shared,
	"wanted_due": shared, "granted_due": shared, "result": shared, "figure": shared, "way": shared, "looked_at": shared,
	"step": shared, "sample": shared, "judgement": shared,
	"confirmed": shared, "look_on": shared,

	"about": shared, "basis": shared, "choice": shared, "days": shared, "due": shared, "figures": shared,
	"mine": shared, "only": shared, "q": shared, "remark": shared, "rows": shared, "sign_rule": shared, "title": shared,
	"actor": shared, "again": shared, "another": shared, "all": shared, "before": shared, "cells": shared,
	"check": shared, "confirm": shared, "current": shared, "edit": shared, "forget": shared,
	"form": shared, "from": shared, "indicator": shared, "lamp": shared, "login": shared, "name": shared,
	"next": shared, "none": shared, "notes": shared, "object": shared, "others": shared, "page": shared,
	"password": shared, "period": shared, "phrase": shared, "reason": shared, "role": shared,
	"field": shared, "kind": shared, "note": shared, "place": shared, "replaces": shared, "remember": shared,
	"sex": shared, "sort": shared, "start": shared, "state": shared, "status": shared, "open": shared, "key": shared,
	"text": shared, "to": shared, "lacks": shared, "/published figure": "published", "derived": shared, "year": shared,
	"source_page": shared, "month": shared, "verb": shared, "verdict": shared, "version": shared, "was": shared,
}

// typed are values of shared fields without which a route does not come to its object.
var typed = map[string]string{"kind": "submission",
	"code": "RATE", "/forms/{code} code": "PME", "indicator": "RATE", "period": "2018",
	"version": "999", "reason": "理由", "text": "全文", "role": "liaison", "name": "新人", "login": "new",
	"/letters/{id}/tables/{number} number":             "1",
	"/third-parties/{id}/deliverables/{number} number": "1", "/third-parties/{id}/deliverables/{number}/accept number": "1",
	"/room/{id}/documents/{kind}/{of} kind": "request",
	"/layers/{id} id":                       "none", "/layers/{id}/file id": "none", "/layers/{id}/withdraw id": "none",
	"/registers/{code}/print/{form} form": "all", "/registers/{code}/records/{id}/print/{form} form": "card",
	"/registers/{code}/records/{id}/{verb} verb": "submit",
	"password": "窗台上的三盆绿萝", "start": "16", "digest": "00", "title": "标题", "line": "1", "add": "duty"}

// namedBy is what a field names; parts of the program whose fields are many have a list of their own.
func namedBy(key string) (kind string, known bool) {
	for _, list := range []map[string]string{fields, networked, supervised} {
		if kind, known = list[key]; known {
			return kind, true
		}
	}
	return "", false
}

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
			w := walk{c, &webtest.Site{Handler: m.Handler(), DB: a.DB, People: c.people}}
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
				w := walk{c, &webtest.Site{Handler: m.Handler(), DB: a.DB, People: c.people}}
				w.outside(t, m.Routes(), days == 0)
			}
		})
	}
}

type walk struct {
	*twoDistricts
	site *webtest.Site
}

// foreign asks for objects of the second district: each alone beside own ones, then all.
func (w walk) foreign(t *testing.T, r web.Route, at []place, role string) {
	t.Helper()
	user := w.people[role]
	for one := range len(at) + 1 {
		values := map[string]string{}
		for i, p := range at {
			values[p.field] = w.districts[0].of(p.kind, user)
			if i == one || one == len(at) {
				values[p.field] = w.districts[1].of(p.kind, user)
			}
		}
		if len(at) == 0 {
			continue
		}
		for _, answer := range w.ask(t, r, role, values) {
			if r.Writes && answer.status < 400 {
				t.Errorf("%s %s as %s does something to %v of another district: %d", r.Method, r.Path, role, values,
					answer.status)
			}
			answer.silent(t, elsewhere, elsewhereFigure, strangers)
		}
	}
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
		for _, answer := range w.ask(t, r, role, values) {
			answer.silent(t, strangers)
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
		kinds = append(kinds, json, table)
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
