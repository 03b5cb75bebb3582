package document

// Forms of an office: one grid of boxes of different widths, as they are filled in by hand; lists are table.go's.

import (
	"fmt"
	"strings"
)

// GridWidth is how many equal columns a form has; the boxes of a row take them all.
const GridWidth = 12

// Grid is a form's grid.
type Grid struct{ Rows []GridRow }

// GridRow is one row of boxes; Height is its least height in millimetres, that of its text if 0. Head rows stand again
// on every page of a form that begins with them.
type GridRow struct {
	Height int
	Head   bool
	Keep   bool // on the page of the row after it
	Boxes  []GridBox
}

// GridBox is one box of a row: so many of the form's columns wide.
type GridBox struct {
	Span  int
	Text  string
	Label bool // in the type of a form's own words, in the middle
	Align Align
}

func (g Grid) write(b *body) {
	if len(g.Rows) == 0 {
		b.fail("a form has no rows")
		return
	}
	width := b.width / GridWidth
	fmt.Fprintf(&b.xml, `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/>`+
		`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, width*GridWidth)
	b.xml.WriteString(strings.Repeat(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, width), GridWidth))
	b.xml.WriteString("</w:tblGrid>\n")
	for i, r := range g.Rows {
		if r.span() != GridWidth {
			b.fail("row %d of a form is %d columns wide, not %d", i+1, r.span(), GridWidth)
			return
		}
		b.xml.WriteString("<w:tr><w:trPr>")
		if r.Head {
			b.xml.WriteString(`<w:cantSplit/>`)
		}
		fmt.Fprintf(&b.xml, `<w:trHeight w:val="%d"/>`, max(r.Height, leastHeight)*567/10)
		if r.Head {
			b.xml.WriteString(`<w:tblHeader/>`)
		}
		b.xml.WriteString("</w:trPr>")
		for _, box := range r.Boxes {
			b.box(box, width, r.Keep || r.Head)
		}
		b.xml.WriteString("</w:tr>\n")
	}
	b.xml.WriteString(tableEnd)
}

const leastHeight = 8 // millimetres, in which a hand can write

func (r GridRow) span() (n int) {
	for _, box := range r.Boxes {
		n += box.Span
	}
	return n
}

func (b *body) box(box GridBox, width int, keep bool) {
	fmt.Fprintf(&b.xml, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/><w:vAlign w:val="center"/>`+
		`</w:tcPr>`, width*box.Span, box.Span)
	style, align := "Cell", box.Align
	if box.Label {
		style, align = "ColumnHead", Center
	}
	before := ""
	if keep {
		before = `<w:keepNext/>`
	}
	for _, line := range strings.Split(box.Text, "\n") {
		b.paragraph(style, before+aligned[align], []Run{{Text: line}})
	}
	b.xml.WriteString("</w:tc>")
}

// Pair is two texts on one line above a form, at its two ends.
type Pair struct{ Left, Right string }

func (p Pair) write(b *body) {
	b.paragraph("Cell", fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, b.width),
		[]Run{{Text: p.Left + "\t" + p.Right}})
}
