package table

// A list as an Excel workbook of one sheet.

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/errs"
)

// A table as an Excel workbook. However long it is, it takes the memory of a few rows: they go to a file of their own
// as they are read. Forms to be filled in are sheet.go's.

// sampled is how many rows say how wide the columns are: widths stand before the rows.
const sampled = 200

// WriteXLSX writes an Excel workbook of one sheet: title, bold column names that stay in sight, rows and
// notes. A number is written as one only if Excel keeps all its digits (15); else, and in other columns,
// cells are text.
func (t Table) WriteXLSX(w io.Writer) error {
	t = t.asideLast()
	b := newWorkbook(t.Name)
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	fits := true
	b.do(b.file.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: &fits}))
	out, err := b.file.NewStreamWriter(b.sheet)
	if err != nil {
		return err
	}
	s := streamed{Table: t, workbook: b, out: out}
	for i, c := range t.Columns {
		b.widen(i+1, string(c.Name))
	}
	b.do(t.Each(s.row))
	s.begin()
	for i, note := range t.Notes {
		if i == 0 {
			s.next++ // off the rows
		}
		s.across(note, look{})
	}
	b.do(out.Flush())
	b.do(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: b.sheet,
		RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", b.sheet, columnName(s.printed()), s.next)}))
	if b.err == nil {
		b.do(b.file.Write(w))
	}
	b.do(b.file.Close())
	return b.err
}

// asideLast is the table with what only programs read behind what people do.
func (t Table) asideLast() Table {
	order := make([]int, 0, len(t.Columns))
	for _, aside := range []bool{false, true} {
		for i, c := range t.Columns {
			if c.Aside == aside {
				order = append(order, i)
			}
		}
	}
	if slices.IsSorted(order) {
		return t
	}
	in := func(cells []string) []string {
		out := make([]string, len(order))
		for to, from := range order {
			if from < len(cells) {
				out[to] = cells[from]
			}
		}
		return out
	}
	whole, columns := t, make([]Column, len(order))
	for to, from := range order {
		columns[to] = t.Columns[from]
	}
	t.Columns, t.Rows = columns, nil
	t.More = func(yield func([]string) error) error {
		return whole.Each(func(cells []string) error { return yield(in(cells)) })
	}
	return t
}

// printed is how many columns are: those that people read.
func (t Table) printed() (n int) {
	for _, c := range t.Columns {
		if !c.Aside {
			n++
		}
	}
	return max(n, 1)
}

// streamed is a table on its way into a workbook; until begun, its first rows wait for their widths.
type streamed struct {
	Table
	*workbook
	out     *excelize.StreamWriter
	waiting [][]string
	begun   bool
	next    int // row last written
}

func (s *streamed) row(cells []string) error {
	if !s.begun && len(s.waiting) < sampled {
		for i, cell := range cells {
			s.widen(i+1, cell)
		}
		s.waiting = append(s.waiting, append([]string(nil), cells...))
		return nil
	}
	s.begin()
	return s.write(cells)
}

// begin writes what stands above the rows, and the rows that waited.
func (s *streamed) begin() {
	if s.begun {
		return
	}
	s.begun = true
	head := 1
	if s.Title != "" {
		head++
	}
	for column := range s.widths {
		s.do(s.out.SetColWidth(column, column, float64(s.columnWidth(column))))
	}
	s.do(s.out.SetPanes(frozen(head)))
	s.paper(head)
	if s.Title != "" {
		s.across(s.Title, look{title: true})
	}
	names := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		names[i] = excelize.Cell{StyleID: s.style(look{bold: true, framed: true}), Value: string(c.Name)}
	}
	s.next++
	s.do(s.out.SetRow(cellName(1, s.next), names))
	for _, cells := range s.waiting {
		s.do(s.write(cells))
	}
	s.waiting = nil
}

// Characters of columns that an upright A4, one on its side and an A3 take at a size that can be read.
const upright, onItsSide, onA3 = 100, 190, 270

// paper is what a table is printed on: all its columns on the width of a sheet, or of as few as can be read, as long as
// it takes, under its names, each sheet with what it is and its number; its first column again on sheets beside others.
func (s *streamed) paper(head int) {
	wide := 0
	for column := range s.printed() {
		wide += s.columnWidth(column + 1)
	}
	way, size, across, down := "portrait", a4, 1, 0
	if wide > upright {
		way = "landscape"
	}
	if wide > onItsSide {
		size, across = a3, (wide+onA3-1)/onA3
	}
	s.do(s.file.SetPageLayout(s.sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &way, FitToWidth: &across,
		FitToHeight: &down}))
	titles := fmt.Sprintf("'%s'!$%d:$%[2]d", s.sheet, head)
	if across > 1 {
		titles = fmt.Sprintf("'%s'!$A:$A,%s", s.sheet, titles)
	}
	s.do(s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.sheet, RefersTo: titles}))
	around := excelize.HeaderFooterOptions{OddFooter: "&C&P / &N"}
	if s.Title == "" && s.Heading != "" {
		around.OddHeader = "&C&14" + " " + strings.ReplaceAll(s.Heading, "&", "&&") // else a year would join the size
	}
	s.do(s.file.SetHeaderFooter(s.sheet, &around))
}

const a3, a4 = 8, 9 // as Excel counts sizes

func (s *streamed) write(cells []string) error {
	if s.next++; s.next > excelize.TotalRows {
		return errs.Invalidf("一张 Excel 表最多%d行，这里放不下。请改存 CSV，或者缩小范围。", excelize.TotalRows)
	}
	row, high := make([]any, len(cells)), 1
	for i, cell := range cells {
		if room := s.columnWidth(i + 1); strings.Contains(cell, "\n") || len(cell) > room-2 && width(cell) > room-2 {
			high = max(high, lines(room, cell))
		}
		l, value := look{framed: true}, any(cell)
		if decimals, exact := exactNumber(cell); exact && i < len(s.Columns) && s.Columns[i].Number {
			l.format = numberFormat(decimals)
			value, _ = strconv.ParseFloat(cell, 64) // of at most 15 digits, which come out of it as they went in
		}
		row[i] = excelize.Cell{StyleID: s.style(l), Value: value}
	}
	var room []excelize.RowOpts
	if high > 1 { // programs do not all make it for words that wrap
		room = append(room, excelize.RowOpts{Height: min(float64(high*lineHeight), excelize.MaxRowHeight)})
	}
	return s.out.SetRow(cellName(1, s.next), row, room...)
}

// across writes a text over the columns of the table, with room for its lines.
func (s *streamed) across(text string, l look) {
	s.next++
	var room []excelize.RowOpts
	if !l.title {
		room = append(room, excelize.RowOpts{Height: s.height(s.printed(), text)})
	}
	s.do(s.out.SetRow(cellName(1, s.next), []any{excelize.Cell{StyleID: s.style(l), Value: text}}, room...))
	if columns := s.printed(); columns > 1 {
		s.do(s.out.MergeCell(cellName(1, s.next), cellName(columns, s.next)))
	}
}
