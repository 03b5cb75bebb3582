package sample_test

// A year of reporting from its extensions to the published report by the pages of whoever takes each step
// (oversight.md §11): a copy for next year, an extension, a slip, the paper route, a figure that the office cannot
// change, the review meeting, the closing with known gaps.

import (
	"fmt"
	"net/http"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

func TestAYearOfReportingByPages(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		for _, one := range []scene{{"1 next year's from this one, an extension", (*whole).cycleExtended},
			{"6 the seal route", (*whole).cycleInInk}, {"7 late, and asked again", (*whole).cycleLate},
			{"8 the office cannot change a figure", (*whole).cycleReturned},
			{"11 the review meeting", (*whole).cycleReviewed},
			{"12 closed, compiled, published", (*whole).cycleClosed}} {
			w.scene(one.name, one.play)
		}
		clean(t, d)
	})
}

// cycleIs reads the cycle anew.
func (w *whole) cycleIs() { w.t.Helper(); w.may("Y", "office", "GET /cycles/{Y.cycle.id}", "") }

func (w *whole) cycleExtended() {
	w.on("2024-03-18")
	w.may("C", "office", "GET /cycles", "")
	w.may("Y", "office", "GET /cycles/{C.cycles.0.id}", "")
	w.may("N", "statistics-statistician", "POST /cycles/{Y.cycle.id}/copy", "")
	w.holds("N", "year", 2024)
	w.mayNot(409, "不必再复制", "office", "POST /cycles/{Y.cycle.id}/copy", "")
	extend := func(until, reason string) string {
		return fmt.Sprintf(`{"version":{Y.cycle.version},"unit":"SF-HOU","until":"%s","reason":"%s"}`, until, reason)
	}
	const step = "POST /cycles/{Y.cycle.id}/extend"
	w.mayNot(422, "要在2024-03-31以后", "office", step, extend("2024-03-30", "核对（模拟）"))
	w.mayNot(422, "请写明延期的原因", "office", step, extend("2024-04-08", ""))
	w.mayNot(403, "", "education-statistician", step, extend("2024-04-08", "核对（模拟）"))
	w.may("", "office", step, extend("2024-04-08", "核对（模拟）"))
	w.cycleIs()
	w.reads("housing-liaison", "/cycles/{Y.cycle.id}", "2024-04-08")
}

// inCycle is the id of a report of the cycle.
func (w *whole) inCycle(form, unit string) string {
	w.t.Helper()
	for _, one := range dig(w.answers["Y"], "reports").([]any) {
		if dig(one, "form") == form && dig(one, "unit") == unit {
			return dig(one, "submission").(string)
		}
	}
	w.t.Fatalf("%s has no %s", unit, form)
	return ""
}

func (w *whole) cycleInInk() {
	at := "/submissions/" + w.inCycle("D-PM", "990102-WCCO")
	w.may("Sp", "xichuan-statistician", "GET "+at+"/prepare", "")
	w.mayNot(404, "", "beiyuan-statistician", "POST "+at+"/print", `{"digest":"{Sp.digest}"}`)
	w.may("", "xichuan-statistician", "POST "+at+"/print", `{"digest":"{Sp.digest}"}`)
	scan := `{"digest":"{Sp.digest}","first":"{xichuan-statistician}","second":"{xichuan-leader}","on":"2024-03-18"}`
	w.may("", "xichuan-statistician", "POST "+at+"/scan", scan, "scan:空白.pdf:没有签字")
	w.may("Sd", "office", "GET "+at, "")
	w.mayNot(422, "扫描件上没有签字", "office", "POST "+at+"/refuse", `{"version":{Sd.version},"reason":""}`)
	w.may("", "office", "POST "+at+"/refuse", `{"version":{Sd.version},"reason":"扫描件上没有签字（模拟）"}`)
	w.reads("xichuan-statistician", at, "扫描件上没有签字（模拟）")
	w.may("", "xichuan-statistician", "POST "+at+"/scan", scan, "scan:签字.pdf:两人签字，盖章")
	w.may("Sd", "office", "GET "+at, "")
	w.may("", "office", "POST "+at+"/confirm", `{"version":{Sd.version}}`)
	w.may("Sd", "office", "GET "+at, "")
	w.may("", "office", "POST "+at+"/accept", `{"version":{Sd.version}}`)
	w.reads("office", at+"/receipt", "西川区妇儿工委办·负责人丙")
}

func (w *whole) cycleLate() {
	w.on("2024-04-02")
	w.cycleIs()
	w.mayNot(422, "截止日已经过了", "office", "POST /cycles/{Y.cycle.id}/extend",
		`{"version":{Y.cycle.version},"unit":"SF-HRS","until":"2024-04-20","reason":"忘了（模拟）"}`)
	w.mayNot(422, "不需要催报", "office", "POST /cycles/{Y.cycle.id}/dun", `{"version":{Y.cycle.version},"unit":"SF-EDU"}`)
	w.may("Y2", "office", "POST /cycles/{Y.cycle.id}/dun", `{"version":{Y.cycle.version},"unit":"SF-HRS"}`)
	w.cycleIs()
	w.may("slips", "office", "GET /letters?state=draft", "")
	w.reads("office", "/letters/{slips.letters.0.id}", "已逾期2天")
	w.goesOut("{slips.letters.0.id}")
	w.may("", "labour-liaison", "POST /letters/{slips.letters.0.id}/receive", `{"edition":1}`)
}

func (w *whole) cycleReturned() {
	at := "/submissions/" + w.inCycle("D-C", "990105-WCCO")
	w.mayNot(403, "", "office", "POST "+at+"/draft", `{"version":1,"cells":{"13.M":"21"}}`)
	w.may("Sd", "zhonghu-statistician", "GET "+at, "")
	w.may("", "zhonghu-statistician", "POST "+at+"/draft",
		`{"version":{Sd.version},"cells":{"13.M":"33332","13.F":"31192"}}`)
	w.may("Sp", "zhonghu-statistician", "GET "+at+"/prepare", "")
	sign := `{"digest":"{Sp.digest}","phrase":"yipanqi-sign"}`
	w.mayNot(403, "", "zhonghu-leader", "POST "+at+"/prepare", sign)
	w.may("", "zhonghu-statistician", "POST "+at+"/prepare", sign)
	w.mayNot(403, "", "zhonghu-statistician", "POST "+at+"/sign", sign) // one person in two places
	w.may("", "zhonghu-leader", "POST "+at+"/sign", sign)
	w.may("Sd", "office", "GET "+at, "")
	w.holds("Sd", "versions.1.number", 2)
	w.may("", "office", "POST "+at+"/accept", `{"version":{Sd.version}}`)
	csv := w.browses("office", http.MethodGet, at+"?format=csv", "text/csv", "", nil)
	if csv.Code != http.StatusOK {
		w.t.Errorf("a report as CSV is %d: %s", csv.Code, csv.Body)
	}
}

func (w *whole) cycleReviewed() {
	w.may("M", "office", "POST /meetings", `{"version":0,"title":"数据评审会（模拟）","kind":"review","host":"SF-WCCO",
		"form":"room","place":"会议室（模拟）","starts":"2024-04-22 14:00",
		"ends":"2024-04-22 16:00","chair_unit":"SF-WCC",
		"chair_role":"committee_leader","reply_by":"2024-04-19","scope":"有关单位（模拟）"}`)
	w.may("M1", "office", "POST /meetings/{M}/agenda", `{"title":"评审2023年度数据（模拟）","kind":"review",
		"minutes":30,
		"visible_to":"members"}`)
	w.may("", "office", "POST /meetings/{M}/invite", `{"units":["SF-EDU"],"capacity":"attend","level":"any","seats":1}`)
	w.may("Mn", "office", "POST /meetings/{M}/notice", `{"body":"请参加数据评审。（模拟）"}`)
	w.goesOut("{Mn.letter}")
	w.may("", "office", "POST /meetings/{M}/notify", `{}`)
	w.cycleIs()
	w.may("", "office", "POST /cycles/{Y.cycle.id}/edit",
		`{"version":{Y.cycle.version},"review_meeting":"meeting/{M}"}`)
	w.cycleIs()
	explain := `{"version":{Y.cycle.version},"submission":"` + w.inCycle("EDU-C", "SF-EDU") + `","text":"%s"}`
	w.mayNot(409, "还没有开", "office", "POST /cycles/{Y.cycle.id}/explain", fmt.Sprintf(explain, "口径变了（模拟）"))
	w.on("2024-04-22")
	w.at("2024-04-22 16:10")
	w.may("", "office", "POST /meetings/{M}/hold", `{}`)
	w.cycleIs()
	w.mayNot(422, "请写说明", "office", "POST /cycles/{Y.cycle.id}/explain", fmt.Sprintf(explain, ""))
	w.may("", "statistics-statistician", "POST /cycles/{Y.cycle.id}/explain", fmt.Sprintf(explain, "口径变了（模拟）"))
	w.reads("education-statistician", "/cycles/{Y.cycle.id}", "口径变了（模拟）")
}

func (w *whole) cycleClosed() {
	w.cycleIs()
	w.mayNot(422, "份没有报来", "office", "POST /cycles/{Y.cycle.id}/close", `{"version":{Y.cycle.version}}`)
	w.may("", "office", "POST /cycles/{Y.cycle.id}/close", `{"version":{Y.cycle.version},"confirmed":true}`)
	w.cycleIs()
	w.may("open", "office", "GET /submissions?state=signed&period=2023", "")
	for i := range dig(w.answers["open"], "submissions").([]any) {
		at := w.filled(fmt.Sprintf("/submissions/{open.submissions.%d.id}", i))
		w.may("Sd", "office", "GET "+at, "")
		w.may("", "office", "POST "+at+"/accept", `{"version":{Sd.version}}`)
	}
	w.may("", "statistics-statistician", "POST /cycles/{Y.cycle.id}/compile", `{"version":{Y.cycle.version}}`)
	w.may("L", "office", "POST /letters", `{"issuer":"SF-WCCO","kind":"circular","title":"2023年度监测报告（模拟）",
		"body":"一、总体情况（模拟）","main":["SF-EDU"],"disclosure":"open"}`)
	w.cycleIs()
	w.mayNot(409, "还没有印发", "office", "POST /cycles/{Y.cycle.id}/report",
		`{"version":{Y.cycle.version},"report":"letter/{L}"}`)
	w.goesOut("{L}")
	w.may("", "office", "POST /cycles/{Y.cycle.id}/report", `{"version":{Y.cycle.version},"report":"letter/{L}"}`)
	w.cycleIs()
	w.mayNot(422, "不晚于今天", "office", "POST /cycles/{Y.cycle.id}/publish",
		`{"version":{Y.cycle.version},"published_on":"2024-05-30"}`)
	w.may("", "office", "POST /cycles/{Y.cycle.id}/publish", `{"version":{Y.cycle.version},"published_on":"2024-04-22"}`)
	w.cycleIs()
	w.holds("Y", "cycle.state", "published")
}
