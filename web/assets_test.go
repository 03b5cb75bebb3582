package assets

// Scripts and styles as built are served under their hashed names, zipped, and nothing else of the folder.

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	if _, err := open(fstest.MapFS{".gitkeep": {}}); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("a fresh clone gives %v, want ErrNotBuilt", err)
	}
	if _, err := open(fstest.MapFS{"manifest.json": {Data: []byte("{")}}); err == nil || errors.Is(err, ErrNotBuilt) {
		t.Errorf("a broken manifest gives %v", err)
	}
	f := built(t)
	for name, want := range map[string]string{"app.js": "/assets/app-1.js", "other.js": "/assets/other.js"} {
		if got := f.URL(name); got != want {
			t.Errorf("URL(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestHandler(t *testing.T) {
	t.Parallel()
	h := built(t).Handler()
	get := func(path, accept string) *http.Response {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result()
	}

	plain := get("/assets/app-1.js", "")
	if body, _ := io.ReadAll(plain.Body); string(body) != "let a" || plain.Header.Get("Content-Encoding") != "" {
		t.Errorf("without gzip the answer is %q, %v", body, plain.Header)
	}
	zipped := get("/assets/app-1.js", "gzip, br")
	r, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatalf("with gzip the body is not compressed: %v", err)
	}
	if body, _ := io.ReadAll(r); string(body) != "let a" {
		t.Errorf("with gzip the answer is %q", body)
	}
	for _, answer := range []*http.Response{plain, zipped} {
		if got := answer.Header.Get("Content-Type"); got != "text/javascript; charset=utf-8" {
			t.Errorf("a script is sent as %q", got)
		}
		if got := answer.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("a hashed file is sent with Cache-Control %q", got)
		}
	}
	for path, want := range map[string]string{"/assets/app-1.js": "", "/assets/worker-1.js": "/visits/"} {
		if got := get(path, "gzip").Header.Get("Service-Worker-Allowed"); got != want {
			t.Errorf("%s may stand before the pages under %q, want %q", path, got, want)
		}
	}
	for _, path := range []string{"/assets/", "/assets/manifest.json", "/assets/app-1.js.gz",
		"/assets/../assets.go", "/assets/old.js", "/assets/unlisted.js"} {
		answer := get(path, "gzip")
		if answer.StatusCode != http.StatusNotFound ||
			strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s answers %d, %v; want 404 that nobody keeps", path, answer.StatusCode, answer.Header)
		}
	}
}

func built(t *testing.T) Files {
	t.Helper()
	var zipped strings.Builder
	w := gzip.NewWriter(&zipped)
	io.WriteString(w, "let a")
	w.Close()
	f, err := open(fstest.MapFS{
		"manifest.json":  {Data: []byte(`{"app.js": "app-1.js", "field-worker.js": "worker-1.js"}`)},
		"app-1.js":       {Data: []byte("let a")},
		"app-1.js.gz":    {Data: []byte(zipped.String())},
		"worker-1.js.gz": {Data: []byte(zipped.String())},
		"unlisted.js":    {Data: []byte("let b")},
		"unlisted.js.gz": {},
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}
