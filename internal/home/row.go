package home

import (
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
)

// Row is an indicator in an area as a table shows it: the value of the year, or the latest before it, held against the
// target. Change is a plain decimal.
type Row struct {
	progress.Shown
	Change  string             `json:"change,omitempty"` // since the period before, from unrounded values
	Targets []indicator.Target `json:"targets"`          // the first is judged: the plan's own, else the national one
	Verdict progress.Verdict   `json:"verdict"`

	latest progress.Value
	before progress.Value // what Change is counted from
}

// row picks the latest value and judges the series, which is in order of period and ends with the year shown.
func row(i indicator.Indicator, area network.Area, series []progress.Value, targets []indicator.Target) Row {
	r := Row{Targets: targets, latest: progress.Value{Indicator: i, Area: area, Sex: quantity.SexTotal}}
	known := progress.Only(series, func(v *progress.Value) bool { return v.Rat != nil || v.Hidden || v.Due > 0 })
	var target indicator.Target
	if len(targets) > 0 {
		target = targets[0]
	}
	r.Verdict = progress.Judge(known, target)
	if len(known) > 0 {
		r.latest = known[len(known)-1]
	}
	r.Shown = r.latest.Shown()
	for i := range known {
		if v := &known[i]; v.Period == r.latest.Period.Previous() && v.Complete() && r.latest.Complete() {
			r.before = *v
		}
	}
	if change := progress.Change(r.before, r.latest); change != nil {
		r.Change = quantity.Round(change, max(r.before.Decimals(), r.latest.Decimals()))
	}
	return r
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

// until groups values by indicator, those of later years left out.
func until(year int, values []progress.Value) map[int64][]progress.Value {
	return progress.ByIndicator(progress.Only(values, func(v *progress.Value) bool { return v.Period.Year() <= year }))
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
