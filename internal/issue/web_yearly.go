package issue

// The yearly list 重难点问题清单 as a paper: each issue with how its indicators stand, what is meant to be reached in
// the year and by what; how many of its figures two people have signed, and which they have not.

import (
	"fmt"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/progress"
	"yipanqi/internal/web"
)

type yearInput struct {
	Year int `json:"year"`
}

// listDocument is the list of a year: issues that were listed by its end and not over before it.
func listDocument(r *web.Request, in yearInput) (f web.File, err error) {
	year := r.Tx.Today()[:4]
	if in.Year != 0 {
		year = fmt.Sprintf("%04d", in.Year)
	}
	all, err := every(r.Tx)
	if err != nil {
		return f, err
	}
	y := yearlyList{paper: paper{tx: r.Tx, by: r.User}, year: year}
	y.d = document.Document{Title: year + "年重难点问题清单", Date: document.Day(r.Tx.Today()), Wide: true}
	y.rows = document.Table{Columns: []document.Column{{Head: "编号", Width: 4, Align: document.Center},
		{Head: "问题", Width: 6}, {Head: "指标和现状", Width: 8}, {Head: "牵头和配合", Width: 6},
		{Head: "当年目标", Width: 6}, {Head: "措施", Width: 9}}}
	office := map[string]bool{}
	for _, i := range all {
		if !i.seenBy(r.User) || i.Number == "" || i.ListedOn[:4] > year ||
			life.Ended(string(i.State)) && strconv.Itoa(i.UpdatedAt.In(db.China).Year()) < year {
			continue
		}
		office[i.Unit] = true
		if err := y.add(i); err != nil {
			return f, err
		}
	}
	if len(office) == 1 {
		for unit := range office {
			if y.d.Issuer, err = y.unit(unit); err != nil {
				return f, err
			}
		}
	}
	return web.Word(r, y.d.Title, y.done())
}

// yearlyList is the list being written.
type yearlyList struct {
	paper
	year     string
	rows     document.Table
	unsigned []string
}

// add is one issue as a row of the list.
func (y *yearlyList) add(i Issue) error {
	stood, err := i.stand(y.tx)
	if err != nil {
		return err
	}
	var seen []string
	for _, l := range stood {
		text := l.Indicator.Name
		if n := len(l.Series); n > 0 {
			v := l.Series[n-1]
			said := v.Period.String() + "年" + v.Text() + l.Indicator.Unit
			text += "：" + said + "（" + string(v.Status.Words()) + "）"
			if y.n++; v.Status == progress.Proven {
				y.signed++
			} else {
				y.unsigned = append(y.unsigned, l.Indicator.Name+said)
			}
		} else {
			text += "：暂无数据"
		}
		if l.Target.Value != "" {
			text += "，目标" + l.Target.Value + l.Indicator.Unit
		}
		seen = append(seen, text)
	}
	if i.Relief != "" {
		seen = append(seen, i.Relief)
	}
	lead, err := y.unit(i.Lead)
	if err != nil {
		return err
	}
	beside, err := y.units(i.Supporting)
	if err != nil {
		return err
	}
	meant := i.year(y.year)
	measures := append([]string{}, meant.Measures...)
	for _, a := range i.Acts {
		if a.On[:4] == y.year {
			measures = append(measures, "已办："+a.On+" "+a.Text)
		}
	}
	y.rows.Rows = append(y.rows.Rows, document.Row(i.Number, i.Title, strings.Join(seen, "\n"),
		"牵头："+orDash(lead)+"\n配合："+orDash(beside), orDash(meant.Goal), orDash(strings.Join(measures, "\n"))))
	return nil
}

func orDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// done is the paper with how far its figures are signed.
func (y *yearlyList) done() document.Document {
	if len(y.rows.Rows) == 0 {
		y.d.Blocks = []document.Block{document.Text("这一年没有列入的重难点问题。")}
		return y.d
	}
	y.d.Blocks = []document.Block{y.rows}
	if y.n > 0 {
		y.d.Note = fmt.Sprintf("本件共%d项数据，%d项已双签字。", y.n, y.signed)
	}
	if len(y.unsigned) > 0 {
		y.say("未双签字的数据：" + strings.Join(y.unsigned, "；") + "。")
	}
	return y.d
}
