package progress

// Sentences as keys with arguments, so that a reason made in a rule can be said in either language later.

import (
	"context"
	"fmt"
	"strings"

	"yipanqi/internal/indicator"
	"yipanqi/internal/quantity"
)

// Words are a message key with its arguments, to be said in the reader's language: see Say. An argument may be a
// period, a label or an amount, which have words of their own.
type Words struct {
	Key  string
	Args []any
}

func words(key string, args ...any) Words { return Words{key, args} }

// String says the words in Chinese.
func (w Words) String() string {
	return fmt.Sprintf(w.Key, spoken(context.Background(), w.Args)...)
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

// Both is an argument that has its own words in each language; without English ones the Chinese serve.
type Both struct{ ZH, EN string }

// amount is a value of the indicator as a sentence says it: 4000余个, over 4000. Where apart is set it is how far two
// of them are apart: 3.74个百分点.
type amount struct {
	of     indicator.Indicator
	number string
	mark   quantity.Mark
	apart  bool
}

func (v Value) amount() amount { return amount{of: v.Indicator, number: v.Plain(), mark: v.Mark} }
