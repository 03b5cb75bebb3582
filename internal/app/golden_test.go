package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/web"
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

// None of the three administrators may do anything that the business pages need.
func TestAdministratorsReadNoBusinessData(t *testing.T) {
	t.Parallel()
	for _, line := range strings.Split(mux(t).Matrix(), "\n") {
		for admin, theirs := range map[string]string{"system_admin": "profile session account post",
			"security_admin": "profile session role key", "audit_admin": "profile session journal"} {
			_, verb, _ := strings.Cut(line, "[")
			of, _, _ := strings.Cut(verb, ".")
			if strings.Contains(line, " "+admin) && !slices.Contains(strings.Fields(theirs), of) {
				t.Errorf("%s may use a business route: %s", admin, line)
			}
		}
	}
}
