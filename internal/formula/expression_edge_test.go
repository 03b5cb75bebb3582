package formula_test

// The edges of expressions that a mutation run found unguarded: what is equal, what is none, what is just too much.

import (
	"strings"
	"testing"

	"yipanqi/internal/formula"
)

func TestEdgesOfExpressions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"area >= 32.5": "yes", "area <= 32.50": "yes", "area > 32.5": "no", "area < 32.5": "no",
		"opened_on >= '2018-05-31'": "yes", "opened_on <= '2018-05-31'": "yes",
		"opened_on > '2018-05-31'": "no", "opened_on < '2018-05-31'": "no",
		"any(checks, state == 'none')": "no", "count(checks, state == 'none')": "0",
		"year('2018')": "2018", "year('201')": "missing", "opened_on * 2": "missing",
		"opened_on - 31 == '2018-04-30'": "yes", "missing(opened_on + 1.5)": "yes",
		"missing(opened_on + 1048575)": "no", "missing(opened_on + 1048576)": "yes",
		"missing(opened_on - 1048575)": "no", "missing(opened_on - 1048576)": "yes",
	} {
		e, err := formula.ParseExpression(text)
		if err != nil {
			t.Errorf("%s is refused: %v", text, err)
		} else if got := said(e.Eval(scope())); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	const longest = 500
	for text, want := range map[string]bool{
		"area" + strings.Repeat(" ", longest-4):      true,
		"area" + strings.Repeat(" ", longest-3):      false,
		strings.Repeat("not ", longest/4-1) + "free": true,
	} {
		if _, err := formula.ParseExpression(text); (err == nil) != want {
			t.Errorf("%.20q… of %d characters: %v, want it taken: %t", text, len(text), err, want)
		}
	}
}
