package web

// An earlier day: a reading route that says so answers ?as_of=2018-10-31 from a copy of that day, to the same people,
// with nothing on the page that would act. How such a copy is made is package asof's; whether a figure in it is proven
// is said by the page itself.

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// Past is the installation as it stood at the end of a day. Unproven are the tables of definitions whose state of that
// day cannot be proven. Release is called when nobody reads it any more.
type Past struct {
	DB       *db.DB
	Day      string
	Unproven []string
	Release  func()
}

// AsOf lets a reading route answer for an earlier day: it must read nothing but what such a copy holds.
func AsOf(r *route) { r.asOf = true }

const asOfName = "as_of"

type asOfKey struct{}

// asksFor takes the day that is asked for, and returns what is to be done when the answer is written.
func (x *exchange) asksFor(verb string) (release func()) {
	x.http = x.http.WithContext(context.WithValue(x.http.Context(), asOfKey{}, true))
	x.asOf = x.http.URL.Query().Get(asOfName)
	x.env.Past = part.Past{Offered: verb != Public && x.mux.Past != nil, Day: x.asOf,
		Here: without(x.http.URL, asOfName)}
	return func() {
		if x.past != nil {
			x.past.Release()
		}
	}
}

// viewDay is view on the day that was asked for: who asks is known from today, and may read, not act.
func (x *exchange) viewDay(verb string, fn func(*Request) error) error {
	if x.asOf == "" || x.mux.Past == nil {
		return x.view(verb, fn)
	}
	var now *Request
	today := false
	err := x.view(verb, func(r *Request) error {
		now = r
		if today = x.asOf == r.Tx.Today(); today {
			x.env.Past.Day = ""
			return fn(r)
		}
		if _, err := time.Parse(time.DateOnly, x.asOf); err != nil {
			return noDay(say.New("日期“%s”不对。请写成 2024-03-15。", x.asOf))
		}
		if x.asOf > r.Tx.Today() {
			return noDay(say.New("%s还没有到。请选今天以前的日期。", x.asOf))
		}
		return nil
	})
	if err != nil || today {
		return err
	}
	if x.past, err = x.mux.Past(x.http.Context(), x.asOf); err != nil {
		if errs.KindOf(err) == errs.Busy {
			x.w.Header().Set("Refresh", "3")
		}
		return err
	}
	x.env.Past.Unproven = len(x.past.Unproven) > 0
	x.w.Header().Set("As-Of", x.past.Day)
	x.until = time.Time{}
	ctx, cancel := x.bounded()
	defer cancel()
	return x.past.DB.View(ctx, func(tx *db.Tx) error {
		r := *now
		r.Tx, r.DB, r.AsOf = tx, nil, x.past.Day
		r.User.Only = x.mux.readingVerbs()
		return fn(&r)
	})
}

func noDay(why say.Words) error { return errs.Fields{asOfName: why}.Check("没有这一天。") }

// readingVerbs are those that routes which show earlier days ask for.
func (m *Mux) readingVerbs() map[string]bool {
	verbs := map[string]bool{}
	for _, r := range m.routes {
		if r.AsOf {
			verbs[r.Verb] = true
		}
	}
	return verbs
}

// shows says whether the page at an address of this site shows earlier days.
func (m *Mux) shows(address *url.URL) bool {
	_, pattern := m.mux.Handler(&http.Request{Method: http.MethodGet, URL: address, Host: address.Host})
	method, path, _ := strings.Cut(pattern, " ")
	for _, r := range m.routes {
		if r.AsOf && r.Method == method && r.Path == path {
			return true
		}
	}
	return false
}

// onDay keeps the reader on the day: links and filters of the page lead on to it, and forms that act are left out.
func (m *Mux) onDay(page []byte, day string) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(page))
	inMain, acting := false, 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken { // the end: pages are ours
			return out.Bytes()
		}
		raw := bytes.Clone(z.Raw())
		name, has := z.TagName()
		tag := string(name)
		inMain = inMain && !(kind == html.EndTagToken && tag == "main") || kind == html.StartTagToken && tag == "main"
		switch {
		case kind == html.EndTagToken && tag == "form" && acting > 0:
			acting--
		case acting > 0:
		case kind == html.StartTagToken && (tag == "a" || tag == "form") && has:
			var at html.Token = tokenOf(z, tag)
			if tag == "a" {
				out.WriteString(m.linked(raw, at, day))
				continue
			}
			if strings.EqualFold(attribute(at, "method"), http.MethodPost) {
				if inMain {
					acting++
					continue
				}
				out.Write(raw)
				continue
			}
			out.Write(raw)
			if inMain && attribute(at, "data-now") == "" {
				out.WriteString(`<input type="hidden" name="` + asOfName + `" value="` + html.EscapeString(day) + `">`)
			}
		default:
			out.Write(raw)
		}
	}
}

func tokenOf(z *html.Tokenizer, tag string) html.Token {
	t := html.Token{Type: html.StartTagToken, Data: tag}
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		t.Attr = append(t.Attr, html.Attribute{Key: string(key), Val: string(value)})
	}
	return t
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// linked is a link that leads to the same day, if its page shows it.
func (m *Mux) linked(raw []byte, t html.Token, day string) string {
	for i, a := range t.Attr {
		if a.Key == "data-now" {
			return string(raw)
		}
		if a.Key != "href" || !strings.HasPrefix(a.Val, "/") {
			continue
		}
		to, err := url.Parse(a.Val)
		if err != nil || !m.shows(to) {
			continue
		}
		t.Attr[i].Val = OnDay(a.Val, day)
		return t.String()
	}
	return string(raw)
}

// OnDay is an address of this site on an earlier day.
func OnDay(address, day string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Set(asOfName, day)
	u.RawQuery = q.Encode()
	return u.String()
}

// without is an address without one of its parameters.
func without(u *url.URL, name string) string {
	q := u.Query()
	q.Del(name)
	return (&url.URL{Path: u.Path, RawQuery: q.Encode()}).String()
}
