package sample_test

// A figure is amended by pages after it went out in a letter (oversight.md §11, step 13): signed again by both, the
// difference cell by cell, and what is named that changes with it: indicators, the report, the letter. The receipts of
// both versions verify.

import (
	"fmt"
	"strconv"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

func TestAFigureThatWentOutIsAmended(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		w.scene("a letter quotes it", (*whole).amendQuoted)
		w.scene("amended and signed again", (*whole).amendSigned)
		w.scene("accepted", (*whole).amendAccepted)
		clean(t, d)
	})
}

const quotedIn = "关于学前教育毛入园率的通报（模拟）"

func (w *whole) amendQuoted() {
	w.on("2024-06-11")
	w.may("L", "office", "POST /letters", `{"issuer":"SF-WCCO","kind":"circular","title":"`+quotedIn+`",
		"body":"全市学前教育毛入园率为{{figure C-EDU-001 year=2022}}。（模拟）","main":["SF-EDU"],"disclosure":"open"}`)
	w.goesOut("{L}")
}

func (w *whole) amendSigned() {
	w.may("S", "office", "GET /submissions?form=D-C&period=2022&state=accepted", "")
	for _, one := range dig(w.answers["S"], "submissions").([]any) {
		if dig(one, "area") == "990102" || dig(one, "area.code") == "990102" {
			w.answers["X"] = one
		}
	}
	w.may("Sd", "xichuan-statistician", "GET /submissions/{X}", "")
	w.hides("office", w.filled("/submissions/{X}/amend"))
	w.hides("xichuan-leader", w.filled("/submissions/{X}/amend"))
	w.mayNot(422, "", "xichuan-statistician", "POST /submissions/{X}/amend", `{"version":{Sd.version},"reason":""}`)
	w.may("", "xichuan-statistician", "POST /submissions/{X}/amend",
		`{"version":{Sd.version},"reason":"漏报一所幼儿园（模拟）"}`)
	w.may("Sd", "xichuan-statistician", "GET /submissions/{X}", "")
	was, err := strconv.Atoi(dig(w.answers["Sd"], "cells").(map[string]any)["6.M"].(string))
	must(w.t, err)
	w.answers["was"] = map[string]any{"n": strconv.Itoa(was), "now": strconv.Itoa(was - 900)}
	w.may("", "xichuan-statistician", "POST /submissions/{X}/draft",
		fmt.Sprintf(`{"version":{Sd.version},"cells":{"6.M":"%d"}}`, was-900))
	w.shows("xichuan-statistician", "/submissions/{X}", "新版本审核通过之前，原版本的数据继续有效", "与现行有效版本的差别",
		strconv.Itoa(was))
	w.may("Sp", "xichuan-statistician", "GET /submissions/{X}/prepare", "")
	sign := `{"digest":"{Sp.digest}","phrase":"yipanqi-sign"}`
	w.may("", "xichuan-statistician", "POST /submissions/{X}/prepare", sign)
	w.may("", "xichuan-leader", "POST /submissions/{X}/sign", sign)
}

func (w *whole) amendAccepted() {
	w.shows("office", "/submissions/{X}", "审核通过后会变动的指标", "学前教育毛入园率",
		"引用这些指标的报告和文件", quotedIn,
		"漏报一所幼儿园（模拟）", w.filled("{was.n}"), w.filled("{was.now}"))
	w.may("Before", "office", "GET /proof?indicator=C-EDU-001&area=990100&period=2022&sex=_T", "")
	w.may("Sd", "office", "GET /submissions/{X}", "")
	w.may("", "office", "POST /submissions/{X}/accept", `{"version":{Sd.version}}`)
	w.shows("office", "/submissions/{X}", "审核通过后变动的指标", "引用这些指标的报告和文件", quotedIn)
	w.shows("director", "/submissions/{X}", quotedIn)
	w.may("After", "office", "GET /proof?indicator=C-EDU-001&area=990100&period=2022&sex=_T", "")
	if before, after := dig(w.answers["Before"], "value"), dig(w.answers["After"], "value"); fmt.Sprint(before) ==
		fmt.Sprint(after) {
		w.t.Errorf("the figure of the city is %v as before", after)
	}
	w.may("Sd", "office", "GET /submissions/{X}", "")
	for _, one := range dig(w.answers["Sd"], "versions").([]any) {
		if number := dig(one, "number"); dig(one, "accepted_at") == nil {
			w.t.Errorf("version %v was not accepted: %v", number, one)
		}
	}
	w.shows("xichuan-leader", "/submissions/{X}/receipt", w.filled("{was.now}"))
}
