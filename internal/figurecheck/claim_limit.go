package figurecheck

// What keeps a figure from being said of the whole that its name means: words of a target, a part or a doubt, a
// comparison, a mean per head, a bound. Which indicator it is, is claim.go's.

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// limit is a word that says of a target, a part or a doubt.
type limit struct {
	at   int
	role role
}

// findLimits finds all of them. 房山区 is no 山区.
func (c *claimant) findLimits() {
	titles := c.page.quotations()
	for i := 0; i < len(c.page.folded); i++ {
		if len(titles) > 0 && titles[0].Start <= i { // 《…支持计划》 plans nothing here
			i, titles = titles[0].End, titles[1:]
			continue
		}
		if end := c.afterPlace(i); end > i {
			i = end - 1
		} else if c.inName(i) {
			continue
		} else if c.page.at(i) == '某' && !isIdeograph(c.page.at(i+1)) { // 记者 李某
			continue
		} else if w := c.scopes.at(c.page, i); w.role&(target|doubt) != 0 {
			c.limits = append(c.limits, limit{i, w.role})
			i += len(w.text) - 1
		}
	}
}

// inName says whether a whole name of the vocabulary stands around i: 城镇 of 城镇新增就业 narrows nothing.
func (c *claimant) inName(i int) bool {
	for _, m := range c.found[c.from(i):] {
		if m.whole && m.Start <= i {
			return true
		}
		if m.End > i+maxSubject {
			break
		}
	}
	return false
}

// comparedTo says whether f is held against what stands at i: 污水处理率（93%）高于规划目标 is no target.
func (c *claimant) comparedTo(f Figure, i int) bool {
	for k := f.token + 1; k < len(c.tokens) && c.tokens[k].start < i; k++ {
		if c.tokens[k].role&(beyond|compare) != 0 {
			return true
		}
	}
	return false
}

// averaged says whether f is one per person, per year or the like, which its name does not say: another measure. What
// is called a standard is one per person as it is (低保标准达到人均1000元).
func (c *claimant) averaged(f Figure, low int, claim Claim) bool {
	called := string(c.calls(claim))
	if strings.HasSuffix(called, "标准") {
		return false
	}
	for k := f.token - 1; k >= 0 && k > f.token-maxLook && c.tokens[k].start >= low; k-- {
		if t := c.tokens[k]; t.role&each != 0 && !(claim.Name.Start <= t.start && t.start < claim.Name.End) &&
			!strings.Contains(called, string(c.page.folded[t.start:t.end])) && !c.inName(t.start) {
			return true
		}
	}
	return false
}

// bounds says whether f only marks off some of those that the name counts: 婚检率低于10%的区有5个, but not 16.5%的水平.
func (c *claimant) bounds(f Figure) bool {
	k := f.token + 1
	for k < len(c.tokens) && c.tokens[k].role&(after|space) != 0 {
		k++
	}
	if k >= len(c.tokens) || c.at(c.tokens[k].start) != '的' {
		return false
	}
	w := c.scopes.at(c.page, c.tokens[k].start+1)
	return w.role&neutral == 0
}

// Titles of texts that tell of what was, and words that only plans have.
var (
	looking  = regexp.MustCompile(`总结|评估|汇报|监测|调研|公报|简报|报告|讲话|情况|答复|通报|回顾`)
	planning = regexp.MustCompile(`规划纲要|方案|要点|思路|打算|部署|计划|目标|力争|要求|确保|将|要达|应达|争取|努力|预期`)
)

// looksBack says whether 到2020年底 in the sentence of f tells of what was: the text's first line says so, and no word
// of a plan stands there or in the sentence.
func (c *claimant) looksBack(f Figure) bool {
	first := c.scene.line(0)
	if first.End == 0 || first.End > 2*longTitle {
		return false
	}
	title := string(c.page.folded[first.Start:first.End])
	sentence := string(c.page.folded[f.Sentence.Start:min(f.Sentence.End, f.Sentence.Start+4*maxSpread)])
	return looking.MatchString(title) && !planning.MatchString(title) && !planning.MatchString(sentence)
}

// turns says whether an arrow stands before or behind f: 79.0%→84.9% are of two times that only a head may name.
func (c *claimant) turns(f Figure) bool {
	return strings.ContainsRune("→➜➝⇒➔", c.page.at(f.Start-1)) || strings.ContainsRune("→➜➝⇒➔", c.page.at(f.End))
}

// objectOf says whether the word at i is what is worked at in a clause before that of f: 打造儿童友好城区，…率达.
func (c *claimant) objectOf(i int, f Figure) bool {
	return i < f.Clause.Start && working.MatchString(string(c.page.folded[max(f.Sentence.Start, i-maxSubject):i]))
}

// working are words of what is done to something, whose number is not told.
var working = regexp.MustCompile(`(打造|建设|创建|推进|推动|加强|深化|深入|走进|联合|动员|引导|鼓励|支持|依托|会同|协调|指导|督促|优化|改善|统筹)[^,;:。]*$`)

// extreme says whether f is that of the place or part where the measure is highest or lowest, and none is named behind
// the word: 最高的是95.2%.
func (c *claimant) extreme(f Figure, from int) bool {
	from = max(from, f.Clause.Start)
	if from >= f.Start || f.Start-from > maxSubject {
		return false
	}
	at := mostOf.FindStringIndex(string(c.page.folded[from:f.Start]))
	return at != nil && !c.placed(from+utf8.RuneCountInString(string(c.page.folded[from:f.Start])[:at[0]]), f)
}

// mostOf are words of what is said of the first or the last of several.
var mostOf = regexp.MustCompile(`最[高低大小多少好差](的|者)|(居|位列|排|名列)(第一|首位|末位|最后)的`)

// bracketed says whether i stands in brackets with a number of their own, and f does not: 92.6%（目标94.5%）.
func (c *claimant) bracketed(i int, f Figure) bool {
	from, to := f.End, i
	if i < f.Start {
		from, to = i, f.Start
	}
	depth := 0
	for at := from; at < to; at++ {
		switch c.page.at(at) {
		case '(':
			depth++
		case ')':
			depth--
		}
	}
	switch {
	case i > f.Start && depth > 0:
		return c.numberIn(i, f.Clause.End)
	case i < f.Start && depth < 0:
		return c.numberIn(i, f.Start)
	}
	return false
}

// numberIn says whether a number stands from there to the next closing bracket.
func (c *claimant) numberIn(from, to int) bool {
	for at := from; at < to && c.page.at(at) != ')'; at++ {
		if isDigit(c.page.at(at)) {
			return true
		}
	}
	return false
}

// resolved says whether the sentence of f tells what a meeting resolved: 会议明确，…增加到75个 is no result.
func (c *claimant) resolved(f Figure) bool {
	end := min(f.Start, f.Sentence.Start+maxSubject)
	return resolving.MatchString(string(c.page.folded[f.Sentence.Start:end]))
}

// sloppy says whether f may be how far it is from another place, or what is there: 高于全市2.3%.
func (c *claimant) sloppy(f Figure) bool {
	return f.Kind == Value && c.levelOf(f.token) && c.tokens[f.token-1].role&area != 0 &&
		!c.page.has(f.End, []rune("的水平"))
}

var resolving = regexp.MustCompile(`^\s*(会议|会上|全会|大会|与会\p{Han}{1,4})\p{Han}{0,6}(明确|议定|决定|商定|确定|部署|责成|要求|同意)`)

// scope reads in the sentence whether f is a target, of one calibre, or, up to opening and from low on, of a part only.
func (c *claimant) scope(f Figure, opening, low int, claim *Claim) {
	from, to := max(f.Sentence.Start, f.Start-maxSpread), min(f.Sentence.End, f.End+maxSpread)
	claim.Ahead = c.outlook(f.Start)
	doubtful := c.bounds(f) || claim.Ahead || c.resolved(f) || c.sloppy(f) || c.turns(f) || c.extreme(f, claim.Name.End)
	at, _ := slices.BinarySearchFunc(c.limits, from, func(l limit, from int) int { return l.at - from })
	for ; at < len(c.limits) && c.limits[at].at < to; at++ {
		switch i, role := c.limits[at].at, c.limits[at].role; {
		case claim.Name.Start <= i && i < claim.Name.End || f.Start <= i && i < f.End:
		case role&target != 0 && f.Clause.Start <= i && i < f.Clause.End && !c.comparedTo(f, i) && !c.bracketed(i, f):
			claim.Target = true
		case role&doubt != 0 && (i < opening || low <= i) && i < f.Clause.End && !c.objectOf(i, f):
			doubtful = true
		}
	}
	if len(claim.Periods) > 0 {
		if f.periodAt >= f.Sentence.Start && c.page.at(f.periodAt-1) == '到' && !isIdeograph(c.page.at(f.periodAt-2)) &&
			!c.looksBack(f) {
			doubtful = true // what is to be by then
		}
	}
	for _, calibre := range c.calibres { // 孕产妇死亡率（户籍）
		for _, word := range calibre.Words {
			if strings.Contains(string(c.page.folded[max(f.Clause.Start, from):f.Start]), word) {
				claim.Calibre = calibre.Code
			}
		}
	}
	if claim.doubtful = claim.doubtful || doubtful; claim.doubtful {
		claim.Trust = min(claim.Trust, Likely)
	}
}
