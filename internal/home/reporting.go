package home

// How far the reports behind an area's figures are in, as a whole and by area below. It verifies no signature.

import (
	"sort"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
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
	Unsigned   bool          `json:"unsigned,omitempty"` // some of what is in was imported, signed by nobody
	Missing    []Missing     `json:"missing,omitempty"`  // areas directly below, as far as the user may see them
	Indicators []string      `json:"indicators"`         // that wait for it

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
	Unsigned  bool         `json:"unsigned,omitempty"` // some of what is in was imported, signed by nobody
	Paper     bool         `json:"signed_on_paper,omitempty"`
}

// Complete says that all that is due is in.
func (t Tile) Complete() bool { return t.Due > 0 && t.In >= t.Due }

type formPeriod struct {
	form   int64
	period period.Period
}

// wanted is a form that values rest on. What is in is counted by the element of which least is in.
type wanted struct {
	due, in          int
	element, calibre int64
	level            network.Label
	waiting          []indicator.Indicator
	unsigned         bool
}

// behind finds the forms behind an area's values.
func behind(values []progress.Value) map[formPeriod]wanted {
	by := map[formPeriod]wanted{}
	for _, v := range values {
		for _, p := range v.Parts {
			if p.Amount.Due == 0 || p.Period != v.Period {
				continue
			}
			at := formPeriod{p.FormID, p.Period}
			w, known := by[at]
			in := min(p.Amount.Reported+p.Amount.NotApplicable, p.Amount.Due)
			if !known || in < w.in {
				w.due, w.in, w.element, w.calibre, w.level = p.Amount.Due, in, p.Element.ID, p.Calibre, v.DueLevel
			}
			w.unsigned = w.unsigned || p.Amount.Unsigned > 0
			if n := len(w.waiting); in < p.Amount.Due && (n == 0 || w.waiting[n-1].ID != v.Indicator.ID) {
				w.waiting = append(w.waiting, v.Indicator)
			}
			by[at] = w
		}
	}
	return by
}

// arrived is how many of the reports due from an area are in.
type arrived struct {
	due, in   int
	simulated bool
	unsigned  bool // some of them imported, which nobody signed
	paper     bool // some of them signed in ink
}

// readReporting says how far the forms behind an area's values of a year are in: as a whole, and by the areas directly
// below as far as the user may see them.
func readReporting(tx *db.Tx, by auth.User, area network.Area, year int,
	values []progress.Value) ([]Tile, []Reporting, error) {
	forms := behind(progress.Only(values, func(v *progress.Value) bool { return v.Period.Year() == year }))
	if len(forms) == 0 {
		return nil, nil, nil
	}
	children, err := network.Children(tx, area.ID, "")
	if err != nil {
		return nil, nil, err
	}
	children = within(by, children)
	arrivals, err := readArrivals(tx, children, forms)
	if err != nil {
		return nil, nil, err
	}
	states, err := readStates(tx, children, year)
	if err != nil {
		return nil, nil, err
	}
	var tiles []Tile
	for _, a := range children {
		tiles = append(tiles, tile(a, arrivals[a.ID], states[a.ID]))
	}
	named, err := form.List(tx)
	return tiles, reporting(forms, named, children, arrivals), err
}

func tile(a network.Area, arrivals map[formPeriod]arrived, states []string) Tile {
	t := Tile{Area: a}
	for _, c := range arrivals {
		t.Due, t.In, t.Simulated = t.Due+c.due, t.In+min(c.in, c.due), t.Simulated || c.simulated
		t.Unsigned, t.Paper = t.Unsigned || c.unsigned, t.Paper || c.paper
	}
	if t.Due == 1 && len(states) == 1 {
		t.State = states[0]
	}
	return t
}

// reporting lists the forms by code and period, with the areas that are missing.
func reporting(forms map[formPeriod]wanted, named []form.Form, below []network.Area,
	arrivals map[int64]map[formPeriod]arrived) []Reporting {
	var all []Reporting
	for at, w := range forms {
		r := Reporting{Period: at.period, Due: w.due, In: w.in, Unsigned: w.unsigned, level: w.level,
			waiting: w.waiting}
		for _, f := range named {
			if f.ID == at.form {
				r.Form, r.Name, r.NameEN = f.Code, f.Name, f.NameEN
			}
		}
		for _, a := range below {
			if c := arrivals[a.ID][at]; c.in < c.due {
				r.Missing = append(r.Missing, Missing{a, c.due - c.in})
			}
		}
		for _, i := range w.waiting {
			r.Indicators = append(r.Indicators, i.Code)
		}
		all = append(all, r)
	}
	sort.Slice(all, func(i, j int) bool {
		return all[i].Form+all[i].Period.String() < all[j].Form+all[j].Period.String()
	})
	return all
}
