package formula

// The same evaluation in 64 bits for boards of thousands of rates; what does not fit goes back to exact fractions.

import (
	"math"
	"math/big"
	"math/bits"

	"yipanqi/internal/errs"
)

// small is an exact fraction in 64 bits, not reduced, den > 0. A board computes thousands of rates of counts: they fit,
// and are reduced once at the end instead of after every operation.
type small struct{ num, den int64 }

// small evaluates as eval does. fits is false where a number would not fit in 64 bits: then eval has to do it.
func (n *node) small(from operands) (s small, fits bool, err error) {
	switch n.op {
	case 'n':
		s, fits = smallOf(n.number)
		return s, fits, nil
	case 'e':
		return from.small(n)
	}
	left, fits, err := n.left.small(from)
	if err != nil || !fits {
		return s, fits, err
	}
	if n.op == '~' {
		return small{-left.num, left.den}, true, nil
	}
	right, fits, err := n.right.small(from)
	if err != nil || !fits {
		return s, fits, err
	}
	if n.op == '/' && right.num == 0 {
		return s, true, errs.Invalidf("除数是0，算不出来")
	}
	s, fits = left.with(n.op, right)
	return s, fits, nil
}

func smallOf(r *big.Rat) (s small, fits bool) {
	if !r.Num().IsInt64() || r.Num().Int64() == math.MinInt64 {
		return s, false
	}
	if r.IsInt() {
		return small{r.Num().Int64(), 1}, true
	}
	return small{r.Num().Int64(), r.Denom().Int64()}, r.Denom().IsInt64()
}

func (s small) with(op byte, o small) (r small, fits bool) {
	switch op {
	case '*':
		return product(s.num, o.num, s.den, o.den)
	case '/':
		if o.num < 0 {
			o.num, o.den = -o.num, -o.den
		}
		return product(s.num, o.den, s.den, o.num)
	case '-':
		o.num = -o.num
	}
	a, fitsA := product(s.num, o.den, s.den, o.den)
	b, fitsB := times(o.num, s.den)
	r = small{a.num + b, a.den}
	overflow := a.num > 0 && b > 0 && r.num <= 0 || a.num < 0 && b < 0 && r.num >= 0 || r.num == math.MinInt64
	return r, fitsA && fitsB && !overflow
}

// product is the fraction of a × b over c × d.
func product(a, b, c, d int64) (small, bool) {
	num, fitsNum := times(a, b)
	den, fitsDen := times(c, d)
	return small{num, den}, fitsNum && fitsDen
}

// times multiplies if the product, and its negative, fit. No factor is the least int64.
func times(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if high != 0 || low > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

func (s small) rat() *big.Rat {
	if s.den == 1 {
		return new(big.Rat).SetInt64(s.num)
	}
	return big.NewRat(s.num, s.den)
}
