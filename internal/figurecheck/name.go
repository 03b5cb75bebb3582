package figurecheck

// Which indicator a figure is about: the name that leads to it, follows it, or goes on from the figure before.

import (
	"slices"
	"strings"
)

// maxFar is how far before a figure its subject may have been named, in characters.
const maxFar = 600

// name finds what the figure i is about: the name that leads to it, the one right behind it, the one that its clause
// goes on with, or the words of one all around.
func (c *claimant) name(figures []Figure, claims []Claim, i, low int, claim *Claim) {
	f := figures[i]
	if i > 0 && c.tokens[f.token].linked && claims[i-1].Trust > Unnamed {
		claim.carry(claims[i-1])
		return
	}
	open := f.Clause.Start
	if low == open && c.page.at(low) == '女' && c.page.at(low-1) == ',' && c.page.at(low-2) == '中' { // 校长中，女性占
		open = c.opens(low - 1)
		low = open
	}
	if m, ok := c.nameBefore(low, f.Start, f); ok {
		c.take(m, claim, Likely)
		beside := c.beside(open, m.from, claim)
		// 东河区婚检率20%、住院分娩率99%: nothing narrows the second that does not narrow the first
		if k := c.previous(figures, i); !beside && k >= 0 && figures[k].End == low && claims[k].named == Firm {
			beside = c.beside(low, m.from, claim)
		}
		switch claim.Close = c.plain(m.End, f.Start, claim); {
		case claim.Close && m.whole && beside:
			claim.Trust = Firm
			return
		case !claim.Close && (m.End-m.from < 4 || c.strayed(m.End, f.Start)):
			claim.Trust = Loose
		}
		c.inFull(figures, i, low, m, claim)
		return
	}
	if m, ok := c.nameBehind(f); ok {
		c.take(m, claim, Likely)
		claim.Close = true
		claim.partly = c.strangers(m.End, c.upToNext(figures, i), m.name, false) // 282个社区建起儿童之家
		return
	}
	if c.nameGoesOn(figures, claims, i, low, claim) {
		return
	}
	if m, ok := c.topicOf(f); ok && c.plain(low, f.Start, claim) {
		c.take(m, claim, Firm)
		claim.Close = true
		return
	}
	if c.inOtherWords(figures, i, low, claim) {
		return
	}
	if m, ok := c.nameAround(figures, i, low); ok {
		c.take(m, claim, Likely)
		claim.partly = true
		return
	}
	if c.shortened(figures, claims, i, low, claim) {
		return
	}
	if c.otherNoun(low, f.Start) {
		return
	}
	if m, ok := c.nameBefore(max(c.scene.line(f.Start).Start, f.Start-maxSpread), f.Start, f); ok {
		c.take(m, claim, Loose)
		claim.bare = f.Kind == Value && c.onlyPlaceLeads(figures, i, low) // 甲最多，11927人；乙8295人
	} else if m, ok := c.nameBefore(max(0, f.Start-maxFar), f.Start, f); ok {
		c.take(m, claim, Loose)
		claim.Far = true
	}
}

// inFull takes for the name m, beside which other words stand, the fuller one that all of the words say:
// 普惠性幼儿园在园幼儿. If there is none they may narrow it.
func (c *claimant) inFull(figures []Figure, i, low int, m mention, claim *Claim) {
	if !c.strangers(low, figures[i].Start, m.name, false) {
		return
	}
	said := *claim
	said.Terms, said.Close = nil, false
	if c.paraphrased(figures, i, low, &said) && said.Complete && said.called != claim.called {
		*claim = said
		return
	}
	claim.partly = true
}

// inOtherWords finds the name that is said in part or in other words, by whichever says it better.
func (c *claimant) inOtherWords(figures []Figure, i, low int, claim *Claim) bool {
	said := *claim
	if c.elliptical(figures, i, low, claim) && claim.Trust == Firm {
		return true
	}
	if c.paraphrased(figures, i, low, &said) && (claim.Trust == Unnamed || said.Trust == Firm || said.Complete) {
		*claim = said
		return true
	}
	return claim.Trust > Unnamed
}

// onlyPlaceLeads says whether nothing but a place leads to the figure i.
func (c *claimant) onlyPlaceLeads(figures []Figure, i, low int) bool {
	return figures[i].areaAt >= low && len(c.says(low, figures[i].Start)) == 0
}

// topicOf is the name that a paragraph opens with and that says what all of it is about, 1.婚前医学检查率。2018年为, or
// that is the heading right above.
func (c *claimant) topicOf(f Figure) (mention, bool) {
	line := c.scene.line(f.Start)
	end := line.Start
	for end < min(f.Start, line.Start+2*maxSubject) && (!strings.ContainsRune("。:", c.page.at(end)) ||
		c.page.at(end) == ':' && end-line.Start < 6) { // 指标1：婚检率。
		end++
	}
	if m, ok := c.only(Span{line.Start, end}, f); ok && end < f.Start {
		return m, true
	}
	if line.Start == 0 {
		return mention{}, false
	}
	return c.only(c.scene.line(line.Start-1), f)
}

// only is the name that a heading consists of, but for its number, a place and a time.
func (c *claimant) only(at Span, f Figure) (mention, bool) {
	for at.End > at.Start && strings.ContainsRune(" 。:", c.page.at(at.End-1)) {
		at.End--
	}
	if at.End-at.Start > 2*maxSubject {
		return mention{}, false
	}
	for i := at.Start; i < at.End; i++ { // 第三方评估：各区婚检率
		if c.page.at(i) == ':' {
			at.Start = i + 1
		}
	}
	m, ok := c.nameBefore(at.Start, at.End, f)
	return m, ok && m.whole && m.End == at.End && c.beside(at.Start, m.from, &Claim{})
}

// opens is where the clause around i begins.
func (c *claimant) opens(i int) int {
	for low := i - maxSpread; i > max(low, 0) && !strings.ContainsRune(",;:。\n", c.page.at(i-1)); i-- {
	}
	return i
}

func (c *claimant) take(m mention, claim *Claim, trust Trust) {
	claim.Name, claim.Trust, claim.called = m.Span, trust, int32(m.name)+1
	for _, t := range c.full[m.name].terms {
		claim.Terms = append(claim.Terms, c.terms[t].Code)
	}
}

// otherNoun says whether a noun of its own leads to the number at to: 居委会主任中女性比例73.6%.
func (c *claimant) otherNoun(from, to int) bool {
	to = c.leading(from, to)
	return to > from && strings.ContainsRune("率例重数额量度", c.page.at(to-1))
}

// leading is where the words end that stand in front of those that lead to the number at to.
func (c *claimant) leading(from, to int) int {
	for to > from {
		switch {
		case c.around.at(c.page, to-1).role&linking != 0 || c.page.at(to-1) == ' ':
			to--
		case to-2 >= from && c.around.at(c.page, to-2).role&linking != 0 && len(c.around.at(c.page, to-2).text) == 2:
			to -= 2
		default:
			return to
		}
	}
	return to
}

// shortened finds the name that begins like that of the figure before and ends like what leads to this one:
// 户籍人口出生率12.59‰，死亡率6.84‰.
func (c *claimant) shortened(figures []Figure, claims []Claim, i, low int, claim *Claim) bool {
	k := c.previous(figures, i)
	to := c.leading(low, figures[i].Start)
	from := to
	for from > low && isIdeograph(c.page.at(from-1)) {
		from--
	}
	if k < 0 || claims[k].Trust < Likely || to-from < 3 || to-from > 12 {
		return false
	}
	end, begin := c.page.folded[from:to], c.calls(claims[k])
	for name, n := range c.full {
		text := n.words[0].text
		if len(n.words) > 1 || len(text) < len(end)+2 || len(begin) < 2 || !slices.Equal(text[len(text)-len(end):],
			end) || !slices.Equal(text[:2], begin[:2]) {
			continue
		}
		if prefix := text[:len(text)-len(end)]; len(begin) >= len(prefix) && slices.Equal(begin[:len(prefix)],
			prefix) && !slices.Contains(claims[k].Terms, c.terms[n.terms[0]].Code) &&
			suits(c.terms[n.terms[0]].Unit, figures[i]) {
			claim.Name, claim.Trust, claim.Close, claim.called = Span{from, to}, Likely, true, int32(name)+1
			for _, t := range n.terms {
				claim.Terms = append(claim.Terms, c.terms[t].Code)
			}
			return true
		}
	}
	return false
}

// calls is the first word of the name that the claim rests on, in full if it has but one.
func (c *claimant) calls(claim Claim) []rune {
	if claim.called == 0 {
		return nil
	}
	return c.full[claim.called-1].words[0].text
}

// carry takes over what a figure before was about.
func (c *Claim) carry(from Claim) {
	c.Terms, c.Name, c.Trust, c.Close, c.Sex, c.Calibre, c.called = from.Terms, from.Name, from.named, from.Close,
		from.Sex, from.Calibre, from.called
	c.doubtful, c.partly = from.doubtful, from.partly
}

// nameBefore is the last name that ends in from..to, not too far up, and suits f, and of those that end together the
// longest.
func (c *claimant) nameBefore(from, to int, f Figure) (best mention, ok bool) {
	from = max(from, to-maxFar)
	at, _ := slices.BinarySearchFunc(c.found, to+1, func(m mention, end int) int { return m.End - end })
	for k := at - 1; k >= 0 && c.found[k].End > from; k-- {
		m := c.found[k]
		if ok && m.End < best.End {
			break
		}
		if m.Start >= from && c.fits(m, f) && (!ok || c.fuller(m, best)) {
			best, ok = m, true
		}
	}
	return best, ok
}

// fuller says whether a says more than b: it is the longer name or, of two as long, the one with nothing between its
// words.
func (c *claimant) fuller(a, b mention) bool {
	n, m := c.full[a.name].length(), c.full[b.name].length()
	if a.End == b.End && a.whole != b.whole && min(n, m) >= 6 { // 校外实践活动…，继续教育参与率 names the latter
		return a.whole
	}
	if n != m {
		return n > m
	}
	return a.whole && !b.whole || a.whole == b.whole && a.from > b.from
}

// nameBehind is the name of what f counts: 17家法律援助中心, 4000余个“母婴关爱室”.
func (c *claimant) nameBehind(f Figure) (best mention, ok bool) {
	from := f.End
	for c.page.at(from) == '—' { // 91.3%——毛入园率
		from++
	}
	if from == f.End && c.tokens[f.token].quantity.class&count == 0 {
		return best, false
	}
	for strings.ContainsRune(" “\"的", c.page.at(from)) {
		from++
	}
	from = c.afterPlace(from)
	at, _ := slices.BinarySearchFunc(c.found, from, func(m mention, end int) int { return m.End - end })
	for k := at; k < len(c.found) && c.found[k].End <= from+maxSubject; k++ {
		if m := c.found[k]; m.Start == from && m.from >= f.Sentence.Start && c.fits(m, f) && (!ok || m.End > best.End) {
			best, ok = m, true
		}
	}
	return best, ok
}

// afterPlace is where the name of a known place at i ends, or i.
func (c *claimant) afterPlace(i int) int { return i + len(c.spellings.at(c.page, i).text) }

// nameAround is a name of several words, all of them between the figures before and behind i, or one word right in
// front of what is counted: 投入40亿元用于学前教育.
func (c *claimant) nameAround(figures []Figure, i, low int) (best mention, ok bool) {
	f := figures[i]
	high := f.Clause.End
	for k := i + 1; k < len(figures) && figures[k].Start < high; k++ {
		if figures[k].Kind.Statistic() {
			high = figures[k].Start
		}
	}
	at, _ := slices.BinarySearchFunc(c.found, f.End, func(m mention, end int) int { return m.End - end })
	for k := at; k < len(c.found) && c.found[k].End <= high; k++ {
		m := c.found[k]
		if !m.whole && m.from >= low && c.fits(m, f) && (!ok || c.full[m.name].length() > c.full[best.name].length()) {
			best, ok = m, true
		}
	}
	return best, ok
}

// previous is the last statistic of the sentence before i, or -1.
func (c *claimant) previous(figures []Figure, i int) int {
	for k := i - 1; k >= 0 && figures[k].Start >= figures[i].Sentence.Start; k-- {
		if figures[k].Kind.Statistic() {
			return k
		}
	}
	return -1
}

// numbered says whether a statistic stands between a name that ends at end and the figure i.
func (c *claimant) numbered(figures []Figure, i, end int) bool {
	k := c.previous(figures, i)
	return k >= 0 && figures[k].Start >= end
}

// fits says whether one of the terms that the mention names is measured in what f is.
func (c *claimant) fits(m mention, f Figure) bool {
	c.page.steps++
	return slices.ContainsFunc(c.full[m.name].terms, func(t int) bool { return suits(c.terms[t].Unit, f) })
}

// suits is fits for the codes of terms.
func (c *claimant) suits(codes []string, f Figure) bool {
	return slices.ContainsFunc(c.terms, func(t Term) bool { return slices.Contains(codes, t.Code) && suits(t.Unit, f) })
}

// suits says whether what is measured in unit can be what f says: shares are no counts, and money is neither.
func suits(unit string, f Figure) bool {
	a, b := measureOf(unit), measureOf(f.Unit)
	return a == b || a == "" || b == "" || f.Kind == Ratio || f.Kind == Change && b == "share"
}

func measureOf(unit string) string {
	switch {
	case unit == "":
		return ""
	case strings.ContainsAny(unit, "%‰") || strings.HasPrefix(unit, "/") || strings.HasPrefix(unit, "1/") ||
		strings.HasSuffix(unit, "分点"):
		return "share"
	case strings.Contains(unit, "元"):
		return "money"
	case unit == "岁" || unit == "周岁" || unit == "年":
		return "years"
	case strings.Contains(unit, "平方") || strings.Contains(unit, "㎡") || strings.HasPrefix(unit, "m"):
		return "room"
	case unit == "小时" || unit == "分钟" || unit == "天":
		return "time"
	}
	return "count"
}
