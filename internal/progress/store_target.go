package progress

import (
	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/plan"
)

// Targets returns what the plans ask of an area, by indicator; of one indicator, or of all if it is 0. A plan's own target
// comes before the national one. Where a target names no baseline year, it is the year before the plan.
func Targets(tx *db.Tx, areaID, indicatorID int64) (map[int64][]indicator.Target, error) {
	plans, err := plan.List(tx)
	if err != nil {
		return nil, err
	}
	starts := map[string]int{}
	for _, p := range plans {
		starts[p.Code] = p.Starts
	}
	targets, err := indicator.Targets(tx, areaID, indicatorID)
	by := map[int64][]indicator.Target{}
	for _, t := range targets {
		if t.BaselineYear == 0 {
			t.BaselineYear = starts[t.Plan] - 1
		}
		by[t.IndicatorID] = append(by[t.IndicatorID], t)
	}
	return by, err
}

// ByIndicator groups values, keeping their order: one area's values of all indicators become a series of each.
func ByIndicator(values []Value) map[int64][]Value {
	by := map[int64][]Value{}
	for _, v := range values {
		by[v.Indicator.ID] = append(by[v.Indicator.ID], v)
	}
	return by
}
