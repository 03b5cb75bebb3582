package revision

// The papers: the note of a revision with its table of before and after, the list of indicators without data, the table
// of links, the table of what is counted by sex.

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"yipanqi/internal/document"
)

// column widths are relative.
func columnsOf(heads ...document.Column) document.Table {
	return document.Table{Small: true, Columns: heads}
}

// notePaper is the note of a revision.
func notePaper(d showData, issuer string) document.Document {
	r := d.Revision
	doc := document.Document{Title: "关于“" + r.Title + "”的修订说明", Issuer: issuer}
	if r.DecidedOn != "" {
		doc.Date = document.Day(r.DecidedOn)
	}
	add := func(blocks ...document.Block) { doc.Blocks = append(doc.Blocks, blocks...) }
	add(document.Heading{Level: 1, Text: "一、为什么修订"}, document.Text(r.Reason),
		document.Heading{Level: 1, Text: "二、征求意见和决定"})
	if r.Request == "" {
		add(document.Text("还没有征求意见。"))
	} else {
		add(document.Text(fmt.Sprintf("征求%d个单位的意见，%d个已答复；逐条意见%d条。", d.Asked, d.Answered,
			d.Remarks)))
	}
	if r.DecidedOn != "" {
		passed := 0
		for _, p := range r.Proposals {
			if p.Verdict == Passed {
				passed++
			}
		}
		add(document.Text(fmt.Sprintf("%s，%s决定：%d条提议中通过%d条，退回%d条。", document.Day(r.DecidedOn),
			cmp.Or(d.meeting, r.DecidedBy), len(r.Proposals), passed, len(r.Proposals)-passed)))
	}
	t := columnsOf(document.Column{Head: "序号", Width: 1, Align: document.Center},
		document.Column{Head: "指标", Width: 4}, document.Column{Head: "怎么改", Width: 2},
		document.Column{Head: "改前", Width: 5},
		document.Column{Head: "改后", Width: 5}, document.Column{Head: "生效", Width: 2},
		document.Column{Head: "决定", Width: 2})
	add(document.Heading{Level: 1, Text: "三、逐条影响"})
	for _, p := range d.Proposals {
		var before, after []string
		for _, c := range p.Changes {
			before = append(before, string(c.Field)+"："+cmp.Or(c.Before, "无"))
			after = append(after, string(c.Field)+"："+cmp.Or(c.After, "无"))
		}
		t.Rows = append(t.Rows, document.Row(strconv.Itoa(p.Number), p.Name+"\n"+p.code(),
			string(word(actions, p.Action)), strings.Join(before, "\n"), strings.Join(after, "\n"), p.Effective+"年",
			string(word(verdicts, p.Verdict))))
		add(document.Text(p.inWords()))
	}
	doc.Attachments = []document.Attachment{{Title: "修订前后对照表", Blocks: []document.Block{t}}}
	return doc
}

// inWords are the effects of a proposal as the paper says them.
func (p shownProposal) inWords() string {
	e := p.Effects
	text := fmt.Sprintf("%d．%s（%s）%s。依据：%s。", p.Number, p.Name, p.code(), word(actions, p.Action),
		strings.TrimRight(p.Evidence, "。"))
	var touched []string
	for _, of := range []struct {
		n    int
		what string
	}{{len(e.Targets), "目标%d个"}, {len(e.Forms), "报表%d张"}, {len(e.Reports), "引用它的报告和文件%d件"}} {
		if of.n > 0 {
			touched = append(touched, fmt.Sprintf(of.what, of.n))
		}
	}
	if len(touched) > 0 {
		text += "涉及" + strings.Join(touched, "，") + "。"
	}
	if e.Break != "" {
		text += fmt.Sprintf("%s—%s的数保留，%s年起另起一段，前后不可比。", e.Since, e.Until, e.Break)
	}
	if e.Warning != "" {
		text += e.Warning
	}
	if p.Note != "" {
		text += "会上的意见：" + strings.TrimRight(p.Note, "。") + "。"
	}
	return text
}

// noDataPaper is the list of indicators without data, as the monitoring report prints it.
func noDataPaper(rows []Recorded, day string) document.Document {
	t := columnsOf(document.Column{Head: "指标", Width: 5}, document.Column{Head: "起", Width: 2},
		document.Column{Head: "原因", Width: 3}, document.Column{Head: "责任单位", Width: 4},
		document.Column{Head: "方案或来源", Width: 6}, document.Column{Head: "期限", Width: 3},
		document.Column{Head: "状态", Width: 3})
	for _, r := range rows {
		if r.ended() {
			continue
		}
		t.Rows = append(t.Rows, document.Row(r.Name+"\n"+r.Indicator, r.Since.String(), string(r.why()),
			r.OwnerName, cmp.Or(r.Regime, r.Source, r.Plan, "待填"), r.DueOn, string(r.State.Words())))
	}
	return listPaper("无数据指标清单", "截至"+document.Day(day)+"，没有数据、还在找来源的指标%d个。", t)
}

// linkPaper is the table of links.
func linkPaper(rows []Linked) document.Document {
	t := columnsOf(document.Column{Head: "本地指标", Width: 5}, document.Column{Head: "单位", Width: 2},
		document.Column{Head: "上级指标", Width: 5}, document.Column{Head: "单位", Width: 2},
		document.Column{Head: "上级目标", Width: 4}, document.Column{Head: "关系", Width: 3},
		document.Column{Head: "差异和换算", Width: 6})
	for _, l := range rows {
		local := "—"
		if l.Local != "" {
			local = l.Name + "\n" + l.Local
		}
		t.Rows = append(t.Rows, document.Row(local, l.unit, cmp.Or(l.Upper, "—")+"\n（"+string(word(levels,
			l.Level))+"）",
			l.UpperUnit, l.UpperTarget, string(word(relations, l.Relation)),
			strings.Trim(l.Difference+"\n"+l.Conversion, "\n")))
	}
	return listPaper("指标衔接表", "登记了衔接的指标%d个。", t)
}

// sexPaper is the table of what is counted by sex.
func sexPaper(rows []Dutied, split, should int) document.Document {
	t := columnsOf(document.Column{Head: "数据项", Width: 6}, document.Column{Head: "单位", Width: 4},
		document.Column{Head: "现状", Width: 2}, document.Column{Head: "障碍", Width: 6},
		document.Column{Head: "目标年", Width: 2}, document.Column{Head: "完成", Width: 3})
	for _, d := range rows {
		if d.Should {
			t.Rows = append(t.Rows, document.Row(d.Name, d.UnitName, string(word(nows, d.Now)),
				d.Obstacle,
				yearText(d.TargetYear), d.DoneOn))
		}
	}
	doc := listPaper("分性别统计表", "", t)
	doc.Blocks[0] = document.Text(fmt.Sprintf("应分性别的数据项%d项，已分%d项。", should, split))
	return doc
}

// listPaper is a paper of one table; intro is told how many rows there are.
func listPaper(title, intro string, t document.Table) document.Document {
	if strings.Contains(intro, "%d") {
		intro = fmt.Sprintf(intro, len(t.Rows))
	}
	d := document.Document{Title: title, Wide: true, Blocks: []document.Block{document.Text(intro)}}
	if len(t.Rows) > 0 {
		d.Blocks = append(d.Blocks, t)
	}
	return d
}
