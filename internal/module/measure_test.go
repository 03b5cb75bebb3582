package module_test

// What measures compute of whole numbers: shares and medians, exact in words.

import (
	"testing"

	"yipanqi/internal/module"
)

func TestMediansAreExact(t *testing.T) {
	for want, all := range map[string][]int{"": nil, "0": {0}, "3": {9, 3, 1}, "2.5": {4, 1, 2, 3}, "2": {3, 1},
		"0.5": {1, 0}, "10": {10, 10, 10, 10}} {
		if got := module.Median(all); got != want {
			t.Errorf("the median of %v is %q, want %q", all, got, want)
		}
	}
}

func TestSharesHaveOneDecimal(t *testing.T) {
	for want, of := range map[string][2]int{"": {0, 0}, "0.0": {0, 3}, "33.3": {1, 3}, "66.7": {2, 3},
		"100.0": {7, 7}} {
		if got := module.Percent(of[0], of[1]); got != want {
			t.Errorf("%d of %d is %q per cent, want %q", of[0], of[1], got, want)
		}
	}
}
