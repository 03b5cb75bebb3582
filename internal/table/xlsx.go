package table

// A list as an Excel workbook of one sheet.

import (
	"archive/zip"
	"fmt"
	"io"
	"strconv"

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
	s.next++
	for _, note := range t.Notes {
		s.across(note, look{})
	}
	b.do(out.Flush())
	if b.err == nil {
		b.do(b.file.Write(w))
	}
	b.do(b.file.Close())
	return b.err
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

// Characters of columns that an upright A4 and one on its side take at a size that can be read.
const upright, onItsSide = 100, 190

// paper is what a table is printed on: all its columns on the width of a sheet, as long as it takes, under its names.
func (s *streamed) paper(head int) {
	wide := 0
	for column := range s.Columns {
		wide += s.columnWidth(column + 1)
	}
	way, size, across, down := "portrait", a4, 1, 0
	if wide > upright {
		way = "landscape"
	}
	if wide > onItsSide {
		size = a3
	}
	s.do(s.file.SetPageLayout(s.sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &way, FitToWidth: &across,
		FitToHeight: &down}))
	s.do(s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.sheet,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%[2]d", s.sheet, head)}))
}

const a3, a4 = 8, 9 // as Excel counts sizes

func (s *streamed) write(cells []string) error {
	if s.next++; s.next > excelize.TotalRows {
		return errs.Invalidf("一张 Excel 表最多%d行，这里放不下。请改存 CSV，或者缩小范围。", excelize.TotalRows)
	}
	row := make([]any, len(cells))
	for i, cell := range cells {
		l, value := look{framed: true}, any(cell)
		if decimals, exact := exactNumber(cell); exact && i < len(s.Columns) && s.Columns[i].Number {
			l.format = numberFormat(decimals)
			value, _ = strconv.ParseFloat(cell, 64) // of at most 15 digits, which come out of it as they went in
		}
		row[i] = excelize.Cell{StyleID: s.style(l), Value: value}
	}
	return s.out.SetRow(cellName(1, s.next), row)
}

// across writes a text over the columns of the table, with room for its lines.
func (s *streamed) across(text string, l look) {
	s.next++
	var room []excelize.RowOpts
	if !l.title {
		room = append(room, excelize.RowOpts{Height: s.height(len(s.Columns), text)})
	}
	s.do(s.out.SetRow(cellName(1, s.next), []any{excelize.Cell{StyleID: s.style(l), Value: text}}, room...))
	if columns := len(s.Columns); columns > 1 {
		s.do(s.out.MergeCell(cellName(1, s.next), cellName(columns, s.next)))
	}
}
