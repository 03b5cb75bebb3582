package meeting

// The printed list of those who owe training; who owes which is training.go's.

import (
	"strconv"
	"strings"

	"yipanqi/internal/document"
	"yipanqi/internal/network"
)

// needsPaper is 应训名单: of a body where it is named, of today.
func needsPaper(owed []Owed, roles map[string]network.Label, body, today string) document.Document {
	share := trained(owed)
	d := document.Document{Title: strings.TrimPrefix(body+"\n应训名单", "\n"), Date: document.Day(today)}
	d.Blocks = []document.Block{document.Text("截至" + document.Day(today) + "，应参加岗位所需培训的" +
		strconv.Itoa(share.Of) + "人，还没有参加或没有参加完的" + strconv.Itoa(share.Of-share.Part) + "人，名单如下。")}
	t := document.Table{Columns: []document.Column{{Head: "序号", Width: 2, Align: document.Center},
		{Head: "单位", Width: 6}, {Head: "姓名", Width: 6}, {Head: "岗位", Width: 5}, {Head: "到岗日期", Width: 5},
		{Head: "还缺的培训", Width: 5}}}
	for _, o := range owed {
		if o.Trained() {
			continue
		}
		var missing []string
		for _, s := range o.Subjects {
			missing = append(missing, string(wordOf(subjects, s)))
		}
		t.Rows = append(t.Rows, document.Row(strconv.Itoa(len(t.Rows)+1), o.UnitName, o.Person, roles[o.Role].Name,
			document.Day(o.Since), strings.Join(missing, "、")))
	}
	d.Blocks = append(d.Blocks, t)
	return d
}
