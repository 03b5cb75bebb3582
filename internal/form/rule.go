package form

// Kinds of rules that are ready-made, and what a rule comes to for one cell: it holds, it does not, or it cannot be
// said. All is exact: medians and shares are compared as whole numbers of 128 bits.

import (
	"math/big"
	"math/bits"
	"slices"

	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Rule is a rule that the form file states. Without a kind it compares elements, as "PME_EXAMINED <= PME_MARRIED", in
// every column by itself; the other kinds hold each cell of an element, or of every row where that is "*", against
// something else. A hard rule blocks; a soft one needs a reason that travels to the signature page.
type Rule struct {
	Expr      string `json:"expr"`
	Message   string `json:"message"`
	MessageEN string `json:"message_en"`
	Hard      bool   `json:"hard"`
	Kind      Kind   `json:"kind,omitempty"`
	Element   string `json:"element,omitempty"`
	Limit     string `json:"limit,omitempty"` // a plain decimal
}

// Kind is what a rule holds a cell against.
type Kind string

// Kinds of rules.
const (
	Compared Kind = ""          // elements with each other
	InRange  Kind = "range"     // its own history: median ± Limit × median absolute deviation
	Steady   Kind = "change"    // the period before: Limit % more or less
	AsBelow  Kind = "districts" // the sum of the areas below
	AddsUp   Kind = "adds_up"   // its categories, which come to the whole
	Within   Kind = "within"    // the whole, of which it is one category
)

// across says whether rules of the kind look at the columns of one row.
func (k Kind) across() bool { return k == AddsUp || k == Within }

// EveryRow as a rule's element means each of the form's.
const EveryRow = "*"

// leastHistory is how many periods a cell's history must have to say what is usual.
const leastHistory = 4

// Past is what rules hold cells against: what the area reported for the periods before, newest last, Last of them the
// period just before; and what the areas below come to, where all of them have reported.
type Past struct {
	History []Values
	Last    Values
	Below   Values
}

// NeedsPast says whether a rule of the form looks at more than what is filled in.
func (f Form) NeedsPast() bool {
	return slices.ContainsFunc(f.Rules, func(r Rule) bool {
		if r.Kind != Compared {
			return !r.Kind.across()
		}
		c, err := formula.ParseComparison(r.Expr)
		return err == nil && slices.ContainsFunc(c.Operands(), func(o formula.Operand) bool { return o.Last })
	})
}

// Verdict is what a rule says of a cell.
type Verdict int

// Verdicts. Skipped: a number it needs is not there.
const (
	Holds Verdict = iota
	Fires
	Unknown
	Skipped
)

// Outcome is what a rule comes to in one place.
type Outcome struct {
	Rule    int // place among the rules
	Key     string
	Column  Column
	Cells   []string // keys, the first the one that is held against something
	Verdict Verdict
	Value   string   // where it does not hold
	Bound   say.Name // what it was held against, or why it cannot be said
}

// Try applies every rule to values.
func (f Form) Try(values Values, past Past) []Outcome { return f.Tryer()(values, past) }

// Tryer is Try for many reports of one form: what rules look at is worked out once. What it returns is shared as far as
// the cells of outcomes go, so they are not to be changed.
func (f Form) Tryer() func(Values, Past) []Outcome {
	places := make([][]rulePlace, len(f.Rules))
	comparisons := make([][]comparing, len(f.Rules))
	most := 0
	for i, rule := range f.Rules {
		places[i], comparisons[i] = f.rulePlaces(i, rule), f.comparisons(rule)
		most += len(places[i]) + len(comparisons[i])
	}
	return func(values Values, past Past) []Outcome {
		all := make([]Outcome, 0, most)
		var before []int64 // used again for each cell
		for i, rule := range f.Rules {
			for n := range f.Rows {
				if row := &f.Rows[n]; rule.Kind.across() && rule.of(row) {
					all = f.across(i, rule, *row, values, all)
				}
			}
			for n := range places[i] {
				p := &places[i][n]
				o := p.Outcome
				if cell, filled := values[p.Cells[0]]; filled && cell.Mark.Summable() {
					before = o.against(p, cell.Value, past, before)
				}
				all = append(all, o)
			}
			for _, c := range comparisons[i] {
				all = append(all, c.outcome(i, values, past))
			}
		}
		return all
	}
}

// rulePlace is one cell that a rule holds against its past, with the outcome that it has while nothing is known;
// times ÷ share is the rule's limit.
type rulePlace struct {
	Outcome
	kind         Kind
	decimals     int
	times, share int64
}

// of says whether the rule is on a row.
func (r Rule) of(row *Row) bool { return r.Element == EveryRow || r.Element == row.Element }

func (f Form) rulePlaces(i int, rule Rule) (all []rulePlace) {
	if rule.Kind == Compared || rule.Kind.across() {
		return nil
	}
	times, share, _ := limit(rule.Limit)
	for n := range f.Rows {
		row := &f.Rows[n]
		if !rule.of(row) {
			continue
		}
		for _, column := range f.Columns {
			p := rulePlace{Outcome{Rule: i, Key: FindingKey(i, column), Column: column,
				Cells: []string{Key(*row, column)}, Verdict: Skipped}, rule.Kind, row.Of.Decimals, times, share}
			if rule.Element == EveryRow {
				p.Key += "." + row.Number
			}
			all = append(all, p)
		}
	}
	return all
}

// against holds a cell against its past. before is room for its history, which is given back.
func (o *Outcome) against(p *rulePlace, value int64, past Past, before []int64) []int64 {
	key, times, share := p.Cells[0], p.times, p.share
	exact := func(of Values) (int64, bool) {
		cell, there := of[key]
		return cell.Value, there && cell.Mark.Summable()
	}
	shown := func(r *big.Rat) string {
		return quantity.Round(r.Quo(r, new(big.Rat).SetInt64(power(p.decimals))), p.decimals)
	}
	switch p.kind {
	case InRange:
		before = before[:0]
		for _, of := range past.History {
			if v, ok := exact(of); ok {
				before = append(before, v)
			}
		}
		if len(before) < leastHistory {
			return before
		}
		middle2, spread4 := usual(before)
		o.Verdict = Holds
		if !more(2*apart(2*value, middle2), share, spread4, times) {
			return before
		}
		reach := new(big.Rat).SetFrac64(spread4, 4)
		reach.Mul(reach, big.NewRat(times, share))
		middle := new(big.Rat).SetFrac64(middle2, 2)
		at, from, to := shown(new(big.Rat).Set(middle)), shown(new(big.Rat).Sub(middle, reach)),
			shown(new(big.Rat).Add(middle, reach))
		o.Bound = say.Name{ZH: "历史中位数" + at + "，通常在" + from + "到" + to + "之间",
			EN: "median so far " + at + ", usually between " + from + " and " + to}
	case Steady:
		last, known := exact(past.Last)
		switch {
		case !known:
			return before
		case last == 0 && value != 0:
			o.Verdict, o.Bound = Unknown, byZero("上期是0，变动幅度算不出来")
			return before
		}
		o.Verdict = Holds
		if !more(100*apart(value, last), share, apart(last, 0), times) {
			return before
		}
		was := shown(new(big.Rat).SetInt64(last))
		o.Bound = say.Name{ZH: "上期是" + was, EN: "last period " + was}
	case AsBelow:
		below, known := exact(past.Below)
		if !known {
			return before
		}
		o.Verdict = Holds
		if !more(100*apart(value, below), share, apart(below, 0), times) {
			return before
		}
		sum := shown(new(big.Rat).SetInt64(below))
		o.Bound = say.Name{ZH: "下级合计是" + sum, EN: "the areas below come to " + sum}
	}
	o.Verdict, o.Value = Fires, shown(new(big.Rat).SetInt64(value))
	return before
}

// usual is twice the median of values and four times their median absolute deviation, which counts as one of the
// smallest unit at least: what never changed may still change by one.
func usual(values []int64) (middle2, spread4 int64) {
	slices.Sort(values)
	n := len(values)
	middle2 = values[(n-1)/2] + values[n/2]
	for i, v := range values {
		values[i] = apart(2*v, middle2)
	}
	slices.Sort(values)
	return middle2, max(values[(n-1)/2]+values[n/2], 4)
}

// byZero is why a rule cannot be computed: nothing but a division by zero stops one.
func byZero(zh string) say.Name {
	return say.Name{ZH: zh, EN: "cannot be computed: a division by zero"}
}

func apart(a, b int64) int64 {
	if a < b {
		return b - a
	}
	return a - b
}

// more says whether a × b > c × d, of numbers that are not negative.
func more(a, b, c, d int64) bool {
	high, low := bits.Mul64(uint64(a), uint64(b))
	otherHigh, otherLow := bits.Mul64(uint64(c), uint64(d))
	return high > otherHigh || high == otherHigh && low > otherLow
}

func power(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// limit is a rule's limit as a fraction.
func limit(text string) (times, share int64, err error) {
	if text == "" {
		return 0, 1, nil
	}
	r, decimals, ok := quantity.Decimal(text)
	if !ok || r.Sign() < 0 || decimals > 2 || r.Cmp(big.NewRat(100000, 1)) > 0 {
		return 0, 1, errs.Invalidf("界限请填不小于0、最多两位小数的数，例如 3 或 20。")
	}
	share = power(decimals)
	return new(big.Rat).Mul(r, big.NewRat(share, 1)).Num().Int64(), share, nil
}
