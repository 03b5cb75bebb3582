package sample_test

// The kinds of nothing through one report: typed, read back, signed, summed, proven, each as what it is.

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

func TestKindsOfNothing(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		w.scene("typed", (*whole).nothingTyped)
		w.scene("accepted", (*whole).nothingAccepted)
		clean(t, d)
	})
}

// nothings are cells of the children's form of a district: of those of three to five (row 2), of all up to six (1).
var nothings = map[string]string{"2.M": "暂缺", "2.F": "不适用", "3.M": "近57000", "3.F": "保密 53193"}

func (w *whole) nothingTyped() {
	w.on("2024-03-18")
	w.may("S", "office", "GET /submissions?form=D-C&state=returned", "")
	w.may("Sd", "zhonghu-statistician", "GET /submissions/{S.submissions.0.id}", "")
	draft := func(cells map[string]string) {
		w.t.Helper()
		var all, notes []string
		for key, value := range cells {
			all = append(all, fmt.Sprintf("%q:%q", key, value))
			notes = append(notes, fmt.Sprintf("%q:%q", key, "核对过（模拟）"))
		}
		said := w.sends("zhonghu-statistician", "POST /submissions/{S.submissions.0.id}/draft",
			`{"version":{Sd.version},"cells":{`+strings.Join(all, ",")+`},"notes":{`+strings.Join(notes, ",")+`}}`, "")
		if said.Code != http.StatusOK {
			w.t.Fatalf("the draft is %d: %s", said.Code, said.Body)
		}
		w.may("Sd", "zhonghu-statistician", "GET /submissions/{S.submissions.0.id}", "")
	}
	draft(map[string]string{"1.F": "不适用"}) // while some of them are looked after: row 9
	page := w.browses("zhonghu-statistician", "GET", w.filled("/submissions/{S.submissions.0.id}?check=true"),
		"text/html", "", nil).Body.String()
	if want := "女：接受健康管理的零至六岁儿童不能多于零至六岁儿童"; !strings.Contains(page, want) {
		w.t.Errorf("the page does not say that %s", want)
	}
	draft(map[string]string{"1.F": "29487"})
	draft(nothings)
	for key, value := range nothings {
		if got := dig(w.answers["Sd"], "cells").(map[string]any)[key]; got != value {
			w.t.Errorf("%s reads back as %v, want %s", key, got, value)
		}
	}
}

func (w *whole) nothingAccepted() {
	w.may("Sp", "zhonghu-statistician", "GET /submissions/{S.submissions.0.id}/prepare", "")
	sign := `{"digest":"{Sp.digest}","phrase":"yipanqi-sign"}`
	w.may("", "zhonghu-statistician", "POST /submissions/{S.submissions.0.id}/prepare", sign)
	w.may("", "zhonghu-leader", "POST /submissions/{S.submissions.0.id}/sign", sign)
	w.may("Sd", "office", "GET /submissions/{S.submissions.0.id}", "")
	w.may("", "office", "POST /submissions/{S.submissions.0.id}/accept", `{"version":{Sd.version}}`)
	part := func(sex, field string) string {
		w.t.Helper()
		w.may("P", "office", "GET /proof?indicator=C-EDU-001&area=990105&period=2023&sex="+sex, "")
		for i, one := range dig(w.answers["P"], "parts").([]any) {
			if dig(one, "element") == "AGE3_5" {
				return fmt.Sprint(dig(w.answers["P"], fmt.Sprintf("parts.%d.%s", i, field)))
			}
		}
		return "no such part"
	}
	for _, c := range [][3]string{{"_T", "men_nothing", "暂缺"}, {"_T", "women_nothing", "不适用"},
		{"_T", "nothing", "暂缺"}, {"2", "nothing", "不适用"}, {"2", "reported", "1"},
		{"1", "nothing", "暂缺"}, {"1", "reported", "0"}} {
		if got := part(c[0], c[1]); got != c[2] {
			w.t.Errorf("%s of sex %s is %s, want %s", c[1], c[0], got, c[2])
		}
	}
	page := w.browses("office", "GET", "/proof?indicator=C-EDU-001&area=990105&period=2023&sex=_T", "text/html", "",
		nil).Body.String()
	for _, word := range []string{"<td class=\"num\">暂缺</td>", "<td class=\"num\">不适用</td>"} {
		if !strings.Contains(page, word) {
			w.t.Errorf("the proof does not show %s", word)
		}
	}
}
