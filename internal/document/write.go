package document

// The .docx package around a document's body; the same document always gives the same bytes.

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"
)

// parts are the parts of the package that are the same in every document, by their path in it.
//
//go:embed all:parts
var parts embed.FS

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS      = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relNS       = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relType     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// Write writes d as a .docx package; the same document always gives the same bytes. It refuses a link
// to an anchor that is not there, an anchor that is there twice, an address that is not http(s), a
// heading level outside 0 to 4, and a table row that does not fit its columns.
func Write(w io.Writer, d Document) error {
	b := body{anchors: map[string]bool{}}
	b.document(d)
	if b.err != nil {
		return fmt.Errorf("document %q: %w", d.Title, b.err)
	}
	z := zip.NewWriter(w)
	if err := addStatic(z, moreTypes(d.letter(), len(b.charts))); err != nil {
		return err
	}
	generated := []struct{ name, content string }{
		{"docProps/core.xml", properties(d)},
		{"word/_rels/document.xml.rels", relationships(b.addresses, d.letter(), len(b.charts))},
		{"word/document.xml", b.xml.String()},
		{"word/header_even.xml", header(d.Sample)},
		{"word/header_odd.xml", header(d.Sample)},
	}
	if d.letter() {
		generated = append(generated, struct{ name, content string }{"word/header_first.xml", firstHeader(d)},
			struct{ name, content string }{"word/footer_first.xml", firstFooter()})
	}
	for i, chart := range b.charts {
		name := fmt.Sprintf("word/charts/chart%d.xml", i+1)
		generated = append(generated, struct{ name, content string }{name, chart})
	}
	for _, g := range generated {
		if err := add(z, g.name, []byte(g.content)); err != nil {
			return err
		}
	}
	return z.Close()
}

// moreTypes are the kinds of the parts that not every document has: those of a letter's first page, and charts.
func moreTypes(letter bool, charts int) string {
	const part = `  <Override PartName="/word/%s.xml" ContentType="application/vnd.openxmlformats-officedocument.%s+xml"/>` + "\n"
	var s strings.Builder
	if letter {
		fmt.Fprintf(&s, part, "header_first", "wordprocessingml.header")
		fmt.Fprintf(&s, part, "footer_first", "wordprocessingml.footer")
	}
	for i := range charts {
		fmt.Fprintf(&s, part, fmt.Sprintf("charts/chart%d", i+1), "drawingml.chart")
	}
	return s.String()
}

func addStatic(z *zip.Writer, types string) error {
	return fs.WalkDir(parts, "parts", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := parts.ReadFile(path)
		if err != nil {
			return err
		}
		if path == "parts/[Content_Types].xml" {
			content = bytes.Replace(content, []byte("</Types>"), []byte(types+"</Types>"), 1)
		}
		return add(z, strings.TrimPrefix(path, "parts/"), content)
	})
}

func add(z *zip.Writer, name string, content []byte) error {
	return addAt(z, name, content, time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC))
}

func addAt(z *zip.Writer, name string, content []byte, modified time.Time) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: modified})
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return err
}

func properties(d Document) string {
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escape(strings.ReplaceAll(d.Title, "\n", "")) +
		`</dc:title><dc:creator>` + escape(d.Issuer) + `</dc:creator></cp:coreProperties>`
}

// relationships names the parts that document.xml refers to, and the web addresses it links to.
func relationships(addresses []string, letter bool, charts int) string {
	var s strings.Builder
	s.WriteString(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	all := [][3]string{
		{"styles", "styles", "styles.xml"}, {"settings", "settings", "settings.xml"},
		{"fonts", "fontTable", "fontTable.xml"},
		{"headerOdd", "header", "header_odd.xml"}, {"headerEven", "header", "header_even.xml"},
		{"footerOdd", "footer", "footer_odd.xml"}, {"footerEven", "footer", "footer_even.xml"},
	}
	if letter {
		all = append(all, [3]string{"headerFirst", "header", "header_first.xml"},
			[3]string{"footerFirst", "footer", "footer_first.xml"})
	}
	for _, r := range all {
		fmt.Fprintf(&s, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, r[0], relType, r[1], r[2])
	}
	for i := range charts {
		fmt.Fprintf(&s, `<Relationship Id="chart%d" Type="%schart" Target="charts/chart%d.xml"/>`, i+1, relType, i+1)
	}
	for i, address := range addresses {
		fmt.Fprintf(&s, `<Relationship Id="link%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`,
			i+1, relType, escape(address))
	}
	s.WriteString(`</Relationships>`)
	return s.String()
}

func header(sample string) string {
	style := "Header"
	if sample != "" {
		style = "Sample"
	}
	return declaration + `<w:hdr ` + wordNS + `><w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` +
		run(Run{Text: sample}) + `</w:p></w:hdr>`
}

// escape makes s fit for XML. Characters that XML cannot carry are dropped: they print nothing.
func escape(s string) string {
	var escaped strings.Builder
	xml.EscapeText(&escaped, []byte(strings.Map(printable, s))) // a strings.Builder does not fail
	return escaped.String()
}

// printable maps what XML 1.0 (2.2, Char) excludes to nothing.
func printable(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}
