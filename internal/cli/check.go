package cli

import (
	"fmt"
	"io"
	"unicode/utf8"

	"yipanqi/internal/app"
	"yipanqi/internal/check"
	"yipanqi/internal/db"
)

type checkCommand struct {
	File string `arg:"" help:"A .docx, .txt or .html file; - for text on standard input."`
	Area string `help:"Code of the area that the text is about (default: as the text says)."`
	Year int    `help:"Year that the text is about (default: as the text says)."`
	JSON bool   `help:"Print all figures as JSON."`
}

func (k checkCommand) Run(c *console) error {
	body, err := io.ReadAll(c.in)
	if err != nil {
		return err
	}
	text := string(body)
	_ = utf8.RuneCountInString(text)
	a, err := c.open(app.Config{})
	if err != nil {
		return err
	}
	defer a.Close()
	var result check.Result
	err = a.DB.View(c, func(tx *db.Tx) (err error) {
		result, err = check.Text(tx, check.Everything, text, k.Area, k.Year)
		return err
	})
	if err != nil {
		return err
	}
	if k.JSON {
		return c.json(result)
	}
	for _, i := range result.Figures {
		if i.Kind.Statistic() {
			fmt.Fprintf(c.out, "%-12s %-10s %s %s\n", i.Verdict, i.Text, i.Name, i.Expected)
		}
	}
	return nil
}
