package cli

// `yipanqi import`: a folder, or a sample, with its progress and every mistake on a line of its own.

import (
	"errors"
	"fmt"
	"io"
	"os"

	"yipanqi/internal/app"
	"yipanqi/internal/intake"
)

type importCommand struct {
	Dir    string `arg:"" type:"existingdir" help:"Folder with areas.csv, units.csv, plans.csv … (see docs/import.md)."`
	Sample bool   `help:"The folder is a sample: also make demo people and sign for them. Only on an empty installation, for ever a sample."`
	JSON   bool   `help:"Print the result as JSON."`
}

func (i importCommand) Run(c *console) error {
	a, err := c.open(app.Config{})
	if err != nil {
		return err
	}
	defer a.Close()
	var report intake.Report
	if i.Sample {
		report, err = a.LoadSample(c, os.DirFS(i.Dir), progress(c))
	} else {
		report, err = a.Import(c, os.DirFS(i.Dir), progress(c))
	}
	if err != nil {
		return said(c, err)
	}
	if i.JSON {
		return c.json(report)
	}
	fmt.Fprint(c.out, report.String())
	return nil
}

// progress shows how far a long step is, on one line of a terminal; a file gets only what is done.
func progress(c *console) intake.Progress {
	last, live := "", isTerminal(c.err)
	return func(step string, at, total int) {
		if !live && at < total {
			return
		}
		if step != last && last != "" {
			fmt.Fprintln(c.err)
		}
		last = step
		if live {
			fmt.Fprint(c.err, "\r")
		}
		fmt.Fprintf(c.err, "%s %d/%d", step, at, total)
		if at == total {
			fmt.Fprintln(c.err)
			last = ""
		}
	}
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// said prints every mistake of an import, one a line.
func said(c *console, err error) error {
	var problems intake.Problems
	if !errors.As(err, &problems) {
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(c.err, p.Error())
	}
	fmt.Fprintf(c.err, "%d mistakes; nothing was imported. 共%d处错误，没有导入任何内容。\n",
		len(problems), len(problems))
	return errSaid
}
