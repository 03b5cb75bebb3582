package rectification

// 整改方案 as a paper: whose words and who leads, what is required, point by point, what makes sure of it; the ledger
// of the points is its attachment.

import (
	"fmt"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/instruction"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
)

// Paper writes a plan as far as its reader may see it.
func Paper(tx *db.Tx, p Plan) (name string, d document.Document, err error) {
	m, err := matter.Get(tx, p.MatterID)
	if err != nil {
		return "", d, err
	}
	unit, err := network.UnitByCode(tx, p.Unit)
	if err != nil {
		return "", d, err
	}
	office, err := network.UnitByCode(tx, p.Office)
	if err != nil {
		return "", d, err
	}
	day := p.FiledOn
	if day == "" {
		day = tx.Today()
	}
	d = document.Document{Title: "关于“" + m.Title + "”的整改方案", Recipient: office.Name, Issuer: unit.Name,
		Date: document.Day(day)}
	add := func(blocks ...document.Block) { d.Blocks = append(d.Blocks, blocks...) }
	add(document.Heading{Level: 1, Text: "一、批示和组织"})
	if id, is := strings.CutPrefix(p.Instruction, "instruction/"); is {
		i, err := instruction.Get(tx, id)
		if err != nil {
			return "", d, err
		}
		add(document.Text(fmt.Sprintf("%s（%s）：“%s”", i.Leader, document.Day(i.WrittenOn), i.Text)))
	}
	if p.Leader != "" {
		add(document.Text("组长：" + p.Leader + "。"))
	}
	for _, s := range p.Sessions {
		add(document.Text(document.Day(s.On) + "研究：" + s.Topic + "。定：" + s.Conclusion + "。"))
	}
	add(document.Heading{Level: 1, Text: "二、总体要求"}, document.Text("问题："+m.Problem),
		document.Text("整改目标："+m.Aim), document.Heading{Level: 1, Text: "三、逐项整改"})
	t := document.Table{Columns: []document.Column{
		{Head: "序号", Width: 2, Align: document.Center}, {Head: "问题和内容", Width: 7}, {Head: "原因", Width: 6},
		{Head: "责任单位", Width: 4}, {Head: "期限", Width: 4}}}
	if len(p.Lines) == 0 {
		add(document.Text("还没有报送。"))
	}
	for n, l := range p.Lines {
		text, due, who := l.Text, l.Due, unit
		for _, i := range m.Items {
			if i.ID == l.Item {
				text, due = i.Text, i.Due
			}
		}
		if l.Unit != "" {
			if who, err = network.UnitByCode(tx, l.Unit); err != nil {
				return "", d, err
			}
		}
		add(document.Heading{Level: 2, Text: "（" + strconv.Itoa(n+1) + "）" + text}, document.Text("原因："+l.Cause))
		for k, s := range l.Steps {
			line := fmt.Sprintf("措施%d：%s", k+1, s.Text)
			if s.Due != "" {
				line += "（" + document.Day(s.Due) + "前）"
			}
			add(document.Text(line))
		}
		add(document.Text("责任：" + who.Name + "，期限" + document.Day(due) + "。"))
		t.Rows = append(t.Rows, []document.Run{{Text: strconv.Itoa(n + 1)}, {Text: text}, {Text: l.Cause},
			{Text: who.Name}, {Text: document.Day(due)}})
	}
	add(document.Heading{Level: 1, Text: "四、要求和保障"}, document.Text(p.Body))
	d.Attachments = []document.Attachment{{Title: "整改台账", Blocks: []document.Block{t}}}
	return m.Number + " " + unit.Name + "整改方案", d, nil
}
