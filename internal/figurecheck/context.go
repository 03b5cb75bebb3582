package figurecheck

import "strings"

// context carries subject, area and period from sentence to sentence while the tokens of a page pass by.
type context struct {
	*judge
	clause, sentence       Span
	clauseAt               int // first token of the clause, or the one behind its last statistic
	subject, area, period  string
	clauseEnd, sentenceEnd int // tokens
}

// maxSubject is how long a subject may be.
const maxSubject = 30

func newContext(j *judge) *context {
	c := &context{judge: j, clauseEnd: -1, sentenceEnd: -1}
	return c
}

// pass takes note of the token at i.
func (c *context) pass(i int) {
	t := c.tokens[i]
	if i > c.sentenceEnd {
		c.sentenceEnd = c.next(i, stop)
		c.sentence = c.spanned(i, c.sentenceEnd)
		c.subject = ""
	}
	if i > c.clauseEnd {
		c.clauseEnd = c.next(i, mark)
		c.clause = c.spanned(i, c.clauseEnd)
		c.clauseAt = i
		c.place(i)
	}
	text := string(c.written[t.start:t.end])
	switch {
	case t.role&area != 0:
		c.area = text
	case t.role&period != 0, t.role == number && t.quantity.kind == Date && t.quantity.class&period != 0:
		if i == 0 || c.tokens[i-1].role&compare == 0 {
			c.period = text
		}
	}
}

// next is the first token at or behind i with the role, or the last of all.
func (c *context) next(i int, role role) int {
	for i < len(c.tokens)-1 && c.tokens[i].role&role == 0 {
		i++
	}
	return i
}

func (c *context) spanned(from, to int) Span { return Span{c.tokens[from].start, c.tokens[to].end} }

// place reads the name of a place at the beginning of a clause.
func (c *context) place(i int) {
	at := c.start(i, c.clauseEnd)
	begin := at
	for end := at + 1; end < c.clause.End && end-at < 6 && isIdeograph(c.at(end)); end++ {
		name := c.folded[at : end+1]
		if !c.around.has(name[len(name)-1:], placeEnd) || len(name) < 3 {
			continue
		}
		if c.around.has(name[len(name)-2:], noPlace) || c.around.has(name[len(name)-3:], noPlace) {
			break
		}
		c.area = string(c.written[begin : end+1])
		at = end + 1
	}
}
