package figurecheck

// A number with its sign, 万 and 亿, 余 and unit read as one exact quantity.

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// quantity is a number with what belongs to it. Its kind is empty as long as only the words around it can tell.
type quantity struct {
	low, high decimal.Decimal // equal unless kind is Range or Ratio
	unit      string
	class     role // of the unit
	inside    string
	kind      Kind
	digits    string // as in numeral, empty after 万 or 亿
	scale     int32  // 万 is 4
	places    int32  // decimals as written, before 万 and 亿
	parts     string // of a ratio of more than two numbers: ":48" of 25:27:48
	signed    bool
	chinese   bool
	point     bool
	grouped   bool // 2,087
	hollow    bool
	article   bool // 一个: only an article unless something stresses it
	prefixed  bool // the unit came first: 百分之六十
}

// bare says whether neither unit nor name tells what the number is.
func (q *quantity) bare() bool { return q.unit == "" && q.kind == "" }

// quantity reads a number at i with sign, 万 and 亿, inner qualifier and unit. end is 0 if there is none.
func (l *lexer) quantity(i int) (q quantity, end int) {
	sign, at := l.at(i), i
	if sign == '-' || sign == '+' || sign == '负' {
		at++
	}
	if end := l.misgrouped(at); end > 0 {
		return quantity{kind: Other}, end
	}
	n, ok := l.numeral(at)
	if !ok && l.at(at) == '万' { // 万分之三, 近万名
		one := decimal.NewFromInt(1)
		n, ok = numeral{low: one, high: one, end: at, chinese: true, hollow: true}, true
	}
	if !ok {
		return q, 0
	}
	if exp, parts := l.scale(n.end); l.spread(parts, "分之") > 0 {
		q, end = l.fraction(n.low.Shift(exp), l.spread(parts, "分之"))
	} else if q, end = l.mixed(n); end == 0 {
		q, end = l.measured(n)
		if n.spaced && q.unit == "" && q.scale == 0 { // 16 365 may be two cells of a table
			q, end = l.measured(l.arabic(at, false))
		}
	}
	if currency := l.at(i - 1); q.unit == "" && (currency == '￥' || currency == '¥') {
		q.unit, q.class = "元", measure
	}
	if q.signed = at > i; q.signed && sign != '+' {
		if q.low = q.low.Neg(); q.kind != Ratio {
			q.high = q.high.Neg()
		}
	}
	return q, end
}

// measured reads what follows the number n: 4000余个, 1.3亿人次, 3万2千名, 七成五.
func (l *lexer) measured(n numeral) (q quantity, end int) {
	q = quantity{low: n.low, high: n.high, digits: n.digits, chinese: n.chinese,
		point: n.point, grouped: n.grouped, places: int32(n.places)}
	if n.code() {
		q.kind = Other
		return q, n.end
	}
	end = l.inner(&q, n.end)
	if exp, next := l.scale(end); exp > 0 {
		q.low, q.high, q.scale, q.digits = q.low.Shift(exp), q.high.Shift(exp), exp, ""
		end = l.rest(&q, next)
		if q.inside == "" {
			end = l.inner(&q, end)
		}
	}
	if !q.low.Equal(q.high) {
		q.kind = Range
	}
	q.hollow = n.hollow
	days := q.low.GreaterThan(decimal.NewFromInt(31)) && q.scale == 0 && !q.grouped
	if unit := l.at(end); (q.point && unit == '点' || (q.point || days) && unit == '日') && !isDigit(l.at(end+1)) &&
		l.at(end+1) != '元' { // an index, 8.6日, 312日
		q.unit, q.class, end = string(unit), measure, end+1
	} else {
		end = l.unit(&q, end)
	}
	end = l.coins(&q, l.andHalf(&q, l.discount(&q, end)))
	q.article = n.one() && q.scale == 0 && q.class&(count|span|measure|point) != 0 &&
		(q.class&measure == 0 || !strings.HasSuffix(q.unit, "元") || isIdeograph(l.at(end))) // 一美元。
	perUnit := strings.HasPrefix(q.unit, "/") && !n.point && n.low.Equal(decimal.NewFromInt(1))
	if perUnit || n.dotted && q.unit == "" && q.scale == 0 { // 单位：1/10万, 3·15
		q.kind = Other
	}
	if q.class == tenth {
		ten := decimal.NewFromInt(10)
		q.low, q.high, q.unit, q.class, q.places = q.low.Mul(ten), q.high.Mul(ten), "%", rate, q.places-1
		if l.at(end) == '半' { // 三成半
			q.low = q.low.Add(decimal.NewFromInt(5))
			q.high, q.places = q.low, q.places+1
			end++
		} else if next := l.afterSpace(end); chineseDigit(l.at(next)) > 0 &&
			(next == end || !isIdeograph(l.at(next+1))) {
			q.low = q.low.Add(decimal.NewFromInt(int64(chineseDigit(l.at(next)))))
			q.high, q.places = q.low, q.places+1
			end = next + 1
		}
	}
	return q, end
}

// inner reads 余, 多, 来 or 几 at i, if a unit, 万 or the end of the words follows.
func (l *lexer) inner(q *quantity, i int) int {
	at := l.afterSpace(i)
	w := l.around.at(l.page, at)
	if w.role&inside == 0 || len(w.text) != 1 || (w.text[0] == '来' || w.text[0] == '几') && !q.chinese {
		return i
	}
	next := at + 1
	exp, _ := l.scale(next)
	if unit := l.units.at(l.page, next); exp == 0 && unit.role&^(per|not) == 0 && isIdeograph(l.at(next)) {
		return i
	}
	q.inside = string(w.text)
	return next
}

// scale reads 万, 亿, 万亿, 百万 … at i: the power of ten and where it ends, or 0 and i.
func (l *lexer) scale(i int) (exp int32, end int) {
	at := l.afterSpace(i)
	if far := l.blanks(i); far > at && strings.ContainsRune("万亿", l.at(far)) &&
		(!isIdeograph(l.at(far+1)) || l.units.at(l.page, far+1).role&^(per|not) != 0) { // 1000  万元
		at = far
	}
	if exp, end := l.thousands(at, false); end > 0 {
		return exp, end
	}
	for first := at; ; at++ {
		if w := l.units.at(l.page, at); len(w.text) > 1 && w.role&^per != 0 { // 千克, 百分点
			break
		}
		switch r := l.at(at); {
		case r == '万':
			exp += 4
		case r == '亿':
			exp += 8
		case r == '千' && at == first:
			exp += 3
		case r == '百' && at == first:
			exp += 2
		case r == '兆' && exp == 0 && chineseDigit(l.at(at-1)) > 0 && chineseDigit(l.at(at+1)) > 0: // 五兆六十二亿
			return 12, at + 1
		default:
			if exp == 0 {
				return 0, i
			}
			return exp, at
		}
		if exp > 16 {
			return 0, i
		}
	}
	if exp == 0 {
		return 0, i
	}
	return exp, at
}

// thousands reads the k of 40k人 and the M of 2.5M件 at i: only before a unit or in 百分之15K, and not those of 4K电视
// and 5K组. The end is 0 if there is none.
func (l *lexer) thousands(i int, share bool) (exp int32, end int) {
	switch l.at(i) {
	case 'k', 'K':
		exp = 3
	case 'M':
		exp = 6
	default:
		return 0, 0
	}
	unit, next := l.units.at(l.page, i+1), l.at(i+1)
	counted := isIdeograph(next) && unit.role&(count|measure|point) != 0 && unit.unit != "组" && unit.unit != "台"
	if before := l.at(i - 1); !isDigit(before) && (before != ' ' || !isDigit(l.at(i-2))) ||
		!counted && (!share || isLetter(next) || isDigit(next)) {
		return 0, 0
	}
	return exp, i + 1
}

// fractionOf adds the decimals at i of a number in Chinese characters behind 万 or 亿; it returns where they end, 0 if
// there are none.
func (l *lexer) fractionOf(q *quantity, i int) int {
	if !q.chinese || q.point || l.at(i) != '点' || chineseDigit(l.at(i+1)) < 0 || !q.low.Equal(q.high) {
		return 0
	}
	end, fraction := i+1, "0."
	for ; chineseDigit(l.at(end)) >= 0 && len(fraction) < maxDigits; end++ {
		fraction += string(rune('0' + chineseDigit(l.at(end))))
	}
	part := decimal.RequireFromString(fraction)
	q.low, q.high, q.places = q.low.Add(part), q.high.Add(part), q.scale+int32(len(fraction)-2)
	return end
}

// rest adds the smaller parts of a number at i: 2000万 after 1亿, 五千 after 三十二万, 二 after 三万.
func (l *lexer) rest(q *quantity, i int) int {
	limit := decimal.New(1, q.scale)
	for {
		if end := l.fractionOf(q, i); end > 0 { // 两千万点五
			return end
		}
		if l.at(i) == '零' && isDigit(l.at(i+1)) || l.at(i) == ' ' && q.chinese && chineseDigit(l.at(i+1)) > 0 &&
			(chineseScale(l.at(i+2)) > 0 || l.at(i+2) == ' ') || // 1千零20, 九十六 万 四千
			l.at(i) == ' ' && !q.chinese && isDigit(l.at(i+1)) && chineseScale(l.at(i+2)) >= 100 { // 7万 5千
			i++
		}
		if l.at(i) == '两' && chineseScale(l.at(i+1)) == 0 { // 两万两
			return i
		}
		n, ok := l.numeral(i)
		if ok && !n.chinese && !q.chinese && q.places <= q.scale && l.short(n, q) { // 3万4000, 1千零20
			q.low, q.high, q.places = q.low.Add(n.low), q.high.Add(n.high), 0
			return n.end
		}
		if ok && n.chinese && q.chinese && q.scale == 4 && l.at(n.end) == '亿' && n.low.LessThan(limit) { // 一万五千亿
			q.low, q.high = q.low.Add(n.low).Shift(8), q.high.Add(n.high).Shift(8)
			q.scale, q.places = 8, 8
			return n.end + 1
		}
		if ok && n.chinese && q.chinese && n.point && n.low.LessThan(limit) && !n.hollow { // 十万零五十六点三三
			q.low, q.high, q.places = q.low.Add(n.low), q.high.Add(n.low), q.scale+int32(n.places)
			return n.end
		}
		if !ok || n.chinese != q.chinese || n.point || n.hollow || !n.low.Equal(n.high) || n.code() {
			return i
		}
		exp, end := l.scale(n.end)
		switch {
		case exp == 0 && !n.chinese:
			return i
		case exp == 0 && n.end == i+1 && len(n.digits) == 0: // 三万二 is 32000
			exp, end = q.scale-1, n.end
		case exp == 0:
			end = n.end
		}
		part := n.low.Shift(exp)
		if part.GreaterThanOrEqual(limit) {
			return i
		}
		q.low, q.high, q.places = q.low.Add(part), q.high.Add(part), q.scale-exp
		i, limit = end, decimal.New(1, exp)
	}
}

// short says whether the digits n behind 万 or 千 are its lesser part, whose unit follows: 3万4000元.
func (l *lexer) short(n numeral, q *quantity) bool {
	counted := l.units.at(l.page, l.afterSpace(n.end)).role&^(per|not) != 0
	zero := l.at(n.end-len(n.digits)-1) == '零'
	return counted && !n.point && !n.grouped && n.low.LessThan(decimal.New(1, q.scale)) &&
		(zero || len(n.digits) >= 2 && len(n.digits) == int(q.scale))
}

// unit reads a unit at i, with what it is per: 元/人·月, /10万.
func (l *lexer) unit(q *quantity, i int) int {
	at, end := l.afterSpace(i), i
	if w, past := l.pointApart(i); past > 0 {
		q.unit, q.class, end = w.unit, w.role, past
	} else if w := l.units.at(l.page, at); w.role&^(per|not) != 0 && !l.insideLatin(at, w) {
		q.unit, q.class, end = w.unit, w.role&^per, at+len(w.text)
		if slices.Contains(w.text, '多') {
			q.inside = "多"
		}
	}
	if half := l.units.at(l.page, at+2); q.unit == "个" && l.at(at+1) == '半' && half.role&measure != 0 { // 两个半小时
		q.low = q.low.Add(decimal.New(5, -1))
		q.high, q.unit, q.class, q.places, end = q.low, half.unit, half.role&^per, 1, at+2+len(half.text)
	}
	sign := '/'
	for {
		next := l.afterSpace(end)
		if r := l.at(next); r != sign && (sign == '/' || r != '/') {
			return end
		}
		word, after := l.per(l.afterSpace(next + 1))
		if word == "" {
			return end
		}
		q.unit += string(sign) + word
		q.class |= rate
		sign, end = '·', after
	}
}

// per reads at i what a unit is per, 10万 with a space inside too, and where it ends; the word is empty if there is
// none.
func (l *lexer) per(i int) (word string, end int) {
	if n, ok := l.numeral(i); ok && l.at(n.end) == ' ' {
		if scaled := l.units.at(l.page, n.end+1); scaled.role&per != 0 &&
			l.units.has([]rune(n.digits+scaled.unit), per) {
			return n.digits + scaled.unit, n.end + 1 + len(scaled.text)
		}
	}
	w := l.units.at(l.page, i)
	if w.role&per == 0 || l.insideLatin(i, w) {
		return "", i
	}
	return w.unit, i + len(w.text)
}

// insideLatin says whether the unit w at i is only the beginning of a Latin word.
func (l *lexer) insideLatin(i int, w word) bool {
	next := l.at(i + len(w.text))
	return isLetter(w.text[len(w.text)-1]) && (isLetter(next) || isDigit(next))
}

// fraction reads the number at i, of so many parts: 百分之九十五点五, 十万分之八点二, 三分之一.
func (l *lexer) fraction(parts decimal.Decimal, i int) (q quantity, end int) {
	i = l.blanks(i)
	sign := int64(1)
	if l.at(i) == '负' {
		sign, i = -1, i+1
	}
	n, ok := l.numeral(i)
	if !ok || n.code() {
		return q, 0
	}
	exp, end := l.thousands(l.afterSpace(n.end), true)
	if end == 0 {
		end = n.end
	}
	by := decimal.New(sign, exp)
	n.low, n.high = n.low.Mul(by), n.high.Mul(by)
	q = quantity{low: n.low, high: n.high, chinese: n.chinese, point: n.point, places: int32(n.places),
		class: rate, prefixed: true}
	switch parts.IntPart() {
	case 100:
		q.unit = "%"
	case 1_000:
		q.unit = "‰"
	case 10_000:
		q.unit = "/万"
	case 100_000:
		q.unit = "/10万"
	case 1_000_000:
		q.unit = "/100万"
	default:
		q.kind, q.high = Ratio, parts
		return q, end
	}
	if !q.low.Equal(q.high) {
		q.kind = Range
	}
	return q, end
}

// doubling reads 翻一番, 翻了近两番 and 翻番 at i: so many times twice.
func (l *lexer) doubling(i int) (q quantity, end int) {
	at := i + 1
	if l.at(at) == '了' {
		at++
	}
	if w := l.around.at(l.page, at); w.role&before != 0 {
		q.inside = string(w.text)
		at += len(w.text)
	}
	n, ok := l.numeral(at)
	if !ok {
		n = numeral{low: decimal.NewFromInt(1), end: at}
	}
	if l.at(n.end) != '番' {
		return q, 0
	}
	q.low, q.high, q.unit, q.class = n.low, n.low, "番", times
	return q, n.end + 1
}
