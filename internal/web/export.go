package web

// Tables to be saved, as CSV or xlsx. An export is written inside the transaction that reads it, into a file beside
// memory, and sent after the commit: whole and of one moment, however long the list. Pages are answer.go's.

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web/part"
)

// tabled is an answer that can also be read as one table, its names in the language of ctx.
type tabled interface {
	Table(ctx context.Context) table.Table
}

var isTabled = reflect.TypeFor[tabled]()

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (x *exchange) exports() bool { return x.wants == wantsCSV || x.wants == wantsXLSX }

// spool is an export waiting to be sent.
type spool struct {
	file *os.File
	File // without its body
}

// write reads the table to its end.
func (x *exchange) export(out tabled) (err error) {
	x.spool.drop() // of a try before
	ctx := part.With(x.http.Context(), x.env)
	t := said(ctx, out.Table(ctx))
	if x.past != nil {
		t.Name += "-" + x.past.Day
	}
	s := &spool{File: File{Name: t.Name + "." + x.wants, MediaType: "text/csv; charset=utf-8"}}
	if s.file, err = os.CreateTemp("", "export-*"); err != nil {
		return err
	}
	x.spool = s
	if x.wants == wantsXLSX {
		s.MediaType = xlsxType
		return t.WriteXLSX(s.file)
	}
	return t.WriteCSV(s.file)
}

// said is the table in the reader's language: its heads, and the cells that are words.
func said(ctx context.Context, t table.Table) table.Table {
	columns := slices.Clone(t.Columns)
	for i, c := range columns {
		columns[i].Name = say.Key(part.T(ctx, c.Name))
	}
	whole := t
	t.Columns, t.Rows = columns, nil
	t.More = func(yield func([]string) error) error {
		return whole.Each(func(row []string) error {
			cells := slices.Clone(row)
			for i, c := range columns {
				if c.Words && cells[i] != "" {
					cells[i] = part.T(ctx, say.Key(cells[i]))
				}
			}
			return yield(cells)
		})
	}
	return t
}

func (x *exchange) sendSpool() {
	size, err := x.spool.file.Seek(0, io.SeekCurrent)
	_, back := x.spool.file.Seek(0, io.SeekStart)
	if err := errors.Join(err, back); err != nil {
		x.fail(err)
		return
	}
	x.fileHead(x.spool.File)
	x.head(http.StatusOK, strconv.FormatInt(size, 10))
	io.Copy(x.w, x.spool.file) // a reader who leaves is no error of ours
}

func (s *spool) drop() {
	if s != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}

// exportURLs are where the page shown is saved as CSV and as xlsx: the same choice, all of its pages.
func exportURLs(hr *http.Request) part.Exports {
	at := func(format string) string {
		q := hr.URL.Query()
		q.Del("page")
		q.Del("before")
		q.Set("format", format)
		return (&url.URL{Path: hr.URL.Path, RawQuery: q.Encode()}).String()
	}
	return part.Exports{CSV: at(wantsCSV), XLSX: at(wantsXLSX)}
}

// offered says that wants can be given for an answer of type out. What cannot is refused as a page or as JSON.
func (x *exchange) offered(verb string, out reflect.Type) bool {
	if !x.exports() || out.Implements(isTabled) {
		return true
	}
	x.wants = wantsJSON
	if strings.Contains(x.http.Header.Get("Accept"), "text/html") {
		x.wants = wantsPage
	}
	if err := x.view(verb, func(*Request) error { return nil }); err != nil {
		x.fail(err)
		return false
	}
	x.problem(http.StatusNotAcceptable, x.say("这一页没有表格，不能存为 CSV 或 Excel。"), nil)
	return false
}
