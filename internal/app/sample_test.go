package app_test

// The sample's day is moved on by who is signed in, on the machine that it runs on, and nowhere else; a second process
// on the same database sees the day at once; an installation without a clock has no such button. What happens on that
// day: package sample.

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/setting"
)

func TestTheSamplesDayIsMovedOnThisMachineOnly(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite,
		"postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := target(t)
			data := t.TempDir()
			open := func() (*app.App, http.Handler) {
				a, err := app.Open(context.Background(), app.Config{DB: at, Data: data})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { a.Close() })
				h, err := a.Handler()
				if err != nil {
					t.Fatal(err)
				}
				return a, h
			}
			a, site := open()
			session := staff(t, a.DB)[slices.Index(auth.Roles(), auth.CommitteeChief)]
			ask := func(h http.Handler, method, path, from, forwarded string) *httptest.ResponseRecorder {
				hr := httptest.NewRequest(method, path, strings.NewReader(url.Values{"next": {"/units"}}.Encode()))
				hr.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				hr.Header.Set("Sec-Fetch-Site", "same-origin")
				hr.Header.Set("Accept", "text/html")
				hr.Header.Set("Cookie", "session="+session)
				if hr.RemoteAddr = from; forwarded != "" {
					hr.Header.Set("X-Forwarded-For", forwarded)
				}
				w := httptest.NewRecorder()
				h.ServeHTTP(w, hr)
				return w
			}
			if w := ask(site, "POST", "/sample/day", "127.0.0.1:9", ""); w.Code != http.StatusNotFound {
				t.Errorf("a clock that is not there is moved: %d", w.Code)
			}
			if w := ask(site, "GET", "/units", "127.0.0.1:9", ""); strings.Contains(w.Body.String(), "/sample/day") {
				t.Error("an installation without a clock shows the button")
			}
			err := a.DB.Update(context.Background(), func(tx *db.Tx) error {
				if err := setting.MakeSample(tx, ""); err != nil {
					return err
				}
				_, err := setting.Put(tx, "sample.clock", "0")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := a.Reload(context.Background()); err != nil {
				t.Fatal(err)
			}
			_, other := open()
			for _, c := range []struct {
				from, forwarded string
				status          int
			}{{"10.0.0.8:9", "", 403}, {"127.0.0.1:9", "10.0.0.8", 403}, {"127.0.0.1:9", "", 303},
				{"[::1]:9", "", 303}} {
				if w := ask(site, "POST", "/sample/day", c.from, c.forwarded); w.Code != c.status {
					t.Errorf("from %+v: %d %s", c, w.Code, w.Body)
				}
			}
			want := time.Now().In(db.China).AddDate(0, 0, 2).Format(time.DateOnly)
			for _, h := range []http.Handler{site, other} {
				w := ask(h, "GET", "/units", "127.0.0.1:9", "")
				if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, want) ||
					!strings.Contains(body, `action="/sample/day"`) {
					t.Errorf("two days later the page does not say %s to who is signed in: %d", want, w.Code)
				}
			}
		})
	}
}

// What a newer program writes as it starts is dated by the sample's clock: a journal that goes back in time is a
// finding.
func TestAStartIsDatedByTheSamplesClock(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite,
		"postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, data := target(t), t.TempDir()
			open := func() *app.App {
				a, err := app.Open(context.Background(), app.Config{DB: at, Data: data})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { a.Close() })
				return a
			}
			if err := open().DB.Update(context.Background(), func(tx *db.Tx) error {
				if err := setting.MakeSample(tx, ""); err != nil {
					return err
				}
				_, err := setting.Put(tx, "sample.clock", "172800")
				return err
			}); err != nil {
				t.Fatal(err)
			}
			dbtest.Outside(t, dbtest.Open(t, at),
				`UPDATE journal SET detail = replace(detail, '"schema":"', '"schema":"older')`)
			a, last := open(), ""
			if err := a.DB.View(context.Background(), func(tx *db.Tx) error {
				at, err := db.One(tx, func(r db.Row) (at time.Time, err error) {
					err = r.Scan(&last, &at)
					return at, err
				}, `SELECT verb, at FROM journal ORDER BY id DESC LIMIT 1`)
				if last != "definition.baseline" || at.Before(time.Now().AddDate(0, 0, 1)) {
					t.Errorf("the last entry is %s of %v, two days behind the sample's clock", last, at)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		})
	}
}
