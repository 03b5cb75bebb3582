package app_test

// Pages and answers arrive compressed where the client takes it, and are the same bytes once unpacked. Built files are
// compressed when the program is.

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"yipanqi/internal/app"
)

func TestTextsAreCompressed(t *testing.T) {
	t.Parallel()
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir()})
	must(t, err)
	t.Cleanup(func() { a.Close() })
	h, err := a.Handler()
	must(t, err)
	get := func(path, takes string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept", "text/html")
		r.Header.Set("Accept-Encoding", takes)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for _, path := range []string{"/signin", "/openapi.json"} {
		plain := get(path, "")
		if plain.Code != http.StatusOK || plain.Header().Get("Content-Encoding") != "" || plain.Body.Len() < 1024 {
			t.Fatalf("%s asked for as it is: %d, %d bytes, %v", path, plain.Code, plain.Body.Len(), plain.Header())
		}
		for takes, want := range map[string]string{"gzip, deflate, br, zstd": "gzip", "zstd": "", "br": ""} {
			w := get(path, takes)
			if got := w.Header().Get("Content-Encoding"); got != want {
				t.Errorf("%s for %q comes as %q, want %q", path, takes, got, want)
				continue
			}
			if w.Header().Get("Vary") == "" {
				t.Errorf("%s for %q does not say that it differs by what is asked", path, takes)
			}
			if want != "" && w.Body.Len()*2 > plain.Body.Len() {
				t.Errorf("%s: %d bytes of %d are left as %s", path, w.Body.Len(), plain.Body.Len(), want)
			}
			if got := unpacked(t, want, w.Body); !bytes.Equal(got, plain.Body.Bytes()) {
				t.Errorf("%s unpacked from %q is not the same: %.200s", path, want, got)
			}
		}
	}
}

func unpacked(t *testing.T, encoding string, body io.Reader) []byte {
	t.Helper()
	if encoding == "gzip" {
		z, err := gzip.NewReader(body)
		must(t, err)
		body = z
	}
	all, err := io.ReadAll(body)
	must(t, err)
	return all
}
