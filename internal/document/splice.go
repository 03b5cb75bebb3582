package document

// Changes single bytes of a .docx and leaves all others: encoding XML anew would lose what we do not know.

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// pen changes bytes of the parts of a .docx and leaves all others as they are: decoding and encoding XML anew would
// lose namespaces that Word depends on.
type pen struct {
	archive *archive
	content content
	sources []source
	raw     map[string][]byte // by part
	edits   map[string][]edit
	cuts    map[int]map[int]*cut // by the source and the code point they stand before
	added   []part
}

type edit struct {
	place
	order int // of edits that begin at one byte
	text  string
}

const (
	behind = iota // what ends here
	before        // what begins here
	within
)

// cut is what stands between two halves of a run.
type cut struct{ ends, starts string }

type part struct {
	name    string
	content []byte
}

func (p *pen) insert(part string, at int64, order int, text string) {
	p.edits[part] = append(p.edits[part], edit{place{at, at}, order, text})
}

func (p *pen) cut(source, at int) *cut {
	if p.cuts[source] == nil {
		p.cuts[source] = map[int]*cut{}
	}
	if p.cuts[source][at] == nil {
		p.cuts[source][at] = new(cut)
	}
	return p.cuts[source][at]
}

// prefix is the namespace prefix, with its colon, of the tag that starts at from.
func (p *pen) prefix(part string, from int64) string { return prefix(p.raw[part][from:]) }

func prefix(tag []byte) string {
	if end := bytes.IndexAny(tag, ": \t\r\n/>"); end > 0 && tag[end] == ':' {
		return string(tag[1 : end+1])
	}
	return ""
}

func (p *pen) startMark(part string, u *unit, id int) string {
	w := p.prefix(part, u.paragraph)
	return fmt.Sprintf(`<%scommentRangeStart %[1]sid="%d"/>`, w, id)
}

// endMark ends a comment with the look of the run before it, lest the mark make its line higher.
func (p *pen) endMark(part string, u *unit, r *textRun, id int) string {
	w, look := p.prefix(part, u.paragraph), ""
	if r != nil && p.prefix(part, r.from) == w {
		look = p.look(part, r, Plain, true)
	}
	return fmt.Sprintf(`<%scommentRangeEnd %[1]sid="%[2]d"/><%[1]sr>%[3]s<%[1]scommentReference %[1]sid="%[2]d"/></%[1]sr>`, w, id, look)
}

// afterShade are the elements of w:rPr that follow w:shd (ECMA-376 part 1, 17.3.2.28).
var afterShade = set("fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange")

// look is the w:rPr of a run, with a colour behind it if level has one. A copy goes without tracked changes.
func (p *pen) look(part string, r *textRun, level Level, isCopy bool) string {
	raw := p.raw[part][r.look.from:r.look.to]
	if level == Plain && !isCopy {
		return string(raw)
	}
	w, shade := p.prefix(part, r.from), ""
	if level != Plain {
		shade = fmt.Sprintf(`<%sshd %[1]sval="clear" %[1]scolor="auto" %[1]sfill="%s"/>`, w, fills[level])
	}
	var b strings.Builder
	d, depth, from, name := xml.NewDecoder(bytes.NewReader(raw)), 0, int64(0), ""
	for {
		start := d.InputOffset()
		token, err := d.RawToken()
		if err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth == 2 {
				from, name = start, t.Name.Local
			}
		case xml.EndElement:
			if depth--; depth != 1 {
				continue
			}
			if afterShade[name] {
				b.WriteString(shade)
				shade = ""
			}
			replaced := level != Plain && (name == "shd" || name == "highlight")
			tracked := isCopy && (name == "rPrChange" || name == "ins" || name == "del" ||
				name == "moveFrom" || name == "moveTo")
			if !replaced && !tracked {
				b.Write(raw[from:d.InputOffset()])
			}
		}
	}
	if b.WriteString(shade); b.Len() == 0 {
		return ""
	}
	return "<" + w + "rPr>" + b.String() + "</" + w + "rPr>"
}

// splitRuns carries out the cuts and colours the halves.
func (p *pen) splitRuns(levels levels) {
	for i := 0; i < len(p.sources); {
		run, first := p.sources[i].run, i
		for i++; i < len(p.sources) && p.sources[i].run == run; i++ {
		}
		if run == nil || p.prefix(p.sources[first].part, run.from) == "" {
			continue
		}
		for j := first; j < i; j++ {
			s := p.sources[j]
			if j > first && levels.at(s.start) != levels.at(s.start-1) {
				p.cut(j, s.start)
			}
			for _, at := range levels.between(s.start, s.end) {
				p.cut(j, at)
			}
		}
		p.splitRun(first, i, levels)
	}
}

// splitRun splits the run of sources[first:end].
func (p *pen) splitRun(first, end int, levels levels) {
	part, run := p.sources[first].part, p.sources[first].run
	raw := p.raw[part]
	tag, w := string(raw[run.from:run.start]), p.prefix(part, run.from)
	if level := levels.at(p.sources[first].start); level != Plain {
		look := run.look
		if look.to == 0 {
			look = place{run.start, run.start}
		}
		p.edits[part] = append(p.edits[part], edit{look, before, p.look(part, run, level, false)})
	}
	for j := first; j < end; j++ {
		s := p.sources[j]
		at := slices.Sorted(maps.Keys(p.cuts[j]))
		if len(at) == 0 {
			continue
		}
		between := func(k int) string {
			c := p.cut(j, k)
			return "</" + w + "r>" + c.ends + c.starts + tag + p.look(part, run, levels.at(k), false)
		}
		if at[0] == s.start {
			p.insert(part, s.from, within, between(s.start))
			at = at[1:]
		}
		if len(at) == 0 {
			continue
		}
		var b strings.Builder
		rest, t := s.text, p.prefix(part, s.from)+"t"
		write := func(text string) { b.WriteString(`<` + t + ` xml:space="preserve">` + escape(text) + `</` + t + `>`) }
		from := s.start
		for _, k := range at {
			n := bytesOf(rest, k-from)
			write(rest[:n])
			b.WriteString(between(k))
			rest, from = rest[n:], k
		}
		write(rest)
		p.edits[part] = append(p.edits[part], edit{s.place, within + 1, b.String()})
	}
}

// bytesOf is how many bytes of text give n code points of a flow.
func bytesOf(text string, n int) int {
	for i, r := range text {
		if n == 0 {
			return i
		}
		if plain(r) >= 0 {
			n--
		}
	}
	return len(text)
}

// spliced is the part with its edits.
func (p *pen) spliced(name string) []byte {
	edits, raw := p.edits[name], p.raw[name]
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.from, b.from),
			cmp.Compare(a.order, b.order))
	})
	size := len(raw)
	for _, e := range edits {
		size += len(e.text)
	}
	b := bytes.NewBuffer(make([]byte, 0, size))
	at := int64(0)
	for _, e := range edits {
		b.Write(raw[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.Write(raw[at:])
	return b.Bytes()
}

// write writes the package: parts without edits are copied as they are compressed.
func (p *pen) write(w io.Writer) error {
	changed := map[*zip.File][]byte{}
	for name := range p.edits {
		changed[p.archive.file(name)] = p.spliced(name)
	}
	z := zip.NewWriter(w)
	for _, f := range p.archive.files {
		content, ok := changed[f]
		if !ok {
			if err := z.Copy(f); err != nil {
				return refuse(damaged, err)
			}
			continue
		}
		if err := addAt(z, f.Name, content, f.Modified); err != nil {
			return err
		}
	}
	for _, part := range p.added {
		if err := add(z, part.name, part.content); err != nil {
			return err
		}
	}
	return z.Close()
}
