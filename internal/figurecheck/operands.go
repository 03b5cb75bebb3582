package figurecheck

// Shares and rates whose two operands words name: 占有车住户的25%, 应收50万元，实收45万元，收缴率. That one is wrong
// is only said where no other pair can be meant. Shares that stand right behind their part and whole are shares.go's;
// amounts, per head or in all, amounts.go's.

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// quotient holds f against the part in percent of the whole; ok is false where what the rounding of part and whole
// hides may make it right.
func (c *claimant) quotient(figures []Figure, i, part, whole int) (s Sum, ok bool) {
	f, m, n := figures[i], figures[part], figures[whole]
	hundred := decimal.NewFromInt(100)
	if !c.value(n).IsPositive() {
		return s, false
	}
	worked := c.value(m).Mul(hundred).DivRound(c.value(n), 20)
	s = Sum{Figure: i, Of: []int{part, whole}, Kind: Share, Value: worked.Round(int32(max(f.Decimals, 1))).String()}
	off, near := worked.Sub(c.value(f)).Abs(), ulp(f).Div(decimal.NewFromInt(2))
	if s.Agrees = off.LessThanOrEqual(near); s.Agrees {
		return s, true
	}
	stepM, stepN := c.steps(m, n)
	hidden := hundred.Mul(stepM).Add(worked.Mul(stepN)).DivRound(c.value(n), 20).Div(decimal.NewFromInt(2))
	return s, off.GreaterThan(near.Add(decimal.Min(hidden, slip)))
}

// slip is how far off, in points, the rounding of parts that are told in 万 or 亿 may bring a share: nobody works out
// shares from numbers that hide more.
var slip = decimal.New(4, -1)

// amount says whether figure k is a plain number of things or money.
func (c *claimant) amount(figures []Figure, k int) bool {
	return k >= 0 && figures[k].Kind == Value && figures[k].Unit != "" && figures[k].Unit != "%" &&
		(figures[k].Qualifier == "" || reached(figures[k].Qualifier)) &&
		c.tokens[figures[k].token].quantity.class&(count|measure) != 0
}

// plainly says whether f is a plain number that can be wrong.
func plainly(f Figure) bool { return f.Qualifier == "" || reached(f.Qualifier) }

// lead are the words in front of figure k, from the statistic or the clause mark before it on.
func (c *claimant) lead(figures []Figure, k int) string {
	from := max(figures[k].Clause.Start, figures[k].Start-maxSpread)
	if p := c.lastIn(figures, k); p >= 0 {
		from = max(from, figures[p].End)
	}
	return string(c.folded[from:figures[k].Start])
}

// lastIn is the statistic before k in its line; -1 if there is none.
func (c *claimant) lastIn(figures []Figure, k int) int {
	line := c.scene.line(figures[k].Start).Start
	for n := k - 1; n >= 0 && k-n < maxLook && figures[n].Start >= line; n-- {
		if figures[n].Kind.Statistic() {
			return n
		}
	}
	return -1
}

// calledSo is what figure k counts, in its own words: the noun in front, or the one behind it.
func (c *claimant) calledSo(figures []Figure, k int) string {
	front := strings.Trim(small.ReplaceAllString(c.lead(figures, k), ""), " 的,、:；")
	if utf8.RuneCountInString(front) >= 2 {
		return front
	}
	return strings.TrimPrefix(figures[k].Subject, "个")
}

// small are the words that stand around a noun and are no part of it.
var small = regexp.MustCompile(`^[ ,;、。:]*(其中|另有|还有|共有|现有|全年|本月|和|及)?|(共有|共|有|为|是|达到|达|计)$`)

// of is what 占 calls the whole, without the words for all of it.
var (
	ofWhole  = regexp.MustCompile(`^[ ,]*占(?:比)?(?:到)?(?:全体|全部|所有|上述)?(\p{Han}{2,14}?)(?:总数|总量|总额|总人数|人数|总计)?的?$`)
	ofAmount = regexp.MustCompile(`^[ ,]*约?占(?:了)?(\p{Han}{2,20}?)[ (]*(?:共|为|是)?$`)
	toShare  = regexp.MustCompile(`^[^\d,;。]{0,6}?的(?:比例为|比重为)?$`)
)

// ofNamed holds 占有车住户的25% against the part right before it and the one number whose own words the whole is called
// by.
func (c *claimant) ofNamed(figures []Figure, i int) (s Sum, ok bool) {
	part := c.lastIn(figures, i)
	if part < 0 || !plainly(figures[i]) || !c.amount(figures, part) || figures[i].Sentence != figures[part].Sentence {
		return s, false
	}
	found := ofWhole.FindStringSubmatch(string(c.folded[figures[part].End:max(figures[part].End, figures[i].Start)]))
	if found == nil {
		return s, false
	}
	whole, near, tail := -1, -1, false
	for k, n := c.lastIn(figures, part), 0; k >= 0 && n < maxLook/4; k, n = c.lastIn(figures, k), n+1 {
		if !c.amount(figures, k) || figures[k].Unit != figures[part].Unit {
			continue
		}
		name := c.calledSo(figures, k)
		rest, longer := strings.CutPrefix(found[1], name)
		switch {
		case (name == found[1] || name == "有"+found[1]) && whole < 0:
			whole = k
		case utf8.RuneCountInString(name) >= 2 && longer && near < 0:
			near = k
			for p, m := c.lastIn(figures, k), 0; p >= 0 && !tail && m < 4; p, m = c.lastIn(figures, p), m+1 {
				tail = rest != "" && strings.HasSuffix(c.calledSo(figures, p), rest)
			}
		}
	}
	if whole < 0 && tail { // 有车的32户，占有车住户
		whole = near
	}
	if whole < 0 || c.value(figures[part]).GreaterThan(c.value(figures[whole])) {
		return s, false
	}
	return c.quotient(figures, i, part, whole)
}

// ofAmountNamed holds 6人，占研究人员48人的15% against the whole that stands inside.
func (c *claimant) ofAmountNamed(figures []Figure, i int) (s Sum, ok bool) {
	whole := c.lastIn(figures, i)
	if whole < 0 || !plainly(figures[i]) || !c.amount(figures, whole) {
		return s, false
	}
	part := c.lastIn(figures, whole)
	for part >= 0 && eachOf.MatchString(c.lead(figures, part)) { // 9600人，户均110人，占总数24000人的40%
		part = c.lastIn(figures, part)
	}
	if part < 0 || !c.amount(figures, part) || figures[part].Sentence != figures[i].Sentence ||
		!c.sameCount(figures[part], figures[whole]) || c.value(figures[part]).GreaterThan(c.value(figures[whole])) ||
		!ofAmount.MatchString(string(c.folded[figures[part].End:figures[whole].Start])) ||
		!toShare.MatchString(strings.TrimLeft(string(c.folded[figures[whole].End:figures[i].Start]), ")")) {
		return s, false
	}
	return c.quotient(figures, i, part, whole)
}

// sameCount says whether two numbers may be of one kind of thing.
func (c *claimant) sameCount(a, b Figure) bool {
	const people = " 人 名 位 "
	return a.Unit == b.Unit || strings.Contains(people, " "+a.Unit+" ") && strings.Contains(people, " "+b.Unit+" ")
}

// partOf holds 其中，卫生支出30亿元，占16% against the one number of its line that is counted in the same, before the
// parts: it is the whole if another part fits it, or the part is called like it.
func (c *claimant) partOf(figures []Figure, i int) (s Sum, ok bool) {
	part := c.lastIn(figures, i)
	if part < 0 || !plainly(figures[i]) || !c.amount(figures, part) || strings.Trim(string(
		c.folded[figures[part].End:figures[i].Start]), ",约比 ") != "占" {
		return s, false
	}
	unit, parts, whole, fits := figures[part].Unit, []int{part}, -1, 0
	opens := c.opensPart(figures, part)
	for k, n := c.lastIn(figures, part), 0; k >= 0 && n < maxLook/4; k, n = c.lastIn(figures, k), n+1 {
		if figures[k].Unit != unit || figures[k].Kind != Value {
			continue
		}
		if share := c.shareBehind(figures, k); share >= 0 && !opens {
			parts = append(parts, k)
			opens = c.opensPart(figures, k)
			continue
		}
		if whole >= 0 || !c.amount(figures, k) {
			return s, false
		}
		whole = k
	}
	if whole < 0 || !opens && len(parts) < 2 {
		return s, false
	}
	sum := decimal.Zero
	for _, k := range parts {
		sum = sum.Add(c.value(figures[k]))
		if share := c.shareBehind(figures, k); share >= 0 && share != i {
			if one, sure := c.quotient(figures, share, k, whole); !sure || !one.Agrees {
				return s, false
			}
			fits++
		}
	}
	if sum.GreaterThan(c.value(figures[whole])) || fits == 0 && !(opens && c.alikeNouns(figures, part, whole)) {
		return s, false
	}
	return c.quotient(figures, i, part, whole)
}

// opensPart says whether the clauses of k open with 其中.
func (c *claimant) opensPart(figures []Figure, k int) bool {
	from := figures[k].Sentence.Start
	if p := c.lastIn(figures, k); p >= 0 {
		from = max(from, figures[p].End)
	}
	return strings.Contains(string(c.folded[max(from, figures[k].Start-2*maxSubject):figures[k].Start]), "其中")
}

// shareBehind is the share that stands right behind the amount k: 38.6亿元，占3.0%; -1 if there is none.
func (c *claimant) shareBehind(figures []Figure, k int) int {
	if k+1 < len(figures) && figures[k+1].Unit == "%" && figures[k+1].Kind == Value && strings.Trim(string(
		c.folded[figures[k].End:figures[k+1].Start]), ",约比 ") == "占" {
		return k + 1
	}
	return -1
}

// alikeNouns says whether what the two numbers count ends with the same word.
func (c *claimant) alikeNouns(figures []Figure, a, b int) bool {
	x, y := []rune(c.calledSo(figures, a)), []rune(c.calledSo(figures, b))
	return len(x) >= 2 && len(y) >= 2 && string(x[len(x)-2:]) == string(y[len(y)-2:])
}

// toldApart opens shares that are told of parts in their order.
var toldApart = regexp.MustCompile(`^[ ,]*(\p{Han}{0,4}(占比|比例|比重))?分别(各)?(占|为|是|占比|占到)?$`)

// distributed holds 分别占25%、37.5%和30% against as many parts right before, which come to all of the whole before
// them.
func (c *claimant) distributed(figures []Figure, i int) (s Sum, ok bool) {
	first := i
	for first > 0 && c.tokens[figures[first].token].linked && figures[first-1].Unit == "%" && i-first < maxLook {
		first--
	}
	last := i
	for last+1 < len(figures) && c.tokens[figures[last+1].token].linked && figures[last+1].Unit == "%" &&
		last-first < maxLook {
		last++
	}
	if last == first || !plainly(figures[i]) || !toldApart.MatchString(strings.TrimPrefix(c.behindValue(figures, first),
		"等")) {
		return s, false
	}
	parts, sum := []int{}, decimal.Zero
	k := c.lastIn(figures, first)
	for ; k >= 0 && len(parts) <= last-first; k = c.lastIn(figures, k) {
		if !c.amount(figures, k) || figures[k].Sentence != figures[i].Sentence ||
			len(parts) > 0 && figures[k].Unit != figures[parts[0]].Unit {
			return s, false
		}
		parts, sum = append(parts, k), sum.Add(c.value(figures[k]))
	}
	if len(parts) <= last-first || k < 0 || !c.amount(figures, k) || figures[k].Unit != figures[parts[0]].Unit ||
		!sum.Equal(c.value(figures[k])) {
		return s, false
	}
	slices.Reverse(parts)
	return c.quotient(figures, i, parts[i-first], k)
}

// behindValue are the words between figure k and the statistic before it.
func (c *claimant) behindValue(figures []Figure, k int) string {
	if p := c.lastIn(figures, k); p >= 0 {
		return string(c.folded[figures[p].End:figures[k].Start])
	}
	return "\n"
}

// What was to be and what was, and the rates that are told of such two.
var (
	due     = regexp.MustCompile(`应|现有|计划|核定|预约|预算|可|任务|登记`)
	real    = regexp.MustCompile(`实际|实|已|完成`)
	rateOf2 = regexp.MustCompile(`^[ ,]+(\p{Han}{2,8}率)(?:为|达|达到|是|只有|仅)?$`)
	inUse   = regexp.MustCompile(`^(使用|利用|占用|完成|执行|到位|兑现|入住|上座|出勤|到岗)率$`)
)

// dueAndReal holds 使用率70% against what should have been and what was, right before it, one behind the other.
func (c *claimant) dueAndReal(figures []Figure, i int) (s Sum, ok bool) {
	found := rateOf2.FindStringSubmatch(c.behindValue(figures, i))
	b := c.lastIn(figures, i)
	if found == nil || b < 0 || !plainly(figures[i]) || !c.amount(figures, b) {
		return s, false
	}
	a := c.lastIn(figures, b)
	if a < 0 || !c.amount(figures, a) || figures[a].Sentence != figures[i].Sentence || c.value(figures[b]).GreaterThan(
		c.value(figures[a])) || c.tokens[figures[a].token].quantity.class&count !=
		c.tokens[figures[b].token].quantity.class&count {
		return s, false
	}
	was, is := c.lead(figures, a), c.lead(figures, b)
	if strings.Contains(c.behindValue(figures, b), "其中") {
		return s, false
	}
	paired := due.MatchString(was) && real.MatchString(is) && !someOf.MatchString(is) &&
		(inUse.MatchString(found[1]) || strings.ContainsAny(strings.TrimSuffix(found[1], "率"),
			real.ReplaceAllString(is, "")))
	if !paired && (figures[a].Unit != figures[b].Unit || !c.narrower(figures, a, b, found[1])) {
		return s, false
	}
	return c.quotient(figures, i, b, a)
}

// narrower says whether the rate is called by the word that b has before the noun that a counts: 在园幼儿4200人，
// 普惠园在园3780人，普惠覆盖率.
func (c *claimant) narrower(figures []Figure, a, b int, rate string) bool {
	whole, part := []rune(c.calledSo(figures, a)), []rune(c.calledSo(figures, b))
	if len(whole) < 2 || len(part) < 4 {
		return false
	}
	word := string(part[:2])
	return strings.HasPrefix(rate, word) && !strings.Contains(string(whole), word) &&
		(strings.Contains(string(part[2:]), string(whole[:2])) ||
			strings.HasSuffix(string(part), string(whole[len(whole)-2:])))
}

// saved holds 节约18万元，节约率12% against what was saved and the greater of the two amounts that it lies between.
func (c *claimant) saved(figures []Figure, i int) (s Sum, ok bool) {
	found := rateOf2.FindStringSubmatch(c.behindValue(figures, i))
	k := c.lastIn(figures, i)
	if found == nil || k < 0 || !plainly(figures[i]) || figures[k].Kind == Range {
		return s, false
	}
	word := strings.TrimSuffix(found[1], "率")
	if strings.Trim(c.lead(figures, k), ", 了共") != word {
		return s, false
	}
	b := c.lastIn(figures, k)
	if b < 0 || !c.amount(figures, b) {
		return s, false
	}
	a := c.lastIn(figures, b)
	if a < 0 || !c.amount(figures, a) || figures[a].Unit != figures[k].Unit || figures[b].Unit != figures[k].Unit ||
		!c.value(figures[a]).Sub(c.value(figures[b])).Abs().Equal(c.value(figures[k])) {
		return s, false
	}
	if c.value(figures[b]).GreaterThan(c.value(figures[a])) {
		a = b
	}
	return c.quotient(figures, i, k, a)
}
