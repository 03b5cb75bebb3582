package figurecheck

import "strings"

// token is a piece of the text: a number with all that belongs to it, a word of the data files, a sign, or other text
// (role 0). Tokens lie end to end.
type token struct {
	start, end int
	role       role
	quantity   *quantity // of a number
}

// lexer cuts a page into tokens.
type lexer struct {
	*page
	*dictionary
	tokens []token
}

func (d *dictionary) lex(p *page) []token {
	l := &lexer{page: p, dictionary: d}
	for i := 0; i < len(p.folded); {
		t := l.next(i)
		if last := len(l.tokens) - 1; t.role == 0 && last >= 0 && l.tokens[last].role == 0 {
			l.tokens[last].end = t.end
		} else {
			l.tokens = append(l.tokens, t)
		}
		i = t.end
	}
	return l.tokens
}

var signs = map[rune]role{
	',': mark, ';': mark, '|': mark, '\t': mark,
	'。': mark | stop, '!': mark | stop, '?': mark | stop, '\n': mark | stop, '\r': mark | stop,
	'(': open, '[': open, ')': closing, ']': closing,
	'—': dash, '-': dash, '~': dash, ':': colon | mark, '/': slash, '、': join, ' ': space,
}

// next reads the token at i.
func (l *lexer) next(i int) token {
	r := l.at(i)
	if isLetter(r) {
		return token{start: i, end: l.latin(i)}
	}
	w := l.around.at(l.page, i)
	if t := l.apart(i); t.end > i+len(w.text) {
		return t
	}
	if t := l.figure(i); t.end > i+len(w.text) || t.end > i && w.role == 0 {
		return t
	}
	switch {
	case w.kind != "":
		return token{i, i + len(w.text), number, &quantity{kind: w.kind}}
	case w.role != 0:
		return token{start: i, end: i + len(w.text), role: w.role}
	}
	end := i + 1
	for r == '—' && l.at(end) == r {
		end++
	}
	return token{start: i, end: end, role: signs[r]}
}
