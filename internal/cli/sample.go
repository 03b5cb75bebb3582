package cli

// The samples that `serve --sample` loads, each into a data folder of its own. What a sample holds is its files'
// business.

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/alecthomas/kong"

	"yipanqi/internal/app"
	"yipanqi/internal/errs"
)

// sampleName is the folder in samples/ that --sample names; --sample alone is the fictional city.
type sampleName string

const defaultSample = "shifan"

// IsBool lets the flag stand alone.
func (sampleName) IsBool() bool { return true }

// Decode takes what follows a = behind the flag, if anything does.
func (s *sampleName) Decode(c *kong.DecodeContext) error {
	*s = defaultSample
	if c.Scan.Peek().Type != kong.FlagValueToken {
		return nil
	}
	name := fmt.Sprint(c.Scan.Pop().Value)
	if found := samples(); !slices.Contains(found, name) && len(found) > 0 {
		return fmt.Errorf("没有演示数据“%s”，可用的有 there are: %v", name, found)
	}
	*s = sampleName(name)
	return nil
}

// samples are the names of all samples in the source tree, if that is where the program runs.
func samples() (names []string) {
	found, _ := filepath.Glob("samples/*/" + app.CityFile)
	for _, file := range found {
		names = append(names, filepath.Base(filepath.Dir(file)))
	}
	return names
}

// loadSample loads the sample unless the installation holds it already; another one is refused.
func loadSample(c *console, a *app.App, name sampleName, dir string) error {
	if dir == "" {
		dir = filepath.Join("samples", string(name))
	}
	city, err := app.CityName(os.DirFS(dir))
	if a.Sample {
		if err == nil && city != a.Name {
			return errs.Conflictf("这个数据目录里装的是“%s”，不能再装“%s”。请用 --data 另换一个目录。", a.Name, city)
		}
		return nil
	}
	if err != nil {
		return errs.Invalidf("没有找到演示数据 %s。请在源码目录中运行，或用 --sample-dir 指明演示数据的目录。", dir)
	}
	started := time.Now()
	if _, err := a.LoadSample(c, os.DirFS(dir), progress(c)); err != nil {
		return said(c, err)
	}
	fmt.Fprintf(c.err, "%s loaded in %.1f s.\n", city, time.Since(started).Seconds())
	return a.Reload(c)
}
