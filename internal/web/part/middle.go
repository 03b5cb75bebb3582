package part

// Long names cut in the middle, because names of offices and forms differ at their beginnings and ends.

import "unicode"

// wide is how many columns a name may take: 30 Chinese characters, 60 letters.
const wide = 60

// middle cuts a name that is too long into what is shown of its beginning and its end.
func middle(name string) (head, tail string, long bool) {
	letters := []rune(name)
	total := 0
	for _, r := range letters {
		total += columnsOf(r)
	}
	if total <= wide {
		return name, "", false
	}
	from, to := 0, len(letters)
	for room := wide*3/5 - 1; from < to && room >= columnsOf(letters[from]); from++ {
		room -= columnsOf(letters[from])
	}
	for room := wide * 2 / 5; to > from && room >= columnsOf(letters[to-1]); to-- {
		room -= columnsOf(letters[to-1])
	}
	for from < to && unicode.Is(unicode.M, letters[from]) { // marks stay with their letter
		from++
	}
	for to < len(letters) && unicode.Is(unicode.M, letters[to]) {
		to++
	}
	return string(letters[:from]), string(letters[to:]), true
}

// columnsOf is how wide a letter stands: Chinese ones take two columns.
func columnsOf(r rune) int {
	switch {
	case unicode.Is(unicode.M, r):
		return 0
	case r >= 0x1100 && (unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xff60 ||
		unicode.Is(unicode.Hangul, r)):
		return 2
	}
	return 1
}
