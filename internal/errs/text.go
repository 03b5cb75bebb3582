package errs

// What a text must be to come in at all.

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"yipanqi/internal/say"
)

// Unreadable says why a text cannot be taken in: it is no UTF-8, or holds a control character, which no database, file
// and page keeps alike, or one that turns what follows the other way round, so that people would sign another text than
// they read. Every door asks it: web, import and command line.
func Unreadable(text string) (why say.Words, unreadable bool) {
	if !utf8.ValidString(text) {
		return say.New("这里有读不出来的字符（不是UTF-8编码）。请删去后重新输入。"), true
	}
	for _, r := range text {
		if invisible(r) && !strings.ContainsRune("\t\n\r", r) {
			return say.New("这里有看不见的控制字符（%s）。请删去后重新输入。", fmt.Sprintf("U+%04X", r)), true
		}
	}
	return say.Words{}, false
}

// invisible are controls, what turns the direction of writing, and what Unicode says is no character, nor may stand in
// the XML of a document.
func invisible(r rune) bool {
	return unicode.IsControl(r) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' ||
		unicode.Is(unicode.Noncharacter_Code_Point, r)
}

// WebAddress says whether a text is the address of a page: http or https, with a host. No other may become a link.
func WebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
