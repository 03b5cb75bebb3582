package record

import "strings"

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

// ByNumber finds a record for tests.
var ByNumber = byNumber

// Advance takes the program's own steps.
var Advance = advance
