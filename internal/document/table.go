package document

// Tables of an official document; CSV and xlsx are package table's.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const tableEnd = "</w:tbl>\n"

func (t Table) write(b *body) {
	if len(t.Columns) == 0 {
		b.fail("table %q has no columns", t.Caption)
		return
	}
	if t.Caption != "" {
		b.line("Caption", "", t.Caption)
	}
	fmt.Fprintf(&b.xml, `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/>`+
		`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, b.width)
	if len(t.Rows) == 0 { // or a reader wonders whether somebody forgot
		t.Rows = [][]Run{slices.Repeat([]Run{{Text: "无"}}, len(t.Columns))}
	}
	wish, least := t.room()
	widths := t.widths(b.width)
	shift(widths, wish)
	shift(widths, least)
	style := "Cell"
	if t.Small {
		style = "SmallCell"
	}
	for _, w := range widths {
		fmt.Fprintf(&b.xml, `<w:gridCol w:w="%d"/>`, w)
	}
	b.xml.WriteString("</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
	for i, c := range t.Columns {
		b.cell("ColumnHead", Center, widths[i], Run{Text: c.Head})
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			b.fail("row %d of table %q has %d cells for %d columns", i+1, t.Caption, len(row), len(t.Columns))
			return
		}
		b.xml.WriteString("</w:tr>\n<w:tr><w:trPr><w:cantSplit/></w:trPr>")
		for j, r := range row {
			if r.Text == "" && wish[j] > 0 && !t.Gaps {
				r.Text = "—"
			}
			b.cell(style, t.Columns[j].Align, widths[j], r)
		}
	}
	b.xml.WriteString("</w:tr>" + tableEnd)
}

var aligned = [...]string{Left: "", Center: `<w:jc w:val="center"/>`, Right: `<w:jc w:val="right"/>`}

func (b *body) cell(style string, align Align, width int, r Run) {
	fmt.Fprintf(&b.xml, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, width)
	b.paragraph(style, aligned[align], []Run{r})
	b.xml.WriteString("</w:tc>")
}

// widths shares the line among the columns by their weights; rounding never loses a twip. Where something does not fit
// on its line, the column takes of what others have to spare then, and none is narrower than a day or a number in it.
func (t Table) widths(line int) []int {
	sum, shared, at := 0, 0, 0
	for _, c := range t.Columns {
		sum += max(c.Width, 1)
	}
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		at += max(c.Width, 1)
		widths[i] = line*at/sum - shared
		shared += widths[i]
	}
	return widths
}

const (
	cellPad = 240 // around the text of a cell, and what fonts differ in
	headEm  = 240
	smallEm = 180
)

var unbroken = regexp.MustCompile(`[0-9A-Za-z.,:%/-]+`)

// room is how wide each column would be with all on one line, and how wide it is at least. A column to be filled in by
// hand wishes nothing and gives nothing.
func (t Table) room() (wish, least []int) {
	em := headEm
	if t.Small {
		em = smallEm
	}
	for i, c := range t.Columns {
		longest, token := 0, 0
		for _, row := range t.Rows {
			if i >= len(row) {
				continue // refused where the row is written
			}
			for text := range strings.SplitSeq(row[i].Text, "\n") {
				longest = max(longest, ems(text, em))
			}
			for _, one := range unbroken.FindAllString(row[i].Text, -1) {
				token = max(token, ems(one, em))
			}
		}
		if longest == 0 {
			wish, least = append(wish, 0), append(least, 0)
			continue
		}
		head := min(ems(c.Head, headEm), 2*headEm)
		wish = append(wish, max(longest, head)+cellPad)
		least = append(least, min(max(token, head)+cellPad, mostLeast))
	}
	return wish, least
}

// mostLeast bounds what a column must have: a longer address is broken.
const mostLeast = 3000

// ems is how long a text is in a type: a digit is a bit more than half of a Chinese character.
func ems(text string, em int) (w int) {
	for _, r := range text {
		if r < 0x2E80 {
			w += em * 13 / 20
		} else {
			w += em
		}
	}
	return w
}

// shift moves what columns have above what they need to those that have less, as far as it goes. Who needs nothing
// gives nothing.
func shift(widths, need []int) {
	short, spare, widest := 0, 0, 0
	for i, w := range widths {
		short += max(0, need[i]-w)
		if need[i] > 0 {
			spare += max(0, w-need[i])
		}
		if w > widths[widest] {
			widest = i
		}
	}
	moved := min(short, spare)
	if moved == 0 {
		return
	}
	lost := 0
	for i, w := range widths {
		switch {
		case w < need[i]:
			widths[i] += (need[i] - w) * moved / short
		case need[i] > 0:
			widths[i] -= (w - need[i]) * moved / spare
		}
		lost += w - widths[i]
	}
	widths[widest] += lost
}
