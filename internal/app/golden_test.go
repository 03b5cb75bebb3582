package app_test

// What a reviewer should see is generated and compared: rights, states, files to import, OpenAPI; and it is complete
// and in words. Its mux and golden serve the package's other tests.

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"yipanqi/internal/app"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

var update = flag.Bool("update", false, "write the golden files anew; then read the diff")

func mux(t *testing.T) *web.Mux {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	m, err := a.Mux()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// golden compares got with a committed file: a change of it is a change that a reviewer must see.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(want, got) {
		t.Errorf("%s is not what the program says; run `make golden` and read the diff (%v)", file, err)
	}
}

// Who may do what, route by route.
func TestAccessMatrix(t *testing.T) {
	t.Parallel()
	golden(t, "../../docs/access.txt", []byte(mux(t).Matrix()))
}

// What a folder to import may hold, as the modules declare it.
func TestImportHelp(t *testing.T) {
	t.Parallel()
	const file, head = "../../docs/import.md", "|---|---|\n"
	text, err := os.ReadFile(file)
	before, rest, found := strings.Cut(string(text), head)
	_, after, ends := strings.Cut(rest, "\n\n")
	if err != nil || !found || !ends {
		t.Fatalf("%s has no table of files: %v", file, err)
	}
	var lines []string
	for _, f := range app.Imports() {
		var said []string
		for _, c := range f.List() {
			words := c.Chinese + " / " + c.Name
			if c.Needed {
				words = "**" + words + "**"
			}
			if c.Note != "" {
				words += "（" + c.Note + "）"
			}
			said = append(said, words)
		}
		if said = []string{strings.Join(said, "，"), f.Help}; f.Row == nil || f.Help == "" {
			said = []string{said[0] + f.Help}
		}
		if f.Row != nil || f.Text != nil {
			lines = append(lines, strings.TrimSpace("| `"+f.Path+"` "+f.Title)+" | "+strings.Join(said, "。")+" |")
		}
	}
	golden(t, file, []byte(before+head+strings.Join(lines, "\n")+"\n\n"+after))
}

// The lives of all things, as their modules' tables have them.
func TestStates(t *testing.T) {
	t.Parallel()
	text := "# States\n\nMade from the flow tables of the modules; do not edit. `program` takes the steps that no person " +
		"takes:\ncalendar, import, jobs.\n"
	for _, life := range opened(t).List().Flows() {
		text += "\n" + life.Doc()
	}
	golden(t, "../../docs/states.md", []byte(text))
}

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	spec, err := mux(t).Spec("dev").MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, spec, "", " "); err != nil {
		t.Fatal(err)
	}
	pretty.WriteByte('\n')
	golden(t, "../../docs/openapi.json", pretty.Bytes())
}

// The description is valid as others read it, and says in words what each route, input and answer is.
func TestOpenAPISaysWhatEachRouteIs(t *testing.T) {
	t.Parallel()
	m := mux(t)
	doc := webtest.Read(t, m.Spec("dev"))
	said := map[string]string{}
	for _, r := range m.Routes() {
		path := strings.NewReplacer("{$}", "", "...}", "}").Replace(r.Path)
		op, name := doc.Paths.Find(path).GetOperation(r.Method), r.Method+" "+path
		if r.Words == "" || op.Summary == string(r.Words) || strings.HasSuffix(op.Summary, ".") {
			t.Errorf("%s does not say in both languages what it is for: %q, %q", name, r.Words, op.Summary)
		}
		if verb, _, _ := strings.Cut(op.Summary, " "); verb[:1] != strings.ToUpper(verb[:1]) ||
			strings.HasSuffix(verb, "s") {
			t.Errorf("%s does not begin with what it does: %s", name, op.Summary)
		}
		if other := said[op.Summary]; other != "" {
			t.Errorf("%s and %s say the same: %s", name, other, op.Summary)
		}
		said[op.Summary] = name
		for _, p := range op.Parameters {
			if p.Value.Description == "" {
				t.Errorf("%s: what is the parameter %s?", name, p.Value.Name)
			}
		}
		if op.RequestBody != nil {
			for media, content := range op.RequestBody.Value.Content {
				for field, schema := range content.Schema.Value.Properties {
					if schema.Value.Description == "" {
						t.Errorf("%s %s: what is the field %s?", name, media, field)
					}
				}
			}
		}
		answer := op.Responses.Status(200).Value.Content.Get("application/json")
		if answer != nil && r.Method == http.MethodPost && answer.Schema.Ref == "" &&
			answer.Schema.Value.Format != "binary" {
			t.Errorf("%s does not answer a type of its own", name)
		}
		if answer != nil && answer.Schema.Ref != "" && isEmpty(answer.Schema.Value) {
			t.Errorf("%s answers %s, of which no field is described", name, answer.Schema.Ref)
		}
		for _, status := range []int{422, 500, 503} {
			if op.Responses.Status(status) == nil {
				t.Errorf("%s does not say how it answers %d", name, status)
			}
		}
	}
	for name, r := range doc.Components.Responses {
		if name == "Unchanged" {
			continue // it has no body
		}
		content := r.Value.Content.Get("application/json")
		if err := content.Schema.Value.VisitJSON(content.Example); err != nil || *r.Value.Description == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// isEmpty says whether a schema is an object of which nothing is told.
func isEmpty(s *openapi3.Schema) bool {
	return s.Type.Is("object") && len(s.Properties) == 0 && s.AdditionalProperties.Schema == nil
}

// None of the three administrators may do anything that the business pages need.
func TestAdministratorsReadNoBusinessData(t *testing.T) {
	t.Parallel()
	for _, line := range strings.Split(mux(t).Matrix(), "\n") {
		for admin, theirs := range map[string]string{"system_admin": "profile session sample account post job",
			"security_admin": "profile session sample role key", "audit_admin": "profile session sample journal"} {
			_, verb, _ := strings.Cut(line, "[")
			of, _, _ := strings.Cut(verb, ".")
			if strings.Contains(line, " "+admin) && !slices.Contains(strings.Fields(theirs), of) {
				t.Errorf("%s may use a business route: %s", admin, line)
			}
		}
	}
}
