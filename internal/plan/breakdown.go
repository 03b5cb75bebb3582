package plan

// The breakdown 目标任务分解书: goals and measures by domain, each with the units that answer for it.

import "yipanqi/internal/network"

// breakdown knows who answers for what; with only, just what one unit answers for is wanted.
type breakdown struct {
	goals, measures map[string]map[string]string // duty by unit, by code
	busy            []network.Unit               // units that answer for something, in their order
	only            string
}

func newBreakdown(goals []GoalUnit, measures []MeasureUnit, units []network.Unit, only string) breakdown {
	b := breakdown{goals: map[string]map[string]string{}, measures: map[string]map[string]string{}, only: only}
	answers := map[string]bool{}
	put := func(into map[string]map[string]string, code, unit, duty string) {
		if into[code] == nil {
			into[code] = map[string]string{}
		}
		into[code][unit], answers[unit] = duty, true
	}
	for _, u := range goals {
		put(b.goals, u.Goal, u.Unit, u.Duty)
	}
	for _, u := range measures {
		put(b.measures, u.Measure, u.Unit, u.Duty)
	}
	for _, u := range units {
		if answers[u.Code] {
			b.busy = append(b.busy, u)
		}
	}
	return b
}

// wants says whether something that units answer for is to be shown.
func (b breakdown) wants(duties map[string]string) bool { return b.only == "" || duties[b.only] != "" }

func (b breakdown) answering(duties map[string]string) (a answering) {
	for _, u := range b.busy {
		switch duties[u.Code] {
		case Lead:
			a.Lead = append(a.Lead, u)
		case Responsible:
			a.Responsible = append(a.Responsible, u)
		}
	}
	return a
}

// domains are those with something to show, all of them if no unit was chosen.
func (b breakdown) domains(domains []Domain, goals []Goal, measures []Measure) (filled []domainData) {
	for _, domain := range domains {
		d := domainData{Domain: domain}
		for _, g := range goals {
			if g.Domain == domain.Code && b.wants(b.goals[g.Code]) {
				d.Goals = append(d.Goals, goalData{Goal: g, answering: b.answering(b.goals[g.Code])})
			}
		}
		for _, m := range measures {
			if m.Domain == domain.Code && b.wants(b.measures[m.Code]) {
				d.Measures = append(d.Measures, measureData{m, b.answering(b.measures[m.Code])})
			}
		}
		if b.only == "" || len(d.Goals)+len(d.Measures) > 0 {
			filled = append(filled, d)
		}
	}
	return filled
}
