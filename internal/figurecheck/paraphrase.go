package figurecheck

// Names that are said in other words: 女校长占38.5%, 母婴室配齐了83.2%. Such a name may agree and never contradicts by
// itself. Words are held against names by the things that
// both speak of (concepts.go): one name alone has to have all of those that are said. Names in their own words are
// name.go's, those of which a part is said ellipsis.go's.

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// meaning is what a name speaks of.
type meaning struct {
	name   int // among the full names
	things []concept
	weight int
}

// meanings are those of all names, by the things they speak of.
type meanings struct {
	all   []meaning
	of    map[concept][]int
	heavy map[concept]int // how much a thing tells of which name is meant
}

// understand takes the vocabulary's names apart.
func (v *Vocabulary) understand() {
	m := meanings{of: map[concept][]int{}, heavy: map[concept]int{}}
	told := map[concept]map[int]bool{} // which terms have it
	words := concepts()
	for i, n := range v.full {
		if len(n.words) != 1 {
			continue
		}
		things := words.apart([]rune(spare.Replace(string(n.words[0].text))))
		if len(things) == 0 {
			continue
		}
		for _, thing := range things {
			if told[thing] == nil {
				told[thing] = map[int]bool{}
			}
			told[thing][n.terms[0]] = true
			m.of[thing] = append(m.of[thing], len(m.all))
		}
		m.all = append(m.all, meaning{name: i, things: things})
	}
	for thing, terms := range told {
		m.heavy[thing] = weightOf(thing, len(terms))
	}
	for i, one := range m.all {
		for _, thing := range one.things {
			m.all[i].weight += m.heavy[thing]
		}
	}
	v.meanings = m
}

// weightOf is how much a thing tells that so many terms speak of: the fewer, the more. A character tells less.
func weightOf(thing concept, terms int) int {
	weight := 12
	for ; terms > 1 && weight > 2; terms /= 2 {
		weight -= 2
	}
	if thing < 0 {
		return weight / 3
	}
	return weight
}

// spokenOf is a word of the text with the things that it stands for.
type spokenOf struct {
	Span
	things []concept
}

// says are the words in from..to that say anything, in order: not dates, places and words that only lead to a number.
func (c *claimant) says(from, to int) (all []spokenOf) {
	for i := from; i < to; {
		w := c.saidAt(i, to)
		if len(w.things) > 0 {
			all = append(all, w)
		}
		i = w.End
	}
	return all
}

// saidRoom is how many places are kept of which is known what is said there: the figures of one sentence ask for the
// same words again and again.
const saidRoom = 1 << 12

// saidAt is the word at i that ends before to, or what is passed over there: then without things.
func (c *claimant) saidAt(i, to int) spokenOf {
	if c.said == nil {
		c.said = make([]spokenOf, saidRoom)
	}
	known := &c.said[i%saidRoom]
	if known.End == 0 || known.Start != i {
		*known = c.wordAt(i, len(c.folded))
	}
	if known.End > to {
		return c.wordAt(i, to)
	}
	return *known
}

func (c *claimant) wordAt(i, to int) spokenOf {
	c.page.steps++
	c.page.worded++
	p, found := concepts().at(c.folded[:to], i)
	next := max(c.passed(i), c.afterPlace(i))
	if w := c.scopes.at(c.page, i); w.role&neutral != 0 {
		next = max(next, i+len(w.text))
	}
	if w := c.around.at(c.page, i); w.role&linking != 0 {
		next = max(next, i+len(w.text))
	}
	switch r := c.page.at(i); {
	case found && i+p.length >= next:
		return spokenOf{Span{i, i + p.length}, p.concepts}
	case next > i:
		return spokenOf{Span{i, next}, nil}
	case isIdeograph(r):
		return spokenOf{Span{i, i + 1}, []concept{concept(-r)}}
	}
	return spokenOf{Span{i, i + 1}, nil}
}

// toldBefore are the words of the line before; near is where those right before begin.
type toldBefore struct {
	words []spokenOf
	near  int
}

// has says whether one of the words from there on stands for the thing.
func (t toldBefore) has(thing concept, from int) bool {
	return slices.ContainsFunc(t.words, func(w spokenOf) bool {
		return w.Start >= from && slices.Contains(w.things, thing)
	})
}

// sexed says whether one of the words from there on is of a sex that the things do not speak of.
func (t toldBefore) sexed(things []concept, from int) bool {
	return slices.ContainsFunc(t.words, func(w spokenOf) bool {
		return w.Start >= from && sexes()[w.things[0]] != "" && !slices.Contains(things, w.things[0])
	})
}

// candidate is a name that the words may mean.
type candidate struct {
	meaning
	covered  int // weight of what the words say of it
	near     int // and the words right before
	missing  int // of what neither they nor any of the line before say
	narrowed bool
	sex      string // that the words say beside it
}

// paraphrased finds the one name that has all the things of which the words from low to f speak, or those right behind
// f, or, of a share, the words of what was counted right before.
func (c *claimant) paraphrased(figures []Figure, i, low int, claim *Claim) bool {
	f, k := figures[i], c.previous(figures, i)
	words := c.says(max(low, f.Start-maxSpread/2), f.Start)
	share := len(words) == 0 && c.sharesBefore(figures, k, f)
	switch {
	case share:
		low = max(c.opens(figures[k].Start), c.low(figures, k))
		words = c.says(max(low, figures[k].Start-maxSpread/2), figures[k].Start)
	case len(words) == 0 && f.Kind == Value && c.tokens[f.token].quantity.class&count != 0:
		words = c.says(f.End, c.upToNext(figures, i))
		slices.Reverse(words)
	}
	if len(words) == 0 {
		return false
	}
	before := toldBefore{near: c.opens(low - 1)}
	if k >= 0 {
		before.near = min(before.near, c.opens(figures[k].Start))
	}
	before.words = c.says(max(c.scene.line(f.Start).Start, f.Start-2*maxSpread), low)
	best, alike := c.meantBy(words, before, f)
	if best.covered == 0 {
		return false
	}
	at := Span{words[0].Start, words[len(words)-1].End}
	if at.Start > at.End {
		at = Span{words[len(words)-1].Start, words[0].End}
	}
	c.take(mention{Span: at, name: best.name, from: at.Start, whole: true}, claim, Likely)
	for _, name := range alike {
		for _, term := range c.full[name].terms {
			if code := c.terms[term].Code; !slices.Contains(claim.Terms, code) {
				claim.Terms = append(claim.Terms, code)
			}
		}
	}
	if best.sex != "" {
		claim.Sex, claim.ownSex = best.sex, true
	}
	claim.Close, claim.Complete = true, !best.narrowed && 5*best.missing <= best.weight
	claim.partly = claim.partly || !claim.Complete || claim.Sex == "" && before.sexed(best.things, f.Sentence.Start)
	return true
}

// sharesBefore says whether f is called the share of what figure k counts right before it: 女校长165人，占38.5%.
func (c *claimant) sharesBefore(figures []Figure, k int, f Figure) bool {
	return k >= 0 && f.Kind == Value && measureOf(f.Unit) == "share" && f.Start-figures[k].End < 8 &&
		c.amount(figures, k) && slices.Contains(c.folded[figures[k].End:f.Start], '占')
}

// meantBy is the one name that the words mean, and others that say just the same; nothing is covered if there is none,
// or more than one.
func (c *claimant) meantBy(words []spokenOf, before toldBefore, f Figure) (best candidate, alike []int) {
	second := candidate{}
	for _, at := range c.candidates(words) {
		one, fits := c.weigh(c.meanings.all[at], words, before, f)
		if !fits {
			continue
		}
		off, same := better(one, best), c.sameTerms(one.name, best.name)
		wider := same && len(c.full[one.name].terms) > len(c.full[best.name].terms)
		switch {
		case best.covered == 0 || off > 0 || off == 0 && wider:
			if best.covered > 0 && !same {
				second = best
			}
			best, alike = one, nil
		case off == 0 && one.weight == best.weight && one.missing == 0 && sameThings(one, best):
			alike = append(alike, one.name)
		case !same && (second.covered == 0 || better(one, second) > 0):
			second = one
		}
	}
	if second.covered == best.covered && (best.missing > 0 || second.missing == 0 && second.near == best.near) {
		return candidate{}, nil
	}
	return best, alike
}

// upToNext is where the words end that may say what figure i counts, behind it.
func (c *claimant) upToNext(figures []Figure, i int) int {
	end := min(figures[i].Clause.End, figures[i].End+maxSubject/2)
	for k := i + 1; k < len(figures) && figures[k].Start < end; k++ {
		if figures[k].Kind.Statistic() {
			end = figures[k].Start
		}
	}
	return max(end, figures[i].End)
}

// sexes are the words of sex as things.
var sexes = sync.OnceValue(func() map[concept]string {
	of := map[concept]string{}
	for word, sex := range map[string]string{"男性": "1", "女性": "2"} {
		if p, found := concepts().at([]rune(word), 0); found {
			of[p.concepts[0]] = sex
		}
	}
	return of
})

// strangers says whether the words in from..to speak of anything that the name does not; only of known things if so
// asked.
func (c *claimant) strangers(from, to, name int, known bool) bool {
	var things []concept
	for _, word := range c.full[name].words {
		things = append(things, concepts().apart(word.text)...)
	}
	for _, term := range c.full[name].terms {
		things = append(things, concepts().apart([]rune(c.terms[term].Names[0]))...)
	}
	return slices.ContainsFunc(c.says(from, to), func(w spokenOf) bool {
		return slices.ContainsFunc(w.things, func(thing concept) bool {
			return sexes()[thing] == "" && (thing > 0 || !known) && !slices.Contains(things, thing)
		})
	})
}

// sameTerms says whether two names may name the same.
func (c *claimant) sameTerms(a, b int) bool {
	return slices.ContainsFunc(c.full[a].terms, func(t int) bool { return slices.Contains(c.full[b].terms, t) })
}

// sameThings says whether two names speak of the same.
func sameThings(a, b candidate) bool {
	return !slices.ContainsFunc(a.things, func(thing concept) bool { return !slices.Contains(b.things, thing) })
}

// better compares what is said of two names, then what is missing.
func better(a, b candidate) int {
	return cmp.Or(a.covered-b.covered, b.missing-a.missing, a.near-b.near)
}

// candidates are the names that speak of one of the things, each once.
func (c *claimant) candidates(words []spokenOf) (all []int) {
	seen := map[int]bool{}
	for _, word := range words {
		for _, thing := range word.things {
			for _, at := range c.meanings.of[thing] {
				c.page.steps++
				if thing > 0 && !seen[at] {
					seen[at] = true
					all = append(all, at)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

// weigh holds the words against what a name speaks of, from the number on backwards up to the first that it does not.
func (c *claimant) weigh(m meaning, words []spokenOf, before toldBefore, f Figure) (one candidate, fits bool) {
	if !c.fits(mention{name: m.name}, f) {
		return one, false
	}
	one.meaning = m
	said := map[concept]bool{}
	for _, word := range slices.Backward(words) {
		if sex := sexes()[word.things[0]]; sex != "" && !slices.Contains(m.things, word.things[0]) {
			one.sex = sex
			continue
		}
		if slices.ContainsFunc(word.things, func(thing concept) bool { return !slices.Contains(m.things, thing) }) {
			one.narrowed = true
			break
		}
		for _, thing := range word.things {
			said[thing] = true
		}
	}
	heaviest := 0
	for _, thing := range m.things {
		switch weight := c.meanings.heavy[thing]; {
		case said[thing]:
			one.covered += weight
			if thing > 0 {
				heaviest = max(heaviest, weight)
			}
		case !before.has(thing, 0):
			one.missing += weight
		case before.has(thing, before.near):
			one.near += weight
		}
	}
	return one, heaviest > 0
}

// sexCounted gives a rate the sex of those that are counted right before it: 劳动年龄女性93万人，就业率83.8%.
func (c *claimant) sexCounted(figures []Figure, i int, claim *Claim) {
	f, k := figures[i], c.previous(figures, i)
	if claim.Sex != "" || f.Kind != Value || f.Unit != "%" || k < 0 || f.Start-figures[k].End > maxSubject/2 ||
		!c.amount(figures, k) || !strings.Contains(" 人 名 位 ", " "+figures[k].Unit+" ") {
		return
	}
	called := concepts().apart(c.calls(*claim))
	sex := ""
	for _, word := range c.says(max(c.low(figures, k), figures[k].Start-maxSubject), f.Start) {
		for _, thing := range word.things {
			if slices.Contains(called, thing) && sexes()[thing] != "" {
				return
			}
			sex = cmp.Or(sexes()[thing], sex)
		}
	}
	if sex != "" && !strings.ContainsRune(string(c.folded[figures[k].End:f.Start]), '占') {
		claim.Sex, claim.ownSex = sex, true
	}
}
