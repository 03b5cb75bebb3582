// Package quantity is an exact number on its way through the product: typed into a cell, kept as an integer of
// the smallest unit, shown again. It knows marks such as 近 and 不适用 and the codes of sex, but no business.
package quantity

import (
	"math/big"
	"strconv"
	"strings"
)

// Mark says how far a cell's number can be taken at its word, or why there is none. Stored with facts.
type Mark int

const (
	Empty   Mark = -1 // nothing typed yet; never stored
	Exact   Mark = 0
	Nearly  Mark = 1 // 近5000: a little less
	Over    Mark = 2 // 5000余, 超过5000: more
	AtLeast Mark = 3 // 5000以上: that or more
	About   Mark = 4 // 约5000

	NotApplicable Mark = 10 // nothing is due
	Pending       Mark = 11 // due, not yet there
	Confidential  Mark = 12 // summed, not shown
)

// Words are the characters people write for the mark; none for Exact and Empty.
func (m Mark) Words() string {
	switch m {
	case Nearly:
		return "近"
	case Over:
		return "余"
	case AtLeast:
		return "以上"
	case About:
		return "约"
	case NotApplicable:
		return "不适用"
	case Pending:
		return "暂缺"
	case Confidential:
		return "保密"
	}
	return ""
}

// HasValue says whether a number stands behind the mark.
func (m Mark) HasValue() bool {
	return m >= Exact && m <= About || m == Confidential
}

// Summable says whether the number may enter a sum: only exact ones do, shown or not.
func (m Mark) Summable() bool { return m == Exact || m == Confidential }

// Rat is value, in the smallest unit, as an exact number: Rat(1650, 2) is 16.5.
func Rat(value int64, decimals int) *big.Rat {
	switch {
	case decimals <= 0:
		return new(big.Rat).SetInt64(value)
	case decimals < len(powers):
		return big.NewRat(value, int64(powers[decimals]))
	}
	return new(big.Rat).SetFrac(big.NewInt(value), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
}

// Decimal reads a plain decimal such as "16.50" or "-3" exactly, and how many decimals it was given with.
func Decimal(text string) (r *big.Rat, decimals int, ok bool) {
	whole, fraction, dotted := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if !digits(whole) || dotted && !digits(fraction) {
		return nil, 0, false
	}
	if len(text) <= 18 { // as most are; reading it whole takes five times as long
		value, err := strconv.ParseInt(strings.Replace(text, ".", "", 1), 10, 64)
		return Rat(value, len(fraction)), len(fraction), err == nil
	}
	r, ok = new(big.Rat).SetString(text)
	return r, len(fraction), ok
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
