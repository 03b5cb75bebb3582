package document

// Tables of an official document; CSV and xlsx are package table's.

import "fmt"

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
	widths := t.widths(b.width)
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

// widths shares the line among the columns; rounding never loses a twip.
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
