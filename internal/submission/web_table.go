package submission

// A report as a table for CSV and Excel: cell by cell as it stands, each kind of nothing as it was typed. The workbook
// that is filled in and uploaded again is web_sheet.go's.

import (
	"context"

	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web/part"
)

// Table is one row for each cell.
func (d showData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: d.s.Form.Code + "-" + d.Unit.Code + "-" + d.Period}
	for _, name := range []say.Key{"行号", "项目", "列", "数据项", "计量单位", "数值", "上期", "说明"} {
		t.Columns = append(t.Columns, table.Column{Name: name})
	}
	for _, spec := range d.s.Form.Cells() {
		column := ""
		if !spec.Column.Whole() {
			column = part.Name(ctx, spec.Column.Name, spec.Column.NameEN)
		}
		t.Rows = append(t.Rows, []string{spec.Row.Number, part.Name(ctx, spec.Row.Label, spec.Row.LabelEN), column,
			spec.Row.Element, part.Unit(ctx, spec.Row.Of.Unit, ""), d.Cells[spec.Key],
			d.LastPeriod[spec.Key], d.Notes[spec.Key]})
	}
	return t
}
