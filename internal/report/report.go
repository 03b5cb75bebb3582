// Package report writes reports whose every figure is a reference: a template's text is the office's, its numbers
// come from accepted data or quoted sources at the moment of writing, each with formula, origin, source and digest in
// the appendix. It computes nothing itself.
package report

import (
	"strings"

	"yipanqi/internal/document"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/reference"
	"yipanqi/internal/submission"
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

	Trail *trail.Data `json:"trail,omitempty"` // of the page: what people said about it

	template Template
	byRef    map[*reference.Reference]reference.Figure
}

// Problems are the figures that are incomplete, missing or at odds with their reference.
func (r Report) Problems() (open []reference.Figure) {
	for _, f := range r.Figures {
		if f.Problem != "" {
			open = append(open, f)
		}
	}
	return open
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
