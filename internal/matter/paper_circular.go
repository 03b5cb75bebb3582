package matter

// What papers have of several items: the files that prove one, and the circular that counts how all stand.

import (
	"fmt"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/evidence"
)

// files are those that prove the item, by name.
func (p *paper) files() (text string, err error) {
	all, err := evidence.Of(p.tx, p.item.Object())
	n := 0
	for _, f := range all {
		if f.Current() {
			n++
			text += fmt.Sprintf("\n%d. %s", n, f.Name)
		}
	}
	return strings.TrimSpace(text), err
}

// CircularPaper counts how the items under by's eyes stand: counts only, no order of places.
func CircularPaper(tx *db.Tx, by auth.User, office string) (name string, d document.Document, err error) {
	p := paper{ofItem: ofItem{matter: &Matter{Office: office}}, tx: tx}
	if err := p.begin(tx, "督办情况通报", ""); err != nil {
		return "", d, err
	}
	standing, err := Standings(tx, by)
	if err != nil {
		return "", d, err
	}
	var sum Standing
	for _, s := range standing {
		sum.Open, sum.Overdue = sum.Open+s.Open, sum.Overdue+s.Overdue
		sum.Reported, sum.Closed = sum.Reported+s.Reported, sum.Closed+s.Closed
	}
	all, err := Measures(tx, by, Filter{})
	if err != nil {
		return "", d, err
	}
	t := document.Table{Caption: "办理情况", Columns: []document.Column{{Head: "项目", Width: 5},
		{Head: "分子", Width: 2, Align: document.Right}, {Head: "分母", Width: 2, Align: document.Right},
		{Head: "比率", Width: 2, Align: document.Right}}}
	for _, m := range all {
		share := "暂无"
		if m.Denominator > 0 {
			share = m.Share + "%"
		}
		t.Rows = append(t.Rows, []document.Run{{Text: string(m.Name)}, {Text: strconv.Itoa(m.Numerator)},
			{Text: strconv.Itoa(m.Denominator)}, {Text: share}})
	}
	p.d.Blocks = []document.Block{document.Heading{Level: 1, Text: "一、总体情况"},
		document.Text(fmt.Sprintf("截至%s，在办%d项，其中逾期%d项、待复核%d项；已销号%d项。", document.Day(tx.Today()), sum.Open,
			sum.Overdue, sum.Reported, sum.Closed)),
		document.Heading{Level: 1, Text: "二、办理进度"}, t,
		document.Heading{Level: 1, Text: "三、未办结事项"}}
	late, err := Late(tx, by, 20)
	if err != nil {
		return "", d, err
	}
	for n, i := range late {
		p.d.Blocks = append(p.d.Blocks, document.Text(fmt.Sprintf("%d. %s（%s，期限%s）", n+1, i.Text, i.Number,
			document.Day(i.NextOn))))
	}
	p.d.Blocks = append(p.d.Blocks, document.Heading{Level: 1, Text: "四、要求"},
		document.Text("请各承办单位按期报办结；逾期的尽快说明情况。"))
	return p.named(""), p.d, nil
}
