package figurecheck

// Amounts that follow from others of the text by what they are called: so much each, all together, what is left, so
// many times, and growth on what is compared with. Shares and rates are operands.go's and shares.go's.

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// worked holds f against what was worked out; ok is false where rounding, of that by hidden, may make it right.
func (c *claimant) worked(figures []Figure, i int, kind SumKind, value, hidden decimal.Decimal, of ...int) (Sum, bool) {
	f := figures[i]
	q := c.tokens[f.token].quantity
	s := Sum{Figure: i, Of: of, Kind: kind}
	off, near := value.Sub(c.value(f)).Abs(), ulp(f).Div(decimal.NewFromInt(2))
	s.Value = value.Round(int32(f.Decimals) + map[bool]int32{true: 1}[kind != Total && kind != Balance]).String()
	if q.scale > 0 {
		s.Value = value.Shift(-q.scale).Round(q.places + 1).Shift(q.scale).String()
	}
	s.Agrees = off.LessThanOrEqual(near)
	return s, s.Agrees || off.GreaterThan(near.Add(hidden))
}

// apiece is each person, school or the like, and what so much of it is counted in.
var apiece = regexp.MustCompile(`(?:^|[ ,;:、])(?:平均)?(人|户|件|校|园|班|村|家|场|生)均(?:为|达|达到)?$`)

// apieceOf are units and nouns that fit what is counted apiece.
var apieceOf = map[string]string{"人": " 人 名 位 ", "户": " 户 ", "件": " 件 ", "校": " 校 所 ",
	"园": " 园 所 ", "班": " 班 ", "村": " 村 ", "家": " 家 ", "场": " 场 ", "生": " 名 人 "}

// each holds 人均3000元 against the amount and the heads told right before it; with other heads in the sentence it may
// be of those.
func (c *claimant) each(figures []Figure, i int) (s Sum, ok bool) {
	found := apiece.FindStringSubmatch(c.behindValue(figures, i))
	if found == nil || !plainly(figures[i]) {
		return s, false
	}
	total, heads := -1, -1
	k := c.lastIn(figures, i)
	for n := 0; k >= 0 && n < maxLook/4 && figures[k].Sentence == figures[i].Sentence; n++ {
		switch {
		case !c.amount(figures, k) || apiece.MatchString(c.behindValue(figures, k)):
		case strings.Contains(apieceOf[found[1]], " "+figures[k].Unit+" "):
			if heads >= 0 {
				return s, false
			}
			heads = k
		case figures[k].Unit == figures[i].Unit && total < 0:
			total = k
		case figures[k].Unit == figures[i].Unit:
			return s, false
		}
		k = c.lastIn(figures, k)
	}
	if total < 0 || heads < 0 || i-min(total, heads) > 4 || !c.value(figures[heads]).IsPositive() {
		return s, false
	}
	return c.divided(figures, i, total, heads)
}

// divided holds f against total over heads.
func (c *claimant) divided(figures []Figure, i, total, heads int) (Sum, bool) {
	a, b := figures[total], figures[heads]
	stepA, stepB := c.steps(a, b)
	value := c.value(a).DivRound(c.value(b), 20)
	hidden := stepA.Add(value.Mul(stepB)).DivRound(c.value(b), 20).Div(decimal.NewFromInt(2))
	return c.worked(figures, i, Each, value, hidden, total, heads)
}

// forEvery is 平均每校 with the noun of the first that is told of it.
var forEvery = regexp.MustCompile(`平均每(?:个|所|家|名)?(校|园|户|班|村|人|家|站|点)`)

// everyOne holds 平均每校图书400册、校服60套 against the amount that was called so before, and the one number of those.
func (c *claimant) everyOne(figures []Figure, i int) (s Sum, ok bool) {
	f := figures[i]
	clause := string(c.folded[max(f.Clause.Start, f.Start-maxSpread):f.Start])
	found := forEvery.FindStringSubmatch(clause)
	if found == nil || !plainly(f) {
		return s, false
	}
	noun := c.behindValue(figures, i)
	if at := forEvery.FindStringIndex(noun); at != nil {
		noun = noun[at[1]:]
	}
	noun = strings.Trim(noun, " ,、和及有约")
	if len([]rune(noun)) < 2 {
		return s, false
	}
	total, heads := -1, -1
	for k, n := c.lastIn(figures, i), 0; k >= 0 && n < maxLook/4; k, n = c.lastIn(figures, k), n+1 {
		if figures[k].End > f.Clause.Start && figures[k].Clause == f.Clause || !c.amount(figures, k) {
			continue
		}
		switch behind := string(c.folded[figures[k].End:min(figures[k].End+4, len(c.folded))]); {
		case figures[k].Unit == f.Unit && strings.HasSuffix(c.calledSo(figures, k), noun):
			if total >= 0 {
				return s, false
			}
			total = k
		case figures[k].Unit == found[1] || strings.Contains(c.calledSo(figures, k)+behind, found[1]):
			if heads >= 0 {
				return s, false
			}
			heads = k
		}
	}
	if total < 0 || heads < 0 || !c.value(figures[heads]).IsPositive() {
		return s, false
	}
	return c.divided(figures, i, total, heads)
}

// together is what calls a number the sum of so many before it.
var together = regexp.MustCompile(`^[ ,;]*(?:以上)?(?:([两二三四五六七八九十])(?:项|类|者|部分|种|块|级|个方面|方面|地|区))?(?:相加)?(?:合计|总计|共计|加起来)(?:为|达|共)?$`)

// allTogether holds 三类合计110人 against the parts of its sentence that are told one after the other.
func (c *claimant) allTogether(figures []Figure, i int) (s Sum, ok bool) {
	found := together.FindStringSubmatch(c.behindValue(figures, i))
	if found == nil || !plainly(figures[i]) {
		return s, false
	}
	var parts []int
	sum := decimal.Zero
	for k := c.lastIn(figures, i); k >= 0 && figures[k].Sentence == figures[i].Sentence && len(parts) < 20; k =
		c.lastIn(figures, k) {
		if c.enclosed(figures[k]) {
			continue
		}
		if together.MatchString(c.behindValue(figures, k)) {
			return s, false // 两类合计30人，三类合计: it is counted twice
		}
		if !c.amount(figures, k) || figures[k].Unit != figures[i].Unit || strings.Contains(c.behindValue(figures, k),
			"其中") {
			break
		}
		parts, sum = append(parts, k), sum.Add(c.value(figures[k]))
		if found[1] != "" && len(parts) == digitOf(found[1]) {
			break
		}
	}
	if len(parts) < 2 || found[1] != "" && len(parts) != digitOf(found[1]) {
		return s, false
	}
	s, ok = c.worked(figures, i, Total, sum, decimal.Zero, parts...)
	return s, ok && (s.Agrees || found[1] != "") // without their number some may be left out
}

// enclosed says whether f stands in a bracket of its own: 58分（满分60分）.
func (c *claimant) enclosed(f Figure) bool {
	for k := f.Start - 1; k >= 0 && k > f.Start-12 && !strings.ContainsRune(",;。)", c.at(k)); k-- {
		if c.at(k) == '(' {
			return true
		}
	}
	return false
}

func digitOf(word string) int {
	if word == "两" {
		return 2
	}
	if word == "十" {
		return 10
	}
	return strings.Index(chineseDigits, word) / len("〇")
}

// What is left of one amount by another.
var (
	left = regexp.MustCompile(`^[ ,;]*(收支)?(结余|结存|净结余|盈余)(为|达)?$`)
	came = regexp.MustCompile(`收入(为|达|共|总计)?$`)
	went = regexp.MustCompile(`支出(为|达|共|总计)?$`)
)

// balance holds 结余24万元 against income and spending, right before it.
func (c *claimant) balance(figures []Figure, i int) (s Sum, ok bool) {
	b := c.lastIn(figures, i)
	if !left.MatchString(c.behindValue(figures, i)) || b < 0 || !c.amount(figures, b) || !plainly(figures[i]) ||
		strings.Contains(c.behindValue(figures, b), "其中") || !went.MatchString(c.lead(figures, b)) {
		return s, false
	}
	a := c.lastIn(figures, b)
	if a < 0 || !c.amount(figures, a) || !came.MatchString(c.lead(figures, a)) ||
		strings.Contains(c.behindValue(figures, a), "其中") || c.value(figures[b]).GreaterThan(c.value(figures[a])) ||
		figures[a].Unit != figures[i].Unit ||
		figures[b].Unit != figures[i].Unit || figures[a].Sentence != figures[i].Sentence {
		return s, false
	}
	stepA, stepB := c.steps(figures[a], figures[b])
	return c.worked(figures, i, Balance, c.value(figures[a]).Sub(c.value(figures[b])), stepA.Add(stepB), a, b)
}

// isThat is what calls a number so many times another.
var isThat = regexp.MustCompile(`^[ ,]*(?:正好|刚好|恰好)?(?:是|为|相当于)\p{Han}{0,6}$`)

// multiple holds 3倍 against 1.8亿元，是上年0.9亿元的.
func (c *claimant) multiple(figures []Figure, i int) (s Sum, ok bool) {
	b := c.lastIn(figures, i)
	if b < 0 || !plainly(figures[i]) || !c.amount(figures, b) || c.behindValue(figures, i) != "的" {
		return s, false
	}
	a := c.lastIn(figures, b)
	if a < 0 || !c.amount(figures, a) || figures[a].Unit != figures[b].Unit || !c.value(figures[b]).IsPositive() ||
		!isThat.MatchString(c.behindValue(figures, b)) || figures[a].Sentence != figures[i].Sentence {
		return s, false
	}
	s, ok = c.divided(figures, i, a, b)
	s.Kind = Multiple
	return s, ok
}

// onBase holds 增长20% against what is compared with and either by how much it changed, told beside it, or the one
// number of the sentence that is counted in the same and called alike: 比上年的1000份增加250份，增长20%.
func (c *claimant) onBase(figures []Figure, i int) (s Sum, ok bool) {
	f := figures[i]
	if f.Unit != "%" || !plainly(f) || f.Direction == "" || strings.ContainsAny(c.lead(figures, i), "均每逐比较") {
		return s, false
	}
	for _, moved := range []int{i - 1, i + 1} {
		if moved < 0 || moved >= len(figures) || figures[moved].Unit == "%" || !plainly(figures[moved]) ||
			figures[moved].Sentence != f.Sentence || c.moves(figures, moved) != f.Direction {
			continue
		}
		first, last := min(i, moved), max(i, moved)
		if !onlyMoved.MatchString(string(c.folded[figures[first].End:figures[last].Start])) {
			continue
		}
		base := c.lastIn(figures, first)
		if base < 0 || !c.amount(figures, base) || figures[base].Unit != figures[moved].Unit ||
			!c.isBase(figures[base]) || !toMove.MatchString(string(c.folded[figures[base].End:figures[first].Start])) ||
			!c.value(figures[base]).IsPositive() {
			continue
		}
		return c.grown(figures, i, base, c.value(figures[moved]), moved)
	}
	basis := func(k int) bool {
		return c.amount(figures, k) && (c.isBase(figures[k]) && figures[k].Clause == f.Clause ||
			c.lastYears(figures, k))
	}
	base := c.lastIn(figures, i)
	for n := 0; base >= 0 && n < 3 && !basis(base); n++ {
		base = c.lastIn(figures, base)
	}
	if base < 0 || figures[base].Sentence != f.Sentence || c.inPrices(figures[base], f) || !c.amount(figures, base) ||
		!toMove.MatchString(string(c.folded[figures[base].End:f.Start])) || !c.value(figures[base]).IsPositive() {
		return s, false
	}
	later := -1
	for k, n := c.lastIn(figures, base), 0; k >= 0 && n < maxLook/4 && figures[k].Sentence == f.Sentence; k, n =
		c.lastIn(figures, k), n+1 {
		if figures[k].Unit != figures[base].Unit || figures[k].Kind != Value || eachOf.MatchString(c.lead(figures, k)) {
			continue
		}
		if later >= 0 {
			return s, false
		}
		later = k
	}
	if later < 0 || !c.amount(figures, later) || !alikeWords(c.lead(figures, base), c.lead(figures, later)) {
		return s, false
	}
	moved := c.value(figures[later]).Sub(c.value(figures[base]))
	if f.Direction == "down" {
		moved = moved.Neg()
	}
	return c.grown(figures, i, base, moved, later)
}

// moves is where figure k says that something moved: 增加250份, or 多10件 behind what it is measured from.
func (c *claimant) moves(figures []Figure, k int) string {
	switch {
	case figures[k].Kind == Change:
		return figures[k].Direction
	case figures[k].Kind == Value:
		return map[string]string{"多": "up", "少": "down"}[strings.Trim(c.behindValue(figures, k), ", 了")]
	}
	return ""
}

// What may stand between a base and the words of change, between two changes, and before a mean.
var (
	onlyMoved = regexp.MustCompile(`^[ ,(]*(即|也就是)?(同比|增幅|增速|增长|增加|上升|提高|提升|下降|减少|多|少|降低|降幅|了|为|达)*$`)
	toMove    = regexp.MustCompile(`^\)?(相比|比|,)*\p{Han}{0,6}(同比|增长|增加|上升|提高|扩大|下降|减少|降低|多|少|增幅为?|降幅为?|了)+$`)
	eachOf    = regexp.MustCompile(`(均|平均每\p{Han}{1,4}|每\p{Han}{1,3})(为|达|花费|补贴)?$`)
)

// grown holds f against moved in percent of the base.
func (c *claimant) grown(figures []Figure, i, base int, moved decimal.Decimal, of int) (Sum, bool) {
	hundred := decimal.NewFromInt(100)
	value := moved.Mul(hundred).DivRound(c.value(figures[base]), 20)
	stepA, stepB := c.steps(figures[of], figures[base])
	hidden := hundred.Mul(stepA.Add(stepB.Mul(decimal.NewFromInt(2)))).DivRound(c.value(figures[base]), 20)
	return c.worked(figures, i, Growth, value, hidden, base, of)
}

// alikeWords says whether two phrases share a word of two characters that is more than of time or of comparison.
func alikeWords(a, b string) bool {
	x, y := []rune(notTime.ReplaceAllString(a, ",")), notTime.ReplaceAllString(b, ",")
	for i := 0; i+1 < len(x); i++ {
		if isIdeograph(x[i]) && isIdeograph(x[i+1]) && strings.Contains(y, string(x[i:i+2])) {
			return true
		}
	}
	return false
}

var notTime = regexp.MustCompile(`本?年度|上年|去年|今年|同期|人数|数量|全年|本年|其中`)

// parties are who is held against whom.
var parties = regexp.MustCompile(`(我们|他们|人家|对方|我[市区县省镇村]|本[市区县省镇村]|[邻外][市区县省]|全[市区县省国])\p{Han}{0,8}?(为|是|只有|仅|达|达到)?$`)

// partiesApart holds 低了12个百分点 against what is said of the two, right before it.
func (c *claimant) partiesApart(figures []Figure, i int) (s Sum, ok bool) {
	f := figures[i]
	b := c.lastIn(figures, i)
	if b < 0 || f.Base != "" || !plainly(f) || !apartBy.MatchString(c.behindValue(figures, i)) {
		return s, false
	}
	a := c.lastIn(figures, b)
	if a < 0 || figures[a].Kind != Value || figures[b].Kind != Value || figures[a].Unit != figures[b].Unit ||
		f.Unit != pointsOf(figures[a].Unit) || !plainly(figures[a]) || !plainly(figures[b]) ||
		!parties.MatchString(c.lead(figures, a)) || !parties.MatchString(c.lead(figures, b)) ||
		figures[a].Sentence != f.Sentence || strings.ContainsAny(c.behindValue(figures, b), ";:") {
		return s, false
	}
	moved := c.value(figures[b]).Sub(c.value(figures[a])).Abs()
	return c.worked(figures, i, Difference, moved, ulp(figures[a]).Add(ulp(figures[b])).Div(decimal.NewFromInt(2)), a, b)
}

var apartBy = regexp.MustCompile(`^[ ,]*(相差|低|高|低了|高了|差|差了|高出|低出|两者相差)$`)
