// Package assets holds the built front end: the scripts and styles of web/src, bundled from npm into dist by
// `make build` and compiled into the program. It is empty in a fresh clone, and says so.
package assets

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// ErrNotBuilt means that the program was compiled before the front end was built.
var ErrNotBuilt = errors.New("web assets are not built into this binary: run `make build` (needs Node 20+)")

// Files are the built files: app.css, app.js, icon.svg, the worker of visits and what they load.
type Files struct {
	names map[string]string // source name to hashed name
	root  fs.FS
}

// fieldWorker is the script behind the pages of visits; only it may stand between a page and the server.
const fieldWorker = "field-worker.js"

// Open reads the list of built files; ErrNotBuilt if there is none.
func Open() (Files, error) {
	root, err := fs.Sub(dist, "dist")
	if err != nil {
		return Files{}, err
	}
	return open(root)
}

func open(root fs.FS) (Files, error) {
	list, err := fs.ReadFile(root, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return Files{}, ErrNotBuilt
	}
	if err != nil {
		return Files{}, err
	}
	f := Files{root: root}
	if err := json.Unmarshal(list, &f.names); err != nil {
		return Files{}, fmt.Errorf("web/dist/manifest.json: %w", err)
	}
	return f, nil
}

// URL is the address of the built file of a source such as app.css; of an unknown name one that answers 404.
func (f Files) URL(name string) string {
	if hashed, ok := f.names[name]; ok {
		name = hashed
	}
	return "/assets/" + name
}

// Handler serves /assets/, compressed for those who can read it. A file's name changes with its content, so a
// browser may keep it for good.
func (f Files) Handler() http.Handler {
	built := map[string]bool{}
	for _, name := range f.names {
		built[name] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/assets/")
		if !built[name] {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", mediaType(name))
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		if name == f.names[fieldWorker] {
			h.Set("Service-Worker-Allowed", "/visits/") // its pages, though it lies elsewhere
		}
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			name += ".gz"
		}
		http.ServeFileFS(w, r, f.root, name)
	})
}

// mediaType is written down here because the system's own table differs from machine to machine.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "text/plain; charset=utf-8"
}
