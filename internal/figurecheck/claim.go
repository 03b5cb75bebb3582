package figurecheck

import (
	"slices"
	"strings"
)

// Trust says how well the words around a figure say what it is about.
type Trust int

const (
	Unnamed Trust = iota // nothing says it
	Loose                // a name is near
	Likely               // the name leads to the number, but other words stand between or beside
	Firm                 // the words leave no doubt: a number that differs is wrong
)

// Claim is what a statistic says about what: an indicator or standard in an area and a period. Whether it is true is for
// those to say who have the data.
type Claim struct {
	Terms   []string // codes that share the name, in the order of the vocabulary
	Name    Span     // what names it; for carried names that of an earlier figure
	Trust   Trust
	Area    string   // code; "" if the text speaks of no known area
	Periods []string // codes such as 2018, 2018-11; the likeliest first
	Base    []string // of a change: since when
	Against string   // of a difference: code of the area it is measured from
	Far     bool     // the name stands in another line: it may be about something else altogether
	Sex     string   // 1 male, 2 female, as GB/T 2261.1; "" for all
	Calibre string   // code; "" if the text does not say
	Target  bool     // what is to be reached, not what was
	Unit    string   // of the figure, or from the head of its table
	Scale   int      // 8 where the head of the table says 亿: the number is to be taken so many powers of ten higher
	Close   bool     // nothing stands between the name and the number

	ownSex bool   // said for this figure alone
	called []rune // the name in full
}

// Reading is all that a text says in figures. Claims stand beside Figures; those of dates, ordinals and names are empty.
type Reading struct {
	Figures []Figure
	Claims  []Claim
	Sums    []Sum
}

// Read finds all figures of a text, what each statistic is about, and the arithmetic that the text itself offers. The time is
// linear in the length of the text.
func (v *Vocabulary) Read(text string, about About) Reading {
	page, words := newPage(text), lexicon()
	tokens := combine(words.lex(page, v.spelled))
	setApart(page, tokens)
	j := newJudge(page, tokens, words)
	r := Reading{Figures: j.figures()}
	c := &claimant{judge: j, scene: v.scene(page, tokens, r.Figures, about), scopes: scopes(), found: v.mentions(page), skip: map[int]int{}}
	for _, t := range tokens {
		if t.role == number && (t.quantity.kind == Date || t.quantity.kind == Ordinal) {
			c.skip[t.start] = t.end
		}
	}
	r.Claims = make([]Claim, len(r.Figures))
	for i, f := range r.Figures {
		if f.Kind.Statistic() {
			r.Claims[i] = c.claim(r.Figures, r.Claims, i)
		}
	}
	c.rows(r.Figures, r.Claims)
	r.Sums = c.sums(r.Figures, r.Claims)
	for _, s := range r.Sums {
		if claim := &r.Claims[s.Figure]; s.Kind == Difference || s.Kind == Growth {
			claim.Base, claim.Periods = r.Claims[s.Of[0]].Periods, r.Claims[s.Of[1]].Periods
		}
	}
	return r
}

// claimant finds what figures are about.
type claimant struct {
	*judge
	*scene
	scopes words
	found  []mention
	skip   map[int]int // dates and ordinals: from where to where
	lists  list
}

// claim is what the figure i says. claims are those of the figures before.
func (c *claimant) claim(figures []Figure, claims []Claim, i int) Claim {
	f := figures[i]
	claim := Claim{Unit: f.Unit}
	var areaSure, timeSure bool
	claim.Area, areaSure = c.place(f)
	claim.Periods, timeSure = c.periods(f)
	low := c.low(figures, i)
	c.name(figures, claims, i, low, &claim)
	where, when := c.aligned(figures, i, &claim)
	areaSure, timeSure = areaSure || where, timeSure || when
	if claim.Trust == Unnamed {
		return claim
	}
	behind := f.Sentence.Start // the last statistic before, whose scope is its own
	if k := c.previous(figures, i); k >= 0 && !c.tokens[f.token].linked {
		behind = min(figures[k].End, low)
	}
	c.scope(f, behind, &claim)
	if f.Kind == Change {
		c.since(f, &claim)
	}
	if f.Kind == Value && c.isBase(f) && !c.dated(f) { // 从65岁以上扩展到60岁: some time before
		timeSure = false
		if year, whole := yearOf(first(claim.Periods)); whole && year > 0 {
			claim.Periods = years(year - 1)
		}
	}
	if claim.Trust == Firm && (!areaSure || !timeSure || claim.Target || len(claim.Terms) > 1) {
		claim.Trust = Likely
	}
	return claim
}

// dated says whether a time stands between the word that opens the base f and f itself.
func (c *claimant) dated(f Figure) bool {
	for k := f.token - 1; k >= 0 && k > f.token-maxLook && c.tokens[k].start >= f.Clause.Start; k-- {
		t := c.tokens[k]
		if t.role&(from|compare|versus) != 0 {
			return false
		}
		if t.role&period != 0 || t.role == number && t.quantity.kind == Date {
			return true
		}
	}
	return false
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// low is where the words begin that lead to the figure i: behind the last statistic of its clause that is not of one
// enumeration with it.
func (c *claimant) low(figures []Figure, i int) int {
	low := figures[i].Clause.Start
	for k := i - 1; k >= 0 && figures[k].End > low; k-- {
		if figures[k].Kind.Statistic() && !c.tokens[figures[k+1].token].linked {
			return figures[k].End
		}
	}
	return low
}

// maxFar is how far before a figure its subject may have been named, in characters.
const maxFar = 600

// name finds what the figure i is about: the name that leads to it, the one right behind it, the one that its clause
// goes on with, or the words of one all around.
func (c *claimant) name(figures []Figure, claims []Claim, i, low int, claim *Claim) {
	f := figures[i]
	if i > 0 && c.tokens[f.token].linked && claims[i-1].Trust > Unnamed {
		claim.carry(claims[i-1])
		return
	}
	if m, ok := c.nameBefore(low, f.Start, f); ok {
		c.take(m, claim, Likely)
		beside := c.beside(f.Clause.Start, m.from, claim)
		switch claim.Close = c.plain(m.End, f.Start, claim); {
		case claim.Close && m.whole && beside:
			claim.Trust = Firm
		case !claim.Close && (m.End-m.from < 4 || c.strayed(m.End, f.Start)):
			claim.Trust = Loose
		}
		return
	}
	if m, ok := c.nameBehind(f); ok {
		c.take(m, claim, Likely)
		claim.Close = true
		return
	}
	if said := (Claim{}); c.plain(low, f.Start, &said) {
		if k := c.previous(figures, i); k >= 0 && claims[k].Trust > Unnamed && c.suits(claims[k].Terms, f) {
			claim.carry(claims[k])
			if claims[k].ownSex && f.Kind != Change {
				claim.Sex = ""
			}
			if said.Sex != "" {
				claim.Sex, claim.ownSex = said.Sex, true
			}
			if said.Calibre != "" {
				claim.Calibre = said.Calibre
			}
			return
		}
		if m, ok := c.nameBefore(f.Sentence.Start, low, f); ok && !c.numbered(figures, i, m.End) {
			c.take(m, claim, Likely)
			return
		}
	}
	if m, ok := c.nameAround(figures, i, low); ok {
		c.take(m, claim, Likely)
		return
	}
	if c.shortened(figures, claims, i, low, claim) {
		return
	}
	if m, ok := c.nameBefore(max(c.scene.line(f.Start).Start, f.Start-maxSpread), f.Start, f); ok {
		c.take(m, claim, Loose)
	} else if m, ok := c.nameBefore(max(0, f.Start-maxFar), f.Start, f); ok {
		c.take(m, claim, Loose)
		claim.Far = true
	}
}

func (c *claimant) take(m mention, claim *Claim, trust Trust) {
	claim.Name, claim.Trust, claim.called = m.Span, trust, c.full[m.name].words[0].text
	for _, t := range c.full[m.name].terms {
		claim.Terms = append(claim.Terms, c.terms[t].Code)
	}
}

// shortened finds the name that begins like that of the figure before and ends like what leads to this one:
// 户籍人口出生率12.59‰，死亡率6.84‰.
func (c *claimant) shortened(figures []Figure, claims []Claim, i, low int, claim *Claim) bool {
	k := c.previous(figures, i)
	to := figures[i].Start
	for to > low && c.around.at(c.page, to-1).role&linking != 0 {
		to--
	}
	from := to
	for from > low && isIdeograph(c.page.at(from-1)) {
		from--
	}
	if k < 0 || claims[k].Trust < Likely || to-from < 3 || to-from > 12 {
		return false
	}
	end, begin := c.page.folded[from:to], claims[k].called
	for _, n := range c.full {
		text := n.words[0].text
		if len(n.words) > 1 || len(text) < len(end)+2 || len(begin) < 2 || !slices.Equal(text[len(text)-len(end):], end) || !slices.Equal(text[:2], begin[:2]) {
			continue
		}
		if prefix := text[:len(text)-len(end)]; len(begin) >= len(prefix) && slices.Equal(begin[:len(prefix)], prefix) && !slices.Contains(claims[k].Terms, c.terms[n.terms[0]].Code) && suits(c.terms[n.terms[0]].Unit, figures[i]) {
			claim.Name, claim.Trust, claim.Close, claim.called = Span{from, to}, Likely, true, text
			for _, t := range n.terms {
				claim.Terms = append(claim.Terms, c.terms[t].Code)
			}
			return true
		}
	}
	return false
}

// carry takes over what a figure before was about.
func (c *Claim) carry(from Claim) {
	c.Terms, c.Name, c.Trust, c.Close, c.Sex, c.Calibre, c.called = from.Terms, from.Name, from.Trust, from.Close, from.Sex, from.Calibre, from.called
}

// nameBefore is the last name that ends in from..to and suits f, and of those that end together the longest.
func (c *claimant) nameBefore(from, to int, f Figure) (best mention, ok bool) {
	at, _ := slices.BinarySearchFunc(c.found, to+1, func(m mention, end int) int { return m.End - end })
	for k := at - 1; k >= 0 && c.found[k].End > from; k-- {
		m := c.found[k]
		if ok && m.End < best.End {
			break
		}
		if m.Start >= from && c.fits(m, f) && (!ok || c.full[m.name].length() > c.full[best.name].length()) {
			best, ok = m, true
		}
	}
	return best, ok
}

// nameBehind is the name of what f counts: 17家法律援助中心, 4000余个“母婴关爱室”.
func (c *claimant) nameBehind(f Figure) (best mention, ok bool) {
	if c.tokens[f.token].quantity.class&count == 0 {
		return best, false
	}
	from := f.End
	for strings.ContainsRune(" “\"的", c.page.at(from)) {
		from++
	}
	from = c.afterPlace(from)
	at, _ := slices.BinarySearchFunc(c.found, from, func(m mention, end int) int { return m.End - end })
	for k := at; k < len(c.found) && c.found[k].End <= from+maxSubject; k++ {
		if m := c.found[k]; m.Start == from && m.from >= f.Sentence.Start && c.fits(m, f) && (!ok || m.End > best.End) {
			best, ok = m, true
		}
	}
	return best, ok
}

// afterPlace is where the name of a known place at i ends, or i.
func (c *claimant) afterPlace(i int) int {
	for length := min(12, len(c.page.folded)-i); length > 1; length-- {
		if _, known := c.called[string(c.page.folded[i:i+length])]; known {
			return i + length
		}
	}
	return i
}

// nameAround is a name of several words, all of them between the figures before and behind i, or one word right in front of
// what is counted: 投入40亿元用于学前教育.
func (c *claimant) nameAround(figures []Figure, i, low int) (best mention, ok bool) {
	f := figures[i]
	high := f.Clause.End
	for k := i + 1; k < len(figures) && figures[k].Start < high; k++ {
		if figures[k].Kind.Statistic() {
			high = figures[k].Start
		}
	}
	at, _ := slices.BinarySearchFunc(c.found, f.End, func(m mention, end int) int { return m.End - end })
	for k := at; k < len(c.found) && c.found[k].End <= high; k++ {
		m := c.found[k]
		if !m.whole && m.from >= low && c.fits(m, f) && (!ok || c.full[m.name].length() > c.full[best.name].length()) {
			best, ok = m, true
		}
	}
	return best, ok
}

// previous is the last statistic of the sentence before i, or -1.
func (c *claimant) previous(figures []Figure, i int) int {
	for k := i - 1; k >= 0 && figures[k].Start >= figures[i].Sentence.Start; k-- {
		if figures[k].Kind.Statistic() {
			return k
		}
	}
	return -1
}

// numbered says whether a statistic stands between a name that ends at end and the figure i.
func (c *claimant) numbered(figures []Figure, i, end int) bool {
	k := c.previous(figures, i)
	return k >= 0 && figures[k].Start >= end
}

// linking are the words that may stand between a name and its number.
const linking = before | inside | after | link | up | down | differ | level | from | compare | same | compared | versus | area | period | join | space | dash | closing | plain | within

// plain says whether from..to holds only what may stand between a name and its number; it takes note of sex and calibre.
func (c *claimant) plain(from, to int, claim *Claim) bool {
	return c.strip(from, to, func(i int) int {
		if w := c.scopes.at(c.page, i); w.role&target != 0 {
			return len(w.text)
		}
		if w := c.around.at(c.page, i); w.role&linking&^plain != 0 || w.kind != "" {
			return max(len(w.text), c.aside(i, claim))
		}
		return c.aside(i, claim)
	}) >= to
}

// beside says whether from..to, what stands before the name in its clause, narrows nothing; it takes note of sex and calibre.
func (c *claimant) beside(from, to int, claim *Claim) bool {
	return c.strip(from, to, func(i int) int {
		if w := c.around.at(c.page, i); w.role&(area|period|join|link) != 0 || w.kind != "" {
			return max(len(w.text), c.aside(i, claim))
		}
		return c.aside(i, claim)
	}) >= to
}

// aside reads a word of sex or calibre at i and returns its length.
func (c *claimant) aside(i int, claim *Claim) int {
	if w := c.scopes.at(c.page, i); w.role&(male|female) != 0 {
		claim.Sex = map[bool]string{true: "1", false: "2"}[w.role&male != 0]
		return len(w.text)
	}
	for _, calibre := range c.calibres {
		for _, word := range calibre.Words {
			if text := []rune(word); c.page.has(i, text) {
				claim.Calibre = calibre.Code
				return len(text)
			}
		}
	}
	return 0
}

// strip passes over spaces, signs, dates, areas, short brackets, neutral words and what more says it may, from i on; it
// returns where it stops.
func (c *claimant) strip(i, to int, more func(int) int) int {
	if to-i > maxSpread {
		return i
	}
	for i < to {
		next := i
		switch r := c.page.at(i); {
		case c.skip[i] > i:
			next = c.skip[i]
		case strings.ContainsRune(" ,:;、。()[]“”\"\n\t|—-·•●■◆▪*#", r):
			next++
		default:
			if next = min(c.afterPlace(i), to); next == i {
				if w := c.scopes.at(c.page, i); w.role&neutral != 0 {
					next += len(w.text)
				}
				next = max(next, i+more(i))
			}
		}
		if next == i {
			return i
		}
		i = next
	}
	return i
}

// strayed says whether a clause ends or another noun that is counted begins in from..to.
func (c *claimant) strayed(from, to int) bool {
	return slices.ContainsFunc(c.page.folded[from:to], func(r rune) bool { return strings.ContainsRune(",;:。", r) }) || to-from > 20
}

// scope reads in the sentence whether f is a target, of one sex or calibre, or, from low on, of a part only.
func (c *claimant) scope(f Figure, low int, claim *Claim) {
	from, to := max(f.Sentence.Start, f.Start-maxSpread), min(f.Sentence.End, f.End+maxSpread)
	doubtful := false
	for i := from; i < to; i++ {
		if claim.Name.Start <= i && i < claim.Name.End || f.Start <= i && i < f.End {
			continue
		}
		if end := c.afterPlace(i); end > i { // 房山区 is no 山区
			i = end - 1
			continue
		}
		w := c.scopes.at(c.page, i)
		switch {
		case w.role&target != 0 && i >= f.Clause.Start && i < f.Clause.End:
			claim.Target = true
		case w.role&doubt != 0 && low <= i && i < f.Clause.End:
			doubtful = true
		}
		if w.role&(target|doubt) != 0 {
			i += len(w.text) - 1
		}
	}
	if len(claim.Periods) > 0 {
		if f.periodAt >= f.Sentence.Start && c.page.at(f.periodAt-1) == '到' && !isIdeograph(c.page.at(f.periodAt-2)) {
			claim.Target = true
		}
	}
	for _, calibre := range c.calibres { // 孕产妇死亡率（户籍）
		for _, word := range calibre.Words {
			if strings.Contains(string(c.page.folded[max(f.Clause.Start, from):f.Start]), word) {
				claim.Calibre = calibre.Code
			}
		}
	}
	if doubtful && claim.Trust == Firm {
		claim.Trust = Likely
	}
}

// since finds what a change is measured from: a time, or another place.
func (c *claimant) since(f Figure, claim *Claim) {
	year := c.year
	if len(claim.Periods) > 0 {
		year, _ = yearOf(claim.Periods[0])
	}
	switch f.Base {
	case "":
		if claim.Base = c.farBase(f, year); len(claim.Base) > 0 {
			return
		}
		if first, last := yearsOf(f.Period); last > first { // 2016—2018年提高
			claim.Base, claim.Periods = years(first), years(last)
		} else if year > 0 && f.periodAt >= f.Sentence.Start { // 2017年提高, since the year before
			claim.Base = years(year - 1)
		}
		claim.Trust = min(claim.Trust, Likely)
		return
	case "同比", "上年", "上年同期", "去年", "去年同期", "上年末", "上一年":
		claim.Base = years(max(year-1, 0))
		return
	}
	if claim.Base, _ = c.when(f.Base, "", year); len(claim.Base) > 0 {
		return
	}
	word := strings.Trim(f.Base, " 的平均水平")
	if at, known := c.called[word]; known {
		claim.Against = c.places[at].Code
	} else if len([]rune(word)) == 2 && strings.ContainsAny(placeEnds, lastRune(word)) {
		claim.Against = c.upTo(c.area, lastRune(word))
	}
}

// yearsOf are the two years of a span: 2016—2018年.
func yearsOf(word string) (first, last int) {
	if first, _ = yearOf(word); first == 0 {
		return 0, 0
	}
	if runes := []rune(word); len(runes) > 5 {
		last, _ = yearOf(string(runes[4:]))
	}
	return first, last
}

// farBase is since when a change is measured, if brackets stand between: 比2016年（11.05%）提高5.45个百分点.
func (c *claimant) farBase(f Figure, year int) []string {
	for k := f.token - 1; k > 0 && k > f.token-maxLook && c.tokens[k].start >= f.Sentence.Start; k-- {
		t := c.tokens[k]
		if t.role&(compare|versus) != 0 {
			found, _ := c.when(string(c.page.folded[t.end:min(t.end+8, f.Start)]), "", year)
			return found
		}
		if t.role&mark != 0 {
			return nil
		}
	}
	return nil
}

// fits says whether one of the terms that the mention names is measured in what f is.
func (c *claimant) fits(m mention, f Figure) bool {
	return slices.ContainsFunc(c.full[m.name].terms, func(t int) bool { return suits(c.terms[t].Unit, f) })
}

// suits is fits for the codes of terms.
func (c *claimant) suits(codes []string, f Figure) bool {
	return slices.ContainsFunc(c.terms, func(t Term) bool { return slices.Contains(codes, t.Code) && suits(t.Unit, f) })
}

// suits says whether what is measured in unit can be what f says: shares are no counts, and money is neither.
func suits(unit string, f Figure) bool {
	a, b := measureOf(unit), measureOf(f.Unit)
	return a == b || a == "" || b == "" || f.Kind == Ratio || f.Kind == Change && b == "share"
}

func measureOf(unit string) string {
	switch {
	case unit == "":
		return ""
	case strings.ContainsAny(unit, "%‰") || strings.HasPrefix(unit, "/") || strings.HasPrefix(unit, "1/") || strings.HasSuffix(unit, "分点"):
		return "share"
	case strings.Contains(unit, "元"):
		return "money"
	case unit == "岁" || unit == "周岁" || unit == "年":
		return "years"
	case strings.Contains(unit, "平方") || strings.Contains(unit, "㎡") || strings.HasPrefix(unit, "m"):
		return "room"
	case unit == "小时" || unit == "分钟" || unit == "天":
		return "time"
	}
	return "count"
}
