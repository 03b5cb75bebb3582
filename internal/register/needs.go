package register

// What a measure looks at in a record: records that say the same there give it the same. It counts nothing itself.

import (
	"slices"
	"strings"

	"yipanqi/internal/formula"
)

// Needs is what decides which pieces a record gives to a measure, beside whether its days lie in the period.
type Needs struct {
	Fields []string // their codes, in order
	Row    bool     // and what stands in the record's row: its unit, state …
	// Number is the field whose number is added up and decides nothing else; empty if there is none.
	Number string
}

// ofTheRow are the names of what is the row's own. An area is not: everything is counted by where it lies.
var ofTheRow = []string{"state", "unit", "unit.kind", "area", "area.level", "number", "due"}

// Needs are those of the measure, rather more than less.
func (m Measure) Needs(d Definition) (n Needs) {
	add := func(name string) {
		code, _, _ := strings.Cut(name, ".")
		if name != "" && name != m.Number(d) && !slices.Contains(n.Fields, code) {
			n.Fields = append(n.Fields, code)
		}
		n.Row = n.Row || slices.Contains(ofTheRow, name)
	}
	add(m.Of)
	if m.Area != "area" {
		add(m.Area)
	}
	for _, by := range m.Split {
		add(by)
	}
	for _, name := range m.asked() {
		add(name.Name)
		add(name.Table)
	}
	slices.Sort(n.Fields)
	n.Number = m.Number(d)
	return n
}

func (m Measure) asked() []formula.Name { return slices.Concat(m.Where.Names(), m.Value.Names()) }

// Number is the field of one number that a measure adds up and asks for nothing else; empty if there is none.
func (m Measure) Number(d Definition) string {
	f := d.field(m.Of)
	if m.Method != "sum" || !m.Value.IsZero() || !f.Numeric() || f.Type == "sexed" || m.Of == m.Area {
		return ""
	}
	for _, by := range m.Split {
		if by == m.Of || d.field(by).By != "" {
			return ""
		}
	}
	for _, name := range m.asked() {
		if code, _, _ := strings.Cut(name.Name, "."); code == m.Of || name.Table == m.Of {
			return ""
		}
	}
	return m.Of
}

// Days are the fields by which a record belongs to a period: the one on which it happened, or from which it is there
// and until which; empty if there is none.
func (m Measure) Days() (from, to string) {
	switch {
	case m.Flow != "":
		return m.Flow, ""
	case len(m.Stock) > 1:
		return m.Stock[0], m.Stock[1]
	case len(m.Stock) == 1:
		return m.Stock[0], ""
	}
	return "", ""
}

// On says whether a record with these days belongs to the period from first to last.
func (m *Measure) On(from, to, first, last string) bool {
	switch {
	case m.Flow != "" && IsNothing(from):
		return false
	case m.Flow != "":
		switch len(from) {
		case len("2018"):
			from += "-12-31"
		case len("2018-12"):
			from += "-28"
		}
		day := from[:min(len(from), len("2018-12-31"))]
		return day >= first && day <= last
	case len(m.Stock) > 0:
		return !IsNothing(from) && from <= last && (IsNothing(to) || to > last)
	}
	return true
}
