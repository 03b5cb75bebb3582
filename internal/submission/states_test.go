package submission

// The table of a report's states is sound, and an action has one word everywhere. The steps themselves:
// actions_test.go.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
)

func TestStateTableIsSound(t *testing.T) {
	t.Parallel()
	granted := func(verb string) bool {
		return slices.ContainsFunc(auth.Roles(), func(role string) bool { return auth.RoleCan(role, verb) })
	}
	for _, fault := range life.Faults(granted) {
		t.Error(fault)
	}
	for _, state := range life.States() {
		if !slices.Contains([]State{Draft, Prepared, Seconded, Printed, Scanned, Signed, Accepted, Returned,
			Historical, Withdrawn}, State(state)) {
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
