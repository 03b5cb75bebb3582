package document

// Where a long title is broken: between words and about in the middle, as GB/T 9704-2012, 7.3.1 asks, and not before
// its last bracket. A caller that knows better breaks it with line feeds.

import (
	"slices"
	"strings"
	"unicode"
)

const titleEm = 440 // 22 pt

// titled is a title with a line feed wherever a line of it would not fit into a width.
func titled(title string, width int) string {
	var lines []string
	for line := range strings.SplitSeq(title, "\n") {
		rest := []rune(line)
		for {
			n := (ems(string(rest), titleEm) + width - 1) / width
			if n < 2 {
				break
			}
			at := broken(rest, width, n)
			lines, rest = append(lines, string(rest[:at])), rest[at:]
		}
		lines = append(lines, string(rest))
	}
	return strings.Join(lines, "\n")
}

// broken is where the first of n lines ends: where it is least bad, near the end of an n-th.
func broken(text []rune, width, n int) int {
	best, least := 1, 1<<30
	wanted := ems(string(text), titleEm) / n
	for at := 1; at < len(text); at++ {
		long := ems(string(text[:at]), titleEm)
		if long > width {
			break
		}
		bad := max(long-wanted, wanted-long) + price(text, at)
		if bad < least {
			best, least = at, bad
		}
	}
	return best
}

// price says how bad it is to break a text there, in twips of a line that is longer than the others.
func price(text []rune, at int) int {
	before, after := text[at-1], text[at]
	inBrackets := 0
	for _, r := range text[:at] {
		switch r {
		case '（', '“', '《', '〔':
			inBrackets++
		case '）', '”', '》', '〕':
			inBrackets--
		}
	}
	narrow := func(r rune) bool { return r < 0x2E80 && !unicode.IsSpace(r) && r != '“' && r != '”' }
	switch {
	case narrow(before) && narrow(after), slices.Contains([]rune("）”》〕、，：年月日号"), after),
		slices.Contains([]rune("（“《〔第"), before):
		return 1 << 20
	case inBrackets > 0:
		return 9 * titleEm
	case slices.Contains([]rune("（“《"), after), slices.Contains([]rune("）”》、，：的"), before),
		strings.HasPrefix(string(text[at:]), "关于"):
		return 0
	case after == '的':
		return 8 * titleEm
	}
	return 4 * titleEm
}
