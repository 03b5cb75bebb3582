package sample_test

// What the fictional city's letters count to, and that the journal agrees with every row of them.

import (
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/letter"
	"yipanqi/internal/module"
	"yipanqi/internal/sample/sampletest"
)

// writes holds the letters against what their story says: one unit received late, one on paper, three not yet.
func writes(t *testing.T, tx *db.Tx) {
	t.Helper()
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM letters`:                                                26,
		`SELECT count(*) FROM letters WHERE state = 'issued'`:                         23,
		`SELECT count(*) FROM letters WHERE state = 'checked'`:                        1,
		`SELECT count(*) FROM letter_receipts WHERE at IS NULL`:                       5,
		`SELECT count(*) FROM letter_receipts WHERE channel = 'paper' AND scan <> ''`: 1,
	} {
		if got, err := db.Value[int64](tx, sql); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", sql, got, err, want)
		}
	}
	office := auth.User{ID: "x", Posts: []auth.Post{{Role: auth.Office, Unit: "SF-WCCO"}}}
	m, _, err := letter.Received(tx, office, module.Work{Year: 2024})
	must(t, err)
	if m != (letter.Reception{Of: 52, Received: 48, InTime: 47, Paper: 1, Median: "1"}) {
		t.Errorf("letters of 2024 are received as %+v", m)
	}
	id, err := db.Value[string](tx, `SELECT id FROM letters WHERE kind = 'circular' AND state = 'issued'`)
	must(t, err)
	v, err := letter.VersionOf(tx, id, 1)
	must(t, err)
	c, err := v.Content()
	must(t, err)
	if n := c.Counted(); n.All != 2 || n.Signed != 0 || len(n.Rest) != 2 {
		t.Errorf("the circular's figures are %+v", n)
	}
	issuer, err := sampletest.Secrets().Installation.Public()
	must(t, err)
	_, c, err = letter.Preview(tx, letter.Letter{ID: "x", Unit: "SF-WCCO", Issuer: "SF-WCCO", Kind: letter.KindCircular,
		Title: "情况通报（模拟）", Main: []string{"SF-EDU"}, Body: "继续教育参与率为{{figure W-EDU-001 year=2023}}，" +
			"另一项为{{figure C-ENV-001 year=2023}}。"}, issuer)
	must(t, err)
	if n := c.Counted(); n.All != 2 || n.Signed != 1 || len(n.Rest) != 1 || c.Figures[0].Text != "46.5%" {
		t.Errorf("of a figure that two signed and one that waits for a district: %+v, %+v", n, c.Figures)
	}
	found, err := letter.Verify(tx, "")
	for _, f := range found {
		if f.Code != "letter.signature" {
			t.Errorf("the journal and the letters do not agree: %+v", f)
		}
	}
	must(t, err)
}
