package check

// Which of several indicators a figure may be about, where its words are the name of more than one: whoever reads the
// text chooses. What the choice changes is correct.go's.

import "yipanqi/internal/figurecheck"

// maxCandidates are as many as one can choose from at a glance.
const maxCandidates = 4

// candidates are the codes of what the words of an unjudged figure name alike, of those with one name the first; none
// where they mean one only, or so many that a choice is no help.
func (d data) candidates(i Item, c figurecheck.Claim) (codes []string) {
	if i.Verdict != Unknown || i.Corrected != nil || !i.Kind.Statistic() {
		return nil
	}
	names := map[string]bool{}
	for _, code := range c.Terms {
		if name := d.nameOf(code); !names[name] {
			names[name], codes = true, append(codes, code)
		}
	}
	if len(codes) < 2 || len(codes) > maxCandidates {
		return nil
	}
	return codes
}

// nameOf is what an indicator, a standard or an element is called.
func (d data) nameOf(code string) string {
	if i, known := d.indicators[code]; known {
		return i.Name
	}
	if list := d.parameters[code]; len(list) > 0 {
		return list[0].Name
	}
	return d.elements.byCode[code].Name
}
