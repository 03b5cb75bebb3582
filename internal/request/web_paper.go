package request

// Two papers of a request: what is asked of whom and by when, as it goes to the units; and all answers question by
// question, as whoever compiles them reads them. Papers are in Chinese whatever language the page has. The matrix as a
// table is web_show.go's.

import (
	"context"
	"strconv"
	"strings"

	"yipanqi/internal/document"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// inChinese is a request as a paper names it.
func inChinese(r *web.Request, id string) (showData, context.Context, error) {
	zh := *r
	zh.Lang = "zh"
	d, err := show(&zh, idInput{id})
	return d, part.With(r.Context, part.Env{Lang: "zh"}), err
}

// askPaper is what is asked: of whom, each question with its limits, by when and who reads it.
func askPaper(r *web.Request, in idInput) (web.File, error) {
	d, ctx, err := inChinese(r, in.ID)
	if err != nil {
		return web.File{}, err
	}
	p := document.Document{Title: d.Title + "\n" + string(KindWords(d.Kind)) + "通知", Issuer: d.UnitName,
		Date: document.Day(r.Tx.Today())}
	names := d.Asked
	for _, l := range d.Answers {
		if l.State != Replaced {
			names = append(names, l.UnitName)
		}
	}
	p.Recipient = strings.Join(names, "、")
	add := func(blocks ...document.Block) { p.Blocks = append(p.Blocks, blocks...) }
	if d.State == Withdrawn {
		add(document.Text("本征集已撤回，不用答复。原因：" + d.Reason))
	}
	for _, line := range strings.Split(d.Basis, "\n") {
		if strings.TrimSpace(line) != "" {
			add(document.Text(line))
		}
	}
	t := document.Table{Columns: []document.Column{{Head: "题号", Width: 2, Align: document.Center},
		{Head: "题目", Width: 9}, {Head: "答复单位", Width: 5}, {Head: "答复要求", Width: 5}, {Head: "用于", Width: 3}}}
	for _, q := range d.Questions {
		t.Rows = append(t.Rows, []document.Run{{Text: q.Number}, {Text: q.Text}, {Text: d.asked(ctx, q)},
			{Text: d.wanted(ctx, q)},
			{Text: q.Feeds}})
	}
	add(document.Heading{Level: 1, Text: "一、题目"}, t, document.Heading{Level: 1, Text: "二、要求"},
		document.Text("请于"+document.Day(d.DueOn)+"前在系统中答复。没有的内容请选“无此项”并说明原因。"))
	add(document.Text("统计数据请引用指标代码和年份，由系统填入，不要手写；手写的数据会标出来。"),
		document.Text("签字要求："+d.signWords(ctx)+"。"), document.Heading{Level: 1, Text: "三、联系人"},
		document.Text(strings.TrimSpace(d.ReviewerName+" "+d.reviewer.Phone)))
	return web.Word(r, d.Title, p)
}

// wanted is what an answer to a question has to be.
func (d showData) wanted(ctx context.Context, q Question) string {
	all := []string{kindOf(ctx, q)}
	if q.Required {
		all = append(all, part.T(ctx, "必答"))
	}
	if q.Limit > 0 {
		all = append(all, part.T(ctx, "%d字以内", q.Limit))
	}
	if len(q.Choices) > 0 {
		all = append(all, strings.Join(q.Choices, "、"))
	}
	return strings.Join(all, "；")
}

// asked are the units that a question is put to.
func (d showData) asked(ctx context.Context, q Question) string {
	if len(q.Units) == 0 {
		return "各单位"
	}
	var names []string
	for _, l := range d.Answers {
		if q.Asks(l.Asked) {
			names = append(names, l.UnitName)
		}
	}
	if len(names) == 0 {
		names = []string{part.T(ctx, "只问%d家", len(q.Units))}
	}
	return strings.Join(names, "、")
}

// answersPaper is what all said, question by question; who has not answered yet is named.
func answersPaper(r *web.Request, in idInput) (web.File, error) {
	d, ctx, err := inChinese(r, in.ID)
	if err != nil {
		return web.File{}, err
	}
	given, asked, late := d.counted()
	p := document.Document{Title: d.Title + "\n答复汇总", Date: document.Day(r.Tx.Today())}
	add := func(blocks ...document.Block) { p.Blocks = append(p.Blocks, blocks...) }
	add(document.Text("应答" + strconv.Itoa(asked) + "家，已答" + strconv.Itoa(given) + "家，逾期" +
		strconv.Itoa(late) + "家。截止日期" + document.Day(d.DueOn) + "。"))
	for _, q := range d.Questions {
		add(document.Heading{Level: 1, Text: q.Number + "．" + q.Text})
		for _, l := range d.Answers {
			if l.State == Replaced || !q.Asks(l.Asked) {
				continue
			}
			add(document.Heading{Level: 2, Text: l.UnitName})
			add(l.said(ctx, q)...)
		}
	}
	return web.Word(r, d.Title+" 答复汇总", p)
}

// said is one unit's answer to a question as a paper has it.
func (l Line) said(ctx context.Context, q Question) (all []document.Block) {
	c := l.Cells[q.Number]
	if l.version.ID == "" {
		return []document.Block{document.Text("还没有答复。")}
	}
	if c.None != "" {
		return []document.Block{document.Text("无此项：" + c.None)}
	}
	for _, line := range strings.Split(c.Text, "\n") {
		if strings.TrimSpace(line) != "" {
			all = append(all, document.Text(line))
		}
	}
	if c.Choice != "" {
		all = append(all, document.Text(c.Choice))
	}
	if len(c.Rows) > 0 {
		t := document.Table{}
		for _, head := range q.Columns {
			t.Columns = append(t.Columns, document.Column{Head: head})
		}
		for _, row := range c.Rows {
			runs := make([]document.Run, len(q.Columns))
			for i := range runs {
				if i < len(row) {
					runs[i].Text = row[i]
				}
			}
			t.Rows = append(t.Rows, runs)
		}
		all = append(all, t)
	}
	for _, f := range c.Figures {
		text := f.Name + "，" + f.Year + "年：" + f.Value
		if f.Status != "" {
			text += "（" + part.T(ctx, part.StatusWord(f.Status)) + "）"
		}
		all = append(all, document.Text(text))
	}
	if len(c.Files) > 0 {
		all = append(all, document.Text("附材料："+strings.Join(c.Files, "、")))
	}
	if len(all) == 0 {
		all = append(all, document.Text("没有填写。"))
	}
	return all
}
