package figurecheck

// Tables as people paste them: with blanks or commas between the cells, or with every cell on a line of its own. Where
// lines look like that, the signs between cells become tabs on the page that is read, character for character, so that
// all tables are read by the same rules. What the cells mean is rows.go's.

import (
	"context"
	"strings"
	"unicode"
)

// maxCell is how many characters a cell may have, maxRow a line with cells; maxStack is how many lines the head and the
// first name of a table may take that has every cell on its own.
const maxCell, maxRow, maxStack = 40, 240, 24

// sheet lays the tables of a page.
type sheet struct {
	*page
	units words
	lines []sheetLine
}

// sheetLine is a line that may be a cell or a row.
type sheetLine struct {
	Span
	blank bool
	kind  cellKind // of the line as one cell
	cells []Span   // between blanks
	parts []Span   // between commas
	wide  []Span   // between full-width commas
	halts []Span   // between semicolons
}

// cellKind says what a cell may be.
type cellKind int

const (
	noCell   cellKind = iota // prose
	wordCell                 // a head or a name
	unitCell                 // nothing but a unit
	numberCell
)

// layTables rewrites the page in time linear in its length.
func (p *page) layTables(ctx context.Context, units words) error {
	s := sheet{page: p, units: units}
	for from := 0; from <= len(p.folded); {
		to := from
		for to < len(p.folded) && p.folded[to] != '\n' {
			to++
		}
		s.lines = append(s.lines, s.line(Span{from, to}))
		if from = to + 1; len(s.lines)%often == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	for i := 0; i < len(s.lines); {
		n := s.ruled(i)
		for _, lay := range []func(int) int{s.spaced, s.commas, s.stacked, s.pairs, s.columns} {
			if n == 0 {
				n = lay(i)
			}
		}
		i += max(n, 1)
	}
	return ctx.Err()
}

// line reads a line as what it may be.
func (s *sheet) line(at Span) sheetLine {
	l := sheetLine{Span: at}
	if at.End-at.Start > maxRow {
		return l
	}
	text := s.folded[at.Start:at.End]
	l.blank = strings.TrimSpace(string(text)) == ""
	l.kind = s.kind(at)
	l.cells = s.split(at, ' ', ' ')
	l.parts = s.split(at, ',', '"')
	l.wide = s.split(at, '，', '"')
	l.halts = s.split(at, '；', '"')
	return l
}

// split cuts a line at each sign as it is written, or at each run of blanks, but not between quotes.
func (s *sheet) split(at Span, sign, quote rune) (all []Span) {
	from, quoted := at.Start, false
	for i := at.Start; i <= at.End; i++ {
		switch {
		case i < at.End && s.written[i] == quote && quote != sign:
			quoted = !quoted
		case i == at.End, (sign == ' ' && s.folded[i] == sign || s.written[i] == sign) && !quoted:
			if sign != ' ' || i > from {
				all = append(all, Span{from, i})
			}
			from = i + 1
		}
	}
	return all
}

// kind says what a cell may be.
func (s *sheet) kind(at Span) cellKind {
	text := strings.Trim(strings.TrimSpace(string(s.folded[at.Start:at.End])), `"`)
	n := len([]rune(text))
	switch {
	case n > maxCell, strings.ContainsAny(text, "\t|。;!?"):
		return noCell
	case n == 0:
		return wordCell
	case isNumberCell(text, s.units):
		return numberCell
	case s.isUnit(text):
		return unitCell
	case strings.ContainsAny(text, ",") && !strings.Contains(text, "("):
		return noCell
	}
	return wordCell
}

func (s *sheet) isUnit(text string) bool {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "万"), "亿")
	w := s.units.at(newPage(text), 0)
	return len(w.text) > 0 && w.role&not == 0 && len(w.text) == len([]rune(text)) ||
		strings.HasPrefix(text, "/") || strings.HasPrefix(text, "1/")
}

// isNumberCell says whether a cell holds a number with its unit at most, or a sign for none; a year is none.
func isNumberCell(text string, units words) bool {
	text = strings.TrimRightFunc(text, isFootnote)
	if strings.Trim(text, "-—.…/*") == "" {
		return text != ""
	}
	if text = strings.TrimLeft(text, "-+≥≤<>="); text == "" {
		return false
	}
	end := strings.IndexFunc(text, func(r rune) bool { return !isDigit(r) && !strings.ContainsRune(",. ", r) })
	if end < 0 {
		return !isYear(text) && isDigit([]rune(text)[0])
	}
	unit := strings.TrimSpace(text[end:])
	w := units.at(newPage(unit), 0)
	return end > 0 && unit != "年" && len(w.text) == len([]rune(unit)) && w.role&not == 0
}

// isFootnote says whether r points to a note.
func isFootnote(r rune) bool {
	return r >= '①' && r <= '⑳' || strings.ContainsRune("*＊†‡¹²³⁴⁵⁶⁷⁸⁹⁰", r) || unicode.IsSpace(r)
}

// ruled passes over a line of a table that has its tabs or bars already, but for the marks of notes.
func (s *sheet) ruled(i int) int {
	at := s.lines[i]
	if at.End-at.Start > maxRow {
		return 0
	}
	from, ruled := at.Start, false
	for k := at.Start; k <= at.End; k++ {
		if k == at.End || s.folded[k] == '\t' || s.folded[k] == '|' {
			if ruled = ruled || k < at.End; ruled {
				s.plain(Span{from, k})
			}
			from = k + 1
		}
	}
	if !ruled {
		return 0
	}
	return 1
}

// plain takes the mark of a note from the end of a cell: 22.57①, 婚检率[1].
func (s *sheet) plain(cell Span) {
	end := cell.End
	for end > cell.Start && unicode.IsSpace(s.folded[end-1]) {
		end--
	}
	if end > cell.Start+3 && s.folded[end-1] == ']' && isDigit(s.folded[end-2]) {
		for at := end - 2; at > cell.Start && end-at < 5; at-- {
			if s.folded[at] == '[' {
				s.fill(at, end, ' ')
				return
			}
		}
	}
	for ; end > cell.Start+1 && isFootnote(s.folded[end-1]); end-- {
		s.folded[end-1] = ' '
	}
	for i := cell.Start + 2; i+1 < end && end-cell.Start <= maxCell; i++ { // 健康素养水平*（%）
		if isFootnote(s.folded[i]) && s.folded[i+1] == '(' && isIdeograph(s.folded[i-1]) {
			s.folded[i] = ' '
		}
	}
}

func (s *sheet) fill(from, to int, sign rune) {
	for i := from; i < to; i++ {
		s.folded[i] = sign
	}
}

// spaced lays a table with blanks between its cells: a head and rows of as many cells.
func (s *sheet) spaced(i int) int {
	return s.block(i, func(l sheetLine) []Span { return l.cells })
}

// commas lays a table of values that commas separate.
func (s *sheet) commas(i int) int {
	n := s.block(i, func(l sheetLine) []Span { return l.parts })
	if n == 0 {
		n = s.block(i, func(l sheetLine) []Span { return l.wide })
	}
	if n == 0 {
		n = s.block(i, func(l sheetLine) []Span { return l.halts })
	}
	for k := i; k < i+n; k++ { // "1,200.5"
		for at := s.lines[k].Start; at < s.lines[k].End; at++ {
			if s.folded[at] == '"' {
				s.folded[at] = ' '
			}
		}
	}
	return n
}

// block lays a head and the rows below it, and says how many lines it has; 0 if the line i is no head of one.
func (s *sheet) block(i int, cellsOf func(sheetLine) []Span) int {
	head := cellsOf(s.lines[i])
	if len(head) < 2 || len(head) > maxLook || s.lines[i].End-s.lines[i].Start > maxRow {
		return 0
	}
	for _, at := range head {
		if k := s.kind(at); k != wordCell && k != unitCell || at.Start == at.End {
			return 0
		}
	}
	n := 1
	for ; i+n < len(s.lines); n++ {
		if cells := s.indented(s.lines[i+n], cellsOf, len(head)); len(cells) != len(head) || !s.isRow(cells) {
			break
		}
	}
	if n == 1 {
		return 0
	}
	for _, l := range s.lines[i : i+n] {
		cells := s.indented(l, cellsOf, len(head))
		for k, at := range cells {
			if s.plain(at); k > 0 {
				s.fill(cells[k-1].End, at.Start, '\t')
			}
			if k > 0 && at.Start-cells[k-1].End > 1 {
				s.fill(cells[k-1].End+1, at.Start, ' ')
			}
		}
	}
	return n
}

// indented are the cells of a row; blanks at its beginning stand for a first cell that says the same as above.
func (s *sheet) indented(l sheetLine, cellsOf func(sheetLine) []Span, width int) []Span {
	cells := cellsOf(l)
	if len(cells) == width-1 && width > 2 && s.folded[l.Start] == ' ' && cells[0].Start > l.Start {
		return append([]Span{{l.Start, l.Start}}, cells...)
	}
	return cells
}

// isRow says whether cells are a name, with words and units behind it, and then numbers.
func (s *sheet) isRow(cells []Span) bool {
	numbers := 0
	for k, at := range cells {
		switch s.kind(at) {
		case noCell:
			return false
		case numberCell:
			if k > 0 {
				numbers++
			}
		case wordCell:
			if numbers > 0 && at.Start < at.End {
				return false
			}
		}
	}
	return numbers > 0
}

// stacked lays a table that has every cell on a line of its own: 指标, 2018年, 2019年, 婚检率, 12.5, 13.1.
func (s *sheet) stacked(i int) int {
	cells, first := []int{}, -1 // the lines with cells, and the first of them with a number
	for k := i; k < len(s.lines) && first < 0 && len(cells) < maxStack; k++ {
		switch {
		case s.lines[k].blank:
			continue
		case s.lines[k].kind == noCell:
			return 0
		case s.lines[k].kind == numberCell:
			first = len(cells)
		}
		cells = append(cells, k)
	}
	if first < 3 {
		return 0
	}
	if year, _ := yearOf(s.text(cells[0])); year > 0 { // a head begins with what its rows are
		return 0
	}
	label := first - 1
	if s.lines[cells[label]].kind == unitCell {
		label--
	}
	end := cells[first]
	for k := end; k < len(s.lines) && (s.lines[k].blank || s.lines[k].kind == numberCell); k++ {
		if !s.lines[k].blank {
			end = k
		}
	}
	numbers := s.count(cells[first], end)
	tail := 0 // a unit behind the numbers
	for k := end + 1; k < len(s.lines) && k <= end+2 && first == label+1; k++ {
		if !s.lines[k].blank {
			if s.lines[k].kind == unitCell {
				tail = 1
			}
			break
		}
	}
	width := first - label + numbers + tail
	if numbers > maxLook || label != width || label < 2 {
		return 0
	}
	for _, k := range cells[:label] {
		if unit := strings.TrimLeft(s.text(k), "(计量"); strings.HasPrefix(unit, "单位:") { // a line above the table
			return 0
		}
	}
	rows, next := [][]int{cells[:label]}, cells[label]
	for {
		row := s.take(next, width, first-label, tail)
		if row == nil {
			break
		}
		rows, next = append(rows, row), row[width-1]+1
	}
	if len(rows) < 3 && !isHeadWord(s.text(cells[0])) {
		return 0
	}
	for _, row := range rows {
		for k, at := range row {
			if s.plain(s.lines[at].Span); k > 0 {
				s.fill(s.lines[row[k-1]].End, s.lines[at].Start, ' ')
				s.folded[s.lines[row[k-1]].End] = '\t'
			}
		}
	}
	return next - i
}

func (s *sheet) text(line int) string {
	return strings.TrimSpace(string(s.folded[s.lines[line].Start:s.lines[line].End]))
}

// count is how many lines in from..to are not blank.
func (s *sheet) count(from, to int) (n int) {
	for k := from; k <= to; k++ {
		if !s.lines[k].blank {
			n++
		}
	}
	return n
}

// take is the row of the stacked table that begins at or behind the line i; nil if there is none.
func (s *sheet) take(i, width, numbersFrom, tail int) (row []int) {
	for ; i < len(s.lines) && len(row) < width; i++ {
		l := s.lines[i]
		if l.blank {
			continue
		}
		if k := len(row); k == 0 && l.kind != wordCell || k >= numbersFrom && k < width-tail && l.kind != numberCell ||
			k >= width-tail && l.kind != unitCell ||
			k > 0 && k < numbersFrom && l.kind != unitCell && l.kind != wordCell {
			return nil
		}
		row = append(row, i)
	}
	if len(row) < width {
		return nil
	}
	return row
}

// isHeadWord says whether a cell is what tables begin with.
func isHeadWord(text string) bool {
	return strings.Contains(" 指标 指标名称 项目 名称 内容 类别 地区 区 县 区县 区域 单位 年份 年度 时间 序号 领域 ", " "+text+" ")
}
