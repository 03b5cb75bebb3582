package home

import (
	"math/big"
	"net/url"

	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
)

// Row is an indicator in an area as a table shows it: the value of the year, or the latest before it, held against the
// target. Value, Change and Difference are plain decimals.
type Row struct {
	Indicator indicator.Indicator `json:"indicator"`
	Period    period.Period       `json:"period"`
	Value     string              `json:"value"`
	Status    progress.Status     `json:"status"`
	Origin    progress.Origin     `json:"origin"`
	Reported  int                 `json:"reported,omitempty"`
	Due       int                 `json:"due,omitempty"`
	Change    string              `json:"change,omitempty"` // since the period before, from unrounded values
	Targets   []indicator.Target  `json:"targets"`          // the first is judged: the plan's own, else the national one
	Lamp      progress.Lamp       `json:"lamp"`
	Words     []progress.Words    `json:"words"`
	Proof     string              `json:"proof,omitempty"`

	latest progress.Value
	before progress.Value // what Change is counted from
}

// row picks the latest value and judges the series, which is in order of period and ends with the year shown.
func row(i indicator.Indicator, series []progress.Value, targets []indicator.Target) Row {
	r := Row{Indicator: i, Targets: targets, Lamp: progress.LampNoTarget}
	var known []progress.Value
	for _, v := range series {
		if v.Rat != nil || v.Hidden || v.Due > 0 {
			known = append(known, v)
		}
	}
	target := indicator.Target{Op: indicator.NoTarget}
	if len(targets) > 0 {
		target = targets[0]
	}
	verdict := progress.Judge(known, target)
	r.Lamp, r.Words = verdict.Lamp, verdict.Words
	if len(known) == 0 {
		return r
	}
	r.latest = known[len(known)-1]
	r.Period, r.Value, r.Status, r.Origin = r.latest.Period, r.latest.Plain(), r.latest.Status, r.latest.Origin
	r.Reported, r.Due, r.Proof = r.latest.Reported, r.latest.Due, proofURL(r.latest)
	for _, v := range known {
		if v.Period == r.latest.Period.Previous() && v.Complete() && r.latest.Complete() {
			r.before = v
		}
	}
	if change := r.change(); change != nil {
		r.Change = quantity.Round(change, r.changeDecimals())
	}
	return r
}

func (r Row) change() *big.Rat { return progress.Change(r.before, r.latest) }

func (r Row) changeDecimals() int { return max(r.before.Decimals(), r.latest.Decimals()) }

// known says whether there is anything to show.
func (r Row) known() bool { return !r.Period.IsZero() }

// others are the published figures that say something else than the value shown, each number once.
func (r Row) others() (others []progress.Quoted) {
	seen := map[string]bool{r.Value: true}
	for _, q := range r.latest.Published {
		if r.latest.Quoted == nil || seen[q.Value] {
			continue
		}
		seen[q.Value] = true
		others = append(others, q)
	}
	return others
}

// compared are the published figures that a computed value was held against, each number once.
func (r Row) compared() (compared []progress.Quoted) {
	seen := map[string]bool{}
	for _, q := range r.latest.Published {
		if q.Compared && !seen[q.Value] {
			seen[q.Value] = true
			compared = append(compared, q)
		}
	}
	return compared
}

// proofURL leads from a value to where it comes from.
func proofURL(v progress.Value) string {
	if v.Quoted != nil {
		return "/published/" + v.Quoted.ID
	}
	if v.Rat == nil && v.Due == 0 {
		return ""
	}
	return "/proof?" + url.Values{"indicator": {v.Indicator.Code}, "area": {v.Area.Code}, "period": {v.Period.String()},
		"sex": {quantity.SexCode(v.Sex)}}.Encode()
}

// series parts values, which are in order of indicator and period, by indicator; up to the year.
func series(values []progress.Value, year int) map[int64][]progress.Value {
	by := map[int64][]progress.Value{}
	for _, v := range values {
		if v.Period.Year() <= year {
			by[v.Indicator.ID] = append(by[v.Indicator.ID], v)
		}
	}
	return by
}

// byIndicator groups an area's targets, of one plan or of all if plan is empty.
func byIndicator(targets []indicator.Target, plan string) map[int64][]indicator.Target {
	by := map[int64][]indicator.Target{}
	for _, t := range targets {
		if plan == "" || t.Plan == plan {
			by[t.IndicatorID] = append(by[t.IndicatorID], t)
		}
	}
	return by
}
