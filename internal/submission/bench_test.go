package submission

// A workbook of 100,000 cells as somebody uploads it, read and held against the draft, beside the spreadsheet library
// reading the same file bare, in turn in one run. What one cell means is the other tests'.

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/quantity"
	"yipanqi/internal/table"
)

// filledIn is the workbook of a form as it comes back, a number in each of its cells.
func filledIn(b *testing.B, t table.Sheet) (file bytes.Buffer) {
	b.Helper()
	if err := t.WriteXLSX(&file); err != nil {
		b.Fatal(err)
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	for i, row := range t.Rows {
		for j := range row.Cells {
			if err := book.SetCellValue(t.Name, t.CellName(i, j), i*len(row.Cells)+j); err != nil {
				b.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		b.Fatal(err)
	}
	return out
}

func BenchmarkWorkbook(b *testing.B) {
	const rows = 14_000 // of seven cells, four of them filled in
	s := Submission{Form: form.Form{Name: "大表"}, Typed: Typed{Cells: map[string]string{}}}
	for _, sex := range []int{quantity.SexMale, quantity.SexFemale, quantity.SexUnknown, 9} {
		s.Form.Columns = append(s.Form.Columns,
			form.Column{Code: fmt.Sprint("C", sex), Name: fmt.Sprint("列", sex), Sex: sex})
	}
	for i := range rows {
		code := fmt.Sprintf("E%05d", i)
		s.Form.Rows = append(s.Form.Rows, form.Row{Number: fmt.Sprint(i + 1), Label: "数据项" + code, Element: code,
			Calibre: element.NoCalibre, Of: element.Element{Code: code, Unit: "人"}})
	}
	file := filledIn(b, s.Sheet())
	bare := func() {
		f, err := excelize.OpenReader(bytes.NewReader(file.Bytes()))
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		for _, sheet := range f.GetSheetList() {
			if _, err := f.GetRows(sheet); err != nil {
				b.Fatal(err)
			}
		}
	}
	var read, checked time.Duration
	ours := func() {
		start := time.Now()
		book, err := table.ReadXLSX(file.Bytes())
		if err != nil {
			b.Fatal(err)
		}
		read = time.Since(start)
		u, err := s.fromSheet(book)
		if err != nil || u.Filled != 4*rows {
			b.Fatalf("%d cells are read: %v", u.Filled, err)
		}
		draft := s
		draft.Typed = s.Typed.with(Typed{Cells: u.Cells})
		if hard := draft.Review().Hard; len(hard) > 0 {
			b.Fatal(hard[0])
		}
		checked = time.Since(start)
	}
	var ratios, reads []float64
	var took [2][]time.Duration
	for range 7 {
		runtime.GC()
		start := time.Now()
		bare()
		took[0] = append(took[0], time.Since(start))
		runtime.GC()
		ours()
		took[1] = append(took[1], checked)
		ratios = append(ratios, float64(checked)/float64(took[0][len(took[0])-1]))
		reads = append(reads, float64(read)/float64(took[0][len(took[0])-1]))
	}
	for _, all := range [][]float64{ratios, reads} {
		slices.Sort(all)
	}
	word := "met"
	if ratios[3] > 1.5 {
		word = "MISSED"
	}
	b.Logf("100,000 cells read, compared and checked ÷ the library's raw read: %.2f × (reading alone %.2f ×) "+
		"target ≤ 1.5: %s; %s, raw %s", ratios[3], reads[3], word, took[1][3].Round(time.Millisecond),
		took[0][3].Round(time.Millisecond))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	ours()
	runtime.ReadMemStats(&after)
	b.Logf("memory allocated by one upload of %.1f MB: %.0f MB", float64(file.Len())/1e6,
		float64(after.TotalAlloc-before.TotalAlloc)/1e6)
}
