package progress

// This file is the one rule of what "as of a year" means, for the board, areas, units and indicators alike.

import (
	"slices"

	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Standing is how an indicator stands in an area as of a year. Value is the newest that is known by then, complete or
// not; it has no period if none is. Before is that of the period just before it, if it is known. The verdict rests on
// the newest complete value and names its period.
type Standing struct {
	Value   Value
	Before  Value
	Verdict Verdict
}

// AsOf says how an indicator stands at the end of a year: later values count for nothing, and when the target's plan
// is over, neither do those after the plan. series is one indicator's in one area and sex, in order of period.
func AsOf(i indicator.Indicator, area network.Area, series []Value, year int, target indicator.Target) Standing {
	known := yearly(Only(series, func(v *Value) bool {
		return v.Period.Year() <= year && v.Known()
	}))
	s := Standing{Value: Value{Indicator: i, Area: area, Sex: quantity.SexTotal}}
	if n := len(known); n > 0 {
		s.Value = known[n-1]
		if n > 1 && known[n-2].Period == s.Value.Period.Previous() {
			s.Before = known[n-2]
		}
	}
	s.Verdict = Judge(Only(known, func(v *Value) bool {
		return target.Ends == 0 || v.Period.Year() <= target.Ends
	}), target)
	return s
}

// Known says whether there is anything to show.
func (s Standing) Known() bool { return !s.Value.Period.IsZero() }

// Change is the value's change since the period before, for showing; empty if it is not known.
func (s Standing) Change() string { return ChangeText(s.Before, s.Value) }

// Break says why the value and the one before do not mean the same; no Words where they do or one is not known.
func (s Standing) Break() say.Words { return BreakSince(s.Before, s.Value) }

// BreakSince is Break of two values that are there.
func BreakSince(earlier, later Value) say.Words {
	if earlier.Rat == nil || later.Rat == nil {
		return say.Words{}
	}
	return Break(earlier, later)
}

// TargetsAt are those of an indicator's targets that count as of a year: of the plan in force, else of the one that
// ended last, else of the next. The first is judged. One whose indicator the plan dropped counts until then.
func TargetsAt(targets []indicator.Target, year int) []indicator.Target {
	targets = slices.DeleteFunc(slices.Clone(targets), func(t indicator.Target) bool {
		return t.Dropped != 0 && t.Dropped <= year
	})
	const ahead = 1 << 16
	distance := func(t indicator.Target) int {
		switch {
		case year > t.Ends:
			return year - t.Ends
		case year < t.Starts:
			return ahead + t.Starts - year
		}
		return 0
	}
	if len(targets) == 0 {
		return nil
	}
	nearest := distance(slices.MinFunc(targets, func(a, b indicator.Target) int { return distance(a) - distance(b) }))
	return slices.DeleteFunc(targets, func(t indicator.Target) bool { return distance(t) != nearest })
}

// First is the target that is judged, of none if there is none.
func First(targets []indicator.Target) (t indicator.Target) {
	if len(targets) > 0 {
		t = targets[0]
	}
	return t
}
