package record

// Printed forms of a register as its file says: of one record, of a list, of a book with one record after the other.
// How a form's boxes are laid out is paper_grid.go's.

import (
	"cmp"
	"context"
	"slices"
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
		if p.Code == code && p.OfOne() == one {
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

// one is a record's form, or the letter that is written of it.
func (d printing) one(p register.Print, r Record) document.Document {
	switch {
	case p.Text != "":
		return d.letter(p, r)
	case p.Shape == "sign":
		return d.sign(p, r)
	}
	doc := document.Document{Title: p.Name.ZH, Blocks: []document.Block{
		document.Pair{Left: "填报单位：" + d.k.places.unitName(r.Unit).ZH, Right: "编号：" + r.Number}}}
	if of := d.of(p, r); of != "" {
		doc.Blocks = append(doc.Blocks, document.Pair{Left: of})
	}
	doc.Blocks = append(doc.Blocks, document.Grid{Rows: d.grid(p.Boxes, r)},
		document.Pair{Left: d.standing(r), Right: "打印日期：" + document.Day(d.k.w.Today)})
	return doc
}

// of says what a form is about that no box has: of a return its site and its month.
func (d printing) of(p register.Print, r Record) string {
	var all []string
	for _, code := range d.k.d.Unique {
		f, _ := d.k.d.Field(code)
		if !slices.ContainsFunc(p.Boxes, func(b register.Box) bool { return b.Field == code }) {
			all = append(all, f.Name.ZH+"："+d.k.said(chinese, f, r.Body))
		}
	}
	return strings.Join(all, "　　")
}

// standing says below a form what of it is not confirmed.
func (d printing) standing(r Record) string {
	switch {
	case r.State == "":
	case !r.Counts:
		return "环节：" + d.k.d.State(r.State).Name.ZH + "。尚未确认，不计入统计。"
	case r.Body[sourceKey] != "":
		return "引自公开来源，来源没有写的留空。"
	case r.Origin == FromFile:
		return "导入的记录，没有经过本系统两人确认。"
	}
	return ""
}

// sign is what hangs at a door: its lines in large type, in the middle; below it what is stuck on.
func (d printing) sign(p register.Print, r Record) document.Document {
	doc := document.Document{Title: d.text(p.Boxes[0], r)}
	for _, b := range p.Boxes[1:] {
		f, _ := d.k.d.Field(b.Field)
		text := d.text(b, r)
		switch {
		case b.Field == "": // a picture to scan
			doc.Blocks = append(doc.Blocks, document.Grid{Rows: []document.GridRow{{Height: 60,
				Boxes: []document.GridBox{{Span: document.GridWidth, Text: b.Label, Align: document.Center}}}}})
		case f.Type == "y/n" && text == yes.ZH:
			doc.Blocks = append(doc.Blocks, document.Heading{Level: 0, Text: b.Label})
		case text != "" && f.Type != "y/n":
			doc.Blocks = append(doc.Blocks, document.Heading{Level: 0, Text: b.Label + "：" + text})
		}
	}
	return doc
}

// letter is a text of the unit's own; boxes that nothing fills are written by hand below it.
func (d printing) letter(p register.Print, r Record) document.Document {
	doc := document.Document{Title: p.Name.ZH, Issuer: d.k.places.unitName(r.Unit).ZH, Date: byHand}
	text := p.Fill(func(field string) string {
		f, _ := d.k.d.Field(field)
		said := d.k.said(chinese, f, r.Body)
		if f.Type == "date" && said != "" {
			return document.Day(said)
		}
		if said == "" {
			return "＿＿＿＿＿＿"
		}
		return said
	})
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if i == 0 && strings.HasSuffix(line, "：") {
			doc.Recipient = line
			continue
		}
		doc.Blocks = append(doc.Blocks, document.Text(line))
	}
	if rows := d.grid(p.Boxes, r); len(rows) > 0 {
		doc.Blocks = append(doc.Blocks, document.Grid{Rows: rows})
	}
	if note := d.standing(r); note != "" {
		doc.Note = strings.TrimSuffix(note, "。")
	}
	return doc
}

// byHand is a day that is written in.
const byHand = "　　　　年　　月　　日"

// text is what stands in a box; one without a field is left to be written by hand.
func (d printing) text(b register.Box, r Record) string {
	code, column, _ := strings.Cut(b.Field, ".")
	f, known := d.k.d.Field(code)
	switch {
	case !known:
		return ""
	case f.Type == "rows" && column != "":
		return strings.Join(d.column(f, column, r), "\n")
	case own(f.Code):
		return d.k.cell(d.ctx, f, r)
	case f.Type == "sexed" && f.By == "":
		return d.sexes(f, r)
	}
	return d.k.said(chinese, f, r.Body)
}

// sexes are both numbers and their sum.
func (d printing) sexes(f register.Field, r Record) string {
	total := r.Body.Total(f.Code).Plain(0)
	if total == "" {
		return ""
	}
	return "男 " + r.Body[register.Key(f.Code, "1")] + "　女 " + r.Body[register.Key(f.Code, "2")] + "　合计 " + total
}

// column is one column of a table in the record, a line for each row.
func (d printing) column(f register.Field, code string, r Record) (all []string) {
	for _, c := range f.Columns {
		for _, place := range r.Body.Chosen(f.Code) {
			if c.Code == code {
				all = append(all, orNone(d.k.one(chinese, c, r.Body[register.Key(f.Code, place, code)])))
			}
		}
	}
	return all
}

// many is a list, a row for each record, or a book, a part for each.
func (d printing) many(p register.Print, rows []Record) document.Document {
	doc := document.Document{Title: p.Name.ZH}
	if p.Shape == "book" {
		doc.Date = document.Day(d.k.w.Today)
		if len(rows) == 0 {
			doc.Blocks = []document.Block{document.Text(nothingCounts)}
		}
		for _, r := range rows {
			doc.Blocks = append(doc.Blocks, document.Heading{Level: 0, Text: r.Title})
			doc.Blocks = append(doc.Blocks, d.chapter(p, r)...)
		}
		return doc
	}
	doc.Wide = len(p.Boxes) > 5
	t := document.Table{Small: len(p.Boxes) > 7, Gaps: true,
		Columns: []document.Column{{Head: "序号", Width: 2, Align: document.Center}}}
	for _, b := range p.Boxes {
		t.Columns = append(t.Columns, d.head(b))
	}
	for i, r := range rows {
		t.Rows = append(t.Rows, d.lines(itoa(i+1), p.Boxes, r)...)
	}
	doc.Blocks = []document.Block{document.Pair{Left: "统计到：" + document.Day(d.k.w.Today),
		Right: "共" + itoa(len(rows)) + "条"}, t}
	if len(rows) == 0 {
		doc.Blocks = append(doc.Blocks, document.Text(nothingCounts))
	}
	doc.Blocks = append(doc.Blocks,
		document.Pair{Left: "填表人：　　　审核人：　　　单位负责人：", Right: "报出日期：" + byHand})
	return doc
}

// nothingSaid stands where a record says nothing: whether there is nothing, or nobody filled it in, it does not say.
const nothingSaid = "—"

// nothingCounts is why a list is empty, for whoever wonders where the records are that they see on the screen.
const nothingCounts = "没有可以列入的记录。只列已经确认、合乎本表条件的记录；还在登记或核实的，确认以后再打印。"

// lines are a record in a list: one line, or one for each row of the table that the list shows, the rest said once.
func (d printing) lines(number string, boxes []register.Box, r Record) (rows [][]document.Run) {
	n := 1
	columns := map[string][]string{}
	for _, b := range boxes {
		if code, column, is := strings.Cut(b.Field, "."); is {
			columns[b.Field] = d.column(d.k.d.At(code), column, r)
			n = max(n, len(columns[b.Field]))
		}
	}
	for at := range n {
		row := []document.Run{{Text: number}}
		for _, b := range boxes {
			text := ""
			if column, is := columns[b.Field]; is && at < len(column) {
				text = column[at]
			} else if !is && at == 0 {
				text = cmp.Or(d.text(b, r), nothingSaid)
				if d.k.d.At(b.Field).Type == "sexed" { // a narrow column breaks it anywhere
					text = strings.ReplaceAll(text, "　", "\n")
				}
			}
			row = append(row, document.Run{Text: text})
		}
		rows, number = append(rows, row), ""
	}
	return rows
}

// head is a column of a list, with the unit that all its numbers have.
func (d printing) head(b register.Box) document.Column {
	f := d.k.d.At(b.Field)
	c := document.Column{Head: b.Label, Width: wide(f)}
	if f.Unit != "" && !strings.Contains(b.Label, f.Unit) && !strings.Contains(b.Label, "（") {
		c.Head += "（" + f.Unit + "）"
	}
	if f.Numeric() && f.Type != "sexed" {
		c.Align = document.Right
	}
	return c
}

// wide is how much room a field needs beside others.
func wide(f register.Field) int {
	switch f.Type {
	case "para", "areas", "units", "links":
		return 6
	case "money":
		return 5
	case "y/n", "":
		return 2
	case "number", "month", "calc", "one", "year":
		return 3
	}
	return 4
}

// chapter is a record in a book: what is short in boxes, what is written as text.
func (d printing) chapter(p register.Print, r Record) (blocks []document.Block) {
	var short []register.Box
	for _, b := range p.Boxes {
		if f, _ := d.k.d.Field(b.Field); f.Type != "para" && f.Code != d.k.d.Title().Code {
			b.Section = ""
			short = append(short, b)
		}
	}
	if len(short) > 0 {
		blocks = append(blocks, document.Grid{Rows: d.grid(short, r)})
	}
	for _, b := range p.Boxes {
		f, _ := d.k.d.Field(b.Field)
		text := d.text(b, r)
		if f.Type != "para" || text == "" {
			continue
		}
		blocks = append(blocks, document.Heading{Level: 1, Text: b.Label})
		for _, line := range strings.Split(text, "\n") {
			blocks = append(blocks, document.Text(line))
		}
	}
	return blocks
}
