package progress

import (
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Query asks for values. Indicators nil means all, Periods nil all that are known, Sexes nil the total.
type Query struct {
	Indicators []indicator.Indicator
	Areas      []network.Area
	Periods    []period.Period
	Sexes      []int
}

// Values returns one value for each indicator, area, period and sex of the query, in this order; where periods are not
// given, only what is known. It takes a constant number of statements, whatever the number of values.
func Values(tx *db.Tx, q Query) ([]Value, error) {
	b := book{amounts: fact.Amounts{}}
	var err error
	if q.Indicators == nil {
		if q.Indicators, err = indicator.List(tx); err != nil {
			return nil, err
		}
	}
	if q.Sexes == nil {
		q.Sexes = []int{quantity.SexTotal}
	}
	if err := b.define(tx); err != nil {
		return nil, err
	}
	all := q.Periods == nil
	if err := b.read(tx, &q); err != nil {
		return nil, err
	}
	values := make([]Value, 0, len(q.Indicators)*len(q.Areas)*len(q.Periods)*len(q.Sexes))
	for _, i := range q.Indicators {
		for _, area := range q.Areas {
			for _, p := range q.Periods {
				for _, sex := range q.Sexes {
					if v, known := b.value(i, area, p, sex); known || !all {
						values = append(values, v)
					}
				}
			}
		}
	}
	return values, nil
}

// Series returns all known values of an indicator in an area, for one sex, by period: computed ones and published ones,
// and where both are known the computed one with the published ones beside it.
func Series(tx *db.Tx, i indicator.Indicator, area network.Area, sex int) ([]Value, error) {
	return Values(tx, Query{Indicators: []indicator.Indicator{i}, Areas: []network.Area{area}, Sexes: []int{sex}})
}

// define reads what things mean.
func (b *book) define(tx *db.Tx) (err error) {
	if b.elements, err = form.Elements(tx); err != nil {
		return err
	}
	if b.calibres, err = indicator.Calibres(tx); err != nil {
		return err
	}
	if b.levels, err = network.Labels(tx, "area_level"); err != nil {
		return err
	}
	if b.versions, err = indicator.Versions(tx); err != nil {
		return err
	}
	return nil
}

// read reads the numbers, and fills in the periods of q if it has none.
func (b *book) read(tx *db.Tx, q *Query) error {
	var areas []int64
	for _, a := range q.Areas {
		areas = append(areas, a.ID)
	}
	if err := b.readPublished(tx, q, areas); err != nil {
		return err
	}
	if q.Periods == nil {
		due, err := fact.Periods(tx, areas)
		if err != nil {
			return err
		}
		q.Periods = due
		for at := range b.quoted {
			q.Periods = append(q.Periods, at.period)
		}
		slices.SortFunc(q.Periods, func(x, y period.Period) int { return x.Int() - y.Int() })
		q.Periods = slices.Compact(q.Periods)
	}
	elements, periods, err := b.needs(*q)
	if err != nil || len(elements) == 0 {
		return err
	}
	b.amounts, err = fact.Read(tx, fact.Query{Areas: areas, Periods: periods, Elements: elements})
	b.sources = b.amounts.Levels()
	b.reports = map[int64]string{}
	for at, source := range b.sources {
		if source.Method != form.RolledUp {
			b.reports[source.FormID] = at.Level
		}
	}
	return err
}

func (b *book) readPublished(tx *db.Tx, q *Query, areas []int64) error {
	only := int64(0)
	if len(q.Indicators) == 1 {
		only = q.Indicators[0].ID
	}
	published, err := indicator.PublishedIn(tx, areas, only)
	if err != nil {
		return err
	}
	b.quoted = map[place][]Quoted{}
	for _, p := range published {
		quoted, err := quote(p)
		if err != nil {
			return err
		}
		at := place{p.IndicatorID, p.AreaID, p.Period, p.Sex}
		b.quoted[at] = append(b.quoted[at], quoted)
	}
	return nil
}

// needs parses the formulas once each and says which elements and periods they take.
func (b *book) needs(q Query) (elements []int64, periods []period.Period, err error) {
	b.formulas = map[string]indicator.Formula{}
	wanted, last := map[int64]bool{}, false
	for _, i := range q.Indicators {
		for _, v := range b.versions[i.ID] {
			f, parsed := b.formulas[v.Formula]
			if !parsed {
				if f, err = indicator.ParseFormula(v.Formula); err != nil {
					return nil, nil, err
				}
				b.formulas[v.Formula] = f
			}
			for _, o := range f.Operands() {
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
	return elements, periods, nil
}
