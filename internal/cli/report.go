package cli

// `yipanqi report`: the annual report as a document or as JSON, and what in it is still open.

import (
	"bytes"
	"fmt"
	"os"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/report"
)

type reportCommand struct {
	Annual reportAnnualCommand `cmd:"" help:"The annual work report 年度工作总结 as a GB/T 9704 document, or its figures as JSON."`
}

type reportAnnualCommand struct {
	Year int    `help:"Year (default: the newest with reports)."`
	Area string `help:"Code of the area (default: the whole city)."`
	Out  string `short:"o" placeholder:"FILE.docx" help:"Write the document here."`
	JSON bool   `help:"Print all figures as JSON."`
}

func (r reportAnnualCommand) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	all := app.Root
	all.Posts = []auth.Post{{Role: auth.Office}} // over every area: whoever has the server's command line has the data
	var annual report.Report
	err = a.DB.View(c, func(tx *db.Tx) (err error) {
		annual, err = report.Annual(tx, all, r.Year, r.Area, a.Secrets)
		return err
	})
	if err != nil {
		return err
	}
	if r.Out != "" {
		var b bytes.Buffer
		if err := document.Write(&b, annual.Document()); err != nil {
			return err
		}
		if err := os.WriteFile(r.Out, b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	if r.JSON {
		return c.json(annual)
	}
	open := annual.Problems()
	fmt.Fprintf(c.out, "%s: %d figures, %d open\n", annual.Title, len(annual.Figures), len(open))
	for _, f := range open {
		fmt.Fprintf(c.out, "  %s %s: %s\n", f.Key, f.Text, f.Problem)
	}
	if r.Out != "" {
		fmt.Fprintln(c.out, "written to", r.Out)
	}
	return nil
}
