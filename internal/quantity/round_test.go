package quantity_test

// A number is rounded once, half away from zero, whichever way it is worked out.

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/quantity"
)

func TestRound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		num, den int64
		decimals int
		want     string
	}{
		{1, 8, 2, "0.13"}, {-1, 8, 2, "-0.13"}, {5, 2, 0, "3"}, {-5, 2, 0, "-3"}, {12499, 100000, 2, "0.12"},
		{-1, 1000, 2, "0.00"}, {0, 1, 1, "0.0"}, {33, 200, 1, "0.2"}, {1650, 100, 2, "16.50"},
	} {
		if got := quantity.Round(big.NewRat(c.num, c.den), c.decimals); got != c.want {
			t.Errorf("%d/%d with %d decimals is %s, want %s", c.num, c.den, c.decimals, got, c.want)
		}
	}
}

// Numbers that fill a word, or do not fit into one, are written as the library writes them.
func TestRoundAgainstTheLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		decimals := rapid.IntRange(0, 24).Draw(t, "decimals")
		num, den := rapid.Int64().Draw(t, "num"), rapid.Int64Min(1).Draw(t, "den")
		r := big.NewRat(num, den)
		if rapid.Bool().Draw(t, "beyond a word") {
			r.Mul(r, big.NewRat(math.MaxInt64, 7))
		}
		want := r.FloatString(decimals)
		if strings.Trim(want, "-0.") == "" {
			want = strings.TrimPrefix(want, "-")
		}
		if got := quantity.Round(r, decimals); got != want {
			t.Fatalf("%s with %d decimals is %s, want %s", r, decimals, got, want)
		}
		ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
		exact := new(big.Rat).SetFrac(big.NewInt(num), ten)
		if got := quantity.Rat(num, decimals); got.Cmp(exact) != 0 {
			t.Fatalf("%d with %d decimals is %s, want %s", num, decimals, got, exact)
		}
		if got, want := quantity.Plain(num, decimals), exact.FloatString(decimals); got != want {
			t.Fatalf("%d with %d decimals is written %s, want %s", num, decimals, got, want)
		}
	})
}

// The slow reference rounds digit by digit on the written-out division.
func TestRoundAgainstLongDivision(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		num := rapid.Int64Range(-1e12, 1e12).Draw(t, "num")
		den := rapid.Int64Range(1, 1e6).Draw(t, "den")
		decimals := rapid.IntRange(0, 6).Draw(t, "decimals")
		if got, want := quantity.Round(big.NewRat(num, den), decimals), longDivision(num, den, decimals); got != want {
			t.Fatalf("%d/%d with %d decimals is %s, want %s", num, den, decimals, got, want)
		}
	})
}

func longDivision(num, den int64, decimals int) string {
	sign := ""
	if num < 0 {
		sign, num = "-", -num
	}
	whole, rest := num/den, num%den
	scaled := whole
	for range decimals {
		rest *= 10
		scaled, rest = scaled*10+rest/den, rest%den
	}
	if 2*rest >= den {
		scaled++
	}
	if scaled == 0 {
		sign = ""
	}
	text := fmt.Sprintf("%0*d", decimals+1, scaled)
	if decimals > 0 {
		text = text[:len(text)-decimals] + "." + text[len(text)-decimals:]
	}
	return sign + text
}
