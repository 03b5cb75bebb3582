package issue

// How an issue's indicators stand: their series against the target, how many periods they have held it, and what each
// area below makes of what is missing. Exact: no float.

import (
	"math/big"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// line is one indicator of the issue in its area.
type line struct {
	Indicator indicator.Indicator
	Target    indicator.Target
	Series    []progress.Value // by year
	held      int              // complete periods at the target, counted back from the newest
}

type standing []line

func (i Issue) stand(tx *db.Tx) (all standing, err error) {
	area, err := network.AreaByID(tx, i.AreaID)
	if err != nil {
		return nil, err
	}
	for _, code := range i.Indicators {
		of, err := indicator.ByCode(tx, code)
		if err != nil {
			return nil, err
		}
		series, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{of},
			Areas: []network.Area{area}})
		if err != nil {
			return nil, err
		}
		targets, err := progress.Targets(tx, area.ID, of.ID)
		if err != nil {
			return nil, err
		}
		l := line{Indicator: of, Series: slices.DeleteFunc(slices.Clone(series), func(v progress.Value) bool {
			return v.Period.Kind() != period.Year || v.Rat == nil
		})}
		if n := len(l.Series); n > 0 {
			l.Target = progress.First(progress.TargetsAt(targets[of.ID], l.Series[n-1].Period.Year()))
		}
		for n := len(l.Series) - 1; n >= 0 && l.met(l.Series[n]); n-- {
			l.held++
		}
		all = append(all, l)
	}
	return all, nil
}

// met says whether a complete value is at the target or beyond.
func (l line) met(v progress.Value) bool {
	goal, _, ok := quantity.Decimal(l.Target.Value)
	if !ok || !v.Complete() {
		return false
	}
	switch l.Target.Op {
	case indicator.AtLeast:
		return v.Rat.Cmp(goal) >= 0
	case indicator.AtMost:
		return v.Rat.Cmp(goal) <= 0
	}
	return false
}

// short says why the issue may not yet be called solved; nothing if it may.
func (s standing) short() (why say.Words) {
	if len(s) == 0 {
		return say.New("没有指标可以证明已经解决：须由妇儿工委领导写明理由认定。")
	}
	for _, l := range s {
		if l.held < heldPeriods {
			return say.New("“%s”连续达到目标的期数是%d，不足%d期：不能认定解决，除非由妇儿工委领导写明理由。",
				say.Name{ZH: l.Indicator.Name, EN: l.Indicator.NameEN}, l.held, heldPeriods)
		}
	}
	return why
}

// words is how the indicators stand, for what is written down.
func (s standing) words() string {
	var said []string
	for _, l := range s {
		if n := len(l.Series); n > 0 {
			v := l.Series[n-1]
			said = append(said, v.Period.String()+"年"+l.Indicator.Name+"："+v.Text()+l.Indicator.Unit)
		}
	}
	return strings.Join(said, "；")
}

// Share is what an area makes of the gap.
type Share struct {
	Area   string `json:"area"`
	Name   string `json:"name"`
	NameEN string `json:"-"`
	Value  string `json:"value"`
	Gap    string `json:"gap"`   // in units of the numerator
	Share  string `json:"share"` // percent of all gaps, one decimal
}

// shares are what the areas just below make of the gap of a rate, the largest first; empty where it cannot be said.
func (l line) shares(tx *db.Tx, by auth.User, area network.Area) (all []Share, err error) {
	goal, _, ok := quantity.Decimal(l.Target.Value)
	if !ok || len(l.Series) == 0 || !by.SeesAll(area.Path) {
		return nil, nil
	}
	children, err := network.Children(tx, area.ID, "")
	if err != nil || len(children) == 0 {
		return nil, err
	}
	values, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{l.Indicator}, Areas: children,
		Periods: []period.Period{l.Series[len(l.Series)-1].Period}})
	if err != nil {
		return nil, err
	}
	gaps, sum := map[string]*big.Rat{}, new(big.Rat)
	for _, v := range values {
		if gap := l.gap(v, goal); gap != nil {
			gaps[v.Area.Code] = gap
			sum.Add(sum, gap)
		}
	}
	if sum.Sign() == 0 {
		return nil, nil
	}
	for _, v := range values {
		gap := gaps[v.Area.Code]
		if gap == nil {
			continue
		}
		percent := new(big.Rat).Quo(new(big.Rat).Mul(gap, big.NewRat(100, 1)), sum)
		all = append(all, Share{Area: v.Area.Code, Name: v.Area.Name, NameEN: v.Area.NameEN,
			Value: v.Text() + l.Indicator.Unit, Gap: quantity.Round(gap, 0), Share: quantity.Round(percent, 1)})
	}
	slices.SortStableFunc(all, func(a, b Share) int { return gaps[b.Area].Cmp(gaps[a.Area]) })
	return all, nil
}

// gap is how much of the numerator an area lacks to the target, or has too much; nothing where it is there. It is nil
// where the value is not made of two.
func (l line) gap(v progress.Value, goal *big.Rat) *big.Rat {
	above, below := v.Fraction()
	num, _, ok := quantity.Decimal(above)
	den, _, fine := quantity.Decimal(below)
	if !ok || !fine || num.Sign() == 0 || v.Rat.Sign() == 0 {
		return nil
	}
	scale := new(big.Rat).Quo(new(big.Rat).Mul(v.Rat, den), num)
	lacks := new(big.Rat).Sub(new(big.Rat).Quo(new(big.Rat).Mul(goal, den), scale), num)
	if l.Target.Op == indicator.AtMost {
		lacks.Neg(lacks)
	}
	if lacks.Sign() < 0 {
		lacks.SetInt64(0)
	}
	return lacks
}
