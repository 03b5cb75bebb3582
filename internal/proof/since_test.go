package proof_test

// Figures that were accepted before anybody attested the definitions.

import (
	"context"
	"testing"

	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/web/webtest"
)

// A database from before definitions were attested keeps its grades, and the page says since when there are witnesses.
func TestFiguresFromBeforeDefinitionsWereAttested(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCity(t, d)
		c.update(func(tx *db.Tx) {
			for i := range c.units {
				c.report(tx, i, map[string]string{"1.M": "100", "1.F": "100", "2.M": "15", "2.F": "15"})
			}
		})
		if p := c.proof("office", rate); p.Status != "proven" || !p.Since.IsZero() {
			t.Fatalf("attested from the beginning: %s, since %s", p.Status, p.Since)
		}
		dbtest.Outside(t, d, `DELETE FROM journal WHERE object = 'definitions'`, `DELETE FROM attested`)
		if p := c.proof("office", rate); p.Status != "unproven" {
			t.Errorf("with nothing attested the figure is %s", p.Status)
		}
		c.must(attest.Begin(context.Background(), d))
		if p := c.proof("office", rate); p.Status != "proven" || p.Since.IsZero() {
			t.Errorf("after the baseline: %s, since %s: %+v", p.Status, p.Since, p.Assertions)
		}
		c.Check(t, webtest.Scenario{As: "office", Path: rate, Contains: []string{"起存证；此前审核通过的报表"}})
	})
}
