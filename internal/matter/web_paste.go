package matter

// The page on which the office pastes a table of matters, and what it says of the rows that were not kept.

import (
	"context"

	"github.com/a-h/templ"

	"yipanqi/internal/intake"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type pasteInput struct {
	Table string `json:"table" doc:"The table with its head, as Excel copies it or as CSV."`
}

// pasteData is the empty page, or what came of a table.
type pasteData struct {
	Drafts []string    `json:"drafts"`
	Wrong  []wrongCell `json:"wrong"`
	left   string
	done   bool
}

// wrongCell says what is wrong, and in which line.
type wrongCell struct {
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`

	words say.Words
}

func newPaste(*web.Request, struct{}) (pasteData, error) {
	return pasteData{Drafts: []string{}, Wrong: []wrongCell{}}, nil
}

func paste(r *web.Request, in pasteInput) (pasteData, error) {
	p, err := Paste(r.Tx, r.User, in.Table)
	d := pasteData{Drafts: append([]string{}, p.Kept...), Wrong: []wrongCell{}, left: p.Left, done: true}
	for _, one := range p.Wrong {
		d.Wrong = append(d.Wrong, wrongCell{one.Line, one.Column, one.Reason.String(), one.Reason})
	}
	return d, err
}

// at is where something is wrong, as the page says it.
func (w wrongCell) at(ctx context.Context) string {
	if w.Column == "" {
		return part.T(ctx, "表格第%d行：", w.Line)
	}
	return part.T(ctx, "表格第%d行“%s”：", w.Line, w.Column)
}

// Page is what a browser sees after it sent a table.
func (d pasteData) Page() templ.Component { return pastePage(d) }

// pasteColumns are those of the table, as the page names them.
func pasteColumns() []intake.Column { return intake.File{Columns: tableColumns}.List() }

func (d pasteData) said(ctx context.Context) string {
	return part.T(ctx, "已存为草稿%d件，没有存的%d行。", len(d.Drafts), d.rows())
}

// rows is how many rows were not kept: several mistakes may be in one.
func (d pasteData) rows() int {
	lines := map[int]bool{}
	for _, w := range d.Wrong {
		lines[w.Line] = true
	}
	return len(lines)
}
