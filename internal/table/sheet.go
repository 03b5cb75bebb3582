package table

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/errs"
)

// Sheet is an official form to be filled in offline: everything is locked but the inputs.
type Sheet struct {
	Name  string
	Title string
	Lines []string // below the title: number, authority, area, period …
	Heads []string // of the columns: those of the row heads, then those of the cells
	Rows  []SheetRow
	Notes []string
	Words []string // what an input may hold instead of a number
}

// SheetRow is one row; all rows have the same number of heads.
type SheetRow struct {
	Heads []string
	Cells []SheetCell
}

// SheetCell is a cell of a row: an Input for a number that is not negative, or a fixed text.
type SheetCell struct {
	Value    string
	Input    bool
	Decimals int // of an input, at most
}

// CellName names a cell of Rows in the workbook, as "C7".
func (s Sheet) CellName(row, cell int) string {
	return cellName(len(s.Rows[row].Heads)+cell+1, s.headRow()+1+row)
}

// headRow is the row of the column heads, below the title and the lines.
func (s Sheet) headRow() int { return 2 + len(s.Lines) }

// WriteXLSX writes the form, protected without a password. Inputs tell a mistyped value at once.
func (s Sheet) WriteXLSX(w io.Writer) error {
	b := newWorkbook(s.Name)
	b.text(1, 1, s.Title, look{title: true})
	b.across(1, len(s.Heads))
	for i, line := range s.Lines {
		b.text(1, 2+i, line, look{})
		b.across(2+i, len(s.Heads))
	}
	for i, head := range s.Heads {
		b.cell(i+1, s.headRow(), head, false, look{bold: true, framed: true})
	}
	b.freeze(s.headRow())
	for i, row := range s.Rows {
		for j, head := range row.Heads {
			b.cell(j+1, s.headRow()+1+i, head, false, look{framed: true})
		}
		for j, cell := range row.Cells {
			l := look{framed: true, input: cell.Input}
			if cell.Input {
				l.format = numberFormat(cell.Decimals)
				s.validate(b, s.CellName(i, j), cell.Decimals)
			}
			b.cell(len(row.Heads)+j+1, s.headRow()+1+i, cell.Value, true, l)
		}
	}
	for i, note := range s.Notes {
		row := s.headRow() + len(s.Rows) + 2 + i
		b.text(1, row, note, look{})
		b.across(row, len(s.Heads))
	}
	b.do(b.file.ProtectSheet(b.sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
	}))
	return b.write(w)
}

func (s Sheet) validate(b *workbook, cell string, decimals int) {
	formula := fmt.Sprintf("AND(ISNUMBER(%[1]s),%[1]s>=0,%[1]s<1E+15,ROUND(%[1]s,%[2]d)=%[1]s)", cell, decimals)
	message := fmt.Sprintf("请填写不小于0、最多%d位小数的数", decimals)
	for _, word := range s.Words {
		formula = fmt.Sprintf(`OR(%s,%s="%s")`, formula, cell, strings.ReplaceAll(word, `"`, `""`))
	}
	if len(s.Words) > 0 {
		message += "，或填" + strings.Join(s.Words, "、")
	}
	formula = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(formula) // excelize writes it as XML
	validation := excelize.NewDataValidation(true)
	validation.Type, validation.Formula1, validation.Sqref = "custom", formula, cell
	validation.SetError(excelize.DataValidationErrorStyleStop, "填写有误", message)
	b.do(b.file.AddDataValidation(b.sheet, validation))
}

// Inputs takes what was filled in from the cells of a workbook that WriteXLSX made, see ReadXLSX: a value
// for every cell of Rows, as Value stands where it is fixed. A workbook of another form, area or period,
// or with moved rows, is refused, and the cell named.
func (s Sheet) Inputs(cells map[string]string) ([][]string, error) {
	var err error
	fixed := func(column, row int, want string) {
		name := cellName(column, row)
		if got := strings.TrimSpace(cells[name]); err == nil && got != strings.TrimSpace(want) {
			err = errs.Invalidf("单元格%s应为“%s”，文件里是“%s”：请使用本表本期下载的表格填写，不要增删行列", name, want, got)
		}
	}
	fixed(1, 1, s.Title)
	for i, line := range s.Lines {
		fixed(1, 2+i, line)
	}
	for i, head := range s.Heads {
		fixed(i+1, s.headRow(), head)
	}
	inputs := make([][]string, len(s.Rows))
	for i, row := range s.Rows {
		for j, head := range row.Heads {
			fixed(j+1, s.headRow()+1+i, head)
		}
		inputs[i] = make([]string, len(row.Cells))
		for j, cell := range row.Cells {
			inputs[i][j] = cell.Value
			if cell.Input {
				inputs[i][j] = strings.TrimSpace(cells[s.CellName(i, j)])
			}
		}
	}
	return inputs, err
}
