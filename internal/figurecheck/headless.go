package figurecheck

// Tables without a head, laid out like those of tables.go: names with numbers beside or below them.

// columns lays rows without a head whose numbers stand apart from their name: two lines or more, each a name, two
// blanks or more, and numbers.
func (s *sheet) columns(i int) int {
	apart := s.apart
	n := s.named(i, apart)
	if n < 2 { // 东岭区 92.6, of three lines or more
		apart = func(l sheetLine) []Span { return l.cells }
		if n = s.named(i, apart); n < 3 {
			return 0
		}
	}
	for _, l := range s.lines[i : i+n] {
		cells := apart(l)
		for k := 1; k < len(cells); k++ {
			s.folded[cells[k-1].End] = '\t'
		}
	}
	return n
}

// named is how many lines from i on are a name, a unit perhaps, and a number.
func (s *sheet) named(i int, cellsOf func(sheetLine) []Span) (n int) {
	for ; i+n < len(s.lines); n++ {
		cells := cellsOf(s.lines[i+n])
		if len(cells) < 2 || len(cells) > 3 || s.kind(cells[0]) != wordCell ||
			s.kind(cells[len(cells)-1]) != numberCell || len(cells) == 3 && s.kind(cells[1]) != unitCell {
			break
		}
	}
	return n
}

// apart cuts a line at runs of two blanks or more.
func (s *sheet) apart(l sheetLine) (all []Span) {
	for k, at := range l.cells {
		if k > 0 && at.Start-l.cells[k-1].End < 2 {
			all[len(all)-1].End = at.End
			continue
		}
		all = append(all, at)
	}
	return all
}

// pairs lays a table of two columns without a head whose cells stand on lines of their own: three rows or more.
func (s *sheet) pairs(i int) int {
	var rows [][2]int
	next := i
	for {
		row := s.take(next, 2, 1, 0)
		if row == nil {
			break
		}
		rows, next = append(rows, [2]int{row[0], row[1]}), row[1]+1
	}
	if len(rows) < 3 {
		return 0
	}
	for _, row := range rows {
		s.plain(s.lines[row[1]].Span)
		s.fill(s.lines[row[0]].End, s.lines[row[1]].Start, ' ')
		s.folded[s.lines[row[0]].End] = '\t'
	}
	return next - i
}
