package progress

// A series as a chart: lines only between what is comparable, breaks marked. The same numbers stand in a table.

import (
	"context"
	"slices"

	"yipanqi/internal/element"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// widestGap: a chart of years starts after the last gap of more than so many, because a lone old value would flatten
// the rest; the table has it.
const widestGap = 5

// chart draws the series: a line for each sex and for what is comparable, marks where the definition changes, and the
// targets' lines.
func (d showData) chart(ctx context.Context) part.ChartView {
	periods := d.periods()
	c := part.ChartView{Title: part.Name(ctx, d.Indicator.Name, d.Indicator.NameEN) + " · " + part.Name(ctx,
		d.Area.Name, d.Area.NameEN),
		Unit: UnitOf(ctx, d.Indicator)}
	for _, p := range periods {
		c.Periods = append(c.Periods, p.String())
	}
	for _, series := range d.series {
		for _, meaning := range meanings(series) {
			c.Series = append(c.Series, part.Series{Name: seriesName(ctx, meaning, len(d.Versions) > 1), Kind: "line",
				Points: points(ctx, meaning, periods)})
		}
	}
	for i, v := range d.total() {
		if why := breakBefore(d.total(), i); redefined(why) {
			c.Breaks = append(c.Breaks, part.Break{Period: v.Period.String(), Text: part.Say(ctx, why)})
		}
	}
	for _, j := range d.Verdicts {
		if j.Target.Value == "" {
			continue
		}
		target := part.Series{Name: TargetWords(ctx, d.Indicator, j.Target), Kind: "target"}
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

func calibresOf(series []Value) (found []element.Calibre) {
	seen := map[int64]bool{}
	for _, v := range series {
		if v.Rat != nil && !seen[v.Calibre.ID] {
			seen[v.Calibre.ID] = true
			found = append(found, v.Calibre)
		}
	}
	return found
}

// meanings parts a series into what is comparable with each other, each in order of period.
func meanings(series []Value) (all [][]Value) {
	for _, v := range series {
		if v.Rat == nil {
			continue
		}
		n := slices.IndexFunc(all, func(m []Value) bool { return Comparable(m[0], v) })
		if n < 0 {
			n, all = len(all), append(all, nil)
		}
		all[n] = append(all[n], v)
	}
	return all
}

// breakBefore says why the value at i is not comparable with the last number before it; no Words where it is.
func breakBefore(series []Value, i int) say.Words {
	for n := i - 1; n >= 0; n-- {
		if series[n].Rat != nil {
			return BreakSince(series[n], series[i])
		}
	}
	return say.Words{}
}

// seriesName says whom a line counts, and since when in this way if that has changed.
func seriesName(ctx context.Context, meaning []Value, changed bool) string {
	first := meaning[0]
	name := part.T(ctx, quantity.SexWords(first.Sex))
	if c := first.Calibre; c.ID != 0 {
		name += bracketed(ctx, part.Name(ctx, c.Name, c.NameEN))
	}
	if from := first.Version.From; changed && !from.IsZero() {
		name += bracketed(ctx, part.T(ctx, "%s起的定义", periodOf(ctx, from, "")))
	}
	return name
}

func bracketed(ctx context.Context, text string) string {
	return part.Name(ctx, "（"+text+"）", " ("+text+")")
}

func points(ctx context.Context, meaning []Value, periods []period.Period) []part.Point {
	all := make([]part.Point, len(periods))
	for i, p := range periods {
		if v := at(meaning, p); v.Rat != nil {
			all[i] = part.Point{Value: quantity.Round(v.Rat, v.Decimals()),
				Text: number(ctx, v), Origin: string(v.Origin)}
		}
	}
	return all
}
