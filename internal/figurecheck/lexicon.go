package figurecheck

// The words of data/*.txt by their roles. Names of indicators and places are not here: see vocabulary.go.

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed data/*.txt
var data embed.FS

// role says what a token is, or what a word may be; many are several things at once.
type role uint64

// The roles of tokens that are not words of the data files.
const (
	number role = 1 << iota
	space
	mark    // ends a clause
	stop    // ends a clause and its sentence
	open    // an opening bracket
	closing // a closing bracket
	dash
	colon
	slash
	join // between the members of an enumeration
)

// The roles of words: see the heads of the data files.
const (
	before role = 1 << (iota + 16)
	inside
	after
	link
	up
	down
	differ
	far
	gap
	comparative
	beyond
	level
	from
	compare
	same
	compared
	plain
	rate
	point
	tenth
	times
	age
	span
	count
	measure
	per
	not
	area
	period
	cut
	lead
	lasting
	upgrade
	vague
	within
	versus
	neutral
	target
	doubt
	male
	female
	ahead
	back
	each
)

// classes are what the first word of a line in data/*.txt stands for.
var classes = map[string]role{
	"before": before, "inside": inside, "after": after, "link": link,
	"up": up, "down": down, "differ": differ, "upgrade": up | upgrade, "upfar": up | far, "downfar": down | far,
	"upgap": up | gap, "downgap": down | gap, "gap": differ | gap, "unlike": differ | comparative,
	"more": up | comparative, "less": down | comparative,
	"above": up | beyond, "below": down | beyond, "level": level, "from": from,
	"compare": compare, "against": versus, "same": same, "compared": compared, "plain": plain, "fixed": plain,
	"rate": rate, "point": point, "tenth": tenth, "times": times, "age": age, "span": span, "count": count,
	"measure": measure, "per": per, "not": not,
	"area": area, "period": period, "cut": cut, "lead": lead, "lasting": lasting, "vague": vague, "within": within,
	"neutral": neutral, "target": target, "doubt": doubt, "male": male, "female": female, "ahead": ahead, "back": back,
	"each": each,
	"dash": dash, "colon": colon, "join": join,
}

// word is a word of a data file with all its roles there.
type word struct {
	text []rune
	unit string // what the word is called as a unit
	role role
	kind Kind // of a name that stands whole in data/names.txt
}

// words finds words character by character, however many begin alike.
type words map[rune]*letters

type letters struct {
	word   // that ends here; its text is empty if none does
	longer words
}

// dictionary is the data files, read.
type dictionary struct {
	around  words // qualifiers, directions, fixed words, places and times
	phrases words // what subjects begin and end with
	units   words
	names   map[rune][]name // by the character behind the number, 0 for any
}

// lexicon reads the data files once.
var lexicon = sync.OnceValue(func() *dictionary {
	d := &dictionary{around: words{}, phrases: words{}, units: words{}, names: map[rune][]name{}}
	for _, file := range []string{"qualifiers", "directions", "times", "fixed"} {
		d.around.read(file)
	}
	d.phrases.read("phrases")
	d.units.read("units")
	for class, text := range lines("names") {
		for _, pattern := range strings.Fields(text) {
			if !strings.ContainsAny(pattern, "#*") {
				d.around.add(word{text: []rune(pattern), kind: Kind(class), role: plain})
				continue
			}
			n := newName(Kind(class), pattern)
			d.names[n.key()] = append(d.names[n.key()], n)
		}
	}
	return d
})

// scopes are the words of data/scope.txt.
var scopes = sync.OnceValue(func() words {
	w := words{}
	w.read("scope")
	return w
})

// lines yields the class and the rest of each line of a data file.
func lines(file string) func(yield func(class, rest string) bool) {
	text, err := data.ReadFile("data/" + file + ".txt")
	if err != nil {
		panic(fmt.Sprintf("figurecheck: embedded file: %v", err))
	}
	return func(yield func(class, rest string) bool) {
		for line := range strings.Lines(string(text)) {
			class, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			if class != "" && class != "//" && !yield(class, rest) {
				return
			}
		}
	}
}

func (w words) read(file string) {
	for class, rest := range lines(file) {
		for _, entry := range strings.Fields(rest) {
			text, unit, aliased := strings.Cut(entry, "=")
			if !aliased {
				unit = text
			}
			w.add(word{text: []rune(text), unit: unit, role: classes[class]})
		}
	}
}

// add gives a word that is there already the new role too.
func (w words) add(new word) {
	var at *letters
	for _, r := range new.text {
		if at = w[r]; at == nil {
			at = &letters{longer: words{}}
			w[r] = at
		}
		w = at.longer
	}
	switch {
	case at == nil:
	case len(at.text) > 0:
		at.role |= new.role
	default:
		at.word = new
	}
}

// at is the longest word that the page reads at i; its role is 0 if there is none.
func (w words) at(p *page, i int) (longest word) {
	for at := w[p.at(i)]; at != nil; at = at.longer[p.at(i)] {
		if len(at.text) > 0 {
			longest = at.word
		}
		i++
	}
	return longest
}

// has says whether word has the role.
func (w words) has(text []rune, role role) bool {
	var at *letters
	for _, r := range text {
		if at = w[r]; at == nil {
			return false
		}
		w = at.longer
	}
	return at != nil && at.role&role != 0
}
