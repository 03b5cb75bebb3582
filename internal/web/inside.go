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

// Inside answers hr, which asks for JSON, in tx as user. An answer that refuses is an error of its kind.
func (m *Mux) Inside(tx *db.Tx, user auth.User, hr *http.Request) (json.RawMessage, error) {
	hr = hr.WithContext(context.WithValue(hr.Context(), insideKey{}, inside{tx, user}))
	hr.Header.Set("Accept", "application/json")
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
