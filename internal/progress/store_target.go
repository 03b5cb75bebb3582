package progress

// Targets of an area with the years of their plans, the year that pages begin with, and series picked from values.

import (
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/setting"
)

// hung is an indicator of a plan.
type hung struct {
	plan      string
	indicator int64
}

// Targets returns what the plans ask of an area, by indicator; of one indicator, or of all if it is 0. A plan's own
// target comes before the national one. Where a target names no baseline year, it is the year before the plan.
func Targets(tx *db.Tx, areaID, indicatorID int64) (map[int64][]indicator.Target, error) {
	plans, err := plan.List(tx)
	if err != nil {
		return nil, err
	}
	of := map[string]plan.Plan{}
	for _, p := range plans {
		of[p.Code] = p
	}
	dropped, err := indicator.DroppedFrom(tx, "")
	if err != nil {
		return nil, err
	}
	gone := map[hung]int{}
	for _, d := range dropped {
		gone[hung{d.Plan, d.IndicatorID}] = d.From.Year()
	}
	targets, err := indicator.Targets(tx, areaID, indicatorID)
	by := map[int64][]indicator.Target{}
	for _, t := range targets {
		t.Starts, t.Ends = of[t.Plan].Starts, of[t.Plan].Ends
		t.Dropped = gone[hung{t.Plan, t.IndicatorID}]
		if t.BaselineYear == 0 {
			t.BaselineYear = t.Starts - 1
		}
		by[t.IndicatorID] = append(by[t.IndicatorID], t)
	}
	return by, err
}

// FirstYear is the year that pages show first: the one that the installation names, else the newest with an accepted or
// published number of the area, else the newest for which a report is due, else none.
func FirstYear(tx *db.Tx, areaID int64) (int, error) {
	named, err := setting.Get(tx, setting.Year)
	if err != nil {
		return 0, err
	}
	if year, err := strconv.Atoi(named); err == nil {
		return year, nil
	}
	rows := []int64{areaID}
	earlier, err := network.Earlier(tx, areaID)
	if err != nil {
		return 0, err
	}
	for _, row := range earlier {
		rows = append(rows, row.ID)
	}
	where := ` WHERE area_id IN (` + db.Ints(rows) + `)`
	newest, err := db.Value[int](tx, `SELECT COALESCE(max(x.period),
			(SELECT max(period) FROM expectations`+where+`), 0) FROM (
			SELECT max(period) AS period FROM facts`+where+`
			UNION ALL SELECT max(period) FROM rollups`+where+`
			UNION ALL SELECT max(period) FROM published_figures`+where+`) x`)
	return newest / 100, err
}

// ByIndicator groups values, keeping their order: one area's values of all indicators become a series of each.
func ByIndicator(values []Value) map[int64][]Value {
	by := map[int64][]Value{}
	for i := 0; i < len(values); {
		id, from := values[i].Indicator.ID, i
		for i < len(values) && values[i].Indicator.ID == id {
			i++
		}
		if by[id] == nil {
			by[id] = values[from:i:i] // mostly all there is: no copy, a value is large
		} else {
			by[id] = append(by[id], values[from:i]...)
		}
	}
	return by
}

// Only are the values that fit, in their order; values itself if all do. Neither may be changed afterwards.
func Only(values []Value, fits func(*Value) bool) []Value {
	n := 0
	for i := range values {
		if fits(&values[i]) {
			n++
		}
	}
	if n == len(values) || n == 0 {
		return values[:n:n]
	}
	some := make([]Value, 0, n)
	for i := range values {
		if fits(&values[i]) {
			some = append(some, values[i])
		}
	}
	return some
}
