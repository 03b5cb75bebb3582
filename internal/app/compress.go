package app

// What is text goes out compressed where the client takes it. Files that people attached, workbooks and Word
// papers go out byte for byte: they are compressed already, and their digests stand elsewhere.

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// compressed compresses pages and answers of 1 KB and more; built files are compressed when the program is. zstd makes
// our pages no smaller and takes more memory. The jitter hides a page's exact length, from which somebody who makes a
// browser ask again and again could guess what stands in it (BREACH).
func compressed(h http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.MinSize(1024), gzhttp.RandomJitter(32, 0, false),
		gzhttp.ContentTypes([]string{"text/html", "text/css", "text/javascript", "text/csv", "text/plain",
			"application/json", "image/svg+xml"}))
	if err != nil {
		panic(err) // the options above fit together
	}
	return wrap(h)
}
