package errs

// What a text must be to come in at all, and how much of it a message may quote.

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unreadable says, as a message for Fields, why a text cannot be taken in: it is no UTF-8, or holds a control
// character, which no database, file and page keeps alike. "" if it can. Every door asks it: web, import and command
// line.
func Unreadable(text string) string {
	if !utf8.ValidString(text) {
		return "这里有读不出来的字符（不是UTF-8编码）。请删去后重新输入。"
	}
	for _, r := range text {
		if unicode.IsControl(r) && !strings.ContainsRune("\t\n\r", r) {
			return Say("这里有看不见的控制字符（%s）。请删去后重新输入。", fmt.Sprintf("U+%04X", r))
		}
	}
	return ""
}

// What a message quotes of the input is cut, lest the message be as long as the input.
const (
	maxQuoted = 1000 // characters
	maxFields = 200
)

func cut(text string, most int) string {
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

// Cut are the arguments of a message with long texts cut.
func Cut(args []any) []any {
	short := make([]any, len(args))
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			arg = cut(text, maxQuoted)
		}
		short[i] = arg
	}
	return short
}

// WebAddress says whether a text is the address of a page: http or https, with a host. No other may become a link.
func WebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
