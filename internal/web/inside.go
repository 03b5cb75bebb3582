package web

// A request answered within a transaction that is open already, as somebody: how the story of a sample goes through the
// same doors as people do. No session, no cookie and no commit of its own; what a route does ahead of its transaction
// sees no database.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

type inside struct {
	tx   *db.Tx
	user auth.User
}

type insideKey struct{}

// Inside answers a request with JSON, in tx as user; media is the type of the body. An answer that refuses is an error
// of its kind.
func (m *Mux) Inside(tx *db.Tx, user auth.User, method, path, media string, body []byte) (json.RawMessage, error) {
	ctx := context.WithValue(context.Background(), insideKey{}, inside{tx, user})
	hr, err := http.NewRequestWithContext(ctx, method, "http://inside"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	hr.Header.Set("Accept", "application/json")
	if media != "" {
		hr.Header.Set("Content-Type", media)
	}
	w := &kept{header: http.Header{}, status: http.StatusOK}
	m.mux.ServeHTTP(w, hr)
	if w.status < 400 {
		return w.body.Bytes(), nil
	}
	problem := Problem{Error: fmt.Sprintf("%s %s: %d", hr.Method, hr.URL.Path, w.status)}
	if json.Unmarshal(w.body.Bytes(), &problem) == nil && len(problem.Fields) > 0 {
		fields := errs.Fields{}
		for name, text := range problem.Fields {
			fields[name] = say.New("%s", text)
		}
		return nil, fields.Check(say.Key(problem.Error))
	}
	return nil, &errs.Error{Kind: errs.Kind(w.status), Words: say.New("%s", problem.Error)}
}

// kept is an answer that is kept, not sent.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }
