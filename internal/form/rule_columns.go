package form

// Rules that look at several cells at once: elements compared with each other column by column, and the columns of one
// row with each other. What is held against history or other areas is rule.go's.

import (
	"math/big"
	"slices"

	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// comparing is a comparison made ready for one column: which cells it looks at, in order of its operands.
type comparing struct {
	formula.Comparison
	column   Column
	operands []formula.Operand
	keys     []string // by operand; empty: no such cell
	decimals []int
	cells    []string // each key once
}

// comparisons are those of a rule, one a column; where every operand names its category, one a sex. Nothing if the
// rule cannot be read: that was refused with the form.
func (f Form) comparisons(rule Rule) (all []comparing) {
	c, err := formula.ParseComparison(rule.Expr)
	if rule.Kind != Compared || err != nil {
		return nil
	}
	operands := c.Operands()
	fixed := !slices.ContainsFunc(operands, func(o formula.Operand) bool { return o.Category == "" })
	sexes := map[int]bool{}
	for _, column := range f.Columns {
		if fixed && sexes[column.Sex] {
			continue
		}
		sexes[column.Sex] = true
		one := comparing{Comparison: c, column: column, operands: operands}
		for _, o := range operands {
			key, decimals := "", 0
			if row, found := f.rowOf(o.Element); found {
				at := column
				if o.Category != "" {
					at, found = f.columnOf(column.Sex, o.Category)
				}
				if decimals = row.Of.Decimals; found {
					key = Key(row, at)
				}
			}
			if one.keys, one.decimals = append(one.keys, key), append(one.decimals, decimals); key != "" &&
				!slices.Contains(one.cells, key) {
				one.cells = append(one.cells, key)
			}
		}
		all = append(all, one)
	}
	return all
}

func (f Form) columnOf(sex int, category string) (Column, bool) {
	at := slices.IndexFunc(f.Columns, func(c Column) bool { return c.Sex == sex && c.Category == category })
	if at < 0 {
		return Column{}, false
	}
	return f.Columns[at], true
}

func (c comparing) outcome(i int, values Values, past Past) Outcome {
	o := Outcome{Rule: i, Key: FindingKey(i, c.column), Column: c.column, Cells: c.cells, Verdict: Holds}
	numbers, none := 0, 0 // operands with a number, and those that do not apply: a whole of nothing has no part
	bare := c.Bare()
	lookup := func(operand formula.Operand) (*big.Rat, error) {
		at, from := slices.Index(c.operands, operand), values
		if operand.Last {
			from = past.Last
		}
		cell, filled := from[c.keys[at]]
		switch {
		case filled && cell.Mark == quantity.NotApplicable && !operand.Last && bare:
			none++
			return new(big.Rat), nil
		case !filled || !cell.Mark.Summable():
			return nil, errNoNumber
		case !operand.Last:
			numbers++
		}
		return quantity.Rat(cell.Value, c.decimals[at]), nil
	}
	switch holds, err := c.Holds(lookup); {
	case errs.KindOf(err) == errs.Missing, none > 0 && numbers == 0:
		o.Verdict = Skipped
	case err != nil:
		o.Verdict, o.Bound = Unknown, byZero(errs.WordsOf(err).String())
	case !holds:
		o.Verdict = Fires
		if len(o.Cells) > 0 {
			if cell, filled := values[o.Cells[0]]; filled {
				o.Value = quantity.Plain(cell.Value, c.decimals[slices.Index(c.keys, o.Cells[0])])
			}
		}
	}
	return o
}

var errNoNumber = errs.Missingf("没有数")

// across holds the columns of a row against each other: its categories against the whole, sex by sex.
func (f Form) across(i int, rule Rule, row Row, values Values, all []Outcome) []Outcome {
	for _, whole := range f.Adding() {
		var parts []Column
		for _, c := range f.Columns {
			if c.Category != "" && c.Sex == whole.Sex {
				parts = append(parts, c)
			}
		}
		if rule.Kind == AddsUp {
			all = append(all, f.addsUp(i, rule, row, whole, parts, values))
			continue
		}
		for _, c := range parts {
			all = append(all, f.within(i, rule, row, whole, c, values))
		}
	}
	return all
}

// addsUp says whether the parts come to the whole; one that is not applicable counts nothing.
func (f Form) addsUp(i int, rule Rule, row Row, whole Column, parts []Column, values Values) Outcome {
	o := f.acrossRow(i, rule, row, whole)
	total, there := values[Key(row, whole)]
	sum, known := int64(0), there && total.Mark.Summable()
	for _, c := range parts {
		key := Key(row, c)
		cell, filled := values[key]
		o.Cells = append(o.Cells, key)
		known = known && filled && (cell.Mark.Summable() || cell.Mark == quantity.NotApplicable)
		sum += cell.Value
	}
	if !known {
		return o
	}
	if o.Verdict = Holds; sum != total.Value {
		shown := quantity.Plain(sum, row.Of.Decimals)
		o.Verdict, o.Value = Fires, quantity.Plain(total.Value, row.Of.Decimals)
		o.Bound = say.Name{ZH: "各类相加是" + shown, EN: "the categories come to " + shown}
	}
	return o
}

// within says whether a part is not more than the whole.
func (f Form) within(i int, rule Rule, row Row, whole, column Column, values Values) Outcome {
	o := f.acrossRow(i, rule, row, column)
	o.Cells = append(o.Cells, Key(row, whole))
	cell, filled := values[Key(row, column)]
	total, there := values[Key(row, whole)]
	if !filled || !there || !cell.Mark.Summable() || !total.Mark.Summable() {
		return o
	}
	if o.Verdict = Holds; cell.Value > total.Value {
		shown := quantity.Plain(total.Value, row.Of.Decimals)
		o.Verdict, o.Value = Fires, quantity.Plain(cell.Value, row.Of.Decimals)
		o.Bound = say.Name{ZH: "合计是" + shown, EN: "the whole is " + shown}
	}
	return o
}

func (f Form) acrossRow(i int, rule Rule, row Row, column Column) Outcome {
	o := Outcome{Rule: i, Key: FindingKey(i, column), Column: column, Cells: []string{Key(row, column)},
		Verdict: Skipped}
	if rule.Element == EveryRow {
		o.Key += "." + row.Number
	}
	return o
}
