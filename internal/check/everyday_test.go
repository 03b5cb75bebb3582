package check_test

// How well everyday reports are judged: passages in ten kinds of report whose figures people have labelled, some of
// them for tuning and the others only to measure.

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

// everyday reads the passages of a file: see testdata/everyday/README.md. The label of a figure is kept as its only
// verdict.
func everyday(t testing.TB, path string) (all []passage) {
	t.Helper()
	raw, err := os.ReadFile(path)
	must(t, err)
	for n, part := range strings.Split(string(raw), "\n===")[1:] {
		head, body, _ := strings.Cut(part, "\n")
		p := passage{name: fmt.Sprintf("%s %d", strings.TrimSuffix(filepath.Base(path), ".txt"), n+1)}
		for _, field := range strings.Fields(head) {
			switch key, value, _ := strings.Cut(field, "="); key {
			case "area":
				p.area = value
			case "year":
				p.year, err = strconv.Atoi(value)
				must(t, err)
			}
		}
		for i, piece := range strings.Split(body, "⟦") {
			if i == 0 {
				p.text = piece
				continue
			}
			marked, rest, closed := strings.Cut(piece, "⟧")
			text, verdict, labelled := strings.Cut(marked, "|")
			if !closed || !labelled {
				t.Fatalf("%s: %q is no mark with a label", p.name, piece)
			}
			l := label{text: text, verdicts: []string{verdict[:1]}, expected: strings.TrimPrefix(verdict, "!"),
				start: utf8.RuneCountInString(p.text)}
			if verdict == "+?" {
				l.verdicts[0] = "~"
			}
			l.end = l.start + utf8.RuneCountInString(text)
			p.labels = append(p.labels, l)
			p.text += text + rest
		}
		all = append(all, p)
	}
	return all
}

// measures are the verdicts on everyday reports: wrong figures found, and right ones.
type measures struct{ wrong, right tally }

func (m measures) String() string {
	return fmt.Sprintf("contradicted: precision %.4f (%d of %d), recall %.4f (%d of %d); agreement: precision %.4f (%d of %d), "+
		"recall %.4f (%d of %d)", m.wrong.precision(), m.wrong.right, m.wrong.said, m.wrong.recall(), m.wrong.found,
		m.wrong.meant, m.right.precision(), m.right.right, m.right.said, m.right.recall(), m.right.found, m.right.meant)
}

// weigh holds the verdicts on a passage against its labels.
func (m *measures) weigh(t testing.TB, d *db.DB, p passage, complain func(string, ...any)) {
	t.Helper()
	var r check.Result
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		r, err = check.Text(tx, check.Everything, p.text, p.area, p.year)
		return err
	}))
	at := func(l label) check.Item {
		for _, i := range r.Figures {
			if i.Kind.Statistic() && i.Start < l.end && l.start < i.End {
				return i
			}
		}
		return check.Item{}
	}
	meant := map[int]string{}
	for _, l := range p.labels {
		i := at(l)
		if i.Figure != nil {
			meant[i.Start] = l.verdicts[0]
		}
		agrees := i.Verdict == check.Proven || i.Verdict == check.Published || i.Verdict == check.Consistent
		ok := true
		switch l.verdicts[0] {
		case "!":
			m.wrong.meant++
			if ok = i.Verdict == check.Contradicted && alike(i.Expected, l.expected); ok {
				m.wrong.found++
			}
		case "+":
			m.right.meant++
			if ok = agrees; ok {
				m.right.found++
			}
		}
		if !ok {
			said := fmt.Sprintf("%s %s %s %s %s", i.Verdict, i.Indicator, i.Expected, i.AreaCode, i.PeriodCode)
			if i.Figure != nil {
				said += " (" + i.Reason() + ")"
			}
			complain("%s: %q is %s%s, the program says %s", p.name, l.text, l.verdicts[0], l.expected, said)
		}
	}
	for _, i := range r.Figures {
		label := meant[i.Start]
		switch i.Verdict {
		case check.Contradicted:
			if m.wrong.said++; label == "!" {
				m.wrong.right++
			} else {
				complain("%s: FALSE: %q at %d is %q, and contradicted: %s", p.name, i.Text, i.Start, label, i.Reason())
			}
		case check.Proven, check.Published, check.Consistent:
			if m.right.said++; label == "+" || label == "~" {
				m.right.right++
			} else {
				complain("%s: FALSE: %q at %d is %q, and %s: %s", p.name, i.Text, i.Start, label, i.Verdict, i.Reason())
			}
		}
	}
}

// alike says whether two right values are the same but for the last digit of a difference of rounded ones.
func alike(a, b string) bool {
	x, err := strconv.ParseFloat(a, 64)
	if err != nil {
		return false
	}
	y, err := strconv.ParseFloat(b, 64)
	return err == nil && math.Abs(x-y) < 0.15
}

// asked are the least that a part of the reports is to come to: how many verdicts are right, and how many wrong and
// right figures are found. A part that is unread was written by somebody else and looked at by nobody who makes rules:
// what it comes to is counted and not told, so that it stays a measure of a stranger's text.
type asked struct {
	part                 string
	right, wrongs, agree float64
	unread               bool
}

// Nobody is told wrongly that a figure of an everyday report is wrong, and most of the wrong ones are found. What parts
// come to that were read while rules were made is no measure of a stranger's text; `unseen` and `clerk` are.
func TestEverydayReports(t *testing.T) {
	t.Parallel()
	d := sampletest.Shifan(t)
	for _, a := range []asked{{"tuning", 0.99, 0.99, 0.99, false}, {"held", 0.99, 0.96, 0.97, false},
		{"fresh", 0.99, 0.97, 0.99, false}, {"stranger", 0.99, 0.9, 0.98, false}, {"outsider", 0.99, 0.88, 0.97, false},
		{"author", 0.99, 0.75, 0.9, false}, {"tuned", 0.98, 0.24, 0.54, false},
		{"unseen", 0.98, 0.53, 0.83, true}, {"clerk", 0.985, 0.81, 0.95, true}} {
		paths, err := filepath.Glob("testdata/everyday/" + a.part + "-*.txt")
		must(t, err)
		var m measures
		passages := 0
		complain := t.Logf
		if a.unread {
			complain = func(string, ...any) {}
		}
		for _, path := range paths {
			for _, p := range everyday(t, path) {
				passages++
				m.weigh(t, d, p, complain)
			}
		}
		t.Logf("%s, %d passages: %v", a.part, passages, m)
		if m.wrong.precision() < a.right || m.right.precision() < 0.99 {
			t.Errorf("%s: more verdicts are wrong than were once", a.part)
		}
		if m.wrong.recall() < a.wrongs || m.right.recall() < a.agree {
			t.Errorf("%s: fewer wrong or right figures are found than were once", a.part)
		}
	}
}
