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
	if len(rest) < 2 || rest[0] != '{' || !utf8.ValidString(rest) {
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

// inQuotes is a text in quotes and what follows it.
func inQuotes(from string) (text, after string, ok bool) {
	if from == "" || from[0] != '"' {
		return "", "", false
	}
	for i := 1; i < len(from); i++ {
		switch c := from[i]; {
		case c == '"':
			return from[1:i], onward(from, i+1), true
		case c == '\\' || c < ' ':
			return "", "", false
		}
	}
	return "", "", false
}

// onward is what follows a place, without the space that may stand there.
func onward(text string, at int) string {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n') {
		at++
	}
	return text[at:]
}
