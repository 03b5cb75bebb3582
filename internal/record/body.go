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
	rest := strings.TrimSpace(text)
	if len(rest) < 2 || rest[0] != '{' || !utf8.ValidString(rest) {
		return nil, false
	}
	b = make(register.Body, strings.Count(rest, `":`))
	for rest = onward(rest, 1); rest != "}"; {
		key, after, ok := inQuotes(rest)
		if !ok || after == "" || after[0] != ':' {
			return nil, false
		}
		value, after, ok := inQuotes(onward(after, 1))
		if !ok || after == "" || after[0] != ',' && after != "}" {
			return nil, false
		}
		b[key] = value
		if rest = after; rest[0] == ',' {
			if rest = onward(rest, 1); rest == "}" {
				return nil, false
			}
		}
	}
	return b, true
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
func onward(text string, at int) string { return strings.TrimLeft(text[at:], " \t\r\n") }
