package document

// The part of a .docx that holds comments: found or made, and registered with the package.

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// comments adds to the comments of a .docx, or makes the part that holds them.
type comments struct {
	pen    *pen
	strict bool // ISO/IEC 29500 strict has other names for everything
	part   string
	exists bool
	w      string // namespace prefix
	text   strings.Builder
	next   int // number of the next comment
}

const (
	contentTypes = "[Content_Types].xml"
	commentType  = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
	strictRel    = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
	relsURI      = "http://schemas.openxmlformats.org/package/2006/relationships"
)

func newComments(p *pen, strict bool) (*comments, error) {
	c := &comments{pen: p, strict: strict, w: "w:", next: p.content.parts[0].lastID + 1}
	for _, name := range []string{contentTypes, c.rels()} {
		if p.archive.file(name) == nil && name != contentTypes {
			continue
		}
		if err := p.load(name); err != nil {
			return nil, err
		}
	}
	if p.raw[c.rels()] != nil {
		err := p.archive.each(c.rels(), func(token xml.Token, _ place) error {
			e, ok := token.(xml.StartElement)
			if target := attr(e, "Target"); ok && strings.HasSuffix(attr(e, "Type"), "/comments") {
				c.exists, c.part = true, path.Join(path.Dir(p.content.main), target)
				if strings.HasPrefix(target, "/") {
					c.part = path.Join(".", target[1:])
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if !c.exists {
		c.part = c.freeName()
		return c, nil
	}
	if err := p.load(c.part); err != nil {
		return nil, err
	}
	return c, p.archive.each(c.part, func(token xml.Token, at place) error {
		e, ok := token.(xml.StartElement)
		if ok && e.Name.Local == "comments" {
			c.w = p.prefix(c.part, at.from)
		}
		if id, err := strconv.Atoi(attr(e, "id")); err == nil && e.Name.Local == "comment" {
			c.next = max(c.next, id+1)
		}
		return nil
	})
}

// load reads a part that will be changed.
func (p *pen) load(name string) (err error) {
	p.raw[name], err = p.archive.bytes(name)
	return err
}

// bytes are the content of a part.
func (a *archive) bytes(name string) ([]byte, error) {
	if a.file(name) == nil {
		return nil, refuse(damaged, errors.New(name+" is missing"))
	}
	content, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	limit := max(a.left, 0)
	if a.ours {
		limit = math.MaxInt64 - 1
	}
	all := bytes.NewBuffer(make([]byte, 0, min(a.file(name).UncompressedSize64, maxUnzipped)+bytes.MinRead))
	n, err := all.ReadFrom(io.LimitReader(content, limit+1))
	if err == nil && n > limit {
		err = errTooLarge
	}
	if err != nil {
		return nil, refuse(damaged, err)
	}
	if !a.ours {
		a.left -= n
	}
	return all.Bytes(), nil
}

func (c *comments) rels() string {
	dir, base := path.Split(c.pen.content.main)
	return dir + "_rels/" + base + ".rels"
}

// freeName is a name for the part that neither the package nor its list of types has.
func (c *comments) freeName() string {
	for i := 0; ; i++ {
		name := path.Join(path.Dir(c.pen.content.main), "comments"+strings.TrimPrefix(strconv.Itoa(i), "0")+".xml")
		if c.pen.archive.file(name) == nil && !bytes.Contains(c.pen.raw[contentTypes], []byte(`"/`+name+`"`)) {
			return name
		}
	}
}

// add adds a comment. The type is small and its lines single, whatever the document's are.
func (c *comments) add(n Note, lead string, at time.Time) {
	initial, _ := utf8.DecodeRuneInString(n.Author)
	w := c.w
	fmt.Fprintf(&c.text, `<%scomment %[1]sid="%[2]d" %[1]sauthor="%[3]s" %[1]sdate="%[4]s" %[1]sinitials="%[5]s">`, w, c.next,
		escape(n.Author), at.Format("2006-01-02T15:04:05Z"), escape(string(initial)))
	for line := range strings.SplitSeq(strings.ReplaceAll(lead+n.Text, "\r", ""), "\n") {
		fmt.Fprintf(&c.text, `<%sp><%[1]spPr><%[1]sspacing %[1]sbefore="0" %[1]safter="0" %[1]sline="240" %[1]slineRule="auto"/>`+
			`<%[1]sind %[1]sleft="0" %[1]sfirstLine="0"/><%[1]sjc %[1]sval="left"/></%[1]spPr>`+
			`<%[1]sr><%[1]srPr><%[1]ssz %[1]sval="20"/><%[1]sszCs %[1]sval="20"/></%[1]srPr><%[1]st xml:space="preserve">%[2]s</%[1]st></%[1]sr></%[1]sp>`,
			w, escape(line))
	}
	fmt.Fprintf(&c.text, `</%scomment>`, w)
	c.next++
}

// save puts the comments into the package.
func (c *comments) save() error {
	if c.exists {
		return c.pen.appendTo(c.part, func(string) string { return c.text.String() })
	}
	uri, rel := wordURI, relType
	if c.strict {
		uri, rel = strictURI, strictRel
	}
	c.pen.added = append(c.pen.added, part{c.part,
		[]byte(declaration + `<w:comments xmlns:w="` + uri + `">` + c.text.String() + `</w:comments>`)})
	err := c.pen.appendTo(contentTypes, func(prefix string) string {
		return fmt.Sprintf(`<%sOverride PartName="/%s" ContentType="%s"/>`, prefix, escape(c.part), commentType)
	})
	if err != nil {
		return err
	}
	rels := c.rels()
	relationship := func(prefix string) string {
		id := "comments"
		for bytes.Contains(c.pen.raw[rels], []byte(`"`+id+`"`)) {
			id += "1"
		}
		return fmt.Sprintf(`<%sRelationship Id="%s" Type="%scomments" Target="/%s"/>`, prefix, id, rel, escape(c.part))
	}
	if c.pen.raw[rels] == nil {
		c.pen.added = append(c.pen.added, part{rels,
			[]byte(declaration + `<Relationships xmlns="` + relsURI + `">` + relationship("") + `</Relationships>`)})
		return nil
	}
	return c.pen.appendTo(rels, relationship)
}

// appendTo adds to the end of the root of a part what make makes of the root's prefix.
func (p *pen) appendTo(name string, make func(prefix string) string) error {
	root, end := place{-1, -1}, place{}
	err := p.archive.each(name, func(token xml.Token, at place) error {
		switch token.(type) {
		case xml.StartElement:
			if root.from < 0 {
				root = at
			}
		case xml.EndElement:
			end = at
		}
		return nil
	})
	if err != nil {
		return err
	}
	if root.from < 0 {
		return refuse(damaged, errors.New(name+" is empty"))
	}
	raw := p.raw[name]
	prefix := prefix(raw[root.from:])
	text := make(prefix)
	if end.from == end.to { // <root/>
		tag := raw[root.from+1 : root.to-2]
		label, _, _ := strings.Cut(string(bytes.ReplaceAll(tag, []byte("\n"), []byte(" "))), " ")
		p.edits[name] = append(p.edits[name],
			edit{place{root.to - 2, root.to}, within, ">" + text + "</" + label + ">"})
		return nil
	}
	p.insert(name, end.from, before, text)
	return nil
}
