package sample_test

// The kinds of nothing through one report: typed, taken out as files and read back, signed, summed, proven, each as
// what it is.

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/table"
)

func TestKindsOfNothing(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		w.scene("typed", (*whole).nothingTyped)
		w.scene("as files", (*whole).nothingInFiles)
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
			`{"version":{Sd.version},"cells":{`+strings.Join(all, ",")+`},"notes":{`+strings.Join(notes, ",")+`}}`)
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

// inFiles are all five, and a number that is not exact, by row of the workbook's column of boys: nothing happened, does
// not apply, not there yet, not to be published, not answered.
var inFiles = map[string]string{"1.M": "0", "2.M": "不适用", "3.M": "暂缺", "4.M": "保密 12", "5.M": "",
	"6.M": "近5000"}

func (w *whole) nothingInFiles() {
	at := w.filled("/submissions/{S.submissions.0.id}")
	before := dig(w.answers["Sd"], "cells").(map[string]any)
	drafts := func(cells map[string]string) {
		w.t.Helper()
		w.may("Sd", "zhonghu-statistician", "GET "+at, "")
		w.may("", "zhonghu-statistician", "POST "+at+"/draft", `{"version":{Sd.version},"cells":`+said(cells)+`}`)
	}
	stands := func(when string) {
		w.t.Helper()
		w.may("Sd", "zhonghu-statistician", "GET "+at, "")
		for key, want := range inFiles {
			if got, _ := dig(w.answers["Sd"], "cells").(map[string]any)[key].(string); got != want {
				w.t.Errorf("%s: %s is %q, want %q", when, key, got, want)
			}
		}
	}
	drafts(inFiles)
	// as the workbook to be filled in, as a table, and as CSV
	handed := w.browses("zhonghu-statistician", http.MethodGet, at+"/sheet", "*/*", "", nil).Body.Bytes()
	w.column("the workbook", handed, 3)
	w.uploaded(at, handed)
	stands("the same workbook again")
	as := func(format string) []byte {
		return w.browses("zhonghu-statistician", http.MethodGet, at+"?format="+format, "*/*", "", nil).Body.Bytes()
	}
	w.column("the table", as("xlsx"), 5)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(as("csv"), []byte("\ufeff")))).ReadAll()
	must(w.t, err)
	w.inColumn("as CSV", rows, 5)
	// typed into an empty workbook, as Excel stores it
	empty := map[string]string{}
	for key := range inFiles {
		empty[key] = ""
	}
	drafts(empty)
	book, err := excelize.OpenReader(w.browses("zhonghu-statistician", http.MethodGet, at+"/sheet", "*/*", "",
		nil).Body)
	must(w.t, err)
	sheet := book.GetSheetName(0)
	for key, text := range inFiles {
		row := 0
		for n := 1; n < 60; n++ {
			if got, _ := book.GetCellValue(sheet, fmt.Sprintf("A%d", n)); got == strings.TrimSuffix(key, ".M") {
				row = n
			}
		}
		cell := fmt.Sprintf("D%d", row)
		if text == "0" {
			must(w.t, book.SetCellInt(sheet, cell, 0))
		} else {
			must(w.t, book.SetCellStr(sheet, cell, text))
		}
	}
	var filled bytes.Buffer
	must(w.t, book.Write(&filled))
	w.uploaded(at, filled.Bytes())
	stands("filled in as a workbook")
	back := map[string]string{}
	for key := range inFiles {
		back[key], _ = before[key].(string)
	}
	drafts(back)
}

// column looks for the kinds of nothing in a column of a workbook, a cell for each row of the form.
func (w *whole) column(of string, body []byte, column int) {
	w.t.Helper()
	book, err := table.ReadXLSX(body)
	must(w.t, err)
	lines, err := book[0].Lines()
	must(w.t, err)
	w.inColumn(of, lines, column)
}

// inColumn looks into the lines of a table: the first column is the number of the row.
func (w *whole) inColumn(of string, lines [][]string, column int) {
	w.t.Helper()
	found := map[string]bool{}
	for _, line := range lines {
		if len(line) == 0 {
			continue
		}
		key := line[0] + ".M"
		want, asked := inFiles[key]
		if !asked || found[key] {
			continue
		}
		got := ""
		if column < len(line) {
			got = line[column]
		}
		if found[key] = true; got != want {
			w.t.Errorf("%s says %q at %s, want %q", of, got, key, want)
		}
	}
	if len(found) != len(inFiles) {
		w.t.Errorf("%s has only %v of %v: %v", of, found, inFiles, lines)
	}
}

// uploaded sends a workbook as the page does.
func (w *whole) uploaded(at string, body []byte) {
	w.t.Helper()
	var text bytes.Buffer
	form := multipart.NewWriter(&text)
	to, err := form.CreateFormFile("file", "报表.xlsx")
	must(w.t, err)
	_, err = to.Write(body)
	must(w.t, err)
	must(w.t, form.Close())
	answer := w.browses("zhonghu-statistician", http.MethodPost, at+"/sheet", "text/html", form.FormDataContentType(),
		text.Bytes())
	if answer.Code != http.StatusSeeOther || strings.Contains(answer.Header().Get("Location"), "/sheet/") {
		w.t.Errorf("the workbook is answered %d %s %.300s", answer.Code, answer.Header().Get("Location"), answer.Body)
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
