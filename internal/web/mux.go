// Package web is the one way a request is served: route → session or token → permission → decode → one
// transaction → one typed answer, written as page, JSON, CSV, file or redirect after the commit. A handler has
// no ResponseWriter. It knows no business.
package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"runtime/debug"
	"sort"
	"strings"
	"time"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// Config is what the kernel needs to know of the program around it.
type Config struct {
	DB        *db.DB
	User      func(tx *db.Tx, personID string) (auth.User, error)  // the person of a session with today's posts
	Env       func(r *Request, e *part.Env) error                  // fills the page's shell: navigation, sample mark
	Asset     func(name string) string                             // URL of a built front-end file
	Committed func()                                               // called after every commit that wrote
	BaseURL   string                                               // where users reach the site, if it was said
	Patience  time.Duration                                        // for the database; 0 is patience
	Past      func(ctx context.Context, day string) (*Past, error) // opens an earlier day, see AsOf
}

// Mux holds the routes. Every route names the verb that its user needs, or Public.
type Mux struct {
	Config
	mux    *http.ServeMux
	routes []Route
	turns  turns
}

// Route is one line of the route table, as tests, the access matrix and OpenAPI see it.
type Route struct {
	Method, Path, Verb string
	Words              say.Key // what it is for, in Chinese; English is the dictionary's
	In, Out            reflect.Type
	Writes             bool
	Page               bool // a browser is shown a page
	AsOf               bool // ?as_of= shows an earlier day
}

// patience is how long the database may keep a request waiting or working. With the three seconds that SQLite may still
// be waiting for a lock then, and three for a refused form to come back with its input, a request ends within fifteen.
const patience = 9 * time.Second

// Public is the verb of what everybody may do.
const Public = auth.Public

// NewMux returns an empty Mux.
func NewMux(c Config) *Mux { return &Mux{Config: c, mux: http.NewServeMux(), turns: turnsFor(c.DB)} }

// Routes lists all routes by path and method.
func (m *Mux) Routes() []Route {
	routes := append([]Route(nil), m.routes...)
	sort.Slice(routes, func(i, j int) bool {
		return routes[i].Path+" "+routes[i].Method < routes[j].Path+" "+routes[j].Method
	})
	return routes
}

// Handle serves pattern with a plain handler: for built files, which need no transaction.
func (m *Mux) Handle(pattern string, h http.Handler) { m.mux.Handle(pattern, h) }

// View serves pattern by reading: handle's answer is shown by page, or as JSON or CSV. page may be nil where
// there is no page to show. A pattern is method, path and what the route is for: "GET /board 看总览".
func View[In, Out any](m *Mux, pattern, verb string, handle func(*Request, In) (Out, error),
	page func(Out) templ.Component, options ...Option) {
	var o route
	for _, option := range options {
		option(&o)
	}
	add[In, Out](m, pattern, verb, false, page != nil)
	m.routes[len(m.routes)-1].AsOf = o.asOf
	m.serve(pattern, func(x *exchange) {
		var in In
		if o.asOf {
			defer x.asksFor(verb)()
		}
		if !x.offered(verb, reflect.TypeFor[Out]()) {
			return
		}
		var out Out
		show := func() templ.Component { return pageOf(page, out) }
		err := x.decode(verb, &in)
		if err == nil {
			err = load(&in)
		}
		if err != nil {
			if x.asksAgain(err) { // what the page says beside the question
				_ = x.view(verb, func(r *Request) error { out, _ = handle(r, in); return nil })
			}
			x.unanswered(err, show)
			return
		}
		if t := reflect.TypeFor[Out](); t.Implements(isTabled) {
			x.env.Exports = exportURLs(x.http)
		}
		defer func() { x.spool.drop() }()
		defer x.turn()()
		x.marked()
		err = x.viewDay(verb, func(r *Request) (err error) {
			if r.Whole = x.exports(); r.Whole && r.User.Has(auth.Outsider) {
				return errs.Missingf("受聘人员不能整表导出。请用页面上的下载按钮，下载会记录在案。")
			}
			if out, err = handle(r, in); err == nil && r.Whole {
				err = x.export(any(out).(tabled))
			}
			x.rests(r, out)
			return err
		})
		switch {
		case errors.Is(err, errUnchanged):
			x.spare("")
		case err != nil:
			x.unanswered(err, show)
		default:
			x.answer(out, show)
		}
	})
}

// Update serves pattern by writing in one serialisable transaction.
func Update[In, Out any](m *Mux, pattern, verb string, handle func(*Request, In) (Out, error), options ...Option) {
	Form[In, Out, struct{}, struct{}](m, pattern, verb, handle, nil, nil, options...)
}

// Form is Update with a page to come back to: a save that is refused as invalid or in conflict shows page(load)
// again, with the input as typed and a message at each field, so that nothing is lost.
func Form[In, Out, LoadIn, Data any](m *Mux, pattern, verb string, save func(*Request, In) (Out, error),
	load func(*Request, LoadIn) (Data, error), page func(Data) templ.Component, options ...Option) {
	var o route
	for _, option := range options {
		option(&o)
	}
	add[In, Out](m, pattern, verb, true, false)
	m.serve(pattern, func(x *exchange) {
		var in In
		var out Out
		err := x.decode(verb, &in)
		if err == nil {
			err = x.before(verb, o, &in)
		}
		if err == nil {
			err = x.update(verb, o.alone, func(r *Request) (err error) {
				out, err = save(r, in)
				return err
			})
		}
		if err == nil {
			x.answer(out, func() templ.Component {
				if s, is := any(out).(Shown); is {
					return s.Page()
				}
				return nil
			})
			return
		}
		kind := errs.KindOf(err)
		if load == nil || x.wants != wantsPage || kind != errs.Invalid && kind != errs.Conflict && kind != errs.Busy {
			x.fail(err)
			return
		}
		for _, carried := range []url.Values{x.http.PostForm, nil} {
			var again LoadIn
			var data Data
			x.until = time.Now().Add(3 * time.Second)
			if decodePath(x.http, &again, nil) == nil && carry(&again, carried) == nil &&
				x.view(verb, func(r *Request) (err error) {
					data, err = load(r, again)
					return err
				}) == nil {
				x.refused(err)
				x.page(int(kind), page(data))
				return
			}
		}
		x.fail(err)
	})
}

// decode reads the input. Who may not ask learns that first, not what is wrong with the question, and the body of a
// request is not read before its sender is known to have the right.
func (x *exchange) decode(verb string, in any) error {
	nothing := func(*Request) error { return nil }
	if verb == Public || !writes(x.http) {
		refused := decode(x.http, in, verb == Public)
		if refused != nil {
			if err := x.view(verb, nothing); err != nil {
				return err
			}
		}
		return refused
	}
	if err := x.view(verb, func(r *Request) error { x.asked = r; return nil }); err != nil {
		return err
	}
	err := decode(x.http, in, false)
	x.until = time.Time{}
	return err
}

func pageOf[Out any](page func(Out) templ.Component, out Out) templ.Component {
	if page == nil {
		return nil
	}
	return page(out)
}

func add[In, Out any](m *Mux, pattern, verb string, writes, page bool) {
	address, words := cutWords(pattern)
	method, path, _ := strings.Cut(address, " ")
	m.routes = append(m.routes, Route{method, path, verb, words, reflect.TypeFor[In](), reflect.TypeFor[Out](), writes,
		page, false})
}

// cutWords takes what a route is for off its pattern.
func cutWords(pattern string) (address string, words say.Key) {
	method, rest, _ := strings.Cut(pattern, " ")
	path, about, _ := strings.Cut(rest, " ")
	return strings.TrimSpace(method + " " + path), say.Key(about)
}

// exchange is one request and its answer.
type exchange struct {
	mux    *Mux
	http   *http.Request
	w      http.ResponseWriter
	wants  string
	env    part.Env
	user   auth.User
	spool  *spool
	fresh  int       // seconds that the answer may be kept, if it is nobody's own
	state  string    // of the database before it was read
	marks  bool      // the client may have the answer already
	made   string    // of what the answer is made
	asked  *Request  // before its input was read
	until  time.Time // when the database has had its time
	within *inside   // of a transaction that is open already
	leave  func()    // gives its turn back once the answer is made; nil: it has none
	asOf   string    // the day that is asked for, if the route shows earlier ones
	past   *Past     // that day, once it is open
}

// bounded is the request's context, ending when the database has had its time. The clock starts at the first use of the
// database: not while an upload comes in, nor while a key is unlocked.
func (x *exchange) bounded() (context.Context, context.CancelFunc) {
	if x.until.IsZero() {
		x.until = time.Now().Add(cmp.Or(x.mux.Patience, patience))
	}
	return context.WithDeadline(x.http.Context(), x.until)
}

func (m *Mux) serve(pattern string, fn func(*exchange)) {
	address, _ := cutWords(pattern)
	m.mux.HandleFunc(address, func(w http.ResponseWriter, hr *http.Request) {
		x := m.exchange(w, hr)
		defer func() {
			if hr.MultipartForm != nil {
				hr.MultipartForm.RemoveAll()
			}
		}()
		defer func() {
			if p := recover(); p != nil {
				x.fail(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
			}
		}()
		fn(x)
	})
}

func (m *Mux) exchange(w http.ResponseWriter, hr *http.Request) *exchange {
	x := &exchange{mux: m, http: hr, w: w, wants: wantedFormat(hr),
		env: part.Env{Lang: languageOf(hr, ""), Path: hr.URL.Path, Back: backOf(hr), Asset: m.Asset}}
	if in, ok := hr.Context().Value(insideKey{}).(inside); ok {
		x.within = &in
	}
	return x
}

// Refuse answers every request with err, before anybody asks who sent it.
func (m *Mux) Refuse(err error) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) { m.exchange(w, hr).fail(err) }
}

// view runs fn in a reading transaction, once the user is known and may do verb.
func (x *exchange) view(verb string, fn func(*Request) error) error {
	if x.within != nil {
		return x.in(x.within.tx, verb, fn)
	}
	ctx, cancel := x.bounded()
	defer cancel()
	return x.mux.DB.View(ctx, func(tx *db.Tx) error { return x.in(tx, verb, fn) })
}

func (x *exchange) update(verb string, alone bool, fn func(*Request) error) error {
	if x.within != nil {
		return x.in(x.within.tx, verb, fn)
	}
	run := x.mux.DB.Update
	if alone {
		run = x.mux.DB.UpdateAlone
	}
	ctx, cancel := x.bounded()
	defer cancel()
	return run(ctx, func(tx *db.Tx) error {
		tx.After(x.mux.Committed)
		return x.in(tx, verb, fn)
	})
}

func (x *exchange) in(tx *db.Tx, verb string, fn func(*Request) error) error {
	r := &Request{Tx: tx, DB: x.mux.DB, Context: x.http.Context(), Secret: secretOf(x.http).value,
		Remote: Remote(x.http), Site: x.site(), BaseURL: x.mux.BaseURL, State: x.state}
	if x.within != nil {
		r.DB = nil
	}
	user, err := x.identify(tx)
	if err != nil {
		return err
	}
	r.User, x.user = user, user
	x.env.Lang = languageOf(x.http, user.Language)
	if user.Has(auth.Outsider) { // what they take with them is journaled by its own button
		x.env.Exports = part.Exports{}
	}
	r.Lang = x.env.Lang
	if x.unchanged(tx, verb) {
		return errUnchanged
	}
	if x.wants == wantsPage && x.mux.Env != nil {
		if err := x.mux.Env(r, &x.env); err != nil {
			return err
		}
	}
	if verb != Public && !user.Known() {
		return errSignIn
	}
	if err := user.Check(verb); err != nil {
		return err
	}
	return fn(r)
}

func (x *exchange) identify(tx *db.Tx) (auth.User, error) {
	if x.within != nil {
		return x.within.user, nil
	}
	secret := secretOf(x.http)
	if secret.value == "" {
		return auth.User{}, nil
	}
	person, err := auth.SessionPerson(tx, secret.value, secret.kind)
	if errs.KindOf(err) == errs.Missing {
		return auth.User{}, nil // expired
	}
	if err != nil {
		return auth.User{}, err
	}
	return x.mux.User(tx, person)
}
