package letter

// The text of a letter as it reads: its lines with their references resolved, and its tables.

import (
	"iter"
	"slices"
	"strings"

	"yipanqi/internal/reference"
)

// Piece is words of a line, or a figure in it.
type Piece struct {
	Text   string
	Figure *Figured
}

// Line is a paragraph or heading of the text with its references resolved, or a table.
type Line struct {
	Level   int
	Pieces  []Piece
	Table   *Laid
	Grid    *Grid
	Chart   string // what the chart of the table is called, "" for none
	Caption string // of the table
}

// Grid is a table as somebody wrote it, row by row.
type Grid struct {
	Heads []string
	Rows  [][][]Piece
}

// each are the words and figures of the line, those of its cells row by row.
func (l Line) each() iter.Seq[Piece] {
	return func(yield func(Piece) bool) {
		all := l.Pieces
		if l.Grid != nil {
			for _, row := range l.Grid.Rows {
				all = append(all, slices.Concat(row...)...)
			}
		}
		for _, p := range all {
			if !yield(p) {
				return
			}
		}
	}
}

// Missing are the figures of the line that lead to no value. A table may lack some, not all.
func (l Line) Missing() (all []Figured) {
	if l.Table != nil && !l.Table.has() {
		all = append(all, *l.Table.Rows[0].Cells[0].Figure)
	}
	for p := range l.each() {
		if p.Figure != nil && strings.Contains(p.Text, reference.Gap) {
			all = append(all, *p.Figure)
		}
	}
	return all
}

// Laid is a table with its cells.
type Laid struct {
	Number int // among the text's tables
	Heads  []string
	Rows   []Row
}

// Row is one area of a table.
type Row struct {
	Area  Named
	Cells []Piece
}

// none stands in a table for a value that there is not.
const none = "—"

func (t Laid) has() bool {
	return slices.ContainsFunc(t.Rows, func(r Row) bool {
		return slices.ContainsFunc(r.Cells, func(p Piece) bool { return p.Text != none })
	})
}

// Text is the line's words.
func (l Line) Text() string {
	text := ""
	for _, p := range l.Pieces {
		text += p.Text
	}
	return text
}

// Lines are the body as it reads.
func (c Content) Lines() (all []Line) {
	f := following{Content: c}
	for _, b := range Blocks(c.Body) {
		line := Line{Level: b.Level, Chart: b.Chart, Caption: b.Caption}
		if b.Rows != nil {
			line.Grid = &Grid{Heads: b.Rows[0]}
			for _, row := range b.Rows[1:] {
				cells := make([][]Piece, len(row))
				for i, cell := range row {
					cells[i], _ = f.pieces(cell)
				}
				line.Grid.Rows = append(line.Grid.Rows, cells)
			}
		} else if line.Pieces, line.Table = f.pieces(b.Text); line.Table != nil {
			line.Level = 0
		}
		all = append(all, line)
	}
	return all
}

// following walks through the figures of a text in its order.
type following struct {
	Content
	at, tables int
}

// pieces are words with their references resolved, or the table that they ask for.
func (f *following) pieces(text string) (all []Piece, table *Laid) {
	parts, err := reference.Parse(text, 0)
	if err != nil {
		parts = []reference.Part{{Text: text}}
	}
	for _, p := range parts {
		piece := Piece{Text: p.Text}
		switch {
		case p.Ref != nil && p.Ref.Kind == reference.TableRef && f.tables < len(f.Tables):
			table = f.Tables[f.tables].laid(f.Figures[f.at:])
			f.tables++
			table.Number = f.tables
			f.at += len(table.Rows) * len(table.Heads)
			return nil, table
		case p.Ref != nil && f.at < len(f.Figures):
			piece = Piece{f.Figures[f.at].Text, &f.Figures[f.at]}
			f.at++
		case p.Ref != nil:
			piece.Text = reference.Gap
		}
		all = append(all, piece)
	}
	return all, nil
}

// laid is the table with its cells, the first of the figures that follow in the text.
func (t Table) laid(figures []Figured) *Laid {
	l := Laid{Heads: t.Heads}
	for i, area := range t.Rows {
		row := Row{Area: area}
		for j := range t.Heads {
			at := i*len(t.Heads) + j
			if at >= len(figures) {
				row.Cells = append(row.Cells, Piece{Text: none, Figure: &Figured{Problem: "没有数"}})
				continue
			}
			p := Piece{figures[at].Text, &figures[at]}
			if strings.Contains(p.Text, reference.Gap) {
				p.Text = none
			}
			row.Cells = append(row.Cells, p)
		}
		l.Rows = append(l.Rows, row)
	}
	return &l
}
