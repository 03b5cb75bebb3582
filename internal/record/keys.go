package record

// What a record is ordered and filtered by in lists, out of its body: each field of a register's list has a column of
// its own in the rows of all registers, so that their indexes are shared. How they are stored, store_keys.go says.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/formula"
	"yipanqi/internal/register"
)

// Columns for orders and for filters. A list with more than that is read slowly where it asks for the rest.
const (
	mostSorts   = 10
	mostFilters = 8
)

// slot is a field and its column.
type slot struct {
	column string // s3, f1
	f      register.Field
}

// layout are a definition's fields by column: what is filtered by, as it is typed, and what is sorted by, as it was
// last confirmed: an order would tell whoever stands outside what is typed, and hide nothing as a filter can.
func layout(d register.Definition) (slots []slot) {
	add := func(kind string, most int, codes []string, fits func(register.Field) bool) {
		n := 0
		for _, code := range codes {
			f, known := d.Field(code)
			taken := slices.ContainsFunc(slots, func(s slot) bool {
				return s.f.Code == code && strings.HasPrefix(s.column, kind)
			})
			if known && !own(code) && !taken && n < most && fits(f) {
				n++
				slots = append(slots, slot{fmt.Sprint(kind, n), f})
			}
		}
	}
	add("f", mostFilters, d.List.Filters, func(register.Field) bool { return true })
	add("s", mostSorts, append([]string{strings.TrimPrefix(d.List.Sort, "-")}, d.List.Columns...),
		func(f register.Field) bool { return f.Plain() && f.Type != "para" && f.Type != "shape" })
	return slots
}

func own(code string) bool {
	return slices.ContainsFunc(register.Own, func(f register.Field) bool { return f.Code == code })
}

// filing is how a register's rows are filed: what layout and settled say of its definition.
type filing struct {
	slots []slot
	views []register.View
}

func filingOf(d register.Definition) filing { return filing{layout(d), settled(d)} }

type filingKey struct {
	code    string
	version int64
}

// filed is filingOf, worked out once.
func filed(tx *db.Tx, d register.Definition) (filing, error) {
	return db.Remember(tx, filingKey{d.Code, d.Version}, func(*db.Tx) (filing, error) { return filingOf(d), nil })
}

// column is that of a field in its register's lists, f to filter or s to sort by; empty if it has none.
func (f filing) column(kind, code string) string {
	if at := slices.IndexFunc(f.slots, func(s slot) bool {
		return s.f.Code == code && strings.HasPrefix(s.column, kind)
	}); at >= 0 {
		return f.slots[at].column
	}
	return ""
}

// settled are the views whose rule no day and no standard moves: a row can say that it is in them.
func settled(d register.Definition) (views []register.View) {
	for _, v := range d.Views {
		moves := len(v.Rule.Given("standard"))+len(v.Rule.Given("parameter")) > 0 ||
			slices.ContainsFunc(v.Rule.Names(), func(n formula.Name) bool { return n.Name == "today" })
		if !moves {
			views = append(views, v)
		}
	}
	return views
}

// described is a layout as text: while it stays the same, so do the columns of rows.
func described(d register.Definition) string {
	var b strings.Builder
	b.WriteString("4 ") // what columns hold: 2 since orders go by what was confirmed, 3 with the goals, 4 with filters
	for _, s := range layout(d) {
		fmt.Fprintf(&b, "%s=%s:%s ", s.column, s.f.Code, s.f.Type)
	}
	for _, v := range settled(d) {
		fmt.Fprintf(&b, "%s=%s ", v.Code, v.Rule)
	}
	return b.String()
}

// keys is what a record's columns hold.
type keys struct {
	values map[string]string // by column
	views  string
	goals  string // that it serves, as it was last confirmed
}

// keysOf are a record's, by the newest definition of its register.
func keysOf(d register.Definition, in filing, r Record, p *places) keys {
	k := keys{values: make(map[string]string, len(in.slots))}
	for _, s := range in.slots {
		body := r.Body
		if r.Counts && s.column[0] == 's' {
			body = r.Counted
		}
		switch text := body[s.f.Code]; {
		case s.f.Several():
			k.values[s.column] = words(body.Chosen(s.f.Code))
		case s.f.Numeric() && s.column[0] == 's':
			k.values[s.column] = sortable(text)
		default:
			k.values[s.column] = begun(text)
		}
	}
	k.values[combined] = k.together(r.State)
	for _, f := range d.Fields {
		if f.Type == "goals" && r.Counts {
			k.goals = words(r.Counted.Chosen(f.Code))
		}
	}
	if len(in.views) == 0 {
		return k
	}
	var holds []string
	scope := d.Scope(r.Body, r.asked(p), register.World{})
	for _, v := range in.views {
		if v.Rule.Eval(scope).True() {
			holds = append(holds, v.Code)
		}
	}
	k.views = words(holds)
	return k
}

// between stands between the parts of what a record is filtered by.
const between = "\x1f"

// together is all that a record is filtered by as one text: its state, then each of the columns for filters.
func (k keys) together(state string) string {
	parts := []string{state}
	for _, column := range filterColumns {
		parts = append(parts, k.values[column])
	}
	return strings.TrimRight(strings.Join(parts, between), between)
}

// words are codes as one text that each can be found in whole.
func words(codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return " " + strings.Join(codes, " ") + " "
}

// begun is as much of a text as orders look at.
func begun(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40])
	}
	return text
}

// sortable is a decimal such that texts are ordered as the numbers are; nothing comes first.
func sortable(text string) string {
	if register.IsNothing(text) {
		return ""
	}
	whole, part, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	part = strings.TrimRight(part, "0")
	whole = strings.Repeat("0", max(0, 18-len(whole))) + whole
	if !strings.HasPrefix(text, "-") || strings.Trim(whole+part, "0") == "" {
		return "1" + whole + part
	}
	turned := strings.Map(func(r rune) rune { return '0' + '9' - r }, whole+part)
	return "0" + turned + "~"
}

// keyed is a record's columns, by the definition that its register's lists go by.
func keyed(tx *db.Tx, r Record) (keys, error) {
	d, err := ByCode(tx, r.Register)
	if err != nil {
		return keys{}, err
	}
	in, err := filed(tx, d)
	if err != nil {
		return keys{}, err
	}
	p, err := placed(tx)
	return keysOf(d, in, r, p), err
}

// Begin fills the columns of records from before their registers' lists had them.
func Begin(ctx context.Context, d *db.DB) error {
	var late []register.Definition
	if err := d.View(ctx, func(tx *db.Tx) error {
		all, err := Registers(tx)
		if err != nil {
			return err
		}
		filled, err := layouts(tx)
		late = slices.DeleteFunc(slices.Clone(all), func(d register.Definition) bool {
			return filled[d.Code] == described(d)
		})
		return err
	}); err != nil || len(late) == 0 {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		for _, def := range late {
			if err := fill(tx, def); err != nil {
				return err
			}
		}
		return nil
	})
}

// fill writes the columns of all records of a register anew, if they were filled by another layout.
func fill(tx *db.Tx, d register.Definition) error {
	filled, err := layouts(tx)
	if err != nil || filled[d.Code] == described(d) {
		return err
	}
	p, err := placed(tx)
	if err != nil {
		return err
	}
	in := filingOf(d)
	for after := ""; ; {
		some, err := pageOf(tx, d.Code, after, 500)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			return putLayout(tx, d.Code, described(d))
		}
		after = some[len(some)-1].ID
		if err := putKeys(tx, some, func(r Record) keys { return keysOf(d, in, r, p) }); err != nil {
			return err
		}
	}
}
