package figurecheck

// What a figure is about that no words of its own name: the name goes on from the figure before, unless something else
// was named between. Names that lead to a figure are name.go's.

import (
	"regexp"
	"slices"
	"strings"
)

// nameGoesOn takes the name of the figure before, or one further before in the sentence, if no words of its own lead to
// the figure i.
func (c *claimant) nameGoesOn(figures []Figure, claims []Claim, i, low int, claim *Claim) bool {
	f, said := figures[i], Claim{}
	if !c.plain(low, f.Start, &said) {
		return false
	}
	k := c.previous(figures, i)
	for n := 0; n < maxLook && k > 0 && figures[k].Kind == Change && figures[k].Base != ""; n++ {
		before := c.previous(figures, k) // 31.0%，比全省平均水平高2.4个百分点，比2021年高2个百分点: of the 31.0%
		if before < 0 || !slices.Equal(claims[before].Terms, claims[k].Terms) {
			break
		}
		k = before
	}
	if m, trust := c.topicBehind(figures, i, low); trust > Unnamed { // 甲率为90%；乙率逐年下降，2022年为80%
		c.take(m, claim, trust)
		claim.Close = trust == Firm
		return true
	}
	if k >= 0 && claims[k].Trust > Unnamed && c.suits(claims[k].Terms, f) && !c.countsOther(f, claims[k]) {
		if claims[k].called > 0 && c.strangers(figures[k].End, f.Start, int(claims[k].called)-1, true) {
			if c.paraphrased(figures, i, figures[k].End, claim) {
				return true
			}
			claim.carry(claims[k])
			claim.partly, claim.Trust = true, min(claim.Trust, Likely)
			return true
		}
		claim.carry(claims[k])
		if claim.Trust == Firm && c.measureBetween(figures[k].End, low) {
			claim.Trust = Likely
		}
		if claims[k].ownSex && f.Kind != Change {
			claim.Sex = ""
		}
		if said.Sex != "" {
			claim.Sex, claim.ownSex = said.Sex, true
		}
		if said.Calibre != "" {
			claim.Calibre = said.Calibre
		}
		if said.Sex != "" {
			c.womenOf(f, claim)
		}
		if said.Sex == "" && said.Calibre == "" && !claims[k].Target &&
			slices.Equal(claims[k].Periods, claim.Periods) && c.toldTwice(figures[k], f) {
			claim.Trust = min(claim.Trust, Likely)
		}
		return true
	}
	if m, ok := c.nameBefore(f.Sentence.Start, low, f); ok && !c.numbered(figures, i, m.End) {
		c.take(m, claim, Likely)
		if m.whole && c.plain(m.End, f.Start, claim) && c.beside(c.opens(m.from), m.from, claim) { // 婚检率：东河区20%
			claim.Trust, claim.Close = Firm, true
		}
		if claim.Sex != "" && said.Sex != "" {
			c.womenOf(f, claim)
		}
		claim.partly = claim.partly || claim.Trust < Firm // said of something before, perhaps
		return true
	}
	return false
}

// toldTwice says whether the values a and f stand for one place and time: one of them is of a part or something else,
// as 共136个，已有90个完成.
func (c *claimant) toldTwice(a, f Figure) bool {
	return a.Kind == Value && f.Kind == Value && a.Unit == f.Unit && a.Qualifier == "" && f.Qualifier == "" &&
		a.Value != f.Value && !c.placed(a.End, f) && !c.isBase(a) && !c.isBase(f)
}

// measureBetween says whether from..to, between two statistics, names a measure of its own: …率92.5%；规模逐年扩大，
// 达到80.
func (c *claimant) measureBetween(from, to int) bool {
	return from < to && to-from < 2*maxSpread && measures.MatchString(string(c.page.folded[from:to]))
}

// measures are the words that names of measures end with.
var measures = regexp.MustCompile(`[^效]率|比例|比重|占比|指数|得分|满意度|规模|总量|总数|人数|人次|数量|面积|收入|经费|投入`)

// countsOther says whether a noun stands behind the count f that the name of the claim does not have: 增加到60个，
// 五个区都有.
func (c *claimant) countsOther(f Figure, of Claim) bool {
	if c.tokens[f.token].quantity.class&count == 0 || f.Kind == Change {
		return false
	}
	next := f.token + 1
	if next >= len(c.tokens) || c.tokens[next].role != 0 && c.tokens[next].role&area == 0 {
		return false
	}
	at := c.page.at(f.End)
	if !isIdeograph(at) || c.dictionary.phrases.at(c.page, f.End).role&cut != 0 ||
		c.scopes.at(c.page, f.End).role&neutral != 0 {
		return false
	}
	return !slices.Contains(c.calls(of), at)
}

// topicBehind is the name that a clause behind the last statistic before i opens with, and how well it says what i is
// about.
func (c *claimant) topicBehind(figures []Figure, i, low int) (mention, Trust) {
	k := c.previous(figures, i)
	if k < 0 || figures[k].End >= low {
		return mention{}, Unnamed
	}
	m, ok := c.nameBefore(figures[k].End, low, figures[i])
	if !ok || !m.whole {
		return mention{}, Unnamed
	}
	if !c.beside(c.opens(m.from), m.from, &Claim{}) {
		return m, Likely
	}
	rest, _, _ := strings.Cut(string(c.page.folded[m.End:low]), ",")
	if trend.MatchString(rest) && c.plain(low, figures[i].Start, &Claim{}) {
		return m, Firm
	}
	return m, Likely
}

// trend is what may be said of a measure before its numbers, and narrows nothing.
var trend = regexp.MustCompile(`^(总体|整体|连续|持续|逐年|逐步|稳步|不断|明显|显著|大幅|小幅|快速|较快|有所|略有|继续|保持|呈|呈现|稳中有升|稳中有降|下滑|下降|上升|提高|提升|增长|增加|减少|` +
	`改善|好转|回落|回升|走低|走高|攀升|平稳|稳定|态势|趋势|向好|变化|差异|差距|较大|不大|明显|如下|情况|[一二三四五]年|的|了|,|:)*$`)
