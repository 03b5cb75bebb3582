package record

// What registers count: every measure, for every area, from the records as they were last confirmed. One reading of the
// records gives all of them (tally.go); a share is recomputed from its parts in each area.

import (
	"math/big"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/register"
)

// spot is one number: of a measure in an area, as a whole or a part of it.
type spot struct{ measure, path, sex, split string }

// sum is what came to a spot.
type sum struct {
	total   *big.Rat
	ones    int64           // beside it
	what    map[string]bool // of a distinct measure
	all     []*big.Rat      // of a median
	records int
}

// sums are what came to all of them.
type sums map[spot]*sum

// Tally is all measures of a register in a period, below an area.
type Tally struct {
	Period  period.Period
	d       register.Definition
	places  *places
	sums    sums
	held    []Held               // records that a measure counted, or looked at, in order of numbers; if asked for
	Records int                  // looked at
	Brought int                  // of them imported: nobody confirmed them here
	told    map[string][]Record  // by measure of texts, the records that say some
	covers  map[string]*coverage // by measure of layers
	w       register.World
	parts   map[[2]string][]string // by measure and area, what it is split into there
	sexes   map[[2]string]bool     // measure and sex of numbers that there are
}

// measuresOf are those that a period of this kind has.
func measuresOf(d register.Definition, p period.Period) (all []register.Measure) {
	for _, m := range d.Measures {
		if m.Method != "texts" && slices.Contains(m.Per, p.Kind()) {
			all = append(all, m)
		}
	}
	return all
}

// Count counts a register's measures for a period, in the area at a path and in all below it.
func Count(tx *db.Tx, d register.Definition, p period.Period, top string) (*Tally, error) {
	return count(tx, d, p, top, how{texts: true})
}

// count is Count that keeps what it is asked to beside the numbers.
func count(tx *db.Tx, d register.Definition, p period.Period, top string, h how) (*Tally, error) {
	t := &Tally{Period: p, d: d, sums: sums{}, told: map[string][]Record{}, covers: map[string]*coverage{}}
	var err error
	if t.places, err = placed(tx); err != nil {
		return nil, err
	}
	if t.w, err = world(tx, auth.User{}, t.places.root.Path); err != nil { // one parameter for all, whatever the area
		return nil, err
	}
	measures := measuresOf(d, p)
	c, err := t.counting(tx, measures, top, h)
	if err != nil {
		return nil, err
	}
	if err := c.read(func(fn func(line) error) error {
		return eachLine(tx, d.Code, reach(d, top), !h.held, c.whole, fn)
	}); err != nil {
		return nil, err
	}
	for _, m := range measures {
		switch m.Method {
		case "areas":
			t.areas(m, top)
		case "institutions":
			t.institutions(m, top)
		case "posts":
			if err := t.posts(tx, m, top); err != nil {
				return nil, err
			}
		case "within", "layer":
			if err := t.cover(tx, m, top); err != nil {
				return nil, err
			}
		}
	}
	t.index()
	return t, nil
}

// reach is the area whose records are read for another one's measures: all, if some lie where a field says and not
// where the record does.
func reach(d register.Definition, top string) string {
	for _, m := range d.Measures {
		if m.Area != "" && m.Area != "area" || m.Method == "within" { // a place reaches over a border
			return ""
		}
	}
	return top
}

// paths are the areas that a record counts in: its own, or those of the field that the measure goes by.
func (t *Tally) paths(m register.Measure, r Record) (paths []string) {
	if m.Area == "" || m.Area == "area" {
		return []string{r.AreaPath}
	}
	f, _ := t.d.Field(m.Area)
	codes := r.Counted.Chosen(m.Area)
	if !f.Several() {
		codes = []string{r.Counted[m.Area]}
	}
	for _, code := range codes {
		switch f.Type {
		case "unit", "units":
			paths = append(paths, t.places.area(t.places.units[code].AreaID).Path)
		default:
			paths = append(paths, t.places.areas[code].Path)
		}
	}
	return paths
}

// above are the paths from an area up to the top, both included: 1.4.17. and 1.4. and 1.
func above(path, top string) (all []string) {
	for strings.HasPrefix(path, top) && path != "" {
		all = append(all, path)
		cut := strings.LastIndexByte(strings.TrimSuffix(path, "."), '.')
		path = path[:cut+1]
	}
	return all
}

// add puts what n records give together into a spot and into that of its sex; seen are those that they came to before.
func (t *Tally) add(to sums, m register.Measure, path string, p register.Piece, n int, seen map[spot]bool) {
	for _, sex := range []string{"", p.Sex} {
		at := spot{m.Code, path, sex, p.Split}
		s := to.at(at, m.Method == "distinct")
		what := t.lifted(m, p.What)
		switch {
		case m.Method == "distinct" && (what == "" || s.what[what]):
		case m.Method == "distinct":
			s.what[what] = true
			s.ones++
		case m.Method == "median":
			s.all = append(s.all, slices.Repeat([]*big.Rat{p.Number}, n)...)
		case p.Number == register.One:
			s.ones += int64(n)
		default:
			s.total.Add(s.total, p.Number)
		}
		if !seen[at] {
			s.records += n
			seen[at] = true
		}
		if p.Sex == "" {
			break
		}
	}
}

func (all sums) at(at spot, distinct bool) *sum {
	s := all[at]
	if s == nil {
		s = &sum{total: new(big.Rat)}
		if all[at] = s; distinct {
			s.what = map[string]bool{}
		}
	}
	return s
}

// take adds what others came to.
func (all sums) take(others sums) {
	for at, other := range others {
		s := all.at(at, other.what != nil)
		s.total.Add(s.total, other.total)
		s.ones += other.ones
		s.records += other.records
		s.all = append(s.all, other.all...)
		for what := range other.what {
			s.what[what] = true
		}
		if s.what != nil {
			s.ones = int64(len(s.what))
		}
	}
}

// lifted is what is counted once: an area, at the level that the measure names; none, if it lies at no such level.
func (t *Tally) lifted(m register.Measure, code string) string {
	if m.Level == "" {
		return code
	}
	for _, path := range above(t.places.areas[code].Path, "") {
		if a := t.places.paths[path]; register.OfLevel(a.Level, m.Level) {
			return a.Code
		}
	}
	return ""
}

// areas counts those of a level that are in force on the last day of the period.
func (t *Tally) areas(m register.Measure, top string) {
	_, last := t.Period.Range(m.YearStart)
	for _, a := range t.places.sorted {
		if !register.OfLevel(a.Level, m.Of) || !a.OpenOn(last) || !strings.HasPrefix(a.Path, top) {
			continue
		}
		for _, path := range above(a.Path, top) {
			t.add(t.sums, m, path, register.Piece{Number: register.One}, 1, map[spot]bool{})
		}
	}
}

// Number is one number of a tally: exact, as it is shown, and how many records it comes from.
type Number struct {
	Value   string `json:"value"` // rounded half up; empty: nothing to compute it from
	Records int    `json:"records"`
	exact   *big.Rat
}

// at is a measure in an area; a share is computed from its parts there.
func (t *Tally) at(m register.Measure, path, sex, split string) Number {
	if m.Method == "share" {
		part, _ := t.d.Measure(m.Of)
		whole, _ := t.d.Measure(m.Over)
		a, b := t.at(part, path, sex, split), t.at(whole, path, sex, split)
		if b.exact == nil || b.exact.Sign() == 0 || a.exact == nil && part.Layered() {
			return Number{Records: a.Records}
		}
		if a.exact == nil {
			a.exact = new(big.Rat)
		}
		r := new(big.Rat).Quo(a.exact, b.exact)
		if m.Unit.ZH == "%" {
			r.Mul(r, big.NewRat(100, 1))
		}
		return Number{quantity.Round(r, m.Decimals), a.Records, r}
	}
	s := t.sums[spot{m.Code, path, sex, split}]
	switch {
	case s == nil && !m.Counted():
		return Number{}
	case s == nil:
		return Number{Value: "0", exact: new(big.Rat)}
	case m.Method == "median":
		r := median(s.all)
		return Number{quantity.Round(r, m.Decimals), s.records, r}
	}
	total := new(big.Rat).SetInt64(s.ones)
	total.Add(total, s.total)
	return Number{quantity.Round(total, exactly(total)), s.records, total}
}

// exactly is how many decimals a sum of money or decimals has, so that nothing is cut off.
func exactly(r *big.Rat) int {
	for n := range 4 {
		if back, _ := new(big.Rat).SetString(r.FloatString(n)); back != nil && back.Cmp(r) == 0 {
			return n
		}
	}
	return 4
}

func median(all []*big.Rat) *big.Rat {
	slices.SortFunc(all, func(a, b *big.Rat) int { return a.Cmp(b) })
	mid := len(all) / 2
	if len(all)%2 == 1 {
		return all[mid]
	}
	r := new(big.Rat).Add(all[mid-1], all[mid])
	return r.Quo(r, big.NewRat(2, 1))
}

// index sorts out which parts and sexes there are.
func (t *Tally) index() {
	t.parts, t.sexes = map[[2]string][]string{}, map[[2]string]bool{}
	for at := range t.sums {
		if t.sexes[[2]string{at.measure, at.sex}] = true; at.split != "" && at.sex == "" {
			to := [2]string{at.measure, at.path}
			t.parts[to] = append(t.parts[to], at.split)
		}
	}
	for _, all := range t.parts {
		slices.Sort(all)
	}
}

// splitsOf are the parts that a measure is split into, as they occur, in order.
func (t *Tally) splitsOf(m register.Measure, path string) []string {
	if m.Method == "share" {
		return t.parts[[2]string{m.Over, path}]
	}
	return t.parts[[2]string{m.Code, path}]
}

// hasSex says whether any number of the measure, or of a share's part, is of a sex.
func (t *Tally) hasSex(m register.Measure, sex string) bool {
	if m.Method == "share" {
		return t.sexes[[2]string{m.Of, sex}]
	}
	return t.sexes[[2]string{m.Code, sex}]
}

// periodOf reads the period that a page asks for; the newest whole year, if none.
func periodOf(code, today string) (period.Period, error) {
	if code == "" {
		code = today[:4]
		p, err := period.Parse(code)
		return p.Previous(), err
	}
	p, err := period.Parse(code)
	if err != nil {
		return p, errs.In("period", err)
	}
	return p, nil
}

// below are the areas of a page's table: the one that was asked for and those directly below it, as of a day.
func (p *places) below(top network.Area, day string) (all []network.Area) {
	all = append(all, top)
	for _, a := range p.sorted {
		if a.ParentID == top.ID && a.OpenOn(day) {
			all = append(all, a)
		}
	}
	return all
}
