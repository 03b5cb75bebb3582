package web_test

// A database that is locked or full is said as 503 in time, with what was typed kept and nothing half written.

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/web"
)

// saving is a site with one form that writes, whose database has little time.
func saving(d *db.DB) http.Handler {
	m := web.NewMux(web.Config{DB: d, Asset: func(n string) string { return n }, Committed: func() {},
		Patience: 300 * time.Millisecond})
	save := func(r *web.Request, in thing) (web.Redirect, error) {
		return web.Redirect{To: "/done"}, r.Tx.Exec(`INSERT INTO settings (key, value) VALUES ($1, $2)`, in.Name,
			strings.Repeat("x", in.Count))
	}
	load := func(*web.Request, struct{}) (thing, error) { return thing{Name: "form"}, nil }
	web.Form(m, "POST /save", web.Public, save, load, show)
	return m.Handler()
}

func post(h http.Handler, name, count string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "/save", strings.NewReader(url.Values{"name": {name}, "count": {count}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "text/html")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Somebody else holds the database: the request ends soon, says so, keeps what was typed, and works once it is free.
func TestALockedDatabaseIsSaidInTime(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := target(t)
			h := saving(dbtest.Open(t, at))
			other := dbtest.Open(t, at)
			held, free, done := make(chan struct{}), make(chan struct{}), make(chan error)
			go func() {
				done <- other.Update(context.Background(), func(tx *db.Tx) error {
					if other.Postgres {
						if err := tx.Exec(`LOCK TABLE settings IN ACCESS EXCLUSIVE MODE`); err != nil {
							return err
						}
					}
					close(held)
					<-free
					return nil
				})
			}()
			<-held
			start := time.Now()
			w := post(h, "typed", "1")
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("it took %s", took)
			}
			if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" ||
				!strings.Contains(w.Body.String(), "input=typed") {
				t.Errorf("%d %s, want 503 with the input", w.Code, w.Body)
			}
			close(free)
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			w = post(h, "typed", "1")
			for range 50 { // on a busy machine 300 ms may be short for a free database too; who asks again is served
				if w.Code != http.StatusServiceUnavailable {
					break
				}
				w = post(h, "typed", "1")
			}
			if w.Code != http.StatusSeeOther {
				t.Errorf("once it is free: %d %s", w.Code, w.Body)
			}
		})
	}
}

// A full disk is no fault of the program: it says so, and what was there before stays.
func TestAFullDiskIsSaid(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	if err := d.Update(context.Background(), func(tx *db.Tx) error {
		_, err := db.Value[int64](tx, `PRAGMA max_page_count = 1`) // not below what it has
		return err
	}); err != nil {
		t.Fatal(err)
	}
	h := saving(d)
	if w := post(h, "big", "400000"); w.Code != http.StatusServiceUnavailable ||
		!strings.Contains(w.Body.String(), "input=big") {
		t.Errorf("%d %s, want 503", w.Code, w.Body)
	}
	if err := d.View(context.Background(), func(tx *db.Tx) error {
		n, err := db.Value[int](tx, `SELECT count(*) FROM settings WHERE key = 'big'`)
		if err == nil && n != 0 {
			t.Error("half of it was written")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
