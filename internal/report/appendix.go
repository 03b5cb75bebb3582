package report

import (
	"fmt"
	"strconv"

	"yipanqi/internal/document"
)

// appendix lists what is open first, then every figure with where it comes from, then the signed submissions.
func (r Report) appendix() []document.Block {
	var blocks []document.Block
	if open := r.Problems(); len(open) > 0 {
		blocks = append(blocks, document.Text(fmt.Sprintf(problemsBefore, len(open))))
		for _, f := range open {
			blocks = append(blocks, document.Text(f.Name+"（"+f.Period+"）："+f.Problem))
		}
	}
	figures := document.Table{Columns: []document.Column{{Head: "序号", Width: 2, Align: document.Center}, {Head: "数据", Width: 4, Align: document.Center},
		{Head: "指标（时期）", Width: 7}, {Head: "算法与出处", Width: 12}, {Head: "状态", Width: 4, Align: document.Center}, {Head: "摘要（SM3）", Width: 6}}}
	for i, f := range r.Figures {
		origin := f.Source
		if f.Formula != "" {
			origin = f.Formula + "\n" + f.Source
		}
		figures.Rows = append(figures.Rows, []document.Run{{Text: strconv.Itoa(i + 1)}, {Text: f.Text, Mark: f.Problem != ""}, {Text: f.Name + "（" + f.Period + "）"},
			{Text: origin, Link: f.SourceURL}, {Text: statusWords[f.Status] + "\n" + originWords[f.Origin]}, {Text: f.Digest}})
	}
	blocks = append(blocks, figures)
	if len(r.Evidence) == 0 {
		return blocks
	}
	evidence := document.Table{Caption: evidenceTitle, Columns: []document.Column{{Head: "区域", Width: 4}, {Head: "填报单位", Width: 8}, {Head: "报表（时期）", Width: 7},
		{Head: "双签字", Width: 9}, {Head: "摘要（SM3）", Width: 7}}}
	for _, e := range r.Evidence {
		evidence.Rows = append(evidence.Rows, []document.Run{{Text: e.Area}, {Text: e.Unit}, {Text: e.Form + "（" + e.Period + "）"}, {Text: e.Signers + "\n" + e.At}, {Text: e.Digest}})
	}
	return append(blocks, evidence)
}
