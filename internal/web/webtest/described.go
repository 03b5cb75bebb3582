package webtest

// Every answer is held against what docs/openapi.json says of its route. What is asked and expected is webtest.go's.

import (
	"bytes"
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/getkin/kin-openapi/openapi3"
)

// Read is a description as the reader of a program of others understands it, and valid.
func Read(t *testing.T, spec *huma.OpenAPI) *openapi3.T {
	t.Helper()
	text, err := spec.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err == nil {
		err = doc.Validate(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// described fails the test if the answer is not one that its route is said to give.
func (s *Site) described(t *testing.T, hr *http.Request, w *httptest.ResponseRecorder) {
	t.Helper()
	site, ok := s.Handler.(interface{ Spec() *huma.OpenAPI })
	method, path, _ := strings.Cut(hr.Pattern, " ")
	if !ok || path == "" {
		return
	}
	if s.doc == nil {
		s.doc = Read(t, site.Spec())
	}
	item := s.doc.Paths.Find(strings.NewReplacer("{$}", "", "...}", "}").Replace(path))
	if item == nil || item.GetOperation(method) == nil {
		return // files, and addresses that do not exist
	}
	name := hr.Pattern + " answers " + http.StatusText(w.Code)
	response := item.GetOperation(method).Responses.Status(w.Code)
	if response == nil {
		t.Errorf("%s, which openapi.json does not say: %.300s", name, w.Body)
		return
	}
	media, _, _ := mime.ParseMediaType(w.Header().Get("Content-Type"))
	if media != "application/json" {
		return
	}
	content := response.Value.Content.Get(media)
	if content == nil {
		t.Errorf("%s as %s, which openapi.json does not say", name, media)
		return
	}
	var answer any
	d := json.NewDecoder(bytes.NewReader(w.Body.Bytes()))
	if err := d.Decode(&answer); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	err := content.Schema.Value.VisitJSON(answer, openapi3.EnableJSONSchema2020(), openapi3.VisitAsResponse())
	if err != nil {
		t.Errorf("%s otherwise than openapi.json says: %.900v", name, err)
	}
}
