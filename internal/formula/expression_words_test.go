package formula_test

// Expressions in words keep the meaning: brackets stand where leaving them out would change it.

import (
	"strings"
	"testing"

	"yipanqi/internal/formula"
)

func TestExpressionsInWords(t *testing.T) {
	t.Parallel()
	naming := formula.Naming{
		Name: func(n formula.Name) string { return strings.TrimPrefix(n.Table+":"+strings.ToUpper(n.Name), ":") },
		Literal: func(whose, text string) string {
			return whose + "'" + text + "'"
		},
		Call: func(function string, args []string) (string, bool) {
			if function == "list" {
				return strings.Join(args, "|"), true
			}
			return "<" + function + " " + strings.Join(args, ";") + ">", function != "most"
		},
	}
	for text, want := range map[string]string{
		"":                                    "",
		"a - (b - c)":                         "A − (B − C)",
		"a - b - c":                           "A − B − C",
		"a / (b * c) * d":                     "A ÷ (B × C) × D",
		"(a + b) * -c":                        "(A + B) × −C",
		"a * (b + c) >= 1.50":                 "A × (B + C) ≥ 1.5",
		"(a or b) and not c":                  "<and (<or A;B>);<not C>>",
		"not (a and b)":                       "<not (<and A;B>)>",
		"a or b and c":                        "<or A;<and B;C>>",
		"kind == 'mall'":                      "KIND = kind'mall'",
		"kind in ['mall', 'park']":            "<in KIND;kind'mall'|kind'park'>",
		"'play' in functions":                 "<in functions'play';FUNCTIONS>",
		"not missing(a)":                      "<given A>",
		"free == true":                        "FREE = free'1'",
		"standard('x') + most(1, 2)":          "<standard x> + most(1, 2)",
		"count(checks, state == 'open') == 0": "<count CHECKS;checks:STATE = state'open'> = 0",
		"if(a, if(b, 1, 2), 3)":               "<if A;(<if B;1;2>);3>",
	} {
		e, err := formula.ParseExpression(text)
		if err != nil {
			t.Errorf("%s is refused: %v", text, err)
		} else if got := e.Words(naming); got != want {
			t.Errorf("%s reads\n%s, want\n%s", text, got, want)
		}
	}
}
