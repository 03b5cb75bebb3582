package progress

// What values are computed by: definitions parsed once for a revision, and published figures.

import (
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// definitions is what things mean: read and parsed once for a revision, shared by all who compute, changed by nobody.
type definitions struct {
	elements   map[string]element.Element
	sources    map[element.At]element.Source
	levels     map[string]network.Label // area levels
	reports    map[int64]string         // area level at which a form is filled
	calibres   map[int64]element.Calibre
	categories map[string]element.Category
	versions   map[int64][]indicator.Version
	formulas   map[string]*parsed // by text
}

// parsed is a parsed formula, a rate's with what it divides by what, and with what it counts; nothing if that is money
// or weight.
type parsed struct {
	formula.Formula
	above, below formula.Formula
	events       formula.Formula
	takes        []taken // its operands, in their order
	rate         bool    // it has a denominator
}

// taken is an operand with all that is known of it before any number is.
type taken struct {
	formula.Operand
	of       *element.Element // nil if it is not defined
	category element.Category
	base     bool             // of the denominator
	forms    map[string]int64 // by area level
}

// What db.Remember keeps.
type (
	allDefinitions struct{}
	quotedOf       int64 // area
)

func define(tx *db.Tx) (*definitions, error) {
	return db.Remember(tx, allDefinitions{}, readDefinitions)
}

func readDefinitions(tx *db.Tx) (d *definitions, err error) {
	d = &definitions{reports: map[int64]string{}, formulas: map[string]*parsed{}}
	if d.elements, err = element.All(tx); err != nil {
		return nil, err
	}
	if d.sources, err = element.Levels(tx); err != nil {
		return nil, err
	}
	if d.calibres, err = element.Calibres(tx); err != nil {
		return nil, err
	}
	if d.categories, err = element.Categories(tx); err != nil {
		return nil, err
	}
	if d.levels, err = network.Labels(tx, "area_level"); err != nil {
		return nil, err
	}
	if d.versions, err = indicator.Versions(tx); err != nil {
		return nil, err
	}
	shared := map[string]*element.Element{}
	for code, e := range d.elements {
		shared[code] = &e
	}
	forms := map[int64]map[string]int64{}
	for at, source := range d.sources {
		if source.Method != element.RolledUp {
			d.reports[source.FormID] = at.Level
		}
		if forms[at.ElementID] == nil {
			forms[at.ElementID] = map[string]int64{}
		}
		forms[at.ElementID][at.Level] = source.FormID
	}
	for _, versions := range d.versions {
		for _, v := range versions {
			computes, err := formula.Parse(v.Formula)
			if err != nil {
				return nil, err
			}
			f := &parsed{Formula: computes, above: computes.Events(), below: computes.Base()}
			base := computes.Denominator()
			f.rate = len(base) > 0
			for _, o := range computes.Operands() {
				of := taken{Operand: o, category: d.categories[o.Category], base: slices.Contains(base, o)}
				if of.of = shared[o.Element]; of.of != nil {
					of.forms = forms[of.of.ID]
				}
				f.takes = append(f.takes, of)
			}
			if d.counts(computes) {
				f.events = f.above
			}
			d.formulas[v.Formula] = f
		}
	}
	return d, nil
}

// counts says whether the rate's numerator counts things, not money or weight.
func (d *definitions) counts(f formula.Formula) bool {
	for _, code := range f.Numerator() {
		if d.elements[code].Decimals > 0 {
			return false
		}
	}
	return true
}

// readPublished reads the figures quoted for the areas.
func (b *book) readPublished(tx *db.Tx, areas []int64) error {
	b.quoted = map[int64]map[quotedAt][]Quoted{}
	some, err := indicator.Quoted(tx)
	if err != nil {
		return err
	}
	before, err := network.EarlierOf(tx, areas)
	if err != nil {
		return err
	}
	for _, id := range areas {
		if !some[id] && before[id] == nil {
			continue
		}
		quoted, err := db.Remember(tx, quotedOf(id),
			func(tx *db.Tx) (map[quotedAt][]Quoted, error) { return quotedDuring(tx, id) })
		if err != nil {
			return err
		}
		b.quoted[id] = quoted
	}
	return nil
}

// quotedDuring are the figures quoted for an area, and for the rows that it had before as far as they are not quoted
// again for it.
func quotedDuring(tx *db.Tx, area int64) (map[quotedAt][]Quoted, error) {
	by, err := readQuoted(tx, area)
	if err != nil {
		return nil, err
	}
	earlier, err := network.Earlier(tx, area)
	for _, row := range earlier {
		then, err := readQuoted(tx, row.ID)
		if err != nil {
			return nil, err
		}
		for at, quoted := range then {
			if by[at] == nil && row.OpenIn(at.period) {
				by[at] = quoted
			}
		}
	}
	return by, err
}

func readQuoted(tx *db.Tx, area int64) (map[quotedAt][]Quoted, error) {
	published, err := indicator.PublishedIn(tx, area)
	if err != nil {
		return nil, err
	}
	by := map[quotedAt][]Quoted{}
	for _, p := range published {
		quoted, err := quote(p)
		if err != nil {
			return nil, err
		}
		at := quotedAt{p.IndicatorID, p.Period, p.Sex}
		by[at] = append(by[at], quoted)
	}
	return by, nil
}

// quotedPeriods are those for which any figure is quoted; of one indicator, if q asks for just one.
func (b *book) quotedPeriods(q Query) (periods []period.Period) {
	for _, quoted := range b.quoted {
		for at := range quoted {
			if len(q.Indicators) != 1 || q.Indicators[0].ID == at.indicator {
				periods = append(periods, at.period)
			}
		}
	}
	return periods
}
