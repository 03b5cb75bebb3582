package document

// Comments and colours put on a .docx at the places of its text. How bytes are spliced is splice.go's, how comments are
// stored comments.go's.

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/errs"
)

// Note is a comment on part of a text. Start and End are code points of the text that ReadText gives; Text may have
// several lines.
type Note struct {
	Start, End   int
	Author, Text string
	Level        Level
}

// Level is the colour behind the text that a note is on. Where notes overlap, the higher level shows.
type Level int

const (
	Plain     Level = iota // no colour
	Unknown                // grey
	Published              // violet
	Good                   // green
	Near                   // yellow
	Changed                // blue
	Wrong                  // red
)

// fills are the colours, light enough to read through.
var fills = [...]string{Unknown: "EDEDED", Published: "E4DFEC", Good: "E2F0D9",
	Near: "FFF2CC", Changed: "DDEBF7", Wrong: "F8CBAD"}

// Annotate writes original, a .docx, with a Word comment for every note and changes nothing else in it. at is the date
// of the comments, shown as it is, without regard to time zones. Word allows no comments in footnotes, endnotes and
// text boxes: there the comment stands at the note's number or at the box, and only the colour on the text itself.
// missed is how many notes have no place, because they are on no text or on a footnote that nothing refers to. What
// ReadText refuses is refused likewise, and without notes the copy is the original.
func Annotate(w io.Writer, original []byte, notes []Note, at time.Time) (missed int, err error) {
	if len(original) > maxFile {
		return 0, errs.Invalidf(bigFile)
	}
	c, err := readWord(original)
	if err != nil {
		return 0, err
	}
	if len(notes) == 0 {
		_, err = w.Write(original)
		return 0, err
	}
	a, err := unpack(bytes.NewReader(original), int64(len(original))) // what may be unzipped counts anew
	if err != nil {
		return 0, err
	}
	a.left *= 2 // what is changed is read once to find its place and once to be written
	f := new(flow)
	f.lines(c.blocks)
	return annotate(w, a, c, f.sources, notes, at)
}

func annotate(w io.Writer, a *archive, c content, sources []source, notes []Note,
	at time.Time) (missed int, err error) {
	p := pen{archive: a, content: c, sources: sources, raw: map[string][]byte{}, edits: map[string][]edit{},
		cuts: map[int]map[int]*cut{}}
	for _, x := range c.parts {
		if p.raw[x.part], err = a.bytes(x.part); err != nil {
			return 0, err
		}
	}
	comments, err := newComments(&p, c.parts[0].space == strictURI)
	if err != nil {
		return 0, err
	}
	// In the order of the text, so that comments are numbered as they are read.
	notes = slices.Clone(notes)
	slices.SortStableFunc(notes, func(a, b Note) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start),
			cmp.Compare(b.End, a.End))
	})
	var placed []Note
	for _, n := range notes {
		if n.Level < Plain || n.Level > Wrong {
			n.Level = Plain
		}
		if s, ok := p.span(n); ok && p.mark(s, comments.next) {
			n.Start, n.End = s.start, s.end
			comments.add(n, p.lead(s), at)
			placed = append(placed, n)
		} else {
			missed++
		}
	}
	p.splitRuns(levelsOf(placed))
	if len(placed) > 0 {
		if err := comments.save(); err != nil {
			return 0, err
		}
	}
	return missed, p.write(w)
}

// span is what a note is on: sources[first] to sources[last].
type span struct{ first, last, start, end int }

// span finds the text of a note and leaves out the line ends and tabs around it that stand in no piece.
func (p *pen) span(n Note) (span, bool) {
	first, _ := slices.BinarySearchFunc(p.sources, n.Start,
		func(s source, at int) int { return cmp.Compare(s.end, at+1) })
	last, _ := slices.BinarySearchFunc(p.sources, n.End, func(s source, at int) int { return cmp.Compare(s.start, at) })
	last--
	if n.Start < 0 || n.Start >= n.End || first > last {
		return span{}, false
	}
	return span{first, last, max(n.Start, p.sources[first].start), min(n.End, p.sources[last].end)}, true
}

// mark puts the marks of a comment around a span, if they may stand anywhere.
func (p *pen) mark(s span, id int) bool {
	first, last := p.sources[s.first], p.sources[s.last]
	if first.unit == nil || last.unit == nil {
		return false
	}
	// into a note, or back into a text box: it stays where it starts
	if last.part != first.part || last.from < first.from {
		last, s.last, s.end = first, s.first, first.end
	}
	if p.prefix(first.part, first.unit.paragraph) == "" || p.prefix(last.part, last.unit.paragraph) == "" {
		return false // attributes need a prefix; Word and WPS always write it
	}
	if first.unit.note != "" {
		ref := p.content.parts[0].notes[first.unit.note]
		if ref == nil || ref.note != "" {
			return false
		}
		main := p.content.main
		p.insert(main, ref.from, before, p.startMark(main, ref, id))
		p.insert(main, ref.to, behind, p.endMark(main, ref, nil, id))
		return true
	}
	if !first.splits() || s.start == first.start && p.firstOfRun(s.first) {
		p.insert(first.part, first.unit.from, before, p.startMark(first.part, first.unit, id))
	} else {
		c := p.cut(s.first, s.start)
		c.starts += p.startMark(first.part, first.unit, id)
	}
	end := p.endMark(last.part, last.unit, last.run, id)
	switch next := s.last + 1; {
	case !last.splits() || s.end == last.end && p.lastOfRun(s.last):
		p.insert(last.part, last.unit.to, behind, end)
	case s.end == last.end:
		c := p.cut(next, s.end)
		c.ends += end
	default:
		c := p.cut(s.last, s.end)
		c.ends += end
	}
	return true
}

// splits says whether the marks of a comment may stand in the middle of the run.
func (s source) splits() bool { return s.run != nil && s.run.from == s.unit.from }

func (p *pen) firstOfRun(i int) bool { return i == 0 || p.sources[i-1].run != p.sources[i].run }
func (p *pen) lastOfRun(i int) bool {
	return i+1 == len(p.sources) || p.sources[i+1].run != p.sources[i].run
}

// lead says which words the comment is on if it cannot stand at them.
func (p *pen) lead(s span) string {
	note := p.sources[s.first].unit.note
	if note == "" {
		return ""
	}
	var words []rune
	for _, source := range p.sources[s.first : s.last+1] {
		from, to := max(s.start, source.start), min(s.end, source.end)
		words = append(words, []rune(strings.Map(plain, source.text))[from-source.start:to-source.start]...)
	}
	kind := "脚注"
	if note[0] == 'e' {
		kind = "尾注"
	}
	return kind + "中的“" + string(words) + "”："
}

// levels are the colours of a text from its start to its end.
type levels []step

type step struct {
	from  int
	level Level
}

func levelsOf(notes []Note) levels {
	type change struct {
		at, by int
		level  Level
	}
	var changes []change
	for _, n := range notes {
		changes = append(changes, change{n.Start, 1, n.Level}, change{n.End, -1, n.Level})
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	var open [len(fills)]int
	var steps levels
	for i, c := range changes {
		open[c.level] += c.by
		if i+1 < len(changes) && changes[i+1].at == c.at {
			continue
		}
		top := Wrong
		for top > Plain && open[top] == 0 {
			top--
		}
		steps = append(steps, step{c.at, top})
	}
	return steps
}

func (l levels) at(k int) Level {
	i, _ := slices.BinarySearchFunc(l, k+1, func(s step, at int) int { return cmp.Compare(s.from, at) })
	if i == 0 {
		return Plain
	}
	return l[i-1].level
}

// between are the steps that change the colour behind start and before end.
func (l levels) between(start, end int) (at []int) {
	i, _ := slices.BinarySearchFunc(l, start+1, func(s step, at int) int { return cmp.Compare(s.from, at) })
	for ; i < len(l) && l[i].from < end; i++ {
		if before := l.at(l[i].from - 1); before != l[i].level {
			at = append(at, l[i].from)
		}
	}
	return at
}
