package figurecheck

// What kind of figure a number is, level or change or target, by the words around it.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// judge decides, from the words around each number of a page, what kind of figure it is.
type judge struct {
	*page
	*dictionary
	tokens []token
	movers []movement // of each number, by its token's number, for enumerations that go on with it
}

// movement is what the words before a number say about it.
type movement struct {
	role      role // up, down, differ and the like; 0 if nothing moved
	at        int  // the token that says so
	edge      int  // the first token that belongs to these words
	level     bool // 到 or 至: the number is where the movement ended
	stressed  bool // some word expects a number
	statistic bool
}

// heard is that with its qualifiers, while the number is judged: of all the numbers only the movement is kept.
type heard struct {
	movement
	qualifier string // the nearest before the number
	behind    string // the qualifier after the number
}

func newJudge(p *page, tokens []token, d *dictionary) *judge {
	numbers := 0
	for i := range tokens {
		if tokens[i].role == number {
			tokens[i].nth = int32(numbers)
			numbers++
		}
	}
	return &judge{page: p, dictionary: d, tokens: tokens, movers: make([]movement, numbers)}
}

// mover is the movement of the number at i.
func (j *judge) mover(i int) *movement { return &j.movers[j.tokens[i].nth] }

// figures judges all numbers in order.
func (j *judge) figures() []Figure {
	found := make([]Figure, 0, len(j.movers))
	around := newSurroundings(j)
	for i, t := range j.tokens {
		around.pass(i)
		if t.role != number {
			continue
		}
		if f := j.figure(i); f.Kind != "" {
			f.token, f.Start, f.End, f.Text = i, t.start, t.end, string(j.written[t.start:t.end])
			around.describe(i, &f)
			found = append(found, f)
		}
	}
	return found
}

// figure is what the number at i is, without its place in the text; its kind is empty if it is no figure at all.
func (j *judge) figure(i int) Figure {
	q, m := j.tokens[i].quantity, j.before(i)
	m.behind = j.behind(i)
	switch {
	case q.kind == Date:
		return Figure{Kind: Date, Value: q.digits}
	case q.kind == Ordinal || q.kind == Other:
		return Figure{Kind: q.kind}
	case q.hollow && m.qualifier == "" && q.inside == "", q.article && !m.stressed:
		return Figure{}
	case q.class&age != 0 && j.ageGroup(i, m):
		return Figure{Kind: Other}
	case q.class&span != 0 && !q.point && !j.lasting(i, m):
		return Figure{Kind: Date}
	case q.unit == "" && q.kind != Ratio && q.scale == 0 && q.inside == "" && !j.bareStatistic(i, m):
		return j.bare(q)
	}
	m = j.moved(i, m)
	*j.mover(i) = m.movement
	return j.statistic(i, m)
}

// statistic is the number at i with its value, whose movement is known.
func (j *judge) statistic(i int, m heard) Figure {
	q := j.tokens[i].quantity
	f := Figure{Kind: q.kind, Value: q.low.String(), Decimals: int(q.places - q.scale), Unit: q.unit,
		Qualifier: cmp.Or(m.behind, q.inside, m.qualifier)}
	switch {
	case q.kind == Range || q.kind == Ratio:
		f.Value2 = q.high.String() + q.parts
	case m.role != 0 || q.class&point != 0:
		f.Kind = Change
	default:
		f.Kind = Value
	}
	switch risen := q.signed && !q.low.IsNegative(); {
	case m.role&up != 0 || f.Kind == Change && m.role&down == 0 && risen:
		f.Direction = "up"
	case m.role&down != 0 || f.Kind == Change && q.low.IsNegative():
		f.Direction = "down"
	}
	if m.role != 0 {
		f.Base = j.base(m.movement)
	}
	return f
}

// before reads the words in front of the number at i as long as they lead up to it.
func (j *judge) before(i int) (m heard) {
	m.edge = i
	for k := i - 1; k >= 0; k-- {
		t := j.tokens[k]
		switch {
		case t.role&(mark|open) != 0:
			return m
		case t.role&before != 0:
			m.stressed = true
			if m.qualifier == "" {
				m.qualifier = string(j.folded[t.start:t.end])
			}
			m.level = m.level || t.role&level != 0
		case t.role&level != 0:
			m.level, m.stressed = true, true
		case t.role&(link|from) != 0:
			m.stressed = true
		case t.role&upgrade != 0 && j.tokens[i].quantity.class&count != 0:
			return m
		case t.role&(up|down|differ) != 0 && (t.role&comparative == 0 ||
			j.tokens[i].quantity.class&(point|times) != 0 || j.find(k, compare|same) >= 0):
			m.role, m.at, m.edge, m.stressed = t.role, k, k, true
			return m
		case t.role != space:
			return m
		}
		m.edge = k
	}
	return m
}

// behind is the qualifier after the number at i.
func (j *judge) behind(i int) string {
	k := i + 1
	if k < len(j.tokens) && j.tokens[k].role == space {
		k++
	}
	if k >= len(j.tokens) {
		return ""
	}
	t := j.tokens[k]
	ends := !isIdeograph(j.at(t.end)) || j.at(t.end) == '的'
	measured := j.tokens[i].quantity.class&(measure|times|span|age|rate) != 0
	if t.role&after != 0 && (t.end-t.start > 1 || ends) || t.role&inside != 0 && measured && ends {
		return string(j.folded[t.start:t.end])
	}
	return ""
}

// find looks for a token with one of the roles in front of the one at i, within its clause; -1 if there is none.
func (j *judge) find(i int, roles role) int {
	for k := i - 1; k >= 0 && k > i-maxLook && j.tokens[k].role&(mark|open) == 0; k-- {
		if j.tokens[k].role&roles != 0 {
			return k
		}
	}
	return -1
}

// moved completes m by what stands further away: the object of a verb, the head of an enumeration, the noun behind.
func (j *judge) moved(i int, m heard) heard {
	q := j.tokens[i].quantity
	m.statistic = true
	if q.unit == "番" { // 翻一番 is verb and number in one
		m.role, m.at = up, i
		return m
	}
	if m.level && m.role&gap == 0 {
		m.role = 0
		if k := j.find(i, gap); k >= 0 && j.tokens[k].role&differ != 0 && j.find(i, from) > k { // 差距由5岁缩小到2岁
			m.role, m.at = j.tokens[k].role, k
		}
		return m
	}
	if m.role == 0 && j.tokens[i].linked {
		if head := j.head(i); head >= 0 && j.tokens[head].quantity.class == q.class {
			m.role, m.at = j.mover(head).role, j.mover(head).at
		}
	}
	if m.role == 0 {
		m = j.further(i, m)
	}
	if m.role == 0 && i+2 < len(j.tokens) && j.tokens[i+1].role == 0 &&
		string(j.folded[j.tokens[i+1].start:j.tokens[i+1].end]) == "的" {
		if t := j.tokens[i+2]; t.role&(up|down|differ) != 0 && t.role&(comparative|beyond|far) == 0 {
			m.role, m.at = t.role, i
		}
	}
	return m
}

// head is the number before the one at i in its enumeration, or -1.
func (j *judge) head(i int) int {
	for k := i - 1; k >= 0; k-- {
		if j.tokens[k].role == number {
			return k
		}
	}
	return -1
}

// further looks for a movement whose object stands between it and the number at i. Points always come from one.
func (j *judge) further(i int, m heard) heard {
	points := j.tokens[i].quantity.class&point != 0
	if j.levelOf(i) {
		m.level = true
		return m
	}
	for k := m.edge - 1; k >= 0 && k > i-maxLook; k-- {
		t := j.tokens[k]
		if t.role&before != 0 && m.qualifier == "" && j.tokens[k+1].role&link != 0 { // 约占总数的三分之一
			m.qualifier = string(j.folded[t.start:t.end])
		}
		switch {
		case t.role&(mark|open) != 0, t.role == number && j.mover(k).statistic, t.role&level != 0 && !points:
			return m
		case t.role&far != 0, t.role&beyond != 0 && !slices.Contains(j.folded[t.end:j.tokens[i].start], '的'),
			points && t.role&(up|down|differ) != 0 &&
				(t.role&comparative == 0 || t.role&beyond != 0 || j.find(k, compare) >= 0):
			m.role, m.at = t.role, k
			return m
		}
	}
	return m
}

// levelOf says whether the share at i is that of the place right before it, which something is held against:
// 46.0%，高于全市平均44.1%.
func (j *judge) levelOf(i int) bool {
	if unit := j.tokens[i].quantity.unit; i < 2 || unit != "%" && unit != "‰" {
		return false
	}
	k := i - 1
	for k > 1 && strings.Contains(" 平均 水平 平均水平 的 ", " "+string(j.folded[j.tokens[k].start:j.tokens[k].end])+" ") {
		k--
	}
	return j.tokens[k].role&area != 0 && j.tokens[k-1].role&(beyond|compare) != 0
}

// base is what the movement m is measured from.
func (j *judge) base(m movement) string {
	if m.role&beyond != 0 {
		if phrase := j.phrase(m.at+1, m.edge); phrase != "" { // 高出全国5个百分点, but 比全国高出5个百分点
			return phrase
		}
	}
	if k := j.find(m.at, same|compare); k >= 0 {
		if j.tokens[k].role&same != 0 {
			return string(j.folded[j.tokens[k].start:j.tokens[k].end])
		}
		if phrase := j.phrase(k+1, m.at); phrase != "" {
			return phrase
		}
	}
	end := j.find(m.at, compared) // 与2010年相比提高, 与2010年相比，提高
	for k := m.at - 1; end < 0 && k > m.at-maxLook && k > 0 && j.tokens[k].role&stop == 0; k-- {
		if j.tokens[k].role&mark == 0 {
			continue
		}
		if j.tokens[k-1].role&compared != 0 || j.bareThan(k-1) {
			end = k - 1
		} else if j.tokens[max(k-2, 0)].role&compare != 0 { // 相比2010年，提高
			return j.phrase(k-1, k)
		}
	}
	if k := j.find(end, versus); k >= 0 {
		return j.phrase(k+1, end)
	}
	return ""
}

// bareThan says whether the token k is the 比 of 与2020年比，.
func (j *judge) bareThan(k int) bool {
	return k > 1 && j.tokens[k].role&compare != 0 && j.at(j.tokens[k].start) == '比' && j.find(k, versus) >= 0
}

// bareStatistic says whether a number without any unit is a statistic: the words around it must call for one.
func (j *judge) bareStatistic(i int, m heard) bool {
	q := j.tokens[i].quantity
	switch {
	case q.low.Equal(decimal.NewFromInt(100)) && q.kind == "" && !q.signed && !j.cell(i): // 以上年为100
		return false
	case q.year() || q.chinese && !q.point && q.low.LessThan(decimal.NewFromInt(10)):
		return false
	case m.stressed || m.behind != "" || j.cell(i) || j.ownClause(i):
		return true
	}
	return q.point && (q.chinese || i > 0 && isIdeograph(j.at(j.tokens[i-1].end-1)))
}

// bare is what a number without unit is that is no statistic.
func (j *judge) bare(q *quantity) Figure {
	switch {
	case q.year():
		return Figure{Kind: Date, Value: q.digits}
	case q.chinese:
		return Figure{}
	}
	return Figure{Kind: Other}
}

// ownClause says whether the number at i is a clause of its own and can be nothing else: written out in Chinese
// characters, 五百七十七, or one more of 分别为12，34，56.
func (j *judge) ownClause(i int) bool {
	q, k := j.tokens[i].quantity, i-1
	if k > 0 && j.tokens[k].role == space {
		k--
	}
	const ends = mark | stop | open | closing
	if k >= 0 && j.tokens[k].role&ends == 0 || i+1 < len(j.tokens) && j.tokens[i+1].role&ends == 0 {
		return false
	}
	if q.chinese {
		return q.digits == "" && !q.low.LessThan(decimal.NewFromInt(100))
	}
	return k > 0 && j.at(j.tokens[k].start) == ',' && j.tokens[k-1].role == number && j.mover(k-1).statistic &&
		j.tokens[k-1].quantity.bare()
}

// cell says whether the number at i stands alone in a cell of a table.
func (j *judge) cell(i int) bool {
	edge := func(k, step int) rune {
		for k >= 0 && k < len(j.tokens) && j.tokens[k].role == space {
			k += step
		}
		if k < 0 || k >= len(j.tokens) {
			return '\n'
		}
		return j.at(j.tokens[k].start)
	}
	left, right := edge(i-1, -1), edge(i+1, 1)
	wall := func(r rune) bool { return r == '\t' || r == '|' }
	return wall(left) && (wall(right) || right == '\n') || wall(right) && left == '\n'
}

// ageGroup says whether an age is part of a name, 5岁以下儿童, and not what is measured, 提高到60岁.
func (j *judge) ageGroup(i int, m heard) bool {
	q := j.tokens[i].quantity
	for range maxLook { // the last of 15、16岁少年 tells
		i = max(i, joined(j.tokens, i))
	}
	k := i + 1
	bounded := k < len(j.tokens) && j.tokens[k].role&after != 0
	if bounded {
		k++
	}
	free := k >= len(j.tokens) || j.tokens[k].role&(mark|closing|join|dash|up|down) != 0 &&
		j.tokens[k].role&comparative == 0
	switch {
	case q.point || m.role != 0 && !bounded:
		return false
	case q.kind == Range:
		return true
	}
	return !free
}

// lasting says whether so many years or months are measured, 受教育年限15年, and not a span of time, 三年来.
func (j *judge) lasting(i int, m heard) bool {
	return m.role != 0 || m.level || m.qualifier != "" || j.find(i, lasting) >= 0
}
