// Package say is words for people before they are said: a sentence with its arguments, and a name in two languages. It
// knows no dictionary; part.Say says both in the reader's language.
package say

import (
	"cmp"
	"fmt"
	"strings"
)

// Key is a Chinese sentence with the verbs of fmt. It is what the dictionary translates: a test finds every constant
// of this type and asks for its English.
type Key string

// Words are a key with its arguments. An argument that is Spoken, a Key or Words again is said in the reader's
// language.
type Words struct {
	Key  Key
	Args []any
}

// New are the words of key with args.
func New(key Key, args ...any) Words { return Words{key, args} }

// Compare puts texts in the order in which people count: numbers in them by their size, so that 表2 is before 表10.
func Compare(a, b string) int {
	digits := func(s string) int {
		return len(s) - len(strings.TrimLeft(s, "0123456789"))
	}
	x, y := a, b
	for x != "" && y != "" {
		n, m := digits(x), digits(y)
		if n == 0 || m == 0 {
			if x[0] != y[0] {
				return cmp.Compare(x[0], y[0])
			}
			x, y = x[1:], y[1:]
			continue
		}
		one, other := strings.TrimLeft(x[:n], "0"), strings.TrimLeft(y[:m], "0")
		if c := cmp.Or(cmp.Compare(len(one), len(other)), cmp.Compare(one, other)); c != 0 {
			return c
		}
		x, y = x[n:], y[m:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

// wide is how many digits a number in a SortKey has at least.
const wide = 9

// SortKey is a text whose plain order is that of Compare, for columns that an index orders; the text itself ends it.
func SortKey(text string) string {
	var b strings.Builder
	for rest := text; rest != ""; {
		n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		if n == 0 {
			b.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		number := strings.TrimLeft(rest[:n], "0")
		b.WriteString(strings.Repeat("0", max(0, wide-len(number))) + number)
		rest = rest[n:]
	}
	return b.String() + " " + text
}

// Spoken says itself in lang, zh or en: a name, a period, an amount.
type Spoken interface{ In(lang string) string }

// In says the words in lang; english is the dictionary, "" for what it lacks.
func (w Words) In(lang string, english func(Key) string) string {
	text := string(w.Key)
	if lang == "en" {
		if en := english(w.Key); en != "" {
			text = en
		}
	}
	if len(w.Args) == 0 {
		return text
	}
	args := make([]any, len(w.Args))
	for i, arg := range w.Args {
		switch arg := arg.(type) {
		case Key:
			args[i] = New(arg).In(lang, english)
		case Words:
			args[i] = arg.In(lang, english)
		case Spoken:
			args[i] = arg.In(lang)
		case string:
			args[i] = Cut(arg, maxQuoted)
		default:
			args[i] = arg
		}
	}
	return fmt.Sprintf(text, args...)
}

// IsZero says that there is nothing to say.
func (w Words) IsZero() bool { return w.Key == "" }

// String says the words in Chinese.
func (w Words) String() string { return w.In("zh", nil) }

// MarshalText makes them Chinese text in JSON too.
func (w Words) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText takes what MarshalText wrote.
func (w *Words) UnmarshalText(text []byte) error {
	*w = New("%s", string(text))
	return nil
}

// Chinese joins several words into one sentence.
func Chinese(all []Words) string {
	said := make([]string, len(all))
	for i, w := range all {
		said[i] = w.String()
	}
	return strings.Join(said, "；")
}

// Name is what a thing is called; without an English name the Chinese one serves.
type Name struct {
	ZH string `json:"name"`
	EN string `json:"name_en,omitempty"`
}

// In is the name in lang.
func (n Name) In(lang string) string {
	if lang == "en" && n.EN != "" {
		return n.EN
	}
	return n.ZH
}

// Words are the name as a sentence of its own.
func (n Name) Words() Words { return New("%s", n) }

// Many is a name for a thing that is counted: 15 of 16 districts.
type Many Name

// In is the plural in lang.
func (n Many) In(lang string) string {
	if lang != "en" || n.EN == "" {
		return n.ZH
	}
	en := strings.ToLower(n.EN[:1]) + n.EN[1:]
	if stem, ok := strings.CutSuffix(en, "y"); ok && stem != "" && !strings.ContainsAny(stem[len(stem)-1:], "aeiou") {
		return stem + "ies"
	}
	return en + "s"
}

const maxQuoted = 1000 // characters of the input that a message quotes, lest it be as long as the input

// Cut is text of at most so many characters.
func Cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}

// Title is text on one line, of at most so many characters with the dots that stand for the rest.
func Title(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
