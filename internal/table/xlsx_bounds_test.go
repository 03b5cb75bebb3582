package table

// Files made to exhaust the reader: each is small, and refused before it takes more memory than any honest one.

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/document/doctest"
	"yipanqi/internal/errs"
)

// enough is what reading one workbook may take, with what the collector has not yet found to be garbage.
const enough = 160 << 20

// made is a workbook whose parts are so large that they are only ever written, never held.
func made(t testing.TB, sheet, shared func(write func(string))) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	base, err := zip.NewReader(bytes.NewReader(archive(t, "", "", styles)), int64(len(archive(t, "", "", styles))))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range base.File {
		if f.UncompressedSize64 == 0 {
			continue // written below
		}
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	for name, fill := range map[string]func(func(string)){"xl/worksheets/sheet1.xml": sheet,
		"xl/sharedStrings.xml": shared} {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		fill(func(s string) {
			if _, err := part.Write([]byte(s)); err != nil {
				t.Fatal(err)
			}
		})
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// many writes one text again and again: in blocks, or packing them takes the test's time.
func many(n int, s, before, after string) func(func(string)) {
	return func(write func(string)) {
		write(before)
		block := strings.Repeat(s, 1000)
		for range n / 1000 {
			write(block)
		}
		write(after)
	}
}

// hostile are the files, each with its name.
func hostile(t testing.TB) map[string][]byte {
	empty := func(root string) func(func(string)) { return many(0, "", "<"+root+">", "</"+root+">") }
	sheet := func(n int, s string) []byte {
		return made(t, many(n, s, `<worksheet><sheetData><row>`, `</row></sheetData></worksheet>`), empty("sst"))
	}
	strings := func(n int, s string) []byte {
		return made(t, empty("worksheet"), many(n, s, `<sst>`, `</sst>`))
	}
	var parts bytes.Buffer
	w := zip.NewWriter(&parts)
	for i := range 70_000 {
		w.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i), Method: zip.Store})
	}
	w.Close()
	return map[string][]byte{
		"deep elements":            sheet(3_000_000, "<a>"),
		"deep elements in a cell":  made(t, many(3_000_000, "<a>", `<worksheet><sheetData><row><c>`, ""), empty("sst")),
		"deep elements in strings": strings(3_000_000, "<r>"),
		"empty cells":              sheet(4_000_000, "<c/>"),
		"empty rows":               made(t, many(3_000_000, "<row/>", `<worksheet><sheetData>`, ""), empty("sst")),
		"unknown elements":         sheet(3_000_000, "<x/>"),
		"shared strings":           strings(4_000_000, "<si><t>a</t></si>"),
		"runs of one string": made(t, empty("worksheet"),
			many(3_000_000, "<r><t>a</t></r>", "<sst><si>", "")),
		"one long string":  made(t, empty("worksheet"), many(20_000_000, "a", "<sst><si><t>", "")),
		"one long cell":    made(t, many(20_000_000, "a", `<worksheet><sheetData><row><c><v>`, ""), empty("sst")),
		"attributes":       made(t, many(4_000_000, ` a=""`, `<worksheet><sheetData><row`, ">"), empty("sst")),
		"one long name":    made(t, many(20_000_000, "a", `<worksheet><sheetData><`, "/>"), empty("sst")),
		"one long comment": made(t, many(20_000_000, "a", `<worksheet><!--`, "-->"), empty("sst")),
		"spaces":           made(t, many(50_000_000, " ", `<worksheet>`, ""), empty("sst")),
		"very many parts":  parts.Bytes(),
	}
}

func TestHostileWorkbooksTakeLittle(t *testing.T) {
	for what, data := range hostile(t) {
		t.Run(what, func(t *testing.T) {
			most := doctest.Peak(t, func() {
				book, err := ReadXLSX(data)
				if errs.KindOf(err) != errs.Invalid || len(err.Error()) > 1000 {
					t.Errorf("%d sheets, %.200v", len(book), err)
				}
			})
			if most > enough {
				t.Errorf("%d bytes take %d MB", len(data), most>>20)
			}
		})
	}
}

// The largest workbook that is still read stays below the same bound, and a huge dimension costs nothing.
func TestTheLargestWorkbookTakesLittle(t *testing.T) {
	text := strings.Repeat("数", 25)
	rows := bytes.Buffer{}
	rows.WriteString(`<worksheet><dimension ref="A1:XFD1048576"/><sheetData>`)
	for range maxElements / 100 {
		rows.WriteString("<row>" + strings.Repeat(`<c t="str"><v>`+text+`</v></c>`, 100) + "</row>")
	}
	rows.WriteString(`</sheetData></worksheet>`)
	data := archive(t, rows.String(), "<sst/>", styles)
	rows = bytes.Buffer{}
	most := doctest.Peak(t, func() {
		cells, err := cellsOf(data, "")
		if err != nil || len(cells) != maxElements || cells["CV3000"] != text {
			t.Errorf("%d cells, %v", len(cells), err)
		}
	})
	if most > enough {
		t.Errorf("takes %d MB", most>>20)
	}
}
