package home

// An indicator in an area as a row of a table; how it stands is progress.AsOf's.

import (
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/say"
)

// Row is an indicator in an area as a table shows it: the value of the year, or the latest before it, held against the
// target. Change is a plain decimal.
type Row struct {
	progress.Shown
	Change  string             `json:"change,omitempty"` // since the period before, from unrounded values
	Targets []indicator.Target `json:"targets"`          // the first is judged: the plan's own, else the national one
	Verdict progress.Verdict   `json:"verdict"`

	latest, before progress.Value
	broken         say.Words // why the two are not comparable
	year           int
}

// row is how an indicator stands as of the year; series is in order of period, targets the first of which is judged.
func row(i indicator.Indicator, area network.Area, series []progress.Value, targets []indicator.Target,
	year int) Row {
	s := progress.AsOf(i, area, series, year, progress.First(targets))
	return Row{Shown: s.Value.Shown(), Change: s.Change(), Targets: targets, Verdict: s.Verdict,
		latest: s.Value, before: s.Before, broken: s.Break(), year: year}
}

// known says whether there is anything to show.
func (r Row) known() bool { return !r.latest.Period.IsZero() }

// beside are the published figures worth a word beside the value: those that a computed value was held against, and
// those that say something else than the one quoted; each number once.
func (r Row) beside() (beside []progress.Quoted) {
	seen := map[string]bool{}
	if r.latest.Quoted != nil {
		seen[r.latest.Quoted.Value] = true
	}
	for _, q := range r.latest.Published {
		if !seen[q.Value] {
			seen[q.Value] = true
			beside = append(beside, q)
		}
	}
	return beside
}

// ofPlan keeps one plan's targets.
func ofPlan(plan string, targets []indicator.Target) (of []indicator.Target) {
	for _, t := range targets {
		if t.Plan == plan {
			of = append(of, t)
		}
	}
	return of
}
