package formula_test

// A formula computes exactly what it says, reads in words that mean the same, and names what it counts and divides by;
// anything else in it is refused with its place.

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/quantity"
)

func parse(t testing.TB, text string) formula.Formula {
	t.Helper()
	f, err := formula.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}

func lookup(values map[string]string) func(formula.Operand) (*big.Rat, error) {
	return func(o formula.Operand) (*big.Rat, error) {
		name := o.Element
		if o.Last {
			name = "last(" + name + ")"
		}
		r, _, ok := quantity.Decimal(values[name])
		if !ok {
			return nil, errors.New("no value of " + name)
		}
		return r, nil
	}
}

func TestEval(t *testing.T) {
	t.Parallel()
	values := map[string]string{"A": "33", "B": "200", "last(A)": "25", "C": "0.1", "Z": "0"}
	for text, want := range map[string]string{
		"A / B * 100":              "16.50",
		"A ÷ B × 100":              "16.50",
		"（A + B）/ 2":               "116.50",
		"A - B - 1":                "-168.00",
		"A - (B - 1)":              "-166.00",
		"-A":                       "-33.00",
		"A - last(A)":              "8.00",
		"(A - last(A)) / last(A)":  "0.32",
		"C + 0.2":                  "0.30",
		"mixed_years(A / B * 100)": "16.50",
		"100":                      "100.00",
		"0.1 * 3":                  "0.30",
	} {
		r, err := parse(t, text).Eval(lookup(values))
		if err != nil || quantity.Round(r, 2) != want {
			t.Errorf("%s is %v, %v; want %s", text, r, err, want)
		}
	}
	if _, err := parse(t, "A / (Z * B)").Eval(lookup(values)); errs.KindOf(err) != errs.Invalid ||
		!strings.Contains(err.Error(), "除数是0") {
		t.Errorf("a division by zero says %v", err)
	}
	if _, err := parse(t, "A / X").Eval(lookup(values)); err == nil {
		t.Error("an operand without a value is computed all the same")
	}
	if r, err := parse(t, "0.1 + 0.2").Eval(nil); err != nil || r.Cmp(big.NewRat(3, 10)) != 0 {
		t.Errorf("0.1 + 0.2 is %v, not exactly 3/10", r)
	}
}

func TestRefusedFormulas(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"A + ":                          "第1行第4列",
		"A B":                           "第1行第3列",
		"A +\n* B":                      "第2行第1列",
		"(A + B":                        "第1行第",
		"A / 0":                         "第1行第5列：除数总是0",
		"A / (2 - 2) + B":               "除数总是0",
		"A / (0 * 5 / 1)":               "除数总是0",
		"A // B":                        "第1行第4列",
		"A /* x */":                     "第1行第4列",
		"A ** 2":                        "第1行第4列",
		"A % B":                         "不能用“%”",
		"A > B":                         "不能用“>”",
		"A ? B : C":                     "不能用“?”",
		"A == B":                        "不能用“=”",
		`"A"`:                           "不能用",
		"婚检人数":                          "不能用“婚”",
		"a + B":                         "大写字母",
		"_X":                            "大写字母",
		"A.b":                           "一类写成",
		"A.B.C":                         "一类写成",
		"last(A.B + C)":                 "last() 里",
		"A not in B":                    "四种运算",
		"len(A)":                        "只能用",
		"max(A, B)":                     "不能用“,”",
		"last(A + B)":                   "last()",
		"last(last(A))":                 "last()",
		"last()":                        "第1行第",
		"A * mixed_years(B)":            "只能用",
		"+A":                            "多了一个运算符",
		"not A":                         "第1行第1列",
		"1e3 * A":                       "数字请写成",
		"0x10":                          "数字请写成",
		"1_000":                         "数字请写成",
		"5. * A":                        "数字请写成",
		"true":                          "第1行第1列",
		"nil":                           "第1行第1列",
		"A; B":                          "不能用“;”",
		strings.Repeat("A+", 300) + "A": "公式太长",
	} {
		_, err := formula.Parse(text)
		if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%s says %v; want words with %s", text, err, says)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"A / B * 100", "last(A) - 1", "mixed_years(（A）÷B)", "1e9", "A..B", "-(-(A))"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		f, err := formula.Parse(text)
		if err != nil {
			if errs.KindOf(err) != errs.Invalid {
				t.Fatalf("%q: the error is not one for users: %v", text, err)
			}
			return
		}
		if f.IsZero() {
			return
		}
		one := func(formula.Operand) (*big.Rat, error) { return big.NewRat(1, 1), nil }
		if _, err := f.Eval(one); err != nil && errs.KindOf(err) != errs.Invalid {
			t.Fatalf("%q: %v", text, err)
		}
		f.Numerator()
	})
}

func TestWordsKeepTheMeaning(t *testing.T) {
	t.Parallel()
	names := func(o formula.Operand) string {
		if o.Last {
			return "上期" + o.Element
		}
		return o.Element
	}
	for text, want := range map[string]string{
		"A / B * 100":          "A ÷ B × 100",
		"A / (B * 100)":        "A ÷ (B × 100)",
		"A / (B / C)":          "A ÷ (B ÷ C)",
		"(A + B) / C":          "(A + B) ÷ C",
		"A - (B - C)":          "A − (B − C)",
		"A - B - C":            "A − B − C",
		"A * (B * C)":          "A × B × C",
		"A + (B + C)":          "A + B + C",
		"A - last(A)":          "A − 上期A",
		"-(A + B)":             "−(A + B)",
		"A * -B":               "A × (−B)",
		"mixed_years(A / 0.5)": "A ÷ 0.5",
	} {
		if got := parse(t, text).Words(names); got != want {
			t.Errorf("%s reads %s, want %s", text, got, want)
		}
	}
}

func TestEventsAreWhatARateCounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"A / B * 100":           {"A"},
		"100 * A / B":           {"A"},
		"A * 100000 / B":        {"A"},
		"(A + C) / (B + C)":     {"A", "C"},
		"1 - A / B":             {"A"},
		"A / last(A) - 1":       {"A"},
		"-A / B":                {"A"},
		"A + B":                 nil,
		"A * 100":               nil,
		"A / B - C / D":         nil,
		"A / B - last(A) / B":   nil,
		"(A - last(A)) / B * 2": {"A"},
	} {
		if got := parse(t, text).Numerator(); !slices.Equal(got, want) {
			t.Errorf("%s counts %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"A / B * 100": "4", "100 * A / (B + C)": "7", "1 - A / B": "4", "A / (2 * B)": "4", "A / B / 2": "4",
		"(A - last(A)) / last(A)": "9", "-A / B + 1": "4", "A / 2": "", "A / B - C / D": "", "A / B / C": "",
		"A + B": "",
	} {
		base, got := parse(t, text).Base(), ""
		if !base.IsZero() {
			r, err := base.Eval(lookup(map[string]string{"A": "12", "B": "4", "C": "3", "last(A)": "9"}))
			if err != nil {
				t.Fatal(text, err)
			}
			got = r.RatString()
		}
		if got != want {
			t.Errorf("%s divides by %q, want %q", text, got, want)
		}
	}
	r, err := parse(t, "(A + C) * 1000 / B").Events().Eval(lookup(map[string]string{"A": "12", "C": "5"}))
	if err != nil || r.Cmp(big.NewRat(17, 1)) != 0 {
		t.Errorf("12 and 5 events count as %v, %v", r, err)
	}
}

func TestOperandsAreListedOnce(t *testing.T) {
	t.Parallel()
	f := parse(t, "(A - last(A)) / (last(A) + B) + B.KIND × 0.5 + last(B.KIND)")
	if want := []formula.Operand{{Element: "A"}, {Element: "A", Last: true}, {Element: "B"},
		{Element: "B", Category: "KIND"}, {Element: "B", Category: "KIND", Last: true}}; !slices.Equal(f.Operands(),
		want) {
		t.Errorf("operands are %v", f.Operands())
	}
	if want := []string{"A", "B"}; !slices.Equal(f.Elements(), want) {
		t.Errorf("elements are %v", f.Elements())
	}
}

// A random expression is written down and computed at once; the formula must agree, exactly, and so must its words.
func TestEvalAgainstNaiveEvaluator(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := map[string]*big.Rat{}
		text, want := expression(t, values, 4)
		get := func(o formula.Operand) (*big.Rat, error) { return values[o.Element], nil }
		f, err := formula.Parse(text)
		if err != nil && want == nil && strings.Contains(err.Error(), "除数总是0") {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		agrees(t, text, f, get, want)
		words := f.Words(func(o formula.Operand) string { return o.Element })
		again, err := formula.Parse(words)
		if err != nil {
			t.Fatalf("%s, the words of %s: %v", words, text, err)
		}
		agrees(t, words, again, get, want)
	})
}

func agrees(t *rapid.T, text string, f formula.Formula,
	get func(formula.Operand) (*big.Rat, error), want *big.Rat) {
	got, err := f.Eval(get)
	if want == nil {
		if err == nil {
			t.Fatalf("%s divides by zero and gives %v", text, got)
		}
		return
	}
	if err != nil || got.Cmp(want) != 0 {
		t.Fatalf("%s is %v, %v; want %v", text, got, err, want)
	}
}

// expression returns a text and its value, nil where a division by zero makes it undefined.
func expression(t *rapid.T, values map[string]*big.Rat, depth int) (string, *big.Rat) {
	kind := rapid.IntRange(0, 6).Draw(t, "kind")
	if depth == 0 {
		kind %= 2
	}
	switch kind {
	case 0:
		n, decimals := rapid.Int64Range(0, rapid.SampledFrom([]int64{100, 1e9, 1e18}).Draw(t, "up to")).Draw(t, "n"),
			rapid.IntRange(0, 3).Draw(t, "decimals")
		return quantity.Plain(n, decimals), quantity.Rat(n, decimals)
	case 1:
		name := fmt.Sprintf("E%d", len(values))
		// some fit in 64 bits to the end, some do not
		limit := rapid.SampledFrom([]int64{10, 1e6, 1e15, math.MaxInt64}).Draw(t, "limit")
		values[name] = quantity.Rat(rapid.Int64Range(-limit, limit).Draw(t, "value"),
			rapid.IntRange(0, 3).Draw(t, "decimals"))
		return name, values[name]
	case 2:
		text, r := expression(t, values, depth-1)
		if r == nil {
			return "-(" + text + ")", nil
		}
		return "-(" + text + ")", new(big.Rat).Neg(r)
	}
	a, x := expression(t, values, depth-1)
	b, y := expression(t, values, depth-1)
	text := "(" + a + ") " + string("+-*/"[kind-3]) + " (" + b + ")"
	if x == nil || y == nil || kind == 6 && y.Sign() == 0 {
		return text, nil
	}
	z := new(big.Rat)
	switch kind {
	case 3:
		z.Add(x, y)
	case 4:
		z.Sub(x, y)
	case 5:
		z.Mul(x, y)
	case 6:
		z.Quo(x, y)
	}
	return text, z
}
