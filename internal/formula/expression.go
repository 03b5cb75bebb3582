package formula

// Expressions over the fields of a record: what a register's rules, computed values and measures are written in. The
// same signs as in formulas, and besides words in quotes, days, and, or, not, in, and a few functions. It looks nothing
// up: who evaluates says what a name is. What is missing stays missing: a rule on it neither holds nor fails.

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
)

// Expression is one, parsed. The zero Expression is none.
type Expression struct {
	text string
	root *term
}

// term is a literal (op "v"), a name ("n"), a call ("f" with its name) or an operation on its arguments.
type term struct {
	op    string
	name  string
	value Value
	args  []*term
}

// functions are those that there are, with the fewest and the most arguments.
var functions = map[string][2]int{
	"missing": {1, 1}, "days": {2, 2}, "year": {1, 1}, "yes": {1, 1}, "total": {1, 1}, "number": {1, 1},
	"count": {1, 2}, "sum": {1, 2}, "parameter": {1, 1}, "standard": {1, 1}, "if": {3, 3}, "any": {2, 2},
	"least": {2, 9}, "most": {2, 9}, "ratio": {2, 2},
}

// byRows are the functions whose first argument is a table of the record; a second one is asked of each of its rows.
var byRows = []string{"count", "sum", "any"}

var operators = map[string]string{"+": "+", "-": "-", "*": "*", "/": "/", "==": "==", "!=": "!=", "<": "<", "<=": "<=",
	">": ">", ">=": ">=", "in": "in", "and": "and", "or": "or", "&&": "and", "||": "or"}

var plainParser = func() *conf.Config {
	c := conf.CreateNew()
	c.DisableIfOperator = true
	for _, f := range builtin.Builtins {
		c.Disabled[f.Name] = true
	}
	for name := range functions { // ours, not the language's of the same names
		c.Functions[name] = &builtin.Function{Name: name}
	}
	return c
}()

// ParseExpression reads one. Its errors are errs.Invalid and name line and column.
func ParseExpression(text string) (Expression, error) {
	e := Expression{text: strings.TrimSpace(text)}
	if e.text == "" {
		return e, nil
	}
	if utf8.RuneCountInString(text) > maxFormula {
		return e, errs.Invalidf("公式太长：最多%d个字符。", maxFormula)
	}
	p := reader{source: []rune(chineseSigns.Replace(text))}
	tree, err := parser.ParseWithConfig(string(p.source), plainParser)
	if err != nil {
		at := len(p.source)
		if e, ok := errors.AsType[*file.Error](err); ok {
			at = e.From
		}
		return e, p.errorAt(at, "规则第%d行第%d列：这里写得不对。请检查括号、引号和运算符。")
	}
	e.root, err = p.term(tree.Node)
	return e, err
}

func (p *reader) term(n ast.Node) (*term, error) {
	at := n.Location().From
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		node, err := p.number(n)
		if err != nil {
			return nil, err
		}
		return &term{op: "v", value: Number(node.number)}, nil
	case *ast.StringNode:
		return &term{op: "v", value: Text(n.Value)}, nil
	case *ast.BoolNode:
		return &term{op: "v", value: Yes(n.Value)}, nil
	case *ast.IdentifierNode:
		return &term{op: "n", name: n.Value}, nil
	case *ast.MemberNode:
		if name, ok := memberName(n); ok {
			return &term{op: "n", name: name}, nil
		}
	case *ast.ArrayNode:
		return p.operation("list", n.Nodes)
	case *ast.UnaryNode:
		switch n.Operator {
		case "not", "!":
			return p.operation("not", []ast.Node{n.Node})
		case "-":
			return p.operation("neg", []ast.Node{n.Node})
		}
	case *ast.BinaryNode:
		if op := operators[n.Operator]; op != "" {
			return p.operation(op, []ast.Node{n.Left, n.Right})
		}
		return nil, p.errorAt(at, "规则第%d行第%d列：没有“%s”这个运算。", n.Operator)
	case *ast.CallNode:
		if callee, ok := n.Callee.(*ast.IdentifierNode); ok {
			return p.call(callee.Value, n)
		}
	}
	return nil, p.errorAt(at, "规则第%d行第%d列：只能用字段、数字、引号里的文字、+ - * /、比较、and、or、not、in 和列出的函数。")
}

func memberName(n *ast.MemberNode) (string, bool) {
	of, ok := n.Node.(*ast.IdentifierNode)
	property, is := n.Property.(*ast.StringNode)
	if !ok || !is || n.Optional {
		return "", false
	}
	return of.Value + "." + property.Value, true
}

func (p *reader) operation(op string, nodes []ast.Node) (*term, error) {
	t := &term{op: op}
	for _, n := range nodes {
		arg, err := p.term(n)
		if err != nil {
			return nil, err
		}
		t.args = append(t.args, arg)
	}
	return t, nil
}

func (p *reader) call(name string, n *ast.CallNode) (*term, error) {
	bounds, known := functions[name]
	if !known {
		return nil, p.errorAt(n.Location().From, "规则第%d行第%d列：没有函数“%s”。", name)
	}
	if len(n.Arguments) < bounds[0] || len(n.Arguments) > bounds[1] {
		return nil, p.errorAt(n.Location().From, "规则第%d行第%d列：函数“%s”的括号里要有%d到%d项。", name, bounds[0], bounds[1])
	}
	t, err := p.operation("f", n.Arguments)
	if err != nil {
		return nil, err
	}
	if t.name = name; slices.Contains(byRows, name) && t.args[0].op != "n" {
		return nil, p.errorAt(n.Location().From, "规则第%d行第%d列：函数“%s”的第一项要是一张表。", name)
	}
	return t, nil
}

// IsZero says that there is no expression.
func (e Expression) IsZero() bool { return e.root == nil }

// String is the expression as it was written.
func (e Expression) String() string { return e.text }

// Name is one that an expression uses. Table is the table of the record that it stands in, if it does.
type Name struct{ Name, Table string }

// Names are all that the expression uses, each once, in order. What a condition asks of the rows of a table is under
// that table.
func (e Expression) Names() (names []Name) {
	var walk func(t *term, table string)
	walk = func(t *term, table string) {
		if t.op == "n" {
			if n := (Name{t.name, table}); !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
		for i, arg := range t.args {
			if inner := table; t.op == "f" && i == 1 && slices.Contains(byRows, t.name) {
				inner, _, _ = strings.Cut(t.args[0].name, ".")
				walk(arg, inner)
				continue
			}
			walk(arg, table)
		}
	}
	if e.root != nil {
		walk(e.root, "")
	}
	return names
}

// Given are the words in quotes that are the only argument of a function: codes of parameters and standards.
func (e Expression) Given(function string) (codes []string) {
	var walk func(*term)
	walk = func(t *term) {
		if t.op == "f" && t.name == function && len(t.args) == 1 && t.args[0].op == "v" {
			codes = append(codes, t.args[0].value.text)
		}
		for _, arg := range t.args {
			walk(arg)
		}
	}
	if e.root != nil {
		walk(e.root)
	}
	return codes
}

// Value is what a name or an expression is: missing, a number, words (a code, a day as 2018-12-31), yes or no, or
// several words. The zero Value is missing.
type Value struct {
	kind   byte
	number *big.Rat
	text   string
	yes    bool
	list   []string
}

// Number is a value of arithmetic.
func Number(r *big.Rat) Value { return Value{kind: '1', number: r} }

// Whole is a whole number.
func Whole(n int) Value { return Number(new(big.Rat).SetInt64(int64(n))) }

// Text is words, a code or a day; none is missing.
func Text(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{kind: 't', text: s}
}

// Yes is yes or no.
func Yes(b bool) Value { return Value{kind: 'y', yes: b} }

// List is several words; none of them is missing.
func List(all []string) Value {
	if len(all) == 0 {
		return Value{}
	}
	return Value{kind: 'l', list: all}
}

// Decimal is a number written plainly; anything else is missing.
func Decimal(s string) Value {
	if r, _, ok := quantity.Decimal(s); ok {
		return Number(r)
	}
	return Value{}
}

// Missing says that there is nothing.
func (v Value) Missing() bool { return v.kind == 0 }

// Rat is the number, if it is one.
func (v Value) Rat() (*big.Rat, bool) { return v.number, v.kind == '1' }

// True says that it is a yes.
func (v Value) True() bool { return v.kind == 'y' && v.yes }

// False says that it is a no; what is missing is neither.
func (v Value) False() bool { return v.kind == 'y' && !v.yes }

// Words are the words of a text or a list.
func (v Value) Words() []string {
	if v.kind == 't' {
		return []string{v.text}
	}
	return v.list
}

// Plain is the value as it is kept: a number exactly where it is a decimal, yes as 1 and no as 0.
func (v Value) Plain(decimals int) string {
	switch v.kind {
	case '1':
		return trimmed(v.number.FloatString(decimals))
	case 'y':
		if v.yes {
			return "1"
		}
		return "0"
	case 'l':
		return strings.Join(v.list, "、")
	}
	return v.text
}

func trimmed(s string) string {
	if strings.Contains(s, ".") {
		return strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// Unknown names what an expression uses and nobody knows.
func (e Expression) Unknown(known func(Name) bool) error {
	for _, n := range e.Names() {
		if !known(n) {
			said := n.Name
			if n.Table != "" {
				said = n.Table + "." + n.Name
			}
			return errs.Invalidf("规则“%s”里的“%s”不是本业务登记的字段。", e.text, said)
		}
	}
	return nil
}
