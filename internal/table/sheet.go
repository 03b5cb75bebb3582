package table

// An official form as a locked workbook whose inputs tell a mistyped value at once. Reading one back is xlsx_read.go's.

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/errs"
)

// Sheet is an official form to be filled in offline: everything is locked but the inputs. The workbook remembers what
// stood in them, so that a cell that was cleared and one that was never filled are told apart when it comes back.
type Sheet struct {
	Name  string
	Title string
	Lines []string // below the title: number, authority, area, period …
	Heads []string // of the columns: those of the row heads, then those of the cells
	Rows  []SheetRow
	Notes []string
	Words []string // what an input may hold instead of a number
	Marks []string // what may stand beside a number
}

// SheetRow is one row; all rows have the same number of heads.
type SheetRow struct {
	Heads []string
	Cells []SheetCell
}

// SheetCell is a cell of a row: an Input for a number, or a fixed text.
type SheetCell struct {
	Value    string
	Input    bool
	Decimals int  // of an input, at most
	Negative bool // may be below zero
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
	b.across(1, len(s.Heads), s.Title, look{title: true})
	for i, line := range s.Lines {
		b.across(2+i, len(s.Heads), line, look{})
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
			}
			b.cell(len(row.Heads)+j+1, s.headRow()+1+i, cell.Value, true, l)
		}
	}
	for i, note := range s.Notes {
		b.across(s.headRow()+len(s.Rows)+2+i, len(s.Heads), note, look{})
	}
	for _, block := range s.blocks() {
		s.validate(b, block)
	}
	s.remember(b)
	b.do(b.file.ProtectSheet(b.sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
	}))
	return b.write(w)
}

// block is a rectangle of inputs that take the same.
type block struct {
	SheetCell
	row, cell   int // the first
	rows, cells int
}

// blocks are all inputs in as few rectangles as their order gives: a rule for each cell makes of a hundred thousand
// cells a file that takes forty times the room.
func (s Sheet) blocks() (all []block) {
	var open []block // of the row before
	for i, row := range s.Rows {
		var now []block
		for j, cell := range row.Cells {
			if cell.Value = ""; !cell.Input {
				continue
			}
			if n := len(now); n > 0 && now[n-1].SheetCell == cell && now[n-1].cell+now[n-1].cells == j {
				now[n-1].cells++
				continue
			}
			now = append(now, block{SheetCell: cell, row: i, cell: j, rows: 1, cells: 1})
		}
		same := len(now) == len(open)
		for n := range now {
			same = same && now[n].SheetCell == open[n].SheetCell && now[n].cell == open[n].cell &&
				now[n].cells == open[n].cells
		}
		if !same {
			all, open = append(all, open...), now
			continue
		}
		for n := range open {
			open[n].rows++
		}
	}
	return append(all, open...)
}

// validate lets a program tell a mistyped value at once, in each cell of a block as in its first. It only warns: the
// reader of the upload takes more than a rule of 255 characters can say, and explains what it does not take.
func (s Sheet) validate(b *workbook, block block) {
	cell, name := block.SheetCell, s.CellName(block.row, block.cell)
	message := fmt.Sprintf("请填写最多%d位小数的数", cell.Decimals)
	if !cell.Negative {
		message = fmt.Sprintf("请填写不小于0、最多%d位小数的数", cell.Decimals)
	}
	if len(s.Words) > 0 {
		message += "，或填" + strings.Join(s.Words, "、")
	}
	rule := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s.rule(name, cell)) // goes into XML
	validation := excelize.NewDataValidation(true)
	validation.Type, validation.Formula1 = "custom", rule
	if validation.Sqref = name; block.rows*block.cells > 1 {
		validation.Sqref += ":" + s.CellName(block.row+block.rows-1, block.cell+block.cells-1)
	}
	validation.SetError(excelize.DataValidationErrorStyleWarning, "请核对", message)
	b.do(b.file.AddDataValidation(b.sheet, validation))
}

// rule is the formula by which an input holds a number of the right kind, a word, or a number with marks around it.
func (s Sheet) rule(name string, cell SheetCell) string {
	lowest := "0"
	if cell.Negative {
		lowest = "-1E+15"
	}
	quoted := func(word string) string { return `"` + strings.ReplaceAll(word, `"`, `""`) + `"` }
	number := fmt.Sprintf("AND(%[1]s>=%[3]s,%[1]s<1E+15,ROUND(%[1]s,%[2]d)=%[1]s)", name, cell.Decimals, lowest)
	bare := name
	for _, mark := range s.Marks {
		bare = fmt.Sprintf(`SUBSTITUTE(%s,%s,"")`, bare, quoted(mark))
	}
	text := "ISNUMBER(VALUE(" + bare + "))"
	for _, word := range s.Words {
		text = fmt.Sprintf("%s=%s,%s", name, quoted(word), text)
	}
	return fmt.Sprintf("IF(ISNUMBER(%s),%s,OR(%s))", name, number, text)
}

const rememberedSheet = "下载时的内容"

// identity says which form, area and period the sheet is.
func (s Sheet) identity() string { return strings.Join(append([]string{s.Title}, s.Lines...), "\n") }

// remember keeps what the inputs hold in a hidden sheet, each under the name of its cell.
func (s Sheet) remember(b *workbook) {
	_, err := b.file.NewSheet(rememberedSheet)
	b.do(err)
	write := func(name, text string) { b.do(b.file.SetCellStr(rememberedSheet, name, text)) }
	write("A1", s.identity())
	for i, row := range s.Rows {
		for j, cell := range row.Cells {
			if cell.Input && cell.Value != "" {
				write(s.CellName(i, j), cell.Value)
			}
		}
	}
	b.do(b.file.SetSheetVisible(rememberedSheet, false, true))
	b.do(b.file.ProtectSheet(rememberedSheet, &excelize.SheetProtectionOptions{}))
}

// Filled is what came back: for every cell of Rows what it holds, as Value stands where it is fixed, and what it held
// when the workbook was made. Known is false if the workbook no longer says so.
type Filled struct {
	Inputs, Was [][]string
	Known       bool
}

// Read takes what was filled in from a workbook that WriteXLSX made, wherever the sheet stands in it and whatever it
// is called now. A workbook of another form, area or period, or with moved rows, is refused, and the cell named.
func (s Sheet) Read(book Workbook) (f Filled, err error) {
	named := func(c Cells) bool { return c.Sheet == sheetName(s.Name) }
	remembered := map[string]string{}
	for _, cells := range book {
		if cells.Sheet == rememberedSheet && cells.At["A1"] == s.identity() {
			remembered, f.Known = cells.At, true
		}
	}
	for _, cells := range book {
		if inputs, otherwise := s.inputs(cells.At); otherwise == nil {
			f.Inputs, f.Was = inputs, s.at(remembered)
			return f, nil
		} else if err == nil || named(cells) {
			err = otherwise
		}
	}
	return f, err
}

// at are the cells under the names of the inputs.
func (s Sheet) at(cells map[string]string) [][]string {
	all := make([][]string, len(s.Rows))
	for i, row := range s.Rows {
		all[i] = make([]string, len(row.Cells))
		for j, cell := range row.Cells {
			all[i][j] = cell.Value
			if cell.Input {
				all[i][j] = strings.TrimSpace(cells[s.CellName(i, j)])
			}
		}
	}
	return all
}

// inputs are the inputs of a sheet if everything else on it is as it was made.
func (s Sheet) inputs(cells map[string]string) ([][]string, error) {
	var err error
	fixed := func(column, row int, want string) {
		name := cellName(column, row)
		if got := strings.TrimSpace(cells[name]); err == nil && got != strings.TrimSpace(want) {
			err = errs.Invalidf("单元格%s应为“%s”，文件里是“%.40s”：请使用本表本期下载的表格填写，不要增删行列", name, want, got)
		}
	}
	fixed(1, 1, s.Title)
	for i, line := range s.Lines {
		fixed(1, 2+i, line)
	}
	for i, head := range s.Heads {
		fixed(i+1, s.headRow(), head)
	}
	for i, row := range s.Rows {
		for j, head := range row.Heads {
			fixed(j+1, s.headRow()+1+i, head)
		}
	}
	return s.at(cells), err
}
