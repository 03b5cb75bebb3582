package figurecheck

// Names and texts taken apart into the things that they speak of, whatever the words: data/concepts.txt. Which name a
// text means by them is paraphrase.go's.

import (
	"strings"
	"sync"
)

// concept is a thing that words stand for: its number among those of data/concepts.txt, or less than 0 a character that
// none of them covers.
type concept int32

// piece is a word of a text: the things it stands for, none where it says nothing of which measure it is.
type piece struct {
	length   int
	concepts []concept
}

// thesaurus finds pieces character by character, however many words begin alike.
type thesaurus map[rune]*synonyms

type synonyms struct {
	piece
	ends   bool
	longer thesaurus
}

// concepts reads the data file once.
var concepts = sync.OnceValue(func() thesaurus {
	t, known := thesaurus{}, map[string]concept{}
	of := func(word string) concept {
		if _, there := known[word]; !there {
			known[word] = concept(len(known) + 1)
		}
		return known[word]
	}
	var made [][2]string
	for class, text := range lines("concepts") {
		all := strings.Fields(text)
		for _, word := range all {
			switch class {
			case "same":
				t.add(word, []concept{of(all[0])})
			case "light":
				t.add(word, nil)
			case "made":
				short, things, _ := strings.Cut(word, "=")
				made = append(made, [2]string{short, things})
			}
		}
	}
	for _, word := range made {
		var things []concept
		for thing := range strings.SplitSeq(word[1], "+") {
			things = append(things, of(thing))
			if p, there := t.at([]rune(thing), 0); !there || p.length < len([]rune(thing)) {
				t.add(thing, []concept{of(thing)})
			}
		}
		t.add(word[0], things)
	}
	return t
})

// add leaves a word that is there already as it is.
func (t thesaurus) add(word string, things []concept) {
	var at *synonyms
	length := 0
	for _, r := range word {
		if at = t[r]; at == nil {
			at = &synonyms{longer: thesaurus{}}
			t[r] = at
		}
		t = at.longer
		length++
	}
	if at != nil && !at.ends {
		at.ends, at.piece = true, piece{length, things}
	}
}

// at is the longest word of the text at i.
func (t thesaurus) at(text []rune, i int) (longest piece, found bool) {
	for ; i < len(text); i++ {
		at := t[text[i]]
		if at == nil {
			break
		}
		if at.ends {
			longest, found = at.piece, true
		}
		t = at.longer
	}
	return longest, found
}

// apart are the things that a name speaks of, each once.
func (t thesaurus) apart(name []rune) (all []concept) {
	seen := map[concept]bool{}
	for i := 0; i < len(name); {
		p, found := t.at(name, i)
		if !found {
			p = piece{1, nil}
			if isIdeograph(name[i]) {
				p.concepts = []concept{concept(-name[i])}
			}
		}
		for _, thing := range p.concepts {
			if !seen[thing] {
				seen[thing] = true
				all = append(all, thing)
			}
		}
		i += p.length
	}
	return all
}
