package document

// The body of an official document by GB/T 9704-2012: sizes, indents, signature. The package around it is write.go's.

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Lengths are in twips, 1/20 pt. The text area of 156 × 225 mm lies 37 mm below the top and 28 mm from
// the left of A4; the dashes of the page number lie 7 mm below it.
const (
	lineWidth = 8845
	wideWidth = 12756 // of a page that lies on its long side
)

// section says what the pages are like; a letter's first page has a header of its own and no number.
func section(d Document) string {
	first, title := "", ""
	if d.letter() {
		first = `<w:headerReference w:type="first" r:id="headerFirst"/>` +
			`<w:footerReference w:type="first" r:id="footerFirst"/>`
		title = `<w:titlePg/>`
	}
	return `<w:sectPr>` + first +
		`<w:headerReference w:type="default" r:id="headerOdd"/><w:headerReference w:type="even" r:id="headerEven"/>` +
		`<w:footerReference w:type="default" r:id="footerOdd"/><w:footerReference w:type="even" r:id="footerEven"/>` +
		page(d.Wide) + title + `</w:sectPr>`
}

func page(wide bool) string {
	if wide {
		return `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>` +
			`<w:pgMar w:top="1587" w:right="2098" w:bottom="1474" w:left="1984" w:header="907" w:footer="907" w:gutter="0"/>`
	}
	return `<w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="907" w:footer="1428" w:gutter="0"/>`
}

// letter says whether the document has a letter's head.
func (d Document) letter() bool { return d.Form == Letter && d.Head != "" }

// body is document.xml in the making.
type body struct {
	xml       strings.Builder
	width     int             // of the text
	keep      bool            // a signature follows the blocks that are written next
	anchors   map[string]bool // written so far
	targets   []string        // anchors linked to
	addresses []string        // web addresses linked to
	charts    []string        // parts of the package
	err       error           // the first thing that could not be written
}

func (b *body) fail(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf(format, args...)
	}
}

func (b *body) document(d Document) {
	b.xml.WriteString(declaration + `<w:document ` + wordNS + ` ` + relNS + `><w:body>` + "\n")
	if b.width = lineWidth; d.Wide {
		b.width = wideWidth
	}
	b.head(d)
	b.line("Title", "", titled(d.Title, b.width))
	b.line("Normal", "", "")
	if d.Recipient != "" {
		b.line("Normal", "", strings.TrimRight(d.Recipient, "：:")+"：")
	}
	b.keep = d.Issuer+d.Date != ""
	b.blocks(d.Blocks)
	b.attachmentList(d)
	b.signature(d.Issuer, d.Date)
	if d.Note != "" { // two characters in, by 7.3.6
		b.line("Body", "", "（"+d.Note+"）")
	}
	b.people(d.People)
	for i, a := range d.Attachments {
		label := "附件"
		if len(d.Enclosed)+len(d.Attachments) > 1 {
			label = fmt.Sprintf("附件%d", len(d.Enclosed)+i+1)
		}
		b.line("Attachment", "", label)
		b.line("Normal", "", "")
		b.line("Title", "", titled(a.Title, b.width))
		b.line("Normal", "", "")
		b.blocks(a.Blocks)
	}
	b.imprint(d)
	if b.afterTable() { // a document ends with a paragraph; this one is too low to open a page
		b.line("AfterTable", `<w:spacing w:line="20" w:lineRule="exact"/>`, "")
	}
	b.xml.WriteString(section(d) + `</w:body></w:document>`)
	for _, target := range b.targets {
		if !b.anchors[target] {
			b.fail("a link to %q, but no run has this anchor", target)
		}
	}
}

// blocks writes blocks. The last words of a text stay with the signature below them: it never stands alone on a page.
// Nor do the words that lead to a table, a form or a chart stay behind it.
func (b *body) blocks(blocks []Block) {
	keep := b.keep
	b.keep = false
	for i, block := range blocks {
		if b.afterTable() {
			b.line("AfterTable", "", "")
		}
		if p, is := block.(Paragraph); is && (keep && i == len(blocks)-1 || i+1 < len(blocks) && led(blocks[i+1])) {
			b.paragraph("Body", `<w:keepNext/>`, p.Runs)
			continue
		}
		block.write(b)
	}
}

// led says whether a block is one to which words lead.
func led(block Block) bool {
	switch block.(type) {
	case Table, Grid, Chart:
		return true
	}
	return false
}

func (b *body) afterTable() bool { return strings.HasSuffix(b.xml.String(), tableEnd) }

// attachmentList is the 附件说明: a line below the text, and every name hangs under its own first character.
func (b *body) attachmentList(d Document) {
	list := slices.Clone(d.Enclosed)
	for _, a := range d.Attachments {
		list = append(list, strings.ReplaceAll(a.Title, "\n", ""))
	}
	if len(list) == 0 {
		return
	}
	b.line("Normal", `<w:keepNext/>`, "")
	lead := "附件："
	for i, name := range list {
		number := ""
		if len(list) > 1 {
			number = fmt.Sprintf("%d.", i+1)
		}
		start := indent + width("附件：") + width(number)
		b.line("Normal", fmt.Sprintf(`<w:keepNext/><w:ind w:left="%d" w:hanging="%d"/>`, start, width(lead+number)),
			lead+number+name)
		lead = ""
	}
}

// signature sets issuer and date by GB/T 9704-2012, 7.3.5.2 (no seal): the issuer ends two characters
// before the margin and the date starts two characters after the issuer's start; a date longer than the
// issuer ends two characters before the margin and moves the issuer to the left.
func (b *body) signature(issuer, date string) {
	if issuer == "" && date == "" {
		return
	}
	start := b.width - indent - width(issuer)
	if width(date) > width(issuer) {
		start = b.width - 2*indent - width(date)
	}
	start = max(start, 0)
	b.line("Normal", `<w:keepNext/>`, "")
	if issuer != "" {
		b.line("Signature", fmt.Sprintf(`<w:keepNext/><w:ind w:left="%d"/>`, start), issuer)
	}
	if date != "" { // it may reach into the margin rather than break
		b.line("Signature", fmt.Sprintf(`<w:ind w:left="%d" w:right="%d"/>`, start+indent, -indent), date)
	}
}

const indent = 640 // two characters

// width is how long s is in body type: 16 pt a Chinese character, 8 pt any other, each 0.25 pt tighter.
func width(s string) int {
	w := 0
	for _, r := range s {
		if r < 0x2E80 {
			w += 155
		} else {
			w += 315
		}
	}
	return w
}

func (h Heading) write(b *body) {
	switch {
	case h.Level < 0 || h.Level > 4:
		b.fail("heading %q has level %d", h.Text, h.Level)
	case h.Level == 0:
		b.line("Part", "", h.Text)
	default:
		b.line(fmt.Sprintf("Heading%d", h.Level), "", h.Text)
	}
}

func (p Paragraph) write(b *body) { b.paragraph("Body", "", p.Runs) }

func (b *body) line(style, properties, text string) {
	if text == "" {
		b.paragraph(style, properties, nil)
		return
	}
	b.paragraph(style, properties, []Run{{Text: text}})
}

// paragraph writes a paragraph; properties are w:pPr elements in the order of the schema.
func (b *body) paragraph(style, properties string, runs []Run) {
	b.xml.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + properties + `</w:pPr>`)
	for _, r := range runs {
		b.run(r)
	}
	b.xml.WriteString("</w:p>\n")
}

func (b *body) run(r Run) {
	text := run(r)
	if r.Link != "" {
		text = `<w:hyperlink ` + b.target(r.Link) + `>` + text + `</w:hyperlink>`
	}
	if r.Anchor != "" {
		if b.anchors[r.Anchor] {
			b.fail("two runs have the anchor %q", r.Anchor)
		}
		b.anchors[r.Anchor] = true
		id := len(b.anchors)
		text = fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%d"/>`, id,
			bookmark(r.Anchor), text, id)
	}
	b.xml.WriteString(text)
}

// target is the attribute of w:hyperlink that leads to link.
func (b *body) target(link string) string {
	if anchor, ok := strings.CutPrefix(link, "#"); ok {
		b.targets = append(b.targets, anchor)
		return `w:anchor="` + bookmark(anchor) + `"`
	}
	address, err := url.Parse(link)
	if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" {
		b.fail("%q is not a web address", link)
		return ""
	}
	b.addresses = append(b.addresses, address.String())
	return fmt.Sprintf(`r:id="link%d"`, len(b.addresses))
}

// bookmark makes a name Word accepts (a letter first, at most 40 letters, digits and _) of any text.
func bookmark(anchor string) string {
	return fmt.Sprintf("ref_%x", sha256.Sum256([]byte(anchor)))[:36]
}

// run writes the text itself. The hint sets “”, —, … and the like in the Chinese font.
func run(r Run) string {
	look := `<w:rFonts w:hint="eastAsia"/>`
	if r.Bold {
		look += `<w:b/>`
	}
	if r.Mark {
		look += `<w:highlight w:val="yellow"/>`
	}
	text := strings.NewReplacer(
		"&#xA;", `</w:t><w:br/><w:t xml:space="preserve">`,
		"&#x9;", `</w:t><w:tab/><w:t xml:space="preserve">`,
	).Replace(escape(r.Text))
	return `<w:r><w:rPr>` + look + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

// Numeral is a number below 100 as headings count, 十二; a larger one in digits.
func Numeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	case n < 100:
		return digits[n/10] + "十" + digits[n%10]
	}
	return strconv.Itoa(n)
}
