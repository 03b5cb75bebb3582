// Package document writes official documents as .docx in the layout of GB/T 9704-2012, reads the text out
// of what offices upload (.docx, plain text, .csv, HTML) and comments on it in a copy. It knows pages, headings,
// tables and marks; what a document says, and whether a figure in it is right, is its callers' business.
// It draws no red head, emblem or seal.
package document

// Document is one official document; every part but the title may be empty. A line feed in a title
// breaks the line there, so that a long title breaks between words, as the standard asks.
type Document struct {
	Title       string
	Number      string // 发文字号, e.g. 演示〔2018〕1号
	Recipient   string // 主送机关; the colon after it is added
	Issuer      string // 发文机关署名
	Date        string // 成文日期, e.g. 2018年12月31日
	Sample      string // not empty: printed on a grey band at the top of every page, e.g. 演示样稿
	Wide        bool   // the pages lie on their long side: lists of many columns
	Blocks      []Block
	Enclosed    []string     // 附件说明: names of what goes along as files of its own
	Attachments []Attachment // listed below the text after those, numbered if there are more than one

	Form      Form
	Head      string   // 发文机关标志, or 信函's issuer, or ×××纪要; without it the form has no head
	Note      string   // 附注: in brackets below the day
	People    []People // of minutes
	Copies    string   // 抄送
	Printer   string   // 印发机关
	PrintedOn string   // 印发日期
}

// Attachment is an 附件: it starts on a new page under its own title.
type Attachment struct {
	Title  string
	Blocks []Block
}

// Block is a Heading, a Paragraph, a Table, a Chart, a Grid or a Pair.
type Block interface{ write(*body) }

// Heading is a heading of level 1 (一、) to 4 （1）; its text carries its own number. Level 0 is the
// centred title of one part of a document that has several parts.
type Heading struct {
	Level int
	Text  string
}

// Paragraph is body text: 仿宋 16 pt, the first line indented by two characters.
type Paragraph struct{ Runs []Run }

// Text is a paragraph of plain text.
func Text(s string) Paragraph { return Paragraph{Runs: []Run{{Text: s}}} }

// Run is text of one look within a paragraph or a table cell. A line feed breaks the line.
type Run struct {
	Text   string
	Bold   bool
	Mark   bool   // highlighted: a figure that is incomplete or no longer matches its source
	Link   string // an http(s) address, or "#" and the Anchor of a run of this document; looks like other text
	Anchor string // any text that is unique in the document
}

// Table is a table as wide as the text, in 12 pt type; its header row is repeated on every page. A cell that is empty
// beside filled ones gets a dash; a column that is empty from top to bottom is to be filled in by hand. A table without
// rows says that there is nothing.
type Table struct {
	Caption string
	Columns []Column
	Rows    [][]Run // one run per cell, as many as there are columns
	Small   bool    // in 9 pt type: many columns
	Gaps    bool    // empty cells stay empty: rows go on below one that says it already
}

// Row is a row of a table whose cells are plain texts.
func Row(texts ...string) (cells []Run) {
	for _, text := range texts {
		cells = append(cells, Run{Text: text})
	}
	return cells
}

// Column is a column's header, its width relative to the other columns (0 counts as 1), and how its
// cells are aligned.
type Column struct {
	Head  string
	Width int
	Align Align
}

// Align is where the text of a cell stands.
type Align int

const (
	Left Align = iota
	Center
	Right
)
