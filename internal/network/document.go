package network

// What is printed of a body: its roster, the contacts of its liaisons, the duties of its members. Plain tables: the
// paper that announces them is a letter.

import (
	"strconv"
	"strings"

	"yipanqi/internal/document"
)

// roster is 委员名单: who is a member, with which seat, led by whom.
func roster(c Council) document.Document {
	d := c.document("委员名单")
	t := document.Table{Columns: []document.Column{{Head: "序号", Width: 1, Align: document.Center}, {Head: "席位",
		Width: 2},
		{Head: "单位", Width: 5}, {Head: "负责人", Width: 3}, {Head: "职务", Width: 3}}}
	for i, m := range c.Members {
		t.Rows = append(t.Rows, document.Row(strconv.Itoa(i+1), string(m.Seat.Words()), m.Name, people(m.Leaders),
			joined(m.Leaders, func(p Post) string { return p.Title })))
	}
	d.Blocks = append(d.Blocks, t)
	return d
}

// contacts is 联络员通讯录: positions and office phones, no private ones.
func contacts(c Council) document.Document {
	d := c.document("联络员通讯录")
	t := document.Table{Columns: []document.Column{{Head: "序号", Width: 1, Align: document.Center}, {Head: "单位",
		Width: 4},
		{Head: "联络员", Width: 3}, {Head: "处室、职务", Width: 3}, {Head: "办公电话", Width: 3}}}
	for i, m := range c.Members {
		who := people(m.Liaisons)
		if who == "" {
			who = "空缺"
		}
		t.Rows = append(t.Rows, document.Row(strconv.Itoa(i+1), m.Name, who, joined(m.Liaisons, func(p Post) string {
			return strings.Trim(p.Room+" "+p.Title, " ")
		}), joined(m.Liaisons, func(p Post) string { return p.Phone })))
	}
	d.Blocks = append(d.Blocks, t)
	return d
}

// dutyBook is 成员单位职责, unit by unit.
func dutyBook(c Council) document.Document {
	d := c.document("成员单位职责")
	for i, m := range c.Members {
		text := m.Duty
		if text == "" {
			text = "（没有登记）"
		}
		d.Blocks = append(d.Blocks, document.Heading{Level: 2, Text: "（" + document.Numeral(i+1) + "）" + m.Name})
		for _, line := range strings.Split(text, "\n") {
			d.Blocks = append(d.Blocks, document.Text(line))
		}
	}
	return d
}

func (c Council) document(what string) document.Document {
	d := document.Document{Title: c.Name + "\n" + what, Date: document.Day(c.Day)}
	words := "截至" + document.Day(c.Day) + "，成员单位" + strconv.Itoa(c.Listed) + "个"
	if c.Declared > 0 && c.Declared != c.Listed {
		words = "截至" + document.Day(c.Day) + "，应有成员单位" + strconv.Itoa(c.Declared) + "个，下面列出" +
			strconv.Itoa(c.Listed) + "个"
	}
	d.Blocks = []document.Block{document.Text(words + "。")}
	return d
}
