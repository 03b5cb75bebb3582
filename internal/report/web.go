package report

// Routes of the annual report: page, document, list of figures.

import (
	"bytes"
	"strconv"

	"yipanqi/internal/account"
	"yipanqi/internal/document"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
)

// Routes adds the annual report's page and its document.
func Routes(m *web.Mux, secrets account.Secrets) {
	h := handlers{secrets}
	web.View(m, "GET /reports/annual", "report.read", h.annual, annualPage)
	web.View(m, "GET /reports/annual/document", "report.read", h.document, nil)
}

type handlers struct{ secrets account.Secrets }

type annualInput struct {
	Year int    `json:"year"` // default: the newest with a figure
	Area string `json:"area"` // default: the whole city
}

func (h handlers) annual(r *web.Request, in annualInput) (Report, error) {
	return Annual(r.Tx, r.User, in.Year, in.Area, h.secrets)
}

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (h handlers) document(r *web.Request, in annualInput) (web.File, error) {
	report, err := Annual(r.Tx, r.User, in.Year, in.Area, h.secrets)
	if err != nil {
		return web.File{}, err
	}
	var b bytes.Buffer
	err = document.Write(&b, report.Document())
	return web.File{Name: report.FileName(), MediaType: docx, Body: b.Bytes()}, err
}

// FileName is what the document is called when saved.
func (r Report) FileName() string { return strconv.Itoa(r.Year) + " " + r.Title + ".docx" }

// Table is the list of figures.
func (r Report) Table() table.Table {
	t := table.Table{Name: "report-figures-" + strconv.Itoa(r.Year),
		Columns: []table.Column{{Name: "key"}, {Name: "text"}, {Name: "value", Number: true},
			{Name: "unit"}, {Name: "area"}, {Name: "period"}, {Name: "indicator"}, {Name: "status"}, {Name: "origin"},
			{Name: "proof"}, {Name: "source"}, {Name: "digest"}, {Name: "problem"}}}
	for _, f := range r.Figures {
		t.Rows = append(t.Rows, []string{f.Key, f.Text, f.Value, f.Unit, f.Area, f.Period, f.Indicator, f.Status,
			f.Origin, f.Proof, f.Source, f.Digest, f.Problem})
	}
	return t
}
