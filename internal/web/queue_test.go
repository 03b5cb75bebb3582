package web_test

// Slow work runs few at a time, waits in a bounded line, and reads bodies from who may send them alone.

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/web"
)

// No more than its number run at once, no more than its number wait, and who cannot wait is told so.
func TestAQueueIsBounded(t *testing.T) {
	t.Parallel()
	q := web.NewQueue(2, 5, time.Minute)
	var running, most atomic.Int64
	var busy, done atomic.Int64
	free := make(chan struct{})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			err := q.Do(context.Background(), func() error {
				n := running.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				<-free
				running.Add(-1)
				return nil
			})
			if errs.KindOf(err) == errs.Busy {
				busy.Add(1)
			} else if err == nil {
				done.Add(1)
			}
		})
	}
	for deadline := time.Now().Add(10 * time.Second); busy.Load() < 13 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	close(free)
	all.Wait()
	if busy.Load() != 13 || done.Load() != 7 || most.Load() > 2 {
		t.Errorf("%d were turned away, %d done, %d at once", busy.Load(), done.Load(), most.Load())
	}
}

// Nobody waits for ever, nor after they have gone.
func TestAQueueIsLeft(t *testing.T) {
	t.Parallel()
	q := web.NewQueue(1, 5, 20*time.Millisecond)
	free, held := make(chan struct{}), make(chan struct{})
	done := make(chan error)
	go func() {
		done <- q.Do(context.Background(), func() error { close(held); <-free; return nil })
	}()
	<-held
	gone, leave := context.WithCancel(context.Background())
	leave()
	for what, ctx := range map[string]context.Context{"too long": context.Background(), "gone": gone} {
		err := q.Do(ctx, func() error { t.Errorf("%s: runs", what); return nil })
		if errs.KindOf(err) != errs.Busy {
			t.Errorf("%s: %v", what, err)
		}
	}
	close(free)
	if err := <-done; err != nil {
		t.Error(err)
	}
	err := q.Do(context.Background(), func() error { return errs.Invalidf("错") })
	if errs.KindOf(err) != errs.Invalid {
		t.Errorf("once it is free: %v", err)
	}
}

// What is asked of another machine is asked outside of the queue: while one waits for its answer, others have their
// turn.
func TestNobodyQueuesForAnotherMachine(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q, answered, asked := web.NewQueue(1, 0, time.Second), make(chan bool), make(chan bool, 2)
		m := web.NewMux(web.Config{DB: d, Asset: func(n string) string { return n }, Committed: func() {}})
		type input struct {
			Note string `json:"note"`
		}
		web.Update(m, "POST /key", web.Public, func(_ *web.Request, in input) (map[string]string, error) {
			return map[string]string{"note": in.Note}, nil
		}, web.In(q), web.Before(func(_ *web.Request, in *input) error { in.Note += " made"; return nil }),
			web.Away(func(_ *web.Request, in *input) error {
				in.Note += " certified"
				asked <- true
				<-answered
				return nil
			}))
		said := make(chan string, 2)
		for range 2 {
			go func() {
				r := httptest.NewRequest("POST", "/key", strings.NewReader(`{"note":"a key"}`))
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Accept", "application/json")
				w := httptest.NewRecorder()
				m.Handler().ServeHTTP(w, r)
				said <- w.Body.String()
			}()
			<-asked // the first still waits for its answer when the second is sent
		}
		close(answered)
		for range 2 {
			if got := <-said; !strings.Contains(got, "a key made certified") {
				t.Errorf("the answer is %s", got)
			}
		}
	})
}

type uploadInput struct {
	Note string      `json:"note"`
	File *web.Upload `json:"file"`
}

// uploads is a site with one upload that needs a right, one that anybody may send, and a queue of one.
func uploads(t *testing.T, d *db.DB, q *web.Queue) http.Handler {
	t.Helper()
	m := web.NewMux(web.Config{DB: d, Asset: func(n string) string { return n }, Committed: func() {},
		User: func(_ *db.Tx, id string) (auth.User, error) {
			role := map[string]string{"P1": "statistician", "P2": "auditor"}[id]
			return auth.User{ID: id, Posts: []auth.Post{{Role: role}}}, nil
		}})
	size := func(_ *web.Request, in uploadInput) (map[string]int, error) {
		if in.File == nil {
			return map[string]int{"size": -1}, nil
		}
		return map[string]int{"size": len(in.File.Body)}, nil
	}
	seen := func(_ *web.Request, in *uploadInput) error {
		if in.File != nil && len(in.File.Body) == 0 {
			return errs.Invalidf("空")
		}
		return nil
	}
	web.Update(m, "POST /upload", "submission.edit", size, web.Before(seen), web.In(q))
	web.Update(m, "POST /plain", "submission.edit", size)
	web.Update(m, "POST /public", web.Public, size)
	return m.Handler()
}

// watched is a body that tells how much of it was read.
type watched struct {
	io.Reader
	read int
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	w.read += n
	return n, err
}

func send(h http.Handler, path, token string, size int) (*httptest.ResponseRecorder, *watched) {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	file, _ := form.CreateFormFile("file", "表.xlsx")
	file.Write(bytes.Repeat([]byte("x"), size))
	form.Close()
	body := &watched{Reader: &b}
	r := httptest.NewRequest("POST", path, body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Accept", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w, body
}

// The body of who may not send it is not read, of a stranger little, and of who may all up to the bound.
func TestBodiesAreReadFromWhoMaySendThem(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := uploads(t, d, web.NewQueue(1, 1, time.Minute))
		may, mayNot := session(t, d, "P1", auth.Bearer), session(t, d, "P2", auth.Bearer)
		for _, c := range []struct {
			path, token string
			size, code  int
			says        string
			most        int // bytes that are read
		}{
			{"/upload", "", 10, 401, "请先登录", 0},
			{"/upload", "stale", 5 << 20, 401, "请先登录", 0},
			{"/upload", mayNot, 5 << 20, 403, "", 0},
			{"/upload", may, 5 << 20, 200, fmt.Sprint(5 << 20), 6 << 20},
			{"/plain", may, 5 << 20, 200, fmt.Sprint(5 << 20), 6 << 20},
			{"/upload", may, 30 << 20, 422, "20 MB", 23 << 20},
			{"/public", "", 200 << 10, 200, fmt.Sprint(200 << 10), 300 << 10},
			{"/public", "", 5 << 20, 422, "最大256 KB", 300 << 10},
			{"/public", may, 5 << 20, 422, "最大256 KB", 300 << 10},
		} {
			w, body := send(h, c.path, c.token, c.size)
			if w.Code != c.code || !strings.Contains(w.Body.String(), c.says) || body.read > c.most {
				t.Errorf("%d bytes to %s: %d %s, %d bytes read; want %d with %s, at most %d read", c.size, c.path,
					w.Code, w.Body, body.read, c.code, c.says, c.most)
			}
		}
	})
}

// Who finds the queue full is answered at once with 503, and nothing is written.
func TestAFullQueueIsSaid(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	q := web.NewQueue(1, 0, time.Minute)
	h, may := uploads(t, d, q), session(t, d, "P1", auth.Bearer)
	free, held, done := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() { done <- q.Do(context.Background(), func() error { close(held); <-free; return nil }) }()
	<-held
	w, _ := send(h, "/upload", may, 100)
	if w.Code != 503 || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "同时提交的人太多") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	close(free)
	if err := <-done; err != nil {
		t.Error(err)
	}
	if w, _ := send(h, "/upload", may, 100); w.Code != 200 {
		t.Errorf("once it is free: %d %s", w.Code, w.Body)
	}
}
