package submission

// Who has to report, by the network as it stood at the end of a period: the calendar's file and a reporting cycle ask
// for the same. What was asked for already, as the journal has it, is owed.go's.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// Owing are what units owe of a form for a period in the area at a path and below, whether it was opened or not; and
// the areas in which no unit fills it in, or more than one. Days are the caller's.
func Owing(tx *db.Tx, f form.Form, p period.Period, under string) (owed []Owed, unclear []network.Area, err error) {
	areas, err := network.AllAreas(tx)
	if err != nil {
		return nil, nil, err
	}
	units, err := network.AllUnits(tx)
	if err != nil {
		return nil, nil, err
	}
	_, last := p.Range(f.YearStart)
	by := reporters(areas, units, f, last)
	for _, a := range areas {
		switch {
		case a.Level != f.Level || !a.OpenOn(last) || !strings.HasPrefix(a.Path, under):
		case len(by[a.Code]) == 1:
			owed = append(owed, Owed{Form: f, Unit: by[a.Code][0], Area: a, Period: p})
		default:
			unclear = append(unclear, a)
		}
	}
	return owed, unclear, nil
}

// Ask opens what is owed, or sets the day of what was opened before. What was sent already keeps its day: nobody
// becomes late, or in time, by it.
func Ask(tx *db.Tx, by auth.User, o Owed) error {
	s, _, err := Open(tx, by, o)
	if err != nil || s.DueOn == o.DueOn || s.AcceptedID != 0 || !s.State.Unsent() {
		return err
	}
	s.DueOn = o.DueOn
	if err := update(tx, &s); err != nil {
		return err
	}
	return owe(tx, by, s)
}

// reporters are the units of the kind that fills f in, on a day, by the code of their area: a unit stays with its area
// when that moves to another parent.
func reporters(areas []network.Area, all []network.Unit, f form.Form, day string) map[string][]network.Unit {
	codes := map[int64]string{}
	for _, a := range areas {
		codes[a.ID] = a.Code
	}
	by, units := map[string][]network.Unit{}, map[string]network.Unit{}
	for _, u := range all {
		units[u.Code] = u
	}
	for _, u := range all {
		if u.Kind != f.Reporters || u.OpensOn > day {
			continue
		}
		u = heirOn(units, u, day)
		at := codes[u.AreaID]
		if u.OpenOn(day) && !slices.ContainsFunc(by[at], func(o network.Unit) bool { return o.Code == u.Code }) {
			by[at] = append(by[at], u)
		}
	}
	return by
}

// heirOn is who does a unit's work on a day: itself, or whoever took over from it, whatever kind that is of.
func heirOn(units map[string]network.Unit, u network.Unit, day string) network.Unit {
	for range units {
		next, known := units[u.Successor]
		if !known || u.OpenOn(day) {
			break
		}
		u = next
	}
	return u
}
