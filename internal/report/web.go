package report

// Routes of the annual report: page, document, list of figures.

import (
	"bytes"
	"context"
	"strconv"

	"yipanqi/internal/account"
	"yipanqi/internal/document"
	"yipanqi/internal/table"
	"yipanqi/internal/tag"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes adds the annual report's page and its document.
func Routes(m *web.Mux, secrets account.Secrets) {
	h := handlers{secrets}
	web.View(m, "GET /reports/annual 看年度监测报告", "report.read", h.annual, annualPage, web.AsOf)
	web.View(m, "GET /reports/annual/document 下载年度监测报告（.docx）", "report.read", h.document, nil, web.AsOf)
}

type handlers struct{ secrets account.Secrets }

type annualInput struct {
	Year int    `json:"year"` // default: the newest with a figure
	Area string `json:"area"` // default: the whole city
	tag.Choice
}

func (h handlers) annual(r *web.Request, in annualInput) (Report, error) {
	report, err := h.kept(r, in)
	if err != nil || report.Year == 0 {
		return report, err
	}
	below, err := trail.Read(r.Tx, r.User, Trail(), report.trailID())
	report.Trail = &below
	return report, err
}

// kept is the report with the figures that the chosen tag marks.
func (h handlers) kept(r *web.Request, in annualInput) (Report, error) {
	kept, err := in.Choice.Read(r.Tx)
	if err != nil {
		return Report{}, err
	}
	report, err := Annual(r.Tx, r.User, in.Year, in.Area, h.secrets)
	if err == nil {
		report.keep(kept)
	}
	return report, err
}

func (h handlers) document(r *web.Request, in annualInput) (web.File, error) {
	report, err := h.kept(r, in)
	if err != nil {
		return web.File{}, err
	}
	var b bytes.Buffer
	err = document.Write(&b, report.Document())
	return web.File{Name: report.FileName(), MediaType: document.MediaType, Body: b.Bytes()}, err
}

// FileName is what the document is called when saved.
func (r Report) FileName() string { return strconv.Itoa(r.Year) + " " + r.Title + ".docx" }

// Table is the list of figures.
func (r Report) Table(context.Context) table.Table {
	t := table.Table{Name: "report-figures-" + strconv.Itoa(r.Year),
		Columns: []table.Column{
			{Name: "引用"}, {Name: "文字"}, {Name: "数值", Number: true}, {Name: "计量单位"}, {Name: "地区代码"},
			{Name: "期间"}, {Name: "指标代码"}, {Name: "指标"}, {Name: "状态", Words: true}, {Name: "状态代码"},
			{Name: "来源性质", Words: true}, {Name: "来源性质代码"}, {Name: "出处"}, {Name: "来源"}, {Name: "摘要"},
			{Name: "问题", Words: true}}}
	for _, f := range r.Figures {
		t.Rows = append(t.Rows, []string{f.Key, f.Text, f.Value, f.Unit, f.Area, f.Period, f.Indicator, f.Name,
			string(part.StatusWord(f.Status)), f.Status, string(part.OriginWord(f.Origin)), f.Origin, f.Proof, f.Source,
			f.Digest, f.Problem})
	}
	return t
}

// columns are the heads of a table on the page.
func (t Table) columns(ctx context.Context) []part.Col {
	all := []part.Col{{Label: part.T(ctx, "地区")}}
	for _, head := range t.Heads {
		all = append(all, part.Col{Label: head, Numeric: true})
	}
	return all
}
