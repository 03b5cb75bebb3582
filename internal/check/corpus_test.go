package check_test

// Nobody is told that a figure is proven or wrong when it is not: verdicts on passages that people have labelled, and
// on the published report that the sample's figures come from.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// label is what a person says of a figure: see testdata/hold/README.md.
type label struct {
	start, end          int
	text                string
	verdicts            []string
	indicator, expected string
}

// passage is a text with the labels of its statistics.
type passage struct {
	name, text, area string
	year             int
	labels           []label
}

func passages(t testing.TB, pattern string) (all []passage) {
	t.Helper()
	paths, err := filepath.Glob("testdata/hold/" + pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no passages %s: %v", pattern, err)
	}
	for _, path := range paths {
		all = append(all, readPassage(t, path))
	}
	return all
}

func readPassage(t testing.TB, path string) passage {
	t.Helper()
	raw, err := os.ReadFile(path)
	must(t, err)
	body, lines, found := strings.Cut(string(raw), "\n----\n")
	if !found {
		t.Fatalf("%s has no line ----", path)
	}
	p := passage{name: filepath.Base(path)}
	for strings.HasPrefix(body, "# ") {
		line, rest, _ := strings.Cut(body, "\n")
		key, value, _ := strings.Cut(strings.TrimPrefix(line, "# "), "=")
		if body = rest; key == "area" {
			p.area = value
		} else if p.year, err = strconv.Atoi(value); err != nil {
			t.Fatalf("%s: %s", path, line)
		}
	}
	rows := strings.Split(strings.TrimSpace(lines), "\n")
	for i, piece := range strings.Split(body, "⟦") {
		marked, rest, closed := strings.Cut(piece, "⟧")
		if i == 0 {
			p.text = piece
			continue
		}
		if !closed || i > len(rows) {
			t.Fatalf("%s: mark %d has no end or no label", path, i)
		}
		fields := append(strings.Split(rows[i-1], "|"), "", "", "")
		l := label{text: strings.TrimSpace(fields[0]), verdicts: strings.Split(strings.TrimSpace(fields[1]), "/"),
			indicator: strings.TrimSpace(fields[2]),
			expected:  strings.TrimSpace(fields[3]), start: utf8.RuneCountInString(p.text)}
		if l.end = l.start + utf8.RuneCountInString(marked); l.text != marked {
			t.Fatalf("%s: mark %d is %q, its label says %q", path, i, marked, l.text)
		}
		p.labels = append(p.labels, l)
		p.text += marked + rest
	}
	return p
}

// tally counts verdicts: said by the program, and of these right; meant by the labels, and of these found.
type tally struct{ said, right, meant, found int }

func (c tally) precision() float64 { return float64(c.right) / float64(max(c.said, 1)) }
func (c tally) recall() float64    { return float64(c.found) / float64(max(c.meant, 1)) }

type score map[check.Verdict]*tally

func (s score) at(v check.Verdict) *tally {
	if s[v] == nil {
		s[v] = &tally{}
	}
	return s[v]
}

func (s score) String() string {
	var lines []string
	for _, v := range []check.Verdict{check.Proven, check.Published, check.Consistent,
		check.Contradicted, check.Unknown} {
		c := s.at(v)
		lines = append(lines, fmt.Sprintf("%s precision %.4f (%d of %d), recall %.4f (%d of %d)", v, c.precision(),
			c.right, c.said, c.recall(), c.found, c.meant))
	}
	return strings.Join(lines, "\n")
}

// grade holds the verdicts on a passage against its labels. That a wrong figure is contradicted counts only with the
// right value.
func grade(t testing.TB, d *db.DB, p passage, s score, complain func(string, ...any)) {
	t.Helper()
	var r check.Result
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		r, err = check.Text(tx, check.Everything, p.text, p.area, p.year)
		return err
	}))
	for _, l := range p.labels {
		var item check.Item
		for _, i := range r.Figures {
			if i.Kind.Statistic() && i.Start < l.end && l.start < i.End {
				item = i
			}
		}
		v := item.Verdict
		if v == "" {
			v = check.Unknown
		}
		ok := slices.Contains(l.verdicts, string(v)) &&
			(v != check.Contradicted || l.expected == "" || item.Expected == l.expected)
		c := s.at(v)
		c.said++
		if ok {
			c.right++
		} else {
			context := []rune(p.text)
			complain("%s: %q is %s %s %s, the program says %s %s %s %s (%s)\n    …%s…", p.name, l.text,
				strings.Join(l.verdicts, "/"), l.indicator, l.expected,
				v, item.Indicator, item.Expected, item.PeriodCode+" "+item.AreaCode, item.Reason(),
				strings.ReplaceAll(string(context[max(0, l.start-30):min(len(context), l.end+12)]), "\n", "⏎"))
		}
		if len(l.verdicts) == 1 {
			meant := s.at(check.Verdict(l.verdicts[0]))
			meant.meant++
			if ok {
				meant.found++
			}
		}
	}
}

// Nobody may be told that a figure is proven or wrong when it is not.
func TestVerdictsOfPassages(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t)
	for _, half := range []string{"a-*.txt", "b-*.txt", "c-*.txt", "d-*.txt"} {
		s := score{}
		for _, p := range passages(t, half) {
			grade(t, d, p, s, t.Logf)
		}
		t.Logf("%s\n%v", half, s)
		for _, v := range []check.Verdict{check.Proven, check.Contradicted} {
			if c := s.at(v); c.precision() < 0.99 {
				t.Errorf("%s: %s has precision %.4f, want 0.99", half, v, c.precision())
			}
		}
	}
}

// BenchmarkVerdicts says how good the verdicts on the labelled passages are, and how long a report of a hundred pages
// takes.
func BenchmarkVerdicts(b *testing.B) {
	d := sampletest.Beijing.SQLite(b)
	var report strings.Builder
	for _, part := range []string{"a-*.txt", "b-*.txt", "c-*.txt", "d-*.txt"} {
		s := score{}
		for _, p := range passages(b, part) {
			grade(b, d, p, s, func(string, ...any) {})
			report.WriteString(p.text)
		}
		for _, v := range []check.Verdict{check.Proven, check.Contradicted} {
			c := s.at(v)
			b.Logf("%-60s %8.4f      target ≥ 0.99 (%d of %d; recall %.4f)",
				"precision of "+string(v)+", passages "+part, c.precision(), c.right, c.said, c.recall())
		}
	}
	runes := []rune(strings.Repeat(report.String(), 1+80_000/utf8.RuneCountInString(report.String())))
	text := string(runes[:80_000])
	for b.Loop() {
		must(b, d.View(context.Background(), func(tx *db.Tx) error {
			_, err := check.Text(tx, check.Everything, text, "", 2018)
			return err
		}))
	}
	b.Logf("%-60s %8.3f s    target < 1", "checking a report of 100 pages (80,000 characters)",
		b.Elapsed().Seconds()/float64(b.N))
}

// The published work report of 2018 stands: each of its statistics that the sample has data of agrees with them.
func TestTheSourceDocumentStands(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t)
	raw, err := os.ReadFile("../figurecheck/testdata/a-01-beijing-2018-summary.txt")
	must(t, err)
	text, _, _ := strings.Cut(string(raw), "\n----\n")
	text = strings.NewReplacer("⟦", "", "⟧", "").Replace(text)
	var r check.Result
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		r, err = check.Text(tx, check.Everything, text, "", 0)
		return err
	}))
	if r.Statistics() < 39 {
		t.Errorf("%d statistics, want at least 39", r.Statistics())
	}
	for _, i := range r.Figures {
		if i.Kind.Statistic() && i.Verdict != check.Published && i.Verdict != check.Consistent {
			t.Errorf("%s (%s): %s %s %s", i.Text, i.Subject, i.Verdict, i.Expected, i.Reason())
		}
	}
}
