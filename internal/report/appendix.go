package report

// The annexes of the document: what is open, how each figure was made, on what it rests.

import (
	"fmt"
	"strconv"
	"strings"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/progress"
	"yipanqi/internal/reference"
	"yipanqi/internal/submission"
)

// appendix lists what is open first, then every figure with how it was made and where it comes from, then the
// publications it quotes and the signed submissions it rests on. A publication is written out once and referred to by
// its number.
func (r Report) appendix() []document.Block {
	var blocks []document.Block
	if open := r.Problems(); len(open) > 0 {
		blocks = append(blocks, document.Text(fmt.Sprintf(problemsBefore, len(open))))
		for _, f := range open {
			blocks = append(blocks, document.Text(f.Name+"（"+f.When+"）："+f.Problem))
		}
	}
	if r.Tag != "" {
		blocks = append(blocks, document.Text(fmt.Sprintf(onlyTagged, r.kept.Name().ZH, len(r.Figures), len(r.all))))
	}
	figures := document.Table{Columns: []document.Column{{Head: "序号", Width: 3, Align: document.Center},
		{Head: "数据", Width: 5, Align: document.Center},
		{Head: "指标（时期）", Width: 8}, {Head: "算法与出处", Width: 18}, {Head: "摘要（SM3）", Width: 9}}}
	number := map[string]int{}
	var publications []document.Block
	for i, f := range r.Figures {
		origin := string(progress.Origin(f.Origin).Words())
		if f.Formula == "" && f.Source != "" {
			if number[f.Source] == 0 {
				number[f.Source] = len(number) + 1
				publications = append(publications, document.Paragraph{Runs: []document.Run{
					{Text: fmt.Sprintf("〔%d〕", number[f.Source])}, publication(f)}})
			}
			origin += fmt.Sprintf("〔%d〕", number[f.Source])
		} else if f.Formula != "" {
			origin = f.Formula + "\n" + f.Source + "，" + string(progress.Status(f.Status).Words()) + "，" + origin
		}
		figures.Rows = append(figures.Rows, []document.Run{{Text: strconv.Itoa(i + 1)},
			{Text: f.Text, Mark: f.Problem != ""},
			{Text: f.Name + "（" + f.When + "）"}, {Text: origin}, {Text: f.Digest}})
	}
	blocks = append(blocks, figures)
	if len(publications) > 0 {
		blocks = append(append(blocks, document.Heading{Level: 1, Text: publicationsTitle}), publications...)
	}
	if len(r.Evidence) == 0 {
		return blocks
	}
	evidence := document.Table{Columns: []document.Column{{Head: "填报单位", Width: 8},
		{Head: "报表（时期）", Width: 12}, {Head: "签字", Width: 13}, {Head: "摘要（SM3）", Width: 9}}}
	for _, e := range r.Evidence {
		evidence.Rows = append(evidence.Rows, []document.Run{{Text: e.Unit}, {Text: e.Form + "（" + e.When + "）"},
			{Text: signing(e)}, {Text: e.Digest}})
	}
	blocks = append(blocks, document.Heading{Level: 1, Text: evidenceTitle},
		document.Text(strings.Join(reference.Said(r.Tally.Words()), "、")+"。"), evidence)
	if r.Journal.Seq > 0 {
		blocks = append(blocks, document.Text(fmt.Sprintf(sealedUpTo, r.Journal.Seq, r.Journal.Hash, r.Issuer)))
	}
	return blocks
}

// signing says who signed, or that nobody did.
func signing(e reference.Evidence) string {
	words := "未签字，历史数据：" + e.Source
	switch {
	case e.Withheld && e.OnPaper:
		words = "纸质签字，签字人不在您的查看范围内"
	case e.Withheld && e.Signed:
		words = "已双签字，签字人不在您的查看范围内"
	case e.Withheld:
		words = "未签字，历史数据"
	case e.OnPaper:
		words = e.Signers + "\n" + e.At + "，纸质签字"
	case e.Signed:
		words = e.Signers + "\n" + e.At
	}
	if e.Origin == submission.Simulated {
		words += "（模拟）"
	}
	return words
}

// publication is the title of a source, a link where its address is one.
func publication(f reference.Figure) document.Run {
	if !errs.WebAddress(f.SourceURL) {
		return document.Run{Text: f.Source}
	}
	return document.Run{Text: f.Source, Link: f.SourceURL}
}
