package table

// Cells, looks and widths of a workbook in the making, for lists and forms alike.

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook is an xlsx file of one sheet in the making; the first error stops it.
type workbook struct {
	file   *excelize.File
	sheet  string
	styles map[look]int
	widths map[int]int // of a column in characters, a Chinese one counting two
	tall   []tallRow
	err    error
}

// look is how a cell looks.
type look struct {
	bold, title, framed, input bool
	format                     string // of its number
}

// tallRow is a row whose text wraps within merged cells: programs make room for it only if they are told to.
type tallRow struct {
	row, columns int
	text         string
}

const (
	lineHeight = 16 // points
	minWidth   = 8
	maxWidth   = 50 // longer text wraps
)

func newWorkbook(name string) *workbook {
	b := &workbook{file: excelize.NewFile(), sheet: sheetName(name), styles: map[look]int{}, widths: map[int]int{}}
	b.do(b.file.SetSheetName(b.file.GetSheetName(0), b.sheet))
	return b
}

// sheetName is the longest part of name that Excel accepts.
func sheetName(name string) string {
	name = strings.NewReplacer(":", "", `\`, "", "/", "", "?", "", "*", "", "[", "", "]", "", "'", "").Replace(name)
	runes := []rune(name)
	name = string(runes[:min(len(runes), excelize.MaxSheetNameLength)])
	if name == "" {
		return "Sheet1"
	}
	return name
}

func (b *workbook) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// text writes a text cell that does not widen its column.
func (b *workbook) text(column, row int, value string, l look) {
	name := cellName(column, row)
	b.do(b.file.SetCellStr(b.sheet, name, value))
	b.do(b.file.SetCellStyle(b.sheet, name, name, b.style(l)))
}

// cell writes value as a number if it can be one, else as text, in a column wide enough for it.
func (b *workbook) cell(column, row int, value string, number bool, l look) {
	b.widen(column, value)
	decimals, exact := exactNumber(value)
	if !number || !exact {
		b.text(column, row, value, l)
		return
	}
	if l.format == "" {
		l.format = numberFormat(decimals)
	}
	name := cellName(column, row)
	b.do(b.file.SetCellDefault(b.sheet, name, value)) // digits as they are, never through a float
	b.do(b.file.SetCellStyle(b.sheet, name, name, b.style(l)))
}

func (b *workbook) style(l look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	s := excelize.Style{
		Font:       &excelize.Font{Bold: l.bold || l.title},
		Alignment:  &excelize.Alignment{Vertical: "center", WrapText: !l.title},
		Protection: &excelize.Protection{Locked: !l.input},
	}
	if l.title {
		s.Font.Size, s.Alignment.Horizontal = 16, "center"
	}
	if l.framed {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "808080", Style: 1})
		}
	}
	if l.input {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF9DB"}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
		s.Alignment.Horizontal, s.Alignment.Indent = "right", 1 // off what the next column says
	}
	id, err := b.file.NewStyle(&s)
	b.do(err)
	b.styles[l] = id
	return id
}

// across writes a text over the columns of the table, as many lines of them as it needs.
func (b *workbook) across(row, columns int, text string, l look) {
	b.text(1, row, text, l)
	if columns > 1 {
		b.do(b.file.MergeCell(b.sheet, cellName(1, row), cellName(columns, row)))
	}
	if !l.title {
		b.tall = append(b.tall, tallRow{row, columns, text})
	}
}

// widen makes a column wide enough for value.
func (b *workbook) widen(column int, value string) {
	b.widths[column] = max(b.widths[column], width(value))
}

func (b *workbook) columnWidth(column int) int {
	return min(max(b.widths[column]+2, minWidth), maxWidth)
}

// makeRoom sets the height of rows that wrap, once the widths of all columns are known.
func (b *workbook) makeRoom() {
	for _, t := range b.tall {
		b.do(b.file.SetRowHeight(b.sheet, t.row, b.height(t.columns, t.text)))
	}
}

// height is that of a row in which text wraps within the first columns.
func (b *workbook) height(columns int, text string) float64 {
	room := 0
	for column := range max(columns, 1) {
		room += b.columnWidth(column + 1)
	}
	return float64(lines(room, text) * lineHeight)
}

// lines are how many a text takes in a room of so many characters.
func lines(room int, text string) (n int) {
	for line := range strings.SplitSeq(text, "\n") {
		n += max(1, (width(line)*11/10+room-1)/room) // a tenth for letters wider than the average
	}
	return n
}

// freeze keeps the rows down to row in sight.
func (b *workbook) freeze(row int) {
	b.do(b.file.SetPanes(b.sheet, frozen(row)))
}

func frozen(row int) *excelize.Panes {
	return &excelize.Panes{Freeze: true, YSplit: row, TopLeftCell: cellName(1, row+1), ActivePane: "bottomLeft"}
}

func (b *workbook) write(w io.Writer) error {
	for column := range b.widths {
		name, err := excelize.ColumnNumberToName(column)
		b.do(err)
		b.do(b.file.SetColWidth(b.sheet, name, name, float64(b.columnWidth(column))))
	}
	b.makeRoom()
	if b.err == nil {
		b.do(b.file.Write(w))
	}
	b.do(b.file.Close())
	return b.err
}

// cellName is "B7" for column 2 and row 7, empty outside of a sheet, which excelize then refuses.
func cellName(column, row int) string {
	if column < 1 || column > excelize.MaxColumns || row < 1 {
		return ""
	}
	return columnName(column) + strconv.Itoa(row)
}

// columnName is "B" for column 2.
func columnName(column int) string {
	var letters [3]byte
	at := len(letters)
	for ; column > 0; column = (column - 1) / 26 {
		at--
		letters[at] = byte('A' + (column-1)%26)
	}
	return string(letters[at:])
}

// width is that of the longest line.
func width(s string) int {
	widest := 0
	for line := range strings.Lines(s) {
		n := 0
		for _, r := range line {
			n++
			if r >= '\u2E80' {
				n++
			}
		}
		widest = max(widest, n)
	}
	return widest
}

var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.([0-9]+))?$`)

// exactNumber says how many decimals s has, and whether Excel, which keeps 15 digits, holds it exactly.
func exactNumber(s string) (decimals int, exact bool) {
	match := plainNumber.FindStringSubmatch(s)
	if match == nil {
		return 0, false
	}
	return len(match[3]), len(match[1])+len(match[3]) <= 15
}

func numberFormat(decimals int) string {
	if decimals == 0 {
		return "0"
	}
	return "0." + strings.Repeat("0", decimals)
}
