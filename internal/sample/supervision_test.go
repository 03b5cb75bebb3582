package sample_test

// What the fictional city's supervision of 2023 counts to, and that its measures are plain counts.

import (
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/supervision"
)

// supervised holds groups, visits, findings and letters against what the story says.
func supervised(t *testing.T, tx *db.Tx) {
	t.Helper()
	const (
		told     = ` FROM letters l JOIN feedbacks b ON b.letter = 'letter/' || l.id WHERE l.state = 'issued'`
		receipts = `SELECT count(*) FROM letter_receipts c WHERE EXISTS (SELECT 1` + told +
			` AND l.id = c.letter_id AND l.in_force = c.edition)`
	)
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM supervision_groups`:                                3,
		`SELECT count(DISTINCT area_id) FROM visits`:                             5,
		`SELECT count(*) FROM visits`:                                            6, // one area saw two groups
		`SELECT count(*) FROM feedbacks WHERE further <> '' AND further <> '[]'`: 1, // both heads agreed
		`SELECT count(DISTINCT area_id) FROM visits WHERE state = 'noted'`:       4,
		`SELECT count(*) FROM visit_sites`:                                       13,
		`SELECT count(*) FROM visit_sites WHERE chosen = 'drawn'`:                4,
		`SELECT count(*) FROM findings`:                                          14,
		`SELECT count(*) FROM findings WHERE kind = 'problem'`:                   10,
		`SELECT count(*) FROM findings WHERE kind = 'practice'`:                  4,
		`SELECT count(*)` + told:                                                 4,
		receipts:                                                                 8,
		receipts + ` AND c.at IS NOT NULL`:                                       7,
		`SELECT count(*) FROM objections WHERE verdict = 'changed'`:              1,
		`SELECT count(*) FROM objections`:                                        1,
		`SELECT count(*) FROM feedbacks WHERE state = 'handed'`:                  1,
		`SELECT count(*) FROM visit_notes WHERE kind = 'file' AND found <> ''`:   36,
	} {
		if got, err := db.Value[int64](tx, sql); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", sql, got, err, want)
		}
	}
	id, err := db.Value[string](tx, `SELECT person_id FROM accounts WHERE login = 'office'`)
	must(t, err)
	office, err := account.UserOf(tx, id)
	must(t, err)
	all, err := supervision.Measures(tx, office, module.Work{Year: 2023})
	must(t, err)
	want := map[string][2]int{"coverage": {4, 5}, "drawn": {4, 13}, "objection_upheld": {1, 1},
		"letter_in_time": {4, 4}, "letter_planned": {1, 1}}
	for _, m := range all {
		if n := want[m.Code]; m.Numerator != n[0] || m.Denominator != n[1] {
			t.Errorf("%s counts %d of %d, want %v", m.Code, m.Numerator, m.Denominator, n)
		}
	}
}
