package sample_test

// The turns of a matter that the story of the whole does not take (oversight.md §4): drafted and raised, received on
// paper, declined and kept, urged, suspended, refused more time, sent back, merged, withdrawn, opened again. Each is
// taken by the page of whoever takes it; what is refused on the way is sent by its form too.

import (
	"fmt"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

func TestTheTurnsOfMatters(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		for _, one := range []scene{{"raised", (*whole).turnsRaised}, {"under way", (*whole).turnsRun},
			{"judged", (*whole).turnsJudged}, {"ended", (*whole).turnsEnded}} {
			w.scene(one.name, one.play)
		}
		clean(t, d)
	})
}

// asks makes a matter of one item of the housing bureau.
func (w *whole) asks(name, title, more string) {
	w.t.Helper()
	w.may(name, "office", "POST /matters", fmt.Sprintf(`{"title":"%s（模拟）","problem":"护栏不全。（模拟）",
		"source":"decision","source_on":"2024-03-11","quote":"会上提出（模拟）","lead":"SF-HOU","aim":"补齐。（模拟）",
		"class":"phased","no_indicator":"没有对应的指标（模拟）","items":{"1.unit":"SF-HOU","1.text":"补齐护栏（模拟）",
		"1.due":"2024-05-31"}%s}`, title, more))
}

func (w *whole) turnsRaised() {
	w.on("2024-03-18")
	w.asks("A", "校园周边护栏", `,"draft":true`)
	w.mayNot(404, "", "housing-liaison", "GET /matters/{A}", "")
	w.may("A", "office", "POST /matters/{A}/edit", `{"version":0,"problem":"两处护栏不全。（模拟）"}`)
	w.may("A", "office", "POST /matters/{A}/raise", `{"version":0}`)
	w.shows("housing-liaison", "/matters/{A}", "两处护栏不全")
	w.may("", "office", "POST /matters/{A}/flag", `{"version":0,"flags":["slow","upper"]}`)
	w.asks("B", "公园护栏", "")
	w.asks("C", "车站护栏", "")
	w.mayNot(422, "", "office", "POST /items/{B.items.0}/receive_for", `{"version":0,"paper":" "}`)
	w.may("", "office", "POST /items/{B.items.0}/receive_for", `{"version":0,"paper":"办公室签收簿（模拟）"}`)
	w.may("", "housing-leader", "POST /items/{A.items.0}/decline", `{"version":0,"reason":"属园林部门（模拟）"}`)
	w.mayNot(422, "", "office", "POST /items/{A.items.0}/keep", `{"version":0,"reason":" "}`)
	w.may("", "office", "POST /items/{A.items.0}/keep", `{"version":0,"reason":"按职责仍由你局办（模拟）"}`)
	w.mayNot(422, "", "office", "POST /items/{A.items.0}/urge", `{"version":0,"level":"yellow","text":"请签收（模拟）",
		"reply_by":"2024-02-01"}`)
	w.may("", "office", "POST /items/{A.items.0}/urge", `{"version":0,"level":"yellow","text":"请签收（模拟）",
		"reply_by":"2024-03-22"}`)
	w.shows("housing-liaison", "/items/{A.items.0}", "请签收（模拟）")
}

func (w *whole) turnsRun() {
	w.on("2024-03-20")
	w.may("", "housing-liaison", "POST /items/{A.items.0}/receive", `{"version":0}`)
	for _, one := range []string{"A", "B"} {
		at := "POST /items/{" + one + ".items.0}/"
		w.may("", "housing-liaison", at+"plan", `{"version":0,"cause_kinds":["execution"],"cause":"没有专人。（模拟）",
			"steps":{"1.text":"派人（模拟）","1.due":"2024-04-30"}}`)
		w.may("", "housing-liaison", at+"start", `{"version":0}`)
	}
	w.mayNot(422, "", "office", "POST /items/{A.items.0}/suspend", `{"version":0,"look_on":"2024-03-01",
		"reason":"待上级文件（模拟）"}`)
	w.may("", "office", "POST /items/{A.items.0}/suspend", `{"version":0,"look_on":"2024-04-08",
		"reason":"待上级文件（模拟）"}`)
	w.may("Ai", "office", "GET /items/{A.items.0}", "")
	w.holds("Ai", "item.state", "suspended")
	w.on("2024-04-08")
	w.may("", "office", "POST /items/{A.items.0}/resume", `{"version":0}`)
	w.may("Ai", "office", "GET /items/{A.items.0}", "")
	w.holds("Ai", "item.original_due", "2024-05-31")
	if due := fmt.Sprint(dig(w.answers["Ai"], "item.due")); due <= "2024-05-31" {
		w.t.Errorf("the days on which it was suspended are not added: due %s", due)
	}
	w.may("", "housing-leader", "POST /items/{B.items.0}/extend", `{"version":0,"wanted_due":"2024-06-28",
		"reason":"人手不够（模拟）"}`)
	w.mayNot(422, "", "office", "POST /items/{B.items.0}/refuse", `{"version":0,"reason":" "}`)
	w.may("", "office", "POST /items/{B.items.0}/refuse", `{"version":0,"reason":"可以先修一处（模拟）"}`)
	w.may("Bi", "office", "GET /items/{B.items.0}", "")
	w.holds("Bi", "item.due", "2024-05-31")
}

func (w *whole) turnsJudged() {
	w.on("2024-05-13")
	report := func(proof string) {
		w.may("", "housing-leader", "POST /items/{A.items.0}/report", `{"version":0,"result":"已补齐（模拟）"}`,
			"file:验收单.docx:"+proof)
	}
	report("两处")
	w.mayNot(422, "", "office", "POST /items/{A.items.0}/return", `{"version":0,"reason":" "}`)
	w.may("", "office", "POST /items/{A.items.0}/return", `{"version":0,"reason":"请附照片（模拟）"}`)
	report("两处的照片")
	w.may("done", "office-b", "POST /items/{A.items.0}/recheck", `{"version":0,"way":"site","place":"校门口（模拟）",
		"looked_at":"护栏（模拟）","judgement":"mostly","reason":"已补齐（模拟）","confirmed":true}`)
	w.holds("done", "item_state", "closed")
	w.mayNot(422, "", "office", "POST /items/{A.items.0}/reopen", `{"version":0,"due":"2024-01-31",
		"reason":"又坏了（模拟）"}`)
	w.may("again", "office", "POST /items/{A.items.0}/reopen", `{"version":0,"due":"2024-06-28",
		"reason":"又坏了（模拟）"}`)
	w.holds("again", "item_state", "in_progress")
}

func (w *whole) turnsEnded() {
	w.mayNot(422, "", "office", "POST /matters/{C}/merge", `{"version":0,"into":"{B}","reason":" "}`)
	w.may("C", "office", "POST /matters/{C}/merge", `{"version":0,"into":"{B}","reason":"同一件事（模拟）"}`)
	w.holds("C", "state", "merged")
	w.shows("office", "/matters/{B}", "会上提出（模拟）")
	w.mayNot(422, "", "office", "POST /items/{B.items.0}/withdraw", `{"version":0,"reason":" "}`)
	w.asks("D", "车库护栏", "")
	w.may("D", "office", "POST /matters/{D}/withdraw", `{"version":0,"reason":"登记错了（模拟）"}`)
	w.holds("D", "state", "withdrawn")
}
