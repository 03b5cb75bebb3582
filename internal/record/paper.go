package record

// Printed forms of a register, box by box as its file says: of one record, of a list, of a book with one record a page.

import (
	"context"
	"strings"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/register"
)

// mostPrinted is how many records a list or a book may have.
const mostPrinted = 2000

var noPrint = errs.Missingf("没有这张打印表。请从记录页或列表页选。")

func (d printing) form(code string, one bool) (register.Print, error) {
	for _, p := range d.k.d.Prints {
		if p.Code == code && (p.Shape == "one") == one {
			return p, nil
		}
	}
	return register.Print{}, noPrint
}

// printing is a paper being written.
type printing struct {
	k   desk
	ctx context.Context
}

// one is a record's form: two columns of boxes under the headings of its sections.
func (d printing) one(p register.Print, r Record) document.Document {
	doc := document.Document{Title: p.Name.ZH, Issuer: d.k.places.unitName(r.Unit).ZH,
		Date: document.Day(d.k.w.Today)}
	switch {
	case !r.Counts:
		doc.Blocks = append(doc.Blocks, document.Text("环节："+d.k.d.State(r.State).Name.ZH+"。尚未确认，不计入统计。"))
	case r.Origin == FromFile:
		doc.Blocks = append(doc.Blocks, document.Text("导入的记录，没有经过本系统两人确认。"))
	}
	doc.Blocks = append(doc.Blocks, d.boxes(p, r)...)
	return doc
}

func (d printing) boxes(p register.Print, r Record) (blocks []document.Block) {
	var rows [][]document.Run
	flush := func() {
		if len(rows) > 0 {
			blocks = append(blocks, document.Table{Columns: []document.Column{{Head: "项目", Width: 2},
				{Head: "内容", Width: 5}}, Rows: rows})
			rows = nil
		}
	}
	for _, b := range p.Boxes {
		if b.Section != "" {
			flush()
			blocks = append(blocks, document.Heading{Level: 3, Text: b.Section})
		}
		f, isField := d.k.d.Field(b.Field)
		if isField && (f.Type == "rows" || f.Type == "checklist") {
			flush()
			blocks = append(blocks, d.table(b.Label, f, r))
			continue
		}
		rows = append(rows, []document.Run{{Text: b.Label}, {Text: d.text(b, r)}})
	}
	flush()
	return blocks
}

// text is what stands in a box; one without a field is left to be written by hand.
func (d printing) text(b register.Box, r Record) string {
	code, column, _ := strings.Cut(b.Field, ".")
	f, known := d.k.d.Field(code)
	if !known {
		return ""
	}
	if f.Type == "rows" && column != "" {
		return d.column(f, column, r)
	}
	if own(f.Code) {
		return d.k.cell(d.ctx, f, r)
	}
	text := d.k.said(chinese, f, r.Body)
	if text != "" && f.Unit != "" && f.Plain() && !register.IsNothing(r.Body[f.Code]) {
		text += " " + f.Unit
	}
	return text
}

// column is one column of a table in the record, in one piece.
func (d printing) column(f register.Field, code string, r Record) string {
	var all []string
	for _, c := range f.Columns {
		for _, place := range r.Body.Chosen(f.Code) {
			if text := d.k.one(chinese, c, r.Body[register.Key(f.Code, place, code)]); c.Code == code && text != "" {
				all = append(all, text)
			}
		}
	}
	return strings.Join(all, "；")
}

// table is a field that is a table itself.
func (d printing) table(label string, f register.Field, r Record) document.Table {
	t := document.Table{Caption: label}
	if f.Type == "checklist" {
		t.Columns = []document.Column{{Head: "检查项", Width: 4}, {Head: "结果", Width: 2},
			{Head: "情况说明", Width: 3}}
		for _, o := range d.k.w.List(f.Of) {
			answer := r.Body[register.Key(f.Code, o.Code)]
			if answer != "" {
				answer = name(register.Answers, answer).ZH
			}
			t.Rows = append(t.Rows, []document.Run{{Text: o.Name.ZH}, {Text: answer},
				{Text: r.Body[register.Key(f.Code, o.Code, "note")]}})
		}
		return t
	}
	for _, c := range f.Columns {
		t.Columns = append(t.Columns, document.Column{Head: c.Name.ZH, Width: 1})
	}
	for _, place := range r.Body.Chosen(f.Code) {
		var row []document.Run
		for _, c := range f.Columns {
			row = append(row, document.Run{Text: d.k.one(chinese, c, r.Body[register.Key(f.Code, place, c.Code)])})
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		t.Rows = append(t.Rows, make([]document.Run, len(t.Columns)))
	}
	return t
}

// many is a list, a row for each record, or a book, a part for each.
func (d printing) many(p register.Print, rows []Record) document.Document {
	doc := document.Document{Title: p.Name.ZH, Date: document.Day(d.k.w.Today)}
	if p.Shape == "book" {
		for _, r := range rows {
			doc.Blocks = append(doc.Blocks, document.Heading{Level: 0, Text: r.Title})
			doc.Blocks = append(doc.Blocks, d.boxes(p, r)...)
		}
		return doc
	}
	t := document.Table{Columns: []document.Column{{Head: "序号", Width: 1}}}
	for _, b := range p.Boxes {
		t.Columns = append(t.Columns, document.Column{Head: b.Label, Width: 2})
	}
	for i, r := range rows {
		row := []document.Run{{Text: itoa(i + 1)}}
		for _, b := range p.Boxes {
			row = append(row, document.Run{Text: d.text(b, r)})
		}
		t.Rows = append(t.Rows, row)
	}
	doc.Blocks = append(doc.Blocks, t)
	return doc
}
