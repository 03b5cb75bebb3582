package errs_test

// Text that no table or page can hold is refused, links lead to the web alone, and a message never grows with the input
// that it quotes.

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

func TestUnreadable(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "人口", "一\t二\r\n三", "𠀀 é 👍", "\ufffd", "a\u200bb", "e\u0301",
		"\ufeff人", "一\u2028二", "\u200eab"} {
		if why, bad := errs.Unreadable(good); bad {
			t.Errorf("%q is refused: %s", good, why)
		}
	}
	for bad, want := range map[string]string{"a\x00": "U+0000", "\x1b[0m": "U+001B",
		"\x7f": "U+007F", "\u0085": "U+0085", "\u009f": "U+009F",
		"双签字\u202e001": "U+202E", "\u202a1": "U+202A", "1\u20692": "U+2069", "\u2066": "U+2066",
		"\ufffe": "U+FFFE", "\uffff": "U+FFFF", "\ufdd0": "U+FDD0", "\U0010ffff": "U+10FFFF",
		"\x0b": "U+000B", "\xff": "UTF-8", "\xe4\xba": "UTF-8", "\xed\xa0\x80": "UTF-8", "\xc0\x80": "UTF-8"} {
		if why, refused := errs.Unreadable(bad); !refused || !strings.Contains(why.String(), want) {
			t.Errorf("%q: %q does not say %s", bad, why, want)
		}
	}
}

func TestWebAddress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"https://www.example.org/a?b=1#c": true, "HTTP://example.org": true, "": false, "javascript:alert(1)": false,
		"JavaScript://example.org/%0aalert(1)": false, "data:text/html,x": false, "//example.org": false,
		"www.example.org": false, "https:///x": false, "ftp://example.org/x": false, " https://example.org": false,
		"http://[::1": false, "vbscript:x": false,
	} {
		if got := errs.WebAddress(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// What a message quotes of the input does not make the message as long as the input.
func TestMessagesAreCut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 20<<20/3)
	fields := errs.Fields{"a": say.New("没有“%s”", long), long: {Key: "错"}}
	for i := range 5000 {
		fields.Say(fmt.Sprint("cells", i), "错")
	}
	for what, err := range map[string]error{
		"an argument": errs.Invalidf("没有“%s”", long),
		"fields":      fields.Check("不对"),
		"its cause":   &errs.Error{Kind: errs.Invalid, Words: say.New("不对"), Err: errors.New(long)},
	} {
		if n := len(err.Error()); n < 8 || n > 100_000 {
			t.Errorf("%s: %d bytes", what, n)
		}
	}
}
