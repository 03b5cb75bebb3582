package web_test

// A client that has gone is nobody's trouble: no line of the log says that its request failed.

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/web"
)

// Not parallel: the log is one for all.
func TestAClientThatHasGoneIsNoError(t *testing.T) {
	var log bytes.Buffer
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(was)
	ask := func(ctx context.Context) {
		m := web.NewMux(web.Config{DB: dbtest.Open(t, dbtest.SQLite(t)), Asset: func(n string) string { return n },
			Committed: func() {}})
		web.View(m, "GET /slow", web.Public, func(r *web.Request, _ struct{}) (thing, error) {
			if err := r.Tx.Context.Err(); err != nil {
				return thing{}, err
			}
			return thing{}, r.Tx.Exec(`SELECT nothing FROM nowhere`)
		}, show)
		m.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/slow", nil))
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	ask(gone)
	if log.Len() > 0 {
		t.Errorf("the client had gone, and the log says %s", &log)
	}
	if ask(t.Context()); !bytes.Contains(log.Bytes(), []byte("level=ERROR")) {
		t.Errorf("the client waits, and of what failed the log says only %q", &log)
	}
}
