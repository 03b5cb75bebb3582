package web

// A typed answer written as page, JSON, redirect or file, and errors by their kind. Tables to be saved are export.go's.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

const (
	wantsPage = "html"
	wantsJSON = "json"
	wantsCSV  = "csv"
	wantsXLSX = "xlsx"
)

// Done is the answer to a step taken: a browser is sent on, with a message to show there; a program gets Data.
type Done[T any] struct {
	To    string
	Flash string
	Data  T
	// Cookie is the secret of a session just opened; SignOut ends the browser's.
	Cookie   string
	SignOut  bool
	Language string // zh or en: this browser's choice from now on
	// Refused is what a program is told although what it sent was kept: it contradicts what is there.
	Refused error
}

// Redirect is Done where there is nothing to tell a program but where to look.
type Redirect = Done[Place]

// Place is where to look next.
type Place struct {
	Location string `json:"location"`
}

type done interface{ sent() (Redirect, any) }

// longestNext is how long an address may be that is kept over the sign-in: written into another it grows threefold.
const longestNext = 4000

// sent is where a browser goes, and what a program gets.
func (d Done[T]) sent() (Redirect, any) {
	to := Redirect{d.To, d.Flash, Place{d.To}, d.Cookie, d.SignOut, d.Language, d.Refused}
	if _, ok := any(d.Data).(Place); ok {
		return to, to.Data
	}
	return to, d.Data
}

// Problem is what a program is told when it does not get what it asked for.
type Problem struct {
	Error  string            `json:"error"`
	Status int               `json:"status"`
	Fields map[string]string `json:"fields,omitempty"` // what is wrong, by field of the input
}

// Shown is an answer to a form that has a page of its own: a secret that is shown once and stands in no address.
type Shown interface {
	Page() templ.Component
}

// File is an answer to be saved, or shown if Inline.
type File struct {
	Name, MediaType string
	Body            []byte
	Inline          bool
}

const failed = "系统出错了，已记录下来。请稍后再试；如再次出现，请告诉系统管理员。"

var errSignIn = errors.New("sign in first")

func wantedFormat(hr *http.Request) string {
	switch format := hr.URL.Query().Get("format"); format {
	case wantsJSON, wantsCSV, wantsXLSX:
		return format
	}
	accept := hr.Header.Get("Accept")
	switch {
	case strings.Contains(accept, "text/html"):
		return wantsPage
	case strings.Contains(accept, "text/csv"):
		return wantsCSV
	case strings.Contains(accept, "application/json"),
		strings.HasPrefix(hr.Header.Get("Content-Type"), "application/json"),
		hr.Header.Get("Authorization") != "":
		return wantsJSON
	}
	return wantsPage
}

func (x *exchange) answer(out any, page func() templ.Component) {
	switch out := out.(type) {
	case done:
		x.redirect(out.sent())
		return
	case File:
		x.file(out)
		return
	}
	if x.spool != nil {
		x.sendSpool()
		return
	}
	if x.wants == wantsPage && page != nil {
		if c := page(); c != nil {
			x.page(http.StatusOK, c)
			return
		}
	}
	x.json(http.StatusOK, out)
}

func (x *exchange) redirect(to Redirect, data any) {
	if to.Cookie != "" {
		x.setCookie(sessionCookie, to.Cookie, 0)
	}
	if to.SignOut {
		x.setCookie(sessionCookie, "", -1)
		x.w.Header().Set("Clear-Site-Data", `"cache"`)
	}
	if to.Language != "" {
		x.setCookie(langCookie, to.Language, 365*24*60*60)
	}
	if x.wants != wantsPage && to.Refused != nil {
		x.fail(to.Refused)
		return
	}
	if x.wants != wantsPage {
		x.json(http.StatusOK, data)
		return
	}
	if to.Flash != "" {
		x.setCookie(flashCookie, url.QueryEscape(to.Flash), 60)
	}
	if x.http.Header.Get("HX-Request") == "true" {
		x.w.Header().Set("HX-Redirect", to.To)
		x.w.WriteHeader(http.StatusNoContent)
		return
	}
	http.Redirect(x.w, x.http, to.To, http.StatusSeeOther)
}

func (x *exchange) file(f File) {
	x.fileHead(f)
	x.write(http.StatusOK, f.Body)
}

func (x *exchange) fileHead(f File) {
	disposition := "attachment"
	if f.Inline {
		disposition = "inline"
	}
	h := x.w.Header()
	h.Set("Content-Type", f.MediaType)
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
}

func (x *exchange) json(status int, v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		slog.Error("encode answer", "path", x.http.URL.Path, "error", err)
		status, b = http.StatusInternalServerError, *bytes.NewBufferString(`{"error":"internal"}`)
	}
	x.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	x.write(status, b.Bytes())
}

// page renders into memory first: half a page is never sent.
func (x *exchange) page(status int, c templ.Component) {
	if flash, err := x.http.Cookie(flashCookie); err == nil && flash.Value != "" {
		x.env.Flash, _ = url.QueryUnescape(flash.Value)
		x.setCookie(flashCookie, "", -1)
	}
	body, err := x.rendered(c)
	if unsaid := x.unsaid(body); err == nil && unsaid != "" {
		x.env.Problem += unsaid
		body, err = x.rendered(c)
	}
	if err != nil {
		if !x.gone() {
			slog.Error("render page", "path", x.http.URL.Path, "error", err)
		}
		http.Error(x.w, "页面生成失败 / the page could not be made", http.StatusInternalServerError)
		return
	}
	x.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if x.past != nil {
		body = x.mux.onDay(body, x.past.Day)
	}
	x.write(status, body)
}

func (x *exchange) rendered(c templ.Component) ([]byte, error) {
	var b bytes.Buffer
	err := c.Render(part.With(x.http.Context(), x.env), &b)
	return b.Bytes(), err
}

// unsaid is what was wrong with fields that a refused form does not show: it is said where the refusal is.
func (x *exchange) unsaid(page []byte) (words string) {
	const most = 5
	n := 0
	for _, name := range slices.Sorted(maps.Keys(x.env.Fields)) {
		msg := x.env.Fields[name]
		if strings.HasPrefix(msg, "/") || n == most || strings.Contains(words, msg) ||
			bytes.Contains(page, []byte(templ.EscapeString(msg))) { // an address is for links
			continue
		}
		n++
		words += " " + msg
	}
	return words
}

func (x *exchange) write(status int, body []byte) {
	if status == http.StatusOK && x.fresh == 0 && x.spare(brief(string(body))) {
		return
	}
	x.head(status, strconv.Itoa(len(body)))
	x.w.Write(body)
}

func (x *exchange) head(status int, length string) {
	if x.leave != nil {
		x.leave()
	}
	x.w.Header().Set("Content-Length", length)
	keep := "no-store"
	switch {
	case x.fresh > 0 && status == http.StatusOK && !x.user.Known() && x.env.Flash == "":
		keep = "public, max-age=" + strconv.Itoa(x.fresh)
	case x.w.Header().Get("ETag") != "":
		keep = asks
	}
	x.w.Header().Set("Cache-Control", keep)
	x.vary()
	x.w.WriteHeader(status)
}

func (x *exchange) vary() { x.w.Header().Set("Vary", "Accept, Cookie, Accept-Language") }

// refused prepares the page that comes back with the input and the messages.
func (x *exchange) refused(err error) {
	ctx := part.With(x.http.Context(), x.env)
	x.busy(err)
	x.env.Fields = map[string]string{}
	for name, msg := range errs.FieldsOf(err) {
		x.env.Fields[name] = part.Say(ctx, msg)
	}
	x.env.Input, x.env.Sent = x.http.PostForm, x.http.URL.Path
	x.env.Problem = message(ctx, err)
}

// asksAgain says whether a question that is refused is shown on its own page again: one that was typed or uploaded.
func (x *exchange) asksAgain(err error) bool {
	return x.wants == wantsPage && writes(x.http) && errs.KindOf(err) == errs.Invalid
}

// unanswered shows why there is no answer; beside the question, on what page makes of it, where it can be put better.
func (x *exchange) unanswered(err error, page func() templ.Component) {
	if x.asksAgain(err) {
		if c := page(); c != nil {
			x.refused(err)
			x.page(int(errs.Invalid), c)
			return
		}
	}
	x.fail(err)
}

// gone says whether nobody waits for the answer any more: then what failed is nobody's trouble.
func (x *exchange) gone() bool { return x.http.Context().Err() != nil }

// busy logs why the database cannot do it now and says when to try again.
func (x *exchange) busy(err error) {
	if errs.KindOf(err) == errs.Busy && !x.gone() {
		slog.Error("cannot do it now", "method", x.http.Method, "path", x.http.URL.Path, "error", err)
		x.w.Header().Set("Retry-After", "5")
	}
}

// fail answers with an error; what is not ours is logged, once, and not shown.
func (x *exchange) fail(err error) {
	ctx := part.With(x.http.Context(), x.env)
	if errors.Is(err, errSignIn) {
		if x.wants == wantsPage && x.http.Method == http.MethodGet {
			next := x.http.URL.RequestURI()
			if len(next) > longestNext {
				next = x.http.URL.Path
			}
			http.Redirect(x.w, x.http, "/signin?next="+url.QueryEscape(next), http.StatusSeeOther)
			return
		}
		x.w.Header().Set("WWW-Authenticate", "Bearer")
		x.problem(http.StatusUnauthorized, part.T(ctx, "请先登录。您输入的内容没有保存，请登录后返回重新提交。"), nil)
		return
	}
	kind := errs.KindOf(err)
	if kind == errs.Internal && !x.gone() {
		slog.Error("request failed", "method", x.http.Method, "path", x.http.URL.Path, "error", err)
	}
	x.busy(err)
	fields := map[string]string{}
	for name, msg := range errs.FieldsOf(err).First() {
		fields[name] = part.Say(ctx, msg)
	}
	x.problem(int(kind), message(ctx, err), fields)
}

func (x *exchange) problem(status int, msg string, fields map[string]string) {
	if x.wants == wantsPage {
		x.page(status, part.ErrorPage(status, msg, fields))
		return
	}
	x.json(status, Problem{msg, status, fields})
}

// say says a message in the reader's language.
func (x *exchange) say(zh say.Key) string { return part.T(part.With(x.http.Context(), x.env), zh) }

func message(ctx context.Context, err error) string {
	if e, ok := errors.AsType[*errs.Error](err); ok {
		return part.Say(ctx, e.Words)
	}
	return part.T(ctx, failed)
}
