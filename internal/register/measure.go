package register

// What a register counts. A measure of a stock counts what is there on the last day of a period, one of a flow what
// happened in it; a share is two of them, recomputed from its parts and never averaged.

import (
	"math/big"
	"slices"
	"strings"

	"yipanqi/internal/formula"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Measure is one.
type Measure struct {
	Code      string
	Name      say.Name
	Method    string // count, sum, distinct, median, share, areas, institutions, posts, texts, within, layer
	Of        string // what is counted or added up: records, a table's rows, a field
	Value     formula.Expression
	Where     formula.Expression // on the record, or on the row where rows are counted
	Stock     []string           // the days from and until which a record is there
	Flow      string             // the day, month or year in which it happened
	Per       []period.Kind
	YearStart period.YearStart
	Area      string // the field whose area counts; none: the record's own
	Split     []string
	Over      string             // share: the measure it is divided by
	Level     string             // areas: those in force of a level
	Layer     string             // within, layer: the kind of layer that is covered
	Radius    formula.Expression // within: how far a record reaches, in metres
	Unit      say.Name
	Decimals  int
	Into      string // the element that it fills
	Calibre   string
	By        string     // the field whose codes fill columns of a category; one of Split
	As        []Category // which code fills which
	Indicator string
	Figure    string // the sentence of the source that it writes
	Basis     string // of its formula; none: 待确认
}

// MaxMeasures are the most that a register has: which of them count a record is kept as a bit each.
const MaxMeasures = 64

// What a measure of posts counts of those whose role needs training: all that somebody came to in the period, or those
// of them who were trained in all of it since. Meetings know it; nobody types it.
const (
	PostsChanged = "changed"
	PostsTrained = "trained"
)

// PostKind splits a measure of posts by their role.
const PostKind = "role"

// OfRecords says whether the measure is counted from the register's records.
func (m Measure) OfRecords() bool {
	return !slices.Contains([]string{"share", "areas", "institutions", "posts", "layer"}, m.Method)
}

// Measure is that of a code.
func (d Definition) Measure(code string) (Measure, bool) {
	if at := slices.IndexFunc(d.Measures, func(m Measure) bool { return m.Code == code }); at >= 0 {
		return d.Measures[at], true
	}
	return Measure{}, false
}

// BySex says whether the measure has men and women.
func (m Measure) BySex(d Definition) bool {
	f, _ := d.Field(m.Of)
	return m.Method == "sum" && f.Type == "sexed"
}

// Category says in which column of a form the records of a code are: that of a category of the element's list.
type Category struct{ Code, Category string }

// SplitOf is the split whose number a column of a category asks for: none for the whole of them.
func (m Measure) SplitOf(category string) (split string, fills bool) {
	if category == "" {
		return "", true
	}
	at := slices.IndexFunc(m.As, func(c Category) bool { return c.Category == category })
	if at < 0 {
		return "", false
	}
	return m.By + "=" + m.As[at].Code, true
}

// Overlaps says whether what is counted may be under several codes of By: then these come to more than the whole.
func (m Measure) Overlaps(d Definition) bool {
	f := d.At(m.By)
	return m.Method == "distinct" || f.Several() || f.Type == "sexed"
}

// Fits says whether the measure's number is one that a cell can hold: with no more decimals, of a sex only if it is
// counted by sex. A share is no element's: an indicator computes it from its parts.
func (m Measure) Fits(d Definition, decimals, sex int) bool {
	return m.Method != "share" && m.Decimals <= decimals && (sex == quantity.SexTotal || m.BySex(d))
}

// One is the number that most pieces are. It is shared: never change it.
var One = big.NewRat(1, 1)

// Piece is what one record gives to a measure: a number, under the values that it is counted by.
type Piece struct {
	Sex    string
	Split  string // field=code of one split; empty for the whole
	Number *big.Rat
	What   string // of a distinct measure: what is counted once
}

// Fact is a record as measures see it.
type Fact struct {
	ID     string
	Area   string // path of its own area
	Unit   string
	Number string
	Title  string
	Body   Body
	Scope  formula.Scope
}

// In says whether a record belongs to a period by the measure's days.
func (m Measure) In(b Body, p period.Period) bool {
	first, last := p.Range(m.YearStart)
	from, to := m.Days()
	return m.On(b[from], b[to], first, last)
}

// Gives are the pieces of a record that belongs to the period: the whole, and one for each split.
func (m Measure) Gives(d Definition, f Fact) (pieces []Piece) {
	rows, of := false, m.Of
	if field, is := d.Field(of); is && field.Type == "rows" {
		rows = true
	}
	if !rows && !m.Where.IsZero() && !m.Where.Eval(f.Scope).True() {
		return nil
	}
	switch m.Method {
	case "count":
		n := 1
		if rows {
			n = 0
			for _, row := range f.Scope.Rows(of) {
				if m.Where.IsZero() || m.Where.Eval(row).True() {
					n++
				}
			}
		}
		if n == 1 {
			pieces = append(pieces, Piece{Number: One})
		} else if n > 0 {
			pieces = append(pieces, Piece{Number: new(big.Rat).SetInt64(int64(n))})
		}
	case "median":
		if r, ok := m.Value.Eval(f.Scope).Rat(); ok {
			pieces = append(pieces, Piece{Number: r})
		}
	case "distinct":
		for _, what := range f.Body.Values(d.field(of), of, f) {
			pieces = append(pieces, Piece{Number: One, What: what})
		}
	case "sum":
		pieces = m.sums(d, f)
	}
	return append(m.splits(d, f, pieces), m.within(d, f)...)
}

// within are the pieces of parts inside a field: the rows of the table that is counted by a column, the categories of a
// number by sex. A person of two categories is in both, and once in the whole, which is a number of its own.
func (m Measure) within(d Definition, f Fact) (pieces []Piece) {
	for _, by := range m.Split {
		table, column, row := strings.Cut(by, ".")
		switch {
		case row && table == m.Of && m.Method == "count":
			for _, one := range f.Scope.Rows(m.Of) {
				for _, code := range one.Value(column).Words() {
					if m.Where.IsZero() || m.Where.Eval(one).True() {
						pieces = append(pieces, Piece{Split: by + "=" + code, Number: One})
					}
				}
			}
		case d.field(by).By != "":
			for _, category := range f.Body.Chosen(by) {
				for _, sex := range Sexes {
					if r, ok := formula.Decimal(f.Body[key(by, category, sex)]).Rat(); ok {
						pieces = append(pieces, Piece{Sex: sex, Split: by + "=" + category, Number: r})
					}
				}
			}
		}
	}
	return pieces
}

// At is a field, or a column of one: outcomes.outcome_kind.
func (d Definition) At(code string) Field {
	table, column, row := strings.Cut(code, ".")
	f := d.field(table)
	if !row {
		return f
	}
	at := slices.IndexFunc(f.Columns, func(c Field) bool { return c.Code == column })
	if at < 0 {
		return Field{}
	}
	return f.Columns[at]
}

func (d Definition) field(code string) Field { f, _ := d.Field(code); return f }

func (m Measure) sums(d Definition, f Fact) (pieces []Piece) {
	if !m.Value.IsZero() {
		if r, ok := m.Value.Eval(f.Scope).Rat(); ok {
			return []Piece{{Number: r}}
		}
		return nil
	}
	if d.field(m.Of).Type != "sexed" {
		if r, ok := formula.Decimal(f.Body[m.Of]).Rat(); ok {
			return []Piece{{Number: r}}
		}
		return nil
	}
	for _, part := range f.Body.Chosen(m.Of) { // a sex, or a category with both
		for _, sex := range Sexes {
			at := key(m.Of, part, sex)
			if part == sex {
				at = key(m.Of, sex)
			}
			if r, ok := formula.Decimal(f.Body[at]).Rat(); ok {
				pieces = append(pieces, Piece{Number: r, Sex: sex})
			}
		}
	}
	return pieces
}

// splits adds to each piece one for every code of every field that it is split by. Parts may come to more than the
// whole: a shop that sells bread and vegetables is one shop.
func (m Measure) splits(d Definition, f Fact, whole []Piece) (pieces []Piece) {
	pieces = whole
	for _, by := range m.Split {
		if strings.Contains(by, ".") && by != "unit.kind" || d.field(by).By != "" {
			continue // within
		}
		for _, code := range f.Body.Values(d.field(by), by, f) {
			for _, p := range whole {
				p.Split = by + "=" + code
				pieces = append(pieces, p)
			}
		}
	}
	return pieces
}

// Body is what a record says, by key: plain text as it is kept.
type Body map[string]string

// Values are the codes that a field holds: one, several, or the record's own.
func (b Body) Values(f Field, code string, of Fact) (values []string) {
	switch {
	case code == "unit" || code == "unit.kind" || code == "area":
		return of.Scope.Value(code).Words()
	case f.Several():
		return b.InOrder(code)
	case f.Type == "calc":
		return of.Scope.Value(code).Words()
	case !IsNothing(b[code]):
		return []string{b[code]}
	}
	return nil
}

// Chosen are the parts that are set under a key, in order: the options of many, the places of rows.
func (b Body) Chosen(code string) (parts []string) {
	for k, value := range b {
		rest, is := strings.CutPrefix(k, code+mark)
		if part, _, _ := strings.Cut(rest, mark); is && value != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	slices.SortFunc(parts, byPlace)
	return parts
}

// InOrder are several values in the order in which they were given, where the field keeps it.
func (b Body) InOrder(code string) []string {
	parts := b.Chosen(code)
	slices.SortStableFunc(parts, func(x, y string) int { return byPlace(b[key(code, x)], b[key(code, y)]) })
	return parts
}

// Under are the keys that a field has in a body, in order.
func (b Body) Under(f Field) (keys []string) {
	if b[f.Code] != "" {
		keys = append(keys, f.Code)
	}
	for _, part := range b.Chosen(f.Code) {
		keys = append(keys, key(f.Code, part))
	}
	return keys
}

// Links are what the links of a record lead to, those in its tables too: register and number.
func (d Definition) Links(b Body) (all [][2]string) {
	add := func(f Field, number string) {
		if strings.HasPrefix(f.Type, "link") && !IsNothing(number) {
			all = append(all, [2]string{f.Of, number})
		}
	}
	for _, f := range d.Fields {
		add(f, b[f.Code])
		for _, part := range b.Chosen(f.Code) {
			if f.Type == "links" {
				add(f, part)
			}
			for _, c := range f.Columns {
				add(c, b[key(f.Code, part, c.Code)])
			}
		}
	}
	return all
}

// byPlace orders numbers as numbers and codes as words.
func byPlace(a, b string) int {
	if len(a) != len(b) && a != "" && b != "" && a[0] <= '9' && b[0] <= '9' && a[0] >= '0' && b[0] >= '0' {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
