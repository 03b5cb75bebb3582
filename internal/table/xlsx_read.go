package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"yipanqi/internal/errs"
)

const (
	maxUnzipped = 64 << 20
	maxElements = 300_000 // cells of a sheet, shared strings, styles: each
)

var errTooLarge = errs.Invalidf("Excel文件的内容过大，请只上传下载的表格")

// ReadXLSX reads the cells of one sheet, the first if sheet is empty, by their names as "B7"; empty cells
// are left out. A number is the digits Excel keeps of what was typed, a formula its last result; dates,
// percentages and truth values are texts that no one takes for a number.
//
// It streams, because excelize fills every gap of a sheet in memory: an 8 KB file made it take 1.6 GB.
func ReadXLSX(data []byte, sheet string) (map[string]string, error) {
	switch {
	case !bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
	case bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")):
		return nil, errs.Invalidf("这个Excel文件设了打开密码，请取消密码后重新上传")
	default:
		return nil, errs.Invalidf("这是旧版的.xls文件，请在Excel中另存为“Excel工作簿（.xlsx）”后重新上传")
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged(err)
	}
	r := xlsxReader{files: map[string]*zip.File{}, left: maxUnzipped, cells: map[string]string{}}
	for _, f := range archive.File {
		r.files[f.Name] = f
	}
	if r.files["xl/workbook.xml"] == nil {
		return nil, errs.Invalidf("这不是Excel工作簿（.xlsx），请使用下载的表格填写")
	}
	if err := r.read(sheet); err != nil {
		if errs.KindOf(err) == errs.Invalid {
			return nil, err
		}
		return nil, damaged(err)
	}
	return r.cells, nil
}

func damaged(err error) error {
	return &errs.Error{Kind: errs.Invalid, Msg: "Excel文件已损坏，请重新下载表格填写后再上传", Err: err}
}

type xlsxReader struct {
	files   map[string]*zip.File
	left    int64 // bytes that may still be unzipped
	shared  []string
	formats []cellFormat // by style
	cells   map[string]string
}

func (r *xlsxReader) read(sheet string) error {
	part, err := r.sheetPart(sheet)
	if err != nil {
		return err
	}
	if err := r.readFormats(); err != nil {
		return err
	}
	if err := each(r, "xl/sharedStrings.xml", "sst", "si", func(text richText) error {
		r.shared = append(r.shared, text.String())
		return nil
	}); err != nil {
		return err
	}
	if r.files[part] == nil {
		return errors.New("the sheet is missing")
	}
	return each(r, part, "row", "c", r.readCell)
}

// sheetPart finds the part of the archive that holds the sheet.
func (r *xlsxReader) sheetPart(sheet string) (part string, err error) {
	type entry struct {
		Name string `xml:"name,attr"`
		ID   string `xml:"id,attr"`
	}
	type relationship struct {
		ID     string `xml:"Id,attr"`
		Target string `xml:"Target,attr"`
	}
	id, found := "", false
	if err := each(r, "xl/workbook.xml", "sheets", "sheet", func(e entry) error {
		if !found && (sheet == "" || e.Name == sheetName(sheet)) {
			id, found = e.ID, true
		}
		return nil
	}); err != nil {
		return "", err
	}
	if !found {
		return "", errs.Invalidf("文件里没有工作表“%s”，请使用下载的表格填写", sheetName(sheet))
	}
	err = each(r, "xl/_rels/workbook.xml.rels", "Relationships", "Relationship", func(rel relationship) error {
		if target, rooted := strings.CutPrefix(rel.Target, "/"); rel.ID == id && rooted {
			part = target
		} else if rel.ID == id {
			part = path.Join("xl", rel.Target)
		}
		return nil
	})
	return part, err
}

// each decodes every element right below parent in a part of the archive. Name spaces are ignored: they
// differ between transitional and strict files. A part that is not there has no elements.
func each[T any](r *xlsxReader, part, parent, element string, visit func(T) error) error {
	f := r.files[part]
	if f == nil {
		return nil
	}
	unzipped, err := f.Open()
	if err != nil {
		return err
	}
	defer unzipped.Close()
	limited := &io.LimitedReader{R: unzipped, N: r.left}
	decoder := xml.NewDecoder(limited)
	above := "" // the last element that was opened and not decoded
	for n := 0; ; {
		token, err := decoder.Token()
		if err == io.EOF && limited.N > 0 {
			r.left = limited.N
			return nil
		}
		if err != nil {
			return orTooLarge(limited, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local != element || above != parent {
			above = start.Name.Local
			continue
		}
		if n++; n > maxElements {
			return errTooLarge
		}
		var v T
		if err := decoder.DecodeElement(&v, &start); err != nil {
			return orTooLarge(limited, err)
		}
		if err := visit(v); err != nil {
			return err
		}
	}
}

// orTooLarge says why the text ended early.
func orTooLarge(limited *io.LimitedReader, err error) error {
	if limited.N <= 0 {
		return errTooLarge
	}
	return err
}
