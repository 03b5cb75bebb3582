package record

// Bodies read from their rows: lists and closings read thousands of them.

import (
	"strings"
	"unicode/utf8"

	"yipanqi/internal/register"
)

// flat reads an object of texts in which nothing is escaped, as bodies are written. Anything else it leaves to the
// library.
func flat(text string) (b register.Body, plain bool) {
	b = make(register.Body, strings.Count(text, `":`))
	if !eachPair(text, func(key, value, _ string) { b[key] = value }) {
		return nil, false
	}
	return b, true
}

// eachPair calls fn with the keys and values of such an object, and with both as they stand there. Of what is none it
// may have called fn with some.
func eachPair(text string, fn func(key, value, both string)) (plain bool) {
	rest := strings.TrimSpace(text)
	if len(rest) < 2 || rest[0] != '{' || !unescaped(rest) || !utf8.ValidString(rest) {
		return false
	}
	for rest = onward(rest, 1); rest != "}"; {
		from := rest
		key, after, ok := inQuotes(rest)
		if !ok || after == "" || after[0] != ':' {
			return false
		}
		at := onward(after, 1)
		value, after, ok := inQuotes(at)
		if !ok || after == "" || after[0] != ',' && after != "}" {
			return false
		}
		fn(key, value, from[:len(from)-len(at)+len(value)+2])
		if rest = after; rest[0] == ',' {
			if rest = onward(rest, 1); rest == "}" {
				return false
			}
		}
	}
	return true
}

// unescaped says that a text has neither a backslash nor a sign below the space; eight bytes are looked at together.
func unescaped(text string) bool {
	const each, top = 0x0101010101010101, 0x8080808080808080
	if strings.IndexByte(text, '\\') >= 0 {
		return false
	}
	for len(text) >= 8 {
		eight := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
		if (eight-each*' ')&^eight&top != 0 {
			return false
		}
		text = text[8:]
	}
	return strings.IndexFunc(text, func(r rune) bool { return r < ' ' }) < 0
}

// inQuotes is a text in quotes, with nothing escaped in it, and what follows it.
func inQuotes(from string) (text, after string, ok bool) {
	if from == "" || from[0] != '"' {
		return "", "", false
	}
	end := strings.IndexByte(from[1:], '"')
	if end < 0 {
		return "", "", false
	}
	return from[1 : 1+end], onward(from, end+2), true
}

// onward is what follows a place, without the space that may stand there.
func onward(text string, at int) string {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n') {
		at++
	}
	return text[at:]
}
