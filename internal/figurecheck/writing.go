package figurecheck

// Amounts that are written in several pieces: 25:27:48, 七五折, 一吨半, 五元三角, 三又三分之一. Plain numbers with 万
// and unit are quantity.go's.

import (
	"strings"

	"github.com/shopspring/decimal"
)

// ratios makes one of the numbers of each ratio of more than two: 25:27:48. Times of day are left as they are.
func ratios(tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		out = append(out, tokens[i])
		if tokens[i].role != number {
			continue
		}
		last, parts := i, []*quantity{tokens[i].quantity}
		for {
			sign, right := partner(tokens, last)
			if right == 0 || tokens[sign].role&colon == 0 {
				break
			}
			last, parts = right, append(parts, tokens[right].quantity)
		}
		if len(parts) < 3 {
			continue
		}
		if isRatio(parts) {
			q := quantity{low: parts[0].low, high: parts[1].low, kind: Ratio}
			for _, part := range parts[2:] {
				q.parts += ":" + part.low.String()
			}
			out[len(out)-1].end, out[len(out)-1].quantity = tokens[last].end, &q
		} else {
			out = append(out, tokens[i+1:last+1]...)
		}
		i = last
	}
	return out
}

// isRatio says whether the numbers between colons are parts of a whole and no time of day, 10:30:15.
func isRatio(parts []*quantity) bool {
	clock, sum := len(parts) == 3 && parts[0].low.LessThan(decimal.NewFromInt(24)), decimal.Zero
	for n, q := range parts {
		if !q.bare() || q.scale > 0 || q.article || q.hollow || !q.low.IsPositive() && q.digits != "00" {
			return false
		}
		sum = sum.Add(q.low)
		clock = clock && !q.point && (n == 0 || len(q.digits) == 2 && q.low.LessThan(decimal.NewFromInt(60)))
	}
	return !clock || sum.Equal(decimal.NewFromInt(100))
}

// discount makes 75% of 75折 and 七五折, 80% of 八折; end is where 折 stands.
func (l *lexer) discount(q *quantity, end int) int {
	hundred, ten, written := decimal.NewFromInt(100), decimal.NewFromInt(10), end
	if l.at(end+1) == '折' {
		end = l.afterSpace(end)
	}
	if q.unit != "" || q.scale > 0 || q.inside != "" || l.at(end) != '折' ||
		strings.ContainsRune("合叠返射旧腾算磨断", l.at(end+1)) || !q.low.IsPositive() || !q.low.LessThan(hundred) {
		return written
	}
	switch {
	case q.low.LessThan(ten):
		q.low, q.high, q.places = q.low.Mul(ten), q.high.Mul(ten), q.places-1
	case len(q.digits) != 2 || q.point:
		return written
	}
	q.unit, q.class = "%", rate
	return end + 1
}

// andHalf adds the half of 一吨半 and 三天半; end is where 半 may stand.
func (l *lexer) andHalf(q *quantity, end int) int {
	if next := l.at(end + 1); q.class&(measure|times) == 0 || q.point || q.scale > 0 || l.at(end) != '半' ||
		strings.Contains(q.unit, "/") || isIdeograph(next) && next != '的' && next != '以' && next != '左' {
		return end
	}
	q.low = q.low.Add(decimal.New(5, -1))
	q.high, q.places = q.low, 1
	return end + 1
}

// coins adds what is less than a yuan: 五元三角, 3元5角2分.
func (l *lexer) coins(q *quantity, end int) int {
	if q.unit != "元" && q.unit != "块" && q.unit != "块钱" || q.scale > 0 || q.point {
		return end
	}
	for n, names := range []string{"角毛", "分"} {
		digit, ok := l.numeral(end)
		if ok && digit.low.LessThan(decimal.NewFromInt(10)) && strings.ContainsRune(names, l.at(digit.end)) {
			q.low = q.low.Add(digit.low.Shift(int32(-1 - n)))
			q.high, q.places, q.unit, q.class = q.low, int32(n+1), "元", measure
			end = digit.end + 1
		}
	}
	return end
}

// mixed reads 三又三分之一, whose whole number is n, as ten thirds; end is 0 if it is none.
func (l *lexer) mixed(n numeral) (q quantity, end int) {
	exp, at := l.scale(n.end)
	if at = l.blanks(at); l.at(at) != '又' || n.point {
		return q, 0
	}
	parts, ok := l.numeral(l.blanks(at + 1))
	if !ok {
		return q, 0
	}
	by, past := l.scale(parts.end)
	if past = l.spread(past, "分之"); past == 0 {
		return q, 0
	}
	of, ok := l.numeral(l.blanks(past))
	if !ok || n.code() || parts.code() || of.code() {
		return q, 0
	}
	q = quantity{high: parts.low.Shift(by), kind: Ratio, class: rate, chinese: of.chinese, prefixed: true}
	q.low = n.low.Shift(exp).Mul(q.high).Add(of.low)
	return q, of.end
}

// half reads 一半, 半数, 半成, 半折, 半百 of what is counted and 打对折 at i.
func (l *lexer) half(i int) (q quantity, end int) {
	share := func(percent int64) quantity {
		part := decimal.NewFromInt(percent)
		return quantity{low: part, high: part, unit: "%", class: rate, chinese: true}
	}
	switch a, b := l.at(i), l.at(i+1); {
	case a == '一' && b == '半' || a == '半' && b == '数':
		return quantity{low: decimal.NewFromInt(1), high: decimal.NewFromInt(2), kind: Ratio, class: rate}, i + 2
	case a == '半' && b == '成' && !isIdeograph(l.at(i+2)):
		return share(5), i + 2
	case a == '半' && b == '百' && l.units.at(l.page, i+2).role&(count|measure) != 0:
		fifty := decimal.NewFromInt(50)
		return l.measured(numeral{low: fifty, high: fifty, chinese: true, end: i + 2})
	case a == '半' && b == '折' && (!isIdeograph(l.at(i+2)) || strings.ContainsRune("优价出销", l.at(i+2))):
		return share(50), i + 2
	case a == '对' && b == '折' && l.at(i-1) == '打':
		return share(50), i + 2
	}
	return q, 0
}
