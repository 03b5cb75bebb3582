package table

// A list as an Excel workbook of one sheet.

import (
	"io"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/errs"
)

// WriteXLSX writes an Excel workbook of one sheet: title, bold column names that stay in sight, rows and
// notes. A number is written as one only if Excel keeps all its digits (15); else, and in other columns,
// cells are text.
func (t Table) WriteXLSX(w io.Writer) error {
	b := newWorkbook(t.Name)
	row := 1
	if t.Title != "" {
		b.across(row, len(t.Columns), t.Title, look{title: true})
		row++
	}
	for i, c := range t.Columns {
		b.cell(i+1, row, c.Name, false, look{bold: true, framed: true})
	}
	b.freeze(row)
	err := t.each(func(cells []string) error {
		if row++; row > excelize.TotalRows {
			return errs.Invalidf("一张 Excel 表最多%d行，这里放不下。请改存 CSV，或者缩小范围。", excelize.TotalRows)
		}
		for i, cell := range cells {
			b.cell(i+1, row, cell, i < len(t.Columns) && t.Columns[i].Number, look{framed: true})
		}
		return nil
	})
	b.do(err)
	row++
	for _, note := range t.Notes {
		row++
		b.across(row, len(t.Columns), note, look{})
	}
	return b.write(w)
}
