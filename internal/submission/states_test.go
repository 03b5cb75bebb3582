package submission

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var golden = flag.Bool("update", false, "write docs/states.md anew")

const statesFile = "../../docs/states.md"

// The state table is documented as it is.
func TestStatesAreDocumented(t *testing.T) {
	t.Parallel()
	got := statesDoc()
	if *golden {
		if err := os.WriteFile(statesFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(statesFile)
	if err != nil || string(want) != got {
		t.Errorf("%s is not the state table (%v); if that is intended, run go test -update", statesFile, err)
	}
}

func statesDoc() string {
	var b strings.Builder
	b.WriteString("# States of a submission\n\nMade from `internal/submission/states.go` by its test; do not edit. `first` and `second` hold the posts in the\n" +
		"submitting unit that the form names; `office` oversees the area and is another unit; `program` is calendar and import,\n" +
		"which also withdraws what an area or unit owes that had closed by the end of the period, and hands what a closed\n" +
		"unit leaves to its successor; a lone first signature is taken back ahead of either. `before` is the state in\n" +
		"which an amendment was opened: accepted or historical. Only what has live facts is dropped, and only what has\n" +
		"none is withdrawn.\n" +
		"Every step but `submission.edit` is a journal entry under the same word.\n\n```mermaid\nstateDiagram-v2\n")
	for _, s := range Steps() {
		from := string(s.From)
		if from == "" {
			from = "[*]"
		}
		for _, to := range s.landings() {
			fmt.Fprintf(&b, "  %s --> %s: %s (%s)\n", from, to, strings.TrimPrefix(s.Verb, "submission."), s.Who)
		}
	}
	b.WriteString("```\n\n| from | verb | who | to |\n|---|---|---|---|\n")
	for _, s := range Steps() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", s.From, s.Verb, s.Who, s.To)
	}
	return b.String()
}

// Every state that is entered can be left or is an end, and every pair of state and verb has one line.
func TestStateTableIsSound(t *testing.T) {
	t.Parallel()
	seen, entered := map[string]bool{}, map[State]bool{}
	for _, s := range Steps() {
		key := string(s.From) + " " + s.Verb
		if seen[key] {
			t.Errorf("two lines for %q", key)
		}
		seen[key] = true
		for _, to := range s.landings() {
			entered[to] = true
			if to.Words() == "" || verbWords(s.Verb) == "" {
				t.Errorf("no words for %+v", s)
			}
		}
	}
	for _, s := range Steps() {
		if s.From != "" && !entered[s.From] {
			t.Errorf("state %s is left and never entered", s.From)
		}
	}
}
