package figurecheck

// Arithmetic that a text itself offers: differences, shares and sums of its own numbers, right or wrong by them alone.

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// Sum is arithmetic that the text itself offers: what the statistic Figure comes to by the statistics Of.
type Sum struct {
	Figure int
	Of     []int
	Kind   SumKind
	Value  string // as worked out, rounded half away from zero like the figure
	Agrees bool   // allowing for the rounding of what it is worked out from
}

// SumKind says how a Sum is worked out.
type SumKind string

const (
	Difference SumKind = "difference" // the later value less the earlier one
	Growth     SumKind = "growth"     // the difference in percent of the earlier value
	Share      SumKind = "share"      // the part in percent of the whole
	Total      SumKind = "total"      // the parts added up
	Each       SumKind = "each"       // the amount over the heads
	Balance    SumKind = "balance"    // what came in less what went out
	Multiple   SumKind = "multiple"   // the later value over the earlier one
	Part       SumKind = "part"       // what 其中 counts, which is more than its whole; it comes to no value
)

// sums finds the arithmetic of the text: 由12.76%提高到16.5%，提高3.74个百分点; 31项指标中29项达标，达标率93.5%.
func (c *claimant) sums(figures []Figure, claims []Claim) (all []Sum) {
	for i, f := range figures {
		if s, ok := c.sum(figures, claims, i, f, all); ok {
			all = append(all, s)
		}
	}
	return all
}

// sum is what figure i comes to, by the first rule that knows its operands.
func (c *claimant) sum(figures []Figure, claims []Claim, i int, f Figure, before []Sum) (s Sum, ok bool) {
	var rules []func([]Figure, int) (Sum, bool)
	switch {
	case f.Kind == Change && plainly(f):
		if s, ok = c.difference(figures, claims, i); ok {
			return s, ok
		}
		rules = []func([]Figure, int) (Sum, bool){c.onBase, c.partiesApart}
	case f.Kind == Value && f.Unit == "%":
		for _, rule := range []func([]Figure, int) (Sum, bool){c.ofNamed, c.ofAmountNamed, c.saved, c.distributed} {
			if s, ok = rule(figures, i); ok {
				return s, ok
			}
		}
		if s, ok = c.sibling(figures, i, before); ok {
			return s, ok
		}
		rules = []func([]Figure, int) (Sum, bool){c.share, c.namedShare, c.dueAndReal, c.partOf}
	case f.Kind == Value && f.Unit == "倍":
		rules = []func([]Figure, int) (Sum, bool){c.multiple}
	case f.Kind == Value && c.tokens[f.token].quantity.class&(count|measure) != 0:
		rules = []func([]Figure, int) (Sum, bool){c.allTogether, c.everyOne, c.each, c.balance}
		if c.tokens[f.token].quantity.class&count != 0 {
			rules = append(rules, c.total)
		}
	}
	for _, rule := range rules {
		if s, ok = rule(figures, i); ok {
			return s, ok
		}
	}
	return s, false
}

// difference holds a change against the two values of the sentence that it lies between.
func (c *claimant) difference(figures []Figure, claims []Claim, i int) (Sum, bool) {
	earlier, later := c.between(figures, i)
	if earlier < 0 {
		return Sum{}, false
	}
	a, b, f := figures[earlier], figures[later], figures[i]
	if a.Unit != b.Unit || a.Qualifier != "" && !reached(a.Qualifier) || b.Qualifier != "" && !reached(b.Qualifier) ||
		!c.oneMeasure(figures, claims, earlier, later, i) && !c.amountTold(figures, earlier, later, i) {
		return Sum{}, false
	}
	sure := true
	if base := claims[i].Base(); len(base) > 0 && !claims[i].guessed && len(claims[earlier].Periods) > 0 {
		if base[0] != claims[earlier].Periods[0] {
			return Sum{}, false // 较2016年提高, beside the value of 2017
		}
	} else if measured := c.opened(a, compare|versus) && a.End > f.Clause.Start; f.Base != "" && !measured &&
		!c.lastYears(figures, earlier) {
		sure = false // 由五年前的10%升到15%，同比提高1个百分点
	}
	s := Sum{Figure: i, Of: []int{earlier, later}, Kind: Difference}
	low, high, said := c.value(a), c.value(b), c.value(f)
	moved := high.Sub(low)
	slack, near := ulp(a).Add(ulp(b)).Add(ulp(f)).Div(decimal.NewFromInt(2)), ulp(f).Div(decimal.NewFromInt(2))
	if a.Decimals != f.Decimals || b.Decimals != f.Decimals {
		near = slack // 12.8%到16.5%，提高3.74个百分点
	} else if f.Decimals == 0 {
		slack = near // nobody rounds 10 to 15 by 4
	}
	switch {
	case f.Unit == a.Unit && f.Unit != "%" && f.Unit != "‰", pointsOf(a.Unit) != "" && f.Unit == pointsOf(a.Unit):
	case f.Unit == "%" && low.IsPositive():
		s.Kind = Growth
		hundred := decimal.NewFromInt(100)
		stepA, stepB := c.steps(a, b)
		slack = ulp(f).Div(decimal.NewFromInt(2)).Add(hundred.Mul(stepA.Mul(high.Div(low)).Add(stepB)).Div(
			low).Div(decimal.NewFromInt(2)))
		wrong := hundred.Mul(moved).Div(high).Abs().Sub(said).Abs() // in percent of the later value
		moved, near = hundred.Mul(moved).Div(low), slack
		half := ulp(f).Div(decimal.NewFromInt(2))
		if wrong.LessThan(half) && moved.Abs().Sub(said).GreaterThan(ulp(f)) {
			slack, near = half, half
		}
	default:
		return Sum{}, false
	}
	switch f.Direction {
	case "down":
		moved = moved.Neg()
	case "":
		moved = moved.Abs()
	}
	places := int32(f.Decimals)
	s.Value = moved.Round(places).String()
	off := moved.Sub(said).Abs()
	if s.Agrees = off.LessThanOrEqual(near); !s.Agrees && off.LessThanOrEqual(slack) {
		return Sum{}, false // the last digit may be rounded
	}
	// 提高3.74% is often meant in points, and money grows in prices of the year or in constant ones
	sure = sure && (f.Unit != "%" || pointsOf(a.Unit) == "" && !c.inPrices(a, f))
	return s, s.Agrees || sure
}

// amountTold says whether the statistic right before i is by how much later differs from earlier, to the last digit:
// then they are of one measure, whatever they are called, and 增长20% behind it is of them.
func (c *claimant) amountTold(figures []Figure, earlier, later, i int) bool {
	k := c.previous(figures, i)
	if k < 0 || k == earlier || k == later || figures[k].Kind != Change || figures[k].Unit != figures[earlier].Unit ||
		figures[i].Start-figures[k].End > maxSubject/2 {
		return false
	}
	moved := c.value(figures[later]).Sub(c.value(figures[earlier])).Abs()
	lead := string(c.folded[figures[k].End:figures[i].Start])
	return moved.Equal(c.value(figures[k])) && moved.IsPositive() && !strings.ContainsAny(lead, "其均比较占")
}

// between finds the two values of the sentence that the change i lies between; earlier is -1 if they are not to be
// told.
func (c *claimant) between(figures []Figure, i int) (earlier, later int) {
	var values []int
	for k := c.previous(figures, i); k >= 0 && k > i-maxLook && len(values) < 6; k = c.previous(figures, k) {
		if figures[k].Kind == Change && len(values) > 0 {
			break
		}
		if figures[k].Kind == Value {
			values = append(values, k)
		}
	}
	earlier, later = -1, -1
	n := c.overYears(figures[i])
	if k := c.previous(figures, i); n == 0 && k >= 0 && figures[k].Kind == Change && figures[i].Kind == Change &&
		onlyMoved.MatchString(strings.TrimLeft(string(c.folded[figures[k].End:figures[i].Start]), ",")) {
		n = c.overYears(figures[k]) // 两年少了195人次，降幅5.5%
	}
	if n > 1 {
		if earlier, later = c.apartBy(figures, values, n); earlier >= 0 {
			return earlier, later
		}
	}
	for n, k := range values {
		switch {
		// 17.31%，去年13.48%，前年11.63%，两年提高5.68个百分点
		case n+2 < len(values) && c.lastYears(figures, values[n+1]) && c.yearBefore(figures[k], figures[values[n+1]]) &&
			figures[values[n+2]].Unit == figures[k].Unit:
			return -1, -1
		case n+1 < len(values) && (c.lastYears(figures, k) && !c.yearBefore(figures[values[n+1]], figures[k]) ||
			c.yearBefore(figures[k], figures[values[n+1]])):
			earlier, later = k, values[n+1]
		// 2019年为25.9%，2022年达到32.0%，三年提高6.1个百分点
		case n == 0 && len(values) > 1 && figures[i].Base == "" && !c.isBase(figures[k]) &&
			!c.isBase(figures[values[1]]) && c.yearBefore(figures[values[1]], figures[k]):
			earlier, later = values[1], k
		case !c.isBase(figures[k]):
		case c.opened(figures[k], from) && n > 0:
			earlier, later = k, values[n-1]
		case n+1 < len(values):
			earlier, later = k, values[n+1]
		}
		if earlier >= 0 {
			break
		}
	}
	return earlier, later
}

// overYears is how many years the change f is told over: 两年提高4.5个百分点; 0 if no words say so.
func (c *claimant) overYears(f Figure) int {
	m := manyYears.FindStringSubmatch(string(c.folded[max(f.Clause.Start, f.Start-maxSubject):f.Start]))
	if m == nil {
		return 0
	}
	return countOfYears(m[1])
}

var manyYears = regexp.MustCompile(`^([两二三四五六七八九十])年(间|来)?(共|累计)?(\p{Han}{2,4})?了?$`)

// apartBy are, of values latest first, the last and the one of so many years before it, by years that their own words
// name; -1 if there is none.
func (c *claimant) apartBy(figures []Figure, values []int, years int) (earlier, later int) {
	year := func(k int) int {
		f := figures[k]
		if found, whole := yearOf(f.Period); whole && f.periodAt >= f.Clause.Start {
			return found
		}
		return 0
	}
	for _, k := range values {
		for _, n := range values {
			if year(n) > 0 && year(k)-year(n) == years && figures[k].Unit == figures[n].Unit {
				return n, k
			}
		}
	}
	return -1, -1
}

// total holds a number against the parts that follow it in its sentence: 共17家，其中市级1家、区级16家. Parts that are
// less may be only some, and those that are more may overlap, so nothing but a sum that agrees is said.
func (c *claimant) total(figures []Figure, i int) (Sum, bool) {
	f := figures[i]
	s := Sum{Figure: i, Kind: Total, Agrees: true}
	sum := decimal.Zero
	for k := i + 1; k < min(len(figures), i+maxLook) && figures[k].Start < f.Sentence.End; k++ {
		g := figures[k]
		if !g.Kind.Statistic() {
			continue
		}
		if len(s.Of) == 0 && !strings.Contains(string(c.folded[f.End:g.Start]), "其中") || g.Kind != Value ||
			g.Unit != f.Unit || g.Qualifier != "" {
			break
		}
		s.Of, sum = append(s.Of, k), sum.Add(c.value(g))
	}
	s.Value = sum.String()
	return s, len(s.Of) > 1 && sum.Equal(c.value(f))
}

// isBase says whether the value f is what another is compared with: 由12.76%, 比2017年的12.76%.
func (c *claimant) isBase(f Figure) bool { return c.opened(f, from|compare|versus) }

// lastYears says whether the value k is said to be of the year before: 婚检率11.73%，上年10.16%.
func (c *claimant) lastYears(figures []Figure, k int) bool {
	f := figures[k]
	return f.periodAt >= f.Clause.Start && strings.Contains(" 上年 去年 上年同期 去年同期 ", " "+f.Period+" ")
}

// yearBefore says whether a is said to be of a year before that of b: 2022年为31.0%，2021年为29.0%.
func (c *claimant) yearBefore(a, b Figure) bool {
	x, _ := yearOf(a.Period)
	y, _ := yearOf(b.Period)
	if x == 0 && y == 0 { // 去年投入400万元，今年投入480万元
		x, y = ago[a.Period], ago[b.Period]
	}
	return a.periodAt >= a.Clause.Start && b.periodAt >= b.Clause.Start && b.periodAt != a.periodAt && x > 0 && x < y
}

// ago orders the years that words name by when they are said.
var ago = map[string]int{"前年": 1, "去年": 2, "上年": 2, "上一年": 2, "上年度": 2, "今年": 3, "本年": 3, "当年": 3}

// opened says whether one of the roles opens the words that lead to f, within its clause.
func (c *claimant) opened(f Figure, roles role) bool {
	for k := f.token - 1; k >= 0 && k > f.token-maxLook && c.tokens[k].start >= f.Clause.Start; k-- {
		t := c.tokens[k]
		switch {
		case t.role&roles != 0 && (t.role&versus == 0 || c.comparesWith(k)):
			return true
		case t.role == number && t.quantity.kind != Date, t.role&(up|down|differ) != 0 && t.role&comparative == 0:
			return false
		}
	}
	return false
}

// comparesWith says whether 与 or 同 at k opens what is compared with, a time, a place or 相比, and joins no nouns:
// 妇女与经济.
func (c *claimant) comparesWith(k int) bool {
	for n := k + 1; n < len(c.tokens) && n < k+maxLook/4 && c.tokens[n].role&mark == 0; n++ {
		t := c.tokens[n]
		if t.role&compared != 0 || n == k+1 && (t.role&(period|area) != 0 || t.role == number) {
			return true
		}
	}
	return false
}

func (c *claimant) value(f Figure) decimal.Decimal { return c.tokens[f.token].quantity.low }

// ulp is the least step of f as written: 0.01 for 3.74, 1000 for 42.3万.
func ulp(f Figure) decimal.Decimal { return decimal.New(1, int32(-f.Decimals)) }

// steps are how finely two amounts of one measure are told: 20家 hides nothing, and 3万册 beside 2.4万册 no more than
// that does.
func (c *claimant) steps(a, b Figure) (decimal.Decimal, decimal.Decimal) {
	p, q := c.tokens[a.token].quantity, c.tokens[b.token].quantity
	if p.scale == q.scale && p.scale > 0 {
		finer := decimal.Min(ulp(a), ulp(b))
		return finer, finer
	}
	step := func(f Figure, q *quantity) decimal.Decimal {
		if q.class&count != 0 && q.scale == 0 && !q.point {
			return decimal.Zero
		}
		return ulp(f)
	}
	return step(a, p), step(b, q)
}

// pointsOf is the unit of differences of a share.
func pointsOf(unit string) string {
	return map[string]string{"%": "个百分点", "‰": "个千分点"}[unit]
}

// reached says whether a qualifier only says that the number was reached.
func reached(qualifier string) bool {
	return strings.Contains(" 达 达到 高达 多达 仅 只 仅仅 最高 最低 ", " "+qualifier+" ")
}
