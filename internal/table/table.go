// Package table moves tables in and out: one table as CSV and xlsx, an official form as a locked
// workbook, and back again, with every mistake named by file and line or by cell. It does not know what
// a cell means, and it draws no HTML.
package table

import (
	"encoding/csv"
	"io"
	"regexp"
	"strings"

	"yipanqi/internal/say"
)

// Table is what a page shows, ready to be saved. Cells are texts as shown.
type Table struct {
	Name    string // of the file, without extension, and of the sheet
	Title   string // xlsx only
	Heading string // over each printed sheet of an xlsx that has no Title
	Columns []Column
	Rows    [][]string
	More    func(yield func(row []string) error) error // what follows Rows, read while it is written; may be nil
	Notes   []string                                   // below the rows, xlsx only
}

// Column is one column; Number makes its plain numbers numbers in xlsx. Words says that its cells are texts to be said
// in the reader's language, as its name is. Aside is for programs, not for people: in xlsx it stands last and is not
// printed.
type Column struct {
	Name   say.Key
	Number bool
	Words  bool
	Aside  bool
}

const byteOrderMark = "\ufeff"

// WriteCSV writes the column names and rows as RFC 4180 in UTF-8, with the byte order mark by which
// Excel knows it. A text that Excel would run as a formula gets a leading apostrophe.
func (t Table) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = string(c.Name)
	}
	write := func(row []string) error {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = strings.ReplaceAll(cell, "\r", "") // as encoding/csv does, but before looking for a formula
			if isFormula(safe[i]) {
				safe[i] = "'" + safe[i]
			}
		}
		return out.Write(safe)
	}
	if err := write(names); err != nil {
		return err
	}
	if err := t.Each(write); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// Each calls fn with every row.
func (t Table) Each(fn func(row []string) error) error {
	for _, row := range t.Rows {
		if err := fn(row); err != nil {
			return err
		}
	}
	if t.More == nil {
		return nil
	}
	return t.More(fn)
}

var harmless = regexp.MustCompile(`^[+-]?([0-9][0-9,]*(\.[0-9]+)?%?)?$`)

// isFormula also holds for a formula already behind apostrophes, so that ReadCSV can take one away.
func isFormula(cell string) bool {
	bare := strings.TrimLeft(cell, "' \t\n")
	return bare != "" && strings.ContainsAny(bare[:1], "=+-@") && !harmless.MatchString(bare)
}
