// Package quantity is an exact number on its way through the product: typed into a cell, kept as an integer of
// the smallest unit, shown again. It knows marks such as 近 and 不适用 and the codes of sex, but no business.
package quantity

import (
	"math/big"
	"math/bits"
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

// powers are those of ten that a word holds, by exponent.
var powers = func() (all [19]uint64) {
	for n := range all {
		all[n] = 1
		for range n {
			all[n] *= 10
		}
	}
	return all
}()

// Plain writes value with all its decimals: Plain(1650, 2) is "16.50".
func Plain(value int64, decimals int) string {
	if decimals < 0 || decimals >= len(powers) {
		return Rat(value, decimals).FloatString(decimals)
	}
	return written(value < 0, magnitude(value), decimals)
}

// Round writes r with so many decimals, rounded once, half away from zero (四舍五入).
func Round(r *big.Rat, decimals int) string {
	if text, ok := roundWord(r, decimals); ok {
		return text
	}
	text := r.FloatString(decimals) // rounds just so
	if strings.Trim(text, "-0.") == "" {
		text = strings.TrimPrefix(text, "-")
	}
	return text
}

// roundWord is Round where all of it fits into words, as it nearly always does: a page writes some thousand numbers.
func roundWord(r *big.Rat, decimals int) (text string, ok bool) {
	above, below := r.Num(), r.Denom()
	if decimals < 0 || decimals >= len(powers) || !above.IsInt64() || !below.IsInt64() {
		return "", false
	}
	divisor := uint64(below.Int64())
	high, low := bits.Mul64(magnitude(above.Int64()), powers[decimals])
	if high >= divisor {
		return "", false
	}
	whole, rest := bits.Div64(high, low, divisor)
	if rest >= divisor-rest {
		if whole++; whole == 0 {
			return "", false
		}
	}
	return written(above.Sign() < 0, whole, decimals), true
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// written is a number of the smallest unit with its point; nothing is no less than nothing.
func written(negative bool, n uint64, decimals int) string {
	text := strconv.FormatUint(n, 10)
	if decimals > 0 {
		if short := decimals + 1 - len(text); short > 0 {
			text = strings.Repeat("0", short) + text
		}
		text = text[:len(text)-decimals] + "." + text[len(text)-decimals:]
	}
	if negative && n != 0 {
		text = "-" + text
	}
	return text
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
