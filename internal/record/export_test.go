package record

import (
	"context"
	"strings"
)

// Value is a measure in an area as tests ask for it; split is the code of a part.
func (t *Tally) Value(code, path, split string) string {
	m, known := t.d.Measure(code)
	if !known {
		return "no such measure"
	}
	for _, at := range t.splitsOf(m, path) {
		if split != "" && strings.HasSuffix(at, "="+split) {
			return t.at(m, path, "", at).Value
		}
	}
	return t.at(m, path, "", "").Value
}

// Texts are what a measure of texts says, in Chinese.
func (t *Tally) Texts(code string) (all []string) {
	m, _ := t.d.Measure(code)
	k := desk{cast: cast{d: t.d, places: t.places}, w: t.w}
	for _, told := range t.texts(context.Background(), k, m) {
		all = append(all, told.Text)
	}
	return all
}

// ByNumber finds a record for tests.
var ByNumber = byNumber

// Advance takes the program's own steps.
var Advance = advance
