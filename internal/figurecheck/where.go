package figurecheck

// The place of a part of a text, by its title, the headings in its midst and the hand that signs it.

import (
	"slices"
	"strings"
)

// head is a line that names the place of what follows it, up to the next such line. code is "" if that is a place
// without data here, or the whole country.
type head struct {
	Span
	code string
}

// longTitle is how many characters a title may have.
const longTitle = 100

// settle finds what the text says of its place as a whole: in its title, in the headings in its midst, at its end. A
// text that says nothing is about nowhere, whatever this installation is of: only 全市 and 我区 mean its own.
func (s *scene) settle(tokens []token, figures []Figure) {
	root := ""
	if at := slices.IndexFunc(s.places, func(p Place) bool { return p.Above == "" }); at >= 0 {
		root = s.places[at].Code
	}
	if s.home = root; s.given {
		s.home = s.area
	}
	quiet := s.quiet(figures)
	body := s.title(tokens, quiet)
	if !s.given && s.home != "" && !s.fits(tokens) {
		s.area, s.home = "", ""
	}
	for at := body; at < len(s.text.folded); {
		line := s.line(at)
		at = line.End + 1
		if len := line.End - line.Start; len == 0 || len > maxSubject || !quiet(line) {
			continue
		}
		if code, kind := s.named(tokens, line, true); kind != noPlace {
			s.heads = append(s.heads, head{line, code})
		}
	}
	s.sole = s.embracing(tokens)
}

// quiet says of lines whether they hold no statistic, no full stop and no cells: then they may be headings.
func (s *scene) quiet(figures []Figure) func(Span) bool {
	return func(line Span) bool {
		at, _ := slices.BinarySearchFunc(figures, line.Start, func(f Figure, i int) int { return f.Start - i })
		for ; at < len(figures) && figures[at].Start < line.End; at++ {
			if figures[at].Kind.Statistic() {
				return false
			}
		}
		return !slices.ContainsFunc(s.text.folded[line.Start:max(line.End-1, line.Start)],
			func(r rune) bool { return strings.ContainsRune("。\t|", r) })
	}
}

// title reads the lines before the first paragraph, and the last ones where who wrote it signs. It returns where the
// first paragraph begins.
func (s *scene) title(tokens []token, quiet func(Span) bool) (body int) {
	decided := false
	decide := func(line Span) {
		code, kind := s.named(tokens, line, false)
		if kind == noPlace || decided {
			return
		}
		decided, s.titled = true, line
		if s.abroad = kind == strangePlace; !s.given {
			s.area, s.home = code, code
		}
	}
	for body < min(len(s.text.folded), front) {
		line := s.line(body)
		if line.End-line.Start > longTitle || !quiet(line) && !s.headline(line) {
			break
		}
		decide(line)
		body = line.End + 1
	}
	for n, at := 0, len(s.breaks)-1; n < 3 && at >= 0 && s.breaks[at] >= body; at-- {
		line := s.line(s.breaks[at] + 1)
		if line.Start == line.End {
			continue
		}
		if n++; line.End-line.Start > maxSubject || !quiet(line) {
			break
		}
		decide(line)
	}
	return body
}

// headline says whether the first line is one though a number stands in it: 东岭区参与率达17.2%.
func (s *scene) headline(line Span) bool {
	return line.Start == 0 && line.End < len(s.text.folded) && line.End <= maxSubject+maxSubject/2 &&
		!strings.ContainsAny(string(s.text.folded[:line.End]), ",;。:\t|")
}

// naming says what kind of place a heading names.
type naming int

const (
	noPlace naming = iota
	wholeCountry
	strangePlace // one without data here
	knownPlace
)

// named is the place that a heading names; code is "" if it is not a known one. In the midst of a text a strange place
// counts only where the heading begins: the heading 三、对口支援甲县 is about its own.
func (s *scene) named(tokens []token, line Span, midst bool) (code string, kind naming) {
	at, _ := slices.BinarySearchFunc(tokens, line.Start, func(t token, i int) int { return t.start - i })
	for ; at < len(tokens) && tokens[at].start < line.End; at++ {
		t := tokens[at]
		if t.role&area == 0 {
			continue
		}
		word := string(s.text.folded[t.start:t.end])
		place, there := s.called[word]
		switch {
		case there && !s.elsewhere(t.start):
			code, kind = s.places[place].Code, knownPlace
		case own(word):
			code, kind = s.upTo(s.home, lastRune(word)), knownPlace
		case word == "全国" || word == "我国":
			kind = max(kind, wholeCountry)
		case !midst || t.start == s.past(line.Start):
			kind = max(kind, strangePlace)
		}
		if kind == knownPlace {
			break
		}
	}
	end := s.stranger(line.Start, line.End)
	if end > 0 && (!midst || end-s.past(line.Start) <= 8 && kind != knownPlace) {
		return "", strangePlace
	}
	return code, kind
}

// past is where the words of a heading begin, behind its number.
func (s *scene) past(i int) int {
	for i < len(s.text.folded) && (strings.ContainsRune(" (第)、.章节部分:", s.text.at(i)) || isDigit(s.text.at(i)) ||
		chineseDigit(s.text.at(i)) >= 0 || chineseScale(s.text.at(i)) > 0) {
		i++
	}
	return i
}

// stranger is where the first unknown place in from..to ends, 0 if there is none.
func (s *scene) stranger(from, to int) int {
	if at, _ := slices.BinarySearch(s.foreign, from+1); at < len(s.foreign) && s.foreign[at] <= to {
		return s.foreign[at]
	}
	return 0
}

// own says whether a word means the place of whoever speaks: 全市, 我区, but not 全国.
func own(word string) bool {
	runes := []rune(word)
	return len(runes) == 2 && strings.ContainsRune("全我本", runes[0]) && strings.ContainsRune(placeEnds, runes[1])
}

// yours says whether a word means the place of whom the text is written to: 贵市, 你区.
func yours(word string) bool {
	runes := []rune(word)
	return len(runes) == 2 && strings.ContainsRune("你贵", runes[0]) && strings.ContainsRune(placeEnds, runes[1])
}

// fits says whether 全市, 我县 and the like of a text, taken together, can mean the place where it starts from.
func (s *scene) fits(tokens []token) bool {
	said := map[string]int{}
	for _, t := range tokens {
		word := string(s.text.folded[t.start:t.end])
		if t.role&area == 0 || !own(word) {
			continue
		}
		// 本区 behind 东河区 means that
		if at := s.here(0, t.start, lastRune(word)); at == "" || at == s.home || s.above(at) == "" {
			said[lastRune(word)]++
		}
	}
	fitting, other := 0, 0
	for end, n := range said {
		if s.upTo(s.home, end) != "" {
			fitting += n
		} else {
			other = max(other, n)
		}
	}
	return other <= fitting
}

func (s *scene) above(code string) string {
	if at, known := s.coded[code]; known {
		return s.places[at].Above
	}
	return ""
}

// embracing is the one place named in the text that holds all others named there; "" if there is none, or if an unknown
// place or the country is named too.
func (s *scene) embracing(tokens []token) string {
	codes := map[string]bool{}
	s.soleAt = len(s.text.folded)
	for _, x := range s.sites {
		s.soleAt = min(s.soleAt, x.at)
		codes[s.places[x.place].Code] = true
	}
	for _, t := range tokens {
		word := string(s.text.folded[t.start:t.end])
		if _, known := s.called[word]; t.role&area == 0 || known {
			continue
		} else if !own(word) {
			return ""
		}
		s.soleAt = min(s.soleAt, t.start)
		codes[s.upTo(s.home, lastRune(word))] = true
	}
	if len(s.foreign) > 0 {
		return ""
	}
	top := ""
	for code := range codes { // all of them lie in the highest, or there is none
		if n := len(s.chain(code)); top == "" || n < len(s.chain(top)) {
			top = code
		}
	}
	for code := range codes {
		if !slices.Contains(s.chain(code), top) {
			return ""
		}
	}
	return top
}

// chain is an area with those that it lies in, from itself up.
func (s *scene) chain(code string) (all []string) {
	for range s.places {
		if code == "" {
			break
		}
		all = append(all, code)
		code = s.above(code)
	}
	return all
}

func lastRune(word string) string { runes := []rune(word); return string(runes[len(runes)-1:]) }

// upTo is the area, or the nearest around it, whose name ends with so: 全市 in the report of a district means the city.
func (s *scene) upTo(code, end string) string {
	for range s.places {
		at, known := s.coded[code]
		if !known {
			return ""
		}
		if p := s.places[at]; len(p.Names) > 0 && strings.HasSuffix(p.Names[0], end) {
			return p.Code
		}
		code = s.places[at].Above
	}
	return ""
}

// ground is what words without a place are about at i: what the heading above says, else the whole text.
func (s *scene) ground(i int) (code string, from int, sure bool) {
	if at, _ := slices.BinarySearchFunc(s.heads, i, func(h head, i int) int { return h.Start - i }); at > 0 {
		h := s.heads[at-1]
		if h.code == "" && s.given {
			return s.area, h.Start, false
		}
		return h.code, h.Start, h.code != ""
	}
	return s.area, 0, s.area != "" && !s.abroad
}

// place is the code of the area of f, "" if it is not known; sure unless it is only carried from somewhere else.
func (s *scene) place(f Figure) (code string, sure bool) {
	line := s.line(f.Start)
	inLine := f.Area != "" && f.areaAt >= line.Start
	if f.Area != "" && s.elsewhere(f.areaAt) || s.strange(f.Sentence.Start, f.Start) &&
		(!inLine || s.strange(f.areaAt, f.Start)) {
		return "", false
	}
	afar := s.strange(line.Start, f.Start) && (!inLine || s.strange(f.areaAt, f.Start))
	ground, from, sure := s.ground(f.Start)
	top := ground
	if top == "" {
		top = s.sole
	}
	at, known := s.called[f.Area]
	switch {
	case f.Area == "" || f.areaAt < from:
		return ground, sure && !afar
	case known && !inLine && s.paragraph(f.areaAt): // a place of a paragraph before, no heading
		if top == "" {
			return s.places[at].Code, false
		}
		return top, s.places[at].Code == top && !afar
	case known:
		code = s.places[at].Code
	case yours(f.Area):
		code = s.addressed(line, f, lastRune(f.Area))
	case own(f.Area) && s.toYou(line.Start, f.Start): // 贵市提供的全市数
		return "", false
	case own(f.Area):
		said := f.Start // 全区…，与南屏区差4个百分点。…: it was said before that
		if inLine {
			said = f.areaAt
		}
		if code = s.here(line.Start, said, lastRune(f.Area)); (s.abroad || ground == "" && from > 0) && s.given {
			return code, false
		}
	}
	if inLine && f.areaAt < f.Sentence.Start && ground != "" && code != ground &&
		s.happened(f.areaAt, f.Sentence.Start) {
		return code, false
	}
	switch {
	case inLine || code == top:
		return code, code != "" && !afar
	case code == "" && ground != "": // 全国 of a paragraph above
		return ground, false
	}
	return code, false
}

// happened says whether the sentence of the place at i, which ends before to, tells of a meeting or the like there.
func (s *scene) happened(i, to int) bool {
	sentence, _, _ := strings.Cut(string(s.text.folded[i:min(to, i+maxSpread)]), "。")
	return event.MatchString(sentence)
}

// addressed is the place that 你区 means: the last of its kind in the line, 大兴区妇儿工委：你区, or the one that the
// heading names or the text was given; "" if none tells.
func (s *scene) addressed(line Span, f Figure, end string) string {
	sites := s.kinds[end]
	at, _ := slices.BinarySearchFunc(sites, f.Start, func(x site, to int) int { return x.at - to })
	if at > 0 && sites[at-1].at >= line.Start {
		return s.places[sites[at-1].place].Code
	}
	if ground, from, _ := s.ground(f.Start); (from > 0 || s.given) && s.upTo(ground, end) == ground {
		return ground
	}
	// 致东岭区的反馈函
	if at == 1 && s.titled.Start <= sites[0].at && sites[0].at < s.titled.End {
		return s.places[sites[0].place].Code
	}
	return ""
}

// toYou says whether the place of whom the text is written to is named in from..to.
func (s *scene) toYou(from, to int) bool {
	at, _ := slices.BinarySearch(s.yours, from)
	return at < len(s.yours) && s.yours[at] < to
}

// placeless says whether the words around f leave its place open, rather than name one that is not known.
func (s *scene) placeless(f Figure) bool {
	_, known := s.called[f.Area]
	above := f.areaAt < s.line(f.Start).Start && (f.Area == "全国" || f.Area == "我国")
	return !s.strange(f.Sentence.Start, f.Start) && (f.Area == "" || known || own(f.Area) || above)
}

// paragraph says whether i stands in a line too long for a heading, or in one with a full stop.
func (s *scene) paragraph(i int) bool {
	line := s.line(i)
	return line.End-line.Start > maxSubject || slices.Contains(s.text.folded[line.Start:line.End], '。')
}

// here is the last place in from..to whose name ends with so, else that of the heading or of the whole text, or the
// one around it: 东河区汇报，本区…. A strange place of the kind stands in the way.
func (s *scene) here(from, to int, end string) string {
	strange := 0
	if at, _ := slices.BinarySearch(s.strangers[end], to+1); at > 0 && s.strangers[end][at-1] > from {
		strange = s.strangers[end][at-1]
	}
	sites := s.kinds[end]
	at, _ := slices.BinarySearchFunc(sites, to, func(x site, to int) int { return x.at - to })
	if at > 0 && sites[at-1].at >= max(from, strange) {
		return s.places[sites[at-1].place].Code
	}
	if ground, under, _ := s.ground(to); under > 0 || strange > 0 {
		if strange > 0 {
			return ""
		}
		return s.upTo(ground, end)
	}
	return s.upTo(s.home, end)
}
