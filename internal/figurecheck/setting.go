package figurecheck

import (
	"slices"
	"strings"
)

// About is what is known of a text beside its words. Area "" and Year 0 leave it to the title and the first words.
type About struct {
	Area string
	Year int
}

// scene is where and when a text plays.
type scene struct {
	*Vocabulary
	text    *page
	area    string // code, "" if the text is about a place that is not known
	year    int    // that it tells of, 0 if it does not say
	written int    // when it was written, 0 if it does not say
	foreign []int  // where places end that are not known
	breaks  []int  // where lines end
	sites   []site // where known places are named
	dated   Span   // the line that gives the year
	// outlooks are the parts that tell of what is to be.
	outlooks []Span
}

// site is where a known place is named.
type site struct{ at, place int }

// head is how much of a text may hold its title and its date.
const head, tail = 400, 200

func (v *Vocabulary) scene(p *page, tokens []token, figures []Figure, about About) *scene {
	s := &scene{Vocabulary: v, text: p, area: about.Area, year: about.Year}
	for i, r := range p.folded {
		if r == '\n' {
			s.breaks = append(s.breaks, i)
		}
	}
	s.findForeign()
	s.findOutlooks()
	for _, t := range tokens {
		if at, known := s.called[string(p.folded[t.start:t.end])]; known && t.role&area != 0 && !s.elsewhere(t.start) {
			s.sites = append(s.sites, site{t.start, at})
		}
	}
	s.date(figures)
	if s.area == "" {
		s.area = s.guessArea(tokens)
	}
	return s
}

// date finds the year that the text tells of, and the year in which it was written.
func (s *scene) date(figures []Figure) {
	line := Span{-1, -1}
	for _, f := range figures {
		if f.Kind != Date || f.Value == "" || f.Start > head && f.End < len(s.text.folded)-tail {
			continue
		}
		year, whole := yearOf(f.Text)
		switch {
		case year == 0:
		// the yearbook of 2018 tells of 2017
		case strings.ContainsAny(f.Text, "月日-./") || strings.ContainsRune("卷版", s.text.at(f.End)):
			s.written = max(s.written, year)
		case f.Start < head && line.Start < 0 && whole:
			if line = s.line(f.Start); s.year == 0 {
				s.year = year
			}
			s.written = max(s.written, year)
		case line.Start <= f.Start && f.Start < line.End:
			s.written = max(s.written, year)
		}
	}
	s.dated = line
}

// line is the line of the text around i.
func (s *scene) line(i int) Span {
	at, _ := slices.BinarySearch(s.breaks, i)
	line := Span{0, len(s.text.folded)}
	if at > 0 {
		line.Start = s.breaks[at-1] + 1
	}
	if at < len(s.breaks) {
		line.End = s.breaks[at]
	}
	return line
}

const placeEnds = "省市县区州旗"

// common are the characters before 区, 市 and the like that make a common noun: 社区, 超市, 全县; little those that no
// name of a place has in it.
var common = map[rune]string{'区': "社地城市郊辖校园景片山灾小林库牧矿新老农院展专试疫街县各全我本该两省北南东西中灌厂战禁误", '市': "城都上超门股菜夜各全我本该县地省区开",
	'县': "各全我本该市区困大省", '省': "各全我本该外反节", '州': "各全我本该", '旗': "红国各全我本该"}

const little = "由对等与将把为以从了照实成立他整推按于使和及的在一二三四五六七八九十个"

// findForeign finds where places are named that the vocabulary does not know: two to four characters and 省, 市, 县 or
// 区 at the beginning of a phrase.
func (s *scene) findForeign() {
	titles := s.text.quotations()
	for i, r := range s.text.folded {
		for len(titles) > 0 && titles[0].End <= i {
			titles = titles[1:]
		}
		if common[r] == "" || len(titles) > 0 && titles[0].Start < i ||
			strings.ContainsRune("域别间划级场民容政长委直属", s.text.at(i+1)) || strings.ContainsRune(common[r],
			s.text.at(i-1)) { // 区域 市场 省级 县长
			continue
		}
		from := i
		for from > 0 && i-from <= 4 && (isIdeograph(s.text.at(from-1)) || s.text.at(from-1) == '×' ||
			isLetter(s.text.at(from-1))) && !strings.ContainsRune("在对和与从由到比较至及", s.text.at(from-1)) {
			from--
		}
		if i-from < 1 || i-from > 4 || i-from == 1 && isIdeograph(s.text.at(from)) && s.text.at(from) != '某' ||
			strings.ContainsAny(string(s.text.folded[from:i]), little) || s.endsPlace(i+1) {
			continue
		}
		s.foreign = append(s.foreign, i+1)
	}
}

func (s *scene) endsPlace(end int) bool {
	for length := 2; length <= 12; length++ {
		if end-length >= 0 {
			if _, known := s.called[string(s.text.folded[end-length:end])]; known {
				return true
			}
		}
	}
	return false
}

// elsewhere says whether the name of a place at i is that of one in an unknown place: H市朝阳区.
func (s *scene) elsewhere(i int) bool {
	_, foreign := slices.BinarySearch(s.foreign, i)
	return foreign
}

// strange says whether an unknown place is named in from..to.
func (s *scene) strange(from, to int) bool {
	at, _ := slices.BinarySearch(s.foreign, from+1)
	return at < len(s.foreign) && s.foreign[at] <= to
}

// guessArea takes the place in the title, else the root; "" if the text is about something else.
func (s *scene) guessArea(tokens []token) string {
	root := slices.IndexFunc(s.places, func(p Place) bool { return p.Above == "" })
	if root < 0 {
		return ""
	}
	title := s.title()
	if s.strange(title.Start, title.End) {
		return ""
	}
	said := map[string]int{} // 市: how often 全市, 我市 …
	code := s.places[root].Code
	titled, own, national := false, false, false // what the title names: a known place, 我市 or 全市, 全国
	for _, t := range tokens {
		if t.role&area == 0 {
			continue
		}
		word, inTitle := string(s.text.folded[t.start:t.end]), t.start >= title.Start && t.end <= title.End
		if at, known := s.called[word]; known {
			if inTitle && !titled {
				code, titled = s.places[at].Code, true
			}
		} else if i := strings.IndexAny(placeEnds, lastRune(word)); i >= 0 &&
			strings.ContainsAny(word[:3], "全我本你贵") {
			// 本区 behind 东河区 means that
			if at := s.here(0, t.start, lastRune(word)); at == "" || at == s.places[root].Code {
				said[lastRune(word)]++
			}
			own = own || inTitle
		} else if inTitle && (word == "全国" || word == "我国") {
			national = true
		} else if inTitle && !titled && !own {
			return "" // the title names a place that has no data here
		}
	}
	if national && !own && !titled {
		return ""
	}
	fitting := 0
	for end, n := range said {
		if s.upTo(code, end) != "" {
			fitting += n
		}
	}
	for end, n := range said {
		if n > fitting && s.upTo(code, end) == "" { // a report of 全县
			return ""
		}
	}
	return code
}

func lastRune(word string) string { runes := []rune(word); return string(runes[len(runes)-1:]) }

// title is the first line that has a year or a place, of the first lines.
func (s *scene) title() Span {
	at := 0
	for at < min(len(s.text.folded), head) {
		line := s.line(at)
		text := string(s.text.folded[line.Start:line.End])
		if len([]rune(text)) > 4 && (strings.ContainsAny(text, "0123456789〇") ||
			strings.ContainsAny(text, placeEnds)) {
			return line
		}
		at = line.End + 1
	}
	return Span{}
}

// upTo is the area, or the nearest around it, whose name ends with so: 全市 in the report of a district means the city.
func (s *scene) upTo(code, end string) string {
	for range s.places {
		at := slices.IndexFunc(s.places, func(p Place) bool { return p.Code == code })
		if at < 0 {
			return ""
		}
		if p := s.places[at]; len(p.Names) > 0 && strings.HasSuffix(p.Names[0], end) {
			return p.Code
		}
		code = s.places[at].Above
	}
	return ""
}

// place is the code of the area of f, "" if it is not known; sure unless it is only carried from somewhere else.
func (s *scene) place(f Figure) (code string, sure bool) {
	line := s.line(f.Start)
	inLine := f.Area != "" && f.areaAt >= line.Start
	if f.Area != "" && s.elsewhere(f.areaAt) || s.strange(f.Sentence.Start, f.Start) &&
		(!inLine || s.strange(f.areaAt, f.Start)) {
		return "", false
	}
	strange := s.strange(line.Start, f.Start) && (!inLine || s.strange(f.areaAt, f.Start))
	switch at, known := s.called[f.Area]; {
	case f.Area == "":
		return s.area, s.area != "" && !strange
	case known && !inLine && s.paragraph(f.areaAt): // a place of a paragraph before, no heading
		return s.area, s.places[at].Code == s.area && !strange
	case known:
		code = s.places[at].Code
	case strings.ContainsAny(f.Area[:3], "全我本你贵"):
		code = s.here(line.Start, f.Start, lastRune(f.Area))
	}
	switch {
	case inLine || code == s.area:
		return code, code != "" && !strange
	case code == "" && s.area != "": // 全国 of a paragraph above
		return s.area, false
	}
	return code, false
}

// paragraph says whether i stands in a line too long for a heading, or in one with a full stop.
func (s *scene) paragraph(i int) bool {
	line := s.line(i)
	return line.End-line.Start > maxSubject || slices.Contains(s.text.folded[line.Start:line.End], '。')
}

// here is the last place in from..to whose name ends with so, else that of the whole text or the one around it:
// 东河区汇报，本区….
func (s *scene) here(from, to int, end string) string {
	at, _ := slices.BinarySearchFunc(s.sites, to, func(x site, to int) int { return x.at - to })
	for at--; at >= 0 && s.sites[at].at >= from; at-- {
		if p := s.places[s.sites[at].place]; strings.HasSuffix(p.Names[0], end) {
			return p.Code
		}
	}
	return s.upTo(s.area, end)
}
