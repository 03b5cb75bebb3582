package sample_test

// What the fictional city's matters count to: states, measures and effects, each also counted by plain SQL.

import (
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/db"
	"yipanqi/internal/matter"
)

// follows holds the matters and their items against what the specification counts.
func follows(t *testing.T, tx *db.Tx) {
	t.Helper()
	const items = `SELECT count(*) FROM matter_items`
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM matters`:    11,
		items:                             19,
		items + ` WHERE state = 'closed'`: 6,
		items + ` WHERE state = 'closed' AND reported_on <= original_due`:               5,
		items + ` WHERE state = 'closed' AND reported_on <= due`:                        6,
		items + ` WHERE state = 'in_progress'`:                                          7,
		items + ` WHERE state = 'in_progress' AND next_on < '2024-03-15'`:               2,
		items + ` WHERE state = 'in_progress' AND class = 'continuing'`:                 1,
		items + ` WHERE state = 'reported'`:                                             2,
		items + ` WHERE state = 'received'`:                                             2,
		items + ` WHERE state = 'raised' AND since = '2024-03-11' AND received_on = ''`: 1,
		items + ` WHERE state = 'withdrawn'`:                                            1,
	} {
		if got, err := db.Value[int64](tx, sql); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", sql, got, err, want)
		}
	}
	id, err := db.Value[string](tx, `SELECT person_id FROM accounts WHERE login = 'office'`)
	must(t, err)
	office, err := account.UserOf(tx, id)
	must(t, err)
	measures, err := matter.Measures(tx, office, matter.Filter{})
	must(t, err)
	effects, share, err := matter.Effects(tx, office, matter.Filter{})
	must(t, err)
	want := map[string][2]int{"on_time_original": {5, 8}, "on_time": {6, 8}, "first_pass": {5, 7}, "effect": {3, 4},
		"reported": {2, 12}, "note_in_time": {3, 4}}
	for _, m := range append(measures, share) {
		if of, known := want[m.Code]; known && of != [2]int{m.Numerator, m.Denominator} {
			t.Errorf("%s is %d of %d, want %v", m.Code, m.Numerator, m.Denominator, of)
		}
	}
	classes := map[string]int{}
	for _, e := range effects {
		classes[e.Class]++
	}
	for class, n := range map[string]int{matter.Reached: 1, matter.Improved: 2, matter.Unchanged: 1, matter.Waiting: 1,
		matter.NoIndicator: 1} {
		if classes[class] != n {
			t.Errorf("%d effects are %s, want %d", classes[class], class, n)
		}
	}
	found, err := matter.Verify(tx, "")
	if err != nil || len(found) > 0 {
		t.Errorf("the journal and the matters do not agree: %+v (%v)", found, err)
	}
}
