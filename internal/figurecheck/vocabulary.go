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
	phrases   phrases
	full      []fullName
	places    []Place
	called    map[string]int // a place by any of its names
	coded     map[string]int // and by its code
	spellings words          // the names of all places
	calibres  []Calibre
	spoken    int // phrases

	endings, beginnings endings        // of names that are said in part
	turned              map[string]int // names by their characters in order
	meanings            meanings
}

// phrase is a word of a name, or a whole name.
type phrase struct {
	text   []rune
	ends   []int // full names that end with it
	number int   // among all phrases
}

// phrases finds phrases character by character, however many begin alike.
type phrases map[rune]*branch

type branch struct {
	phrase *phrase // that ends here, or nil
	longer phrases
}

// beginning are the phrases that begin with the text.
func (p phrases) beginning(text []rune) (found []*phrase) {
	for _, r := range text {
		b := p[r]
		if b == nil {
			return nil
		}
		if p = b.longer; b.phrase != nil && len(b.phrase.text) == len(text) {
			found = append(found, b.phrase)
		}
	}
	var collect func(phrases)
	collect = func(p phrases) {
		for _, b := range p {
			if b.phrase != nil {
				found = append(found, b.phrase)
			}
			collect(b.longer)
		}
	}
	collect(p)
	return found
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
	v := &Vocabulary{terms: terms, phrases: phrases{}, places: places, called: map[string]int{},
		coded: map[string]int{}, spellings: words{}, calibres: calibres}
	known := map[string]int{}
	for i, t := range terms {
		for _, name := range spoken(t.Names) {
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
	v.shorten()
	v.understand()
	for i, p := range places {
		if _, there := v.coded[p.Code]; !there {
			v.coded[p.Code] = i
		}
		for _, name := range p.Names {
			if _, there := v.called[name]; !there && name != "" {
				v.called[name] = i
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
	at, all := (*branch)(nil), v.phrases
	for _, r := range text {
		if at = all[r]; at == nil {
			at = &branch{longer: phrases{}}
			all[r] = at
		}
		all = at.longer
	}
	if at.phrase == nil {
		at.phrase = &phrase{text: text, number: v.spoken}
		v.spoken++
	}
	return at.phrase
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
	last := make([]int, v.spoken) // behind where a phrase was read last, 0 if never
	line := 0                     // where the line began
	var here []*phrase
	for i, r := range p.folded {
		if r == '\n' {
			line = i + 1
		}
		here = here[:0]
		for at, b := i, v.phrases[r]; b != nil; b = b.longer[p.at(at)] {
			if at++; b.phrase != nil {
				here = append(here, b.phrase)
			}
		}
		for _, ph := range slices.Backward(here) { // the longest first
			for _, name := range ph.ends {
				m := mention{Span: Span{i, i + len(ph.text)}, name: name, from: i, whole: len(v.full[name].words) == 1}
				if m.from = v.begins(v.full[name], i, max(line, i-maxSpread), last); m.from < 0 {
					continue
				}
				if n := v.full[name]; m.End-m.from == n.length() { // nothing stands between its words
					m.whole, m.Start = true, m.from
				}
				found = append(found, m)
			}
			last[ph.number] = i + 1
		}
	}
	return v.longest(found)
}

// begins is where the first word of a name stands whose last one is at i, not before low; -1 if one is missing. last is
// behind where each phrase was read last before i.
func (v *Vocabulary) begins(n fullName, i, low int, last []int) int {
	from, next := i, i
	for k := len(n.words) - 2; k >= 0; k-- {
		at := last[n.words[k].number] - 1
		if at < low || at+len(n.words[k].text) > next {
			return -1
		}
		from, next = at, at
	}
	return from
}

// longest leaves out the whole names that stand inside a longer whole one.
func (v *Vocabulary) longest(found []mention) []mention {
	slices.SortStableFunc(found, func(a, b mention) int {
		return cmp.Or(a.Start-b.Start, b.End-a.End, len(v.full[a.name].words)-len(v.full[b.name].words))
	})
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
