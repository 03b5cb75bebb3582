package figurecheck

// Numbers that are no statistics: dates, codes, ordinals, numbers within names. They are told apart before anything
// else is asked.

import (
	"strings"

	"github.com/shopspring/decimal"
)

// name is a pattern of data/names.txt: what stands before the number, directly behind it and, after a gap, further
// behind.
type name struct {
	kind                 Kind
	prefix, suffix, tail []rune
	gap                  bool
	fresh                bool // nothing but a sign stands before it
	chinese              bool // only with a number in Chinese characters
}

// maxGap is how many characters … stands for.
const maxGap = 8

func newName(kind Kind, pattern string) name {
	at := strings.IndexAny(pattern, "#*")
	suffix, tail, gap := strings.Cut(pattern[at+1:], "…")
	prefix, fresh := strings.CutPrefix(pattern[:at], "^")
	return name{kind, []rune(prefix), []rune(suffix), []rune(tail), gap, fresh, pattern[at] == '*'}
}

func (n name) key() rune {
	if len(n.suffix) == 0 {
		return 0
	}
	return n.suffix[0]
}

// match says where the name ends if its number stands at [start,end), or 0.
func (n name) match(p *page, start, end int, chinese bool) int {
	start -= len(n.prefix)
	if n.chinese && !chinese || n.fresh && (isIdeograph(p.at(start-1)) || isDigit(p.at(start-1))) ||
		!p.has(start, n.prefix) || !p.has(end, n.suffix) {
		return 0
	}
	end += len(n.suffix)
	if !n.gap {
		return end
	}
	for at := end; at <= end+maxGap; at++ {
		if p.has(at, n.tail) {
			return at + len(n.tail)
		}
		if !isIdeograph(p.at(at)) {
			break
		}
	}
	return 0
}

// named finds the longest name that the number at [start,end) belongs to, and where it ends; 0 if there is none.
func (l *lexer) named(start, end int, chinese bool) (longest name, longestEnd int) {
	for _, key := range [...]rune{0, l.at(end)} {
		for _, n := range l.names[key] {
			if at := n.match(l.page, start, end, chinese); at > longestEnd {
				longest, longestEnd = n, at
			}
		}
	}
	return longest, longestEnd
}

// day reads a calendar date at i that begins with n: 2018年1月22日, 1月22日, 22日, 九五年, 2019-07-01, 10时30分.
// end is 0 if there is none; year is empty if it has none.
func (l *lexer) day(i int, n numeral) (year string, end int) {
	if year, end := l.numericDay(i); end > 0 {
		return year, end
	}
	at := l.afterSpace(n.end)
	switch {
	case n.year() && l.at(at) == '学' && l.at(at+1) == '年':
		return n.digits, at + 2
	case l.at(at) != '年' || n.point:
		return "", l.monthDay(n)
	case n.year():
		year = n.digits
	case len(n.digits) == 2 && n.digits > "49":
		year = "19" + n.digits
	default:
		return "", 0
	}
	switch w := l.units.at(l.page, at); {
	case string(w.text) == "年度" && n.year():
		return year, at + 2
	case w.role&not != 0 && (!n.year() || string(w.text) == "年级"): // 年级, but 2003年人均
		return "", 0
	}
	if month, ok := l.numeral(at + 1); ok {
		if end := l.monthDay(month); end > 0 {
			return year, end
		}
	}
	return year, at + 1
}

// monthDay says where 8月, 8月份, 8月8日, 8日 or 10时30分 ends, whose first number is n, or 0.
func (l *lexer) monthDay(n numeral) int {
	sign, end := l.at(n.end), n.end+1
	value, next, then := n.low.IntPart(), rune(0), 0
	if second, ok := l.numeral(end); ok {
		next, then = l.at(second.end), second.end+1
	}
	switch {
	case n.point || n.hollow || value < 1:
	case sign == '日' && l.at(end) == '元': // of Japan
	case sign == '日' && value <= 31:
		return end
	case sign == '时' && value <= 24 && next == '分':
		return then
	case sign != '月' || value > 12 || l.at(end) == '龄':
	case l.at(end) == '份':
		return end + 1
	case next == '日' || next == '号':
		return then
	default:
		return end
	}
	return 0
}

// numericDay reads 2019-07-01, 2019/7/1, 2019.7.1 and 2019-07 at i.
func (l *lexer) numericDay(i int) (year string, end int) {
	var parts [3]string
	at, separator := i, l.at(i+4)
	for part := range parts {
		end := l.run(at)
		parts[part], at = string(l.folded[at:end]), end
		if part == 2 || l.at(at) != separator || !isDigit(l.at(at+1)) {
			break
		}
		at++
	}
	month, day := parts[1], parts[2]
	known := numeral{digits: parts[0]}.year() && (separator == '-' || separator == '/' || separator == '.')
	if !known || len(month) > 2 || len(day) > 2 || day == "" && (len(month) < 2 || month > "12") {
		return "", 0
	}
	// 2018.12万元
	if exp, next := l.scale(at); day == "" && (exp > 0 || l.units.at(l.page, l.afterSpace(next)).role != 0) {
		return "", 0
	}
	return parts[0], at
}

// code reads at i what only looks like a number: a telephone number, 3.2.1, 4G. end is 0 if it is none of these.
func (l *lexer) code(i int, n numeral) (kind Kind, end int) {
	if n.chinese {
		return Other, 0
	}
	at, dots, dashes := i, 0, 0
	for {
		r, next := l.at(at), l.at(at+1)
		if !isDigit(r) && !(isDigit(next) && at > i && (r == '.' || r == '-' || r == ' ' && dashes > 0)) {
			break
		}
		if r == '.' {
			dots++
		} else if r == '-' {
			dashes++
		}
		at++
	}
	switch {
	case dashes == 0 && dots > 1:
		return Ordinal, at
	case dashes > 1, dashes == 1 && l.at(i) == '0' && isDigit(l.at(i+1)):
		return Other, at
	case l.at(n.end) == '+' || l.at(n.end) == '×' || isLetter(l.at(n.end)) && !l.latinUnit(n.end):
		if _, end := l.thousands(n.end, false); end > 0 { // 40k人
			return Other, 0
		}
		if next := l.at(n.end + 1); isLetter(l.at(n.end)) || isLetter(next) || isDigit(next) {
			return Other, l.latin(n.end + 1)
		}
	}
	return Other, 0
}

// latinUnit says whether a unit in Latin letters stands at i.
func (l *lexer) latinUnit(i int) bool {
	w := l.units.at(l.page, i)
	return w.role != 0 && !l.insideLatin(i, w)
}

// letters is where the Latin word at i ends: before the number of GDP6.6万元, which has a unit, but behind that of G20
// and H1N1.
func (l *lexer) letters(i int) int {
	end, at := l.latin(i), i
	for l.at(at) >= 'A' && l.at(at) <= 'Z' {
		at++
	}
	if at < i+2 || !isDigit(l.at(at)) || l.arabic(at, false).end != end {
		return end
	}
	if exp, _ := l.scale(end); exp > 0 || l.units.at(l.page, end).role&(rate|count|measure) != 0 {
		return at
	}
	return end
}

// latin is where the run of letters and digits at i ends, or the address that it begins.
func (l *lexer) latin(i int) int {
	for {
		r, next := l.at(i), l.at(i+1)
		wordlike := isLetter(next) || isDigit(next)
		switch {
		case isLetter(r) || isDigit(r) || (r == '-' || r == '_' || r == '.') && wordlike:
			i++
		case r == ':' && next == '/' || r == '@' && wordlike:
			for ; l.at(i) > ' ' && l.at(i) < 0x7f; i++ {
			}
			return i
		default:
			return i
		}
	}
}

// documentNumber reads 〔2018〕12号 at i, the end is 0 if there is none.
func (l *lexer) documentNumber(i int) int {
	year, ok := l.numeral(i + 1)
	if !ok || !year.year() || !strings.ContainsRune("])", l.at(year.end)) {
		return 0
	}
	at := year.end + 1
	if l.at(at) == '第' {
		at++
	}
	if n, ok := l.numeral(at); ok && l.at(n.end) == '号' {
		return n.end + 1
	}
	return 0
}

// pageMark reads 3 / 9 alone on its line; the end is 0 if there is none.
func (l *lexer) pageMark(i int) int {
	if i > 0 && l.at(i-1) != '\n' {
		return 0
	}
	at := l.afterSpace(l.run(i))
	if at == i || l.at(at) != '/' {
		return 0
	}
	from := l.afterSpace(at + 1)
	end := l.run(from)
	if sign := l.at(l.afterSpace(end)); end == from || end-i > 12 || sign != '\n' && sign != 0 {
		return 0
	}
	return end
}

// isListSign says whether r is a list number by itself: ①, ⑴, ㈠.
func isListSign(r rune) bool { return r >= '①' && r <= '⒛' || r >= '㈠' && r <= '㈩' }

// listNumber reads the number of a paragraph or item at i: （一）, 1.女性, 二、, 3) or ①. first says that nothing
// but spaces stands before it on its line or in its sentence. The end is 0 if there is none.
func (l *lexer) listNumber(i int, first bool) int {
	if isListSign(l.at(i)) {
		return i + 1
	}
	bracket := l.at(i) == '('
	if bracket {
		i++
	}
	n, ok := l.numeral(i)
	if !ok || n.low.IntPart() > 200 || n.hollow {
		return 0
	}
	after := l.at(n.end)
	switch {
	case bracket:
		if after == ')' && !n.point {
			return n.end + 1
		}
	case !first || n.chinese && after != '、' && after != '.':
	case n.point:
		return l.runsOn(i, n)
	case after == ')', after == '.' && !isDigit(l.at(n.end+1)):
		return n.end + 1
	case after == '、':
		second, more := l.numeral(n.end + 1)
		opens := i == 0 || l.at(i-1) == '\n' // 2、11个街道, but 2、3个街道
		apart := more && !second.chinese && !second.low.Equal(n.low.Add(decimal.NewFromInt(1)))
		if !more || opens && apart && n.low.IntPart() < 30 {
			return n.end + 1
		}
	}
	return 0
}

// runsOn reads a list number that runs into a number: 2.3岁以下, 5.2018年. Ages and years have no decimals.
func (l *lexer) runsOn(i int, n numeral) int {
	dot := l.run(i)
	if l.at(dot) != '.' {
		return 0
	}
	second, _ := l.numeral(dot + 1)
	w := l.units.at(l.page, second.end)
	if w.role&age != 0 && l.around.at(l.page, second.end+len(w.text)).role&after != 0 ||
		second.year() && l.at(second.end) == '年' {
		return dot + 1
	}
	if after := l.at(n.end); after == ' ' && isIdeograph(l.at(n.end+1)) && l.units.at(l.page, n.end+1).role == 0 {
		return n.end
	}
	return 0
}
