package figurecheck

// Names that are not said in full: 儿童主任302个，配备率93.8%; 健康管理率：零至六岁儿童89.5%; 养老参保率. What is left
// out was said just before, or only one of all names has the words that are said. Names in full are name.go's.

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// spare are the characters of names that texts leave out: brackets and quotation marks.
var spare = strings.NewReplacer("(", "", ")", "", "“", "", "”", "")

// endings are the names of one word by their last two characters, beginnings by their first two, without brackets.
type endings map[string][]shortName

type shortName struct {
	name int // among the full names
	text string
}

// shorten makes the vocabulary's names ready to be met in part.
func (v *Vocabulary) shorten() {
	v.endings, v.beginnings = endings{}, endings{}
	for i, n := range v.full {
		if len(n.words) != 1 {
			continue
		}
		text := []rune(spare.Replace(string(n.words[0].text)))
		if len(text) < 5 {
			continue
		}
		s := shortName{i, string(text)}
		first, last := string(text[:2]), string(text[len(text)-2:])
		v.beginnings[first] = append(v.beginnings[first], s)
		v.endings[last] = append(v.endings[last], s)
	}
}

// partWords are what may lead from a name to a number; sharing is 占 alone.
var (
	partWords = regexp.MustCompile(`(?:已|仅|只)?(?:为|达到|达|是|有|约|近|仅|只有|已达)*$`)
	sharing   = regexp.MustCompile(`^(?:约)?(?:占|占比|所占比例|所占比重|比例|比重)$`)
	headOf    = regexp.MustCompile(`(\p{Han}{2,}(?:率|比例|水平))(?:依次|分别)?(?:为|是|达)?:[^:;。]*$`)
)

// elliptical finds the name that the words right before f are the end or the beginning of, where the rest of it was
// said before in the sentence or heads it; or the one name that has all of those words.
func (c *claimant) elliptical(figures []Figure, i, low int, claim *Claim) bool {
	f := figures[i]
	from, to := c.wordsBefore(low, f.Start)
	text := partWords.ReplaceAllString(string(c.folded[from:to]), "")
	if utf8.RuneCountInString(text) > 16 {
		return false
	}
	line := c.scene.line(f.Start)
	begin := max(line.Start, f.Start-maxSpread)
	context := spare.Replace(string(c.folded[begin:from]))
	var said []string
	switch bracket := c.bracketBefore(f.Start, low); {
	case bracket.Start > 0: // 毛入学率（高中阶段）
		inner := string(c.folded[bracket.Start+1 : bracket.End])
		a, b := c.wordsBefore(low, bracket.Start)
		head := string(c.folded[a:b])
		said = append(said, inner+head, head+inner)
		context = spare.Replace(string(c.folded[begin:a]))
	case sharing.MatchString(text):
		k := c.previous(figures, i)
		if k < 0 || f.Start-figures[k].End > 6 || !c.amount(figures, k) {
			return false
		}
		who := c.calledSo(figures, k)
		if at := strings.LastIndexAny(who, ",中"); at >= 0 {
			who = strings.TrimLeft(who[at:], ",中")
		}
		context = spare.Replace(string(c.folded[begin:figures[k].Start]))
		said = append(said, who+"占")
	default:
		said = append(said, text)
		if head := headOf.FindStringSubmatch(context); head != nil && text != "" {
			runes := []rune(head[1])
			said = append(said, text+head[1], text+string(runes[max(len(runes)-3, 0):]))
		}
	}
	for _, words := range said {
		if m, trust := c.restTold(words, context, f); trust > Unnamed {
			return c.takeShort(m, Span{from, max(to, from+1)}, trust, claim)
		}
	}
	for _, words := range said {
		if m := c.hasWords(words, f); m >= 0 {
			return c.takeShort(m, Span{from, max(to, from+1)}, Likely, claim)
		}
	}
	return false
}

func (c *claimant) takeShort(name int, at Span, trust Trust, claim *Claim) bool {
	c.take(mention{Span: at, name: name, from: at.Start, whole: true}, claim, trust)
	claim.Close = true
	return true
}

// wordsBefore are the characters right before to that are words, behind places, times and neutral words.
func (c *claimant) wordsBefore(low, to int) (int, int) {
	for to > low && c.page.at(to-1) == ' ' {
		to--
	}
	from := to
	for from > low && to-from < maxSubject && isIdeograph(c.page.at(from-1)) {
		from--
	}
	return min(c.strip(from, to, func(int) int { return 0 }), to), to
}

// bracketBefore is the short bracket that ends right before at, behind low; empty if there is none.
func (c *claimant) bracketBefore(at, low int) Span {
	if at < 2 || c.page.at(at-1) != ')' {
		return Span{}
	}
	for k := at - 2; k > max(low, at-12); k-- {
		if c.page.at(k) == '(' {
			return Span{k, at - 1}
		}
		if !isIdeograph(c.page.at(k)) {
			break
		}
	}
	return Span{}
}

// restTold is the name that begins or ends with the words, whose rest the context tells; -1 if there is none, or more
// than one.
func (c *claimant) restTold(words, context string, f Figure) (name int, trust Trust) {
	runes := []rune(words)
	if len(runes) < 3 {
		return -1, Unnamed
	}
	best, end, lone := -1, -1, false
	look := func(all []shortName, rest func(string) (string, bool)) {
		for _, s := range all {
			c.page.steps++
			left, is := rest(s.text)
			left = strings.TrimSuffix(strings.TrimSuffix(left, "中"), "的")
			if !is || utf8.RuneCountInString(left) < 2 || !c.fits(mention{name: s.name}, f) {
				continue
			}
			at := strings.LastIndex(context, left)
			if at < 0 {
				continue
			}
			switch at += len(left); {
			case at > end:
				best, end, lone = s.name, at, true
			case at == end && !slices.Equal(c.full[s.name].terms, c.full[best].terms):
				lone = false
			}
		}
	}
	look(c.endings[string(runes[len(runes)-2:])], func(text string) (string, bool) {
		return strings.CutSuffix(text, words)
	})
	if len(runes) >= 4 {
		look(c.beginnings[string(runes[:2])], func(text string) (string, bool) {
			return strings.CutPrefix(text, words)
		})
	}
	if best < 0 || !lone {
		return -1, Unnamed
	}
	if onlyCounted.MatchString(context[end:]) {
		return best, Firm
	}
	return best, Likely
}

// onlyCounted is what may stand between what was counted and its rate, and names nothing else.
var onlyCounted = regexp.MustCompile(`^\p{Han}{0,3}[\d,.]*[万亿]?\p{Han}{0,2}(,其中|,|:|中,)$|^:$`)

// hasWords is the one name that has all the words in their order and ends as they do; -1 if there is none, or more than
// one: of 儿童基本医疗保险参保率 and 基本医疗保险参保率, 医保参保率 is the latter.
func (c *claimant) hasWords(words string, f Figure) int {
	runes := []rune(words)
	if len(runes) < 4 || measureOf(f.Unit) != "share" {
		return -1
	}
	best := -1
	for _, s := range c.endings[string(runes[len(runes)-2:])] {
		c.page.steps++
		if !inOrder(runes, s.text) || !c.fits(mention{name: s.name}, f) {
			continue
		}
		if best >= 0 && !slices.Equal(c.full[best].terms, c.full[s.name].terms) {
			a, b := string(c.full[best].words[0].text), string(c.full[s.name].words[0].text)
			switch {
			case strings.HasSuffix(a, b):
			case strings.HasSuffix(b, a):
				continue
			default:
				return -1
			}
		}
		best = s.name
	}
	return best
}

// inOrder says whether the text has all the characters in their order.
func inOrder(words []rune, text string) bool {
	for _, r := range text {
		if len(words) > 0 && words[0] == r {
			words = words[1:]
		}
	}
	return len(words) == 0
}
