package figurecheck

// Tables: what the heads of row and column and the words above say of the number in a cell.

import (
	"context"
	"slices"
	"strings"
	"unicode"
)

// cell is a cell of a table: a piece of a line between tabs or bars.
type cell struct{ Span }

// row is one line of a table, read from left to right: what it says in the cells before a number is worked out once.
type row struct {
	cells    []cell
	read     int // cells that were looked through for a name and for keys
	named    int // the first cell that names what the row is about, or -1
	periods  []string
	narrowed bool // words that are no number and no unit say more of the row
	group    cell // what a line above says of this row and others
	stem     stem
}

// rows gives the statistics that stand in cells of a table what the heads of their row and column and the words above
// the table say: which indicator, where, when, of which sex, in what unit.
func (c *claimant) rows(ctx context.Context, figures []Figure, claims []Claim) error {
	var head tableHead
	var group cell                         // a line of its own between the rows: 东河区
	var below stem                         // of the rows below
	at, above, before := 0, Span{}, Span{} // the last two lines that are no rows
	for start := 0; start < len(c.folded); {
		if err := ctx.Err(); err != nil {
			return err
		}
		line := c.scene.line(start)
		start = line.End + 1
		for at < len(figures) && figures[at].Start < line.Start {
			at++
		}
		row := row{cells: c.cells(line), named: -1}
		if len(row.cells) < 2 {
			if c.spaces(line.Start, line.End) {
				head, group = tableHead{}, cell{}
				continue
			}
			numbered := at < len(figures) && figures[at].Start < line.End
			if group = (cell{line}); numbered || line.End-line.Start > maxSubject {
				head, group = tableHead{}, cell{}
			}
			if before, above = above, line; c.prose(line) { // it says nothing of a table below
				before, above = Span{}, Span{}
			}
			continue
		}
		if c.isRule(row.cells) {
			continue
		}
		if at := c.onlyCell(row.cells); at.End > at.Start && len(head.columns) > 0 {
			group = at
			continue
		}
		if group.End > group.Start && len(row.cells) != len(head.columns) { // it was the caption of another table
			head = tableHead{}
		}
		row.group = group
		if c.spaces(short(row.cells[0]).Start, short(row.cells[0]).End) && len(row.cells) > 2 {
			row.stem = below
		} else {
			row.stem = c.stemOf(row.cells[0], head)
		}
		below = row.stem
		numbers, k := 0, 0
		for i := at; i < len(figures) && figures[i].Start < line.End; i++ {
			for k < len(row.cells)-1 && row.cells[k].End <= figures[i].Start {
				k++
			}
			if !figures[i].Kind.Statistic() || !c.alone(row.cells[k], figures[i]) {
				continue
			}
			if k < len(head.columns) && head.columns[k].counts {
				figures[i].Kind, claims[i] = Ordinal, Claim{}
				continue
			}
			if numbers++; k < len(head.columns) {
				c.cell(figures[i], &row, k, head, &claims[i])
			} else if len(head.columns) == 0 && k > 0 && k >= len(row.cells)-1 && numbers == 1 {
				c.headless(figures[i], &row, k, cell{Span{before.Start, above.End}}, &claims[i])
			}
		}
		if numbers == 0 {
			group, below = cell{}, stem{}
			// above is far up if the table has a head in its midst
			from := min(max(before.Start, line.Start-2*maxSpread), above.End)
			head = c.headOf(row.cells, head, cell{Span{from, above.End}})
		}
	}
	return nil
}

// headless gives the claim of the only figure of a row without a head what the cells before it say: its name, perhaps
// its unit.
func (c *claimant) headless(f Figure, row *row, k int, caption cell, claim *Claim) {
	head := tableHead{columns: make([]column, k+1), unit: -1, caption: caption}
	if k == 2 {
		if unit, _ := c.unitOf(c.text(short(row.cells[1]))); unit != "" {
			head.unit = 1
		}
	}
	c.cell(f, row, k, head, claim)
	if claim.Unit == "" {
		claim.Trust = min(claim.Trust, Likely)
	}
}

// chapter says whether a line between rows only numbers a part of the table: 一、健康.
func (c *claimant) chapter(at cell) bool {
	for i := at.Start; i < at.End; i++ {
		if c.scopes.at(c.page, i).role&(doubt|target|male|female) != 0 {
			return false
		}
	}
	return headingStyle(c.text(at)) != 0
}

// prose says whether a line is a paragraph, no caption.
func (c *claimant) prose(line Span) bool {
	return line.End-line.Start > longTitle || slices.Contains(c.folded[line.Start:max(line.End-1, line.Start)], '。')
}

// isRule says whether cells only draw a line below a head: | --- | :--: |.
func (c *claimant) isRule(cells []cell) bool {
	for _, at := range cells {
		if at = short(at); strings.Trim(c.text(at), "-—:= ") != "" {
			return false
		}
	}
	return true
}

// onlyCell is the first cell of a row if all others are empty.
func (c *claimant) onlyCell(cells []cell) cell {
	for _, at := range cells[1:] {
		if !c.spaces(at.Start, at.End) {
			return cell{}
		}
	}
	return short(cells[0])
}

// cell gives the claim of the figure in the column k of the row what the heads say.
func (c *claimant) cell(f Figure, row *row, k int, head tableHead, claim *Claim) {
	c.readTo(row, k, head)
	column := head.columns[k]
	naming := cell{}
	if row.named >= 0 && row.named < len(head.columns) {
		naming = head.columns[row.named].cell
	}
	*claim = c.inTable(f, row.head(k), naming, column, head.caption, row.stem, *claim)
	if at := head.unit; at >= 0 && at < len(row.cells) && claim.Unit == "" {
		claim.Unit, claim.Scale = c.unitOf(c.text(short(row.cells[at])))
		if points := pointsOf(claim.Unit); claim.Change && points != "" {
			claim.Unit = points // how far 12.5% is from 11.2%
		}
	}
	c.below(column, head.even, claim)
	c.columnOfChanges(column, claim)
	if row.periods != nil {
		claim.Periods = row.periods
	}
	if at := row.group; at.End > at.Start && claim.Trust > Unnamed && c.grouped(at, claim) == headUnknown &&
		!c.chapter(at) && !strings.HasPrefix(strings.TrimLeft(c.text(at), "(计量"), "单位") {
		claim.Trust = min(claim.Trust, Likely)
	}
	if row.narrowed {
		claim.Trust = min(claim.Trust, Likely)
	}
}

// grouped is head of the line above a row that stands alone between rows.
func (c *claimant) grouped(at cell, claim *Claim) int {
	said := c.head(at, claim)
	switch said {
	case headPlace:
		claim.AreaFrom = &Origin{FromLine, shortened(c.text(at))}
	case headTime:
		claim.PeriodFrom = &Origin{FromLine, shortened(c.text(at))}
	}
	return said
}

// readTo reads the cells before the column k that were not read yet: the first that names what the row is about, a year
// in a column of its own, and words that are no number and no unit, which may narrow the row down.
func (c *claimant) readTo(row *row, k int, head tableHead) {
	for ; row.read < k; row.read++ {
		n := row.read
		at := short(row.cells[n])
		if row.named < 0 {
			if _, ok := c.nameBefore(at.Start, at.End, Figure{}); ok {
				row.named = n
			}
		}
		text, years := c.text(at), n < len(head.columns) && head.columns[n].years
		if n == 0 || n == row.named || n == head.unit || strings.Trim(text, "0123456789.,%‰ -—/*…无≥≤") == "" &&
			!(isYear(text) && years) {
			continue
		}
		if found, sure := c.when(text, "", c.year); len(found) > 0 && sure && c.onlyTime(text) &&
			(!isYear(text) || years) {
			row.periods = found
		} else {
			row.narrowed = true
		}
	}
}

// head is the cell before the column k that names what the row is about; the first if none does.
func (r *row) head(k int) cell {
	switch {
	case r.named >= 0:
		return short(r.cells[r.named])
	case k > 0:
		return short(r.cells[0])
	}
	return cell{}
}

// text is what a cell says.
func (c *claimant) text(at cell) string {
	return strings.TrimSpace(string(c.folded[at.Start:at.End]))
}

func isYear(text string) bool {
	year, whole := yearOf(text)
	return whole && year > 0 && len(text) == 4
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

// alone says whether f is all that the cell holds, but for a sign before it: ≥35.5%.
func (c *claimant) alone(cell cell, f Figure) bool {
	for cell.Start < f.Start && strings.ContainsRune(bounding, c.at(cell.Start)) {
		cell.Start++
	}
	return c.spaces(cell.Start, f.Start) && c.spaces(f.End, cell.End)
}

// bounding are the signs before a number that is to be reached, not what was.
const bounding = " ≥≤≧≦><"

// spaces says whether nothing but spaces stands in from..to.
func (c *claimant) spaces(from, to int) bool {
	for _, r := range c.folded[from:max(from, to)] {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// inTable is what f says in the row and column with these heads, below these words.
func (c *claimant) inTable(f Figure, row, naming cell, under column, caption cell, stem stem, claim Claim) Claim {
	column, above := under.cell, under.above
	claim.Trust, claim.Terms, claim.Close, claim.Far, claim.Doubts = Unnamed, nil, true, false, OfPlan
	if sites := c.sitesIn(caption); len(sites) == 1 {
		claim.Area, claim.Placeless = c.places[sites[0].place].Code, false
	} else if len(sites) == 0 {
		if claim.Area, _, _ = c.ground(f.Start); claim.Area == "" && f.areaAt >= c.scene.line(f.Start).Start {
			claim.Area, _ = c.place(f) // 全市婚检率 at the head of the row
		} else if claim.Area == "" && c.soleAt < f.Start && len(c.heads) == 0 {
			claim.Area = c.sole
		}
		claim.Placeless = claim.Area == ""
	}
	if stem.place != "" {
		claim.Area, claim.Placeless = stem.place, false
	}
	if f.Unit == "" {
		for _, at := range []cell{row, column, above, naming, caption} {
			if claim.Unit, claim.Scale = c.unitIn(at); claim.Unit != "" {
				break
			}
		}
	}
	unit := f
	unit.Unit = claim.Unit
	exact := false
	for _, at := range []cell{row, column, above, caption} {
		if m, ok := c.nameBefore(at.Start, at.End, unit); ok {
			c.take(m, &claim, Likely)
			exact = at == caption || c.beside(at.Start, m.from, &claim) &&
				strings.Trim(c.outside(at, m), " 0123456789年") == ""
			break
		}
	}
	if claim.Trust == Unnamed && under.joint > 0 {
		c.take(mention{Span: column.Span, name: under.joint - 1}, &claim, Likely)
		exact = true
	}
	if claim.Trust == Unnamed && !c.lengthened(row, column, caption, unit, &claim) {
		return claim
	}
	timed := stem.periods != nil
	if timed {
		claim.Periods = stem.periods
	}
	for _, at := range []cell{row, column} {
		switch c.head(at, &claim) {
		case headTime:
			if timed = true; at == column {
				claim.PeriodFrom = &Origin{FromTable, shortened(c.text(at))}
			}
		case headPlace:
			if at == column {
				claim.AreaFrom = &Origin{FromTable, shortened(c.text(at))}
			}
		case headUnknown:
			exact = exact && at == column && under.moves && onlyMoves.MatchString(c.text(at))
		}
	}
	if claim.Target || f.Qualifier != "" && strings.Contains(bounding, f.Qualifier) {
		exact = false
	}
	if exact && claim.Area != "" && len(claim.Periods) > 0 && (timed || c.year > 0) {
		claim.Trust = Firm
	}
	return claim
}

// lengthened takes the name that begins with the row's head and ends with a word of the other heads: 中小学课后服务
// below 投入.
func (c *claimant) lengthened(row, column, caption cell, f Figure, claim *Claim) bool {
	begin := []rune(c.text(row))
	heads := string(c.folded[column.Start:column.End]) + " " + string(c.folded[caption.Start:caption.End])
	if len(begin) < 4 {
		return false
	}
	found := -1 // of names alike the one that the vocabulary has first
	for _, ph := range c.Vocabulary.phrases.beginning(begin) {
		if len(ph.text) <= len(begin) || len(ph.text) > len(begin)+3 ||
			!strings.Contains(heads, string(ph.text[len(begin):])) {
			continue
		}
		for _, name := range ph.ends {
			if n := c.full[name]; len(n.words) == 1 && (found < 0 || name < found) &&
				suits(c.terms[n.terms[0]].Unit, f) {
				found = name
			}
		}
	}
	if found < 0 {
		return false
	}
	claim.Name, claim.Trust = row.Span, Likely
	for _, t := range c.full[found].terms {
		claim.Terms = append(claim.Terms, c.terms[t].Code)
	}
	return true
}

// outside is what the cell says behind the name m, but for a unit in brackets.
func (c *claimant) outside(cell cell, m mention) string {
	text := string(c.folded[m.End:cell.End])
	if open := strings.IndexByte(text, '('); open >= 0 && strings.HasSuffix(strings.TrimSpace(text), ")") {
		return text[:open]
	}
	return text
}
