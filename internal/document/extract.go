package document

import (
	"encoding/xml"
	"strings"
)

// extractor collects the text of one part from its XML tokens.
type extractor struct {
	root   string             // the element the part must start with
	all    []*strings.Builder // in the order in which paragraphs start
	open   []*strings.Builder // more than one in a text box, which holds paragraphs within a paragraph
	inText bool
	skip   int // depth within an element whose content does not count
}

func (x *extractor) visit(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if x.root != "" && x.root != t.Name.Local {
			return refuse(notWord, nil)
		}
		x.root = ""
		x.start(t.Name.Local)
	case xml.EndElement:
		x.end(t.Name.Local)
	case xml.CharData:
		if x.inText {
			x.add(string(t))
		}
	}
	return nil
}

func (x *extractor) start(name string) {
	if x.skip > 0 {
		x.skip++
		return
	}
	switch name {
	case "pPr", "rPr", // w:tab in them is a tab stop
		"del", "moveFrom", // tracked changes: what was there before
		"Fallback": // the same text again, for old programs
		x.skip = 1
	case "p":
		p := new(strings.Builder)
		x.all, x.open = append(x.all, p), append(x.open, p)
	case "t":
		x.inText = true
	case "tab":
		x.add("\t")
	case "br", "cr":
		x.add("\n")
	case "noBreakHyphen":
		x.add("-")
	}
}

func (x *extractor) end(name string) {
	switch {
	case x.skip > 0:
		x.skip--
	case name == "t":
		x.inText = false
	case name == "p":
		x.open = x.open[:len(x.open)-1]
	}
}

func (x *extractor) add(text string) {
	if len(x.open) > 0 {
		x.open[len(x.open)-1].WriteString(text)
	}
}

func (x *extractor) paragraphs() []string {
	var texts []string
	for _, p := range x.all {
		if strings.TrimSpace(p.String()) != "" {
			texts = append(texts, p.String())
		}
	}
	return texts
}
