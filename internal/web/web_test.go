package web_test

// One handler answers as page, JSON and file; who may not is refused, a refused form keeps its input, and errors show
// nothing internal. Its site, do and session are the fixture of the package.

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// In a program the modules grant.
var _ = auth.Grant(auth.Grants{auth.Readers: {"board.read"}, auth.Statistician: {"submission.edit"}})

type thing struct {
	Name  string            `json:"name"`
	Note  string            `json:"note"`
	Count int               `json:"count"`
	Cells map[string]string `json:"cells"`
}

func (t thing) Table(context.Context) table.Table {
	return table.Table{Name: "thing", Columns: []table.Column{{Name: "名称"}}, Rows: [][]string{{t.Name}}}
}

func show(t thing) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		e := part.From(ctx)
		_, err := io.WriteString(w, "page of "+t.Name+" input="+e.Input.Get("note")+e.Input.Get("name")+
			" field="+e.Fields["name"]+" lang="+e.Lang)
		return err
	})
}

// site has one of everything.
func site(t *testing.T, d *db.DB) http.Handler {
	t.Helper()
	m := web.NewMux(web.Config{DB: d, Asset: func(n string) string { return n }, Committed: func() {},
		User: func(_ *db.Tx, id string) (auth.User, error) {
			return auth.User{ID: id, Posts: []auth.Post{{Role: id}}}, nil
		}})
	get := func(r *web.Request, in thing) (thing, error) { return in, nil }
	web.View(m, "GET /open/{name}", web.Public, get, show)
	web.View(m, "GET /board/{name}", "board.read", get, show)
	web.View(m, "GET /hidden", web.Public, func(*web.Request, struct{}) (thing, error) {
		return thing{},
			errs.Missingf("没有找到。")
	}, show)
	web.View(m, "GET /broken", web.Public, func(*web.Request, struct{}) (thing, error) { panic("secret detail") }, show)
	web.Form(m, "POST /open/{name}", web.Public, func(r *web.Request, in thing) (web.Done[thing], error) {
		if err := r.Tx.Exec(`INSERT INTO settings (key, value) VALUES ($1, $2)`, in.Name, in.Cells["1.F"]); err != nil {
			return web.Done[thing]{}, err
		}
		if in.Count < 0 {
			return web.Done[thing]{}, errs.Fields{"name": {Key: "不能是负数"}}.Check("请修改。")
		}
		return web.Done[thing]{To: "/open/" + in.Name, Data: in}, nil
	}, get, show)
	web.Update(m, "POST /upload", "submission.edit", func(r *web.Request, in struct {
		File *web.Upload `json:"file"`
	}) (thing, error) {
		return thing{Count: len(in.File.Body), Name: in.File.Name}, nil
	})
	return m.Handler()
}

type request struct {
	method, path, body string
	header             map[string]string
}

func do(t *testing.T, h http.Handler, q request) (int, string, http.Header) {
	t.Helper()
	hr := httptest.NewRequest(q.method, q.path, strings.NewReader(q.body))
	for k, v := range q.header {
		hr.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, hr)
	return w.Code, w.Body.String(), w.Header()
}

func session(t *testing.T, d *db.DB, person, kind string) string {
	t.Helper()
	var secret string
	if err := d.Update(context.Background(), func(tx *db.Tx) (err error) {
		secret, _, err = auth.OpenSession(tx, person, kind)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return secret
}

const form = "application/x-www-form-urlencoded"

func TestOneAnswerThreeFormats(t *testing.T) {
	t.Parallel()
	h := site(t, dbtest.Open(t, dbtest.SQLite(t)))
	for _, c := range []struct{ query, accept, want, media string }{
		{"", "text/html", "page of 甲", "text/html; charset=utf-8"},
		{"", "application/json", `"name":"甲"`, "application/json; charset=utf-8"},
		{"?format=json", "text/html", `"name":"甲"`, "application/json; charset=utf-8"},
		{"?format=csv", "text/html", "名称", "text/csv; charset=utf-8"},
	} {
		code, body, header := do(t, h, request{"GET", "/open/甲" + c.query, "", map[string]string{"Accept": c.accept}})
		if code != 200 || !strings.Contains(body, c.want) || header.Get("Content-Type") != c.media {
			t.Errorf("%s %s: %d %s %q", c.accept, c.query, code, header.Get("Content-Type"), body)
		}
	}
}

func TestWhoMayNot(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	h := site(t, d)
	if code, _, header := do(t, h, request{"GET", "/board/x?a=1", "",
		map[string]string{"Accept": "text/html"}}); code != 303 ||
		header.Get("Location") != "/signin?next="+url.QueryEscape("/board/x?a=1") {
		t.Errorf("nobody on a page: %d %s, want to be sent to the sign-in page", code, header.Get("Location"))
	}
	if code, _, _ := do(t, h, request{"GET", "/board/x", "",
		map[string]string{"Accept": "application/json"}}); code != 401 {
		t.Errorf("a program without a token gets %d, want 401", code)
	}
	cookie := "session=" + session(t, d, auth.SystemAdmin, auth.Cookie)
	if code, _, _ := do(t, h, request{"GET", "/board/x", "", map[string]string{"Cookie": cookie}}); code != 403 {
		t.Errorf("an administrator reads the board: %d, want 403", code)
	}
	bearer := session(t, d, auth.Office, auth.Bearer)
	if code, _, _ := do(t, h, request{"GET", "/board/x", "",
		map[string]string{"Authorization": "Bearer " + bearer}}); code != 200 {
		t.Errorf("the office with a token gets %d, want 200", code)
	}
	if code, _, _ := do(t, h, request{"GET", "/board/x", "",
		map[string]string{"Cookie": "session=" + bearer, "Accept": "application/json"}}); code != 401 {
		t.Errorf("a bearer token works as a cookie: %d", code)
	}
}

func TestRefusedFormKeepsInputAndWritesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := site(t, d)
		code, body, _ := do(t, h, request{"POST", "/open/a", "note=typed&count=-1",
			map[string]string{"Content-Type": form, "Accept": "text/html"}})
		if code != 422 || !strings.Contains(body, "input=typed") || !strings.Contains(body, "field=不能是负数") {
			t.Errorf("refused form: %d %q", code, body)
		}
		code, body, _ = do(t, h, request{"POST", "/open/a", `{"count":-1}`,
			map[string]string{"Content-Type": "application/json"}})
		if code != 422 || !strings.Contains(body, `"fields":{"name":"不能是负数"}`) {
			t.Errorf("refused JSON: %d %q", code, body)
		}
		code, body, _ = do(t, h, request{"POST", "/open/a", "count=x",
			map[string]string{"Content-Type": form, "Accept": "text/html"}})
		if code != 422 {
			t.Errorf("letters in a number: %d %q", code, body)
		}
		code, _, header := do(t, h, request{"POST", "/open/a", "cells%5B1.F%5D=12",
			map[string]string{"Content-Type": form, "Accept": "text/html"}})
		if code != 303 || header.Get("Location") != "/open/a" {
			t.Errorf("after two refusals the same save is %d %s: something was left behind",
				code, header.Get("Location"))
		}
		if err := d.View(context.Background(), func(tx *db.Tx) error {
			v, err := db.Value[string](tx, `SELECT value FROM settings WHERE key = 'a'`)
			if v != "12" {
				t.Errorf("cell 1.F is kept as %q", v)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestErrorsShowNothingInternal(t *testing.T) {
	t.Parallel()
	h := site(t, dbtest.Open(t, dbtest.SQLite(t)))
	if code, body, _ := do(t, h, request{"GET", "/hidden", "",
		map[string]string{"Accept": "application/json"}}); code != 404 || !strings.Contains(body, "没有找到") {
		t.Errorf("missing: %d %q", code, body)
	}
	code, body, _ := do(t, h, request{"GET", "/broken", "", map[string]string{"Accept": "application/json"}})
	if code != 500 || strings.Contains(body, "secret") {
		t.Errorf("a panic shows %d %q", code, body)
	}
}

func TestUploadLimit(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	h := site(t, d)
	bearer := session(t, d, auth.Statistician, auth.Bearer)
	for size, want := range map[int]int{20 << 20: 200, 20<<20 + 1: 422, 21 << 20: 422, 40 << 20: 422} {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		f, _ := w.CreateFormFile("file", "表.xlsx")
		f.Write(make([]byte, size))
		w.Close()
		code, body, _ := do(t, h, request{"POST", "/upload", b.String(),
			map[string]string{"Content-Type": w.FormDataContentType(), "Accept": "application/json",
				"Authorization": "Bearer " + bearer}})
		if code != want || code == 422 && !strings.Contains(body, "20 MB") {
			t.Errorf("upload of %d bytes: %d %.200q, want %d", size, code, body, want)
		}
	}
}

// Where one file is taken, a second is not dropped in silence, nor is a text that stands in its place, nor nothing.
func TestOneFileIsTaken(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	h := site(t, d)
	bearer := session(t, d, auth.Statistician, auth.Bearer)
	for says, write := range map[string]func(*multipart.Writer){
		`"file":"一次只收一个文件`: func(w *multipart.Writer) {
			for _, name := range []string{"表.xlsx", "表二.xlsx"} {
				f, _ := w.CreateFormFile("file", name)
				f.Write([]byte("x"))
			}
		},
		`"file":"这里要的是文件`:    func(w *multipart.Writer) { w.WriteField("file", "x") },
		`"file":"文件是空的（0字节）`: func(w *multipart.Writer) { w.CreateFormFile("file", "空.xlsx") },
	} {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		write(w)
		w.Close()
		code, body, _ := do(t, h, request{"POST", "/upload", b.String(),
			map[string]string{"Content-Type": w.FormDataContentType(), "Accept": "application/json",
				"Authorization": "Bearer " + bearer}})
		if code != 422 || !strings.Contains(body, says) {
			t.Errorf("%d %s, want %s", code, body, says)
		}
	}
}

func TestForeignPagesMayNotWrite(t *testing.T) {
	t.Parallel()
	h := site(t, dbtest.Open(t, dbtest.SQLite(t)))
	code, _, header := do(t, h, request{"POST", "/open/a", "",
		map[string]string{"Content-Type": form, "Sec-Fetch-Site": "cross-site"}})
	if code != 403 {
		t.Errorf("a form on another site writes: %d", code)
	}
	if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") ||
		strings.Contains(csp, "unsafe") {
		t.Errorf("policy is %q", csp)
	}
}
