// Package flow is the life of a thing as a table: what the table does not list cannot happen. Buttons, refusals, what
// waits for whom, limits, docs/states.md and the replay of the journal come from it. It knows neither rows nor modules:
// what a part is, and what else stands in the way of a step, its module says with plain functions.
package flow

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
)

// Program takes the steps that no person takes: calendar, import, jobs.
const Program = "program"

// Step is one line of a table, see Line.
type Step struct {
	From string // "" is before the thing exists
	Verb string // permission and word of the journal: matter.receive
	Who  string // a part, or Program
	To   string
	Rule
}

// Line is a line of a table; most have no rule.
func Line[State ~string](from State, verb, who string, to State, rule ...Rule) Step {
	s := Step{From: string(from), Verb: verb, Who: who, To: string(to)}
	if len(rule) > 0 {
		s.Rule = rule[0]
	}
	return s
}

// Rule is what a step asks beyond state and part. Most steps ask nothing.
type Rule struct {
	Not    []string       // steps whose person may not take this one
	Aside  []string       // steps whose unit may not take this one
	Within calendar.Limit // how long the next step may take once this one is done
	Needs  []string       // what has to be given with it and journaled: a reason, a digest, a field
}

// Lacks are the needs of the step that were not given.
func (r Rule) Lacks(given map[string]string) (names []string) {
	for _, name := range r.Needs {
		if given[name] == "" {
			names = append(names, name)
		}
	}
	return names
}

// Table is the life of one kind of thing.
type Table struct {
	Object string              // first word of its verbs, and of its name in the journal
	Steps  []Step              // every step there is
	Ends   []string            // states in which nothing is left to do, whether or not a step leads on
	Either map[string][]string // a To that stands for one of several states, which the module knows
	Words  map[string]say.Key  // what states, verbs and parts are called, in Chinese; English is the dictionary's
	Note   string              // what else a reader of docs/states.md should know, in English
	Limits []Limited           // those that are no step's
	Apart  map[string]say.Key  // what is said to somebody whom Not or Aside keeps from a verb, if not the usual
}

// Case is one thing in its flow, as far as its module knows it.
type Case struct {
	State string
	Plays func(part string) (auth.Post, error) // the post in which the user plays a part, or why not
	Fits  func(Step) error                     // what else stands in the way; nil: nothing can
	Did   []Deed                               // who took the steps that Not and Aside name
}

// Deed is a step that somebody took.
type Deed struct{ Verb, PersonID, Unit string }

// Step is the line for a verb in a state.
func (t Table) Step(state, verb string) (Step, bool) {
	for _, s := range t.Steps {
		if s.From == state && s.Verb == verb {
			return s, true
		}
	}
	return Step{}, false
}

// Open are the steps that the user may take now: a page's buttons.
func (t Table) Open(by auth.User, c Case) (open []Step) {
	for _, s := range t.Steps {
		if s.From == c.State && s.Who != Program && by.Can(s.Verb) {
			if _, err := t.may(by, c, s); err == nil {
				open = append(open, s)
			}
		}
	}
	return open
}

// Take is the step that the user may take with verb, and the post in which; or why not: Denied for who they are,
// Conflict for what has become of the thing.
func (t Table) Take(verb string, by auth.User, c Case) (Step, auth.Post, error) {
	s, ok := t.Step(c.State, verb)
	if err := by.Check(verb); err != nil {
		return s, auth.Post{}, err
	}
	if !ok || s.Who == Program {
		return s, auth.Post{}, t.unfit(c.State, verb)
	}
	post, err := t.may(by, c, s)
	return s, post, err
}

// unfit says that a step is none of a state: somebody was quicker, or it is too early.
func (t Table) unfit(state, verb string) error {
	if t.Words[state] == "" || t.Words[verb] == "" {
		return errs.Conflictf("状态已经变了，这一步现在不能办。请刷新页面，看看是谁办理过。")
	}
	return errs.Conflictf("现在是“%s”，不能办“%s”。请刷新页面，看看是谁办理过、下一步办什么。", t.Words[state],
		t.Words[verb])
}

func (t Table) may(by auth.User, c Case, s Step) (auth.Post, error) {
	if c.Fits != nil {
		if err := c.Fits(s); err != nil {
			return auth.Post{}, err
		}
	}
	post, err := c.Plays(s.Who)
	if err != nil {
		return post, err
	}
	return post, t.Independent(s, by, post, c.Did)
}

// Independent refuses a step to whom earlier steps keep from it. Take asks it of what Case.Did says; a module that
// reads who did what only later asks it then.
func (t Table) Independent(s Step, by auth.User, post auth.Post, did []Deed) error {
	for _, d := range did {
		if slices.Contains(s.Not, d.Verb) && d.PersonID == by.ID ||
			slices.Contains(s.Aside, d.Verb) && d.Unit == post.Unit {
			if said := t.Apart[s.Verb]; said != "" {
				return errs.Deniedf(said)
			}
			return errs.Deniedf("办理过“%s”的人或单位不能再办“%s”，须由别人办理。", t.Words[d.Verb], t.Words[s.Verb])
		}
	}
	return nil
}

// Replay takes the entries of one thing through the table. each is told of every entry with its step; of one that
// cannot have happened only the state in which it was, and false: it ends the replay. Where a step may land in several
// states, each says in which. It returns the state at the end, and whether all could happen.
func (t Table) Replay(entries []journal.Entry, each func(journal.Entry, Step, bool) (landed string)) (string, bool) {
	state := ""
	for _, e := range entries {
		s, ok := t.Step(state, e.Verb)
		if !ok {
			each(e, Step{From: state, Verb: e.Verb}, false)
			return state, false
		}
		landed := each(e, s, true)
		if state = s.To; t.Either[s.To] != nil {
			state = landed
		}
	}
	return state, true
}

// landings are the states that a step can lead to.
func (t Table) landings(s Step) []string {
	if either := t.Either[s.To]; either != nil {
		return either
	}
	return []string{s.To}
}

// Ended says whether nothing is left to do in a state.
func (t Table) Ended(state string) bool { return slices.Contains(t.Ends, state) }

// States are all that a thing can be in, in the order in which the table reaches them.
func (t Table) States() (states []string) {
	for _, s := range t.Steps {
		for _, to := range t.landings(s) {
			if !slices.Contains(states, to) {
				states = append(states, to)
			}
		}
	}
	return states
}
