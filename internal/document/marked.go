package document

// A plain .docx for texts that came without a layout, with comments as annotate.go puts them.

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// plainParts are all of a plain .docx but its document: 宋体 12 pt on A4, no heads and no numbers.
var plainParts = []struct{ name, content string }{
	{contentTypes, declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`},
	{"_rels/.rels", declaration + `<Relationships xmlns="` + relsURI + `"><Relationship Id="document" Type="` +
		relType + `officeDocument" Target="word/document.xml"/></Relationships>`},
	{"word/_rels/document.xml.rels", declaration + `<Relationships xmlns="` + relsURI +
		`"><Relationship Id="styles" Type="` + relType + `styles" Target="styles.xml"/></Relationships>`},
	{"word/styles.xml", declaration + `<w:styles ` + wordNS + `><w:docDefaults>` +
		`<w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="80" w:line="340" w:lineRule="atLeast"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`},
}

// Marked writes a text without a layout of its own as a plain .docx, a paragraph a line, with a comment for every note,
// as Annotate does. The title stands above the text if it is not empty. Offsets of the notes are code points of text.
func Marked(w io.Writer, title, text string, notes []Note, at time.Time) (missed int, err error) {
	text = strings.Map(func(r rune) rune { // offsets must stay
		if plain(r) != r {
			return utf8.RuneError
		}
		return r
	}, text)
	var doc strings.Builder
	doc.WriteString(declaration + `<w:document ` + wordNS + `><w:body>`)
	if title = strings.TrimSpace(title); title != "" {
		doc.WriteString(`<w:p><w:pPr><w:spacing w:after="240"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>` +
			`<w:t xml:space="preserve">` + escape(strings.Join(strings.Fields(title), " ")) + `</w:t></w:r></w:p>`)
	}
	for line := range strings.SplitSeq(text, "\n") {
		doc.WriteString(`<w:p>`)
		for i, piece := range strings.Split(line, "\t") {
			if i > 0 {
				doc.WriteString(`<w:r><w:tab/></w:r>`)
			}
			if piece != "" {
				doc.WriteString(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">` +
					escape(piece) + `</w:t></w:r>`)
			}
		}
		doc.WriteString("</w:p>\n")
	}
	doc.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`)

	var original bytes.Buffer
	z := zip.NewWriter(&original)
	for _, p := range plainParts {
		if err := add(z, p.name, []byte(p.content)); err != nil {
			return 0, err
		}
	}
	if err := add(z, "word/document.xml", []byte(doc.String())); err != nil {
		return 0, err
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	a, err := unpack(bytes.NewReader(original.Bytes()), int64(original.Len()))
	if err != nil {
		return 0, err
	}
	a.ours = true // a text that is nearly empty lines shrinks like a bomb
	c, err := a.read()
	if err != nil {
		return 0, err
	}
	if title != "" {
		c.blocks = c.blocks[1:]
	}
	return annotate(w, a, c, everyLine(c.blocks), notes, at)
}

// everyLine lays paragraphs out with the empty ones, which ReadText leaves out.
func everyLine(blocks []*block) []source {
	f := new(flow)
	for i, b := range blocks {
		if i > 0 {
			f.add("\n")
		}
		f.paragraph(b, "")
	}
	return f.sources
}
