package figurecheck

// What each statistic says about what, where and when, and how well the words say so. Whether it is true is package
// check's.

import (
	"context"
	"slices"
	"strings"
	"unicode"
)

// Trust says how well the words around a figure say what it is about.
type Trust int8

const (
	Unnamed Trust = iota // nothing says it
	Loose                // a name is near
	Likely               // the name leads to the number, but other words stand between or beside
	Firm                 // the words leave no doubt: a number that differs is wrong
)

// Claim is what a statistic says about what: an indicator or standard in an area and a period. Whether it is true is
// for those to say who have the data.
type Claim struct {
	Terms   []string // codes that share the name, in the order of the vocabulary
	Name    Span     // what names it; for carried names that of an earlier figure
	Trust   Trust
	Area    string   // code; "" if the text speaks of no known area
	Periods []string // codes such as 2018, 2018-11; the likeliest first
	more    *more    // what few figures say
	Sex     string   // 1 male, 2 female, as GB/T 2261.1; "" for all
	Calibre string   // code; "" if the text does not say
	Unit    string   // of the figure, or from the head of its table
	Scale   int      // 8 where the head of the table says 亿: the number is to be taken so many powers of ten higher
	// What told the area and the period, unless the figure's own words do.
	AreaFrom, PeriodFrom *Origin
	// Placeless: no words say where, and nobody else did.
	Placeless bool
	called    int32 // the name, counted from 1; 0 if there is none
	Falls     bool  // and what its cells tell is how much it fell
	Change    bool  // a change that only the head of its column calls so: the figure's own kind is a value
	Far       bool  // the name stands in another line: it may be about something else altogether
	Target    bool  // what is to be reached, not what was
	Ahead     bool  // it stands in a part that tells of what is to be
	Close     bool  // nothing stands between the name and the number
	Complete  bool  // other words say all of the name
	Vouched   bool  // figures beside it leave no doubt what it is about: set by who has the data
	Doubts    Doubt // what keeps it from being Firm
	ownSex    bool  // said for this figure alone
	named     Trust // what the words that name it are worth, whatever they say of place and time
	bare      bool  // nothing but a place leads to the number
	partly    bool  // words beside the name may narrow it
	doubtful  bool  // of a part, a sample or somebody else, perhaps
	adrift    bool  // its area was told of another measure, with others
	guessed   bool  // no words say what the change is measured from: Base is the usual
}

// Doubt is what the words leave open of a claim that is not Firm.
type Doubt uint8

const (
	OfName  Doubt = 1 << iota // what it is about
	OfArea                    // where
	OfTime                    // when
	OfBase                    // since when a change is
	OfPart                    // whether other words narrow what it is about
	OfScope                   // whether it is of all
	OfPlan                    // whether it is what was, or what is to be
)

// more is what only some claims say: most figures of a long text are no changes and of one area.
type more struct {
	base, also []string
	against    string
}

// Base are, of a change, the periods since when.
func (c Claim) Base() []string { return c.less().base }

// Also are the codes of other areas of which the same is said: 甲区、乙区均为93.9%.
func (c Claim) Also() []string { return c.less().also }

// Against is the code of the area that a difference is measured from.
func (c Claim) Against() string { return c.less().against }

func (c Claim) less() more {
	if c.more == nil {
		return more{}
	}
	return *c.more
}

// since says since when the change is; other claims that share what this one says are not changed.
func (c *Claim) since(base []string) {
	m := c.less()
	m.base = base
	c.more = &m
}

// Reading is all that a text says in figures. Claims stand beside Figures; those of dates, ordinals and names are
// empty.
type Reading struct {
	Figures []Figure
	Claims  []Claim
	Sums    []Sum
}

// often is after how many steps of a long loop it is asked whether to go on.
const often = 4096

// Read finds all figures of a text, what each statistic is about, and the arithmetic that the text itself offers. The
// time is linear in the length of the text; it stops when ctx does.
func (v *Vocabulary) Read(ctx context.Context, text string, about About) (Reading, error) {
	return v.readPage(ctx, newPage(text), about)
}

func (v *Vocabulary) readPage(ctx context.Context, page *page, about About) (Reading, error) {
	words := lexicon()
	if err := page.layTables(ctx, words.units); err != nil {
		return Reading{}, err
	}
	tokens, err := words.lex(ctx, page, v.spellings)
	if err != nil {
		return Reading{}, err
	}
	tokens = slices.Clone(combine(tokens)) // without the room that was left: figures need it
	setApart(page, tokens)
	setAside(page, tokens)
	share(tokens)
	j := newJudge(page, tokens, words)
	r := Reading{Figures: j.figures()}
	c := &claimant{judge: j, scene: v.scene(page, tokens, r.Figures, about), scopes: scopes(),
		found: v.mentions(page)}
	c.findLimits()
	r.Claims = make([]Claim, len(r.Figures))
	for i, f := range r.Figures {
		if i%often == 0 && ctx.Err() != nil {
			return Reading{}, ctx.Err()
		}
		if f.Kind.Statistic() {
			r.Claims[i] = c.claim(r.Figures, r.Claims, i)
		}
	}
	if err := c.rows(ctx, r.Figures, r.Claims); err != nil {
		return Reading{}, err
	}
	c.origins(r.Figures, r.Claims)
	for i := range r.Claims {
		r.Claims[i].Placeless = r.Claims[i].Placeless && r.Claims[i].Area == ""
	}
	r.Sums = append(c.sums(r.Figures, r.Claims), c.tableSums(r.Figures, r.Claims)...)
	for i, claim := range r.Claims { // said by the head of a table
		if f := &r.Figures[i]; f.Unit == "" && f.Kind != Ratio && claim.Unit != "" {
			f.Unit = map[int]string{4: "万", 8: "亿"}[claim.Scale] + claim.Unit
		}
	}
	for _, s := range r.Sums {
		if claim := &r.Claims[s.Figure]; s.Kind == Difference || s.Kind == Growth {
			claim.since(r.Claims[s.Of[0]].Periods)
			claim.Periods = r.Claims[s.Of[1]].Periods
		}
	}
	return r, ctx.Err()
}

// claimant finds what figures are about.
type claimant struct {
	*judge
	*scene
	scopes words
	found  []mention
	lists  list
	limits []limit // words that say of a target or a part, in order
	stood  []int   // room for unmarked
}

// claim is what the figure i says. claims are those of the figures before.
func (c *claimant) claim(figures []Figure, claims []Claim, i int) Claim {
	f := figures[i]
	claim := Claim{Unit: f.Unit}
	var areaSure, timeSure bool
	claim.Area, areaSure = c.place(f)
	claim.Placeless = claim.Area == "" && c.placeless(f)
	claim.Periods, timeSure = c.periods(f)
	low := c.low(figures, i)
	c.name(figures, claims, i, low, &claim)
	claim.named = claim.Trust
	where, when := c.aligned(figures, claims, i, &claim)
	areaSure, timeSure = areaSure || where, timeSure || when
	if claim.Trust > Unnamed && c.averaged(f, low, claim) {
		claim.Terms, claim.Name, claim.Trust = nil, Span{}, Unnamed
	}
	if claim.Trust == Unnamed {
		return claim
	}
	named := claim.Trust
	c.sexCounted(figures, i, &claim)
	if claim.adrift = c.leftBehind(figures, claims, i, claim); claim.adrift {
		areaSure = false
		if ground, _, sure := c.ground(f.Start); sure {
			claim.Area = ground
		}
	}
	opening := f.Start // where the first statistic of the sentence stands: what is said before it is said of all
	for k := i - 1; k >= 0 && k > i-maxLook && figures[k].Start >= f.Sentence.Start; k-- {
		if figures[k].Kind.Statistic() {
			opening = figures[k].Start
		}
	}
	c.scope(f, opening, low, &claim)
	if f.Kind == Change {
		c.changed(figures, claims, i, &claim)
	}
	if also := c.alike(figures, i, claim.Area); len(also) > 0 {
		m := claim.less()
		m.also = also
		if claim.more = &m; !c.ofEach(f) && claim.Trust == Firm {
			claim.Trust = Likely
		}
	}
	if f.Kind == Value {
		timeSure = c.ends(f, &claim, timeSure)
	}
	if claim.Trust == Firm && (claim.partly || !areaSure || !timeSure || claim.Target || c.ofSome(figures, i, claim)) {
		claim.Trust = Likely
	}
	claim.Doubts = c.doubts(named, areaSure, timeSure, claim)
	if c.ofSome(figures, i, claim) || len(claim.Also()) > 0 {
		claim.Doubts |= OfScope
	}
	if k := c.previous(figures, i); k >= 0 && f.Kind == Change && claims[k].Target { // 要求达到6个，差3.3个
		claim.Doubts |= OfPlan
	}
	return claim
}

// doubts are what keeps the claim from being Firm.
func (c *claimant) doubts(named Trust, area, time bool, claim Claim) (all Doubt) {
	for _, one := range [...]struct {
		is bool
		of Doubt
	}{
		{named < Firm, OfName}, {!area, OfArea}, {!time, OfTime}, {claim.guessed, OfBase},
		{claim.partly || named < Likely, OfPart},
		{claim.doubtful || claim.adrift || named < Likely && !claim.bare, OfScope},
		{claim.Target || claim.Ahead, OfPlan},
	} {
		if one.is {
			all |= one.of
		}
	}
	return all
}

// leftBehind says whether the area of the figure i is only the last of several that the measure before it was told of:
// 甲区90%，乙区80%；另一率为70% is of neither, perhaps.
func (c *claimant) leftBehind(figures []Figure, claims []Claim, i int, claim Claim) bool {
	line := c.scene.line(figures[i].Start).Start
	before := func(i int) int { // the value before it in its line
		k := i - 1
		for k >= 0 && i-k < maxLook && figures[k].Start >= line && figures[k].Kind != Value {
			k--
		}
		if k < 0 || i-k >= maxLook || figures[k].Start < line {
			return -1
		}
		return k
	}
	k := before(i)
	switch {
	case k < 1 || figures[i].areaAt >= figures[k].End:
		return false
	case claims[k].adrift && figures[k].areaAt == figures[i].areaAt:
		return true
	case slices.Equal(claims[k].Terms, claim.Terms) || claim.Name.Start < figures[k].End:
		return false
	}
	j := before(k)
	return j >= 0 && claims[k].Area == claim.Area && claims[j].Area != claims[k].Area &&
		slices.Equal(claims[j].Terms, claims[k].Terms)
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
	low, next := figures[i].Clause.Start, i // the statistic behind figures[k]
	for k := i - 1; k >= 0 && k > i-maxLook && figures[k].End > low; k-- {
		if !figures[k].Kind.Statistic() {
			continue
		}
		if !c.tokens[figures[next].token].linked {
			return figures[k].End
		}
		next = k
	}
	return low
}

// linking are the words that may stand between a name and its number.
const linking = before | inside | after | link | up | down | differ | level | from | compare | same |
	compared | versus | area | period | join | space | dash | closing | within

// plain says whether from..to holds only what may stand between a name and its number; it takes note of sex and
// calibre.
func (c *claimant) plain(from, to int, claim *Claim) bool {
	return c.strip(from, to, func(i int) int {
		if w := c.scopes.at(c.page, i); w.role&target != 0 {
			return len(w.text)
		}
		if w := c.around.at(c.page, i); w.role&linking != 0 || w.kind != "" {
			return max(len(w.text), c.aside(i, claim))
		}
		return c.aside(i, claim)
	}) >= to
}

// beside says whether from..to, what stands before the name in its clause, narrows nothing; it takes note of sex and
// calibre.
func (c *claimant) beside(from, to int, claim *Claim) bool {
	said := *claim
	nothing := c.strip(from, to, func(i int) int {
		if w := c.around.at(c.page, i); w.role&(area|period|join|link) != 0 || w.kind != "" {
			return max(len(w.text), c.aside(i, &said))
		}
		return c.aside(i, &said)
	}) >= to
	if nothing { // else it may be the beginning of another name: 女性健康档案建档率
		claim.Sex, claim.Calibre = said.Sex, said.Calibre
	}
	return nothing
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
		case c.passed(i) > i:
			next = c.passed(i)
		case c.sentBy(i) > i:
			next = c.sentBy(i)
		case c.page.written[i] == '【':
			next = c.labelled(i)
		case strings.ContainsRune(" ,:;、。()[]“”\"\n\t|—-·•●■◆▪*#☆★○◎◇□△▲►▶➢✓√※→", r),
			unicode.Is(unicode.So, r), r == 0xFE0F: // signs before an item
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
	return slices.ContainsFunc(c.page.folded[from:to],
		func(r rune) bool { return strings.ContainsRune(",;:。", r) }) || to-from > 20
}
