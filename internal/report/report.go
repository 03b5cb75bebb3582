// Package report writes reports whose every figure is a reference: a template's text is the office's, its numbers
// come from accepted data or quoted sources at the moment of writing, each with formula, origin, source and digest in
// the appendix. It computes nothing itself.
package report

import (
	"slices"
	"strings"

	"yipanqi/internal/document"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/reference"
	"yipanqi/internal/submission"
	"yipanqi/internal/tag"
	"yipanqi/internal/trail"
)

// Report is a template with all its references resolved.
type Report struct {
	Title    string               `json:"title"`
	Year     int                  `json:"year"`
	Area     network.Area         `json:"area"`
	Period   period.Period        `json:"-"`
	Sample   bool                 `json:"sample,omitempty"`
	Years    []int                `json:"-"` // that could be reported, newest first
	Figures  []reference.Figure   `json:"figures"`
	Evidence []reference.Evidence `json:"evidence"`

	// Tally counts the evidence by who signed it.
	Tally submission.Tally `json:"tally"`

	// Journal is the last sealed entry when the report was written, Issuer the fingerprint of the installation's key:
	// with them whoever holds the report finds a journal that was cut or written anew later.
	Journal journal.Head `json:"journal"`
	Issuer  string       `json:"issuer"`

	Tag string `json:"tag,omitempty"` // only figures of indicators that it marks are listed

	Trail *trail.Data `json:"trail,omitempty"` // of the page: what people said about it

	all      []reference.Figure // also those that no chosen tag marks
	kept     tag.Kept
	template Template
	byRef    map[*reference.Reference]reference.Figure
	tables   map[*reference.Reference]reference.Table
}

// Problems are the figures that are incomplete, missing or at odds with their reference.
func (r Report) Problems() (open []reference.Figure) {
	for _, f := range r.all {
		if f.Problem != "" {
			open = append(open, f)
		}
	}
	return open
}

// keep lists only the figures of indicators that a tag marks. The text stays whole, and so do its problems.
func (r *Report) keep(k tag.Kept) {
	r.Tag, r.kept = k.Tag, k
	r.Figures = slices.DeleteFunc(slices.Clone(r.all), func(f reference.Figure) bool {
		return !k.Indicator(f.Indicator)
	})
}

// titleBreak is where a template wants its title broken between words.
const titleBreak = "|"

// Piece is a run of a paragraph: plain text, or a figure.
type Piece struct {
	Text   string
	Figure *reference.Figure
}

// Paragraph is a block of the finished text, Level as in Block.
type Paragraph struct {
	Level  int
	Pieces []Piece
	Table  *Table
}

// Table is a table of the finished text: a row for each area.
type Table struct {
	Heads []string
	Rows  []Row
}

// Row is one area of a table.
type Row struct {
	Area  network.Area
	Cells []Piece
}

// table is what a reference to a table came to.
func (r Report) table(t reference.Table) *Table {
	var figures []reference.Figure
	for _, cell := range t.Cells {
		figures = append(figures, r.byRef[cell])
	}
	out := Table{Heads: t.Heads(figures)}
	for i, a := range t.Areas {
		row := Row{Area: a}
		for j := range t.Codes {
			f := figures[i*len(t.Codes)+j]
			row.Cells = append(row.Cells, Piece{f.Text, &f})
		}
		out.Rows = append(out.Rows, row)
	}
	return &out
}

// block is a table as it is printed.
func (t Table) block() document.Table {
	b := document.Table{Columns: []document.Column{{Head: "地区", Width: 2}}}
	for _, head := range t.Heads {
		b.Columns = append(b.Columns, document.Column{Head: head, Width: 3, Align: document.Right})
	}
	for _, r := range t.Rows {
		cells := []document.Run{{Text: r.Area.Name}}
		for _, p := range r.Cells {
			cells = append(cells, document.Run{Text: p.Text, Mark: p.Figure.Problem != ""})
		}
		b.Rows = append(b.Rows, cells)
	}
	return b
}

// Paragraphs is the finished text.
func (r Report) Paragraphs() []Paragraph {
	var all []Paragraph
	for _, b := range r.template.Blocks {
		p := Paragraph{Level: b.Level}
		for _, part := range b.Parts {
			if part.Ref == nil {
				p.Pieces = append(p.Pieces, Piece{Text: part.Text})
				continue
			}
			if t, is := r.tables[part.Ref]; is {
				p.Table = r.table(t)
				continue
			}
			f := r.byRef[part.Ref]
			p.Pieces = append(p.Pieces, Piece{Text: f.Text, Figure: &f})
		}
		all = append(all, p)
	}
	return all
}

// Words that a document needs besides the template's own text.
const (
	appendixTitle = "数据出处"
	evidenceTitle = "所依据的报表"

	publicationsTitle = "公开来源"
	onlyTagged        = "下表只列标了“%s”的指标的数据，共%d处；正文中的引用共%d处。"
	problemsBefore    = "本稿有%d处数据不全或与来源不符，已在文中标出，签发前须逐项核实："
	sealedUpTo        = "成文时存证日志封至第%d条，摘要%s；本系统公钥指纹%s。"
)

// Document lays the report out by GB/T 9704, with the appendix that lists every figure.
func (r Report) Document() document.Document {
	meta := r.template.Meta
	d := document.Document{Title: strings.ReplaceAll(meta["title"], titleBreak, "\n"), Number: meta["number"],
		Recipient: meta["recipient"], Issuer: meta["issuer"], Date: meta["date"]}
	if r.Sample {
		d.Sample = document.SampleMark
	}
	for _, p := range r.Paragraphs() {
		if p.Table != nil {
			d.Blocks = append(d.Blocks, p.Table.block())
			continue
		}
		if p.Level > 0 {
			text := ""
			for _, piece := range p.Pieces {
				text += piece.Text
			}
			d.Blocks = append(d.Blocks, document.Heading{Level: p.Level - 1, Text: text})
			continue
		}
		var runs []document.Run
		for _, piece := range p.Pieces {
			runs = append(runs, document.Run{Text: piece.Text, Mark: piece.Figure != nil && piece.Figure.Problem != ""})
		}
		d.Blocks = append(d.Blocks, document.Paragraph{Runs: runs})
	}
	d.Attachments = []document.Attachment{{Title: appendixTitle, Blocks: r.appendix()}}
	return d
}
