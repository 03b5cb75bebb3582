package figurecheck

// Arithmetic inside a text holds only between numbers of one measure. What stands between two numbers tells: as soon as
// it names anything else, the second is about that.

import (
	"regexp"
	"slices"
	"strings"
)

// oneMeasure says whether the change i is that from the value earlier to the value later: both of one thing, place, sex
// and calibre, and nothing new named from the first of the three to the last.
func (c *claimant) oneMeasure(figures []Figure, claims []Claim, earlier, later, i int) bool {
	a, b, f := claims[earlier], claims[later], claims[i]
	// a name that only stands near says nothing of 由88%上升到93%
	near := a.Trust <= Loose && b.Trust <= Loose && figures[earlier].Clause == figures[later].Clause
	if !near && !slices.Equal(a.Terms, b.Terms) || a.Area != b.Area || a.Sex != b.Sex || a.Calibre != b.Calibre ||
		f.Against() != "" || c.mover(figures[i].token).level && c.mover(figures[i].token).role&gap == 0 {
		return false
	}
	first, last := figures[min(earlier, later)], figures[max(earlier, later)]
	noun := c.noun(first)
	return c.onlyMoves(first.token, last.token, noun) && c.onlyMoves(last.token, figures[i].token, noun)
}

// noun is the word right in front of the number f, which may be said again: 今年投入480万元，去年投入400万元.
func (c *claimant) noun(f Figure) string {
	if k := f.token - 1; k >= 0 && c.tokens[k].role == 0 && c.tokens[k].end-c.tokens[k].start >= 2 {
		return string(c.folded[c.tokens[k].start:c.tokens[k].end])
	}
	return ","
}

// fillers are the words that may stand between the numbers of one measure and name nothing.
var fillers = regexp.MustCompile(`^(了|的(?:目标|要求|任务)?|是|还|即|也就是说?|就是|共|总共|共计|累计|合计|净|又|也|已|就|再|仅|两者|二者|` +
	`[两二三四五六七八九十\d]+年(间|来|里|内|共|累计)?|间|来|期间|其间|水平|时|末|底|初|年初|年末|年底|月初|月底|期初|期末|季度?末|此前|之前|以前|原来|原先|最初|起初|开始|启动|上半年|下半年|当时|大幅度?|明显|显著|稳步|持续|进一步|绝对|增加|减少|幅度|分别|统计|年度|这样|同期|发展|调整|变|拓展|扩容|壮大|一路|一举|快速|迅速|逐步|逐年|不断|连年|连续|首次|平稳|小幅|略有?|有所|实际|,|\s)*$`)

// onlyMoves says whether between the tokens at from and to there are only words of movement and of time, or the noun.
func (c *claimant) onlyMoves(from, to int, noun string) bool {
	const moves = up | down | differ | before | after | link | level | comparing | period | open | closing | space
	var rest strings.Builder
	last := to - 1 // the last change between them
	for last > from && (c.tokens[last].role != number || !c.mover(last).statistic) {
		last--
	}
	for k := from + 1; k < to; k++ {
		t := c.tokens[k]
		text := string(c.folded[t.start:t.end])
		switch {
		case t.role == number && (!c.mover(k).statistic || c.mover(k).role != 0 && !c.mover(k).level),
			t.role&area != 0 && own(text):
		case text == ",", text == ":", text == ";", text == "、":
			rest.WriteString(",")
		case t.role&each != 0 && k < last: // 年均提高1.5个百分点，累计提高: it is done with
		case t.role&(stop|mark|number|area) != 0, strings.ContainsAny(text, "均每逐"):
			return false
		case t.role&moves != 0:
		default:
			rest.WriteString(text)
		}
	}
	return fillers.MatchString(strings.ReplaceAll(rest.String(), noun, ""))
}

// comparing are the words that open and close what is compared with.
const comparing = from | compare | same | versus | compared

// prices are the words for amounts whose growth is told in constant prices, or may be.
var prices = regexp.MustCompile(`生产总值|GDP|增加值|产值|收入|支出|消费|零售|销售|价格|可比|不变价|实际|名义|扣除`)

// earners are words of people that only sound like amounts.
var earners = regexp.MustCompile(`[低高中]等?收入`)

// inPrices says whether f is the growth of an amount of money that may be told in constant prices.
func (c *claimant) inPrices(a, f Figure) bool {
	words := string(c.folded[max(f.Sentence.Start, min(a.Start, f.Start)-2*maxSubject):f.Start])
	return strings.Contains(a.Unit, "元") && prices.MatchString(earners.ReplaceAllString(words, ""))
}

// rateOf says whether lead, the words from the part m to f, names the rate of just what m counts: 29项达标，达标率为.
// next says that between are the words from the statistic before m.
func (c *claimant) rateOf(f, m, n Figure, lead, between string, next bool) bool {
	root, rate := strings.CutSuffix(strings.TrimRight(lead, "为达到是 "), "率")
	runes := []rune(root)
	if !rate || len(runes) < 2 || strings.ContainsAny(lead, ";。") {
		return false
	}
	word := string(runes[len(runes)-2:])
	named := root[strings.LastIndexAny(root, ",(:")+1:] // all that names the rate
	before := string(c.folded[max(f.Sentence.Start, f.Start-maxSpread):m.Start])
	if other := strings.TrimSuffix(strings.TrimPrefix(named, "总体"), word); other != "" &&
		!strings.Contains(before, other) && !strings.Contains(named, ",") && named != root {
		return false // 抽检合格率 beside 合格190家
	}
	if told := root[:max(strings.LastIndexAny(root, ","), 0)]; next && told != "" && shortens(word, told) {
		return true // 43项已达到目标，达标率
	}
	part := strings.HasSuffix(between, word) && !strings.HasSuffix(between, "未"+word) &&
		!strings.HasSuffix(between, "不"+word) || strings.HasPrefix(lead, word) || // 合格45家, 29项达标
		next && (c.narrowed(word, between, n) || shortens(word, between))
	return part || next && strings.Contains(between, "中") && strings.Contains(between+string(runes[:len(runes)-2]), word)
}

// shortens says whether the word of a rate is made of what the clause of the part says was done: 参加体检512人，参检率;
// 已建43个，建成率.
func shortens(word, between string) bool {
	clause := between[strings.LastIndexAny(between, ",;")+1:]
	if strings.ContainsAny(clause, "未不拟应无") {
		return false
	}
	for _, r := range word {
		if !strings.ContainsRune(clause, r) && !strings.ContainsRune("成结毕完", r) {
			return false
		}
	}
	return strings.Trim(word, "成结毕完") != "" && !someOf.MatchString(clause)
}

// someOf are words that only some of what was counted go by: 实际使用的充电车位.
var someOf = regexp.MustCompile(`\p{Han}的\p{Han}{3,}$`)

// doing is what is done with some of what was counted right before: its own noun is left out.
var doing = regexp.MustCompile(`(采用|采纳|办结|完成|整改|通过|参加|参与|参训|达标|合格|优良|优秀|回收|收回|解决|落实|就业|持证|` +
	`建成|挂牌|启用|到位|支出|执行|化解|受理|销号|入选|获奖|毕业|结案|立案|查处|开展|使用|` +
	`[,;]已\p{Han}{1,3}|^已\p{Han}{1,3})了?$`)

// done says whether the part is what was done with some of the whole, and lead calls f its share:
// 信息36期，被采用12期，占30%.
func done(lead, between string) bool {
	lead = strings.TrimRight(strings.TrimPrefix(lead, ","), "比为约达到 ")
	return lead == "占" && doing.MatchString(strings.TrimSpace(between)) && strings.Count(between, ",") == 1 &&
		!strings.ContainsAny(between, ";%")
}

// narrowed says whether between, the words from the whole n to its part, names those of the whole of which the word is
// true: 样本1200份，有效样本1080份.
func (c *claimant) narrowed(word, between string, n Figure) bool {
	noun, of := strings.CutPrefix(strings.TrimLeft(between, ", "), word)
	whole := string(c.folded[max(n.Clause.Start, n.Start-maxSubject):n.Start])
	return of && len([]rune(noun)) >= 2 && strings.HasSuffix(strings.TrimRight(whole, "共有计 "), noun)
}

// taking is 占 with what it may be a share of.
var taking = regexp.MustCompile(`^,?(.*?),?(?:约|共|仅)?占比?(?:重|例)?(.*?)(?:的|比重|比例|为|达|达到|约|近)*$`)

// taken is what the words from a part to f say of whose share it is: who, and of what.
type taken struct{ who, of string }

// takenIn reads lead; ok if it calls a share at all.
func takenIn(lead string) (t taken, ok bool) {
	if !strings.Contains(lead, "占") || strings.ContainsAny(lead, ";。") {
		return t, false
	}
	found := taking.FindStringSubmatch(strings.ReplaceAll(lead, " ", ""))
	if found == nil {
		return t, false
	}
	return taken{found[1], found[2]}, true
}

// takes says whether lead, the words from the part to f that say t, calls f the share of the part in the whole n:
// ，占教师总数的.
func (c *claimant) takes(t taken, f, n Figure, lead, between string) bool {
	who, of := t.who, t.of
	if !strings.Contains(between, "中") { // 女职工360人；休产假18人，占女职工的5%
		noun := string(c.folded[max(n.Clause.Start, n.Start-maxSubject):n.Start])
		return who == "" && len([]rune(of)) >= 2 && strings.HasSuffix(strings.TrimRight(noun, "共有为 "), of)
	}
	for _, word := range []string{"总数", "总量", "总额", "总人数", "全部", "总", "全体", "其"} {
		of = strings.ReplaceAll(of, word, "")
	}
	whole := string(c.folded[max(f.Sentence.Start, n.Start-maxSubject):min(n.End+maxSubject, f.Start-len([]rune(lead)))])
	last := "" // 小学3600个、初中2400个，小学占: not of the 2400
	for _, part := range strings.FieldsFunc(between, func(r rune) bool { return strings.ContainsRune(",;、", r) }) {
		last = part
	}
	return (who == "" || strings.Contains(last, who)) && (of == "" || strings.Contains(whole, of))
}
