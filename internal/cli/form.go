package cli

// `yipanqi form`: a form's file checked before it is used, and the file of a form there is.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/edition"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
)

type formCommand struct {
	Check  formCheck  `cmd:"" help:"Check a form's file, YAML or a marked Excel sheet: every fault with its line."`
	Export formExport `cmd:"" help:"Write a form as the file that it is made from, YAML or Excel by the file's name."`
}

type formCheck struct {
	File string `arg:"" help:"A .yaml or .xlsx file."`
}

// Run names every fault with its line; the exit code says whether there were any.
func (f formCheck) Run(c *console) error {
	body, err := os.ReadFile(f.File)
	if err != nil {
		return errs.Invalidf("没有这个文件或目录：%s", f.File)
	}
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	return a.DB.View(c, func(tx *db.Tx) error {
		known, err := form.LoadKnown(tx)
		if err != nil {
			return err
		}
		read, problems := form.ReadFile(filepath.Base(f.File), body, known)
		for _, p := range problems {
			fmt.Fprintln(c.out, p.Error())
		}
		if len(problems) > 0 {
			return errs.Invalidf("定义文件有%d处要改正。", len(problems))
		}
		fmt.Fprintf(c.out, "%s: %d rows, %d columns, %d checks, %s\n", read.Code, len(read.Rows), len(read.Columns),
			len(read.Rules), read.Digest())
		return nil
	})
}

type formExport struct {
	Code string `arg:"" help:"Code of the form."`
	Out  string `short:"o" required:"" help:"File to write: .yaml or .xlsx."`
}

func (f formExport) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	var one form.Form
	if err := a.DB.View(c, func(tx *db.Tx) (err error) {
		one, err = form.ByCode(tx, f.Code)
		return err
	}); err != nil {
		return err
	}
	var body []byte
	switch strings.ToLower(filepath.Ext(f.Out)) {
	case ".yaml", ".yml":
		body, err = one.YAML()
	case ".xlsx":
		body, err = one.XLSX()
	default:
		err = errs.Invalidf("文件名要以 .yaml 或 .xlsx 结尾：%s", f.Out)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(f.Out, body, 0o600)
}

type rulesCommand struct {
	Try rulesTry `cmd:"" help:"Run a form's rules over all that was accepted: how often each would have fired, and where."`
}

type rulesTry struct {
	Form string `arg:"" help:"Code of a form, or a form's file: the rules in it are tried on what its form has."`
	JSON bool   `help:"Print as JSON."`
}

func (t rulesTry) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	var tried []edition.Tried
	if err := a.DB.View(c, func(tx *db.Tx) error {
		f, err := t.form(c, tx)
		if err != nil {
			return err
		}
		tried, err = edition.Try(tx, f, func(string, string) bool { return true })
		return err
	}); err != nil {
		return err
	}
	if t.JSON {
		return c.json(tried)
	}
	for _, one := range tried {
		fmt.Fprintf(c.out, "%d. %s: %d applied, %d fired, %d unknown, %d skipped\n", one.Rule, one.Message, one.Applied,
			one.Fired, one.Unknown, one.Skipped)
		for _, p := range one.Where {
			fmt.Fprintf(c.out, "   %s %s %s %s %s\n", p.Unit.ZH, p.Period, p.Label.ZH, p.Value, p.Bound.ZH)
		}
	}
	return nil
}

// form is the form of a code, or the one in a file as its form would be.
func (t rulesTry) form(c *console, tx *db.Tx) (form.Form, error) {
	body, err := os.ReadFile(t.Form)
	if err != nil {
		return form.ByCode(tx, t.Form)
	}
	known, err := form.LoadKnown(tx)
	if err != nil {
		return form.Form{}, err
	}
	f, problems := form.ReadFile(filepath.Base(t.Form), body, known)
	for _, p := range problems {
		fmt.Fprintln(c.err, p.Error())
	}
	if len(problems) > 0 {
		return f, errs.Invalidf("定义文件有%d处要改正。", len(problems))
	}
	present, err := form.ByCode(tx, f.Code)
	f.ID = present.ID
	return f, err
}
