package cli

// `yipanqi register`: definitions checked before they are used, the registers there are, what they count.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/registers"
)

type registerCommand struct {
	Check   registerCheck   `cmd:"" help:"Check definition files, and what they would do to the records there are."`
	List    registerList    `cmd:"" help:"List the registers."`
	Measure registerMeasure `cmd:"" help:"Count a register's measures for a period."`
	Put     registerPut     `cmd:"" help:"Bring in the registers that come with the program, or those of a folder."`
}

type registerCheck struct {
	Path string `arg:"" help:"A definition file, or a folder of them."`
}

// Run names every mistake with its file and line; the exit code says whether there were any.
func (r registerCheck) Run(c *console) error {
	files, err := definitionFiles(r.Path)
	if err != nil {
		return err
	}
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	wrong := 0
	err = a.DB.View(c, func(tx *db.Tx) error {
		known, err := record.Known(tx)
		if err != nil {
			return err
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			d, problems := register.Parse(filepath.Base(file), body, known)
			for _, p := range problems {
				fmt.Fprintln(c.out, p.Error())
			}
			if wrong += len(problems); len(problems) > 0 {
				continue
			}
			effects, err := record.EffectsOf(tx, d)
			if err != nil {
				return err
			}
			fed, err := record.Feeds(tx, d)
			if err != nil {
				return err
			}
			for _, e := range append(effects, fed...) {
				fmt.Fprintf(c.out, "%s: %s\n", d.Code, e.What)
				if e.Refused {
					wrong++
				}
			}
			fmt.Fprintf(c.out, "%s: %d fields, %d steps, %d measures\n", d.Code, len(d.Fields), len(d.Stages),
				len(d.Measures))
		}
		return nil
	})
	if err == nil && wrong > 0 {
		err = errs.Invalidf("定义文件有%d处要改正。", wrong)
	}
	return err
}

func definitionFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errs.Invalidf("没有这个文件或目录：%s", path)
	}
	if err != nil || !info.IsDir() {
		return []string{path}, err
	}
	files, err := filepath.Glob(filepath.Join(path, "*.yaml"))
	if err == nil && len(files) == 0 {
		err = errs.Invalidf("目录里没有定义文件（*.yaml）：%s", path)
	}
	return files, err
}

type registerList struct {
	JSON bool `help:"Print as JSON."`
}

// listedRegister is a line of the list.
type listedRegister struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Version int64  `json:"version"`
	Records int    `json:"records"`
}

func (r registerList) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	all := []listedRegister{}
	if err := a.DB.View(c, func(tx *db.Tx) error {
		defs, err := record.Registers(tx)
		for _, d := range defs {
			n, err := record.CountOf(tx, d.Code)
			if err != nil {
				return err
			}
			all = append(all, listedRegister{d.Code, d.Name.ZH, d.Version, n})
		}
		return err
	}); err != nil {
		return err
	}
	if r.JSON {
		return c.json(all)
	}
	for _, one := range all {
		fmt.Fprintf(c.out, "%-32s v%-3d %6d  %s\n", one.Code, one.Version, one.Records, one.Name)
	}
	return nil
}

type registerMeasure struct {
	Code   string `arg:"" help:"Code of the register."`
	Period string `required:"" help:"2023, 2023-Q1 or 2023-05."`
	JSON   bool   `help:"Print as JSON."`
}

func (r registerMeasure) Run(c *console) error {
	p, err := period.Parse(strings.TrimSpace(r.Period))
	if err != nil {
		return err
	}
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	var counts []record.Counts
	if err := a.DB.View(c, func(tx *db.Tx) error {
		d, err := record.ByCode(tx, r.Code)
		if err != nil {
			return err
		}
		root, err := network.Root(tx)
		if err != nil {
			return err
		}
		tally, err := record.Count(tx, d, p, root.Path)
		if err != nil {
			return err
		}
		counts = tally.All(root)
		return nil
	}); err != nil {
		return err
	}
	if r.JSON {
		return c.json(counts)
	}
	for _, n := range counts {
		fmt.Fprintf(c.out, "%-24s %-16s %-4s %-24s %s\n", n.Measure, n.Area, n.Sex, n.Split, n.Value)
	}
	return nil
}

type registerPut struct {
	Dir string `arg:"" optional:"" help:"A folder with registers/; those of the program, if none is named."`
}

func (r registerPut) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	folder := registers.Own()
	if r.Dir != "" {
		folder = os.DirFS(r.Dir)
	}
	report, err := a.Import(c, folder, progress(c))
	if err != nil {
		return err
	}
	fmt.Fprint(c.out, report.String())
	return nil
}
