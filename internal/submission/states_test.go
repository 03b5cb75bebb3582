package submission

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
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
	return "# States of a submission\n\nMade from `internal/submission/states.go` by its test; do not edit. `first` and `second` hold the posts in the\n" +
		"submitting unit that the form names; `office` oversees the area and is another unit; `program` is calendar and import,\n" +
		"which also withdraws what an area or unit owes that had closed by the end of the period, and hands what a closed\n" +
		"unit leaves to its successor; a lone first signature is taken back ahead of either. `before` is the state in\n" +
		"which an amendment was opened: accepted or historical. Only what has live facts is dropped, and only what has\n" +
		"none is withdrawn.\n" +
		"Every step but `submission.edit` is a journal entry under the same word.\n\n" + life.Mermaid() + "\n" + life.Lines()
}

func TestStateTableIsSound(t *testing.T) {
	t.Parallel()
	granted := func(verb string) bool {
		return slices.ContainsFunc(auth.Roles(), func(role string) bool { return auth.RoleCan(role, verb) })
	}
	for _, fault := range life.Faults(granted) {
		t.Error(fault)
	}
	for _, state := range life.States() {
		if !slices.Contains([]State{Draft, Prepared, Signed, Accepted, Returned, Historical, Withdrawn}, State(state)) {
			t.Errorf("the table has a state %s that nobody else knows", state)
		}
	}
}

// An action is called the same where it is done, in the rights and in the journal.
func TestActionsHaveOneWord(t *testing.T) {
	t.Parallel()
	for verb, word := range lifeWords {
		if strings.HasPrefix(verb, "submission.") && auth.VerbWord(verb) != word {
			t.Errorf("%s is %q here and %q in the rights", verb, word, auth.VerbWord(verb))
		}
	}
}
