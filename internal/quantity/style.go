package quantity

// How a reference shows an exact number: decimals, 万, 近 and 余, rounded once.

import (
	"math/big"
	"strings"
)

// Style is how a reference shows a number; the number itself stays exact.
type Style struct {
	Decimals  int
	Scale     string // "", 万 or 亿: the number is shown in ten thousands or hundred millions
	Qualifier string // "", or 近 约 超过 before the number, 余 左右 以上 after it
	Unit      string // % 个 元 …; 以上 and 左右 follow it, 余 does not
}

// Known says whether the style's words are ones that Format knows.
func (s Style) Known() bool {
	switch s.Scale {
	case "", "万", "亿":
	default:
		return false
	}
	switch s.Qualifier {
	case "", "近", "约", "超过", "余", "左右", "以上":
		return true
	}
	return false
}

// Format writes r: 近5000件, 4000余个, 99%以上, 42.3万人, 40亿元. Rounded once, half away from zero (四舍五入).
func (s Style) Format(r *big.Rat) string {
	return chinese(Round(s.scaled(r), s.Decimals)+s.Scale, s.Qualifier, s.Unit).String()
}

func (s Style) scaled(r *big.Rat) *big.Rat {
	zeros := map[string]int{"万": 4, "亿": 8}[s.Scale]
	return new(big.Rat).Mul(r, Rat(1, zeros))
}

// Qualifier is the mark that a style's word stands for; Exact for none.
func Qualifier(word string) Mark {
	for _, a := range affixes {
		if word != "" && (a.before == word || a.after == word) {
			return a.mark
		}
	}
	return Exact
}

// Fits says whether the style's word is true of r: 近5000 of less than that, 5000余 of more, 5000以上 of that or more.
func (s Style) Fits(r *big.Rat) bool {
	shown, _, _ := Decimal(Round(s.scaled(r), s.Decimals))
	side := s.scaled(r).Cmp(shown)
	switch Qualifier(s.Qualifier) {
	case Nearly:
		return side < 0
	case Over:
		return side > 0
	case AtLeast:
		return side >= 0
	}
	return true
}

// Exact says whether the style shows r without rounding anything away.
func (s Style) Exact(r *big.Rat) bool {
	shown, _, ok := Decimal(Round(s.scaled(r), s.Decimals))
	return ok && shown.Cmp(s.scaled(r)) == 0
}

// Grouped puts thousands separators into a plain decimal: 21,542,000.
func Grouped(text string) string {
	whole, fraction, dotted := strings.Cut(text, ".")
	digits := strings.TrimPrefix(whole, "-")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if strings.HasPrefix(whole, "-") {
		digits = "-" + digits
	}
	if dotted {
		return digits + "." + fraction
	}
	return digits
}
