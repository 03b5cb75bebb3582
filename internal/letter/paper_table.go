package letter

// Tables of a letter as they are printed and saved, and charts of them: the same figures, in the same order.

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/document"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// printed are a table and its chart, the chart first.
func (l Line) printed() (all []document.Block) {
	if l.Chart != "" {
		c := document.Chart{}
		if l.Table != nil {
			c = l.Table.chart()
		} else {
			c = l.Grid.chart()
		}
		if c.Caption = strings.TrimPrefix(l.Chart, "图："); len(c.Series) > 0 {
			all = append(all, c)
		}
	}
	caption := strings.TrimPrefix(l.Caption, "表：")
	if l.Table != nil {
		return append(all, l.Table.block(caption))
	}
	return append(all, l.Grid.block(caption))
}

// manyColumns are too many for the size of the text.
const manyColumns = 5

// block is a table as it is printed: the areas in the order of their codes.
func (t Laid) block(caption string) document.Table {
	b := document.Table{Caption: caption, Small: len(t.Heads) > manyColumns,
		Columns: []document.Column{{Head: areaHead, Width: 2}}}
	for _, head := range t.Heads {
		b.Columns = append(b.Columns, document.Column{Head: head, Width: 3, Align: document.Right})
	}
	for _, r := range t.Rows {
		cells := []document.Run{{Text: r.Area.Name}}
		for _, p := range r.Cells {
			cells = append(cells, document.Run{Text: p.Text, Mark: p.Text != none && p.Figure.Problem != ""})
		}
		b.Rows = append(b.Rows, cells)
	}
	return b
}

// block is a table as somebody wrote it; a column of figures stands at the right, wide ones have more of the line.
func (g Grid) block(caption string) document.Table {
	b := document.Table{Caption: caption, Small: len(g.Heads) > manyColumns}
	for at, head := range g.Heads {
		c := document.Column{Head: head, Width: utf8.RuneCountInString(head), Align: document.Right}
		for _, row := range g.Rows {
			if c.Width = max(c.Width, utf8.RuneCountInString(cellText(row[at]))); !figured(row[at]) {
				c.Align = document.Left
			}
		}
		c.Width = min(max(c.Width, narrowest), widest)
		b.Columns = append(b.Columns, c)
	}
	for _, row := range g.Rows {
		cells := make([]document.Run, len(row))
		for i, pieces := range row {
			cells[i].Text = cellText(pieces)
			for _, p := range pieces {
				cells[i].Mark = cells[i].Mark || p.Figure != nil && p.Figure.Problem != ""
			}
		}
		b.Rows = append(b.Rows, cells)
	}
	return b
}

// Widths of columns in characters: between these a column has what its longest cell needs.
const (
	narrowest = 7
	widest    = 12
)

// figured says whether a cell is empty or nothing but a figure.
func figured(cell []Piece) bool {
	return len(cell) == 0 || len(cell) == 1 && cell[0].Figure != nil && !cell[0].Figure.Target
}

func cellText(cell []Piece) (text string) {
	for _, p := range cell {
		text += p.Text
	}
	return text
}

// amount is a number as it is written, with what stands behind it.
var amount = regexp.MustCompile(`^(-?\d+(?:\.\d+)?)(\D*)$`)

// chart has a group of columns for each area; all of its columns are of the unit of the first.
func (t Laid) chart() document.Chart {
	var rows [][]string
	for _, r := range t.Rows {
		row := []string{r.Area.Name}
		for i, p := range r.Cells {
			row = append(row, p.Text+unitOf(t.Heads[i]))
		}
		rows = append(rows, row)
	}
	return charted(t.Heads, rows)
}

func (g Grid) chart() document.Chart {
	var rows [][]string
	for _, row := range g.Rows {
		said := make([]string, len(row))
		for i, cell := range row {
			said[i] = cellText(cell)
		}
		rows = append(rows, said)
	}
	return charted(g.Heads[1:], rows)
}

// charted are the rows that have a name first; a column of no numbers, or of another unit, is left out.
func charted(heads []string, rows [][]string) (c document.Chart) {
	for _, row := range rows {
		c.Categories = append(c.Categories, row[0])
	}
	for at, head := range heads {
		s, unit, known := document.Series{Name: strings.TrimSuffix(head, "（"+unitOf(head)+"）")}, "", false
		for _, row := range rows {
			m := amount.FindStringSubmatch(strings.ReplaceAll(row[at+1], ",", ""))
			if m == nil {
				s.Values = append(s.Values, "")
				continue
			}
			s.Values, unit, known = append(s.Values, m[1]), m[2], true
		}
		if known && (len(c.Series) == 0 || unit == c.Unit) && len(c.Series) < mostSeries {
			c.Series, c.Unit = append(c.Series, s), unit
		}
	}
	if len(c.Categories) > mostCategories {
		return document.Chart{}
	}
	return c
}

// What a chart of the text's width still shows apart.
const (
	mostSeries     = 4
	mostCategories = 40
)

// unitOf is the unit that stands in brackets at the end of a head.
func unitOf(head string) string {
	at := strings.LastIndex(head, "（")
	if at < 0 || !strings.HasSuffix(head, "）") {
		return ""
	}
	return strings.TrimSuffix(head[at+len("（"):], "）")
}

const areaHead = "地区"

// csv is a table to be saved.
func (t Laid) csv(name string) table.Table {
	out := table.Table{Name: name, Columns: []table.Column{{Name: "地区代码"}, {Name: areaHead}}}
	for _, head := range t.Heads {
		out.Columns = append(out.Columns, table.Column{Name: say.Key(head), Number: true})
	}
	for _, r := range t.Rows {
		cells := []string{r.Area.Code, r.Area.Name}
		for _, p := range r.Cells {
			cells = append(cells, p.Text)
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}
