package exchange

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

// row is a record of a known file. Its readers name what is wrong in the run's problems and mark the row bad.
type row struct {
	table.Record
	heads    map[string]string // our name of a column → the header as written
	position int               // in its file, from 1
	run      *run
	bad      bool
}

// fail names a mistake in a column, the first that is found there; an empty column is the row as a whole.
func (w *row) fail(column string, reason say.Key, args ...any) {
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

// refuse is fail for what a module says about the row, if anything: false for an error that is not about the row, or
// after which the transaction cannot go on.
func (w *row) refuse(err error) bool { return w.refuseAt("", err) }

func (w *row) refuseAt(column string, err error) bool {
	if err == nil {
		return true
	}
	e, ok := errors.AsType[*errs.Error](err)
	if !ok || e.Kind == errs.Internal || e.Err != nil {
		return false
	}
	for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
		w.fail(name, e.Fields[name].Key, e.Fields[name].Args...)
	}
	if len(e.Fields) == 0 {
		w.fail(column, e.Words.Key, e.Words.Args...)
	}
	return true
}

func (w *row) text(column string) string { return w.Values[w.heads[column]] }

// or is the text of a column, or a default where it is empty.
func (w *row) or(column, otherwise string) string {
	if s := w.text(column); s != "" {
		return s
	}
	return otherwise
}

func (w *row) int(column string) int {
	s := w.text(column)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		w.fail(column, "“%s”不是整数，或者太大", s)
	}
	return int(n)
}

// year is a year that there are periods of, 0 where the column is empty.
func (w *row) year(column string) int {
	n := w.int(column)
	if w.text(column) != "" && !isYear(n) {
		w.fail(column, wrongYear, w.text(column), period.FirstYear, period.LastYear)
	}
	return n
}

const wrongYear = "“%s”不是年份，请填%d至%d之间的年份，例如 2018"

func isYear(n int) bool { return n >= period.FirstYear && n <= period.LastYear }

// address is the address of a page, empty where the column is.
func (w *row) address(column string) string {
	s := w.text(column)
	if s != "" && !errs.WebAddress(s) {
		w.fail(column, "“%s”不是网址，请写成 https:// 或 http:// 开头的完整网址", s)
	}
	return s
}

// midnight is what office programs save behind a day that is kept as an instant.
var midnight = regexp.MustCompile(`[ T]0?0:00(:00(\.0+)?)?$`)

// day reads a day as Excel, WPS and LibreOffice save it, year first.
func (w *row) day(column string) string {
	s := w.text(column)
	bare := midnight.ReplaceAllString(s, "")
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日"} {
		if d, err := time.Parse(layout, bare); err == nil {
			return d.Format(time.DateOnly)
		}
	}
	if s != "" {
		w.fail(column, "“%s”不是日期，请写成 2018-12-31", s)
	}
	return ""
}

func (w *row) period(column string) period.Period {
	p, err := period.Parse(w.text(column))
	if w.text(column) != "" && err != nil {
		w.refuseAt(column, err)
	}
	return p
}

// word is what a word of the file means; words maps every accepted word to its meaning.
func word[T any](w *row, column string, words map[string]T) (meaning T) {
	s := w.text(column)
	meaning, ok := words[s]
	if !ok {
		var known []string
		for k := range words {
			known = append(known, k)
		}
		slices.Sort(known)
		w.fail(column, "“%s”无法识别，可填：%s", s, strings.TrimSpace(strings.Join(known, " ")))
	}
	return meaning
}

func (w *row) yes(column string) bool {
	return word(w, column, map[string]bool{"": false, "是": true, "否": false, "yes": true, "no": false})
}
