package formula

// An expression evaluated exactly, without floats and without loops but over the rows of a table.

import (
	"math/big"
	"slices"
	"strings"
	"time"
)

// Scope is what names are, for one record or one row of a table in it.
type Scope struct {
	// Value is what a name is: a field, a field's part, state, unit.kind, today.
	Value func(name string) Value
	// Rows are those of a table of the record; each row's names come before the record's.
	Rows func(table string) []Scope
	// Call is parameter(CODE) and standard(code).
	Call func(function, code string) Value
}

// Eval is what the expression comes to. A division by zero is missing.
func (e Expression) Eval(s Scope) Value {
	if e.root == nil {
		return Value{}
	}
	return e.root.eval(s)
}

func (t *term) eval(s Scope) Value {
	switch t.op {
	case "v":
		return t.value
	case "n":
		return s.Value(t.name)
	case "f":
		return t.apply(s)
	case "list":
		var all []string
		for _, arg := range t.args {
			all = append(all, arg.eval(s).Words()...)
		}
		return List(all)
	case "not":
		if v := t.args[0].eval(s); v.kind == 'y' {
			return Yes(!v.yes)
		}
		return Value{}
	case "neg":
		if r, ok := t.args[0].eval(s).Rat(); ok {
			return Number(new(big.Rat).Neg(r))
		}
		return Value{}
	case "and", "or":
		return both(t.op, t.args[0].eval(s), func() Value { return t.args[1].eval(s) })
	}
	left, right := t.args[0].eval(s), t.args[1].eval(s)
	if left.Missing() || right.Missing() {
		return Value{}
	}
	switch t.op {
	case "in":
		return Yes(slices.ContainsFunc(left.Words(), func(w string) bool { return slices.Contains(right.Words(), w) }))
	case "+", "-", "*", "/":
		return arithmetic(t.op, left, right)
	}
	return compare(t.op, left, right)
}

// both is and, or: what is missing decides nothing, and is decided by nothing but a no of and, a yes of or.
func both(op string, left Value, right func() Value) Value {
	deciding := func(v Value) bool { return v.kind == 'y' && v.yes == (op == "or") }
	if deciding(left) {
		return left
	}
	r := right()
	if deciding(r) {
		return r
	}
	if left.kind != 'y' || r.kind != 'y' {
		return Value{}
	}
	return r
}

func arithmetic(op string, left, right Value) Value {
	a, ok := left.Rat()
	b, is := right.Rat()
	if !ok || !is {
		return moved(op, left, right)
	}
	switch op {
	case "+":
		return Number(new(big.Rat).Add(a, b))
	case "-":
		return Number(new(big.Rat).Sub(a, b))
	case "*":
		return Number(new(big.Rat).Mul(a, b))
	}
	if b.Sign() == 0 {
		return Value{}
	}
	return Number(new(big.Rat).Quo(a, b))
}

// moved is a day so many days later or earlier.
func moved(op string, left, right Value) Value {
	n, ok := right.Rat()
	day, err := time.Parse(time.DateOnly, left.text)
	if !ok || err != nil || !n.IsInt() || !n.Num().IsInt64() || n.Num().BitLen() > 20 || op != "+" && op != "-" {
		return Value{}
	}
	by := int(n.Num().Int64())
	if op == "-" {
		by = -by
	}
	return Text(day.AddDate(0, 0, by).Format(time.DateOnly))
}

func compare(op string, left, right Value) Value {
	var order int
	a, ok := left.Rat()
	b, is := right.Rat()
	switch {
	case ok && is:
		order = a.Cmp(b)
	case left.kind == 'y' && right.kind == 'y':
		order = map[bool]int{true: 0, false: 1}[left.yes == right.yes]
	case left.kind == 't' && right.kind == 't':
		order = strings.Compare(left.text, right.text)
	case op == "==" || op == "!=":
		return Yes((op == "==") == slices.Equal(left.Words(), right.Words()))
	default:
		return Value{}
	}
	switch op {
	case "<=":
		return Yes(order <= 0)
	case ">=":
		return Yes(order >= 0)
	case "<":
		return Yes(order < 0)
	case ">":
		return Yes(order > 0)
	case "!=":
		return Yes(order != 0)
	}
	return Yes(order == 0)
}

func (t *term) apply(s Scope) Value {
	if slices.Contains(byRows, t.name) {
		return t.overRows(s)
	}
	if t.name == "parameter" || t.name == "standard" {
		return s.Call(t.name, strings.Join(t.args[0].eval(s).Words(), ""))
	}
	if t.name == "if" {
		switch cond := t.args[0].eval(s); {
		case cond.True():
			return t.args[1].eval(s)
		case cond.False():
			return t.args[2].eval(s)
		}
		return Value{}
	}
	values := make([]Value, len(t.args))
	for i, arg := range t.args {
		values[i] = arg.eval(s)
	}
	v := values[0]
	switch t.name {
	case "missing":
		return Yes(v.Missing())
	case "days":
		return daysBetween(v, values[1])
	case "year":
		if len(v.text) >= 4 {
			return Decimal(v.text[:4])
		}
		return Value{}
	case "number":
		if r, ok := v.Rat(); ok {
			return Number(r)
		}
		return Decimal(v.text)
	case "least", "most":
		return extreme(t.name, values)
	case "ratio":
		return ratio(v, values[1])
	}
	return v // total and yes: the name's own value is that already
}

// ratio is two numbers side by side, as a standard says them: 10:20. It divides nothing.
func ratio(a, b Value) Value {
	x, one := a.Rat()
	y, other := b.Rat()
	if !one || !other {
		return Value{}
	}
	return Text(Number(x).Plain(2) + ":" + Number(y).Plain(2))
}

func extreme(name string, values []Value) (best Value) {
	for _, v := range values {
		if v.Missing() {
			continue
		}
		op := map[string]string{"least": "<", "most": ">"}[name]
		if best.Missing() || compare(op, v, best).True() {
			best = v
		}
	}
	return best
}

func daysBetween(from, to Value) Value {
	a, err := time.Parse(time.DateOnly, dayOf(from.text))
	b, bad := time.Parse(time.DateOnly, dayOf(to.text))
	if err != nil || bad != nil {
		return Value{}
	}
	return Whole(int(b.Sub(a).Hours()) / 24)
}

func dayOf(s string) string { return s[:min(len(s), len(time.DateOnly))] }

// overRows is count(table), count(table, condition), any(table, condition), sum(table.column), sum(table.column,
// condition).
func (t *term) overRows(s Scope) Value {
	table, column, _ := strings.Cut(t.args[0].name, ".")
	sum, n := new(big.Rat), 0
	for _, row := range s.Rows(table) {
		if len(t.args) > 1 && !t.args[1].eval(row).True() {
			continue
		}
		n++
		if t.name == "sum" {
			if r, ok := row.Value(column).Rat(); ok {
				sum.Add(sum, r)
			}
		}
	}
	switch t.name {
	case "sum":
		return Number(sum)
	case "any":
		return Yes(n > 0)
	}
	return Whole(n)
}
