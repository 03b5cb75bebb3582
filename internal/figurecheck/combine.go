package figurecheck

// Numbers that belong together made one: ranges, ratios, spans of dates, members of an enumeration.

import "github.com/shopspring/decimal"

// combine joins the numbers that belong together, ranges, ratios and spans of dates, into one token each, and then
// gives the members of an enumeration what only one of them says: 2.1个、3.4个和5.6个百分点.
func combine(tokens []token) []token {
	tokens = ratios(tokens)
	out := tokens[:0] // never ahead of what is read
	for i := 0; i < len(tokens); i++ {
		out = append(out, tokens[i])
		if left := len(out) - 1; tokens[i].role == number {
			for {
				sign, right := partner(tokens, i)
				if right == 0 || !pair(out, left, tokens[sign], tokens[right]) {
					break
				}
				i = right
			}
		}
	}
	for i := range out {
		if next := joined(out, i); next > 0 {
			shareForward(out[i].quantity, out[next].quantity)
		}
	}
	for i := len(out) - 1; i >= 0; i-- {
		if next := joined(out, i); next > 0 {
			out[next].linked = true
			shareBack(out[i].quantity, out[next].quantity)
		}
	}
	return out
}

// partner finds behind the number at i a sign and a second number, with a space at most around the sign. right is 0 if
// there is no such thing.
func partner(tokens []token, i int) (sign, right int) {
	at := i + 1
	skip := func() {
		if at < len(tokens) && tokens[at].role == space {
			at++
		}
	}
	skip()
	sign = at
	if at++; at >= len(tokens) || tokens[sign].role&(dash|colon|slash|join) == 0 {
		return 0, 0
	}
	skip()
	if at >= len(tokens) || tokens[at].role != number {
		return 0, 0
	}
	return sign, at
}

// joined is the next member of the enumeration that the number at i stands in, or 0.
func joined(tokens []token, i int) int {
	if tokens[i].role != number {
		return 0
	}
	if sign, right := partner(tokens, i); right > 0 && tokens[sign].role&join != 0 {
		return right
	}
	return 0
}

// pair makes the number at tokens[left] one with the number right, if sign joins them.
func pair(tokens []token, left int, sign, right token) bool {
	a, b := tokens[left].quantity, right.quantity
	var q *quantity
	switch {
	case sign.role&dash != 0 && (a.kind == Date || sign.role&level == 0 || !startsFrom(tokens, left)):
		q = between(a, b)
	case sign.role&(colon|slash) != 0:
		q = against(a, b, sign.role, follows(tokens, left, Date))
	}
	if q != nil {
		tokens[left].end, tokens[left].quantity = right.end, q
	}
	return q != nil
}

// maxLook bounds how many tokens a rule looks back within a clause, so that the whole stays linear.
const maxLook = 40

// startsFrom says whether 由 or 从 opens what stands before the number: from 26.5% to 48.1% are two levels and no
// range.
func startsFrom(tokens []token, i int) bool {
	for look := 1; look < maxLook && i-look >= 0 && tokens[i-look].role&mark == 0; look++ {
		if tokens[i-look].role&from != 0 {
			return true
		}
	}
	return false
}

// follows says whether a number of this kind stands before the one at i, with a space at most between them.
func follows(tokens []token, i int, kind Kind) bool {
	i--
	if i >= 0 && tokens[i].role == space {
		i--
	}
	return i >= 0 && tokens[i].role == number && tokens[i].quantity.kind == kind
}

// between is the range from a to b, or nil if they are none.
func between(a, b *quantity) *quantity {
	q := *b
	q.low, q.signed = a.low, a.signed
	switch {
	case a.kind == Date && b.kind == Date, a.bare() && b.kind == Date, a.year() && b.year():
		q.kind, q.class = Date, a.class|b.class
		if q.digits = a.digits; a.bare() && b.year() {
			q.class |= period
		}
		if a.bare() && !a.year() {
			q.digits = b.digits
		}
	case a.kind == Ordinal && b.kind == "", a.bare() && (b.kind == Ordinal || b.kind == Other):
		q.kind = max(a.kind, b.kind)
	case a.kind != "" || b.kind != "" || a.article || a.hollow:
		return nil
	case a.unit == b.unit && a.class == b.class:
		q.kind = Range
	case a.unit == "":
		q.kind = Range
		if b.scale > 0 && a.scale == 0 && a.low.Shift(b.scale).LessThan(b.high) {
			q.low = a.low.Shift(b.scale)
		}
	case a.prefixed && b.unit == "":
		q.kind, q.unit, q.class, q.prefixed = Range, a.unit, a.class, true
	default:
		return nil
	}
	return &q
}

// year says whether a number without a unit can be a year.
func (q *quantity) year() bool {
	return q.bare() && numeral{digits: q.digits, point: q.point, grouped: q.grouped}.year()
}

// against is the ratio of a to b, a clock time or a fraction, or nil if they are none.
func against(a, b *quantity, sign role, afterDay bool) *quantity {
	third := a.kind == Ratio && sign&colon != 0
	if !(a.bare() || third) || !b.bare() || a.scale+b.scale > 0 || a.article || a.hollow || b.hollow ||
		b.year() && sign&compare != 0 {
		return nil
	}
	q := quantity{low: a.low, high: b.low, kind: Ratio}
	switch hour := a.low.IntPart(); {
	case third || !a.low.IsPositive() || !b.low.IsPositive() && b.digits != "00":
		q.kind = Other
	case sign == colon|mark && len(b.digits) == 2 && !b.point &&
		(afterDay || b.digits[0] == '0' || hour > 5 && hour < 24):
		q.kind = Date // a ratio has small numbers: 8:30 and 14:15 are times, 1:15 is none
	case sign&slash != 0 && (a.point || b.point || a.low.GreaterThan(b.low)):
		q.kind = Other
	}
	return &q
}

// shareForward gives b what stands before the whole enumeration: 第3、4条, 百分之三十和四十.
func shareForward(a, b *quantity) {
	switch {
	case a.kind == Ordinal && a.unit == "" && b.kind == "" && a.prefixed:
		b.kind, b.prefixed = Ordinal, true
	case a.kind != Ratio && a.prefixed && b.bare():
		b.unit, b.class, b.prefixed = a.unit, a.class, true
	}
}

// shareBack gives a what stands behind the whole enumeration: 2017、2018年, 1.2、3.4和5.6亿元.
func shareBack(a, b *quantity) {
	switch {
	case b.kind == Date && a.bare() && a.digits != "", b.kind == Ordinal && a.bare() && b.prefixed,
		b.kind == Other && a.bare():
		a.kind = b.kind
	case a.unit == "个" && b.class&point != 0:
		a.unit, a.class = b.unit, b.class
	case a.unit == "" && (a.kind == "" || a.kind == Range) && b.unit != "" && !b.prefixed:
		a.unit, a.class = b.unit, b.class
		if a.scale == 0 && b.scale > 0 && len(a.low.Truncate(0).String()) <= len(
			b.low.Shift(-b.scale).Truncate(0).String())+2 {
			a.low, a.high, a.scale = a.low.Shift(b.scale), a.high.Shift(b.scale), b.scale
		}
	}
}

// maxQuote and maxTitle are how long a quotation, “三个100%”, and a title, 《…》, may be to pass for a name; maxSearch
// is how far their end is looked for.
const maxQuote, maxTitle, maxSearch = 16, 120, 200

// setApart makes names of the numbers in titles of documents and in short quotations: what they say of a time or count
// is not said by the text.
func setApart(p *page, tokens []token) {
	names := p.quotations()
	for i, t := range tokens {
		for len(names) > 0 && names[0].End <= t.start {
			names = names[1:]
		}
		if t.role != number || len(names) == 0 || names[0].Start > t.start {
			continue
		}
		switch q := t.quantity; {
		case q.kind == Date && p.at(names[0].Start) == '《':
			q.class = 0
		case q.kind == Date || q.kind == Ordinal:
		case q.chinese && q.unit == "":
			tokens[i] = token{start: t.start, end: t.end, role: plain}
		default:
			q.kind = Other
		}
	}
}

// quotations are the titles and short quotations of the page.
func (p *page) quotations() (found []Span) {
	closers := map[rune]rune{'《': '》', '“': '”', '「': '」', '『': '』', '"': '"'}
	for i := 0; i < len(p.folded); i++ {
		closer, limit := closers[p.at(i)], maxQuote
		if closer == 0 {
			continue
		}
		if closer == '》' {
			limit = maxTitle
		}
		for end := i + 1; end <= i+maxSearch && p.at(end) != '\n' && p.at(end) != 0; end++ {
			if p.at(end) == closer {
				if end-i <= limit {
					found = append(found, Span{i, end})
				}
				i = end
				break
			}
		}
	}
	return found
}

// share keeps one of the quantities that are alike: a long text says few numbers many times, and each takes more room
// than its words. Nothing changes a quantity any more.
func share(tokens []token) {
	type amount struct{ low, high int64 }
	type likeness struct {
		quantity
		amount
		lowExp, highExp int32
	}
	seen := map[likeness]*quantity{}
	for i := range tokens {
		q := tokens[i].quantity
		if q == nil || !q.low.Coefficient().IsInt64() || !q.high.Coefficient().IsInt64() {
			continue
		}
		key := likeness{*q, amount{q.low.CoefficientInt64(), q.high.CoefficientInt64()}, q.low.Exponent(),
			q.high.Exponent()}
		key.quantity.low, key.quantity.high = decimal.Decimal{}, decimal.Decimal{}
		if one := seen[key]; one != nil {
			tokens[i].quantity = one
		} else {
			seen[key] = q
		}
	}
}
