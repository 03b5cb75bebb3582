package progress

// The verdict on a series against a target, by linear pace from the base to the target year, with the reason in words.
// Which values count as of a year is asof.go's.

import (
	"math/big"
	"slices"
	"strconv"

	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Lamp is how an indicator stands; it never goes without words.
type Lamp string

const (
	LampMet        Lamp = "met"
	LampOnPace     Lamp = "on_pace"
	LampBehind     Lamp = "behind"
	LampWorsening  Lamp = "worsening"
	LampShort      Lamp = "short"       // one value only, and the target not met
	LampIncomplete Lamp = "incomplete"  // a report that is due is missing
	LampTooFew     Lamp = "too_few"     // too few years or events to judge by
	LampBefore     Lamp = "before_plan" // the value is older than the plan
	LampNoData     Lamp = "no_data"
	LampNoTarget   Lamp = "no_target"
)

// Lamps are all of them, in the order in which they are shown: what needs attention first.
func Lamps() []Lamp {
	return []Lamp{LampWorsening, LampBehind, LampShort, LampIncomplete, LampOnPace, LampMet, LampTooFew, LampBefore,
		LampNoData, LampNoTarget}
}

// fewEvents: a rate that counts fewer events than this jumps from year to year by chance, so it is not judged.
const fewEvents = 20

// FewEvents says whether the value is a rate of too few events to be judged.
func (v Value) FewEvents() bool {
	return v.Events != nil && v.Events.Cmp(big.NewRat(fewEvents, 1)) < 0
}

// Verdict is a lamp with its reason. Period is that of the value judged. Parameters are what the method was given and
// found, by name, as plain decimals.
type Verdict struct {
	Lamp       Lamp              `json:"lamp"`
	Period     period.Period     `json:"period"`
	Words      []say.Words       `json:"words"`
	Method     string            `json:"method"`
	Parameters map[string]string `json:"parameters,omitempty"`
}

const linearPace = "linear"

// judge holds what a verdict is made from: the value judged, where its line starts, if that is known, and the goal of
// a target that has one.
type judge struct {
	target       indicator.Target
	latest, base Value
	based        bool
	lacking      bool // a report is missing for a later value than the one judged
	goal         *big.Rat
	decimals     int // of what is said
	Verdict
}

// Judge holds a series, in order of period, against a target by linear pace: from the base year to the target year the
// value should move along a straight line, and what counts is whether the latest value is on it or beyond. series must
// be of one indicator, area and sex. The base is the target's baseline year or the first year known after it.
func Judge(series []Value, target indicator.Target) Verdict {
	j := judge{target: target, Verdict: Verdict{Method: linearPace, Parameters: map[string]string{}}}
	series = yearly(series)
	if !j.choose(series) {
		return j.Verdict
	}
	j.Period = j.latest.Period
	if goal, _, ok := quantity.Decimal(target.Value); ok && (target.Op == indicator.AtLeast ||
		target.Op == indicator.AtMost) {
		j.goal = goal
	}
	var broken Value
	j.base, broken, j.based = j.start(series)
	j.decimals = j.digits()
	if j.based {
		j.say("从%s的%s到%s的%s", j.base.Period, j.amount(j.base), j.latest.Period, j.amount(j.latest))
		j.parameter("base_period", j.base.Period.String())
		j.parameter("base_value", j.amount(j.base).number)
	} else {
		j.say("%s为%s", j.latest.Period, j.amount(j.latest))
	}
	if broken.Rat != nil {
		j.say("与%s相比：%s", broken.Period, Break(broken, j.latest))
	}
	j.parameter("latest_period", j.latest.Period.String())
	j.parameter("latest_value", j.amount(j.latest).number)
	j.weigh()
	if j.latest.Origin == Simulated {
		j.say("含模拟数据")
	}
	if j.lacking {
		j.Lamp = LampIncomplete
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

func (j *judge) say(key say.Key, args ...any) { j.Words = append(j.Words, say.New(key, args...)) }

func (j *judge) parameter(name, value string) { j.Parameters[name] = value }

// choose takes the last value that may be judged, a complete one, and says what later ones lack. If there is none it
// lights the lamp for that.
func (j *judge) choose(series []Value) bool {
	for i := len(series) - 1; i >= 0; i-- {
		if !series[i].Complete() {
			continue
		}
		j.latest = series[i]
		for _, later := range series[i+1:] {
			j.unfinished(later)
		}
		if len(j.Words) > 0 {
			j.say("按%s评价", series[i].Period)
		}
		return true
	}
	for _, v := range series {
		j.unfinished(v)
	}
	if j.Lamp = LampNoData; j.lacking {
		j.Lamp = LampIncomplete
	} else if len(j.Words) == 0 {
		j.say("暂无数据")
	}
	return false
}

// unfinished says why a value is not judged.
func (j *judge) unfinished(v Value) {
	j.lacking = j.lacking || v.Status == Incomplete
	answered := slices.ContainsFunc(v.Parts, func(p Part) bool {
		return p.Amount.Own && p.Amount.Mark != quantity.Exact
	})
	switch {
	case len(v.Why) > 0 && (answered || v.Status != Incomplete): // all came in, but there is no number
		j.say("%s：%s", v.Period, v.Why[0])
	case v.Due == 1 && v.Reported == 0:
		j.say("%s的报表还没有审核通过", v.Period)
	case v.Due > v.Reported:
		j.say("%s%d个%s中%d个已报，数据不全", v.Period, v.Due, say.Many(v.DueLevel.Called()), v.Reported)
	case v.Status == Incomplete:
		j.say("%s的数据不全", v.Period)
	}
}

// start is where the line begins: the target's baseline year or the first known after it, else the last before it.
// What is not comparable with the latest value is left out; broken is the one that would have been the base.
func (j *judge) start(series []Value) (base, broken Value, ok bool) {
	earlier := func(v *Value) bool { return v.Complete() && v.Period.Int() < j.latest.Period.Int() }
	if wanted := j.first(series, earlier); wanted != nil && !Comparable(*wanted, j.latest) {
		broken = *wanted
	}
	found := j.first(series, func(v *Value) bool { return earlier(v) && Comparable(*v, j.latest) })
	if found == nil {
		return base, broken, false
	}
	return *found, broken, true
}

// first is the first value that fits of the baseline year or later, else the last before it: better than nothing.
func (j *judge) first(series []Value, fits func(*Value) bool) (found *Value) {
	for i := range series {
		v := &series[i]
		if !fits(v) {
			continue
		}
		if found = v; v.Period.Year() >= j.target.BaselineYear {
			break
		}
	}
	return found
}

// digits is how many decimals it takes to say the values so that the verdict is seen to be true.
func (j *judge) digits() int {
	var pairs []pair
	if j.based {
		pairs = append(pairs, pair{j.base.told(), j.latest.told()})
	}
	if j.goal != nil {
		pairs = append(pairs, pair{j.latest.told(), told{j.goal, true}})
	}
	if j.ahead() {
		expected, _ := j.line()
		pairs = append(pairs, pair{j.latest.told(), told{r: expected}})
	}
	return digits(j.latest.Indicator.Decimals, pairs...)
}

// amount is a value as the verdict says it: a quoted one as its source does.
func (j *judge) amount(v Value) amount {
	a := v.amount()
	if v.Quoted == nil {
		a.number = quantity.Round(v.Rat, j.decimals)
	}
	return a
}

// level is a number of the indicator's unit, apart how far two of them lie apart.
func (j *judge) level(number string) amount { return amount{of: j.latest.Indicator, number: number} }

func (j *judge) apart(r *big.Rat) amount {
	return amount{of: j.latest.Indicator, number: Tell(j.decimals, r), apart: true}
}

func (j *judge) weigh() {
	for _, v := range []Value{j.base, j.latest} {
		if v.Disputed() {
			j.say("%s有不同的公开数，这里采用%s", v.Period, v.Quoted.SourceTitle)
		}
	}
	few := j.latest.FewEvents()
	if few {
		j.parameter("events", quantity.Round(j.latest.Events, 0))
		j.say("分子只有%s例，不足%d例，年度间波动大，不作进度评价", quantity.Round(j.latest.Events, 0), fewEvents)
	}
	directed := j.target.Op == indicator.Increase || j.target.Op == indicator.Decrease
	switch {
	case j.goal == nil && !directed:
		j.Lamp = LampNoTarget
		j.say("尚未设定目标")
	case j.latest.Period.Year() < j.target.Starts:
		j.Lamp = LampBefore
		if j.goal != nil {
			j.holdAgainstGoal()
		}
		j.say("这是规划开始（%d年）以前的数，不作进度评价", j.target.Starts)
	case few:
		j.Lamp = LampTooFew
	case directed:
		j.direction()
	default:
		j.pace()
	}
}

// direction judges a target that only says which way to go.
func (j *judge) direction() {
	if !j.based {
		j.Lamp = LampTooFew
		j.say("只有一个年份的数，看不出变化")
		return
	}
	switch j.better(j.base.Rat, j.latest.Rat) {
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

// holdAgainstGoal says the goal and how far the latest value is from it, and whether it is met.
func (j *judge) holdAgainstGoal() bool {
	due, _ := period.FromInt(j.target.Year * 100)
	j.parameter("target_value", j.target.Value)
	j.parameter("target_year", strconv.Itoa(j.target.Year))
	j.say(j.asks(), due, j.level(j.target.Value))
	gap := new(big.Rat).Sub(j.goal, j.latest.Rat)
	switch {
	case j.better(j.goal, j.latest.Rat) < 0:
		j.say("还差%s", j.apart(gap.Abs(gap)))
	case gap.Sign() == 0 && j.shy():
		j.say("略有差距")
	default:
		j.say("已达到")
		return true
	}
	return false
}

// shy says whether the source puts the value on the wrong side of the number that it gives: 近80 is not 80 yet.
func (j *judge) shy() bool {
	if j.target.Op == indicator.AtMost {
		return j.latest.Mark == quantity.Over
	}
	return j.latest.Mark == quantity.Nearly
}

// pace judges a target with a value.
func (j *judge) pace() {
	worse := j.based && j.better(j.base.Rat, j.latest.Rat) < 0
	switch {
	case j.holdAgainstGoal():
		j.Lamp = LampMet
		if worse {
			j.say("但比%s差", j.base.Period)
		}
	case !j.based:
		j.Lamp = LampShort
		j.say("只有一个年份的数，看不出进度")
	case worse:
		j.Lamp = LampWorsening
		j.say("比%s差", j.base.Period)
	case !j.ahead():
		j.Lamp = LampBehind
		j.say("目标年份已到，未达到")
	default:
		j.compareWithLine()
	}
}

func (j *judge) asks() say.Key {
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

// ahead says whether there is a line from the base to the goal that has not ended yet.
func (j *judge) ahead() bool {
	return j.based && j.goal != nil && years(j.latest.Period).Cmp(big.NewRat(int64(j.target.Year), 1)) < 0
}

// line is what the value should be on the straight line from the base to the goal, and what each year to come needs.
func (j *judge) line() (expected, needed *big.Rat) {
	start, at, end := years(j.base.Period), years(j.latest.Period), big.NewRat(int64(j.target.Year), 1)
	share := new(big.Rat).Quo(new(big.Rat).Sub(at, start), new(big.Rat).Sub(end, start))
	expected = new(big.Rat).Sub(j.goal, j.base.Rat)
	expected.Add(j.base.Rat, expected.Mul(expected, share))
	needed = new(big.Rat).Sub(j.goal, j.latest.Rat)
	return expected, needed.Quo(needed, new(big.Rat).Sub(end, at))
}

func (j *judge) compareWithLine() {
	expected, needed := j.line()
	j.parameter("expected_value", quantity.Round(expected, j.decimals))
	j.parameter("needed_per_year", Tell(j.decimals, needed))
	j.say("按匀速进度%s应为%s", j.latest.Period, j.level(quantity.Round(expected, j.decimals)))
	if j.better(expected, j.latest.Rat) >= 0 {
		j.Lamp = LampOnPace
		j.say("进度正常")
		return
	}
	j.Lamp = LampBehind
	if needed.Sign() < 0 {
		j.say("进度滞后，今后每年需降低%s", j.apart(needed.Neg(needed)))
		return
	}
	j.say("进度滞后，今后每年需提高%s", j.apart(needed))
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
