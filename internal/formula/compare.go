package formula

// Two formulas held against each other, as the rules of forms do: PME_EXAMINED <= PME_MARRIED.

import (
	"math/big"
	"regexp"
	"strings"

	"yipanqi/internal/errs"
)

// Comparison is a rule that holds or does not.
type Comparison struct {
	left, right Formula
	op          string
}

var comparison = regexp.MustCompile(`^([^<>=!]+)(<=|>=|<|>|==|!=)([^<>=!]+)$`)

// ParseComparison reads two formulas with < <= > >= == or != between them.
func ParseComparison(text string) (Comparison, error) {
	found := comparison.FindStringSubmatch(text)
	if found == nil {
		return Comparison{}, errs.Invalidf("校验式要写成一个比较，例如 PME_EXAMINED <= PME_MARRIED。")
	}
	left, err := Parse(found[1])
	if err != nil {
		return Comparison{}, err
	}
	right, err := Parse(found[3])
	if err == nil && (left.IsZero() || right.IsZero()) {
		err = errs.Invalidf("校验式要写成一个比较，例如 PME_EXAMINED <= PME_MARRIED。")
	}
	return Comparison{left, right, found[2]}, err
}

// Operands are what both sides need, those of the left first.
func (c Comparison) Operands() []Operand {
	return append(c.left.Operands(), c.right.Operands()...)
}

// Bare says whether it holds elements against elements as they are, as a part against its whole: nothing is scaled.
func (c Comparison) Bare() bool { return c.left.root.bare() && c.right.root.bare() }

func (n *node) bare() bool {
	return n.op == 'e' || (n.op == '+' || n.op == '-') && n.left.bare() && n.right.bare()
}

// Holds compares exactly. lookup gives an operand's value; its error ends the comparison.
func (c Comparison) Holds(lookup func(Operand) (*big.Rat, error)) (bool, error) {
	left, err := c.left.Eval(lookup)
	if err != nil {
		return false, err
	}
	right, err := c.right.Eval(lookup)
	if err != nil {
		return false, err
	}
	switch order := left.Cmp(right); c.op {
	case "<=":
		return order <= 0, nil
	case ">=":
		return order >= 0, nil
	case "<":
		return order < 0, nil
	case ">":
		return order > 0, nil
	case "!=":
		return order != 0, nil
	}
	return left.Cmp(right) == 0, nil
}

// Words writes the comparison for people: 婚前医学检查人数 ≤ 结婚登记人数. name gives an operand's words.
func (c Comparison) Words(name func(Operand) string) string {
	sign := strings.NewReplacer("<=", "≤", ">=", "≥", "==", "=", "!=", "≠").Replace(c.op)
	return c.left.Words(name) + " " + sign + " " + c.right.Words(name)
}
