package figurecheck

// Where a figure's area and period come from if its own words do not name them: so that a reader can see what was
// carried from where. It decides nothing.

import (
	"slices"
	"strings"
)

// From says what told the area or the period of a figure that its own sentence leaves open.
type From string

const (
	FromGiven    From = "given"    // whoever had the text checked
	FromTitle    From = "title"    // the text's title, or the line of its date
	FromHeading  From = "heading"  // a heading in its midst
	FromLine     From = "line"     // a line above
	FromSentence From = "sentence" // a sentence before in the same paragraph
	FromTable    From = "table"    // the head of a column
	FromHand     From = "hand"     // the hand that signs the text
	FromOnly     From = "only"     // the only area that the text names
	FromOwn      From = "own"      // 全市, 我区 of an installation
)

// Origin is what told it, and the words that did; nil if the figure's own words do. Figures share them.
type Origin struct {
	From From
	Text string
}

var fromGiven, fromOnly = &Origin{From: FromGiven}, &Origin{From: FromOnly}

// maxOrigin characters is enough to know a line again.
const maxOrigin = 24

// origins finds what told the areas and periods of the claims.
func (c *claimant) origins(figures []Figure, claims []Claim) {
	named := map[string][]int{} // by code, where
	for _, s := range c.sites {
		code := c.places[s.place].Code
		named[code] = append(named[code], s.at)
	}
	quoted := map[int]*Origin{}
	for i := range claims {
		f, claim := figures[i], &claims[i]
		if !f.Kind.Statistic() || claim.Trust == Unnamed {
			continue
		}
		if claim.AreaFrom == nil && claim.Area != "" {
			claim.AreaFrom = c.areaOrigin(f, claim.Area, named[claim.Area], quoted)
		}
		if claim.PeriodFrom == nil && len(claim.Periods) > 0 {
			claim.PeriodFrom = c.periodOrigin(f, claim.Periods[0], quoted)
		}
	}
}

// areaOrigin is what tells that f is of the area, which is named at these places.
func (c *claimant) areaOrigin(f Figure, code string, named []int, quoted map[int]*Origin) *Origin {
	line := c.scene.line(f.Start)
	before, _ := slices.BinarySearch(named, f.End)
	last := -1
	if before > 0 {
		last = named[before-1]
	}
	ground, from, _ := c.ground(f.Start)
	switch {
	case last >= f.Sentence.Start, last >= line.Start && c.isRow(line):
		return nil
	case ground == code && from > 0:
		return c.quote(FromHeading, from, quoted)
	case ground == code && c.given && last < 0:
		return fromGiven
	case ground == code && !c.given && c.titled.End > 0:
		if c.titled.Start > f.Start {
			return c.quote(FromHand, c.titled.Start, quoted)
		}
		return c.quote(FromTitle, c.titled.Start, quoted)
	case own(f.Area) && f.areaAt >= f.Sentence.Start:
		return &Origin{FromOwn, f.Area}
	case last >= line.Start:
		return &Origin{FromSentence, c.words(last)}
	case ground == code && c.given:
		return fromGiven
	case code == c.sole:
		return fromOnly
	case last >= 0:
		return c.quote(FromLine, last, quoted)
	case own(f.Area):
		return &Origin{FromOwn, f.Area}
	}
	return nil
}

// periodOrigin is what tells that f is of the period.
func (c *claimant) periodOrigin(f Figure, code string, quoted map[int]*Origin) *Origin {
	carried := f.Period != "" && f.periodAt < f.Sentence.Start
	if f.Period != "" && !carried {
		return nil
	}
	if line := c.scene.line(f.Start); carried && strings.HasPrefix(code, yearIn(f.Period)) && yearIn(f.Period) != "" {
		at := c.scene.line(f.periodAt)
		switch _, heads := slices.BinarySearchFunc(c.heads, at.Start, func(h head, i int) int { return h.Start - i }); {
		case f.periodAt >= line.Start && c.isRow(line):
			return nil
		case f.periodAt >= line.Start:
			return &Origin{FromSentence, f.Period}
		case at == c.scene.dated || at == c.titled:
			return c.quote(FromTitle, f.periodAt, quoted)
		case heads:
			return c.quote(FromHeading, f.periodAt, quoted)
		}
		return c.quote(FromLine, f.periodAt, quoted)
	}
	switch {
	case c.yearGiven:
		return fromGiven
	case c.scene.dated.End > 0:
		return c.quote(FromTitle, c.scene.dated.Start, quoted)
	}
	return nil
}

// yearIn is the year of a word of time; "" if it names none.
func yearIn(word string) string {
	year, _ := yearOf(word)
	return first(years(year))
}

// isRow says whether the line has cells.
func (c *claimant) isRow(line Span) bool {
	for i := line.Start; i < line.End && i < line.Start+maxRow; i++ {
		if r := c.page.at(i); r == '\t' || r == '|' {
			return true
		}
	}
	return false
}

// words is the name of the place at i.
func (c *claimant) words(i int) string {
	return string(c.page.written[i : i+len(c.spellings.at(c.page, i).text)])
}

// quote is the beginning of the line around i, remembered for all figures that it governs.
func (c *claimant) quote(from From, i int, quoted map[int]*Origin) *Origin {
	line := c.scene.line(i)
	o, known := quoted[line.Start]
	if !known || o.From != from {
		o = &Origin{from, shortened(string(c.page.written[line.Start:min(line.End, line.Start+2*maxOrigin)]))}
		quoted[line.Start] = o
	}
	return o
}

// shortened is a text on one line, cut to what is enough to know it again.
func shortened(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > maxOrigin {
		return string(runes[:maxOrigin]) + "…"
	}
	return string(runes)
}
