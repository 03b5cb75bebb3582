// Package intake brings files in: a folder of CSV and YAML that people edit in Excel, checked whole and written all or
// nothing. Modules declare their files and what a row means; this package knows none of them, and signs nothing.
package intake

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/table"
)

// Progress is told how far a step is: at of total rows.
type Progress func(step string, at, total int)

// Problems are all mistakes of a refused import, each with file, line, column and reason.
type Problems = table.Problems

// Report says what an import did.
type Report struct {
	Files   []FileReport `json:"files"`
	Changed int          `json:"changed"`
}

// FileReport counts the rows of one file and how many of them changed something.
type FileReport struct {
	File    string `json:"file"`
	Rows    int    `json:"rows"`
	Changed int    `json:"changed"`
}

// String is the report in lines, for a terminal.
func (r Report) String() string {
	var b strings.Builder
	for _, f := range r.Files {
		fmt.Fprintf(&b, "%-28s %6d rows, %6d changed\n", f.File, f.Rows, f.Changed)
	}
	if r.Changed == 0 {
		b.WriteString("Nothing changed. 没有变化。\n")
	} else {
		fmt.Fprintf(&b, "%d changes written. 共写入%d处变化。\n", r.Changed, r.Changed)
	}
	return b.String()
}

// Import reads the folder and writes all of it, or nothing: then the error is Invalid and wraps Problems. A second run
// of the same folder changes nothing.
func Import(ctx context.Context, d *db.DB, files []File, folder fs.FS, progress Progress) (Report, error) {
	read, err := Read(files, folder)
	if err != nil {
		return Report{}, err
	}
	var report Report
	err = d.UpdateAlone(ctx, func(tx *db.Tx) (err error) {
		report, err = read.Write(tx, progress)
		return err
	})
	return report, err
}
