package matter

// The words that lists of matters and items filter by: what a thing is of, as words of one column. What a lamp shows
// of today is not among them; see lampIs.

import (
	"slices"
	"strings"

	"yipanqi/internal/flow"
)

// Kinds of words.
const (
	ofKind      = "k:"
	ofClass     = "c:"
	ofFlag      = "f:"
	ofDomain    = "d:"
	ofGoal      = "g:"
	ofIndicator = "i:"
	ofYear      = "y:"
	ofUnit      = "u:" // that owns it, leads or supports
	seenBy      = "s:" // a unit that has to do with it
	inArea      = "a:" // the id of its area, and of every one above
	lampOf      = "l:" // of what waits or is suspended: no day moves it
)

// word is a word as the column has it. Databases differ in whether LIKE tells small letters from capitals, and have
// signs of their own; so a capital is marked and the signs are written out.
func word(kind, code string) string {
	var b strings.Builder
	b.WriteString(kind)
	for _, r := range code {
		switch {
		case r >= 'A' && r <= 'Z':
			b.WriteString("^" + string(r+'a'-'A'))
		case strings.ContainsRune(" _%\\^:", r):
			b.WriteString("^" + string('0'+rune(strings.IndexRune(" _%\\^:", r))))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// has is a pattern of a column that has all these words. They stand there in order, and a colon is the second letter of
// a word and nothing else, so that one look at a row is enough.
func has(words ...string) string {
	return "%" + strings.Join(slices.Sorted(slices.Values(words)), " %") + " %"
}

// facet is the item's words.
func (i Item) facet(m *Matter, domains []string) string {
	all := []string{word(ofClass, m.Class), word(ofYear, yearText(m.Year))}
	add := func(kind string, codes ...string) {
		for _, code := range codes {
			if code != "" {
				all = append(all, word(kind, code))
			}
		}
	}
	for _, s := range m.Sources {
		add(ofKind, s.Kind)
	}
	add(ofFlag, m.Flags...)
	add(ofDomain, domains...)
	add(ofGoal, m.Goal)
	add(ofIndicator, m.Indicator)
	add(inArea, strings.Split(i.AreaPath, ".")...)
	for _, p := range m.parties(i) {
		if add(seenBy, p.unit); p.part == "owner" || p.part == "lead" || p.part == "support" {
			add(ofUnit, p.unit)
		}
	}
	switch lamp := i.Lamp("", 0); {
	case i.State == Reported && lamp != flow.Grey, i.State == Suspended:
		add(lampOf, lamp)
	}
	return codes(all)
}

// facet is the words of the matter: its items' and those of its own place.
func (m *Matter) facet() string {
	var all []string
	for _, i := range m.Items {
		all = append(all, strings.Fields(i.facets)...)
	}
	for _, id := range strings.Split(m.AreaPath, ".") {
		if id != "" {
			all = append(all, word(inArea, id))
		}
	}
	return codes(all)
}

// words are those of a column, each once.
func wordsOf(facets string) []string { return slices.Compact(strings.Fields(facets)) }

// words are what the filter asks for, but for the lamp, the state and the area.
func (f Filter) words() (all []string) {
	for _, one := range [][2]string{{ofKind, f.Kind}, {ofClass, f.Class}, {ofFlag, f.Flag}, {ofDomain, f.Domain},
		{ofGoal, f.Goal}, {ofIndicator, f.Indicator}, {ofYear, yearText(f.Year)}, {ofUnit, f.Unit}} {
		if one[1] != "" {
			all = append(all, word(one[0], one[1]))
		}
	}
	return all
}
