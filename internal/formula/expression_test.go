package formula_test

// Expressions of registers over a record and its tables: what is missing stays missing, and what is wrong is refused
// with its place. Formulas of indicators: formula_test.go.

import (
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/formula"
)

// scope has some fields of a record and one table.
func scope() formula.Scope {
	values := map[string]formula.Value{
		"opened_on": formula.Text("2018-05-31"), "closed_on": {}, "area": formula.Decimal("32.50"),
		"free": formula.Yes(true), "functions": formula.List([]string{"play", "books"}), "kind": formula.Text("mall"),
		"rooms": formula.Whole(0), "unit.kind": formula.Text("school"), "today": formula.Text("2018-06-30"),
		"found.men": formula.Whole(3),
	}
	row := func(state, score string) formula.Scope {
		return formula.Scope{Value: func(name string) formula.Value {
			switch name {
			case "state":
				return formula.Text(state)
			case "score":
				return formula.Decimal(score)
			}
			return values[name]
		}}
	}
	return formula.Scope{
		Value: func(name string) formula.Value { return values[name] },
		Rows: func(string) []formula.Scope {
			return []formula.Scope{row("open", "1.5"), row("fixed", "2"), row("open", "")}
		},
		Call: func(function, code string) formula.Value {
			return map[string]formula.Value{"parameter LEAST": formula.Whole(30)}[function+" "+code]
		},
	}
}

func said(v formula.Value) string {
	switch {
	case v.Missing():
		return "missing"
	case v.True():
		return "yes"
	case v.False():
		return "no"
	}
	return v.Plain(6)
}

func TestExpressions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"area >= parameter('LEAST')":                       "yes",
		"area ≥ 40":                                        "refused",
		"area * 2 - 5":                                     "60",
		"area / rooms":                                     "missing",
		"area / rooms > 1 or free":                         "yes",
		"area / rooms > 1 and free":                        "missing",
		"closed_on >= opened_on":                           "missing",
		"missing(closed_on) or closed_on >= opened_on":     "yes",
		"not missing(closed_on)":                           "no",
		"'play' in functions":                              "yes",
		"kind in ['mall', 'park']":                         "yes",
		"kind not in ['mall']":                             "no",
		"kind == 'school'":                                 "no",
		"unit.kind == 'school' and found.men == 3":         "yes",
		"days(opened_on, today)":                           "30",
		"opened_on + 30 == today":                          "yes",
		"year(opened_on)":                                  "2018",
		"count(checks)":                                    "3",
		"count(checks, state == 'open')":                   "2",
		"count(checks, state == 'open' and score > 1)":     "1",
		"sum(checks.score)":                                "3.5",
		"any(checks, kind == 'mall' and state == 'fixed')": "yes",
		"if(free, 1, 2) + if(missing(closed_on), 10, 20)":  "11",
		"least(area, 30) + most(1, 2, 3)":                  "33",
		"-area < 0":                                        "yes",
		"standard('size')":                                 "missing",
		"free == true":                                     "yes",
		"（area + 1）× 2":                                    "67",
	} {
		e, err := formula.ParseExpression(text)
		got := "refused"
		if err == nil {
			got = said(e.Eval(scope()))
		}
		if got != want {
			t.Errorf("%s is %s, want %s (%v)", text, got, want, err)
		}
	}
}

func TestExpressionsAreRefusedWithTheirPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"area >":             "第1行第6列",
		"area\n  ?? 3":       "第2行",
		"nothing(area)":      "没有函数“nothing”",
		"days(area)":         "要有2到2项",
		"count(1)":           "第一项要是一张表",
		"area matches 'x'":   "没有“matches”这个运算",
		"map(area, {# > 1})": "规则第1行",
		"area[0]":            "只能用字段",
		"let x = 1; x":       "规则第1行",
		"1e400 > area":       "这里写得不对",
		strings.Repeat("(", 60) + "area" + strings.Repeat(")", 60): "",
		strings.Repeat("area + ", 200) + "1":                       "公式太长",
	} {
		_, err := formula.ParseExpression(text)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q is refused with %v, want %q", text, err, want)
		}
	}
}

func TestNamesOfAnExpression(t *testing.T) {
	t.Parallel()
	e, err := formula.ParseExpression("count(checks, state == 'open') > 0 and area > standard('size') or free")
	if got := fmt.Sprint(e.Names(), e.Given("standard")); err != nil || got != "[{checks } {state checks} {area } {free }] [size]" {
		t.Errorf("names are %s, %v", got, err)
	}
	if err := e.Unknown(func(n formula.Name) bool { return n.Table == "" }); err == nil ||
		!strings.Contains(err.Error(), "checks.state") {
		t.Errorf("an unknown column is said as %v", err)
	}
}

func FuzzExpression(f *testing.F) {
	for _, text := range []string{"a + 1", "count(b, c) > 2", "not (x in ['y'])", "if(a, 'b', days(c, d))", "a.b.c",
		"\x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if e, err := formula.ParseExpression(text); err == nil {
			e.Eval(scope())
			e.Names()
		}
	})
}
