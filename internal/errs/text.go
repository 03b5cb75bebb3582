package errs

import (
	"fmt"
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
