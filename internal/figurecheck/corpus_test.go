package figurecheck

// Figures of real passages are found as people have labelled them, and those of the published report all of them.
// Whether a figure is right is the business of package check.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// passage is a text with the figures that a person marked in it: see testdata/README.md.
type passage struct {
	name, text string
	labels     []Figure
}

// readPassage takes the marks ⟦…⟧ out of a file and sets each beside its line.
func readPassage(t testing.TB, path string) passage {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	body, lines, found := strings.Cut(string(raw), "\n----\n")
	if !found {
		t.Fatalf("%s has no line ---- before its labels", path)
	}
	rows := strings.Split(strings.TrimSpace(lines), "\n")
	p := passage{name: filepath.Base(path)}
	for i, piece := range strings.Split(body, "⟦") {
		marked, rest, closed := strings.Cut(piece, "⟧")
		if i == 0 {
			p.text = piece
			continue
		}
		if !closed || i > len(rows) {
			t.Fatalf("%s: mark %d %.20q is not closed or has no label", path, i, piece)
		}
		l := readLabel(t, path, rows[i-1])
		if l.Text != marked {
			t.Fatalf("%s: mark %d is %q, its label says %q", path, i, marked, l.Text)
		}
		l.Start = utf8.RuneCountInString(p.text)
		l.End = l.Start + utf8.RuneCountInString(marked)
		p.labels = append(p.labels, l)
		p.text += marked + rest
	}
	if len(p.labels) != len(rows) {
		t.Fatalf("%s: %d marks, %d labels", path, len(p.labels), len(rows))
	}
	return p
}

// readLabel reads "text | kind | value | unit | qualifier | direction", the last ones optional.
func readLabel(t testing.TB, path, row string) Figure {
	t.Helper()
	fields := strings.Split(row, "|")
	for len(fields) < 6 {
		fields = append(fields, "")
	}
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	low, high, _ := strings.Cut(fields[2], "~")
	l := Figure{Text: fields[0], Kind: Kind(fields[1]), Value: low, Value2: high, Unit: fields[3],
		Qualifier: fields[4], Direction: fields[5]}
	if !l.Kind.Statistic() {
		t.Fatalf("%s: %q is no statistic", path, row)
	}
	return l
}

func passages(t testing.TB, pattern string) (all []passage) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no passages %s: %v", pattern, err)
	}
	for _, path := range paths {
		all = append(all, readPassage(t, path))
	}
	return all
}

// score counts what was found: a figure is right if its span overlaps a label with the same values and unit.
type score struct{ found, labelled, right, kind, words int }

func (s score) precision() float64 { return float64(s.right) / float64(s.found) }
func (s score) recall() float64    { return float64(s.right) / float64(s.labelled) }
func (s score) f1() float64        { return 2 * float64(s.right) / float64(s.found+s.labelled) }

func (s score) String() string {
	return fmt.Sprintf("precision %.4f recall %.4f F1 %.4f (%d labelled, %d found, %d right; kind right %d, qualifier and direction right %d)",
		s.precision(), s.recall(), s.f1(), s.labelled, s.found, s.right, s.kind, s.words)
}

// grade holds the figures found in p against its labels and says every difference.
func grade(p passage, s *score, complain func(format string, args ...any)) {
	matched := make([]bool, len(p.labels))
	s.labelled += len(p.labels)
	for _, f := range find(p.text) {
		if !f.Kind.Statistic() {
			continue
		}
		s.found++
		at := -1
		for i, l := range p.labels {
			if !matched[i] && f.Start < l.End && l.Start < f.End && f.Value == l.Value &&
				f.Value2 == l.Value2 && f.Unit == l.Unit {
				at = i
				break
			}
		}
		if at < 0 {
			complain("%s: wrong: %q is %s %s %s %s", p.name, f.Text, f.Kind, f.Value, f.Value2, f.Unit)
			continue
		}
		l := p.labels[at]
		matched[at] = true
		s.right++
		if f.Kind == l.Kind {
			s.kind++
		} else {
			complain("%s: kind: %q is %s, found %s", p.name, f.Text, l.Kind, f.Kind)
		}
		if f.Qualifier == l.Qualifier && f.Direction == l.Direction {
			s.words++
		} else {
			complain("%s: words: %q is %q %q, found %q %q", p.name, f.Text, l.Qualifier,
				l.Direction, f.Qualifier, f.Direction)
		}
		if f.Text != l.Text {
			complain("%s: text: %q, found %q", p.name, l.Text, f.Text)
		}
	}
	for i, l := range p.labels {
		if !matched[i] {
			complain("%s: missed: %q is %s %s %s %s", p.name, l.Text, l.Kind, l.Value, l.Value2, l.Unit)
		}
	}
}

// Every statistic of the published source document is found, and none of its list numbers, years, document names and
// names with digits is taken for one.
func TestSourceDocument(t *testing.T) {
	t.Parallel()
	for _, p := range passages(t, "a-01-*.txt") {
		var s score
		grade(p, &s, t.Errorf)
		if s.labelled < 39 {
			t.Errorf("%s: only %d statistics are labelled", p.name, s.labelled)
		}
	}
}

func TestPassages(t *testing.T) {
	t.Parallel()
	var whole score
	for _, half := range []string{"a-*.txt", "b-*.txt"} {
		var s score
		for _, p := range passages(t, half) {
			grade(p, &s, t.Logf)
			grade(p, &whole, func(string, ...any) {})
		}
		t.Logf("%s: %v", half, s)
	}
	t.Logf("whole: %v", whole)
	if whole.f1() < 0.97 {
		t.Errorf("finding figures has fallen: F1 %.4f, want 0.97", whole.f1())
	}
}
