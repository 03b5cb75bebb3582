// Package formula is the language of rules on numbers: exact arithmetic on elements, and two of them compared. It
// knows no database and looks nothing up; indicators are computed by it, and the rules of forms hold by it.
package formula

// Reads a formula's text and refuses all that is no plain arithmetic on elements. It is evaluated in eval.go.

import (
	"errors"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Formula is how an indicator's value follows from elements: + - * / (also written × ÷), parentheses, plain decimals,
// element codes, ELEMENT.CATEGORY for one category of it, last(ELEMENT) for the same one period earlier, and around the
// whole mixed_years(…) where elements with different statistical years may meet. The zero Formula has nothing to
// compute.
type Formula struct {
	// MixedYears: the author has said that different statistical years may meet.
	MixedYears bool

	root     *node
	operands []Operand
}

// Operand is an element that a formula needs, of the value's own period or of the one before.
type Operand struct {
	Element  string
	Category string // of the element's list; empty: the whole
	Last     bool
}

// node is a number ('n'), an operand ('e'), a negation ('~' of left) or an operation (+ - * /).
type node struct {
	op          byte
	number      *big.Rat
	text        string
	operand     Operand
	place       int // of the operand among those of the formula that was read
	left, right *node
}

const maxFormula = 500 // characters; so nothing is nested deeper than that either

var (
	elementCode  = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)
	chineseSigns = strings.NewReplacer("×", "*", "÷", "/", "−", "-", "（", "(", "）", ")", "　", " ")
)

// ValidElement says whether code can name an element in a formula: capitals, digits and _, a capital first.
func ValidElement(code string) bool { return elementCode.MatchString(code) && len(code) <= 60 }

// Parse reads a formula. Its errors are errs.Invalid and name line and column.
func Parse(text string) (Formula, error) {
	if strings.TrimSpace(text) == "" {
		return Formula{}, nil
	}
	if utf8.RuneCountInString(text) > maxFormula {
		return Formula{}, errs.Invalidf("公式太长：最多%d个字符。", maxFormula)
	}
	p := reader{source: []rune(chineseSigns.Replace(text))}
	for i, r := range p.source {
		if !allowed(r) {
			return Formula{}, p.errorAt(i, "公式第%d行第%d列：不能用“%s”，只能用数据项代码、数字、+ - * / 和括号。", string(r))
		}
		if r == '/' && i > 0 && p.source[i-1] == '/' || r == '*' && i > 0 && strings.ContainsRune("*/", p.source[i-1]) {
			return Formula{}, p.errorAt(i, "公式第%d行第%d列：两个运算符连在一起了。")
		}
	}
	tree, err := parser.Parse(string(p.source))
	if err != nil {
		at := len(p.source)
		if e, ok := errors.AsType[*file.Error](err); ok {
			at = e.From
		}
		return Formula{}, p.errorAt(at, "公式第%d行第%d列：这里应当是数据项代码、数字、运算符或括号。")
	}
	top, f := tree.Node, Formula{}
	if call, ok := callOf(top, "mixed_years"); ok {
		f.MixedYears, top = true, call
	}
	if f.root, err = p.read(top); err != nil {
		return Formula{}, err
	}
	f.operands = p.operands
	return f, nil
}

func allowed(r rune) bool {
	return 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9' ||
		strings.ContainsRune("_.+-*/() \t\r\n", r)
}

// reader turns the parser's tree into ours, refusing all that a formula may not hold.
type reader struct {
	source   []rune
	operands []Operand
}

// errorAt is msg, which begins with line and column, for the character at offset.
func (p *reader) errorAt(offset int, msg say.Key, args ...any) error {
	line, column := 1, 1
	for _, r := range p.source[:min(offset, len(p.source))] {
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	return errs.Invalidf(msg, append([]any{line, column}, args...)...)
}

func (p *reader) read(n ast.Node) (*node, error) {
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		return p.number(n)
	case *ast.IdentifierNode, *ast.MemberNode:
		return p.operand(n, false)
	case *ast.UnaryNode:
		left, err := p.read(n.Node)
		if err == nil && n.Operator != "-" {
			err = p.errorAt(n.Location().From, "公式第%d行第%d列：多了一个运算符。")
		}
		return &node{op: '~', left: left}, err
	case *ast.BinaryNode:
		if len(n.Operator) != 1 || !strings.Contains("+-*/", n.Operator) {
			return nil, p.errorAt(n.Location().From, "公式第%d行第%d列：只能用 + - * / 四种运算。")
		}
		left, err := p.read(n.Left)
		if err != nil {
			return nil, err
		}
		right, err := p.read(n.Right)
		return &node{op: n.Operator[0], left: left, right: right}, err
	}
	if argument, ok := callOf(n, "last"); ok {
		switch argument.(type) {
		case *ast.IdentifierNode, *ast.MemberNode:
			return p.operand(argument, true)
		}
		return nil, p.errorAt(n.Location().From, "公式第%d行第%d列：last() 里只能放一个数据项代码。")
	}
	return nil, p.errorAt(n.Location().From, "公式第%d行第%d列：只能用数据项代码、数字、+ - * /、括号和 last(数据项代码)。")
}

// callOf returns the only argument of a call of name.
func callOf(n ast.Node, name string) (ast.Node, bool) {
	switch n := n.(type) {
	case *ast.BuiltinNode: // last is a built-in of the language, with another meaning
		if n.Name == name && len(n.Arguments) == 1 {
			return n.Arguments[0], true
		}
	case *ast.CallNode:
		callee, ok := n.Callee.(*ast.IdentifierNode)
		if ok && callee.Value == name && len(n.Arguments) == 1 {
			return n.Arguments[0], true
		}
	}
	return nil, false
}

// number takes the digits from the source text: the parser would make a float of them.
func (p *reader) number(n ast.Node) (*node, error) {
	at := n.Location()
	text := string(p.source[at.From:at.To])
	number, _, ok := quantity.Decimal(text)
	if !ok {
		return nil, p.errorAt(at.From, "公式第%d行第%d列：数字请写成 100 或 0.5 这样。")
	}
	return &node{op: 'n', number: number, text: text}, nil
}

// operand reads ELEMENT, or ELEMENT.CATEGORY.
func (p *reader) operand(n ast.Node, last bool) (*node, error) {
	o := Operand{Last: last}
	switch n := n.(type) {
	case *ast.IdentifierNode:
		o.Element = n.Value
	case *ast.MemberNode:
		of, isName := n.Node.(*ast.IdentifierNode)
		category, isText := n.Property.(*ast.StringNode)
		if !isName || !isText || n.Optional || !ValidElement(category.Value) {
			return nil, p.errorAt(n.Location().From, "公式第%d行第%d列：一类写成“数据项代码.分类代码”。")
		}
		o.Element, o.Category = of.Value, category.Value
	}
	if !ValidElement(o.Element) {
		return nil, p.errorAt(n.Location().From, "公式第%d行第%d列：数据项代码由大写字母、数字和下划线组成。")
	}
	place := slices.Index(p.operands, o)
	if place < 0 {
		place, p.operands = len(p.operands), append(p.operands, o)
	}
	return &node{op: 'e', operand: o, place: place}, nil
}
