package figurecheck

// Shares among the numbers of a text: 占30% held against the part and the whole that its words name. Differences and
// totals are sums.go's; what a share is of, measure.go's.

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// sibling holds 占16% against the whole that a share before it in its sentence is of: 报送34家，报送率85%；逾期6家，
// 占16%.
func (c *claimant) sibling(figures []Figure, i int, before []Sum) (Sum, bool) {
	f := figures[i]
	lead := string(c.folded[max(f.Clause.Start, f.Start-maxSubject):f.Start])
	if f.Qualifier != "" && !reached(f.Qualifier) || strings.Trim(lead, "比约 ") != "占" || len(before) == 0 {
		return Sum{}, false
	}
	s := before[len(before)-1]
	if s.Kind != Share || !s.Agrees || i-s.Figure > maxLook || figures[s.Figure].Sentence != f.Sentence {
		return Sum{}, false
	}
	whole := figures[s.Of[1]]
	if p := c.previous(figures, s.Of[1]); p >= 0 && figures[p].Unit == whole.Unit {
		return Sum{}, false // it may be a part itself
	}
	for k := i - 1; k > s.Figure; k-- {
		part := figures[k]
		between := string(c.folded[figures[s.Figure].End:part.Start])
		if part.Kind != Value || part.Unit != whole.Unit || part.Qualifier != "" ||
			c.value(part).Add(c.value(figures[s.Of[0]])).GreaterThan(c.value(whole)) ||
			strings.Contains(between, "其中") || slices.ContainsFunc(figures[s.Figure+1:k],
			func(g Figure) bool { return g.Kind == Value && g.Unit == whole.Unit }) {
			if part.Kind == Value && part.Unit == whole.Unit {
				return Sum{}, false // 群众10人，其中青年8人，占: not the 10
			}
			continue
		}
		return c.quotient(figures, i, k, s.Of[1])
	}
	return Sum{}, false
}

// share holds a percentage against the part right before it and the wholes that its sentence names before that.
func (c *claimant) share(figures []Figure, i int) (Sum, bool) {
	part := c.previous(figures, i)
	if part < 0 {
		return Sum{}, false
	}
	f, m := figures[i], figures[part]
	if m.Kind != Value || m.Qualifier != "" || f.Qualifier != "" && !reached(f.Qualifier) ||
		c.tokens[m.token].quantity.class&(count|measure) == 0 || c.tokens[m.token].linked ||
		f.Start-m.End > 2*maxSubject {
		return Sum{}, false
	}
	lead, meant := string(c.folded[m.End:f.Start]), false
	s := Sum{Figure: i, Kind: Share}
	hundredfold, half := c.value(m).Shift(2), decimal.New(5, int32(-f.Decimals-1))
	beside := c.beforeIt(figures, part)
	whose, shares := takenIn(lead)
	nearest := beside
	if nearest >= 0 && figures[nearest].Unit != m.Unit {
		nearest = -1
	}
	// 教师200名，其中女教师90名，其中高级职称30名，占15%: of whichever it fits
	for k := part - 1; k >= 0 && k > i-maxLook && figures[k].Start >= f.Sentence.Start && !s.Agrees; k-- {
		n := figures[k]
		if n.Kind != Value || n.Unit != m.Unit || !c.value(n).IsPositive() || n.Qualifier != "" {
			continue
		}
		if semicolon := slices.Contains(c.folded[n.End:m.Start], ';'); semicolon && c.partly(n) {
			continue // 500人，其中女性460人；就业400人: of the 500
		}
		between := string(c.folded[max(n.End, m.Start-maxSpread):m.Start])
		fits := c.rateOf(f, m, n, lead, between, beside == k) || shares && c.takes(whose, f, n, lead, between) ||
			beside == k && (done(lead, between) ||
				c.ofSex(lead, between) && !strings.ContainsAny(c.calledSo(figures, k), "男女"))
		if k != nearest && nearest >= 0 && slices.Contains(c.folded[n.End:m.Start], ';') &&
			!slices.Contains(c.folded[figures[nearest].End:m.Start], ';') {
			fits = false // 委员80人，女性30人；校长40人，女性10人: of the 40
		}
		meant = meant || fits && !c.isBase(n)
		s.Agrees = hundredfold.Sub(c.value(f).Mul(c.value(n))).Abs().LessThanOrEqual(half.Mul(c.value(n)))
		if whole := !c.value(m).GreaterThan(c.value(n)) && !c.isBase(n); s.Agrees || fits && whole && s.Value == "" {
			s.Of = []int{part, k}
			s.Value = hundredfold.DivRound(c.value(n), 20).Round(int32(max(f.Decimals, 1))).String()
		}
	}
	if !s.Agrees && len(s.Of) > 0 && c.hidden(figures[s.Of[0]], figures[s.Of[1]], f) {
		return Sum{}, false
	}
	// 共45个，立行立改27个，占60%: what fits is no chance
	fitting := s.Agrees && strings.Trim(lead, ",约 ") == "占"
	if !(meant || fitting) || s.Value == "" {
		return s, false
	}
	return c.quotient(figures, i, s.Of[0], s.Of[1])
}

// ofSex says whether the part is only called by its sex, and lead calls f its share: 校长40人，女性10人，占25%.
func (c *claimant) ofSex(lead, between string) bool {
	who := strings.Trim(between, " ,、:")
	return strings.Trim(lead, ",约比 ") == "占" && who != "" && c.scopes.has([]rune(who), male|female)
}

// hidden says whether f, told more finely than m and n, may be their share but for the digits that they hide: 92.0%
// of 3.67万 in 3.98万.
func (c *claimant) hidden(m, n, f Figure) bool {
	a, b := c.steps(m, n)
	part, whole := c.value(m), c.value(n)
	if f.Decimals == 0 || c.tokens[m.token].quantity.scale == 0 || c.tokens[n.token].quantity.scale == 0 ||
		!whole.IsPositive() {
		return false
	}
	slack := decimal.NewFromInt(50).Mul(a.Add(part.Mul(b).Div(whole))).Div(whole).Add(
		ulp(f).Div(decimal.NewFromInt(2)))
	off := part.Mul(decimal.NewFromInt(100)).Div(whole).Sub(c.value(f)).Abs()
	return off.LessThanOrEqual(slack)
}

// beforeIt is the last statistic of the sentence before i that is counted in the same; -1 if there is none.
func (c *claimant) beforeIt(figures []Figure, i int) int {
	k := c.previous(figures, i)
	for k > i-maxLook && k >= 0 && (figures[k].Unit == "%" || figures[k].Kind == Change) && figures[i].Unit != "%" {
		k = c.previous(figures, k)
	}
	return k
}

// partly says whether 其中 opens the clause of f.
func (c *claimant) partly(f Figure) bool {
	return strings.Contains(string(c.folded[max(f.Clause.Start, f.Start-maxSubject):f.Start]), "其中")
}

// namedShare holds 女教师占48% against the women and all of a sentence before: 有教师200名，其中女教师90名; 小学占60%
// against 学位6000个，其中小学3600个、初中2400个.
func (c *claimant) namedShare(figures []Figure, i int) (Sum, bool) {
	f := figures[i]
	who, takes := strings.CutSuffix(strings.TrimRight(string(
		c.folded[max(f.Clause.Start, f.Start-maxSpread):f.Start]), "比为达到约 "), "占")
	if !takes || len([]rune(who)) < 2 || f.Qualifier != "" && !reached(f.Qualifier) {
		return Sum{}, false
	}
	line := c.scene.line(f.Start).Start
	for k := i - 1; k > 0 && i-k < maxLook/4 && figures[k].Start >= line; k-- {
		n := c.wholeOf(figures, k, who)
		if n < 0 {
			continue
		}
		part, whole := figures[k], figures[n]
		if whole.Kind != Value || part.Kind != Value || whole.Unit != part.Unit || whole.Qualifier != "" ||
			part.Qualifier != "" || !c.value(whole).GreaterThan(c.value(part)) || whole.Sentence != part.Sentence {
			break
		}
		return c.quotient(figures, i, k, n)
	}
	return Sum{}, false
}

// wholeOf is the whole that 其中 says the number k, of those called so, is a part of; -1 if it says nothing of it.
func (c *claimant) wholeOf(figures []Figure, k int, who string) int {
	for n := k; n > 0 && k-n < maxLook/4 && figures[n].Sentence == figures[k].Sentence; n-- {
		lead := string(c.folded[max(figures[n-1].End, figures[n].Start-maxSubject):figures[n].Start])
		named, first := strings.CutPrefix(strings.TrimLeft(lead, ",;"), "其中")
		if n == k && strings.Trim(named, ",、;和及") != who {
			return -1
		}
		if first {
			return n - 1
		}
		if figures[n-1].Kind != Value || figures[n-1].Unit != figures[k].Unit {
			return -1
		}
	}
	return -1
}
