package progress

// This file is whether two values may be held against each other, and with how many digits that is said truly. What
// follows for a target is in judge.go.

import (
	"math/big"
	"strings"

	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Break says why two values do not mean the same, in words; no Words where they may be compared. Calibre, formula and
// definition make what a value means; a figure that is quoted means what was in force in its period.
func Break(a, b Value) say.Words {
	switch {
	case a.Calibre.ID != b.Calibre.ID:
		return say.New("口径不同，不可比")
	case bare(a.Version.Formula) != bare(b.Version.Formula), a.Version.Definition != b.Version.Definition,
		a.Period.Kind() != b.Period.Kind():
		return say.New(newDefinition)
	}
	return say.Words{}
}

const newDefinition = "定义有变，不可比"

// redefined says whether a break is one of definition, from one period on; calibres may stand side by side.
func redefined(why say.Words) bool { return why.Key == newDefinition }

// bare is a formula without the spaces that mean nothing.
func bare(formula string) string { return strings.Join(strings.Fields(formula), "") }

// Comparable says whether two values mean the same.
func Comparable(a, b Value) bool { return Break(a, b).Key == "" }

// Change is later − earlier of two values, from the unrounded numbers; nil if one is missing, if they are not
// comparable, or if a source gives one of them only about.
func Change(earlier, later Value) *big.Rat {
	if earlier.Rat == nil || later.Rat == nil || !Comparable(earlier, later) ||
		earlier.Mark != quantity.Exact || later.Mark != quantity.Exact {
		return nil
	}
	return new(big.Rat).Sub(later.Rat, earlier.Rat)
}

// ChangeText is the change of two complete values for showing, never 0 where there is one; empty if it is not known.
func ChangeText(earlier, later Value) string {
	change := Change(earlier, later)
	if change == nil || !earlier.Complete() || !later.Complete() {
		return ""
	}
	return Tell(max(earlier.Decimals(), later.Decimals()), change)
}

// Tell rounds a difference to at least so many decimals, and to as many as it takes to tell it from none.
func Tell(decimals int, difference *big.Rat) string {
	return quantity.Round(difference, digits(decimals, pair{told{r: difference}, told{r: new(big.Rat), exact: true}}))
}

// told is a number that words say: rounded, or as it is.
type told struct {
	r     *big.Rat
	exact bool
}

// pair are two numbers said in one breath.
type pair struct{ a, b told }

// digits is the fewest decimals, but at least so many, with which the reader of every pair sees which of the two
// numbers is greater: 79.96 beside 80, not 80.0.
func digits(atLeast int, pairs ...pair) int {
	for d := atLeast; ; d++ {
		seen := 0
		for _, p := range pairs {
			if p.a.at(d).Cmp(p.b.at(d)) == p.a.r.Cmp(p.b.r) {
				seen++
			}
		}
		if seen == len(pairs) {
			return d
		}
	}
}

// at is the number as it is read with so many decimals.
func (t told) at(decimals int) *big.Rat {
	if t.exact {
		return t.r
	}
	r, _, _ := quantity.Decimal(quantity.Round(t.r, decimals))
	return r
}

// told is the value as words say it: a quoted figure as its source writes it.
func (v Value) told() told { return told{v.Rat, v.Quoted != nil} }

// compare holds a computed value against a published one.
func (q *Quoted) compare(v Value) {
	sameCalibre := q.CalibreID == v.Calibre.ID || q.CalibreID == 0 || v.Calibre.ID == 0
	if !v.Complete() || v.Hidden || !sameCalibre {
		return
	}
	q.Compared = true
	q.Difference = new(big.Rat).Sub(v.Rat, q.Rat)
	switch q.Mark {
	case quantity.Exact:
		q.Agrees = quantity.Round(v.Rat, q.Decimals) == quantity.Round(q.Rat, q.Decimals)
	case quantity.Nearly:
		q.Agrees = q.Difference.Sign() <= 0
	case quantity.Over, quantity.AtLeast:
		q.Agrees = q.Difference.Sign() >= 0
	default:
		q.Compared = false // 约: how far off it may be is not said
	}
}
