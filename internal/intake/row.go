package intake

// A row's values read by kind: text, number, year, day, address; what is wrong is named by file, line and column.

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// Row is a record of a known file. Its readers name what is wrong in the run's problems and mark the row bad.
type Row struct {
	table.Record
	Position int               // in its file, from 1
	heads    map[string]string // our name of a column → the header as written
	run      *Run
	bad      bool
}

// Bad says that something is wrong in the row, so that it is not to be put.
func (w *Row) Bad() bool { return w.bad }

// Spoil makes the row bad without a word, where it was said already why.
func (w *Row) Spoil() { w.bad = true }

// Fail names a mistake in a column, the first that is found there; an empty column is the row as a whole.
func (w *Row) Fail(column string, reason say.Key, args ...any) {
	w.bad = true
	head := column
	if written, ok := w.heads[column]; ok {
		head = written
	}
	named := func(p table.Problem) bool { return p.File == w.File && p.Line == w.Line && p.Column == head }
	if head == "" || !slices.ContainsFunc(w.run.problems, named) {
		w.run.problems = append(w.run.problems, w.Problem(head, reason, args...))
	}
}

// Refuse is Fail for what a module says about the row, if anything: false for an error that is not about the row, or
// after which the transaction cannot go on.
func (w *Row) Refuse(err error) bool { return w.RefuseAt("", err) }

// RefuseAt is Refuse with the column that is meant.
func (w *Row) RefuseAt(column string, err error) bool {
	if err == nil {
		return true
	}
	e, ok := errors.AsType[*errs.Error](err)
	if !ok || e.Kind == errs.Internal || e.Err != nil {
		return false
	}
	for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
		w.Fail(name, e.Fields[name].Key, e.Fields[name].Args...)
	}
	if len(e.Fields) == 0 {
		w.Fail(column, e.Words.Key, e.Words.Args...)
	}
	return true
}

// Text is what stands in a column.
func (w *Row) Text(column string) string { return w.Values[w.heads[column]] }

// Or is the text of a column, or a default where it is empty.
func (w *Row) Or(column, otherwise string) string {
	if s := w.Text(column); s != "" {
		return s
	}
	return otherwise
}

// Int is a whole number, 0 where the column is empty.
func (w *Row) Int(column string) int {
	s := w.Text(column)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		w.Fail(column, "“%s”不是整数，或者太大", s)
	}
	return int(n)
}

// Year is a year that there are periods of, 0 where the column is empty.
func (w *Row) Year(column string) int {
	n := w.Int(column)
	if w.Text(column) != "" && !IsYear(n) {
		w.Fail(column, WrongYear, w.Text(column), period.FirstYear, period.LastYear)
	}
	return n
}

// WrongYear says that a text is no year; it takes the text and the years between which it has to be.
const WrongYear = "“%s”不是年份，请填%d至%d之间的年份，例如 2018"

// IsYear says whether there are periods of a year.
func IsYear(n int) bool { return n >= period.FirstYear && n <= period.LastYear }

// Address is the address of a page, empty where the column is.
func (w *Row) Address(column string) string {
	s := w.Text(column)
	if s != "" && !errs.WebAddress(s) {
		w.Fail(column, "“%s”不是网址，请写成 https:// 或 http:// 开头的完整网址", s)
	}
	return s
}

// midnight is what office programs save behind a day that is kept as an instant.
var midnight = regexp.MustCompile(`[ T]0?0:00(:00(\.0+)?)?$`)

// Day reads a day as Excel, WPS and LibreOffice save it, year first.
func (w *Row) Day(column string) string {
	s := w.Text(column)
	bare := midnight.ReplaceAllString(s, "")
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日"} {
		if d, err := time.Parse(layout, bare); err == nil {
			return d.Format(time.DateOnly)
		}
	}
	if s != "" {
		w.Fail(column, "“%s”不是日期，请写成 2018-12-31", s)
	}
	return ""
}

// Period is a period, none where the column is empty.
func (w *Row) Period(column string) period.Period {
	p, err := period.Parse(w.Text(column))
	if w.Text(column) != "" && err != nil {
		w.RefuseAt(column, err)
	}
	return p
}

// Word is what a word of the file means; words maps every accepted word to its meaning.
func Word[T any](w *Row, column string, words map[string]T) (meaning T) {
	s := w.Text(column)
	meaning, ok := words[s]
	if !ok {
		var known []string
		for k := range words {
			known = append(known, k)
		}
		slices.Sort(known)
		w.Fail(column, "“%s”无法识别，可填：%s", s, strings.TrimSpace(strings.Join(known, " ")))
	}
	return meaning
}

// Yes is a yes or no, no where the column is empty.
func (w *Row) Yes(column string) bool {
	return Word(w, column, map[string]bool{"": false, "是": true, "否": false, "yes": true, "no": false})
}

// joined are the texts of some columns with sep between.
func (w *Row) joined(columns, sep string) string {
	var texts []string
	for _, name := range strings.Fields(columns) {
		texts = append(texts, w.Text(name))
	}
	return strings.Join(texts, sep)
}

// Further are the columns that the file has beside those declared, with the header as written.
func (w *Row) Further() map[string]string {
	further := maps.Clone(w.heads)
	for _, c := range w.run.applying.List() {
		delete(further, c.Name)
	}
	return further
}
