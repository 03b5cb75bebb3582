package progress

// Values of many indicators, areas and periods in a constant number of statements; each is computed in compute.go.

import (
	"slices"

	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Query asks for values. Indicators nil means all, Periods nil all that are known, Sexes nil the total. Category is
// one of a list, by which every element of that list is taken.
type Query struct {
	Indicators []indicator.Indicator
	Areas      []network.Area
	Periods    []period.Period
	Sexes      []int
	Category   element.Category
}

// Values returns one value for each indicator, area, period and sex of the query, in this order; where periods are not
// given, only what is known. It takes a constant number of statements, whatever the number of values.
func Values(tx *db.Tx, q Query) ([]Value, error) {
	defined, err := define(tx)
	if err != nil {
		return nil, err
	}
	b := book{definitions: defined}
	if q.Indicators == nil {
		if q.Indicators, err = indicator.List(tx); err != nil {
			return nil, err
		}
	}
	if q.Sexes == nil {
		q.Sexes = []int{quantity.SexTotal}
	}
	all := q.Periods == nil
	if err := b.read(tx, &q); err != nil {
		return nil, err
	}
	values := make([]Value, len(q.Indicators)*len(q.Areas)*len(q.Periods)*len(q.Sexes))
	known := b.fillAll(q, values)
	if all {
		n := -1
		values = slices.DeleteFunc(values, func(Value) bool { n++; return !known[n] })
	}
	return values, distrust(tx, values)
}

// besides is how many areas are computed one beside the other: their numbers stay at hand, and so does where their
// values go.
const besides = 16

// fillAll computes the values of a query into their places.
func (b *book) fillAll(q Query, values []Value) (known []bool) {
	known = make([]bool, len(values))
	each := len(q.Periods) * len(q.Sexes)
	for from := 0; from < len(q.Areas); from += besides {
		some := q.Areas[from:min(from+besides, len(q.Areas))]
		for i := range q.Indicators {
			n := (i*len(q.Areas) + from) * each
			for a := range some {
				for _, p := range q.Periods {
					for _, sex := range q.Sexes {
						v := &values[n]
						v.Indicator, v.Area, v.Period, v.Sex, v.Category = q.Indicators[i], some[a], p, sex, q.Category
						known[n] = b.fill(v)
						n++
					}
				}
			}
		}
	}
	return known
}

// distrust takes the proof from every value when a definition is not the one that was journaled: what the reports mean
// is then anybody's word.
func distrust(tx *db.Tx, values []Value) error {
	whole, err := attest.Whole(tx)
	if err != nil || whole {
		return err
	}
	for i := range values {
		if v := &values[i]; v.Rat != nil || v.Hidden {
			v.Status = Unproven
			v.Why = append(v.Why, say.New("定义与存证日志不符，数不能采信"))
		}
	}
	return nil
}

// read reads the numbers, and fills in the periods of q if it has none.
func (b *book) read(tx *db.Tx, q *Query) error {
	var areas []int64
	for _, a := range q.Areas {
		areas = append(areas, a.ID)
	}
	if err := b.readPublished(tx, areas); err != nil {
		return err
	}
	if q.Periods == nil {
		due, err := fact.Periods(tx, areas)
		if err != nil {
			return err
		}
		q.Periods = append(slices.Clone(due), b.quotedPeriods(*q)...)
		slices.SortFunc(q.Periods, func(x, y period.Period) int { return x.Int() - y.Int() })
		q.Periods = slices.Compact(q.Periods)
	}
	elements, periods := b.needs(*q)
	if len(elements) == 0 {
		return nil
	}
	var err error
	b.amounts, err = fact.Read(tx, fact.Query{Areas: areas, Periods: periods, Elements: elements})
	return err
}

// needs are the elements and periods that the formulas take.
func (b *book) needs(q Query) (elements []int64, periods []period.Period) {
	wanted, last := map[int64]bool{}, false
	for _, i := range q.Indicators {
		for _, v := range b.versions[i.ID] {
			for _, o := range b.formulas[v.Formula].Operands() {
				last = last || o.Last
				if e, known := b.elements[o.Element]; known && !wanted[e.ID] {
					wanted[e.ID] = true
					elements = append(elements, e.ID)
				}
			}
		}
	}
	periods = slices.Clone(q.Periods)
	for _, p := range q.Periods {
		if previous := p.Previous(); last && !previous.IsZero() {
			periods = append(periods, previous)
		}
	}
	return elements, periods
}
