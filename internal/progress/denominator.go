package progress

// What rates are held against: elements such as how many people live somewhere, exactly as the formulas take them, and
// which indicators take each. Whether a number is proven is said by its amount; who reported it is for proof.

import (
	"maps"
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

// Denominator is one such number with the indicators that are held against it. There are as many as elements × areas ×
// periods, so it points to what it is of.
type Denominator struct {
	Element    *element.Element
	Calibre    *element.Calibre
	Area       *network.Area
	Period     period.Period
	Sex        int
	Category   element.Category
	Status     Status
	Origin     Origin
	Indicators []*indicator.Indicator

	amount fact.Amount
	secret bool
	place  int           // of the area in the query
	at     period.Period // of the first value that takes it: the way to its proof
	sex    int
}

// Denominators are those of all known values of areas: by area as the areas are given, the newest period first.
func Denominators(tx *db.Tx, areas []network.Area, sex int) ([]Denominator, error) {
	defined, err := define(tx)
	if err != nil {
		return nil, err
	}
	q := Query{Areas: areas, Sexes: []int{sex}}
	if q.Indicators, err = indicator.List(tx); err != nil {
		return nil, err
	}
	b := book{definitions: defined}
	if err := b.read(tx, &q); err != nil {
		return nil, err
	}
	whole, err := attest.Whole(tx)
	if err != nil {
		return nil, err
	}
	r := register{of: map[int][]Denominator{}, at: map[heldAt]int{}, whole: whole,
		calibres: map[int64]*element.Calibre{}, elements: map[int64]*element.Element{}}
	for id, c := range b.calibres {
		r.calibres[id] = &c
	}
	v := Value{Sex: sex}
	for n := range q.Indicators {
		v.Indicator = q.Indicators[n]
		for place := range areas {
			v.Area = areas[place]
			for _, v.Period = range q.Periods {
				if b.held(&v) {
					r.add(&v, &q.Indicators[n], &areas[place], place)
				}
			}
		}
	}
	all := []Denominator{}
	for _, p := range slices.Backward(slices.Sorted(maps.Keys(r.of))) {
		all = append(all, r.of[p]...)
	}
	return all, nil
}

// held puts the parts of a value into it, if there is one; what it comes to matters only where nothing is due.
func (b *book) held(v *Value) bool {
	v.Version = indicator.VersionAt(b.versions[v.Indicator.ID], v.Period)
	computes := b.formulas[v.Version.Formula]
	if computes == nil || !computes.rate {
		return false
	}
	v.Parts = v.Parts[:0]
	expected := false
	for n := range computes.takes {
		v.Parts = append(v.Parts, Part{})
		p := &v.Parts[n]
		if err := b.part(v, &computes.takes[n], p); err != nil {
			expected = false
			break
		}
		expected = expected || p.Amount.Due > 0
	}
	if expected {
		return true
	}
	found, known := b.value(v.Indicator, v.Area, v.Period, v.Sex, element.Category{})
	v.Parts = append(v.Parts[:0], found.Parts...)
	return known
}

// register is the denominators found so far.
type register struct {
	of       map[int][]Denominator // by period
	at       map[heldAt]int        // in the period's
	whole    bool                  // every definition is the one that was journaled
	calibres map[int64]*element.Calibre
	elements map[int64]*element.Element
}

// heldAt tells denominators apart.
type heldAt struct {
	element, calibre int64
	place            int
	period           int
	sex, category    int
}

func (r *register) add(v *Value, i *indicator.Indicator, area *network.Area, place int) {
	for n := range v.Parts {
		p := &v.Parts[n]
		if !p.Base {
			continue
		}
		k := heldAt{p.Element.ID, p.Calibre, place, p.Period.Int(), p.Sex, p.Category.ID}
		n, there := r.at[k]
		if !there {
			if r.elements[p.Element.ID] == nil {
				r.elements[p.Element.ID] = p.Element
			}
			d := Denominator{Element: r.elements[p.Element.ID], Calibre: r.calibres[p.Calibre], Area: area,
				Period: p.Period, Sex: p.Sex, Category: p.Category, amount: p.Amount, secret: p.Secret(), place: place,
				at: v.Period, sex: v.Sex}
			if d.Status, d.Origin = p.grade(); !r.whole {
				d.Status = Unproven
			}
			n = len(r.of[k.period])
			r.of[k.period], r.at[k] = append(r.of[k.period], d), n
		}
		if d := &r.of[k.period][n]; !slices.Contains(d.Indicators, i) {
			d.Indicators = append(d.Indicators, i)
		}
	}
}

// grade is how far the number itself is proven, and where it comes from.
func (p Part) grade() (Status, Origin) {
	s, o, a := Proven, Entered, p.Amount
	if a.Simulated > 0 {
		o = Simulated
	}
	switch {
	case !a.Complete():
		s = Incomplete
	case a.Unsigned > 0:
		s = Unproven
	case a.Paper > 0:
		s = Paper
	}
	return s, o
}

// Plain is the number; empty if it is not there or may not be shown.
func (d Denominator) Plain() string {
	if !d.amount.Known() || d.secret {
		return ""
	}
	return quantity.Plain(d.amount.Value, d.Element.Decimals)
}

// ProofURL is the proof of the first rate that is held against it, which begins with its parts.
func (d Denominator) ProofURL() string {
	return Value{Indicator: *d.Indicators[0], Area: *d.Area, Period: d.at, Sex: d.sex}.ProofURL()
}

// called is the name of the element, with its category.
func (d Denominator) called() say.Name {
	return Part{Element: d.Element, Category: d.Category}.Called()
}

// Held says whether an indicator is held against one of the elements.
func (v Value) Held(against map[int64]bool) bool {
	return slices.ContainsFunc(v.Parts, func(p Part) bool { return p.Base && against[p.Element.ID] })
}
