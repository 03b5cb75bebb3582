package cli

// `yipanqi check`: holds a file's figures against the data and prints each with its verdict. Nothing is kept.

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
)

type checkCommand struct {
	File string `arg:"" help:"A .docx, .txt, .csv or .html file; - for standard input."`
	Area string `help:"Code of the area that the text is about (default: as the text says; what names none is unknown)."`
	Year int    `help:"Year that the text is about (default: as the text says)."`
	JSON bool   `help:"Print all figures as JSON."`
}

// checkLimit is softLimit for one long text: what is found in two million characters is held until it is judged, and a
// collector with less room for it takes most of the time.
const checkLimit = 192 << 20

func (k checkCommand) Run(c *console) error {
	frugal(checkLimit)
	var body []byte
	var err error
	if k.File == "-" {
		body, err = document.ReadBody(c.in)
	} else {
		body, err = document.ReadFile(k.File)
	}
	if err != nil {
		return err
	}
	text, err := check.ReadText(k.File, body)
	if err != nil {
		return err
	}
	a, err := c.openHeld()
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
		return printFigures(c, result)
	}
	out := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for n, i := range result.Figures {
		if n%aligned == 0 {
			out.Flush()
			if c.Err() != nil {
				return c.Err()
			}
		}
		if i.Kind.Statistic() {
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", i.Verdict, i.Text, i.Name, i.Expected, i.Reason())
		}
	}
	fmt.Fprintf(out, "%d statistics\n", result.Statistics())
	if n := result.Lacking(check.NoArea); n > 0 {
		fmt.Fprintf(out, "%d of them say of no area what they are about: name it with --area CODE.\n", n)
	}
	if n := result.Lacking(check.NoPeriod); n > 0 {
		fmt.Fprintf(out, "%d of them say of no time what they are about: name the year with --year YYYY.\n", n)
	}
	return out.Flush()
}

// aligned is how many figures stand in columns together, rather than all of a text of millions of characters, and are
// printed before it is asked whether to go on.
const aligned = 1000

// printFigures prints what console.json would, figure by figure: together they may be many times the text.
func printFigures(c *console, r check.Result) error {
	out := bufio.NewWriter(c.out)
	fmt.Fprint(out, "{\n  \"figures\": [")
	var one bytes.Buffer
	enc := json.NewEncoder(&one)
	enc.SetIndent("    ", "  ")
	enc.SetEscapeHTML(false)
	for n, i := range r.Figures {
		if n%aligned == 0 && c.Err() != nil {
			return c.Err()
		}
		one.Reset()
		if err := enc.Encode(i); err != nil {
			return err
		}
		if n > 0 {
			fmt.Fprint(out, ",")
		}
		fmt.Fprint(out, "\n    ", strings.TrimSuffix(one.String(), "\n"))
	}
	if len(r.Figures) > 0 {
		fmt.Fprint(out, "\n  ")
	}
	fmt.Fprintln(out, "]\n}")
	return out.Flush()
}
