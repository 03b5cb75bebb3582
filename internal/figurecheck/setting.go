package figurecheck

// Where and when a text as a whole plays, by its title, date and what is known beside it. Single figures may say
// otherwise.

import (
	"regexp"
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
	text   *page
	given  bool // area was given with the text
	titled Span // the line that names the text's own place
	// yearGiven: the year was given with the text
	yearGiven bool
	area      string // code of what words without a place are about; "" if nothing says so
	home      string // code of what 全市 and 我区 start from; "" if they mean a place that is not known
	abroad    bool   // the title names a place without data here
	sole      string // code of the only area that the text names; "" if it names several, or an unknown one
	soleAt    int    // where sole, or what lies in it, is named first
	heads     []head // lines that name the place of what follows, in order
	year      int    // that it tells of, 0 if it does not say
	written   int    // when it was written, 0 if it does not say
	early     bool   // in the first months of that year
	portion   string // what part of its year the title names: 上半年
	foreign   []int  // where places end that are not known
	breaks    []int  // where lines end
	sites     []site // where known places are named
	yours     []int  // where 贵市 or 你区 stands
	// strangers and kinds are foreign and sites by what their names end with: 市.
	strangers map[string][]int
	kinds     map[string][]site
	dated     Span // the line that gives the year
	planned   Span // the first and the last year of what the title is about: 《…规划（2016—2020年）》终期评估
	// outlooks are the parts that tell of what is to be.
	outlooks []Span
}

// site is where a known place is named.
type site struct{ at, place int }

// front is how much of a text may hold its title and its date, tail how much its end.
const front, tail = 400, 200

func (v *Vocabulary) scene(p *page, tokens []token, figures []Figure, about About) *scene {
	s := &scene{Vocabulary: v, text: p, area: about.Area, year: about.Year, given: about.Area != "",
		yearGiven: about.Year != 0,
		strangers: map[string][]int{}, kinds: map[string][]site{}}
	for i, r := range p.folded {
		if r == '\n' {
			s.breaks = append(s.breaks, i)
		}
	}
	s.findForeign()
	s.findOutlooks()
	for _, t := range tokens {
		if t.role&area != 0 && yours(string(p.folded[t.start:t.end])) {
			s.yours = append(s.yours, t.start)
		}
		if at, known := s.called[string(p.folded[t.start:t.end])]; known && t.role&area != 0 && !s.elsewhere(t.start) {
			s.sites = append(s.sites, site{t.start, at})
			if names := s.places[at].Names; len(names) > 0 && names[0] != "" {
				s.kinds[lastRune(names[0])] = append(s.kinds[lastRune(names[0])], site{t.start, at})
			}
		}
	}
	s.date(figures)
	s.settle(tokens, figures)
	return s
}

// issueNumber says that the year before it is that of a paper: 2023年第2期.
var issueNumber = regexp.MustCompile(`^第?[\d一二三四五六七八九十]{1,4}(期|号|卷)`)

// date finds the year that the text tells of, and the year in which it was written.
func (s *scene) date(figures []Figure) {
	line, told := Span{-1, -1}, len(s.text.folded)
	for _, f := range figures {
		if f.Kind.Statistic() {
			told = min(told, f.Start)
		}
		if f.Kind != Date || f.Value == "" || f.Start > front && f.End < len(s.text.folded)-tail {
			continue
		}
		year, whole := yearOf(f.Text)
		if first, last := yearsOf(f.Text); last > first { // 2016—2020年: of neither alone
			if s.written = max(s.written, last); s.planned == (Span{}) && s.inPlan(f) {
				s.planned = Span{first, last}
			}
			continue
		}
		switch {
		// where it starts: 由2018年的, 规划（2018—2022年）
		case strings.ContainsRune("由从自", s.text.at(f.Start-1)), s.planned.Start >= year && year > 0:
		case year == 0 || s.compared(f): // 比2021年提高: the text is of another
		// the yearbook of 2018 tells of 2017
		case s.text.at(f.Start-1) == '到' && !isIdeograph(s.text.at(f.Start-2)): // what is to be by then
		case strings.ContainsAny(f.Text, "月日-./") || strings.ContainsRune("卷版", s.text.at(f.End)) ||
			issueNumber.MatchString(string(s.text.folded[f.End:min(f.End+8, len(s.text.folded))])):
			if month, several := monthsOf(f.Text); year > s.written && month > 0 && !several {
				s.early = month < 4
			}
			s.written = max(s.written, year)
		case f.Start < front && line.Start < 0 && whole && s.line(f.Start).Start > told: // what is above is not of it
			s.written = max(s.written, year)
		case f.Start < front && line.Start < 0 && whole:
			if line = s.line(f.Start); s.year == 0 {
				s.year = year
				after := string(s.text.folded[f.End:min(f.End+8, len(s.text.folded))])
				if strings.Contains(after, "半年") || strings.Contains(after, "季度") {
					s.portion = after
				}
			}
			s.written = max(s.written, year)
		case line.Start <= f.Start && f.Start < line.End:
			s.written = max(s.written, year)
		}
	}
	s.dated = line
}

// inPlan says whether the span f is that of a plan that the title names.
func (s *scene) inPlan(f Figure) bool {
	line := s.line(0)
	if f.Start >= line.End || line.End > longTitle {
		return false
	}
	title := string(s.text.folded[:line.End])
	return !strings.Contains(title, "。") && (strings.Contains(title, "规划") || strings.Contains(title, "纲要"))
}

// compared says whether a year is what something else is held against.
func (s *scene) compared(f Figure) bool {
	return strings.ContainsRune("比较", s.text.at(f.Start-1)) ||
		strings.HasPrefix(string(s.text.folded[f.End:min(f.End+2, len(s.text.folded))]), "相比")
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
var common = map[rune]string{'区': "社地城市郊辖校园景片山灾小林库牧矿新老农院展专试疫街县各全我本该两省北南东西中灌厂战禁误范验发", '市': "城都上超门股菜夜各全我本该县地省区开",
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
		s.strangers[string(r)] = append(s.strangers[string(r)], i+1)
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
