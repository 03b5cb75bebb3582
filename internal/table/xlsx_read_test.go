package table

// Cells of any workbook are read as typed, within limits of size, and what is no workbook is refused with what to do.

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/errs"
)

const (
	officeDocument = `"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"`
	worksheet      = `"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"`
	sharedStrings  = `"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"`
	stylesType     = `"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"`
)

// archive is a workbook of one sheet, as Excel would pack it.
func archive(t testing.TB, sheet, shared, styles string) []byte {
	return pack(t, map[string]string{
		"_rels/.rels": `<Relationships><Relationship Id="rId1" Type=` + officeDocument +
			` Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="rId7"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId7" Type=` + worksheet +
			` Target="worksheets/sheet1.xml"/><Relationship Id="rId8" Type=` + sharedStrings +
			` Target="sharedStrings.xml"/><Relationship Id="rId9" Type=` + stylesType +
			` Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": sheet,
		"xl/sharedStrings.xml":     shared,
		"xl/styles.xml":            styles,
	})
}

// pack is a zip archive of parts.
func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range parts {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// cellsOf are the cells of one sheet.
func cellsOf(data []byte, sheet string) (map[string]string, error) {
	book, err := ReadXLSX(data)
	if err != nil {
		return nil, err
	}
	return book.Sheet(sheet)
}

const styles = `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>
	<numFmt numFmtId="177" formatCode="#,##0.00_);[Red]\(0&quot;元 d&quot;\)"/>
	<numFmt numFmtId="178" formatCode="0.0%"/></numFmts>
	<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
	<cellXfs><xf numFmtId="0"/><xf numFmtId="14"><alignment/></xf><xf numFmtId="10"/>
	<xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="178"/></cellXfs></styleSheet>`

func TestCellsAreReadAsTyped(t *testing.T) {
	t.Parallel()
	sheet := `<worksheet><sheetData><row r="1">
		<c r="A1"><v>16.100000000000001</v></c><c r="B1"><v>7.0000000000000007E-2</v></c>
		<c r="C1"><v>0.30000000000000004</v></c>
		<c r="D1"><v>123456789012345</v></c><c r="E1"><v>1.2345678901234501E+17</v></c>
		<c r="F1"><v>1E+2</v></c><c r="G1"><v>-0</v></c></row>
		<row r="7"><c r="A7" t="s"><v>0</v></c><c r="B7" t="s"><v>1</v></c>
		<c r="C7" t="inlineStr"><is><t>内嵌</t></is></c>
		<c r="D7" t="b"><v>1</v></c><c r="E7" t="e"><v>#DIV/0!</v></c>
		<c r="F7" t="str"><f>A7</f><v>16.100000000000001</v></c>
		<c r="G7"><f>1+2</f><v>3</v></c><c r="H7"><f>1+2</f></c><c r="I7"/><c r="J7" s="1"/></row>
		<row r="8"><c r="A8" s="1"><v>43102</v></c><c r="B8" s="2"><v>0.16500000000000001</v></c>
		<c r="C8" s="3"><v>43101</v></c>
		<c r="D8" s="4"><v>1234.5</v></c><c r="E8" s="5"><v>0.5</v></c><c r="F8" s="99"><v>5</v></c></row>
		<row r="1048576"><c r="XFD1048576"><v>9</v></c></row></sheetData></worksheet>`
	shared := `<sst><si><t>待填</t></si><si><r><t>分</t></r><r><rPr/><t xml:space="preserve"> 段</t></r><rPh sb="0" eb="1"><t>fen</t></rPh></si></sst>`
	want := map[string]string{
		"A1": "16.1", "B1": "0.07", "C1": "0.3", "D1": "123456789012345",
		"E1": "1.2345678901234501E+17", "F1": "100", "G1": "0",
		"A7": "待填", "B7": "分 段", "C7": "内嵌", "D7": "TRUE", "E7": "#DIV/0!",
		"F7": "16.100000000000001", "G7": "3", "H7": "=1+2",
		"A8": "2018-01-02", "B8": "16.5%", "C8": "2018-01-01", "D8": "1234.5", "E8": "50%",
		"F8": "5", "XFD1048576": "9",
	}
	for _, name := range []string{"", "表"} {
		got, err := cellsOf(archive(t, sheet, shared, styles), name)
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("sheet %q: cells are %v, %v\nwant %v", name, got, err, want)
		}
	}
}

func TestReadXLSXRefusesWithWhatToDo(t *testing.T) {
	t.Parallel()
	good := archive(t, `<worksheet/>`, `<sst/>`, styles)
	f := excelize.NewFile()
	defer f.Close()
	var encrypted bytes.Buffer
	if err := f.Write(&encrypted, excelize.Options{Password: "口令"}); err != nil {
		t.Fatal(err)
	}
	var empty bytes.Buffer
	if err := zip.NewWriter(&empty).Close(); err != nil {
		t.Fatal(err)
	}
	cell := func(c string) []byte {
		return archive(t, `<worksheet><sheetData><row>`+c+`</row></sheetData></worksheet>`, `<sst/>`, styles)
	}
	for _, c := range []struct {
		what, sheet, want string
		data              []byte
	}{
		{"nothing", "", "不是Excel工作簿", nil},
		{"text", "", "不是Excel工作簿", []byte("a,b\n")},
		{"half a file", "", "损坏", good[:len(good)/2]},
		{"a password", "", "密码", encrypted.Bytes()},
		{"an old workbook", "", "另存为", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...)},
		{"another archive", "", "不是Excel工作簿", empty.Bytes()},
		{"another sheet", "婚检/1表", "没有工作表“婚检1表”", good},
		{"cut XML", "", "损坏", archive(t, `<worksheet><sheetData><row><c r="A1">`, `<sst/>`, styles)},
		{"a row that is no number", "", "损坏", archive(t,
			`<worksheet><sheetData><row r="x"/></sheetData></worksheet>`, `<sst/>`, styles)},
		{"a binary workbook", "", ".xlsb", pack(t, map[string]string{"_rels/.rels": `<Relationships><Relationship
			Id="a" Type=` + officeDocument + ` Target="xl/workbook.bin"/></Relationships>`})},
		{"a document", "", "不是Excel工作簿", pack(t, map[string]string{"word/document.xml": `<document/>`,
			"_rels/.rels": `<Relationships><Relationship Id="a" Type=` + officeDocument +
				` Target="word/document.xml"/></Relationships>`})},
		{"a cell outside of a sheet", "", "损坏", cell(`<c r="XFE1"><v>1</v></c>`)},
		{"a shared string that is not there", "", "损坏", cell(`<c r="A1" t="s"><v>0</v></c>`)},
		{"a style that is no number", "", "损坏", cell(`<c r="A1" s="x"><v>0</v></c>`)},
		{"very many cells", "", "过大", cell(strings.Repeat(`<c r="A1"/>`, maxElements+1))},
		{"very many strings", "", "过大", archive(t, `<worksheet/>`,
			`<sst>`+strings.Repeat(`<si/>`, maxElements+1)+`</sst>`, styles)},
	} {
		if cells, err := cellsOf(c.data, c.sheet); errs.KindOf(err) != errs.Invalid ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %.40v, %v; want a message with %s", c.what, cells, err, c.want)
		}
	}
}

func TestTheUnzippedPartsTogetherAreLimited(t *testing.T) {
	t.Parallel()
	sheet, shared := `<worksheet>`+strings.Repeat(" ", 300)+`</worksheet>`, `<sst>`+strings.Repeat(" ", 300)+`</sst>`
	data := archive(t, sheet, shared, "")
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files, total := map[string]*zip.File{}, int64(0)
	for _, f := range z.File {
		files[partName(f.Name)] = f
		total += int64(f.UncompressedSize64)
	}
	for limit := range total {
		r := xlsxReader{files: files, left: limit, elements: maxTags, cells: maxElements}
		if _, err := r.read(); err != errTooLarge {
			t.Fatalf("%d bytes pass a limit of %d: %v", total, limit, err)
		}
	}
	r := xlsxReader{files: files, left: total + 1, elements: maxTags, cells: maxElements}
	if _, err := r.read(); err != nil {
		t.Errorf("%d bytes are refused under a limit of %d: %v", total, total+1, err)
	}
}

// FuzzReadXLSX: no archive makes it panic, and every cell it names is one.
func FuzzReadXLSX(f *testing.F) {
	f.Add([]byte("PK\x03\x04"), `<worksheet><sheetData><row><c r="B7" t="s"><v>0</v></c><c r="A1" s="1"><v>1E-9</v></c></row></sheetData></worksheet>`, `<sst><si><t>x</t></si></sst>`, styles)
	f.Add([]byte("\xd0\xcf\x11\xe0"), `<row><c r="A1" t="b"><v>2</v></c><c r="$a$1"><f>1</f></c></row>`, `<sst><si>`,
		`<cellXfs><xf numFmtId="9"/></cellXfs>`)
	f.Fuzz(func(t *testing.T, data []byte, sheet, shared, styles string) {
		if _, err := ReadXLSX(data); err != nil && errs.KindOf(err) != errs.Invalid {
			t.Fatalf("%q is refused as our mistake: %v", data, err)
		}
		cells, err := cellsOf(archive(t, sheet, shared, styles), "")
		if err != nil && errs.KindOf(err) != errs.Invalid {
			t.Fatalf("refused as our mistake: %v", err)
		}
		for name, value := range cells {
			column, row, err := excelize.CellNameToCoordinates(name)
			if err != nil || cellName(column, row) != name || value == "" {
				t.Fatalf("cell %q holds %q", name, value)
			}
		}
	})
}

func BenchmarkReadXLSX(b *testing.B) {
	table := Table{Name: "表", Columns: make([]Column, 10)}
	for i := range 500 {
		row := make([]string, 10)
		for j := range row {
			row[j] = fmt.Sprint(i * j)
		}
		table.Rows = append(table.Rows, row)
	}
	var data bytes.Buffer
	if err := table.WriteXLSX(&data); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ReadXLSX(data.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}
