package check

// When a number as written says the same as the number held: rounded, cut off, hedged (近, 余, 不到), in another unit.
// Exact arithmetic alone; which figure it is held against is tested in the other files.

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/figurecheck"
	"yipanqi/internal/quantity"
)

func rat(t interface{ Fatalf(string, ...any) }, text string) *big.Rat {
	r, _, ok := quantity.Decimal(text)
	if !ok {
		t.Fatalf("%q is no decimal", text)
	}
	return r
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		said      string
		decimals  int
		qualifier string
		truth     string
		shown     int
		vague     hedge
		want      fit
	}{
		{"16.5", 1, "", "16.5", 2, plain, same},
		{"16.5", 1, "达到", "16.4986", 2, plain, same}, // shown as 16.50
		{"16.499", 3, "", "16.4986", 2, plain, same}, // finer than shown, and right
		{"16.42", 2, "", "16.4186", 2, plain, same},
		{"16.4", 1, "", "16.4186", 2, plain, rounded},
		{"16", 0, "", "16.4186", 2, plain, rounded},
		{"16.41", 2, "", "16.4186", 2, plain, differs}, // cut off, not rounded
		{"12.7", 1, "", "12.76", 2, plain, differs},
		{"423000", -3, "", "423000", 0, plain, same},
		{"420000", -4, "", "423000", 0, plain, rounded},
		{"400000", -5, "约", "423000", 0, plain, open},
		{"410000", -4, "约", "423000", 0, plain, within},
		{"300000", -5, "约", "423000", 0, plain, differs},
		{"17", 0, "近", "16.5", 2, plain, within},
		{"16", 0, "近", "16.5", 2, plain, differs},
		{"500000000", -8, "近", "400000000", 0, plain, differs},
		{"20", 0, "不足", "16.5", 2, plain, within}, // less, but not 近20
		{"20", 0, "近", "16.5", 2, plain, open},
		{"16", 0, "不到", "16.5", 2, plain, differs},
		{"5000", 0, "不到", "5000", 0, below, same},
		{"16", 0, "超过", "16.5", 2, plain, within},
		{"16.5", 1, "超过", "16.5", 1, plain, differs},
		{"16.5", 1, "以上", "16.5", 1, plain, within},
		{"4000", 0, "余", "4321", 0, plain, within},
		{"4000", 0, "余", "3999", 0, plain, differs},
		{"20", 0, "以下", "8.17", 2, plain, open}, // true, but nobody would say so of the value
		{"5000", 0, "近", "5000", 0, below, same},
		{"5000", 0, "", "5000", 0, below, rounded},
		{"5200", 0, "", "5000", 0, below, differs},
		{"4980", 0, "", "5000", 0, below, open},
		{"99", 0, "以上", "99", 0, least, same},
		{"95", 0, "以上", "95", 0, below, differs},
		{"95", 0, "超过", "95", 0, below, differs},
		{"4000", 0, "近", "4000", 0, above, differs},
		{"4000", 0, "不到", "4000", 0, above, differs},
		{"4000", 0, "以内", "4000", 0, above, differs},
		{"99", 0, "接近", "99", 0, least, differs},
		{"99", 0, "以内", "99", 0, least, rounded}, // both may mean 99
		{"95", 0, "约", "95", 0, below, rounded},
		{"98", 0, "", "99", 0, least, differs},
	} {
		got := compare(rat(t, c.said), c.decimals, c.qualifier,
			truth{rat: rat(t, c.truth), decimals: c.shown, vague: c.vague})
		if got != c.want {
			t.Errorf("%s%s against %v%s: %v, want %v", c.qualifier, c.said, c.vague, c.truth, got, c.want)
		}
	}
}

// A number rounded by anybody to any number of places never differs from itself.
func TestARoundedNumberIsNeverWrong(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64Range(-1e9, 1e9).Draw(t, "numerator"),
			rapid.Int64Range(1, 1e6).Draw(t, "denominator"))
		decimals, kept := rapid.IntRange(-3, 5).Draw(t, "decimals"), rapid.IntRange(0, 4).Draw(t, "shown")
		said := shown(r, decimals)
		if got := compare(said, decimals, "", truth{rat: r, decimals: kept}); got != same && got != rounded {
			t.Fatalf("%v said as %v: %v", r, said, got)
		}
	})
}

func TestUnits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value, unit, figure, want string
		near                      bool
	}{
		{"8.17", "1/10万", "/10万", "8.17", true},
		{"2.29", "‰", "%", "0.229", true},
		{"12.5", "%", "‰", "125", true},
		{"17", "家", "个", "17", true},
		{"5", "人", "元", "5", false},
		{"16.5", "%", "", "16.5", false},
	} {
		got, near, _ := truth{rat: rat(t, c.value), decimals: 2}.in(c.unit, c.figure)
		if got.rat.Cmp(rat(t, c.want)) != 0 || near != c.near {
			t.Errorf("%s%s in %s is %v %t, want %s %t", c.value, c.unit, c.figure, got.rat, near, c.want, c.near)
		}
	}
}

func TestExpectedSpeaksAsTheFigureDoes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value, unit string
		decimals    int
		claim       figurecheck.Claim
		want        string
	}{
		{"410000000", "元", 0, figurecheck.Claim{Unit: "元", Scale: 8}, "4.1"},
		{"12.76", "%", 2, figurecheck.Claim{Unit: "‰"}, "127.6"},
		{"12.76", "%", 2, figurecheck.Claim{Unit: "%"}, "12.76"},
	} {
		w := witness{truth: truth{rat: rat(t, c.value), decimals: c.decimals}, unit: c.unit}
		if got := expected(figurecheck.Figure{}, c.claim, w); got != c.want {
			t.Errorf("%s%s as %+v is %s, want %s", c.value, c.unit, c.claim, got, c.want)
		}
	}
}
