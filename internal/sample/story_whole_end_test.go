package sample_test

// The end of the story of the whole: what the indicator did after an item was closed, and the measures of all its
// years against plain SQL.

import (
	"fmt"
	"strconv"
	"testing"

	"yipanqi/internal/db"
)

// concluded is the end of the round: its report waits for the answer to what must be changed.
func (w *whole) concluded() {
	w.on("2025-11-03")
	step := func(verb string, stage int, more string) {
		w.may("R", "office", "POST /rounds/{R}/"+verb, fmt.Sprintf(`{"version":{R.version},"stage":%d%s}`, stage, more))
	}
	w.may("Rv", "office", "GET /rounds/{R}", "")
	w.answers["R"] = dig(w.answers["Rv"], "round")
	step("start", 7, "")
	w.mayNot(409, "还没有起草", "office", "POST /rounds/{R}/finish", `{"version":{R.version},"stage":7}`)
	w.may("BR", "office", "POST /rounds/{R}/report", "{}")
	w.may("T", "office", "POST /opinions", `{"title":"评估报告征求意见稿（模拟）","about":"round/{R}",
		"unit":["SF-JUS"],"due":"2025-11-10","text":"一、配备总体平稳。（模拟）"}`)
	w.may("OT", "justice-liaison", "POST /opinions/{T}/opinions", `{"paragraph":"p1","kind":"fact","weight":"must",
		"reason":"注明年份。（模拟）","suggestion":"注明年份（模拟）","shown_as":"name","next":"file"}`)
	w.shows("office", "/rounds/{R}", "发出之前还要办", "“必须修改”的意见还没有回应")
	w.may("BRv", "office", "GET /letters/{BR}", "")
	w.may("", "office-b", "POST /letters/{BR}/check", `{"version":{BRv.letter.version},"digest":"{BRv.digest}"}`)
	w.may("", "director", "POST /letters/{BR}/sign", `{"digest":"{BRv.digest}","phrase":"yipanqi-sign"}`)
	w.may("BRv", "office", "GET /letters/{BR}", "")
	issue := `{"version":{BRv.letter.version}}`
	w.mayNot(409, "必须修改", "office", "POST /letters/{BR}/issue", issue)
	w.may("OT", "office", "POST /opinions/{T}/opinions/{OT}/reply", `{"version":{OT.version},"verdict":"adopted",
		"changed_text":"2024年配备总体平稳。（模拟）"}`)
	w.may("", "justice-liaison", "POST /opinions/{T}/opinions/{OT}/settle", `{"version":{OT.version}}`)
	w.may("", "office", "POST /letters/{BR}/issue", issue)
	w.shows("office", "/letters/{BR}", "项数据", "已双签字")
	step("finish", 7, "")
	for _, stage := range []int{1, 2, 5, 6} {
		step("start", stage, "")
		step("finish", stage, "")
	}
	step("finish", 3, "")
	step("finish", 4, "")
	w.mayNot(422, "", "office", "POST /rounds/{R}/skip", `{"version":{R.version},"stage":9,"reason":" "}`)
	step("skip", 9, `,"reason":"并入年度归档（模拟）"`)
	w.may("R", "office", "POST /rounds/{R}/close", `{"version":{R.version}}`)
	w.holds("R", "state", "closed")
	w.reads("office", "/items?source=recommendation", "制定配备计划（模拟）") // what came of it lives on
}

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
