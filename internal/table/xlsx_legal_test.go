package table

// What ECMA-376 allows and Excel itself does not write, by hand; and files as three other programs write them.

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"yipanqi/internal/document/doctest"
	"yipanqi/internal/errs"
)

// The same two rows, packed in all the ways in which they may be.
func TestLegalPackagesAreRead(t *testing.T) {
	t.Parallel()
	transitional := "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strict := func(text string) string {
		return strings.ReplaceAll(text, transitional, "http://purl.oclc.org/ooxml/officeDocument/relationships")
	}
	rels := func(kind ...string) string {
		text := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships>`
		for i := 0; i < len(kind); i += 2 {
			text += `<Relationship Id="r` + kind[i] + `" Type="` + transitional + "/" + kind[i] +
				`" Target="` + kind[i+1] + `"/>`
		}
		return text + `</Relationships>`
	}
	workbook := `<workbook xmlns:r="` + transitional +
		`"><sheets><sheet name="表" sheetId="1" r:id="rworksheet"/></sheets></workbook>`
	rows := `<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>12</v></c></row>` +
		`<row><c/><c><v>7</v></c></row></sheetData></worksheet>`
	shared := `<sst><si><t>待填</t></si></sst>`
	usual := map[string]string{"_rels/.rels": rels("officeDocument", "xl/workbook.xml"), "xl/workbook.xml": workbook,
		"xl/_rels/workbook.xml.rels": rels("worksheet", "worksheets/sheet1.xml", "sharedStrings", "sharedStrings.xml"),
		"xl/worksheets/sheet1.xml":   rows, "xl/sharedStrings.xml": shared}
	with := func(parts ...string) map[string]string {
		changed := maps.Clone(usual)
		for i := 0; i < len(parts); i += 2 {
			if changed[parts[i]] = parts[i+1]; parts[i+1] == "" {
				delete(changed, parts[i])
			}
		}
		return changed
	}
	renamed := func(by func(string) string) map[string]string {
		changed := map[string]string{}
		for name, text := range usual {
			changed[by(name)] = text
		}
		return changed
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(
		`<?xml version="1.0" encoding="UTF-16"?>` + shared)
	if err != nil {
		t.Fatal(err)
	}
	prefixed := strings.NewReplacer("</", "</x:", "<c", "<x:c", "<r", "<x:r", "<v", "<x:v", "<s", "<x:s", "<w", "<x:w")
	for what, parts := range map[string]map[string]string{
		"cells and rows without names": usual,
		"named cells, no row numbers": with("xl/worksheets/sheet1.xml",
			strings.NewReplacer(`<c t="s">`, `<c r="A1" t="s">`, `<c/><c>`, `<c r="B2">`).Replace(rows)),
		"row numbers, no cell names": with("xl/worksheets/sheet1.xml",
			strings.Replace(rows, `<row><c/>`, `<row r="2"><c/>`, 1)),
		"name space prefixes": with("xl/worksheets/sheet1.xml", prefixed.Replace(rows)),
		"backslashes":         renamed(func(name string) string { return strings.ReplaceAll(name, "/", `\`) }),
		"another case":        renamed(strings.ToUpper),
		"a leading slash":     renamed(func(name string) string { return "/" + name }),
		"another workbook part": with("xl/workbook.xml", "", "xl/_rels/workbook.xml.rels", "",
			"book/Main.xml", workbook,
			"_rels/.rels", rels("officeDocument", "/book/Main.xml"), "book/_rels/Main.xml.rels",
			rels("worksheet", "../xl/worksheets/sheet1.xml", "sharedStrings", "/xl/sharedStrings.xml")),
		"absolute and backslash targets": with("xl/_rels/workbook.xml.rels",
			rels("worksheet", "/xl/worksheets/sheet1.xml", "sharedStrings", `..\xl\sharedStrings.xml`)),
		"strict name spaces": with("_rels/.rels", strict(usual["_rels/.rels"]), "xl/workbook.xml", strict(workbook),
			"xl/_rels/workbook.xml.rels", strict(usual["xl/_rels/workbook.xml.rels"])),
		"inline strings": with("xl/sharedStrings.xml", "",
			"xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml"),
			"xl/worksheets/sheet1.xml", strings.Replace(rows, `<c t="s"><v>0</v></c>`,
				`<c t="inlineStr"><is><r><t>待</t></r><r><rPr><b/></rPr><t>填</t></r></is></c>`, 1)),
		"rich shared strings": with("xl/sharedStrings.xml",
			`<sst><si><r><t>待</t></r><r><t>_x586B_</t></r>`+
				`<rPh sb="0" eb="1"><t>dai</t></rPh></si></sst>`),
		"UTF-16": with("xl/sharedStrings.xml", utf16),
		"a sheet of charts in front": with("xl/workbook.xml", strings.Replace(workbook, "<sheets>",
			`<sheets><sheet name="图" sheetId="2" r:id="rchartsheet"/>`, 1), "xl/_rels/workbook.xml.rels",
			rels("chartsheet", "chartsheets/sheet1.xml", "worksheet", "worksheets/sheet1.xml",
				"sharedStrings", "sharedStrings.xml")),
	} {
		cells, err := cellsOf(pack(t, parts), "表")
		if want := map[string]string{"A1": "待填", "B1": "12", "B2": "7"}; err != nil || !maps.Equal(cells, want) {
			t.Errorf("%s: cells are %v, %v", what, cells, err)
		}
	}
}

func TestLegalCellsAreRead(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		`<c t="b"><v>true</v></c>`:                           "TRUE",
		`<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`:              "#DIV/0!",
		`<c t="d"><v>2018-01-02T00:00:00</v></c>`:            "2018-01-02",
		`<c s="1"><v>41640</v></c>`:                          "2018-01-02",
		`<c t="str"><f>IF(A1,"","")</f><v></v></c>`:          "",
		`<c><f t="shared" si="0"/></c>`:                      "=",
		`<c t="str"><v>a_x000D_b</v></c>`:                    "a\rb",
		`<c t="str"><v>_x005F_x000D_ _xD83D__xDE00_</v></c>`: "_x000D_ 😀",
		`<c t="s"/>`:        "",
		`<c><v> 5 </v></c>`: "5",
		`<c><extLst><ext><c><v>9</v></c></ext></extLst></c>`: "",
	} {
		parts := map[string]string{
			"_rels/.rels": `<Relationships><Relationship Id="a" Type=` + officeDocument +
				` Target="w.xml"/></Relationships>`,
			"w.xml": `<workbook><workbookPr date1904="1"/><sheets><sheet name="表" id="a"/></sheets></workbook>`,
			"_rels/w.xml.rels": `<Relationships><Relationship Id="a" Type=` + worksheet +
				` Target="s.xml"/><Relationship Id="b" Type=` + stylesType + ` Target="y.xml"/></Relationships>`,
			"s.xml": `<worksheet><sheetData><row>` + cell + `</row></sheetData></worksheet>`, "y.xml": styles}
		if cells, err := cellsOf(pack(t, parts), "表"); err != nil || cells["A1"] != want || len(cells) > 1 {
			t.Errorf("%s is read as %q, %v; want %q", cell, cells, err, want)
		}
	}
}

// What no text may hold is refused with its cell named, however the workbook writes it.
func TestUnreadableCellsAreNamed(t *testing.T) {
	t.Parallel()
	for cell, says := range map[string]string{
		`<c t="str"><v>a_x0000_b</v></c>`:                        "工作表“表”的A1：这里有看不见的控制字符（U+0000）",
		`<c r="C7" t="str"><v>_x0007_</v></c>`:                   "工作表“表”的C7：这里有看不见的控制字符（U+0007）",
		`<c t="inlineStr"><is><t>1&#x85;</t></is></c>`:           "（U+0085）",
		`<c t="inlineStr"><is><r><t>_x202e_001</t></r></is></c>`: "（U+202E）",
		`<c/><c t="inlineStr"><is><t>_xFFFF_</t></is></c>`:       "B1：这里有看不见的控制字符（U+FFFF）",
		`<c t="str"><f>A2</f><v>一_x001F_</v></c>`:                "（U+001F）",
	} {
		parts := map[string]string{
			"_rels/.rels": `<Relationships><Relationship Id="a" Type=` + officeDocument +
				` Target="w.xml"/></Relationships>`,
			"w.xml": `<workbook><sheets><sheet name="表" id="a"/></sheets></workbook>`,
			"_rels/w.xml.rels": `<Relationships><Relationship Id="a" Type=` + worksheet +
				` Target="s.xml"/></Relationships>`,
			"s.xml": `<worksheet><sheetData><row>` + cell + `</row></sheetData></worksheet>`}
		_, err := ReadXLSX(pack(t, parts))
		if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", cell, err, says)
		}
	}
}

// Our own form, filled in and written anew by other programs, comes back with every cell.
func TestFormsWrittenByOtherPrograms(t *testing.T) {
	t.Parallel()
	s := statutory()
	for what, write := range map[string]func([]byte) []byte{
		"LibreOffice": func(ours []byte) []byte { return doctest.Rewrite(t, ours, "xlsx", "xlsx") },
		"ODS and back": func(ours []byte) []byte {
			return doctest.Rewrite(t, doctest.Rewrite(t, ours, "xlsx", "ods"), "ods", "xlsx")
		},
		"excelize":        func(ours []byte) []byte { return ours },
		"SheetJS":         func(ours []byte) []byte { return sheetJS(t, ours) },
		"SheetJS, twice":  func(ours []byte) []byte { return sheetJS(t, sheetJS(t, ours)) },
		"one after other": func(ours []byte) []byte { return doctest.Rewrite(t, sheetJS(t, ours), "xlsx", "xlsx") },
	} {
		f := open(t, s)
		if err := f.SetCellValue(s.Name, "C5", "近5000"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue(s.Name, "C6", 16.1); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		book, err := ReadXLSX(write(b.Bytes()))
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		got, err := s.Read(book)
		if err != nil || !slices.Equal(got.Inputs[0], []string{"近5000", "8000"}) ||
			!slices.Equal(got.Inputs[1], []string{"16.1", "—"}) || !got.Known || got.Was[1][0] != "1.5" {
			t.Errorf("%s gives %+v, %v", what, got, err)
		}
	}
}

// A workbook of all kinds of cells, made by SheetJS from nothing and again by LibreOffice.
func TestCellsWrittenByOtherPrograms(t *testing.T) {
	t.Parallel()
	made := sheetJS(t, nil)
	for what, data := range map[string][]byte{"SheetJS": made,
		"LibreOffice": doctest.Rewrite(t, made, "xlsx", "xlsx")} {
		cells, err := cellsOf(data, "数据")
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		for name, want := range map[string]string{"A1": "文字 ", "B1": "1234.5", "C1": "TRUE", "D1": "2018-01-02",
			"A2": "16.5%", "B2": "3", "C2": "合并", "D2": "", "A3": "<&>\"引号\"", "B3": "", "C3": "0"} {
			if cells[name] != want {
				t.Errorf("%s: %s is %q, want %q", what, name, cells[name], want)
			}
		}
	}
}

// sheetJS writes a workbook anew with SheetJS, or one of its own.
func sheetJS(t *testing.T, data []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "out.xlsx")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), "node", "testdata/sheetjs.mjs", in, out).CombinedOutput()
	if err != nil {
		t.Fatalf("SheetJS: %v; run `make build` once\n%s", err, said)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return written
}
