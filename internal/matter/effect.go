package matter

// The ledger of effects: what the indicator was before an item was raised and after it was closed. That one came after
// the other does not say that it came of it, and the page says so.

import (
	"math/big"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Classes of effect.
const (
	Waiting     = "waiting"
	TooFew      = "too_few"
	Reached     = "reached"
	Improved    = "improved"
	Unchanged   = "unchanged"
	Worse       = "worse"
	NoIndicator = "no_indicator"
)

var effects = choices{{Reached, "达到整改目标"}, {Improved, "有改善"}, {Unchanged, "无变化"}, {Worse, "反向"},
	{Waiting, "待观察"}, {TooFew, "数据不足"}, {NoIndicator, "无对应指标"}}

// Effect is a closed item with its indicator before and after.
type Effect struct {
	Item      string `json:"item"`
	Matter    string `json:"matter"`
	Number    string `json:"number"`
	Text      string `json:"text"`
	Unit      string `json:"unit"`
	Area      string `json:"area"`
	Indicator string `json:"indicator,omitempty"`
	RaisedOn  string `json:"raised_on"`
	ClosedOn  string `json:"closed_on"`
	Class     string `json:"class"`
	Before    string `json:"before,omitempty"`
	BeforeIn  string `json:"before_period,omitempty"`
	After     string `json:"after,omitempty"`
	AfterIn   string `json:"after_period,omitempty"`
	Change    string `json:"change,omitempty"`
	City      string `json:"city_change,omitempty"` // of the whole city in the same time
	unit      network.Unit
	area      network.Area
	name      say.Name
}

// Effects are the closed items that by may see and the filter leaves, and the share of those whose indicator moved as
// it should: reached and improved ÷ these, unchanged and worse.
func Effects(tx *db.Tx, by auth.User, f Filter) (all []Effect, m Measure, err error) {
	items, err := closedItems(tx, by, f)
	if err != nil {
		return nil, m, err
	}
	m = Measure{Code: "effect", Name: "整改见效",
		Means: "达到整改目标和有改善的项 ÷（达到、有改善、无变化和反向的项）；只看先后，不说因果"}
	for _, i := range items {
		e, err := effectOf(tx, i)
		if err != nil {
			return nil, m, err
		}
		all = append(all, e)
		switch e.Class {
		case Reached, Improved:
			m.Numerator++
			m.Denominator++
		case Unchanged, Worse:
			m.Denominator++
		}
	}
	m.Share = module.Percent(m.Numerator, m.Denominator)
	return all, m, nil
}

func effectOf(tx *db.Tx, i closedItem) (e Effect, err error) {
	e = Effect{Item: i.ID, Matter: i.MatterID, Number: i.Number, Text: i.Text, Unit: i.Unit, Indicator: i.Indicator,
		RaisedOn: i.raisedOn, ClosedOn: i.ClosedOn, Class: NoIndicator}
	if e.unit, err = network.UnitByCode(tx, i.Unit); err != nil {
		return e, err
	}
	if e.area, err = network.AreaByID(tx, i.AreaID); err != nil {
		return e, err
	}
	if e.Area = e.area.Code; i.Indicator == "" {
		return e, nil
	}
	of, err := indicator.ByCode(tx, i.Indicator)
	if err != nil {
		return e, err
	}
	e.name = say.Name{ZH: of.Name, EN: of.NameEN}
	known, err := series(tx, of, e.area)
	if err != nil {
		return e, err
	}
	before, after := around(known, i.raisedOn, i.ClosedOn)
	e.Before, e.BeforeIn, e.After, e.AfterIn = before.Plain(), periodOf(before), after.Plain(), periodOf(after)
	e.Class = judgeEffect(before, after, i.aimOperator, i.aimValue)
	e.Change = progress.ChangeText(before, after)
	if before.Rat == nil || after.Rat == nil {
		return e, nil
	}
	root, err := network.Root(tx)
	if err != nil || root.ID == e.area.ID {
		return e, err
	}
	whole, err := series(tx, of, root)
	if err != nil {
		return e, err
	}
	first, last := valueIn(whole, before), valueIn(whole, after)
	e.City = progress.ChangeText(first, last)
	return e, nil
}

// series are all known values of an indicator in an area, by period.
func series(tx *db.Tx, of indicator.Indicator, area network.Area) ([]progress.Value, error) {
	return progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{of}, Areas: []network.Area{area}})
}

func periodOf(v progress.Value) string {
	if v.Period.IsZero() {
		return ""
	}
	return v.Period.String()
}

func valueIn(series []progress.Value, at progress.Value) progress.Value {
	for _, v := range series {
		if v.Period == at.Period {
			return v
		}
	}
	return progress.Value{}
}

// around is the last value of a period that had ended by the day an item was raised, and the first of a period that
// begins after it was closed.
func around(series []progress.Value, raised, closed string) (before, after progress.Value) {
	for _, v := range series {
		from, to := v.Period.Range(v.Indicator.YearStart)
		if to <= raised && v.Rat != nil {
			before = v
		}
		if from > closed && after.Period.IsZero() && (v.Rat != nil || v.Hidden) {
			after = v
		}
	}
	return before, after
}

// judgeEffect is the class of two values, held against the aim if it is a figure.
func judgeEffect(before, after progress.Value, operator, aim string) string {
	if after.Period.IsZero() {
		return Waiting
	}
	for _, v := range []progress.Value{before, after} {
		if !v.Complete() || v.Status == progress.Unproven || v.FewEvents() {
			return TooFew
		}
	}
	change := progress.Change(before, after)
	if change == nil {
		return TooFew
	}
	if goal, _, ok := quantity.Decimal(aim); ok {
		side := after.Rat.Cmp(goal)
		if operator == indicator.AtLeast && side >= 0 || operator == indicator.AtMost && side <= 0 {
			return Reached
		}
	}
	// a change is what readers see of it: one unit of the last shown digit is none
	digits := max(before.Decimals(), after.Decimals())
	digit := big.NewRat(1, 1)
	for range digits {
		digit.Mul(digit, big.NewRat(1, 10))
	}
	shown, _, _ := quantity.Decimal(quantity.Round(new(big.Rat).Abs(change), digits))
	switch {
	case shown.Cmp(digit) <= 0:
		return Unchanged
	case after.Indicator.Direction == 0:
		return TooFew
	case change.Sign() == after.Indicator.Direction:
		return Improved
	}
	return Worse
}
