package figurecheck

// What an installation calls its indicators, standards, areas and calibres, made ready to be found in texts.

import (
	"cmp"
	"slices"
	"strings"
)

// Term is something that figures can be about: an indicator, or a standard that a rule sets.
type Term struct {
	Code string
	Unit string // as the data has it: %, 1/10万, 人
	// Names are what texts call it. A name of several words, apart by spaces, is met by these words in this order with
	// other words between them: 儿童之家 覆盖率.
	Names []string
}

// Place is an area that texts may speak of. Above is the code of the area around it.
type Place struct {
	Code, Above string
	Names       []string // in full first
}

// Calibre is whom a figure counts, and the words that say so.
type Calibre struct {
	Code  string
	Words []string
}

// Vocabulary is what an installation calls its indicators, areas and calibres, made ready to be found in texts.
type Vocabulary struct {
	terms     []Term
	phrases   map[rune][]*phrase // by the first character, the longest first
	full      []fullName
	places    []Place
	called    map[string]int // a place by any of its names
	spelled   []string       // the names of all places
	spellings words          // the same by their first character
	calibres  []Calibre
}

// phrase is a word of a name, or a whole name.
type phrase struct {
	text []rune
	ends []int // full names that end with it
}

// fullName is one name of terms; words are more than one where other words may stand between them.
type fullName struct {
	words []*phrase
	terms []int
}

// length is how many characters the name has.
func (n fullName) length() (sum int) {
	for _, w := range n.words {
		sum += len(w.text)
	}
	return sum
}

// NewVocabulary makes a vocabulary. Names of less than two characters are left out.
func NewVocabulary(terms []Term, places []Place, calibres []Calibre) *Vocabulary {
	v := &Vocabulary{terms: terms, phrases: map[rune][]*phrase{}, places: places, called: map[string]int{},
		spellings: words{}, calibres: calibres}
	known := map[string]int{}
	for i, t := range terms {
		for _, name := range t.Names {
			key := string(newPage(strings.Join(strings.Fields(name), " ")).folded)
			if len([]rune(key)) < 2 {
				continue
			}
			at, there := known[key]
			if !there {
				at = len(v.full)
				known[key] = at
				v.full = append(v.full, fullName{})
				v.name(at, strings.Fields(key))
			}
			if !slices.Contains(v.full[at].terms, i) {
				v.full[at].terms = append(v.full[at].terms, i)
			}
		}
	}
	for i, p := range places {
		for _, name := range p.Names {
			if _, there := v.called[name]; !there && name != "" {
				v.called[name] = i
				v.spelled = append(v.spelled, name)
				v.spellings.add(word{text: []rune(name), role: area})
			}
		}
	}
	return v
}

func (v *Vocabulary) name(at int, words []string) {
	for _, word := range words {
		v.full[at].words = append(v.full[at].words, v.phrase([]rune(word)))
	}
	last := v.full[at].words[len(words)-1]
	last.ends = append(last.ends, at)
}

func (v *Vocabulary) phrase(text []rune) *phrase {
	list := v.phrases[text[0]]
	at, there := slices.BinarySearchFunc(list, text, func(p *phrase, text []rune) int {
		return cmp.Or(len(text)-len(p.text), slices.Compare(p.text, text))
	})
	if !there {
		list = slices.Insert(list, at, &phrase{text: text})
		v.phrases[text[0]] = list
	}
	return list[at]
}

// mention is a name of terms in a text. It begins where the last of its words does; whole says that this is all of the
// name.
type mention struct {
	Span
	name  int
	from  int // where its first word begins
	whole bool
}

// maxSpread is how far apart the words of one name may be, in characters.
const maxSpread = 120

// mentions finds all names in the page, by where they end. A name that is only a part of a longer one is left out.
func (v *Vocabulary) mentions(p *page) []mention {
	var found []mention
	last := map[*phrase]int{} // where a phrase was read last
	line := 0                 // where the line began
	for i, r := range p.folded {
		if r == '\n' {
			line = i + 1
		}
		for _, ph := range v.phrases[r] {
			if !p.has(i, ph.text) {
				continue
			}
			for _, name := range ph.ends {
				m := mention{Span: Span{i, i + len(ph.text)}, name: name, from: i, whole: len(v.full[name].words) == 1}
				if m.from = v.begins(v.full[name], i, max(line, i-maxSpread), last); m.from >= 0 {
					found = append(found, m)
				}
			}
			last[ph] = i
		}
	}
	return v.longest(found)
}

// begins is where the first word of a name stands whose last one is at i, not before low; -1 if one is missing. last is
// where each phrase was read last before i.
func (v *Vocabulary) begins(n fullName, i, low int, last map[*phrase]int) int {
	from, next := i, i
	for k := len(n.words) - 2; k >= 0; k-- {
		at, read := last[n.words[k]]
		if !read || at < low || at+len(n.words[k].text) > next {
			return -1
		}
		from, next = at, at
	}
	return from
}

// longest leaves out the whole names that stand inside a longer whole one.
func (v *Vocabulary) longest(found []mention) []mention {
	slices.SortStableFunc(found, func(a, b mention) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	end, begin := 0, 0
	kept := slices.DeleteFunc(found, func(m mention) bool {
		if m.whole && m.End <= end && !(m.Start == begin && m.End == end) {
			return true
		}
		if m.whole && m.End > end {
			begin, end = m.Start, m.End
		}
		return false
	})
	slices.SortStableFunc(kept, func(a, b mention) int { return cmp.Or(a.End-b.End, a.Start-b.Start) })
	return kept
}
