package formula

// Evaluation in 64 bits gives what exact fractions give, up to and beyond the largest numbers that fit.

import (
	"math"
	"math/big"
	"testing"

	"yipanqi/internal/errs"
)

// TestSmallNumbersAreExact tries each operation on each pair of numbers around the edges of 31, 32, 62 and 63 bits.
func TestSmallNumbersAreExact(t *testing.T) {
	t.Parallel()
	var edges []*big.Rat
	for _, bits := range []uint{0, 1, 31, 32, 62, 63} {
		for _, off := range []int64{-1, 0, 1} {
			n := new(big.Int).Lsh(big.NewInt(1), bits)
			r := new(big.Rat).SetInt(n.Add(n, big.NewInt(off)))
			edges = append(edges, r, new(big.Rat).Neg(r))
			if r.Sign() != 0 {
				edges = append(edges, new(big.Rat).Inv(r), new(big.Rat).Neg(new(big.Rat).Inv(r)))
			}
		}
	}
	exact := map[string]func(z, a, b *big.Rat) *big.Rat{"A + B": (*big.Rat).Add, "A - B": (*big.Rat).Sub,
		"A * B": (*big.Rat).Mul, "A / B": (*big.Rat).Quo}
	for text, want := range exact {
		f, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range edges {
			for _, b := range edges {
				got, err := f.Eval(func(o Operand) (*big.Rat, error) {
					return map[string]*big.Rat{"A": a, "B": b}[o.Element], nil
				})
				if text == "A / B" && b.Sign() == 0 {
					if errs.KindOf(err) != errs.Invalid {
						t.Fatalf("%v / 0 = %v, %v", a, got, err)
					}
					continue
				}
				if err != nil || got.Cmp(want(new(big.Rat), a, b)) != 0 {
					t.Fatalf("%s with %v and %v = %v, %v", text, a, b, got, err)
				}
			}
		}
	}
}

// TestWhatFitsIsComputedSmall: a board's rates must not fall back to fractions, and what does not fit must.
func TestWhatFitsIsComputedSmall(t *testing.T) {
	t.Parallel()
	const most = math.MaxInt64
	for _, c := range []struct {
		op   byte
		a, b small
		fits bool
	}{
		{'+', small{most - 1, 1}, small{1, 1}, true}, {'+', small{most, 1}, small{1, 1}, false},
		{'-', small{-most, 1}, small{1, 1}, false}, {'-', small{1 - most, 1}, small{1, 1}, true},
		{'-', small{-most, 1}, small{most, 1}, false}, {'+', small{most, 1}, small{most, 1}, false},
		{'*', small{1 << 31, 1}, small{1 << 31, 1}, true}, {'*', small{1 << 32, 1}, small{1 << 31, 1}, false},
		{'*', small{-1 << 32, 1}, small{1 << 31, 1}, false}, {'*', small{most, 1}, small{-1, 1}, true},
		{'/', small{1, 1 << 32}, small{1 << 31, 1}, false}, {'/', small{most, 1}, small{-1, 1}, true},
		{'/', small{0, 1}, small{-3, 7}, true}, {'*', small{1, 1 << 31}, small{1, 1 << 31}, true},
	} {
		got, fits := c.a.with(c.op, c.b)
		if fits != c.fits || fits && got.den <= 0 {
			t.Errorf("%v %c %v = %v, fits: %t", c.a, c.op, c.b, got, fits)
		}
	}
	for text, fits := range map[string]bool{"9223372036854775807": true, "-9223372036854775807": true,
		"-9223372036854775808": false, "9223372036854775808": false, "1/9223372036854775807": true,
		"1/9223372036854775808": false} {
		r, _ := new(big.Rat).SetString(text)
		if s, ok := smallOf(r); ok != fits || ok && s.rat().Cmp(r) != 0 {
			t.Errorf("%s: %v, fits: %t", text, s, ok)
		}
	}
}
