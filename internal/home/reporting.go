package home

import (
	"sort"

	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
)

// Reporting says how far the reports of one form for one period are in, over an area.
type Reporting struct {
	Form       string        `json:"form"`
	Name       string        `json:"name"`
	NameEN     string        `json:"name_en"`
	Period     period.Period `json:"period"`
	Due        int           `json:"due"`
	In         int           `json:"in"`
	Missing    []Missing     `json:"missing,omitempty"` // areas directly below, as far as the user may see them
	Indicators []string      `json:"indicators"`        // that wait for it

	level   network.Label
	waiting []indicator.Indicator
}

// Missing is an area directly below from which Count reports are still due.
type Missing struct {
	Area  network.Area `json:"area"`
	Count int          `json:"count"`
}

// Tile is how far an area's reports are in, over all forms that the indicators shown rest on. State is that of its only
// submission, if it owes just one.
type Tile struct {
	Area      network.Area `json:"area"`
	Due       int          `json:"due"`
	In        int          `json:"in"`
	State     string       `json:"state,omitempty"`
	Simulated bool         `json:"simulated,omitempty"`
}

// Complete says that all that is due is in.
func (t Tile) Complete() bool { return t.Due > 0 && t.In >= t.Due }

// count is how many reports are due and in; in counts a report only if every figure taken from it is there.
type count struct{ due, in int }

type formPeriod struct {
	form   int64
	period period.Period
}

// counts reads from values what the forms behind them still owe.
func counts(values []progress.Value) map[formPeriod]count {
	by := map[formPeriod]count{}
	for _, v := range values {
		for _, p := range v.Parts {
			if p.Amount.Due == 0 || p.Period != v.Period {
				continue
			}
			key, in := formPeriod{p.FormID, p.Period}, min(p.Amount.Reported+p.Amount.NotApplicable, p.Amount.Due)
			if c, known := by[key]; known {
				in = min(in, c.in)
			}
			by[key] = count{p.Amount.Due, in}
		}
	}
	return by
}

// reporting lists the forms behind an area's values of one year, with the areas below that are missing.
func reporting(values []progress.Value, below []Tile, byArea map[int64]map[formPeriod]count, forms map[int64]form.Form) []Reporting {
	levels, waiting := map[formPeriod]network.Label{}, map[formPeriod][]indicator.Indicator{}
	for _, v := range values {
		listed := map[formPeriod]bool{}
		for _, p := range v.Parts {
			key := formPeriod{p.FormID, p.Period}
			levels[key] = v.DueLevel
			if !p.Amount.Complete() && !listed[key] {
				listed[key] = true
				waiting[key] = append(waiting[key], v.Indicator)
			}
		}
	}
	var all []Reporting
	for key, c := range counts(values) {
		f := forms[key.form]
		r := Reporting{Form: f.Code, Name: f.Name, NameEN: f.NameEN, Period: key.period, Due: c.due, In: c.in, level: levels[key], waiting: waiting[key]}
		for _, i := range r.waiting {
			r.Indicators = append(r.Indicators, i.Code)
		}
		for _, t := range below {
			if c := byArea[t.Area.ID][key]; c.in < c.due {
				r.Missing = append(r.Missing, Missing{t.Area, c.due - c.in})
			}
		}
		all = append(all, r)
	}
	sort.Slice(all, func(i, j int) bool {
		return all[i].Form+all[i].Period.String() < all[j].Form+all[j].Period.String()
	})
	return all
}
