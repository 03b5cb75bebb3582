package document

// Paragraphs and rows of tables as lines of plain text, each character with the piece that it came from.

import (
	"strings"
	"unicode/utf8"
)

// block is a paragraph, or a row of a table if it has cells.
type block struct {
	pieces []*piece
	cells  []*cell
}

type cell struct {
	blocks []*block
	span   int // columns
}

// piece is the text of one element of a part, such as w:t or w:tab.
type piece struct {
	text string
	place
	part string
	run  *textRun // nil if it does not stand directly in one
	unit *unit    // nil if no comment can stand near it
}

// prose is how long the text of a cell of several paragraphs may be before the paragraphs are lines of their own: forms
// hold whole reports in a cell.
const prose = 200

func (b *block) text() string {
	var s strings.Builder
	for _, p := range b.pieces {
		s.WriteString(p.text)
	}
	return s.String()
}

// paragraphs appends the text of all paragraphs that have some.
func paragraphs(blocks []*block, to []string) []string {
	for _, b := range blocks {
		for _, c := range b.cells {
			to = paragraphs(c.blocks, to)
		}
		if text := b.text(); strings.TrimSpace(text) != "" {
			to = append(to, text)
		}
	}
	return to
}

// flow is text with the pieces it came from.
type flow struct {
	text    strings.Builder
	at      int // code points so far
	sources []source
	inRow   bool
}

// source is a piece and where its text stands in a flow, in code points.
type source struct {
	*piece
	start, end int
}

// lines lays blocks out: a line for every paragraph, and one for every row of a table, its cells parted by tabs.
func (f *flow) lines(blocks []*block) {
	for _, b := range blocks {
		switch {
		case !b.isLine():
			for _, c := range b.cells {
				f.lines(c.blocks)
			}
		case b.cells != nil:
			f.row(b)
		case strings.TrimSpace(b.text()) != "":
			f.paragraph(b, "\n")
		}
	}
}

// isLine says whether the block reads as one line.
func (b *block) isLine() bool {
	if len(b.cells) == 1 {
		return false
	}
	for _, c := range b.cells {
		length := 0
		for _, inner := range c.blocks {
			if inner.cells != nil {
				return false
			}
			length += utf8.RuneCountInString(inner.text())
		}
		if len(c.blocks) > 1 && length > prose {
			return false
		}
	}
	return true
}

func (f *flow) row(b *block) {
	f.inRow = true
	start, tabs := "\n", 0
	for _, c := range b.cells {
		wrote := false
		for _, p := range c.blocks {
			switch {
			case strings.TrimSpace(p.text()) == "":
			case wrote:
				f.paragraph(p, " ")
			default:
				f.paragraph(p, start+strings.Repeat("\t", tabs))
				start, tabs, wrote = "", 0, true
			}
		}
		tabs += max(c.span, 1)
	}
	f.inRow = false
}

// paragraph adds a paragraph after gap, which is left out at the very start.
func (f *flow) paragraph(b *block, gap string) {
	if f.at == 0 {
		gap = strings.TrimPrefix(gap, "\n")
	}
	f.add(gap)
	for _, p := range b.pieces {
		start := f.at
		f.add(strings.Map(f.keep, p.text))
		if f.at > start {
			f.sources = append(f.sources, source{p, start, f.at})
		}
	}
}

func (f *flow) add(text string) {
	f.text.WriteString(text)
	f.at += utf8.RuneCountInString(text)
}

// keep is what becomes of a character in the flow; in a row, line breaks and tabs would look like its borders.
func (f *flow) keep(r rune) rune {
	if r = plain(r); f.inRow && (r == '\n' || r == '\t') {
		return ' '
	}
	return r
}

// plain maps a lone carriage return to a line feed, and to nothing what nobody can see or XML cannot hold.
func plain(r rune) rune {
	switch {
	case r == '\r':
		return '\n'
	case r >= 0x7F && r < 0xA0 || r == 0xFEFF:
		return -1
	}
	return printable(r)
}
