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

// turned is a name's characters in order of their code: names that are alike but for the order of their words share it.
func turned(text string) string {
	runes := []rune(text)
	slices.Sort(runes)
	return string(runes)
}

// womenOf takes for women among those that the claim is about the term that counts just them:
// 社会体育指导员7165人，其中女性3304人.
func (c *claimant) womenOf(f Figure, claim *Claim) {
	whole := c.calls(*claim)
	if f.Kind != Value || claim.Sex != "2" || len(whole) < 3 || c.tokens[f.token].quantity.class&count == 0 {
		return
	}
	prefix := spare.Replace(string(whole)) + "中女"
	found := -1
	for _, s := range c.beginnings[string([]rune(prefix)[:2])] {
		c.page.steps++
		if !strings.HasPrefix(s.text, prefix) || !c.fits(mention{name: s.name}, f) {
			continue
		}
		if found >= 0 && !slices.Equal(c.full[found].terms, c.full[s.name].terms) {
			return
		}
		found = s.name
	}
	if found < 0 {
		return
	}
	trust, close, begin := claim.Trust, claim.Close, claim.Name.Start
	claim.Terms, claim.Sex, claim.ownSex = nil, "", false
	c.take(mention{Span: Span{begin, f.Start}, name: found}, claim, trust)
	claim.Close = close
}

// shorten makes the vocabulary's names ready to be met in part.
func (v *Vocabulary) shorten() {
	v.endings, v.beginnings, v.turned = endings{}, endings{}, map[string]int{}
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
		if _, there := v.turned[turned(s.text)]; !there {
			v.turned[turned(s.text)] = i
		}
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
	bare := c.strip(from, to, func(int) int { return 0 }) // 全区参训率
	text := partWords.ReplaceAllString(string(c.folded[from:to]), "")
	if utf8.RuneCountInString(text) > 16 {
		return false
	}
	begin, end := max(c.scene.line(f.Start).Start, f.Start-maxSpread), from
	var said []string
	switch bracket := c.bracketBefore(f.Start, low); {
	case bracket.Start > 0: // 毛入学率（高中阶段）
		inner := string(c.folded[bracket.Start+1 : bracket.End])
		a, b := c.wordsBefore(low, bracket.Start)
		a = min(c.strip(a, b, func(int) int { return 0 }), b)
		head := string(c.folded[a:b])
		said, end = append(said, inner+head, head+inner), a
	case sharing.MatchString(text):
		k := c.previous(figures, i)
		if k < 0 || f.Start-figures[k].End > 6 || !c.amount(figures, k) {
			return false
		}
		who := c.calledSo(figures, k)
		if at := strings.LastIndexAny(who, ",中"); at >= 0 {
			who = strings.TrimLeft(who[at:], ",中")
		}
		said, end = append(said, who+"占"), figures[k].Start
		if n := utf8.RuneCountInString(who); strings.HasSuffix(string(c.folded[begin:end]), who) {
			end -= n
		}
	default:
		said = append(said, text)
		if bare > from && bare < to {
			said = append(said, partWords.ReplaceAllString(string(c.folded[bare:to]), ""))
		}
		if text == "" || !slices.Contains(c.folded[begin:from], ':') {
			break
		}
		if head := headOf.FindStringSubmatch(string(c.folded[begin:from])); head != nil {
			runes := []rune(head[1])
			said = append(said, text+head[1], text+string(runes[max(len(runes)-3, 0):]))
		}
	}
	for _, words := range said { // 新增城镇就业
		if m, there := c.turned[turned(words)]; there && utf8.RuneCountInString(words) >= 6 &&
			c.fits(mention{name: m}, f) {
			trust := Likely
			if c.beside(c.opens(end), end, &Claim{}) {
				trust = Firm
			}
			return c.takeShort(m, Span{from, max(to, from+1)}, trust, claim)
		}
	}
	for _, words := range said {
		if m, trust := c.restTold(words, Span{begin, end}, f); trust > Unnamed {
			return c.takeShort(m, Span{from, max(to, from+1)}, trust, claim)
		}
	}
	for _, words := range said {
		m := c.hasWords(words, f)
		if m < 0 {
			continue
		}
		trust := Likely
		if c.nearlyAll(words, m) && c.beside(c.opens(end), end, &Claim{}) {
			trust = Firm
		}
		return c.takeShort(m, Span{from, max(to, from+1)}, trust, claim)
	}
	return false
}

// nearlyAll says whether the words are most of the name, from where it begins to where it ends:
// 女职工专项集体合同覆盖率.
func (c *claimant) nearlyAll(words string, name int) bool {
	said, all := []rune(words), []rune(spare.Replace(string(c.full[name].words[0].text)))
	return len(said) >= 6 && 100*len(said) >= 62*len(all) && string(said[:2]) == string(all[:2]) &&
		string(said[len(said)-3:]) == string(all[len(all)-3:])
}

func (c *claimant) takeShort(name int, at Span, trust Trust, claim *Claim) bool {
	c.take(mention{Span: at, name: name, from: at.Start, whole: true}, claim, trust)
	claim.Close = true
	return true
}

// wordsBefore are the characters right before to that are words.
func (c *claimant) wordsBefore(low, to int) (int, int) {
	for to > low && c.page.at(to-1) == ' ' {
		to--
	}
	from := to
	for from > low && to-from < maxSubject && isIdeograph(c.page.at(from-1)) {
		from--
	}
	return from, to
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

// restTold is the name that begins or ends with the words, whose rest the text tells there; -1 if there is none, or
// more than one.
func (c *claimant) restTold(words string, there Span, f Figure) (name int, trust Trust) {
	runes := []rune(words)
	if len(runes) < 3 || there.End <= there.Start {
		return -1, Unnamed
	}
	ending, beginning := c.endings[string(runes[len(runes)-2:])], []shortName(nil)
	if len(runes) >= 4 {
		beginning = c.beginnings[string(runes[:2])]
	}
	if len(ending)+len(beginning) == 0 {
		return -1, Unnamed
	}
	text, places := c.unmarked(there)
	best, begin, end, lone := -1, -1, -1, false
	pieces := -2 // the one name whose rest is told in two pieces; -1 if there are more
	look := func(all []shortName, rest func(string) (string, bool)) {
		for _, s := range all {
			c.page.steps++
			left, is := rest(s.text)
			left = strings.TrimSuffix(strings.TrimSuffix(left, "中"), "的")
			if !is || utf8.RuneCountInString(left) < 2 || !c.fits(mention{name: s.name}, f) {
				continue
			}
			at := strings.LastIndex(text, left)
			if at < 0 {
				if piece := inPieces(text, left); piece >= 0 && end < 0 && pieces != -1 {
					if pieces >= 0 && !slices.Equal(c.full[s.name].terms, c.full[pieces].terms) {
						pieces = -1
						continue
					}
					pieces = s.name
				}
				continue
			}
			switch last := at + len(left); {
			case last > end:
				best, begin, end, lone = s.name, at, last, true
			case last == end && !slices.Equal(c.full[s.name].terms, c.full[best].terms):
				lone = false
			}
		}
	}
	look(ending, func(text string) (string, bool) {
		return strings.CutSuffix(text, words)
	})
	look(beginning, func(text string) (string, bool) {
		return strings.CutPrefix(text, words)
	})
	if best < 0 && pieces >= 0 {
		return pieces, Likely
	}
	if best < 0 || !lone {
		return -1, Unnamed
	}
	at := places[utf8.RuneCountInString(text[:begin])]
	if open := c.opens(at); onlyCounted.MatchString(text[end:]) && c.strip(open, at, c.done) >= at {
		return best, Firm
	}
	return best, Likely
}

// inPieces is where the rest of a name stands in the text in two pieces, one behind the other: 公租房方面，办结申请; -1
// if it does not.
func inPieces(text, rest string) int {
	runes := []rune(rest)
	for cut := 2; cut <= len(runes)-2; cut++ {
		if last := strings.LastIndex(text, string(runes[cut:])); last > 0 && strings.Contains(text[:last],
			string(runes[:cut])) {
			return last
		}
	}
	return -1
}

// unmarked is the text there without the spare characters, and where each of what is left stands, until it is asked
// for again.
func (c *claimant) unmarked(there Span) (string, []int) {
	var text strings.Builder
	text.Grow(len("字") * (there.End - there.Start))
	places := c.stood[:0]
	for i := there.Start; i < there.End; i++ {
		if r := c.page.at(i); !strings.ContainsRune("()“”", r) {
			text.WriteRune(r)
			places = append(places, i)
		}
	}
	c.stood = places
	return text.String(), places
}

// done is how long the word at i is that says what is done with what a name counts: 参加职业技能培训; 0 if it is none.
func (c *claimant) done(i int) int {
	word := string([]rune{c.page.at(i), c.page.at(i + 1)})
	if strings.Contains(" 参加 接受 签订 建有 建立 建成 配备 配置 开展 举办 完成 享有 纳入 ", " "+word+" ") {
		return 2
	}
	return 0
}

// onlyCounted is what may stand between what was counted and its rate, and names nothing else; or the members of a
// list that a name heads.
var onlyCounted = regexp.MustCompile(`^\p{Han}{0,3}[\d,.]*[万亿]?\p{Han}{0,2}(,其中|,|:|中,)$|^:(\p{Han}{2,10}[\d.]+[%‰][,;、])*$`)

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

// ofSome says whether the rate i is perhaps that of the some that 其中 counts right before it and its name does not
// speak of: 其中高校毕业生9000人，就业率91%.
func (c *claimant) ofSome(figures []Figure, i int, claim Claim) bool {
	f, k := figures[i], c.previous(figures, i)
	if f.Kind != Value || f.Unit != "%" || k < 0 || !c.amount(figures, k) || claim.Name.Start < figures[k].End ||
		claim.Name.Start-figures[k].End > 2 || !c.opensPart(figures, k) {
		return false
	}
	who := []rune(strings.TrimPrefix(c.calledSo(figures, k), "其中"))
	name := string(c.calls(claim))
	for n := 0; n+1 < len(who); n++ {
		if strings.Contains(name, string(who[n:n+2])) {
			return false
		}
	}
	return len(who) >= 2
}
