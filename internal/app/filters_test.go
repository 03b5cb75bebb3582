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

// described is what docs/openapi.json says of parameters.
type described map[string]map[string]struct {
	Parameters []struct {
		Name, In string
		Schema   struct{ Type any } // a word, or several
	}
}

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
	city := newTwoDistricts(t, a)
	s := &webtest.Site{Handler: m.Handler(), DB: a.DB, People: city.people}
	text, err := os.ReadFile("../../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Paths described }
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
	foreignLikeNone(t, s, doc.Paths, city.districts[1].objects)
	if tried < 50 {
		t.Errorf("only %d filters were tried", tried)
	}
}

// foreignLikeNone asks every filter by unit for a unit of another district, as a district's office: what it may not see
// is answered word for word like what there is not.
func foreignLikeNone(t *testing.T, s *webtest.Site, paths described, foreign map[string]string) {
	t.Helper()
	tried := 0
	for path, ways := range paths {
		if strings.Contains(path, "{") || strings.Contains(path, "/new") { // a form takes what it knows
			continue
		}
		for _, p := range ways["get"].Parameters {
			if p.In != "query" || p.Name != "unit" || p.Schema.Type != "string" {
				continue
			}
			ask := func(code string) string {
				answer := s.Check(t, webtest.Scenario{As: auth.Office, Path: path + "?unit=" + code, JSON: true,
					Status: 422})
				return strings.ReplaceAll(answer.Body.String(), code, "")
			}
			if tried++; ask(foreign["unit"]) != ask("NONE") {
				t.Errorf("%s tells a unit of another district from none", path)
			}
		}
	}
	if tried < 3 {
		t.Errorf("only %d filters by unit were tried", tried)
	}
}
