package progress

import (
	"fmt"
	"strings"

	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// Words are a message key with its arguments, to be said in the reader's language: see Say. An argument may be a period or
// a label, which have words of their own.
type Words struct {
	Key  string
	Args []any
}

func words(key string, args ...any) Words { return Words{key, args} }

// String says the words in Chinese.
func (w Words) String() string {
	return fmt.Sprintf(w.Key, spoken(w.Args, false)...)
}

// MarshalText makes them Chinese text in JSON too.
func (w Words) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// Chinese joins several words into one sentence.
func Chinese(all []Words) string {
	said := make([]string, len(all))
	for i, w := range all {
		said[i] = w.String()
	}
	return strings.Join(said, "；")
}

// spoken turns arguments into what a format prints.
func spoken(args []any, english bool) []any {
	said := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case period.Period:
			said[i] = arg.Label("")
			if english {
				said[i] = arg.LabelEN("")
			}
		case network.Label:
			said[i] = arg.Name
			if english && arg.NameEN != "" {
				said[i] = arg.NameEN
			}
		default:
			said[i] = arg
		}
	}
	return said
}
