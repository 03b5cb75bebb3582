package figurecheck

// A text cut into tokens: numbers with all that belongs to them, words of the data files, signs.

import (
	"context"
	"errors"
	"strings"
)

// MaxNumbers is how many numbers a text may have, dates and ordinals among them: each takes a hundred times the room of
// its characters. The longest text that is taken has that many if every ninth character begins one.
const MaxNumbers = 220_000

// ErrTooMany says that a text has more.
var ErrTooMany = errors.New("figurecheck: more numbers than are read")

// token is a piece of the text: a number with all that belongs to it, a word of the data files, a sign, or other text
// (role 0). Tokens lie end to end.
type token struct {
	start, end int
	role       role
	quantity   *quantity // of a number
	linked     bool      // the number goes on with an enumeration
	nth        int32     // of all numbers, of a number
}

// lexer cuts a page into tokens.
type lexer struct {
	*page
	*dictionary
	places words
	tokens []token
}

func (d *dictionary) lex(ctx context.Context, p *page, places words) ([]token, error) {
	l := &lexer{page: p, dictionary: d, places: places, tokens: make([]token, 0, len(p.folded)/8)}
	numbers := 0
	for i, seen := 0, 0; i < len(p.folded); seen++ {
		if seen%often == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		t := l.next(i)
		if t.role == number {
			if numbers++; numbers > MaxNumbers {
				return nil, ErrTooMany
			}
		}
		if last := len(l.tokens) - 1; t.role == 0 && last >= 0 && l.tokens[last].role == 0 {
			l.tokens[last].end = t.end
		} else {
			l.tokens = append(l.tokens, t)
		}
		i = t.end
	}
	return l.tokens, nil
}

var signs = map[rune]role{
	',': mark, ';': mark, '|': mark, '\t': mark,
	'。': mark | stop, '!': mark | stop, '?': mark | stop, '\n': mark | stop, '\r': mark | stop,
	'(': open, '[': open, ')': closing, ']': closing,
	'—': dash, '-': dash, '~': dash, ':': colon | mark, '/': slash, '、': join, ' ': space,
}

// next reads the token at i.
func (l *lexer) next(i int) token {
	r, w := l.at(i), l.around.at(l.page, i)
	if isLetter(r) && w.role == 0 {
		return token{start: i, end: l.letters(i)}
	}
	if place := l.places.at(l.page, i); len(place.text) > len(w.text) {
		w = place
	}
	if t := l.apart(i); t.end > i+len(w.text) {
		return t
	}
	if t := l.figure(i); t.end > i+len(w.text) || t.end > i && w.role == 0 {
		return t
	}
	switch {
	case w.kind != "":
		return numberAt(i, i+len(w.text), quantity{kind: w.kind, class: period})
	case w.role != 0:
		return token{start: i, end: i + len(w.text), role: w.role}
	}
	end := i + 1
	for r == '—' && l.at(end) == r {
		end++
	}
	return token{start: i, end: end, role: signs[r]}
}

// apart reads at i a list or document number; the token is empty if there is none.
func (l *lexer) apart(i int) token {
	r := l.at(i)
	if r == '[' || r == '(' {
		if end := l.documentNumber(i); end > 0 {
			return numberAt(i, end, quantity{kind: Other})
		}
	} else if !isDigit(r) && chineseDigit(r) < 0 && chineseScale(r) == 0 && !isListSign(r) {
		return token{}
	}
	if end := l.pageMark(i); end > 0 {
		return numberAt(i, end, quantity{kind: Other})
	}
	before := len(l.tokens) - 1
	for before >= 0 && l.tokens[before].role == space {
		before--
	}
	first := before < 0 || l.tokens[before].role&(stop|colon) != 0 || l.at(l.tokens[before].start) == ';'
	if end := l.listNumber(i, first); end > 0 {
		return numberAt(i, end, quantity{kind: Ordinal})
	}
	return token{}
}

// figure reads at i a number with all that belongs to it; the token is empty if there is none.
func (l *lexer) figure(i int) token {
	r := l.at(i)
	switch {
	case r == '翻':
		q, end := l.doubling(i)
		return numberAt(i, end, q)
	case (r == '-' || r == '+' || r == '负') && !l.sign(i):
		return token{}
	}
	if q, end := l.half(i); end > 0 {
		return numberAt(i, end, q)
	}
	if n, ok := l.numeral(i); ok {
		if t := l.notCounted(i, n); t.end > 0 {
			return t
		}
	}
	q, end := l.quantity(i)
	// （/10万）
	if previous := l.at(i - 1); previous == '×' || previous == '÷' || previous == '/' && !isDigit(l.at(i-2)) {
		q.kind = Other
	}
	if chineseScale(r) > 0 && l.around.has(l.folded[max(i-1, 0):i], vague) { // 几十, 数百
		q.hollow = true
	}
	return numberAt(i, end, q)
}

// notCounted reads the date, code or name at i that begins with the number n; the token is empty if it is none of
// these.
func (l *lexer) notCounted(i int, n numeral) token {
	if year, end := l.day(i, n); end > 0 {
		q := quantity{kind: Date, digits: year}
		if year != "" {
			q.class = period
		}
		return numberAt(i, end, q)
	}
	if kind, end := l.code(i, n); end > 0 {
		return numberAt(i, end, quantity{kind: kind})
	}
	name, end := l.named(i, n.end, n.chinese)
	unit := l.units.at(l.page, n.end)
	counts := unit.role&(count|measure) != 0 && n.end+len(unit.text) > end && end > n.end // 12村次 is no 12村
	if end == 0 || counts || name.kind == Other && n.one() {                              // 一带一路, 统一后
		return token{}
	}
	q, prefix := quantity{}, len(name.prefix)
	if end == n.end {
		q, end = l.quantity(i)
		q.prefixed = true
	}
	q.kind = name.kind
	if prefix == 0 && l.at(i-1) == '第' { // 第十一届
		prefix = 1
	}
	return numberAt(i-l.giveUp(prefix), end, q)
}

// numberAt is the token of a number, or an empty one if end is 0.
func numberAt(start, end int, q quantity) token {
	if end == 0 {
		return token{}
	}
	kept := q // a quantity that is no number leaves nothing on the heap
	return token{start: start, end: end, role: number, quantity: &kept}
}

// giveUp takes n characters from the text that was read last, for a name that began there. It returns n, or 0 if other
// tokens stand there.
func (l *lexer) giveUp(n int) int {
	last := len(l.tokens) - 1
	if n == 0 || l.tokens[last].role != 0 || l.tokens[last].end-l.tokens[last].start < n {
		return 0
	}
	if l.tokens[last].end -= n; l.tokens[last].start == l.tokens[last].end {
		l.tokens = l.tokens[:last]
	}
	return n
}

// sign says whether the - + or 负 at i belongs to a number: what stands before it is no number or name that it joins.
func (l *lexer) sign(i int) bool {
	n, ok := l.numeral(i + 1)
	if !ok || l.at(i) == '负' {
		return ok
	}
	previous := l.at(i - 1)
	return !isDigit(previous) && !isLetter(previous) && !strings.ContainsRune(")]%‰-+—~年月日", previous) && !n.year()
}
