package progress

// What rates are held against: elements such as how many people live somewhere, exactly as the formulas take them, and
// which indicators take each. Whether a number is proven is said by its amount; who reported it is for proof.

import (
	"slices"

	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Denominator is one such number with the indicators that are held against it.
type Denominator struct {
	Element    element.Element
	Calibre    element.Calibre
	Area       network.Area
	Period     period.Period
	Sex        int
	Category   element.Category
	Status     Status
	Origin     Origin
	Indicators []indicator.Indicator

	part Part
	of   Value // the first that takes it: the way to its proof
}

// Denominators are those of the values of a query: by area as q has them, the newest period first.
func Denominators(tx *db.Tx, q Query) ([]Denominator, error) {
	values, err := Values(tx, q)
	if err != nil {
		return nil, err
	}
	whole, err := attest.Whole(tx)
	if err != nil {
		return nil, err
	}
	calibres, err := element.Calibres(tx)
	if err != nil {
		return nil, err
	}
	type key struct {
		element, calibre, area int64
		period, sex, category  int
	}
	all, at := []Denominator{}, map[key]int{}
	for _, v := range values {
		for _, p := range v.Parts {
			if !p.Base {
				continue
			}
			k := key{p.Element.ID, p.Calibre, v.Area.ID, p.Period.Int(), p.Sex, p.Category.ID}
			n, there := at[k]
			if !there {
				d := Denominator{Element: p.Element, Calibre: calibres[p.Calibre], Area: v.Area, Period: p.Period,
					Sex: p.Sex, Category: p.Category, part: p, of: v}
				if d.Status, d.Origin = p.grade(); !whole {
					d.Status = Unproven
				}
				n, at[k] = len(all), len(all)
				all = append(all, d)
			}
			if d := &all[n]; !slices.ContainsFunc(d.Indicators, func(i indicator.Indicator) bool {
				return i.ID == v.Indicator.ID
			}) {
				d.Indicators = append(d.Indicators, v.Indicator)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Denominator) int { return b.Period.Int() - a.Period.Int() })
	return all, nil
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
	if !d.part.Amount.Known() || d.part.Secret() {
		return ""
	}
	return quantity.Plain(d.part.Amount.Value, d.Element.Decimals)
}

// ProofURL is the proof of the first rate that is held against it, which begins with its parts.
func (d Denominator) ProofURL() string {
	d.of.Quoted = nil
	return d.of.ProofURL()
}

// Held says whether an indicator is held against one of the elements.
func (v Value) Held(against map[int64]bool) bool {
	return slices.ContainsFunc(v.Parts, func(p Part) bool { return p.Base && against[p.Element.ID] })
}
