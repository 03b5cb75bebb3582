package formula

// A formula evaluated exactly, taken apart into what it counts, and written for people.

import (
	"math"
	"math/big"

	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
)

// IsZero says that there is nothing to compute.
func (f Formula) IsZero() bool { return f.root == nil }

// Operands are what the formula needs, each once, in order of appearance.
func (f Formula) Operands() []Operand { return f.operands }

// Elements are the codes the formula needs, each once, in order of appearance.
func (f Formula) Elements() []string {
	seen := map[string]bool{}
	var codes []string
	for _, o := range f.operands {
		if !seen[o.Element] {
			codes = append(codes, o.Element)
		}
		seen[o.Element] = true
	}
	return codes
}

// Eval computes the value exactly. lookup gives an operand's value; its error ends the evaluation. A division by zero
// is errs.Invalid.
func (f Formula) Eval(lookup func(Operand) (*big.Rat, error)) (*big.Rat, error) {
	return f.eval(asked(lookup))
}

// Counts are the operands of a formula as integers of their smallest unit, by their place in its Operands, with the
// decimals that this has.
type Counts interface {
	Count(place int) (value int64, decimals int, err error)
}

// EvalCounts is Eval for thousands of values. A part of the formula, such as its Events, takes the places of the whole.
func (f Formula) EvalCounts(of Counts) (*big.Rat, error) { return f.eval(counted{of}) }

func (f Formula) eval(from operands) (*big.Rat, error) {
	if s, fits, err := f.root.small(from); err != nil {
		return nil, err
	} else if fits {
		return s.rat(), nil
	}
	return f.root.eval(from)
}

// operands are asked for one, as a fraction of 64 bits if it fits, or as it is.
type operands interface {
	small(n *node) (s small, fits bool, err error)
	exact(n *node) (*big.Rat, error)
}

type asked func(Operand) (*big.Rat, error)

func (lookup asked) exact(n *node) (*big.Rat, error) { return lookup(n.operand) }

func (lookup asked) small(n *node) (s small, fits bool, err error) {
	r, err := lookup(n.operand)
	if err != nil {
		return s, true, err
	}
	s, fits = smallOf(r)
	return s, fits, nil
}

type counted struct{ Counts }

func (c counted) exact(n *node) (*big.Rat, error) {
	value, decimals, err := c.Count(n.place)
	return quantity.Rat(value, decimals), err
}

func (c counted) small(n *node) (s small, fits bool, err error) {
	value, decimals, err := c.Count(n.place)
	if decimals >= len(tenfold) || value == math.MinInt64 {
		return s, err != nil, err
	}
	return small{value, tenfold[decimals]}, true, err
}

// tenfold are the powers of ten that decimals divide by.
var tenfold = [...]int64{1, 10, 100, 1_000, 10_000, 100_000, 1_000_000}

func (n *node) eval(from operands) (*big.Rat, error) {
	switch n.op {
	case 'n':
		return n.number, nil
	case 'e':
		return from.exact(n)
	}
	left, err := n.left.eval(from)
	if err != nil {
		return nil, err
	}
	if n.op == '~' {
		return new(big.Rat).Neg(left), nil
	}
	right, err := n.right.eval(from)
	if err != nil {
		return nil, err
	}
	switch n.op {
	case '+':
		return new(big.Rat).Add(left, right), nil
	case '-':
		return new(big.Rat).Sub(left, right), nil
	case '*':
		return new(big.Rat).Mul(left, right), nil
	}
	if right.Sign() == 0 {
		return nil, errs.Invalidf("除数是0，算不出来")
	}
	return new(big.Rat).Quo(left, right), nil
}

// Events is the part of a rate's formula that counts what happened: the dividend without its constant factors. It is
// the zero Formula if the formula does not divide, or subtracts one rate from another.
func (f Formula) Events() Formula {
	if f.root == nil || !f.root.divides() {
		return Formula{}
	}
	return Formula{root: f.root.events()}
}

// Base is what Events are held against: the divisor without its constant factors, the zero Formula where Events is.
func (f Formula) Base() Formula {
	if f.Events().IsZero() {
		return Formula{}
	}
	return Formula{root: f.root.base()}
}

// Numerator are the codes of the elements that Events counts.
func (f Formula) Numerator() []string {
	var operands []Operand
	f.Events().root.collect(&operands)
	return Formula{operands: operands}.Elements()
}

// Denominator are what Base needs, each once, in order of appearance.
func (f Formula) Denominator() []Operand {
	var operands []Operand
	f.Base().root.collect(&operands)
	return operands
}

func (n *node) collect(into *[]Operand) {
	if n == nil {
		return
	}
	if n.op == 'e' {
		*into = append(*into, n.operand)
	}
	n.left.collect(into)
	n.right.collect(into)
}

func (n *node) divides() bool {
	return n != nil && (n.op == '/' || n.left.divides() || n.right.divides())
}

// events is nil for constants.
func (n *node) events() *node {
	switch n.op {
	case 'e':
		return n
	case '~', '/':
		return n.left.events()
	case '+', '-', '*':
		left, right := n.left.events(), n.right.events()
		switch {
		case left == nil:
			return right
		case right == nil:
			return left
		case n.left.divides() || n.right.divides():
			return nil
		}
		return &node{op: n.op, left: left, right: right}
	}
	return nil
}

// base is nil where nothing but constants divides, or more than one divisor does.
func (n *node) base() *node {
	switch {
	case n == nil || !n.divides():
		return nil
	case n.op == '/' && !n.left.divides():
		return n.right.events()
	case n.op == '/' && n.right.events() != nil, n.left.divides() && n.right.divides():
		return nil
	case n.left.divides():
		return n.left.base()
	}
	return n.right.base()
}

// Words writes the formula for people: 婚前医学检查人数 ÷ 结婚登记人数 × 100. name gives an operand's words.
func (f Formula) Words(name func(Operand) string) string {
	if f.root == nil {
		return ""
	}
	return f.root.words(name)
}

func sign(op byte) string {
	switch op {
	case '-':
		return " − "
	case '*':
		return " × "
	case '/':
		return " ÷ "
	}
	return " + "
}

func (n *node) words(name func(Operand) string) string {
	switch n.op {
	case 'n':
		return n.text
	case 'e':
		return name(n.operand)
	case '~':
		return "−" + n.left.inner(name, n.left.op == '+' || n.left.op == '-')
	}
	product := n.op == '*' || n.op == '/'
	sum := func(op byte) bool { return op == '+' || op == '-' }
	left := n.left.inner(name, product && sum(n.left.op))
	right := n.right.inner(name, n.right.op == '~' || product && sum(n.right.op) ||
		n.op == '-' && sum(n.right.op) || n.op == '/' && (n.right.op == '*' || n.right.op == '/'))
	return left + sign(n.op) + right
}

func (n *node) inner(name func(Operand) string, brackets bool) string {
	if brackets {
		return "(" + n.words(name) + ")"
	}
	return n.words(name)
}
