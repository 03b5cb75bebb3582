package figurecheck

// Subject, place and time carried from one figure to the next as a reader carries them.

import (
	"regexp"
	"strings"
)

// surroundings carry subject, area and period from one figure to the next while the tokens of a page pass by.
type surroundings struct {
	*judge
	clause, sentence       Span
	clauseEnd, sentenceEnd int // tokens
	fresh                  int // the first token of the clause behind its last statistic
	subject                string
	carried                setting
	held                   setting // what was carried before a time that governs only what stands near it
	until                  int     // where that time ends to govern, 0 if it is none of those
	lineEnd                int
	outside                setting
	inside                 bool    // a statistic stands in the bracket that outside was noted at
	linked                 bool    // aside names an area that is said of what stands before: 最高的是东河区
	aside                  setting // of the next value only: 比2010年的30.0/10万下降
	last                   setting // of the last statistic
	spoke                  int     // where that ends
}

// setting is where and when, and where the text says so.
type setting struct {
	area, period     string
	areaAt, periodAt int
}

// over is s, with what it does not say from below.
func (s setting) over(below setting) setting {
	if s.area == "" {
		s.area, s.areaAt = below.area, below.areaAt
	}
	if s.period == "" {
		s.period, s.periodAt = below.period, below.periodAt
	}
	return s
}

// maxSubject is how many characters a subject may have.
const maxSubject = 30

func newSurroundings(j *judge) *surroundings {
	return &surroundings{judge: j, clauseEnd: -1, sentenceEnd: -1}
}

// pass takes note of the token at i.
func (c *surroundings) pass(i int) {
	if i > c.sentenceEnd {
		c.sentenceEnd = c.next(i, stop)
		c.sentence = Span{c.tokens[i].start, c.tokens[c.sentenceEnd].end}
		c.subject = ""
	}
	if i > c.clauseEnd {
		c.clauseEnd = c.next(i, mark)
		c.clause = Span{c.tokens[i].start, c.tokens[c.clauseEnd].end}
		if c.linked && c.aside.area != "" { // 最高的是东河区，达到94.5%
			c.carried.area, c.carried.areaAt = c.aside.area, c.aside.areaAt
		}
		c.fresh, c.aside, c.linked = i, setting{}, false
	}
	t, set := c.tokens[i], &c.carried
	if c.until > 0 && t.start >= c.until {
		c.carried.period, c.carried.periodAt, c.until = c.held.period, c.held.periodAt, 0
	}
	if i > 0 && c.tokens[i-1].role&(compare|versus|beyond|from|link) != 0 && !c.reported(i) || i > 1 && c.basis(c.tokens[i-1]) &&
		c.tokens[i-2].role&(compare|versus) != 0 {
		set = &c.aside
	}
	if i > 2 && c.tokens[i-1].role&open != 0 && c.basis(c.tokens[i-2]) && c.tokens[i-3].role&(compare|versus) != 0 ||
		c.aimedAt(i) || c.measuredFrom(i) || c.ranking(i) || c.at(t.start-1) == '自' && c.at(t.end) == '的' {
		set = &c.aside // 比基期（2020年）提高; 接近2025年86%的目标; 较五年前的2018年增加; 在全市五个区中居后
	}
	switch {
	case t.role&open != 0:
		c.outside, c.inside = c.carried, false
	case t.role&closing != 0 && c.inside: // 达到32.5%（2021年为28.0%），提高
		c.carried, c.inside, c.until = c.outside, false, 0
	}
	text := strings.Trim(string(c.folded[t.start:t.end]), "“”")
	first, last := 0, 0
	if t.role == number && t.quantity.kind == Date {
		if first, last = yearsOf(text); last > first {
			set = &c.carried // 从2018年到2022年
		}
	}
	switch {
	case t.role&area != 0:
		set.area, set.areaAt = text, t.start
		c.linked = set == &c.aside && c.tokens[i-1].role&link != 0 && !c.ranking(i) // 也是全市最低，
	case t.role&period != 0, t.role == number && t.quantity.kind == Date && t.quantity.class&period != 0:
		if t.role == number && t.quantity.digits == "" && !c.within(t.end) {
			return
		}
		if set == &c.carried && !c.governs(t, text, last > first) {
			return
		}
		set.period, set.periodAt = text, t.start
	}
}

// reported says whether the time at i is that of what a verb before it tells of: 会议通报了2021年主要指标。
func (c *surroundings) reported(i int) bool {
	return c.tokens[i].role == number && c.at(c.tokens[i].start-1) == '了'
}

// aimed says whether the time t is only when something is to be reached: 规划要求2025年达到6个.
func (c *surroundings) aimed(t token) bool {
	return t.role == number && (aiming.MatchString(string(c.folded[max(c.clause.Start, t.start-6):t.start])) ||
		aimedFor.MatchString(string(c.folded[t.end:min(t.end+8, len(c.folded))])))
}

var (
	aiming   = regexp.MustCompile(`(要求|提出|规定|目标是?|力争|争取|确保|预计|计划|努力)[到在于]?$`)
	aimedFor = regexp.MustCompile(`^[底末]?前?的?(规划|计划)?(目标|任务)`)
)

// looksBehind says whether the time t is a year before that of its sentence, told behind a number of that:
// 2023年配备率100%，2014年这一数字为34.7%.
func (c *surroundings) looksBehind(t token, text string) bool {
	year, whole := yearOf(text)
	now, _ := yearOf(c.carried.period)
	return whole && year > 0 && year < now && c.spoke > c.sentence.Start && c.carried.periodAt < c.spoke
}

// basis says whether t calls the year behind it the one that a plan starts from: 较基期2020年.
func (c *surroundings) basis(t token) bool {
	text := string(c.folded[t.start:t.end])
	return text == "基期" || text == "基年" || text == "基准年" || text == "规划基期" || text == "基期年"
}

// aimedAt says whether the token at i is the time of a target that is told right behind it.
func (c *surroundings) aimedAt(i int) bool {
	if c.tokens[i].role != number || c.tokens[i].quantity.kind != Date || i+1 >= len(c.tokens) {
		return false
	}
	next := c.tokens[i+1]
	if next.role != number || next.quantity.kind == Date {
		return false
	}
	return c.has(next.end, []rune("的目标")) || c.has(next.end, []rune("的规划目标")) || c.has(next.end, []rune("目标"))
}

// measuredFrom says whether the time at i is what a comparison that opens before it in its clause is with.
func (c *surroundings) measuredFrom(i int) bool {
	if c.tokens[i].role != number || c.tokens[i].quantity.kind != Date {
		return false
	}
	for k := i - 1; k >= c.fresh && k > i-6; k-- {
		switch t := c.tokens[k]; {
		case t.role&(compare|versus) != 0:
			return true
		case k == i-1 && t.role&open != 0: // 较“十三五”末（2020年）提高
		case t.role&(mark|up|down|differ|open|closing) != 0,
			t.role == number && t.quantity.kind != Date && t.quantity.class&span == 0: // 五年前的
			return false
		}
	}
	return false
}

// ranking says whether the place at i is only that in which something has its rank: 在全市五个区中居后.
func (c *surroundings) ranking(i int) bool {
	t := c.tokens[i]
	if t.role&area == 0 {
		return false
	}
	if c.spoke > c.sentence.Start && strings.HasPrefix(string(c.folded[t.start:t.end]), "全") &&
		justRanked.MatchString(string(c.folded[t.end:min(t.end+12, len(c.folded))])) { // 58.2%，全市最低。
		return true
	}
	if !strings.ContainsRune("在居列排于", c.at(t.start-1)) {
		return false
	}
	return ranked.MatchString(string(c.folded[t.end:min(t.end+12, len(c.folded))]))
}

// ranked is what says of a place that something has its rank there.
var ranked = regexp.MustCompile(`^[^,。;]{0,7}(位居|位列|居|排名|排在|列|首位|前列|第[一二三四五六七八九十\d]|靠前|靠后|末位|倒数|领先|领跑|中游|上游|下游|最高|最低|之首)`)

// justRanked is what makes a place no more than that: 全市第一，
var justRanked = regexp.MustCompile(`^(五区|各区|排名|位列|位居|并列)?(第[一二三四五六七八九十\d]{1,2}|最[高低多少好差快慢]|前列|首位|末位|垫底|倒数第[一二三\d]|领先|靠前|靠后)` +
	`[位名]?(水平)?([,。;)\n]|$)`)

// numericDay is a day in numbers, 2022-05-01.
var numericDay = regexp.MustCompile(`^\d{4}[-./]\d{1,2}[-./]\d{1,2}$`)

// relative are words for the year before that another year is told beside.
var relative = regexp.MustCompile(`^(上年|上一年|上年度|上一年度|前一年|去年|前年)(同期|末|底)?$`)

// governs says whether the time t is carried to what follows, and notes how far: a span of years to the end of its
// line, a day to the end of its sentence unless something is counted up to it; a day alone in brackets says only when
// something was written.
func (c *surroundings) governs(t token, text string, span bool) bool {
	if t.start >= c.lineEnd {
		c.lineEnd = t.end
		for c.at(c.lineEnd) != '\n' && c.at(c.lineEnd) != 0 {
			c.lineEnd++
		}
	}
	until := 0
	day := strings.HasSuffix(text, "日") && !strings.HasSuffix(text, "12月31日") || numericDay.MatchString(text)
	switch {
	case span:
		until = c.lineEnd
	case c.aimed(t):
		until = c.clause.End
	case c.looksBehind(t, text):
		until = c.sentence.End
	case relative.MatchString(text) && (strings.HasPrefix(text, "上") || t.start > c.sentence.Start):
		until = t.end // 实际46%，上年43%；另一率为
		for until < c.sentence.End && c.at(until) != ';' {
			until++
		}
	case day && c.at(t.start-1) == '(' && c.at(t.end) == ')':
		return false
	case day && !strings.ContainsRune("至止到", c.at(t.start-1)):
		until = c.sentence.End
	}
	if until > 0 && c.until == 0 {
		c.held = c.carried
	}
	c.until = until
	return true
}

// within says whether the plan period that ends at i is the time of what follows, and not the name of a plan.
func (c *surroundings) within(i int) bool {
	if c.at(i) == '”' {
		i++
	}
	return c.phrases.at(c.page, i).role&within != 0
}

// next is the first token at or behind i with the role, or the last of all.
func (c *surroundings) next(i int, role role) int {
	for i < len(c.tokens)-1 && c.tokens[i].role&role == 0 {
		i++
	}
	return i
}

// describe fills in what stands around the figure f, the token at i.
func (c *surroundings) describe(i int, f *Figure) {
	f.Clause, f.Sentence = c.clause, c.sentence
	if !f.Kind.Statistic() {
		return
	}
	if !c.tokens[i].linked {
		c.topic(i)
		c.last = c.carried
		if f.Kind != Change {
			c.last = c.aside.over(c.carried)
		}
		c.aside, c.linked = setting{}, false
	}
	c.inside, c.spoke = true, f.End
	f.Area, f.Period, f.areaAt, f.periodAt = c.last.area, c.last.period, c.last.areaAt, c.last.periodAt
	f.Subject = c.subject
	c.fresh = i + 1
}

// topic finds the subject of the number at i: the noun behind a count, else what stands before the words that lead to
// the number, else the subject so far.
func (c *surroundings) topic(i int) {
	if noun := c.counted(i); noun != "" {
		c.subject = noun
		return
	}
	end := max(c.mover(i).edge, c.fresh)
	if m := c.mover(i); m.role&beyond != 0 {
		end = max(m.at, c.fresh)
	}
	for k := c.fresh; k < end; k++ {
		if c.tokens[k].role&(compare|versus|same|from|beyond) != 0 {
			end = k
		}
	}
	for end > c.fresh && c.tokens[end-1].role&(link|before|level|from|space) != 0 && c.tokens[end-1].role&each == 0 {
		end--
	}
	for end < i && c.tokens[end].role&each != 0 { // 居民收入人均3万元
		end++
	}
	from, to := c.start(c.fresh), c.tokens[end].start
	if from < to {
		if subject := strings.Trim(string(c.written[max(from, to-maxSubject):to]), " 的、()（）“”"); subject != "" {
			c.subject = subject
		}
	}
}

// counted is the noun that the number at i counts, if it stands behind it: 36个成员单位.
func (c *surroundings) counted(i int) string {
	if c.tokens[i].quantity.class&count == 0 {
		return ""
	}
	const verbs = up | down | differ | level | before | after | link | from | mark | join
	begin := c.tokens[i].end
	if c.at(begin) == '“' {
		begin++
	}
	end := begin
	for k := i + 1; k < len(c.tokens) && c.tokens[k].role&verbs&^comparative == 0; k++ {
		for end < c.tokens[k].end && end < begin+maxSubject && isIdeograph(c.at(end)) &&
			c.phrases.at(c.page, end).role&cut == 0 {
			end++
		}
		if end < c.tokens[k].end {
			break
		}
	}
	if end-begin < 2 {
		return ""
	}
	return string(c.written[begin:end])
}

// start is where, at or behind the token k, the words begin that are no date, area, list number or adverb.
func (c *surroundings) start(k int) int {
	at := c.tokens[k].start
	for k < len(c.tokens) {
		t := c.tokens[k]
		named := t.role == number && (t.quantity.kind == Date || t.quantity.kind == Ordinal || t.quantity.class == span)
		switch word := c.phrases.at(c.page, at); {
		case t.end <= at:
			k++
		case t.start == at && (named ||
			t.role&each == 0 &&
				t.role&(space|join|open|closing|area|period|after|link|from|level|compared) != 0):
			at = t.end
		case word.role&lead == 0:
			return at
		default:
			at += len(word.text)
		}
	}
	return at
}

// phrase is the text of the tokens in [from,to), up to the next statistic and without the little words around it.
func (j *judge) phrase(from, to int) string {
	for k := from; k < to; k++ {
		if t := j.tokens[k]; t.role == number && j.mover(k).statistic {
			to = k
		}
	}
	for to > from && j.tokens[to-1].role&(link|before|space|compared|mark) != 0 {
		to--
	}
	if from >= to {
		return ""
	}
	return strings.Trim(string(j.written[j.tokens[from].start:j.tokens[to-1].end]), " 的、(（")
}
