package app_test

// No list and no page takes a value that its filter does not know: who mistypes a code is told, and not shown nothing.

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/web/webtest"
)

func TestUnknownValuesOfFilters(t *testing.T) {
	t.Parallel()
	a, err := app.Open(context.Background(), app.Config{DB: dbtest.SQLite(t), Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	m, err := a.Mux()
	if err != nil {
		t.Fatal(err)
	}
	s := &webtest.Site{Handler: m.Handler(), DB: a.DB, People: newTwoDistricts(t, a).people}
	text, err := os.ReadFile("../../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name, In string
				Schema   struct{ Type any } // a word, or several
			}
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	who := map[string]string{"/journal": auth.AuditAdmin, "/users": auth.SystemAdmin, "/security": auth.SecurityAdmin}
	free := map[string]string{"q": "words", "actor": "a part of a name", "object": "a part of a name",
		"next": "a way back", "sm3": "what a printed receipt says"}
	tried := 0
	for path, ways := range doc.Paths {
		if strings.Contains(path, "{") || strings.Contains(path, "/new") || strings.HasSuffix(path, "/submit") ||
			path == "/proof" { // forms that are filled in ahead; the address of one figure, which is found or not
			continue
		}
		role := who[path]
		if role == "" {
			role = auth.Office
		}
		for _, p := range ways["get"].Parameters {
			if p.In == "query" && p.Schema.Type == "string" && free[p.Name] == "" {
				tried++
				s.Check(t, webtest.Scenario{As: "city " + role, Path: path + "?" + p.Name + "=zz", Status: 422,
					JSON: true, Contains: []string{`"` + p.Name + `":`}})
			}
		}
	}
	if tried < 50 {
		t.Errorf("only %d filters were tried", tried)
	}
}
