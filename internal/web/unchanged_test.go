package web_test

// What a client has already is not sent again: not while nothing was written, not when what was made anew is the same.
// And nobody gets an old answer: not after a commit of whatever program, not as somebody else, not signed out.

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/web"
)

func TestWhatAClientHasIsNotSentAgain(t *testing.T) {
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, ahead *atomic.Int64) {
		put := func(value string) {
			t.Helper()
			dbtest.Outside(t, d, `DELETE FROM settings WHERE key = 'name'`,
				`INSERT INTO settings (key, value) VALUES ('name', '`+value+`')`)
		}
		put("before")
		made := 0 // answers that were worked out
		m := web.NewMux(web.Config{DB: d, Asset: func(n string) string { return n }, Committed: func() {},
			User: func(_ *db.Tx, id string) (auth.User, error) {
				return auth.User{ID: id, Posts: []auth.Post{{Role: id}}}, nil
			}})
		read := func(outside bool) func(*web.Request, struct{}) (thing, error) {
			return func(r *web.Request, _ struct{}) (t thing, err error) {
				made++
				r.Tx.Outside = outside
				t.Name, err = db.Value[string](r.Tx, `SELECT value FROM settings WHERE key = 'name'`)
				return t, err
			}
		}
		web.View(m, "GET /board", "board.read", read(false), show)
		web.View(m, "GET /outside", "board.read", read(true), show)
		web.View(m, "GET /open", web.Public, read(false), show)
		h := m.Handler()
		cookie := map[string]string{}
		for _, role := range []string{auth.Office, auth.Statistician, auth.Outsider, auth.SystemAdmin} {
			cookie[role] = "session=" + session(t, d, role, auth.Cookie)
		}
		bearer := "Bearer " + session(t, d, auth.Office, auth.Bearer)
		ask := func(what string, want int, worked bool, path, mark string, header ...string) (string, http.Header) {
			t.Helper()
			q := request{"GET", path, "", map[string]string{"Accept": "text/html", "If-None-Match": mark,
				"Cookie": cookie[auth.Office]}}
			for i := 0; i < len(header); i += 2 {
				q.header[header[i]] = header[i+1]
			}
			before := made
			code, body, got := do(t, h, q)
			if code != want {
				t.Errorf("%s: %d, want %d: %s", what, code, want, body)
			}
			// transactions in other databases of the same PostgreSQL count too: there it may be worked out in vain
			if !d.Postgres && worked != (made > before) {
				t.Errorf("%s: worked out is %t", what, made > before)
			}
			return body, got
		}
		here := "http://127.0.0.1:8080/board"
		_, got := ask("the first time", 200, true, here, "")
		mark := got.Get("ETag")
		if mark == "" || got.Get("Cache-Control") != "private, no-cache" {
			t.Fatalf("a page that may be kept has no mark: %v", got)
		}
		body, got := ask("again", 304, false, here, mark)
		if body != "" || got.Get("ETag") == "" || got.Get("Cache-Control") != "private, no-cache" {
			t.Errorf("nothing new has a body or no mark: %q %v", body, got)
		}
		ask("as JSON with the page's mark", 200, true, here, mark, "Accept", "application/json")
		ask("in English with the mark of a Chinese page", 200, true, here, mark, "Accept-Language", "en")
		ask("another address", 200, true, here+"?format=json", mark)
		ask("somebody else with the same mark", 304, true, here, mark, "Cookie", cookie[auth.Statistician])
		ask("nobody, with the mark of somebody", 303, false, here, mark, "Cookie", "")
		ask("somebody who may not, with the mark of who may", 403, false, here, mark, "Cookie", cookie[auth.SystemAdmin])
		if _, got := ask("who is engaged", 200, true, "http://127.0.0.1/open", mark,
			"Cookie", cookie[auth.Outsider]); got.Get("ETag") != "" ||
			got.Get("Cache-Control") != "no-store" {
			t.Errorf("who is engaged for some days keeps a page: %v", got)
		}
		if _, got := ask("with a message to show", 200, true, here, mark, "Cookie",
			cookie[auth.Office]+"; flash=done"); got.Get("ETag") != "" {
			t.Errorf("a page with a message for once has a mark: %v", got)
		}
		far := "http://office.example.org/board"
		if _, got := ask("where a browser would not forget", 200, true, far, mark); got.Get("ETag") != "" ||
			got.Get("Cache-Control") != "no-store" {
			t.Errorf("a page is kept where signing out does not drop it: %v", got)
		}
		if _, got := ask("a program there", 200, true, far, "", "Cookie", "", "Authorization", bearer); got.
			Get("ETag") == "" {
			t.Errorf("a program gets no mark: %v", got)
		}
		_, got = ask("what rests on a file", 200, true, "http://localhost/outside", "")
		ask("what rests on a file, again", 304, true, "http://localhost/outside", got.Get("ETag"))

		put("after")
		_, got = ask("after a change by another program", 200, true, here, mark)
		old := mark
		mark = got.Get("ETag")
		put("before")
		ask("changed back, with the mark of before", 304, true, here, old)
		if err := d.Update(context.Background(), func(tx *db.Tx) error {
			return tx.Exec(`UPDATE settings SET value = 'own' WHERE key = 'name'`)
		}); err != nil {
			t.Fatal(err)
		}
		body, got = ask("after a change of our own", 200, true, here, mark)
		if body != "page of own input= field= lang=zh" {
			t.Errorf("an old page is sent: %s", body)
		}
		ahead.Add(60)
		_, got = ask("a minute later", 304, true, here, got.Get("ETag"))
		ask("within that minute", 304, false, here, got.Get("ETag"))
	})
}
