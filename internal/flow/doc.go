package flow

// The table as docs/states.md shows it: drawn, and line by line.

import (
	"fmt"
	"strings"
)

// Doc is the section of a table in docs/states.md.
func (t Table) Doc() string {
	doc := "## " + t.Object + "\n\n"
	if t.Note != "" {
		doc += t.Note + "\n\n"
	}
	return doc + t.Mermaid() + "\n" + t.Lines()
}

// Mermaid is the table as a diagram.
func (t Table) Mermaid() string {
	var b strings.Builder
	b.WriteString("```mermaid\nstateDiagram-v2\n")
	for _, s := range t.Steps {
		for _, to := range t.landings(s) {
			verb := strings.TrimPrefix(s.Verb, t.Object+".")
			fmt.Fprintf(&b, "  %s --> %s: %s (%s)\n", orNew(s.From), to, verb, s.Who)
		}
	}
	b.WriteString("```\n")
	return b.String()
}

// Lines is the table line by line; the columns of rules stand there only if a step has one.
func (t Table) Lines() string {
	rules := []struct {
		head string
		of   func(Step) string
	}{
		{"not who took", func(s Step) string { return strings.Join(s.Not, ", ") }},
		{"not the unit of", func(s Step) string { return strings.Join(s.Aside, ", ") }},
		{"needs", func(s Step) string { return strings.Join(s.Needs, ", ") }},
		{"then within", func(s Step) string { return s.Within.English() }},
	}
	head, rows := "| from | verb | who | to |", make([]string, len(t.Steps))
	for i, s := range t.Steps {
		rows[i] = fmt.Sprintf("| %s | %s | %s | %s |", s.From, s.Verb, s.Who, s.To)
	}
	columns := 4
	for _, r := range rules {
		cells, any := make([]string, len(t.Steps)), false
		for i, s := range t.Steps {
			cells[i] = r.of(s)
			any = any || cells[i] != ""
		}
		if !any {
			continue
		}
		columns++
		head += " " + r.head + " |"
		for i := range rows {
			rows[i] += " " + cells[i] + " |"
		}
	}
	return head + "\n|" + strings.Repeat("---|", columns) + "\n" + strings.Join(rows, "\n") + "\n"
}
