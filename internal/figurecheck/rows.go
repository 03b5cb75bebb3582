package figurecheck

import "strings"

// cell is a cell of a table: a piece of a line between tabs or bars.
type cell struct{ Span }

// rows gives the statistics that stand in cells of a table their indicator from the row's head or the column's, and
// place, year and sex from the other one.
func (c *claimant) rows(figures []Figure, claims []Claim) {
	var head []cell
	at := 0
	for start := 0; start < len(c.folded); {
		line := Span{start, start}
		for line.End < len(c.folded) && c.at(line.End) != '\n' {
			line.End++
		}
		start = line.End + 1
		cells := c.cells(line)
		for at < len(figures) && figures[at].Start < line.Start {
			at++
		}
		if len(cells) < 2 {
			head = nil
			continue
		}
		numbers := 0
		for i := at; i < len(figures) && figures[i].Start < line.End; i++ {
			k := index(cells, figures[i].Start)
			if !figures[i].Kind.Statistic() || k <= 0 || !c.alone(cells[k], figures[i]) {
				continue
			}
			numbers++
			if len(head) == len(cells) {
				claims[i] = c.inTable(figures[i], cells[0], head[k], claims[i])
			}
		}
		if numbers == 0 {
			head = cells
		}
	}
}

func (c *claimant) cells(line Span) (cells []cell) {
	from := line.Start
	for i := line.Start; i <= line.End; i++ {
		if i == line.End || c.at(i) == '\t' || c.at(i) == '|' {
			if i > from || i < line.End && c.at(i) == '\t' || len(cells) > 0 && i < line.End {
				cells = append(cells, cell{Span{from, i}})
			}
			from = i + 1
		}
	}
	return cells
}

func index(cells []cell, at int) int {
	for k, cell := range cells {
		if cell.Start <= at && at < cell.End {
			return k
		}
	}
	return -1
}

// alone says whether f is all that the cell holds.
func (c *claimant) alone(cell cell, f Figure) bool {
	rest := string(c.folded[cell.Start:f.Start]) + string(c.folded[f.End:cell.End])
	return strings.TrimSpace(rest) == ""
}

// inTable is what f says in the row and column with these heads.
func (c *claimant) inTable(f Figure, row, column cell, claim Claim) Claim {
	name, other := row, column
	m, ok := c.nameBefore(name.Start, name.End)
	if !ok {
		name, other = column, row
		if m, ok = c.nameBefore(name.Start, name.End); !ok {
			claim.Trust = Unnamed
			return claim
		}
	}
	claim.Terms = nil
	c.take(m, &claim, Likely)
	claim.Close = true
	if f.Unit == "" {
		claim.Unit = c.unitIn(name)
	}
	exact := c.beside(name.Start, m.from, &claim) && strings.Trim(c.outside(name, m), " ") == ""
	text := strings.TrimSpace(string(c.folded[other.Start:other.End]))
	switch at, known := c.called[text]; {
	case known:
		claim.Area = c.places[at].Code
	case strings.HasPrefix(text, "男"):
		claim.Sex = "1"
	case strings.HasPrefix(text, "女"):
		claim.Sex = "2"
	default:
		found, sure := c.when(text, "", c.year)
		if exact = exact && sure; len(found) > 0 {
			claim.Periods = found
		} else if f.Unit == "" && claim.Unit == "" {
			claim.Unit = c.unitIn(other)
		}
	}
	if exact && claim.Area != "" && len(claim.Periods) > 0 && len(claim.Terms) == 1 && !c.strange(c.scene.line(f.Start).Start, f.Start) {
		claim.Trust = Firm
	}
	return claim
}

// outside is what the cell says behind the name m, but for a unit in brackets.
func (c *claimant) outside(cell cell, m mention) string {
	text := string(c.folded[m.End:cell.End])
	if open := strings.IndexByte(text, '('); open >= 0 && strings.HasSuffix(strings.TrimSpace(text), ")") {
		return text[:open]
	}
	return text
}

// unitIn is the unit that the cell gives in brackets: 婚前医学检查率（%）.
func (c *claimant) unitIn(cell cell) string {
	text := string(c.folded[cell.Start:cell.End])
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || end < open {
		return ""
	}
	unit := strings.TrimPrefix(strings.TrimSpace(text[open+1:end]), "单位:")
	if w := c.units.at(newPage(unit), 0); len(w.text) == len([]rune(unit)) {
		return w.unit
	}
	if strings.HasPrefix(unit, "/") || strings.HasPrefix(unit, "1/") {
		return "/" + strings.TrimPrefix(strings.TrimPrefix(unit, "1"), "/")
	}
	return ""
}
