package progress

import (
	"math/big"
	"strconv"

	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Lamp is how an indicator stands; it never goes without words.
type Lamp string

const (
	LampMet        Lamp = "met"
	LampOnPace     Lamp = "on_pace"
	LampBehind     Lamp = "behind"
	LampWorsening  Lamp = "worsening"
	LampNoTarget   Lamp = "no_target"
	LampTooFew     Lamp = "too_few"
	LampIncomplete Lamp = "incomplete"
)

// fewEvents: a rate that counts fewer events than this jumps from year to year by chance, so it is not judged.
const fewEvents = 20

// FewEvents says whether the value is a rate of too few events to be judged.
func (v Value) FewEvents() bool {
	return v.Events != nil && v.Events.Cmp(big.NewRat(fewEvents, 1)) < 0
}

// Verdict is a lamp with its reason. Parameters are what the method was given and found, by name, as plain decimals.
type Verdict struct {
	Lamp       Lamp              `json:"lamp"`
	Words      []Words           `json:"words"`
	Method     string            `json:"method"`
	Parameters map[string]string `json:"parameters,omitempty"`
}

const linearPace = "linear"

// judge holds what a verdict is made from.
type judge struct {
	target   indicator.Target
	decimals int
	Verdict
}

// Judge holds a series, in order of period, against a target by linear pace: from the base year to the target year the
// value should move along a straight line, and what counts is whether the latest value is on it or beyond. series must
// be of one indicator, area and sex. The base is the target's baseline year or the first year known after it.
func Judge(series []Value, target indicator.Target) Verdict {
	j := judge{target: target, Verdict: Verdict{Method: linearPace, Parameters: map[string]string{}}}
	series = yearly(series)
	latest, ok := j.latest(series)
	if !ok {
		return j.Verdict
	}
	j.decimals = latest.Indicator.Decimals
	base, based := j.base(series, latest)
	if based {
		j.say("从%s的%s到%s的%s", base.Period, base.amount(), latest.Period, latest.amount())
		j.parameter("base_period", base.Period.String())
		j.parameter("base_value", base.Plain())
	} else {
		j.say("%s为%s", latest.Period, latest.amount())
	}
	j.parameter("latest_period", latest.Period.String())
	j.parameter("latest_value", latest.Plain())
	j.weigh(base, latest, based)
	if latest.Origin == Simulated {
		j.say("含模拟数据")
	}
	return j.Verdict
}

// yearly leaves only the years, if there are any: a month beside them is another thing.
func yearly(series []Value) []Value {
	years := Only(series, func(v *Value) bool { return v.Period.Kind() == period.Year })
	if len(years) == 0 {
		return series
	}
	return years
}

func (j *judge) say(key string, args ...any) { j.Words = append(j.Words, words(key, args...)) }

func (j *judge) parameter(name, value string) { j.Parameters[name] = value }

// latest is the last value that may be judged: a complete one, if there is any.
func (j *judge) latest(series []Value) (Value, bool) {
	for i := len(series) - 1; i >= 0; i-- {
		if !series[i].Complete() {
			continue
		}
		for _, later := range series[i+1:] {
			j.unfinished(later)
		}
		if len(j.Words) > 0 {
			j.say("按%s评价", series[i].Period)
		}
		return series[i], true
	}
	j.Lamp = LampTooFew
	for _, v := range series {
		if v.Due > v.Reported {
			j.Lamp = LampIncomplete
			j.unfinished(v)
		}
	}
	if len(j.Words) == 0 {
		j.say("还没有数据")
	}
	return Value{}, false
}

func (j *judge) unfinished(v Value) {
	switch {
	case v.Due == 1 && v.Reported == 0:
		j.say("%s的报表还没有审核通过", v.Period)
	case v.Due > v.Reported:
		j.say("%s%d个%s中%d个已报，数据不完整", v.Period, v.Due, v.DueLevel, v.Reported)
	}
}

// base is where the line starts. Values of another calibre than the latest are left out.
func (j *judge) base(series []Value, latest Value) (base Value, ok bool) {
	for _, v := range series {
		if !v.Complete() || v.Calibre.ID != latest.Calibre.ID || v.Period.Int() >= latest.Period.Int() {
			continue
		}
		if v.Period.Year() >= j.target.BaselineYear {
			return v, true
		}
		base, ok = v, true // before the baseline: better than nothing
	}
	return base, ok
}

func (j *judge) weigh(base, latest Value, based bool) {
	for _, v := range []Value{base, latest} {
		if v.Disputed() {
			j.say("%s有不同的公开数，这里采用%s", v.Period, v.Quoted.SourceTitle)
		}
	}
	few := latest.FewEvents()
	if few {
		j.parameter("events", quantity.Round(latest.Events, 0))
		j.say("分子只有%s例，不足%d例，年度间波动大，不作进度判断", quantity.Round(latest.Events, 0), fewEvents)
	}
	switch {
	case j.target.Op == "" || j.target.Op == indicator.NoTarget:
		j.Lamp = LampNoTarget
		j.say("没有设定目标")
	case few:
		j.Lamp = LampTooFew
	case j.target.Op == indicator.Increase || j.target.Op == indicator.Decrease:
		j.direction(base, latest, based)
	default:
		j.pace(base, latest, based)
	}
}

// direction judges a target that only says which way to go.
func (j *judge) direction(base, latest Value, based bool) {
	if !based {
		j.Lamp = LampTooFew
		j.say("只有一个年份的数，看不出变化")
		return
	}
	switch j.better(base.Rat, latest.Rat) {
	case 1:
		j.Lamp = LampOnPace
		j.say("向好")
	case 0:
		j.Lamp = LampBehind
		j.say("持平")
	default:
		j.Lamp = LampWorsening
		j.say("变差")
	}
}

// better is 1 if b is better than a by the target's direction, -1 if it is worse, 0 if they are equal.
func (j *judge) better(a, b *big.Rat) int {
	if j.target.Op == indicator.AtMost || j.target.Op == indicator.Decrease {
		return a.Cmp(b)
	}
	return b.Cmp(a)
}

// pace judges a target with a value.
func (j *judge) pace(base, latest Value, based bool) {
	goal, _, ok := quantity.Decimal(j.target.Value)
	if !ok {
		j.Lamp = LampNoTarget
		j.say("没有设定目标")
		return
	}
	due, _ := period.FromInt(j.target.Year * 100)
	j.parameter("target_value", j.target.Value)
	j.parameter("target_year", strconv.Itoa(j.target.Year))
	j.say(j.asks(), due, j.target.Value)
	if j.better(goal, latest.Rat) >= 0 {
		j.Lamp = LampMet
		j.say("已达到")
		if based && j.better(base.Rat, latest.Rat) < 0 {
			j.say("但比%s差", base.Period)
		}
		return
	}
	gap := new(big.Rat).Sub(goal, latest.Rat)
	j.say("还差%s", j.round(gap.Abs(gap)))
	switch {
	case !based:
		j.Lamp = LampTooFew
		j.say("只有一个年份的数，看不出进度")
	case j.better(base.Rat, latest.Rat) < 0:
		j.Lamp = LampWorsening
		j.say("比%s差", base.Period)
	case years(latest.Period).Cmp(big.NewRat(int64(j.target.Year), 1)) >= 0:
		j.Lamp = LampBehind
		j.say("目标年份已到，未达到")
	default:
		j.line(base, latest, goal)
	}
}

func (j *judge) asks() string {
	switch {
	case j.target.Op == indicator.AtMost && j.target.Level == indicator.National:
		return "国家目标是%s不高于%s"
	case j.target.Op == indicator.AtMost:
		return "目标是%s不高于%s"
	case j.target.Level == indicator.National:
		return "国家目标是%s不低于%s"
	}
	return "目标是%s不低于%s"
}

// line compares the latest value with the straight line from the base to the goal in the target year, which lies ahead.
func (j *judge) line(base, latest Value, goal *big.Rat) {
	start, at, end := years(base.Period), years(latest.Period), big.NewRat(int64(j.target.Year), 1)
	share := new(big.Rat).Quo(new(big.Rat).Sub(at, start), new(big.Rat).Sub(end, start))
	expected := new(big.Rat).Sub(goal, base.Rat)
	expected.Add(base.Rat, expected.Mul(expected, share))
	needed := new(big.Rat).Sub(goal, latest.Rat)
	needed.Quo(needed, new(big.Rat).Sub(end, at))
	j.parameter("expected_value", j.round(expected))
	j.parameter("needed_per_year", j.round(needed))
	j.say("按匀速进度%s应为%s", latest.Period, j.round(expected))
	if j.better(expected, latest.Rat) >= 0 {
		j.Lamp = LampOnPace
		j.say("进度正常")
		return
	}
	j.Lamp = LampBehind
	if needed.Sign() < 0 {
		j.say("进度滞后，今后每年需降低%s", j.round(needed.Neg(needed)))
		return
	}
	j.say("进度滞后，今后每年需提高%s", j.round(needed))
}

// years is a period as a point in time, in years: the end of a year is the year, the end of its first half is half a
// year earlier.
func years(p period.Period) *big.Rat {
	months := map[period.Kind]int64{period.Year: 12, period.Half: 6, period.Quarter: 3, period.Month: 1}[p.Kind()]
	end := int64(12)
	for q := p.Next(); !q.IsZero() && q.Year() == p.Year(); q = q.Next() {
		end -= months
	}
	return new(big.Rat).Add(big.NewRat(int64(p.Year()-1), 1), big.NewRat(end, 12))
}

func (j *judge) round(r *big.Rat) string { return quantity.Round(r, j.decimals) }
