package sample_test

// The end of the story of the whole: what the indicator did after an item was closed, and the measures of all its
// years against plain SQL.

import (
	"strconv"
	"testing"

	"yipanqi/internal/db"
)

// moved is step 14: of the item that was closed in 2025 the ledger waits for 2026, the first year that began after it.
func (w *whole) moved() {
	w.on("2027-01-04")
	w.cycle("N", 2026, `"JUS-C"`, "2027-01-11", "")
	w.may("N", "office", "POST /cycles/{N}/train", `{"version":{N.version},"untaught":"人员没有变动（模拟）"}`)
	w.on("2027-01-11")
	w.may("N", "statistics-statistician", "POST /cycles/{N}/open", `{"version":{N.version}}`)
	w.holds("N", "state", "open")
	w.may("effects", "office", "GET /items/measures?year=2025", "")
	w.effect("waiting", "94.1", "")
	w.accepted("JUS-C", "justice", "2026", `{"1.V":"430","2.V":"425"}`)
	w.may("effects", "office", "GET /items/measures?year=2025", "")
	w.effect("improved", "94.1", "98.8")
}

// effect looks at the line of the justice bureau's item.
func (w *whole) effect(class, before, after string) {
	w.t.Helper()
	for _, one := range dig(w.answers["effects"], "effects").([]any) {
		if w.filled("{MJ.matter.items.0.id}") != dig(one, "item") {
			continue
		}
		got := [3]any{dig(one, "class"), dig(one, "before"), dig(one, "after")}
		if after == "" && got[2] == nil {
			got[2] = ""
		}
		if got != [3]any{class, before, after} {
			w.t.Errorf("the effect is %v, want %s from %s to %s", got, class, before, after)
		}
		return
	}
	w.t.Errorf("the item is not in the ledger of effects: %s", said(w.answers["effects"]))
}

// counted asks for the measures of each year that the story ran in.
func (w *whole) counted() {
	view(w.t, w.d, func(tx *db.Tx) {
		for _, year := range []int{2024, 2025, 2026, 2027} {
			w.t.Run(strconv.Itoa(year), func(t *testing.T) { measuresOf(t, tx, year, "2027-01-11", "约为90%") })
		}
	})
}
