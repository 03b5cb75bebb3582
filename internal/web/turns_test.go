package web_test

// As many pages are made at once as the database has readers; who reads an answer slowly keeps nobody waiting.

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/web"
)

// slowly is a client that takes nothing until it is let.
type slowly struct {
	*httptest.ResponseRecorder
	waits *atomic.Int64
	until chan struct{}
}

func (s slowly) Write(b []byte) (int, error) {
	s.waits.Add(1)
	<-s.until
	return s.ResponseRecorder.Write(b)
}

func TestPagesAreMadeAFewAtATime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := web.NewMux(web.Config{DB: d, Asset: func(n string) string { return n }, Committed: func() {},
			User: func(*db.Tx, string) (auth.User, error) { return auth.User{}, nil }})
		var running, most, reading atomic.Int64
		free, read := make(chan struct{}), make(chan struct{})
		nothing := func(*web.Request, struct{}) (thing, error) { return thing{Name: "it"}, nil }
		web.View(m, "GET /quick", web.Public, nothing, show)
		web.View(m, "GET /large", web.Public, nothing, func(thing) templ.Component {
			return templ.ComponentFunc(func(context.Context, io.Writer) error {
				n := running.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				<-free
				running.Add(-1)
				return nil
			})
		})
		h, few := m.Handler(), int64(d.AtOnce())
		until := func(what string, holds func() bool) {
			t.Helper()
			for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal(what)
				}
			}
		}
		ask := func(w http.ResponseWriter, path string) {
			hr := httptest.NewRequest(http.MethodGet, path, nil)
			hr.Header.Set("Accept", "text/html")
			h.ServeHTTP(w, hr)
		}
		var all sync.WaitGroup
		for range few + 3 {
			all.Go(func() { ask(httptest.NewRecorder(), "/large") })
		}
		until("pages wait although there is room", func() bool { return running.Load() == few })
		time.Sleep(50 * time.Millisecond) // the others are there by now
		close(free)
		all.Wait()
		if most.Load() != few {
			t.Errorf("%d pages were made at once, want %d", most.Load(), few)
		}
		for range few {
			all.Go(func() { ask(slowly{httptest.NewRecorder(), &reading, read}, "/quick") })
		}
		until("slow clients get no answer", func() bool { return reading.Load() == few })
		if code, _, _ := do(t, h, request{"GET", "/quick", "", nil}); code != http.StatusOK {
			t.Errorf("while others read slowly a page is answered by %d", code)
		}
		close(read)
		all.Wait()
	})
}
