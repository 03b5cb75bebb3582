package find

// Words into terms and back into a condition. Chinese has no spaces, so a name is kept as its pairs of neighbouring
// characters (bigrams), which finds any part of it; Latin words and numbers are kept by their beginnings. Pairs that
// all occur need not stand together: a hit may, rarely, hold the characters in another order.

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

const (
	maxQuery  = 100 // characters of a query
	maxPrefix = 12  // characters of a Latin word's beginning
	maxTerms  = 400 // terms of one row: beyond them a long text is not found by its end

	titleMark   = "题" // before a term of the title, which counts more
	initialMark = "拼" // before a pair of initials
)

// run is a stretch of one script.
type run struct {
	text []rune
	han  bool
}

// runs cuts a text into stretches of Chinese and of Latin letters and digits, in lower case, full-width made narrow;
// "W-HEA-001" is one stretch, because people type it with and without the strokes.
func runs(text string) (all []run) {
	text = strings.ToLower(norm.NFKC.String(text))
	fresh := true
	for _, r := range text {
		if (r == '-' || r == '_' || r == '.') && !fresh && !all[len(all)-1].han {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			fresh = true
			continue
		}
		han := unicode.Is(unicode.Han, r)
		if fresh || all[len(all)-1].han != han {
			all = append(all, run{han: han})
		}
		last := &all[len(all)-1]
		last.text = append(last.text, r)
		fresh = false
	}
	return all
}

func pairs(text []rune, mark string) (terms []string) {
	for i := 0; i+2 <= len(text); i++ {
		terms = append(terms, mark+string(text[i:i+2]))
	}
	return terms
}

// termsOf are the terms that a text is found by.
func termsOf(text string) (terms []string) {
	for _, r := range runs(text) {
		if r.han {
			terms = append(terms, pairs(r.text, "")...)
			continue
		}
		for n := min(2, len(r.text)); n <= min(len(r.text), maxPrefix); n++ {
			terms = append(terms, string(r.text[:n]))
		}
	}
	return terms
}

// terms of a row, each once: its words, its title's once more under a mark of their own, single characters and pinyin
// initials of its title, and whom it may be shown to.
func (d Doc) terms() []string {
	seen, terms := make(map[string]bool, 128), make([]string, 0, 128)
	add := func(more ...string) {
		for _, t := range more {
			if !seen[t] && len(terms) < maxTerms {
				seen[t] = true
				terms = append(terms, t)
			}
		}
	}
	kind, code, _ := strings.Cut(d.Object, "/")
	add(d.Scope.terms(kind)...)
	named := func(t string) {
		if add(t); !d.Many {
			add(titleMark + t)
		}
	}
	for _, title := range []string{d.Title, d.TitleEN, code} {
		for _, t := range termsOf(title) {
			named(t)
		}
	}
	for _, r := range runs(d.Title) {
		for _, c := range r.text {
			if r.han {
				named(string(c))
			}
		}
	}
	for _, pair := range pairs([]rune(initials(d.Title)), initialMark) {
		named(pair)
	}
	for _, text := range append([]string{d.Note, d.NoteEN}, d.Words...) {
		add(termsOf(text)...)
	}
	return terms
}

// termsOfAll are those of many things, worked out on all cores.
func termsOfAll(docs []Doc) [][]string {
	all := make([][]string, len(docs))
	var working sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for core := range cores {
		working.Go(func() {
			for i := core; i < len(docs); i += cores {
				all[i] = docs[i].terms()
			}
		})
	}
	working.Wait()
	return all
}

// names whose first sound is not the commonest of the character.
var sounds = strings.NewReplacer("重庆", "崇庆", "厦门", "下门", "长期", "常期", "长者", "掌者", "银行", "银航",
	"行业", "航业")

// initials are the first letters of a name's pinyin, its Chinese characters only: 儿童之家 → etzj.
func initials(name string) string {
	var b strings.Builder
	for _, r := range sounds.Replace(name) {
		if sound := pinyin.SinglePinyin(r, pinyin.NewArgs()); len(sound) > 0 && sound[0] != "" {
			b.WriteByte(sound[0][0])
		}
	}
	return b.String()
}

// asked turns a query into what a row must hold, by a mark ("" or titleMark); ok is false if the query has nothing to
// look for.
func asked(query, mark string) (all []db.Match, ok bool) {
	parts := runs(query)
	more := slices.ContainsFunc(parts, func(r run) bool { return !r.han || len(r.text) > 1 })
	for _, r := range parts {
		switch {
		case r.han && len(r.text) == 1 && more:
			// 2023年: the number finds it, and a single character stands only where it is in a title
		case r.han && len(r.text) == 1:
			all = append(all, db.Match{Term: mark + string(r.text)})
		case r.han:
			for _, pair := range pairs(r.text, mark) {
				all = append(all, db.Match{Term: pair})
			}
		default:
			all = append(all, spelt(r.text, mark))
		}
	}
	return all, len(all) > 0
}

// spelt is what a stretch of letters may mean: the beginning of a word or code, or the initials of a name.
func spelt(text []rune, mark string) db.Match {
	word := db.Match{Term: mark + string(text[:min(len(text), maxPrefix)])}
	heard := db.Match{}
	for _, pair := range pairs(text, mark+initialMark) {
		heard.All = append(heard.All, db.Match{Term: pair})
	}
	if len(heard.All) == 0 || !latin(text) {
		return word
	}
	return db.Match{Any: []db.Match{word, heard}}
}

func latin(text []rune) bool {
	for _, r := range text {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

// Readable refuses a query that is too long to mean anything.
func Readable(query string) error {
	if n := len([]rune(query)); n > maxQuery {
		return errs.Fields{"q": {Key: "查找的词太长：最多100个字。请只写名称中的几个字，或代码。"}}.Check("查找的词太长。")
	}
	return nil
}
