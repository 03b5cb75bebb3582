package request

// The workbook of an answer: handed out with what the draft says, taken back, and what of it was not kept.

import (
	"bytes"
	"context"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// answerSheet is the workbook to fill in, in Chinese whatever language the page has.
func (p pages) answerSheet(r *web.Request, in idInput) (f web.File, err error) {
	zh := *r
	zh.Lang = "zh"
	d, err := p.showAnswer(&zh, in)
	if err != nil {
		return f, err
	}
	ctx := part.With(r.Context, part.Env{Lang: "zh"})
	t := table.Table{Name: "答复"}
	for _, head := range sheetColumns {
		t.Columns = append(t.Columns, table.Column{Name: head})
	}
	for _, q := range d.Questions {
		g := d.Given[q.Number]
		t.Rows = append(t.Rows, []string{q.Number, q.Text, q.how(ctx), g.inSheet(q), g.None})
	}
	var b bytes.Buffer
	err = t.WriteXLSX(&b)
	name := strings.NewReplacer("/", "-", `\`, "-").Replace(d.Request.Title + "_" + d.UnitName + ".xlsx")
	return web.File{Name: name, MediaType: xlsxType, Body: b.Bytes()}, err
}

// how says in the workbook what an answer to the question has to be.
func (q Question) how(ctx context.Context) string {
	all := []string{kindOf(ctx, q)}
	if q.Required {
		all = append(all, part.T(ctx, "必答"))
	}
	if q.Limit > 0 {
		all = append(all, part.T(ctx, "%d字以内", q.Limit))
	}
	switch q.Kind {
	case Choice:
		all = append(all, strings.Join(q.Choices, "、"))
	case Table:
		all = append(all, part.T(ctx, "一行写一条，格之间用 | 隔开：%s", strings.Join(q.Columns, " | ")))
	case Figures:
		all = append(all, part.T(ctx, "一行一个：指标代码 年份，如 W-HEA-007 2018"))
	case File:
		all = append(all, part.T(ctx, "请在系统里附上"))
	}
	return strings.Join(all, "；")
}

type sheetInput struct {
	ID      string      `json:"id"`
	Version int64       `json:"version"`
	File    *web.Upload `json:"file"`
	book    table.Workbook
}

// readSheet reads the workbook before the transaction.
func readSheet(_ *web.Request, in *sheetInput) (err error) {
	if in.File == nil || len(in.File.Body) == 0 {
		return errs.Fields{"file": {Key: "请选择填好的Excel文件。"}}.Check("没有收到文件。")
	}
	in.book, err = table.ReadXLSX(in.File.Body)
	return err
}

// sheetData is what came of a workbook.
type sheetData struct {
	Answer  string  `json:"answer"`
	Version int64   `json:"version"`
	Read    int     `json:"read"`
	Wrong   []Wrong `json:"wrong"`
	title   string
}

func uploadSheet(r *web.Request, in sheetInput) (d sheetData, err error) {
	q, a, err := ReadAnswer(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	unit, err := network.UnitByCode(r.Tx, a.Unit)
	if err != nil {
		return d, err
	}
	area, err := network.AreaByID(r.Tx, unit.AreaID)
	if err != nil {
		return d, err
	}
	a, d.Read, d.Wrong, err = FromSheet(r.Tx, r.User, in.ID, in.Version, in.book, area.Code)
	if d.Wrong == nil {
		d.Wrong = []Wrong{}
	}
	d.Answer, d.Version, d.title = in.ID, a.Version, q.Title
	return d, err
}

// Page is what a browser sees after it sent a workbook.
func (d sheetData) Page() templ.Component { return sheetPage(d) }
