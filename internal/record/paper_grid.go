package record

// The boxes of a form in its grid: short ones two on a line, long ones on a line of their own, tables and checklists
// row by row, numbers by sex in columns, room to sign.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/document"
	"yipanqi/internal/register"
)

const (
	labelSpan = 2
	halfSpan  = document.GridWidth/2 - labelSpan
	wholeSpan = document.GridWidth - labelSpan
	longText  = 15 // letters that a half line holds
	paraHigh  = 26 // millimetres
	signHigh  = 14
	spareRows = 3 // of a table that nothing stands in
)

// grid lays boxes out in the order of the file, under the headings of its sections.
func (d printing) grid(boxes []register.Box, r Record) (rows []document.GridRow) {
	for len(boxes) > 0 {
		n := 1
		for n < len(boxes) && boxes[n].Section == "" {
			n++
		}
		section := boxes[:n]
		title := section[0].Section
		if title != "" && !d.allBySex(section) { // there it stands over the first column
			rows = append(rows, document.GridRow{Keep: true,
				Boxes: []document.GridBox{label(title, document.GridWidth)}})
		}
		rows, boxes = append(rows, d.section(section, r)...), boxes[n:]
	}
	return rows
}

func label(text string, span int) document.GridBox {
	return document.GridBox{Span: span, Text: text, Label: true}
}

func (d printing) section(boxes []register.Box, r Record) []document.GridRow {
	switch {
	case boxes[0].Lines > 0:
		return lines(boxes)
	case !slices.ContainsFunc(boxes, func(b register.Box) bool { return b.Field != "" }):
		return signing(boxes)
	case d.allBySex(boxes):
		return d.bySex(boxes, r)
	}
	return d.boxed(boxes, r)
}

// allBySex says whether all boxes are numbers of men and women.
func (d printing) allBySex(boxes []register.Box) bool {
	return !slices.ContainsFunc(boxes, func(b register.Box) bool { return d.k.d.At(b.Field).Type != "sexed" })
}

// boxed are boxes of all kinds, one after the other.
func (d printing) boxed(boxes []register.Box, r Record) (rows []document.GridRow) {
	var half []document.GridBox // a line that has room for one more
	flush := func() {
		if len(half) > 0 {
			half[1].Span = wholeSpan
			rows, half = append(rows, document.GridRow{Boxes: half}), nil
		}
	}
	for i := 0; i < len(boxes); i++ {
		b := boxes[i]
		code, column, _ := strings.Cut(b.Field, ".")
		f, _ := d.k.d.Field(code)
		switch {
		case f.Type == "rows" && column != "":
			n := i + 1
			for n < len(boxes) && strings.HasPrefix(boxes[n].Field, code+".") {
				n++
			}
			flush()
			rows, i = append(rows, d.table(f, boxes[i:n], r)...), n-1
		case f.Type == "checklist":
			flush()
			rows = append(rows, d.checklist(b, f, r)...)
		case f.Type == "sexed" && f.By != "":
			flush()
			rows = append(rows, d.bySex(boxes[i:i+1], r)...)
		case b.Field == "" && utf8.RuneCountInString(b.Label) > longText: // words of the form itself
			flush()
			rows = append(rows, document.GridRow{Boxes: []document.GridBox{
				{Span: document.GridWidth, Text: b.Label + "。"}}})
		default:
			pair := []document.GridBox{label(b.Label, labelSpan), {Span: halfSpan, Text: d.filled(b, f, r)}}
			switch {
			case d.long(f, pair[1].Text):
				flush()
				pair[1].Span = wholeSpan
				rows = append(rows, document.GridRow{Height: high(f), Boxes: pair})
			case len(half) > 0:
				rows, half = append(rows, document.GridRow{Boxes: append(half, pair...)}), nil
			default:
				half = pair
			}
		}
	}
	flush()
	return rows
}

func high(f register.Field) int {
	if f.Type == "para" {
		return paraHigh
	}
	return 0
}

// filled is a box's text with its unit, and of a verdict the rule that it rests on.
func (d printing) filled(b register.Box, f register.Field, r Record) string {
	text := d.text(b, r)
	if text != "" && f.Unit != "" && f.Plain() && !register.IsNothing(r.Body[f.Code]) {
		text += " " + f.Unit
	}
	if by := r.Body[register.Key(f.Code, "by")]; f.Type == "calc" && by != "" {
		text += "（" + by + "）"
	}
	return text
}

func (d printing) long(f register.Field, text string) bool {
	return slices.Contains([]string{"para", "many", "units", "areas", "links", "goals"}, f.Type) ||
		utf8.RuneCountInString(text) > longText
}

// bySex are numbers in columns of men, women and both; of a number by category a row for each and one for all.
func (d printing) bySex(boxes []register.Box, r Record) []document.GridRow {
	title := boxes[0].Section
	if title == "" || strings.HasPrefix(title, "列(") { // that names the columns which are here
		title = "项目"
	}
	rows := []document.GridRow{{Head: true, Boxes: []document.GridBox{label(title, 6), label("男", 2), label("女", 2),
		label("合计", 2)}}}
	add := func(name string, body register.Body, code string) {
		row := document.GridRow{Boxes: []document.GridBox{{Span: 6, Text: name}}}
		for _, n := range []string{body[register.Key(code, "1")], body[register.Key(code, "2")],
			body.Total(code).Plain(0)} {
			row.Boxes = append(row.Boxes, document.GridBox{Span: 2, Text: n, Align: document.Center})
		}
		rows = append(rows, row)
	}
	for _, b := range boxes {
		f, _ := d.k.d.Field(b.Field)
		if f.By == "" {
			add(b.Label, r.Body, f.Code)
			continue
		}
		sums := register.Body{}
		for _, sex := range register.Sexes {
			part := register.Body{}
			for _, o := range d.k.w.List(f.By) {
				part[register.Key("sum", o.Code, sex)] = r.Body[register.Key(f.Code, o.Code, sex)]
			}
			sums[register.Key("sum", sex)] = part.Total("sum").Plain(0)
		}
		add(b.Label, sums, "sum")
		for _, o := range d.k.w.List(f.By) {
			add("　其中："+o.Name.ZH, r.Body, register.Key(f.Code, o.Code))
		}
	}
	return rows
}

// table are boxes that are columns of one table of the record.
func (d printing) table(f register.Field, boxes []register.Box, r Record) []document.GridRow {
	spans := shared(document.GridWidth-1, boxes, func(b register.Box) int { return wide(d.k.d.At(b.Field)) })
	head := document.GridRow{Head: true, Boxes: []document.GridBox{label("序号", 1)}}
	for i, b := range boxes {
		head.Boxes = append(head.Boxes, label(b.Label, spans[i]))
	}
	rows := []document.GridRow{head}
	add := func(number string, text func(register.Box) string) {
		row := document.GridRow{Boxes: []document.GridBox{{Span: 1, Text: number, Align: document.Center}}}
		for i, b := range boxes {
			row.Boxes = append(row.Boxes, document.GridBox{Span: spans[i], Text: text(b)})
		}
		rows = append(rows, row)
	}
	for i, place := range r.Body.Chosen(f.Code) {
		add(itoa(i+1), func(b register.Box) string {
			c := d.k.d.At(b.Field)
			return d.k.one(chinese, c, r.Body[register.Key(f.Code, place, c.Code)])
		})
	}
	for len(rows) == 1 || len(r.Body.Chosen(f.Code)) == 0 && len(rows) <= spareRows {
		add("", func(register.Box) string { return "" })
	}
	return rows
}

// shared shares columns of the grid among boxes, by how much room each needs; each gets one at least.
func shared(columns int, boxes []register.Box, need func(register.Box) int) []int {
	sum, spans := 0, make([]int, len(boxes))
	for _, b := range boxes {
		sum += need(b)
	}
	left := columns
	for i, b := range boxes {
		spans[i] = min(max(1, columns*need(b)/sum), left-(len(boxes)-1-i))
		left -= spans[i]
	}
	for i := 0; left > 0; i, left = i+1, left-1 {
		spans[i%len(spans)]++
	}
	return spans
}

// checklist is one item a row; those that must be looked at have a star.
func (d printing) checklist(b register.Box, f register.Field, r Record) []document.GridRow {
	rows := []document.GridRow{
		{Keep: true, Boxes: []document.GridBox{label(b.Label+"（*为必查项）", document.GridWidth)}},
		{Head: true, Boxes: []document.GridBox{label("序号", 1), label("类别", 2), label("检查内容", 4),
			label("结果", 2), label("情况说明", 3)}}}
	for i, o := range d.k.w.List(f.Of) {
		answer := r.Body[register.Key(f.Code, o.Code)]
		if answer != "" {
			answer = name(register.Answers, answer).ZH
		}
		star := ""
		if o.Must {
			star = "*"
		}
		rows = append(rows, document.GridRow{Boxes: []document.GridBox{
			{Span: 1, Text: itoa(i+1) + star, Align: document.Center}, {Span: 2, Text: o.Heading},
			{Span: 4, Text: o.Name.ZH}, {Span: 2, Text: answer, Align: document.Center},
			{Span: 3, Text: r.Body[register.Key(f.Code, o.Code, "note")]}}})
	}
	return rows
}

// signing is room for names and days, two on a line.
func signing(boxes []register.Box) (rows []document.GridRow) {
	for i := 0; i < len(boxes); i += 2 {
		row := document.GridRow{Height: signHigh}
		pair := boxes[i:min(i+2, len(boxes))]
		for _, b := range pair {
			span := halfSpan
			if len(pair) == 1 {
				span = wholeSpan
			}
			day := byHand
			if !strings.HasSuffix(b.Label, "日期") {
				day = "　　年　月　日"
			}
			row.Boxes = append(row.Boxes, label(b.Label, labelSpan),
				document.GridBox{Span: span, Text: day, Align: document.Right})
		}
		rows = append(rows, row)
	}
	return rows
}

// lines are empty rows with the boxes as their columns.
func lines(boxes []register.Box) (rows []document.GridRow) {
	spans := shared(document.GridWidth-1, boxes, func(register.Box) int { return 1 })
	head := document.GridRow{Head: true, Boxes: []document.GridBox{label("序号", 1)}}
	for i, b := range boxes {
		head.Boxes = append(head.Boxes, label(b.Label, spans[i]))
	}
	rows = append(rows, head)
	for n := range boxes[0].Lines {
		row := document.GridRow{Boxes: []document.GridBox{{Span: 1, Text: itoa(n + 1), Align: document.Center}}}
		for i := range boxes {
			row.Boxes = append(row.Boxes, document.GridBox{Span: spans[i]})
		}
		rows = append(rows, row)
	}
	return rows
}
