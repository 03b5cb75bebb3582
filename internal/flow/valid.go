package flow

// What is wrong with a table, all at once: a program that has one does not start its tests. Who may see a thing is no
// business of it.

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Faults are everything that is wrong with the table, in English for whoever writes it. granted says whether any role
// has a verb.
func (t Table) Faults(granted func(verb string) bool) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	seen := map[string]bool{}
	for _, s := range t.Steps {
		line := fmt.Sprintf("%s, %s", orNew(s.From), s.Verb)
		if seen[line] {
			fault("two lines for %s", line)
		}
		seen[line] = true
		if !strings.HasPrefix(s.Verb, t.Object+".") {
			fault("%s: the verb is not one of %s", line, t.Object)
		}
		switch {
		case s.Who == "":
			fault("%s: nobody takes the step", line)
		case s.Who != Program && !granted(s.Verb):
			fault("%s: no role has the verb", line)
		}
		for _, verb := range slices.Concat(s.Not, s.Aside) {
			if !slices.ContainsFunc(t.Steps, func(o Step) bool { return o.Verb == verb }) {
				fault("%s: keeps off who took %s, which no step is", line, verb)
			}
		}
		if !s.Within.IsZero() && !slices.ContainsFunc(t.landings(s), t.left) {
			fault("%s: limits what follows, and nothing does", line)
		}
		for _, word := range append([]string{s.Verb, s.Who}, t.landings(s)...) {
			if t.Words[word] == "" && word != "" {
				fault("%s: no words for %s", line, word)
			}
		}
	}
	return append(faults, t.pathFaults()...)
}

// pathFaults are states that are never reached, that nothing leads out of, or from which no end is in sight.
func (t Table) pathFaults() (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	reached := t.reach(map[string]bool{"": true}, func(s Step) (string, []string) { return s.From, t.landings(s) })
	if !t.left("") {
		fault("nothing begins")
	}
	if len(t.Ends) == 0 {
		fault("nothing ends")
	}
	ends := map[string]bool{}
	for _, end := range t.Ends {
		if ends[end] = true; !reached[end] {
			fault("the end %s is never reached", end)
		}
	}
	leadsTo := func(state string) bool {
		return slices.ContainsFunc(t.Steps, func(s Step) bool { return s.To == state })
	}
	for name, states := range t.Either {
		if !leadsTo(name) {
			fault("no step leads to %s, which stands for several states", name)
		}
		for _, state := range states {
			if !leadsTo(state) && !ends[state] && !t.left(state) {
				fault("%s may be %s, to which no step leads", name, state)
			}
		}
	}
	finishing := maps.Clone(ends)
	for changed := true; changed; {
		changed = false
		for _, s := range t.Steps {
			if !finishing[s.From] && slices.ContainsFunc(t.landings(s), func(to string) bool { return finishing[to] }) {
				finishing[s.From], changed = true, true
			}
		}
	}
	for _, s := range t.Steps {
		if s.From != "" && !reached[s.From] {
			fault("%s is left and never reached", s.From)
		}
	}
	for _, state := range t.States() {
		switch {
		case !t.left(state) && !ends[state]:
			fault("nothing leads out of %s, and it is no end", state)
		case !finishing[state]:
			fault("from %s no end can be reached", state)
		}
	}
	slices.Sort(faults)
	return slices.Compact(faults)
}

// reach are the states that steps lead to from those in found.
func (t Table) reach(found map[string]bool, along func(Step) (from string, to []string)) map[string]bool {
	for changed := true; changed; {
		changed = false
		for _, s := range t.Steps {
			from, to := along(s)
			for _, state := range to {
				if found[from] && !found[state] {
					found[state], changed = true, true
				}
			}
		}
	}
	return found
}

// left says whether a step leads out of a state.
func (t Table) left(state string) bool {
	return slices.ContainsFunc(t.Steps, func(s Step) bool { return s.From == state })
}

func orNew(state string) string {
	if state == "" {
		return "[*]"
	}
	return state
}
