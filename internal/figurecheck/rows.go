package figurecheck

// Tables: what the heads of row and column and the words above say of the number in a cell.

import (
	"slices"
	"strings"
)

// cell is a cell of a table: a piece of a line between tabs or bars.
type cell struct{ Span }

// table is the head of a table: its first row, what is written above it, and the columns of both.
type tableHead struct {
	cells   []cell
	upper   []cell // of the row above, if the head has two
	caption cell
}

// rows gives the statistics that stand in cells of a table what the heads of their row and column and the words above
// the table say: which indicator, where, when, of which sex, in what unit.
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
				row := c.rowHead(cells[:k], figures[i])
				claims[i] = c.inTable(figures[i], row, head.cells[k], head.caption, claims[i])
				c.below(head, k, &claims[i])
				c.columnOfChanges(head, k, &claims[i])
				c.keys(cells, k, head.cells, &claims[i])
				if at := c.unitColumn(head.cells); at >= 0 && at < len(cells) && claims[i].Unit == "" {
					claims[i].Unit, claims[i].Scale = c.unitOf(string(c.folded[cells[at].Start:cells[at].End]))
				}
			}
		}
		if numbers == 0 {
			// above is far up if the table has a head in its midst
			from := min(max(before.Start, line.Start-2*maxSpread), above.End)
			head = tableHead{cells, head.cells, cell{Span{from, above.End}}}
		}
	}
}

// below reads what the upper row of a head of two says of the column k: its cell there, or the last before it.
func (c *claimant) below(head tableHead, k int, claim *Claim) {
	if head.upper == nil || claim.Trust == Unnamed {
		return
	}
	for n := min(k, len(head.upper)-1); n > 0; n-- {
		if at := head.upper[n]; strings.TrimSpace(string(c.folded[at.Start:at.End])) != "" {
			if c.head(at, claim) != headUnknown && len(head.upper) == len(head.cells) {
				return
			}
			break
		}
	}
	claim.Trust = min(claim.Trust, Likely)
}

// columnOfChanges reads a head such as 比上年提高（百分点） behind columns of years: its cells are no levels but
// changes.
func (c *claimant) columnOfChanges(head tableHead, k int, claim *Claim) {
	moves := role(0)
	text := c.folded[head.cells[k].Start:head.cells[k].End]
	for i := range text {
		moves |= c.around.at(c.page, head.cells[k].Start+i).role & (up | down | differ)
	}
	if moves == 0 || claim.Trust == Unnamed {
		return
	}
	var last []string // the years of the columns before, in order
	for _, at := range head.cells[:k] {
		if found, _ := c.when(strings.TrimSpace(string(c.folded[at.Start:at.End])), "", c.year); len(found) > 0 {
			last = append(last, found[0])
		}
	}
	yearly := strings.Contains(string(text), "上年") || strings.Contains(string(text), "同比")
	switch {
	case len(last) > 1:
		claim.Base, claim.Periods = last[len(last)-2:len(last)-1], last[len(last)-1:]
	case yearly && len(claim.Periods) > 0:
		year, _ := yearOf(claim.Periods[0])
		claim.Base = years(year - 1)
	default:
		claim.Trust = Unnamed
		return
	}
	claim.Change, claim.Trust, claim.Target = true, Likely, false
}

// keys reads what other cells of the row say: a year in a column of its own. Words that are no number and no unit may
// narrow the row down.
func (c *claimant) keys(cells []cell, k int, head []cell, claim *Claim) {
	unit := c.unitColumn(head)
	for n := 1; n < len(cells); n++ {
		text := strings.TrimSpace(string(c.folded[cells[n].Start:cells[n].End]))
		if n == k || n == unit || strings.Trim(text, "0123456789.,%‰ -—/*…无≥≤") == "" &&
			!(isYear(text) && c.years(head, n)) {
			continue
		}
		if found, sure := c.when(text, "", c.year); n < k && len(found) > 0 && sure && c.onlyTime(text) &&
			(!isYear(text) || c.years(head, n)) {
			claim.Periods = found
		} else if n < k {
			claim.Trust = min(claim.Trust, Likely)
		}
	}
}

// years says whether the column n holds years.
func (c *claimant) years(head []cell, n int) bool {
	return n < len(head) && strings.ContainsAny(string(c.folded[head[n].Start:head[n].End]), "年期时")
}

// rowHead is the cell before the number that names what its row is about; the first if none does.
func (c *claimant) rowHead(cells []cell, f Figure) cell {
	for _, at := range cells {
		if _, ok := c.nameBefore(at.Start, at.End, Figure{Kind: f.Kind}); ok {
			return at
		}
	}
	if len(cells) == 0 {
		return cell{}
	}
	return cells[0]
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

// alone says whether f is all that the cell holds.
func (c *claimant) alone(cell cell, f Figure) bool {
	rest := string(c.folded[cell.Start:f.Start]) + string(c.folded[f.End:cell.End])
	return strings.TrimSpace(rest) == ""
}

// inTable is what f says in the row and column with these heads, below these words.
func (c *claimant) inTable(f Figure, row, column, caption cell, claim Claim) Claim {
	claim.Trust, claim.Terms, claim.Close = Unnamed, nil, true
	if len(c.sitesIn(caption)) == 0 {
		if claim.Area, _, _ = c.ground(f.Start); claim.Area == "" && f.areaAt >= c.scene.line(f.Start).Start {
			claim.Area, _ = c.place(f) // 全市婚检率 at the head of the row
		} else if claim.Area == "" && c.soleAt < f.Start && len(c.heads) == 0 {
			claim.Area = c.sole
		}
		claim.Placeless = claim.Area == ""
	}
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
			exact = at == caption || c.beside(at.Start, m.from, &claim) &&
				strings.Trim(c.outside(at, m), " 0123456789年") == ""
			break
		}
	}
	if claim.Trust == Unnamed && !c.lengthened(row, column, caption, unit, &claim) {
		return claim
	}
	timed := false
	for _, at := range []cell{row, column} {
		switch c.head(at, &claim) {
		case headTime:
			timed = true
		case headUnknown:
			exact = false
		}
	}
	if claim.Target {
		exact = false
	}
	if exact && claim.Area != "" && len(claim.Periods) > 0 && (timed || c.year > 0) && len(claim.Terms) == 1 {
		claim.Trust = Firm
	}
	return claim
}

// sitesIn are the known places named in a cell.
func (c *claimant) sitesIn(at cell) []site {
	from, _ := slices.BinarySearchFunc(c.sites, at.Start, func(s site, i int) int { return s.at - i })
	to, _ := slices.BinarySearchFunc(c.sites, at.End, func(s site, i int) int { return s.at - i })
	return c.sites[from:to]
}

// What the head of a row or column says.
const (
	headNothing = iota // or only what it is about
	headTime
	headPlace
	headUnknown // words that may narrow it down
)

// head reads place, time and sex from the head of a row or column.
func (c *claimant) head(at cell, claim *Claim) int {
	text := strings.TrimSpace(string(c.folded[at.Start:at.End]))
	if open := strings.IndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") {
		text = strings.TrimSpace(text[:open])
	}
	place, known := c.called[text]
	found, sure := c.when(text, "", c.year)
	switch {
	case text == "" || claim.Name.Start >= at.Start && claim.Name.End <= at.End:
		return headNothing
	case known:
		claim.Area = c.places[place].Code
		return headPlace
	case strings.HasPrefix(text, "全") && len([]rune(text)) == 2:
		if claim.Area = c.upTo(c.home, lastRune(text)); claim.Area == "" {
			return headUnknown
		}
		return headPlace
	case text == "男" || text == "男性":
		claim.Sex = "1"
		return headNothing
	case text == "女" || text == "女性":
		claim.Sex = "2"
		return headNothing
	case len(found) > 0 && c.onlyTime(text):
		claim.Periods = found
		if !sure {
			return headUnknown
		}
		return headTime
	case strings.Contains(" 数值 指标值 完成值 实际值 实际 数据 结果 比例 率 合计 总计 计 ", " "+text+" ") &&
		text != "合计" && text != "总计" && text != "计":
		return headNothing
	case c.strange(at.Start, at.End) || c.around.at(c.page, at.Start).role&area != 0:
		claim.Area, claim.Placeless = "", false
		return headUnknown
	}
	for i := at.Start; i < at.End; i++ {
		if w := c.scopes.at(c.page, i); w.role&target != 0 {
			claim.Target = true
		}
	}
	return headUnknown
}

// onlyTime says whether the text of a head says nothing but a time.
func (c *claimant) onlyTime(text string) bool {
	rest := strings.Trim(text, "0123456789〇一二三四五六七八九零年度月末底 -—上下半第季")
	return rest == ""
}

// lengthened takes the name that begins with the row's head and ends with a word of the other heads: 中小学课后服务
// below 投入.
func (c *claimant) lengthened(row, column, caption cell, f Figure, claim *Claim) bool {
	begin := []rune(strings.TrimSpace(string(c.folded[row.Start:row.End])))
	heads := string(c.folded[column.Start:column.End]) + " " + string(c.folded[caption.Start:caption.End])
	if len(begin) < 4 {
		return false
	}
	for _, n := range c.full {
		text := n.words[0].text
		if len(n.words) > 1 || len(text) <= len(begin) || len(text) > len(begin)+3 ||
			string(text[:len(begin)]) != string(begin) {
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

// unitIn is the unit that the head gives in brackets or behind 单位, and the power of ten of its 万 or 亿:
// 婚前医学检查率（%）, 单位：亿元.
func (c *claimant) unitIn(at cell) (unit string, scale int) {
	text := string(c.folded[at.Start:at.End])
	if i := strings.LastIndex(text, "单位"); i >= 0 {
		text = strings.TrimLeft(text[i+len("单位"):], ": ")
	} else if open := strings.LastIndexByte(text, '('); open >= 0 {
		text = text[open+1:]
	} else {
		return "", 0
	}
	if end := strings.IndexAny(text, "),;。\n\t"); end >= 0 {
		text = text[:end]
	}
	return c.unitOf(text)
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
