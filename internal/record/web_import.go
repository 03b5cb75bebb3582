package record

// The page on which many records are brought in at once.

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type importInput struct {
	Code     string      `json:"code"`
	File     *web.Upload `json:"file"`
	Keep     bool        `json:"keep" doc:"Keeps the rows that are right as drafts and leaves the others out."`
	rows     []table.Record
	features *register.Features // of a GeoJSON file
}

// readImport reads the file before the transaction.
func readImport(_ *web.Request, in *importInput) (err error) {
	if in.File == nil {
		return errs.Fields{"file": {Key: "请选择一个文件。"}}.Check("请选择一个文件。")
	}
	if bytes.HasPrefix(in.File.Body, []byte("PK")) {
		book, err := table.ReadXLSX(in.File.Body)
		if err != nil {
			return err
		}
		in.rows, err = book.Records(in.File.Name)
		return err
	}
	if text := bytes.TrimLeft(in.File.Body, "\xef\xbb\xbf \t\r\n"); bytes.HasPrefix(text, []byte("{")) {
		f, err := register.ReadFeatures(text)
		in.features = &f
		return err
	}
	in.rows, err = table.ReadCSV(in.File.Name, in.File.Body)
	return err
}

type importData struct {
	Code    string   `json:"register"`
	Columns []string `json:"columns"` // heads that the file may have
	k       desk
	done    *Imported
}

func showImport(r *web.Request, in struct {
	Code string `json:"code"`
}) (d importData, err error) {
	if d.k, err = definitionOf(r, in.Code); err != nil {
		return d, err
	}
	if len(d.k.starts(r.User)) == 0 {
		return d, errs.Deniedf("“%s”不由您登记，不能导入。", d.k.d.Name)
	}
	d.Code = in.Code
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, h := range d.k.heads() {
		d.Columns = append(d.Columns, called(ctx, h.name))
	}
	return d, nil
}

func importAgain(r *web.Request, in importInput) (importData, error) {
	return showImport(r, struct {
		Code string `json:"code"`
	}{in.Code})
}

// imported is what came of an import, on a page of its own.
type imported struct {
	Imported
	register importData
}

// Page shows what came of it.
func (i imported) Page() templ.Component {
	i.register.done = &i.Imported
	return importPage(i.register)
}

func importRows(r *web.Request, in importInput) (i imported, err error) {
	if i.register, err = importAgain(r, in); err != nil {
		return i, err
	}
	if err := in.placed(i.register.k.d); err != nil {
		return i, err
	}
	if len(in.rows) == 0 {
		return i, errs.Fields{"file": {Key: "表里没有记录。第一行是表头，从第二行起每行一条记录。"}}.Check("没有导入：表里没有记录。")
	}
	i.Imported, err = ImportRows(r.Tx, r.User, in.Code, in.rows, in.Keep)
	if i.Problems == nil {
		i.Problems = table.Problems{}
	}
	return i, err
}

// placed turns the features of a file into rows, if its numbers are in the register's system of coordinates.
func (in *importInput) placed(d register.Definition) error {
	wrong := func(msg say.Key, args ...any) error {
		return errs.Fields{"file": say.New(msg, args...)}.Check("没有导入：请改正标出的地方。")
	}
	switch {
	case in.features == nil:
		return nil
	case d.Map.IsZero():
		return wrong("这项登记没有位置，不收GeoJSON。请用Excel或CSV导入。")
	case in.features.System != d.Map.System:
		return wrong("文件的坐标系是%s，这项登记的是%s。两种坐标不能放在一起，本系统也不作换算；请用原坐标系的数据。",
			in.features.System, cmp.Or(d.Map.System, "没有写明"))
	}
	for n, f := range in.features.All {
		values, err := d.Cells(f)
		if err != nil {
			words := errs.WordsOf(err)
			return wrong("第%d个位置：%s", n+1, words)
		}
		in.rows = append(in.rows, table.Record{File: in.File.Name, Line: n + 1, Values: values})
	}
	return nil
}

// mistake is one on the page: row, column and what to do.
type mistake struct{ Line, Column, Reason string }

// mistakes are those of a refused file.
func mistakes(ctx context.Context) (all []mistake) {
	fields := part.From(ctx).Fields
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		line, column, _ := strings.Cut(name, " ")
		if n, err := strconv.Atoi(line); err == nil {
			all = append(all, mistake{strconv.Itoa(n), column, fields[name]})
		}
	}
	return all
}

func (d importData) noted(ctx context.Context) (all []mistake) {
	if d.done == nil {
		return mistakes(ctx)
	}
	for _, p := range d.done.Problems {
		all = append(all, mistake{strconv.Itoa(p.Line), p.Column, part.Say(ctx, p.Reason)})
	}
	return all
}

// sheet is the empty table, to be filled in and imported.
func sheet(r *web.Request, in struct {
	Code string `json:"code"`
}) (f web.File, err error) {
	d, err := showImport(r, in)
	if err != nil {
		return f, err
	}
	t := table.Table{Name: in.Code, Title: d.k.d.Name.ZH}
	for _, name := range d.Columns {
		t.Columns = append(t.Columns, table.Column{Name: say.Key(name)})
	}
	var b bytes.Buffer
	err = t.WriteXLSX(&b)
	return web.File{Name: in.Code + ".xlsx", MediaType: sheetType, Body: b.Bytes()}, err
}

const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
