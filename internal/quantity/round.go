package quantity

// Numbers written with so many decimals. It knows no units and no words beside them: style.go does.

import (
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

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
