package formula_test

// A comparison holds exactly, has no answer without its values, and reads in words.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
)

func TestComparisons(t *testing.T) {
	t.Parallel()
	values := lookup(map[string]string{"A": "3", "B": "4", "C": "0.1", "Z": "0"})
	for text, want := range map[string]bool{
		"A <= B": true, "B <= A": false, "A <= 3": true, "A>=B": false, "B >= A": true, "A >= 3": true,
		"A < B": true, "A < 3": false, "B > A": true, "A > 3": false, "A == 3": true, "A == B": false,
		"A != B": true, "A != 3": false, "C + 0.2 == 0.3": true, "A * 2 <= （B + 2）": true,
	} {
		c, err := formula.ParseComparison(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if holds, err := c.Holds(values); err != nil || holds != want {
			t.Errorf("%s holds: %t, %v; want %t", text, holds, err, want)
		}
	}
	for _, text := range []string{"X <= A", "A <= X", "A / Z <= A"} {
		c, err := formula.ParseComparison(text)
		if err != nil {
			t.Fatal(err)
		}
		if holds, err := c.Holds(values); err == nil || holds {
			t.Errorf("%s has no answer, and gives %t", text, holds)
		}
	}
}

func TestRefusedComparisons(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"": "一个比较", "A": "一个比较", "A <= B <= C": "一个比较", "A = B": "一个比较", "<= A": "一个比较",
		"A <= ": "一个比较", " <= A": "一个比较", "A + <= B": "第1行", "A <= b": "大写字母", "A => B": "一个比较",
		"A + B ≤ 0": "一个比较",
	} {
		_, err := formula.ParseComparison(text)
		if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%q says %v; want words with %s", text, err, says)
		}
	}
}

func TestComparisonsInWords(t *testing.T) {
	t.Parallel()
	c, err := formula.ParseComparison("EXAMINED * 2 >= MARRIED + EXAMINED")
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Words(func(o formula.Operand) string { return strings.ToLower(o.Element) }); got !=
		"examined × 2 ≥ married + examined" {
		t.Errorf("the comparison reads %s", got)
	}
	want := []formula.Operand{{Element: "EXAMINED"}, {Element: "MARRIED"}, {Element: "EXAMINED"}}
	if !slices.Equal(c.Operands(), want) {
		t.Errorf("its operands are %v", c.Operands())
	}
}
