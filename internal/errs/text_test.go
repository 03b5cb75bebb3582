package errs_test

import (
	"strings"
	"testing"

	"yipanqi/internal/errs"
)

func TestUnreadable(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "人口", "一\t二\r\n三", "𠀀 é 👍", "\ufffd", "a\u200bb"} {
		if msg := errs.Unreadable(good); msg != "" {
			t.Errorf("%q is refused: %s", good, msg)
		}
	}
	for bad, want := range map[string]string{"a\x00": "U+0000", "\x1b[0m": "U+001B",
		"\x7f": "U+007F", "\u0085": "U+0085",
		"\x0b": "U+000B", "\xff": "UTF-8", "\xe4\xba": "UTF-8", "\xed\xa0\x80": "UTF-8", "\xc0\x80": "UTF-8"} {
		if msg := errs.Unreadable(bad); !strings.Contains(msg, want) {
			t.Errorf("%q: %q does not say %s", bad, msg, want)
		}
	}
}
