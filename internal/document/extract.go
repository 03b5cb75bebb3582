package document

// The text of a .docx part with the place of every piece, so that comments can be put there later.

import (
	"encoding/xml"
	"strconv"
)

// extractor collects the text of one part from its XML tokens, and where it stands.
type extractor struct {
	part   string
	root   string // the element the part must start with
	space  string // its namespace
	blocks []*block

	depth   int
	skip    int    // depth within an element whose content does not count
	skipped *place // what wants to know where that element ends
	open    []paragraph
	tables  []tableLevel
	into    []*[]*block // where the next block belongs
	runs    []*textRun  // more than one in a text box
	unit    *unit
	text    *piece // being read
	textEnd int    // its depth
	letters []byte
	note    string           // kind and number of the note being read
	notes   map[string]*unit // what refers to a note
	lastID  int              // the highest number of a comment
	room    *int             // how much more of all parts may be kept; nil: anything
}

// paragraph is an open one. More than one are open in a text box, which holds paragraphs within a paragraph.
type paragraph struct {
	*block
	from int64
	word bool // an element of Word's
}

// tableLevel is an open row or cell.
type tableLevel struct {
	row    *block
	isCell bool
	depth  int
}

// textRun is a w:r.
type textRun struct {
	place
	start int64 // the end of its start tag
	look  place // its w:rPr
	depth int
}

// unit is what stands directly in a paragraph of the document, mostly a run: comments may begin and end around it. They
// may not in a text box, which is part of a unit of the paragraph around it.
type unit struct {
	place
	paragraph int64 // where it starts
	depth     int
	note      string // the note it stands in
}

// transparent elements may hold the marks of comments, as a paragraph does.
var transparent = map[string]bool{"hyperlink": true, "ins": true, "moveTo": true, "fldSimple": true, "smartTag": true,
	"sdt": true, "sdtContent": true, "customXml": true, "dir": true, "bdo": true}

var wordSpace = map[string]bool{wordURI: true, strictURI: true}

const (
	wordURI   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strictURI = "http://purl.oclc.org/ooxml/wordprocessingml/main"
)

func newExtractor(part, root string) *extractor {
	x := &extractor{part: part, root: root, notes: map[string]*unit{}, lastID: -1}
	x.into = []*[]*block{&x.blocks}
	return x
}

func (x *extractor) visit(token xml.Token, at place) error {
	switch t := token.(type) {
	case xml.StartElement:
		if x.root != "" && x.root != t.Name.Local {
			return refuse(notWord, nil)
		}
		if x.root != "" {
			x.root, x.space = "", t.Name.Space
		}
		x.depth++
		x.start(t, at)
		if x.room != nil && *x.room < 0 {
			return refuse(tooLarge, nil)
		}
	case xml.EndElement:
		x.end(t.Name.Local, at)
		x.depth--
	case xml.CharData:
		if x.text != nil && x.skip == 0 {
			x.letters = append(x.letters, t...)
		}
	}
	return nil
}

// keep counts what stays in memory.
func (x *extractor) keep() {
	if x.room != nil {
		*x.room--
	}
}

func (x *extractor) start(e xml.StartElement, at place) {
	if x.skip > 0 {
		x.skip++
		return
	}
	name, word := e.Name.Local, wordSpace[e.Name.Space]
	switch name {
	case "rPr":
		if r := x.run(); r != nil {
			r.look.from, x.skipped = at.from, &r.look
		}
		x.skip = 1
		return
	case "pPr", // w:tab in it is a tab stop
		"del", "moveFrom", // tracked changes: what was there before
		"Fallback": // the same text again, for old programs
		x.skip = 1
		return
	}
	if x.unit == nil && len(x.open) > 0 && name != "p" && !transparent[name] {
		if p := x.open[len(x.open)-1]; p.word {
			x.keep()
			x.unit = &unit{place: at, paragraph: p.from, depth: x.depth, note: x.note}
		}
	}
	switch name {
	case "p":
		b := new(block)
		x.put(b)
		x.open = append(x.open, paragraph{b, at.from, word})
	case "r":
		if word {
			x.keep()
			x.runs = append(x.runs, &textRun{place: at, start: at.to, depth: x.depth})
		}
	case "t":
		if x.text == nil && len(x.open) > 0 {
			x.text, x.textEnd = x.piece(at), x.depth
		}
	case "tab":
		x.add("\t", at)
	case "br", "cr":
		x.add("\n", at)
	case "noBreakHyphen":
		x.add("-", at)
	default:
		x.startOther(name, e)
	}
}

func (x *extractor) startOther(name string, e xml.StartElement) {
	switch name {
	case "tr":
		b := &block{cells: []*cell{}}
		x.put(b)
		x.tables = append(x.tables, tableLevel{b, false, x.depth})
	case "tc":
		if n := len(x.tables); n > 0 && !x.tables[n-1].isCell {
			row := x.tables[n-1].row
			x.keep()
			c := new(cell)
			row.cells = append(row.cells, c)
			x.tables = append(x.tables, tableLevel{row, true, x.depth})
			x.into = append(x.into, &c.blocks)
		}
	case "gridSpan":
		if n := len(x.tables); n > 0 && x.tables[n-1].isCell {
			row := x.tables[n-1].row
			span, _ := strconv.Atoi(attr(e, "val"))
			row.cells[len(row.cells)-1].span = min(span, 63) // as many columns as Word allows
		}
	case "footnote", "endnote":
		x.note = name + attr(e, "id")
	case "footnoteReference", "endnoteReference":
		x.keep()
		x.notes[name[:len(name)-len("Reference")]+attr(e, "id")] = x.unit
	case "commentRangeStart", "commentReference":
		if id, err := strconv.Atoi(attr(e, "id")); err == nil {
			x.lastID = max(x.lastID, id)
		}
	}
}

func (x *extractor) end(name string, at place) {
	if x.skip > 0 {
		if x.skip--; x.skip == 0 && x.skipped != nil {
			x.skipped.to, x.skipped = at.to, nil
		}
		return
	}
	switch {
	case x.text != nil && x.depth == x.textEnd:
		x.text.text, x.text.to = string(x.letters), at.to
		x.text, x.letters = nil, x.letters[:0]
	case name == "p":
		x.open = x.open[:len(x.open)-1]
	}
	if n := len(x.runs); n > 0 && x.runs[n-1].depth == x.depth {
		x.runs[n-1].to = at.to
		x.runs = x.runs[:n-1]
	}
	if n := len(x.tables); n > 0 && x.tables[n-1].depth == x.depth {
		if x.tables[n-1].isCell {
			x.into = x.into[:len(x.into)-1]
		}
		x.tables = x.tables[:n-1]
	}
	if x.unit != nil && x.unit.depth == x.depth {
		x.unit.to, x.unit = at.to, nil
	}
}

func (x *extractor) put(b *block) {
	x.keep()
	into := x.into[len(x.into)-1]
	*into = append(*into, b)
}

// run is the run that the element just started stands in directly, or nil.
func (x *extractor) run() *textRun {
	if n := len(x.runs); n > 0 && x.runs[n-1].depth == x.depth-1 {
		return x.runs[n-1]
	}
	return nil
}

func (x *extractor) add(text string, at place) {
	if len(x.open) > 0 {
		x.piece(at).text = text
	}
}

// piece adds an empty piece to the open paragraph.
func (x *extractor) piece(at place) *piece {
	x.keep()
	b := x.open[len(x.open)-1].block
	p := &piece{place: at, part: x.part, run: x.run(), unit: x.unit}
	b.pieces = append(b.pieces, p)
	return p
}
