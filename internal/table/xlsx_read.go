package table

// Reading .xlsx as ECMA-376 allows it to be written, not only as Excel writes it. xlsx_part.go finds parts in the
// archive, xlsx_value.go says what a cell's content means; a form's own layout is read by sheet.go.

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// A file made for it unzips a thousandfold, and XML takes tenfold again in memory.
const (
	maxUnzipped = 32 << 20  // bytes of all parts that are read
	maxElements = 300_000   // cells of all sheets, shared strings, styles: each
	maxTags     = 2_000_000 // elements of any kind
	maxDepth    = 100       // of elements within each other; Excel writes a dozen
	maxToken    = 1 << 20   // bytes of one tag or text; Excel's longest cell has 32,767 characters
	maxSheets   = 500
	maxParts    = 10_000
)

var errTooLarge = errs.Invalidf("Excel文件的内容过大，请只上传下载的表格")

// Workbook is what its sheets hold, in their order.
type Workbook []Cells

// Cells are those of one sheet by their names as "B7"; empty cells are left out. A number is the digits Excel keeps of
// what was typed, a formula its last result; dates, percentages and truth values are texts that no one takes for a
// number.
type Cells struct {
	Sheet string
	At    map[string]string
}

// Sheet returns the cells of the sheet with that name, the first sheet's if it is empty.
func (w Workbook) Sheet(name string) (map[string]string, error) {
	for _, cells := range w {
		if name == "" || cells.Sheet == sheetName(name) {
			return cells.At, nil
		}
	}
	return nil, errs.Invalidf("文件里没有工作表“%s”，请使用下载的表格填写", sheetName(name))
}

// ReadXLSX reads all sheets of a workbook.
//
// It streams, because excelize fills every gap of a sheet in memory: an 8 KB file made it take 1.6 GB.
func ReadXLSX(data []byte) (Workbook, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
	case !bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return nil, errs.Invalidf("这不是Excel工作簿（.xlsx），请使用下载的表格填写")
	case bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")):
		return nil, errs.Invalidf("这个Excel文件设了打开密码，请取消密码后重新上传")
	default:
		return nil, errs.Invalidf("这是旧版的.xls文件，请在Excel中另存为“Excel工作簿（.xlsx）”后重新上传")
	}
	r, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	book, err := r.read()
	if err == nil || errs.KindOf(err) == errs.Invalid {
		return book, err
	}
	return nil, damaged(err)
}

// IsWorkbook says whether a file is an archive with a workbook in it, read or not: by its types, whatever its parts are
// called, or by the name that Excel gives to that part.
func IsWorkbook(data []byte) bool {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return false
	}
	r, err := openArchive(data)
	if err != nil {
		return false
	}
	is := r.files["xl/workbook.xml"] != nil
	err = each(r, "[content_types].xml", "Types", "Override", func(part struct {
		Type string `xml:"ContentType,attr"`
	}) error {
		is = is || strings.Contains(part.Type, "spreadsheetml.sheet.main") ||
			strings.Contains(part.Type, "ms-excel.sheet")
		return nil
	})
	return err == nil && is
}

func openArchive(data []byte) (*xlsxReader, error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > maxParts { // before the list of parts is made
		return nil, errTooLarge
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged(err)
	}
	r := &xlsxReader{files: map[string]*zip.File{}, left: maxUnzipped, elements: maxTags, cells: maxElements}
	for _, f := range archive.File {
		r.files[partName(f.Name)] = f
	}
	return r, nil
}

func damaged(err error) error {
	return &errs.Error{Kind: errs.Invalid, Words: say.New("Excel文件已损坏，请重新下载表格填写后再上传"), Err: err}
}

type xlsxReader struct {
	files    map[string]*zip.File // by part name
	left     int64                // bytes that may still be unzipped
	token    int                  // bytes unzipped since the last tag or text
	elements int                  // that may still be read, of any kind
	cells    int                  // that may still be read
	shared   []string
	formats  []cellFormat // by style
	date1904 bool
}

func (r *xlsxReader) read() (Workbook, error) {
	workbook, err := r.workbookPart()
	if err != nil {
		return nil, err
	}
	related, err := r.relationships(workbook)
	if err != nil {
		return nil, err
	}
	sheets, err := r.readWorkbook(workbook)
	if err != nil {
		return nil, err
	}
	if err := r.readFormats(related.first("styles")); err != nil {
		return nil, err
	}
	err = each(r, related.first("sharedStrings"), "sst", "si", func(text richText) error {
		r.shared = append(r.shared, text.String())
		return nil
	})
	if err != nil {
		return nil, err
	}
	var book Workbook
	for _, sheet := range sheets {
		part := related.byID(sheet.ID)
		if part.kind != "worksheet" {
			continue // a chart or a dialogue
		}
		if r.files[part.name] == nil {
			return nil, errors.New("a sheet is missing")
		}
		cells := Cells{sheet.Name, map[string]string{}}
		if err := r.readSheet(part.name, cells); err != nil {
			return nil, err
		}
		book = append(book, cells)
	}
	if len(book) == 0 {
		return nil, errs.Invalidf("文件里没有工作表，请使用下载的表格填写")
	}
	return book, nil
}

type sheetEntry struct {
	Name string `xml:"name,attr"`
	ID   string `xml:"id,attr"`
}

// readWorkbook lists the sheets, and learns from which day dates are counted.
func (r *xlsxReader) readWorkbook(part string) (sheets []sheetEntry, err error) {
	isWorkbook := false
	err = r.walk(part, func(decoder *xml.Decoder, start xml.StartElement, parent string) (bool, error) {
		switch name := start.Name.Local; {
		case parent == "" && name == "workbook":
			isWorkbook = true
		case parent == "workbook" && name == "workbookPr":
			for _, a := range start.Attr {
				r.date1904 = r.date1904 || a.Name.Local == "date1904" && (a.Value == "1" || a.Value == "true")
			}
		case parent == "sheets" && name == "sheet":
			var e sheetEntry
			if len(sheets) >= maxSheets {
				return true, errTooLarge
			}
			err := decoder.DecodeElement(&e, &start)
			sheets = append(sheets, e)
			return true, err
		}
		return false, nil
	})
	if err == nil && !isWorkbook {
		err = errs.Invalidf("这不是Excel工作簿（.xlsx），请使用下载的表格填写")
	}
	return sheets, err
}

// readSheet reads the cells of a worksheet. A row or a cell without a name follows the one before.
func (r *xlsxReader) readSheet(part string, into Cells) error {
	row, column := 0, 0
	return r.walk(part, func(decoder *xml.Decoder, start xml.StartElement, parent string) (bool, error) {
		switch {
		case start.Name.Local == "row" && parent == "sheetData":
			row, column = row+1, 0
			for _, a := range start.Attr {
				if a.Name.Local != "r" {
					continue
				}
				n, err := strconv.Atoi(a.Value)
				if err != nil {
					return false, err
				}
				row = n
			}
		case start.Name.Local == "c" && parent == "row":
			if r.cells--; r.cells < 0 {
				return true, errTooLarge
			}
			c, err := readCell(decoder, start)
			if err != nil {
				return true, err
			}
			column++
			if c.Name != "" {
				if column, row, err = excelize.CellNameToCoordinates(c.Name); err != nil {
					return true, err
				}
			}
			name := cellName(column, row)
			if name == "" || row > excelize.TotalRows {
				return true, errors.New("a cell lies outside of any sheet")
			}
			value, err := r.value(c)
			if why, bad := errs.Unreadable(value); bad && err == nil {
				return true, errs.Invalidf("工作表“%s”的%s：%s", into.Sheet, name, why)
			}
			if err == nil && value != "" {
				into.At[name] = value
			}
			return true, err
		}
		return false, nil
	})
}
