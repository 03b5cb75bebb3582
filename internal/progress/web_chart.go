package progress

import (
	"context"

	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/web/part"
)

// widestGap: a chart of years starts after the last gap of more than so many, because a lone old value would flatten
// the rest; the table has it.
const widestGap = 5

// chart draws the series: a line for each sex and calibre, and the targets' lines.
func (d showData) chart(ctx context.Context) part.ChartView {
	periods := d.periods()
	c := part.ChartView{Title: part.Name(ctx, d.Indicator.Name, d.Indicator.NameEN) + " · " + part.Name(ctx,
		d.Area.Name, d.Area.NameEN),
		Unit: UnitOf(ctx, d.Indicator)}
	for _, p := range periods {
		c.Periods = append(c.Periods, p.String())
	}
	for _, series := range d.series {
		for _, calibre := range calibresOf(series) {
			c.Series = append(c.Series, part.Series{Name: d.seriesName(ctx, series[0].Sex, calibre), Kind: "line",
				Points: points(ctx, series, calibre.ID, periods)})
		}
	}
	for _, j := range d.Verdicts {
		if j.Target.Value == "" {
			continue
		}
		target := part.Series{Name: targetWords(ctx, d.Indicator, j.Target), Kind: "target"}
		for range periods {
			target.Points = append(target.Points, part.Point{Value: j.Target.Value, Text: j.Target.Value})
		}
		c.Series = append(c.Series, target)
	}
	return c
}

// periods are even years up to the last target, where the series is yearly; else just those that are known.
func (d showData) periods() []period.Period {
	var known []period.Period
	years := true
	for _, v := range d.total() {
		known = append(known, v.Period)
		years = years && v.Period.Kind() == period.Year
	}
	if len(known) == 0 || !years {
		return known
	}
	first, last := known[0], known[len(known)-1].Year()
	for i, p := range known[1:] {
		if p.Year()-known[i].Year() > widestGap {
			first = p
		}
	}
	for _, j := range d.Verdicts {
		last = max(last, j.Target.Year)
	}
	var even []period.Period
	for p := first; p.Year() <= last; p = p.Next() {
		even = append(even, p)
	}
	return even
}

func calibresOf(series []Value) (found []indicator.Calibre) {
	seen := map[int64]bool{}
	for _, v := range series {
		if v.Rat != nil && !seen[v.Calibre.ID] {
			seen[v.Calibre.ID] = true
			found = append(found, v.Calibre)
		}
	}
	return found
}

func (d showData) seriesName(ctx context.Context, sex int, c indicator.Calibre) string {
	name := part.T(ctx, quantity.SexWords(sex))
	if c.ID != 0 {
		name += "（" + part.Name(ctx, c.Name, c.NameEN) + "）"
	}
	return name
}

func points(ctx context.Context, series []Value, calibre int64, periods []period.Period) []part.Point {
	all := make([]part.Point, len(periods))
	for i, p := range periods {
		if v := at(series, p); v.Rat != nil && v.Calibre.ID == calibre {
			all[i] = part.Point{Value: quantity.Round(v.Rat, v.Decimals()),
				Text: number(ctx, v), Origin: string(v.Origin)}
		}
	}
	return all
}
