package reference

// A reference to what a plan asks of an indicator: {{target W-HEA-001 year=2022}} is ≥95%（2025年）. It is no
// statistic, so nobody signs it; its source is the plan.

import (
	"fmt"
	"strconv"

	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
)

// NoTarget stands where a plan asks for nothing.
const NoTarget = "—"

func (r *Reader) target(ref *Reference) (Figure, error) {
	i := r.indicators[ref.Code]
	area := r.area
	f := Figure{Target: true, Name: i.Name, Indicator: i.Code, Area: area.Code, Period: strconv.Itoa(ref.Year),
		When: yearWords(ref.Year), Status: string(progress.Unproven), Origin: string(progress.Published),
		Proof: "/indicators/" + i.Code, Text: NoTarget}
	if ref.Area != "" {
		var err error
		if area, err = network.AreaByCode(r.tx, ref.Area, ""); err != nil {
			return f, err
		}
		f.Area = area.Code
	}
	if r.targets[area.ID] == nil {
		all, err := progress.Targets(r.tx, area.ID, 0)
		if err != nil {
			return f, err
		}
		r.targets[area.ID] = all
	}
	t := progress.First(progress.TargetsAt(r.targets[area.ID][i.ID], ref.Year))
	f.Source, f.SourceURL = t.SourceTitle, t.SourceURL
	f.Digest = sign.Digest([]byte(i.Code + "\n" + t.Plan + "\n" + string(t.Op) + "\n" + t.Value))
	value := quantity.Measured(t.Value, quantity.Exact, i.Unit).String()
	switch t.Op {
	case indicator.AtLeast:
		f.Text = fmt.Sprintf("≥%s（%d年）", value, t.Year)
	case indicator.AtMost:
		f.Text = fmt.Sprintf("≤%s（%d年）", value, t.Year)
	case indicator.Increase:
		f.Text = "提高"
	case indicator.Decrease:
		f.Text = "降低"
	}
	return f, nil
}
