package figurecheck

// Enumerations: names, places or years listed first, and a number for each of them after.

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// list is what was listed last: the places and times of a sentence serve all its enumerations.
type list struct {
	sentence int
	places   []string
	times    [][]string
}

// aligned gives each member of an enumeration its own of the names, places or years that are listed before it:
// 密云、顺义分别为20%和30%. It tells whether that makes the place or the time sure.
func (c *claimant) aligned(figures []Figure, claims []Claim, i int, claim *Claim) (where, when bool) {
	first, n := c.series(figures, i)
	if n < 2 {
		return false, false
	}
	f := figures[first]
	if lead := string(c.page.folded[max(f.Sentence.Start, f.Start-maxSpread):f.Start]); !strings.Contains(lead,
		"分别") && !strings.Contains(lead, "依次") && !c.theseOf(figures, first, n) {
		// A为1%，B为2%，均高于全省的1%和2%
		if told := c.told(figures, claims, first); len(told) == n && n > 1 && c.compares(lead) {
			claim.Terms, claim.Sex, claim.partly, claim.Complete = nil, "", false, false
			c.take(told[i-first], claim, Likely)
			return false, false
		}
		if i > 0 && (i > first || c.compares(lead)) && !c.placed(figures[i-1].End, figures[i]) {
			claim.Trust = min(claim.Trust, Likely)
		}
		return false, false
	}
	from := f.Sentence.Start
	if k := c.previous(figures, first); k >= 0 {
		from = figures[k].End
	}
	from = max(from, f.Start-maxSpread)
	names, places, times := c.listed(from, f)
	if c.lists.sentence == f.Sentence.Start && len(places) == 0 && len(times) == 0 {
		places, times = c.lists.places, c.lists.times
	}
	if len(names) < n && len(places) != n && len(times) != n {
		if told := c.told(figures, claims, first); len(told) == n { // A为1%，B为2%，分别提高
			names = told
		}
	}
	switch {
	case len(names) == n:
		claim.Terms, claim.Sex, claim.partly, claim.Complete = nil, "", false, false
		c.take(names[i-first], claim, Likely)
		if c.beside(max(from, c.opens(names[0].from)), names[0].from, claim) {
			claim.Trust = Firm
		}
	case len(places) == n:
		c.lists = list{f.Sentence.Start, places, nil}
		claim.Area = places[i-first]
		if claim.Trust == Likely && claim.Close {
			claim.Trust = Firm
		}
		return true, false
	case len(times) == n:
		c.lists = list{f.Sentence.Start, nil, times}
		claim.Periods = times[i-first]
		return false, true
	default:
		claim.Trust = min(claim.Trust, Loose)
	}
	return false, false
}

// compares says whether the last clause of the words before an enumeration holds several things against it: 均高于.
func (c *claimant) compares(lead string) bool {
	clause := lead[strings.LastIndexAny(lead, ",;")+1:]
	return strings.ContainsAny(clause, "均都双") && strings.ContainsAny(clause, "高低优好差多少超")
}

// told are the names of the statistics of the sentence before the one at i, one for each, each name once; none if one
// of them is not told.
func (c *claimant) told(figures []Figure, claims []Claim, i int) (names []mention) {
	f := figures[i]
	from := f.Sentence.Start
	_, n := c.series(figures, i)
	for k := i - 1; k >= 0 && i-k < maxLook && figures[k].Start >= max(from, f.Start-3*maxSpread); k-- {
		if !figures[k].Kind.Statistic() {
			continue
		}
		if len(names) == 0 && c.countsThem(figures[k], n) { // 三项指标分别提高; perhaps of the sentence before
			if p := c.previous(figures, k); p < 0 {
				from = c.before(figures, k)
			}
			continue
		}
		if len(names) == n && strings.ContainsRune(string(c.page.folded[figures[k].End:names[0].Start]), ';') {
			break // what stands before a semicolon is told of before
		}
		if figures[k].Kind == Change { // it only says how the one before it moved
			continue
		}
		m, ok := c.nameBefore(c.low(figures, k), figures[k].Start, figures[k])
		if _, many := c.series(figures, k); many > 1 && claims[k].called > 0 { // of an enumeration, each has its own
			m, ok = mention{Span: claims[k].Name, name: int(claims[k].called) - 1, from: claims[k].Name.Start,
				whole: true}, true
		}
		if !ok && c.movedTo(figures[k]) { // 由16.6%提高到25.2%
			continue
		}
		if !ok || !m.whole || figures[k].Kind != Value {
			return nil
		}
		if len(names) > 0 && names[0].name == m.name {
			continue
		}
		names = append([]mention{m}, names...)
	}
	return names
}

// theseOf says whether the words right before an enumeration of n count its members: 这两个数字还只有1%和2%.
func (c *claimant) theseOf(figures []Figure, first, n int) bool {
	k := c.previous(figures, first)
	return k >= 0 && figures[k].Clause == figures[first].Clause && c.countsThem(figures[k], n)
}

// before is where the sentence of the last statistic before i begins, or that of i.
func (c *claimant) before(figures []Figure, i int) int {
	for k := i - 1; k >= 0 && i-k < maxLook; k-- {
		if figures[k].Kind.Statistic() {
			return figures[k].Sentence.Start
		}
	}
	return figures[i].Sentence.Start
}

// countsThem says whether f only counts the n members of an enumeration: 这三项分别为.
func (c *claimant) countsThem(f Figure, n int) bool {
	q := c.tokens[f.token].quantity
	return q.chinese && q.low.Equal(decimal.NewFromInt(int64(n))) && strings.Contains(" 项 个 类 者 种 ", " "+f.Unit+" ")
}

// placed says whether a place or a time of its own leads to f from there.
func (c *claimant) placed(from int, f Figure) bool {
	for k := f.token - 1; k >= 0 && c.tokens[k].start >= from; k-- {
		if t := c.tokens[k]; t.role&(area|period) != 0 || t.role == number && t.quantity.kind == Date {
			return true
		}
	}
	return false
}

// series is where the enumeration of i begins and how many statistics it has.
func (c *claimant) series(figures []Figure, i int) (first, n int) {
	first = i
	for first > 0 && i-first < maxLook && c.tokens[figures[first].token].linked && figures[first-1].Kind.Statistic() {
		first--
	}
	last := i
	for last+1 < len(figures) && last-first < maxLook && c.tokens[figures[last+1].token].linked &&
		figures[last+1].Kind.Statistic() {
		last++
	}
	return first, last - first + 1
}

// listed are the whole names, the places and the times from there to f, in order.
func (c *claimant) listed(from int, f Figure) (names []mention, places []string, times [][]string) {
	for _, m := range c.found[c.from(from):] {
		if m.End > f.Start {
			break
		}
		if m.whole && m.Start >= from && (len(names) == 0 || names[len(names)-1].End <= m.Start) {
			names = append(names, m)
		}
	}
	first := f.token
	for first > 0 && c.tokens[first-1].start >= from {
		first--
	}
	last := 0
	for _, t := range c.tokens[first:f.token] {
		text := string(c.page.folded[t.start:t.end])
		if t.role&area != 0 {
			// 居全市首位；甲区、乙区分别为
			if gap := string(c.page.folded[min(last, t.start):t.start]); len(places) > 0 &&
				!strings.Contains(" 、 和 与 及 以及 , ,和 ", " "+gap+" ") {
				places = places[:0]
			}
			last = t.end
			code := ""
			if at, known := c.called[text]; known {
				code = c.places[at].Code
			}
			places = append(places, code)
		} else if t.role == number && t.quantity.kind == Date {
			if start, end := yearsOf(text); end > start {
				for year := start; year <= end; year++ {
					times = append(times, years(year))
				}
				continue
			}
			found, _ := c.when(text, "", c.year)
			times = append(times, found)
		}
	}
	return names, places, times
}

// from is the place of the first mention that ends behind i.
func (c *claimant) from(i int) int {
	at, _ := slices.BinarySearchFunc(c.found, i+1, func(m mention, end int) int { return m.End - end })
	return at
}

// alike are the other areas of an enumeration that ends in the area of the figure i, if that alone stands for all of
// them: 东河区、西河区婚检率均为20%.
func (c *claimant) alike(figures []Figure, i int, code string) (all []string) {
	f := figures[i]
	if _, n := c.series(figures, i); n > 1 || code == "" || f.areaAt < f.Sentence.Start {
		return nil
	}
	last := f.areaAt
	at, _ := slices.BinarySearchFunc(c.sites, last, func(s site, to int) int { return s.at - to })
	if at == len(c.sites) || c.sites[at].at != last || c.places[c.sites[at].place].Code != code {
		return nil
	}
	for at--; at >= 0 && c.sites[at].at >= f.Sentence.Start && len(all) < maxLook; at-- {
		end := c.sites[at].at + len(c.spellings.at(c.page, c.sites[at].at).text)
		if sign := string(c.page.folded[end:last]); sign != "、" && sign != "和" && sign != "与" && sign != "及" {
			break
		}
		all, last = append(all, c.places[c.sites[at].place].Code), c.sites[at].at
	}
	return all
}

// ofEach says whether f is said of each that is named before it: 均, 都, 同为.
func (c *claimant) ofEach(f Figure) bool {
	return strings.ContainsAny(string(c.page.folded[max(f.Clause.Start, f.Start-maxSubject):f.Start]), "均都各同")
}
