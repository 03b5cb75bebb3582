package figurecheck

import (
	"slices"
	"strings"
)

// cell is a cell of a table: a piece of a line between tabs or bars.
type cell struct{ Span }

// table is the head of a table: its first row, what is written above it, and the columns of both.
type tableHead struct {
	cells   []cell
	caption cell
}

// rows gives the statistics that stand in cells of a table what the heads of their row and column and the words above the
// table say: which indicator, where, when, of which sex, in what unit.
func (c *claimant) rows(figures []Figure, claims []Claim) {
	var head tableHead
	at, above, before := 0, Span{}, Span{} // the last two lines that are no rows
	for start := 0; start < len(c.folded); {
		line := c.scene.line(start)
		start = line.End + 1
		cells := c.cells(line)
		for at < len(figures) && figures[at].Start < line.Start {
			at++
		}
		if len(cells) < 2 {
			if head.cells = nil; strings.TrimSpace(string(c.folded[line.Start:line.End])) != "" {
				before, above = above, line
			}
			continue
		}
		numbers, k := 0, 0
		for i := at; i < len(figures) && figures[i].Start < line.End; i++ {
			for k < len(cells)-1 && cells[k].End <= figures[i].Start {
				k++
			}
			if !figures[i].Kind.Statistic() || !c.alone(cells[k], figures[i]) {
				continue
			}
			numbers++
			if k < len(head.cells) {
				row := cells[0]
				if k == 0 {
					row = cell{}
				}
				claims[i] = c.inTable(figures[i], row, head.cells[k], head.caption, claims[i])
				if at := c.unitColumn(head.cells); at >= 0 && at < len(cells) && claims[i].Unit == "" {
					claims[i].Unit, claims[i].Scale = c.unitOf(string(c.folded[cells[at].Start:cells[at].End]))
				}
			}
		}
		if numbers == 0 {
			head = tableHead{cells, cell{Span{max(before.Start, line.Start-2*maxSpread), above.End}}}
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

// alone says whether f is all that the cell holds.
func (c *claimant) alone(cell cell, f Figure) bool {
	rest := string(c.folded[cell.Start:f.Start]) + string(c.folded[f.End:cell.End])
	return strings.TrimSpace(rest) == ""
}

// inTable is what f says in the row and column with these heads, below these words.
func (c *claimant) inTable(f Figure, row, column, caption cell, claim Claim) Claim {
	claim.Trust, claim.Terms, claim.Close = Unnamed, nil, true
	if f.Unit == "" {
		for _, at := range []cell{row, column, caption} {
			if claim.Unit, claim.Scale = c.unitIn(at); claim.Unit != "" {
				break
			}
		}
	}
	unit := f
	unit.Unit = claim.Unit
	exact := false
	for _, at := range []cell{row, column, caption} {
		if m, ok := c.nameBefore(at.Start, at.End, unit); ok {
			c.take(m, &claim, Likely)
			exact = at == caption || c.beside(at.Start, m.from, &claim) && strings.Trim(c.outside(at, m), " 0123456789年") == ""
			break
		}
	}
	if claim.Trust == Unnamed && !c.lengthened(row, column, caption, unit, &claim) {
		return claim
	}
	timed := false
	for _, at := range []cell{row, column} {
		text := strings.TrimSpace(string(c.folded[at.Start:at.End]))
		place, known := c.called[text]
		switch found, sure := c.when(text, "", c.year); {
		case known:
			claim.Area = c.places[place].Code
		case strings.HasPrefix(text, "全") && c.upTo(c.area, lastRune(text)) != "":
			claim.Area = c.upTo(c.area, lastRune(text))
		case text == "男" || text == "男性":
			claim.Sex = "1"
		case text == "女" || text == "女性":
			claim.Sex = "2"
		case len(found) > 0:
			claim.Periods, timed = found, sure
		case c.strange(at.Start, at.End), c.doubtful(at):
			exact = false
		}
	}
	if exact && claim.Area != "" && len(claim.Periods) > 0 && (timed || c.year > 0) && len(claim.Terms) == 1 {
		claim.Trust = Firm
	}
	return claim
}

// doubtful says whether a head speaks of a part or a sample only.
func (c *claimant) doubtful(at cell) bool {
	for i := at.Start; i < at.End; i++ {
		if c.scopes.at(c.page, i).role&doubt != 0 {
			return true
		}
	}
	return false
}

// lengthened takes the name that begins with the row's head and ends with a word of the other heads: 中小学课后服务 below 投入.
func (c *claimant) lengthened(row, column, caption cell, f Figure, claim *Claim) bool {
	begin := []rune(strings.TrimSpace(string(c.folded[row.Start:row.End])))
	heads := string(c.folded[column.Start:column.End]) + " " + string(c.folded[caption.Start:caption.End])
	if len(begin) < 4 {
		return false
	}
	for _, n := range c.full {
		text := n.words[0].text
		if len(n.words) > 1 || len(text) <= len(begin) || len(text) > len(begin)+3 || string(text[:len(begin)]) != string(begin) {
			continue
		}
		if strings.Contains(heads, string(text[len(begin):])) && suits(c.terms[n.terms[0]].Unit, f) {
			claim.Name, claim.Trust = row.Span, Likely
			for _, t := range n.terms {
				claim.Terms = append(claim.Terms, c.terms[t].Code)
			}
			return true
		}
	}
	return false
}

// outside is what the cell says behind the name m, but for a unit in brackets.
func (c *claimant) outside(cell cell, m mention) string {
	text := string(c.folded[m.End:cell.End])
	if open := strings.IndexByte(text, '('); open >= 0 && strings.HasSuffix(strings.TrimSpace(text), ")") {
		return text[:open]
	}
	return text
}

// unitIn is the unit that the head gives in brackets or behind 单位, and the power of ten of its 万 or 亿: 婚前医学检查率（%）, 单位：亿元.
func (c *claimant) unitIn(at cell) (unit string, scale int) {
	text := string(c.folded[at.Start:at.End])
	if i := strings.LastIndex(text, "单位"); i >= 0 {
		text = strings.TrimLeft(text[i+len("单位"):], ": ")
	} else if open := strings.LastIndexByte(text, '('); open >= 0 {
		text = text[open+1:]
	} else {
		return "", 0
	}
	return c.unitOf(strings.FieldsFunc(text+"\n", func(r rune) bool { return strings.ContainsRune("),;。\n\t", r) })[0])
}

// unitColumn is the column of a table that holds units, or -1.
func (c *claimant) unitColumn(head []cell) int {
	return slices.IndexFunc(head, func(at cell) bool {
		text := strings.TrimSpace(string(c.folded[at.Start:at.End]))
		return text == "单位" || text == "计量单位" || text == "计算单位"
	})
}

// unitOf reads a unit that stands alone: 亿元 is 元 and 8.
func (c *claimant) unitOf(text string) (unit string, scale int) {
	text = strings.TrimSpace(text)
	for _, power := range []struct {
		word  string
		scale int
	}{{"亿", 8}, {"万", 4}} {
		if rest, found := strings.CutPrefix(text, power.word); found && rest != "" {
			text, scale = rest, power.scale
		}
	}
	if w := c.units.at(newPage(text), 0); len(w.text) > 0 && len(w.text) == len([]rune(text)) {
		return w.unit, scale
	}
	if rest, found := strings.CutPrefix(text, "1/"); found || strings.HasPrefix(text, "/") {
		return "/" + strings.TrimPrefix(rest, "/"), 0
	}
	return "", 0
}
