package app_test

// The manifests of all modules against each other and against the program's routes.

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/flow"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
)

// What a route or a step asks for somebody has; and what somebody has is asked for.
func TestVerbsAreGrantedAndAsked(t *testing.T) {
	t.Parallel()
	a := opened(t)
	asked := map[string]bool{}
	m, err := a.Mux()
	if err != nil {
		t.Fatal(err)
	}
	granted := auth.Granted()
	for _, r := range m.Routes() {
		asked[r.Verb] = true
		if r.Verb != web.Public && !slices.Contains(granted, r.Verb) {
			t.Errorf("%s %s asks for %s, which nobody has", r.Method, r.Path, r.Verb)
		}
	}
	for _, one := range a.List() {
		for _, table := range one.Flows {
			for _, s := range table.Steps {
				asked[s.Verb] = true
				if s.Who != flow.Program && !slices.Contains(granted, s.Verb) {
					t.Errorf("the step %s of %s is granted to nobody", s.Verb, one.Name)
				}
			}
		}
		for _, n := range one.Nav {
			if !slices.Contains(granted, n.Verb) {
				t.Errorf("the navigation of %s asks for %s, which nobody has", one.Name, n.Verb)
			}
		}
		for _, k := range one.Kinds {
			if !slices.Contains(granted, k.Verb) {
				t.Errorf("to find a %s of %s takes %s, which nobody has", k.Code, one.Name, k.Verb)
			}
		}
	}
	for _, verb := range granted {
		if !asked[verb] && !strings.HasPrefix(verb, "pebble.") {
			t.Errorf("%s is granted, and nothing asks for it", verb)
		}
	}
}

// Nothing in the lives of things leads nowhere, and every word of them is there.
func TestFlowsAreSound(t *testing.T) {
	t.Parallel()
	granted := auth.Granted()
	for _, one := range opened(t).List() {
		for _, life := range one.Flows {
			for _, fault := range life.Faults(func(verb string) bool { return slices.Contains(granted, verb) }) {
				t.Errorf("%s: %s", one.Name, fault)
			}
		}
	}
}

// Every verb is granted by one module, and a module stands in the list once.
func TestManifestsDoNotOverlap(t *testing.T) {
	t.Parallel()
	by, names := map[string]string{}, map[string]bool{}
	for _, one := range opened(t).List() {
		if names[one.Name] || one.Name == "" {
			t.Errorf("%q stands in the list twice", one.Name)
		}
		names[one.Name] = true
		for _, verbs := range one.Grants {
			for _, verb := range verbs {
				if other := by[verb]; other != "" && other != one.Name {
					t.Errorf("%s is granted by %s and by %s", verb, other, one.Name)
				}
				by[verb] = one.Name
			}
		}
	}
	for _, verb := range auth.Granted() {
		if by[verb] == "" && !strings.HasPrefix(verb, "pebble.") {
			t.Errorf("%s is granted, but stands in no manifest", verb)
		}
	}
}

// What is listed and counted is saved too: a page of a list, or of anything with a total, is a table for CSV and Excel.
func TestEveryListIsATable(t *testing.T) {
	t.Parallel()
	m, err := opened(t).Mux()
	if err != nil {
		t.Fatal(err)
	}
	lists, tabled := 0, reflect.TypeFor[interface {
		Table(context.Context) table.Table
	}]()
	for _, r := range m.Routes() {
		if !r.Page || r.Writes || r.Out == nil || r.Out.Kind() != reflect.Struct {
			continue
		}
		listed := false
		for _, f := range reflect.VisibleFields(r.Out) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			listed = listed || name == "total" || strings.HasPrefix(f.Name, "Shown") && f.Anonymous
		}
		if !listed {
			continue
		}
		lists++
		// another look at a list that is saved itself
		look := slices.Contains([]string{"/items/desk", "/items/print", "/registers/{code}/map"}, r.Path)
		if !look && !r.Out.Implements(tabled) {
			t.Errorf("%s %s lists what it does not save as a table", r.Method, r.Path)
		}
	}
	if lists < 40 {
		t.Errorf("only %d lists were found", lists)
	}
}
