package held_test

// What a row said on an earlier day is what its entries said until then, as far as they say it in full.

import (
	"context"
	"maps"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
)

func TestARowOfAnEarlierDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first, second := strings.Repeat("甲", 301), strings.Repeat("乙", 301) // too long for the journal
		steps := []held.Row{{"name": "一", "plan": first, "why": first, "due": "2024-01-01"},
			{"name": "二", "plan": first, "why": second, "due": "", "added": "1"}}
		want := []held.Row{{"name": "一", "plan": first, "due": "2024-01-01", "added": ""}, steps[1]}
		var before held.Row
		var places []int64
		for _, now := range steps {
			must(t, d.Update(context.Background(), func(tx *db.Tx) error {
				return held.Log(tx, journal.System, "thing.put", "thing/1", before, now, nil)
			}))
			before = now
			must(t, d.View(context.Background(), func(tx *db.Tx) error {
				last, _, _, err := journal.LastOf(tx, "thing/1")
				places = append(places, last.ID)
				return err
			}))
		}
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			for n, place := range append([]int64{places[0] - 1}, places...) {
				row, err := held.At(tx, "thing/1", before, place)
				if err != nil {
					return err
				}
				if n == 0 && row != nil {
					t.Errorf("before it was there the row says %v", row)
				} else if n > 0 && !maps.Equal(row, want[n-1]) {
					t.Errorf("after step %d the row said %v, want %v", n, row, want[n-1])
				}
			}
			return nil
		}))
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
