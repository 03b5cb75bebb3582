package document

// What sets the three forms of GB/T 9704-2012 apart: the head of a general document, the letter form with its double
// lines (ch. 10), the minutes (ch. 10), and the imprint at the foot. All is black: red paper and seals are an office's
// own.

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Form is which of the forms a document has.
type Form int

const (
	Headless Form = iota // reports and papers
	General              // the issuer's mark, number and a line over the title
	Letter               // 信函格式
	Minutes              // 纪要格式
)

// People are a list at the end of minutes: 出席, 请假, 列席.
type People struct{ Label, Names string }

// Millimetres in twips.
func mm(n float64) int { return int(n*1440/25.4 + .5) }

const (
	markAt    = 35.0 // mm from the top of the text area to the mark's
	letterAt  = 30.0 // mm from the top of the page to the issuer's name
	ruleBelow = 4.0  // mm from the name, or the number, to the line
	ruleAbove = 20.0 // mm from the foot of the page
	textTop   = 37.0
	ruleWidth = 170.0
)

// markSize is the size of the mark in half points: as large as fits the width of the text, 60 at most.
func markSize(text string) int {
	n := utf8.RuneCountInString(text)
	return min(60, 2*(lineWidth/20)/max(n, 1))
}

// head writes what stands over the title.
func (b *body) head(d Document) {
	switch d.Form {
	case Letter:
		if d.Head != "" {
			size := min(markSize(d.Head), 52)
			under := letterAt + float64(size)/2*25.4/72 + ruleBelow + 4.9 // 7/8 of a character below the line
			b.line("Number", fmt.Sprintf(`<w:spacing w:before="%d" w:line="320" w:lineRule="exact"/>`+
				`<w:jc w:val="right"/>`, mm(under-textTop)), d.Number)
			b.line("Normal", "", "")
			b.line("Normal", "", "")
			return
		}
	case General, Minutes:
		if d.Head != "" {
			size := markSize(d.Head)
			b.xml.WriteString(fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Title"/>`+
				`<w:spacing w:before="%d" w:line="%d" w:lineRule="exact"/></w:pPr><w:r><w:rPr>`+
				`<w:rFonts w:hint="eastAsia"/><w:sz w:val="%[3]d"/><w:szCs w:val="%[3]d"/></w:rPr>`+
				`<w:t xml:space="preserve">%[4]s</w:t></w:r></w:p>`+"\n", mm(markAt), size*10, size, escape(d.Head)))
			b.line("Normal", "", "")
			b.line("Normal", "", "")
			b.line("Number", `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="000000"/></w:pBdr>`,
				d.Number)
			b.line("Normal", "", "")
			b.line("Normal", "", "")
			return
		}
	}
	if d.Number != "" {
		b.line("Number", "", d.Number)
		b.line("Normal", "", "")
		b.line("Normal", "", "")
	}
}

// people are the lists of who attended, each label in 黑体.
func (b *body) people(all []People) {
	for i, p := range all {
		if i == 0 {
			b.line("Normal", "", "")
		}
		b.xml.WriteString(`<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"` +
			` w:eastAsia="黑体"/></w:rPr><w:t xml:space="preserve">` + escape(p.Label) + `：</w:t></w:r>` +
			run(Run{Text: p.Names}) + "</w:p>\n")
	}
}

// imprint is the 版记 at the foot of the last page: who gets copies, who printed it and when. A letter's has no lines
// and nothing but copies.
func (b *body) imprint(d Document) {
	var rows []string
	if d.Copies != "" {
		rows = append(rows, "抄送："+strings.TrimRight(d.Copies, "。")+"。")
	}
	if d.Form != Letter && (d.Printer != "" || d.PrintedOn != "") {
		rows = append(rows, d.Printer+"\t"+d.PrintedOn+"印发")
	}
	if len(rows) == 0 {
		return
	}
	rules := "" // the same for every row: only so do all stand in one frame, also in LibreOffice
	if d.Form != Letter {
		rules = `<w:pBdr>` + rule("top", 8) + rule("bottom", 8) + `</w:pBdr>`
	}
	frame := fmt.Sprintf(`<w:framePr w:w="%d" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin"`+
		` w:xAlign="left" w:yAlign="bottom"/>%s`, lineWidth, rules)
	for i, row := range rows {
		if i > 0 { // underlined tabs are the rule between two rows: borders that differ would part the frame
			fmt.Fprintf(&b.xml, `<w:p><w:pPr><w:pStyle w:val="Imprint"/>%s<w:tabs><w:tab w:val="right" w:pos="%d"/>`+
				`</w:tabs><w:spacing w:line="80" w:lineRule="exact"/></w:pPr><w:r><w:rPr><w:sz w:val="8"/>`+
				`<w:u w:val="single"/></w:rPr><w:tab/><w:tab/></w:r></w:p>`+"\n", frame, lineWidth-300)
		}
		b.line("Imprint", fmt.Sprintf(`%s<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, frame, lineWidth-500),
			row)
	}
	b.line("AfterTable", `<w:spacing w:line="20" w:lineRule="exact"/>`, "")
}

// rule is a line above or below the imprint, in eighths of a point.
func rule(side string, size int) string {
	return fmt.Sprintf(`<w:%s w:val="single" w:sz="%d" w:space="1" w:color="000000"/>`, side, size)
}

// firstHeader is the header of a letter's first page: the sample's band, the issuer's name and both double lines.
func firstHeader(d Document) string {
	size := min(markSize(d.Head), 52)
	name := letterAt + float64(size)/2*25.4/72
	band := "Header"
	if d.Sample != "" {
		band = "Sample"
	}
	return declaration + `<w:hdr ` + wordNS + `>` +
		fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Title"/><w:framePr w:w="%d" w:h="%d" w:hRule="exact" w:wrap="around"`+
			` w:vAnchor="page" w:hAnchor="page" w:x="%d" w:y="%d"/>`+
			`<w:spacing w:line="%[2]d" w:lineRule="exact"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/>`+
			`<w:sz w:val="%[5]d"/><w:szCs w:val="%[5]d"/></w:rPr>`+
			`<w:t xml:space="preserve">%[6]s</w:t></w:r></w:p>`, mm(ruleWidth), size*10, mm((210-ruleWidth)/2),
			mm(letterAt), size, escape(d.Head)) +
		double(name+ruleBelow, "thickThinSmallGap") + // what stands free has to be followed by what does not
		`<w:p><w:pPr><w:pStyle w:val="` + band + `"/></w:pPr>` + run(Run{Text: d.Sample}) + `</w:p></w:hdr>`
}

// firstFooter is the footer of a letter's first page: the double line at its foot, and no number.
func firstFooter() string {
	return declaration + `<w:ftr ` + wordNS + `>` + double(297-ruleAbove, "thinThickSmallGap") +
		`<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>`
}

// double is a double line across the page, so many millimetres from its top.
func double(at float64, style string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Header"/><w:framePr w:w="%d" w:h="60" w:hRule="exact"`+
		` w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="%d" w:y="%d"/><w:pBdr><w:top w:val="%s" w:sz="24"`+
		` w:space="0" w:color="000000"/></w:pBdr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>`,
		mm(ruleWidth), mm((210-ruleWidth)/2), mm(at), style)
}
