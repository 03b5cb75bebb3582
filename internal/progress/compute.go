package progress

// One value from its parts or from a public source, with the weakest of what made it. Statements are store.go's,
// verdicts judge.go's.

import (
	"errors"
	"math/big"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// book is all that values are computed from, read once for many.
type book struct {
	*definitions
	amounts fact.Amounts
	quoted  map[int64]map[quotedAt][]Quoted // by area
	spare   []Part
	many    int // parts in the last piece of memory
	last    heldIn
	found   fact.Here // there
}

type heldIn struct {
	area   int64
	period period.Period
}

// quotedAt is what published figures of an area are found by.
type quotedAt struct {
	indicator int64
	period    period.Period
	sex       int
}

// value is one indicator in one area, period and sex. known is false if nobody reported, should have reported or
// published anything.
func (b *book) value(i indicator.Indicator, area network.Area, p period.Period, sex int,
	of element.Category) (v Value, known bool) {
	v = Value{Indicator: i, Area: area, Period: p, Sex: sex, Category: of}
	known = b.fill(&v)
	return v, known
}

// fill makes a value of one that says only what it is of: a value is large, and a board has thousands.
func (b *book) fill(v *Value) (known bool) {
	v.Version, v.Calibre = indicator.VersionAt(b.versions[v.Indicator.ID], v.Period), b.calibres[0]
	if v.Category.ID == 0 { // what is published is of no category
		v.Published = append(v.Published, b.quoted[v.Area.ID][quotedAt{v.Indicator.ID, v.Period, v.Sex}]...)
	}
	b.compute(v)
	for n := range v.Published {
		v.Published[n].compare(*v)
	}
	if v.Rat == nil && !v.Hidden {
		b.quote(v)
	}
	return v.Rat != nil || v.Hidden || v.Due > 0
}

// quote takes the value from a public source: the first in the version's calibre, else the first that names its
// calibre, else the first.
func (b *book) quote(v *Value) {
	best := -1
	for n := range v.Published {
		fit := 0
		switch v.Published[n].CalibreID {
		case 0:
		case v.Version.CalibreID:
			fit = 2
		default:
			fit = 1
		}
		if fit > best {
			v.Quoted, best = &v.Published[n], fit
		}
	}
	if v.Quoted == nil {
		return
	}
	v.Rat, v.Mark, v.Calibre = v.Quoted.Rat, v.Quoted.Mark, b.calibres[v.Quoted.CalibreID]
	v.Status, v.Origin = Unproven, Published
}

// compute fills in what follows from reports.
func (b *book) compute(v *Value) {
	computes := b.formulas[v.Version.Formula]
	if computes == nil || computes.IsZero() {
		return
	}
	v.Parts = b.room(len(computes.takes))
	for n := range computes.takes {
		v.Parts = v.Parts[:n+1]
		if err := b.part(v, &computes.takes[n], &v.Parts[n]); err != nil {
			v.Parts = v.Parts[:n]
			v.because(err)
			return
		}
	}
	if !due(v.Parts) {
		v.Parts = nil
		return
	}
	b.grade(v)
	if v.Hidden {
		v.Why = append(v.Why, say.New("含有保密的数，不显示"))
		return
	}
	r, err := computes.EvalCounts(v)
	if err != nil {
		v.because(err)
		return
	}
	v.Rat, v.computes = r, computes
	if !computes.events.IsZero() {
		v.Events, err = computes.events.EvalCounts(v)
		v.because(err)
	}
}

// room is for the parts of a value: one piece of memory has those of many, each piece of twice as many as the last.
func (b *book) room(parts int) []Part {
	const most = 256
	if len(b.spare) < parts {
		b.many = min(max(2*b.many, parts), max(most, parts))
		b.spare = make([]Part, b.many)
	}
	some := b.spare[:0:parts]
	b.spare = b.spare[parts:]
	return some
}

// exactly is what a part of its formula comes to; nil if there is no such part.
func (v *Value) exactly(f formula.Formula) *big.Rat {
	if f.IsZero() {
		return nil
	}
	r, err := f.EvalCounts(v)
	if err != nil {
		return nil // the value says why
	}
	return r
}

// because adds why there is no number.
func (v *Value) because(err error) {
	if r, ok := errors.AsType[reason](err); ok {
		v.Why = append(v.Why, say.Words(r))
	} else if e, ok := errors.AsType[*errs.Error](err); ok {
		v.Why = append(v.Why, e.Words)
	}
}

// reason is words as an error.
type reason say.Words

func (r reason) Error() string { return say.Words(r).String() }

func because(key say.Key, args ...any) error { return reason(say.New(key, args...)) }

// part looks up an operand: in the version's calibre, or in none.
func (b *book) part(v *Value, o *taken, p *Part) error {
	if o.of == nil {
		return because("公式里的数据项%s不存在", o.Element)
	}
	p.Element, p.Base, p.Last, p.Period, p.Sex = o.of, o.base, o.Last, v.Period, v.Sex
	p.Category, p.asked = o.category, o.Category
	if o.Last {
		p.Period = v.Period.Previous()
	}
	e := p.Element
	if v.Sex != quantity.SexTotal && !e.BySex {
		return because("数据项“%s”不分性别", named(*e))
	}
	switch {
	case o.Category != "" && (e.Categories == "" || p.Category.List != e.Categories):
		return because("数据项“%s”没有分类%s", named(*e), o.Category)
	case o.Category == "" && v.Category.ID != 0 && e.Categories != v.Category.List:
		return because("数据项“%s”不按%s分", named(*e), v.Category.List)
	case o.Category == "":
		p.Category = v.Category
	}
	p.FormID = o.forms[v.Area.Level]
	here := b.here(v.Area.ID, p.Period)
	p.Calibre = v.Version.CalibreID
	p.Amount = here.At(e.ID, p.Sex, p.Category.ID, p.Calibre)
	if !reported(p.Amount) && p.Calibre != 0 {
		p.Calibre = 0
		p.Amount = here.At(e.ID, p.Sex, p.Category.ID, 0)
	}
	return nil
}

// here is what was read of an area and period, which is mostly that of the part before.
func (b *book) here(area int64, p period.Period) fact.Here {
	if at := (heldIn{area, p}); b.last != at {
		b.last, b.found = at, b.amounts.Here(area, p)
	}
	return b.found
}

// due says whether anybody reported a part or should have.
func due(parts []Part) bool {
	for n := range parts {
		if a := &parts[n].Amount; a.Due > 0 || reported(*a) || a.Mark != quantity.Exact {
			return true
		}
	}
	return false
}

// reported says whether the amount is there, if only as "not applicable".
func reported(a fact.Amount) bool { return a.Reported+a.NotApplicable > 0 }

// Secret says whether the number may not be shown: it is confidential, or a sum from which one area's confidential
// number could be worked out.
func (p Part) Secret() bool { return p.Amount.Hidden == 1 || p.Amount.Hidden > 0 && p.Amount.Own }

// Kinds of nothing that stand where a part has no number; the others are marks, which have words of their own.
const (
	rough say.Key = "约数，不计入"
	notIn say.Key = "未报"
)

// Nothing is which kind of nothing the part is; empty if it has a number, or nobody is asked for one.
func (p Part) Nothing() say.Key {
	switch a := p.Amount; {
	case p.Secret():
		return say.Key(quantity.Confidential.Words())
	case a.Reported > 0:
		return ""
	case a.NotApplicable > 0 && a.Complete():
		return say.Key(quantity.NotApplicable.Words())
	case a.Mark == quantity.Pending:
		return say.Key(quantity.Pending.Words())
	case a.Mark.HasValue() && !a.Mark.Summable():
		return rough
	case a.Due > a.NotApplicable:
		return notIn
	}
	return ""
}

// grade takes status, origin and coverage from the parts.
func (b *book) grade(v *Value) {
	v.Status, v.Origin = Proven, Entered
	for n := range v.Parts {
		p := &v.Parts[n]
		a := &p.Amount
		if p.Calibre != 0 {
			v.Calibre = b.calibres[p.Calibre]
		}
		if a.Simulated > 0 {
			v.Origin = Simulated
		}
		switch {
		case v.Status == Incomplete:
		case a.Unsigned > 0:
			v.Status = Unproven
		case a.Paper > 0 && v.Status == Proven:
			v.Status = Paper
		}
		if !a.Complete() {
			v.Status = Incomplete
		}
		if p.Secret() {
			v.Hidden = true
		}
		in := a.Reported + a.NotApplicable
		if a.Due > 0 && (v.Due == 0 || a.Due-in > v.Due-v.Reported) {
			v.Due, v.Reported, v.DueLevel = a.Due, in, b.levels[b.reports[p.FormID]]
		}
	}
}

// Count is the number of a part, if it may be computed with; see formula.Counts.
func (v *Value) Count(place int) (value int64, decimals int, err error) {
	p := &v.Parts[place]
	a := &p.Amount
	switch {
	case a.Mark == quantity.Pending:
		err = because("“%s”暂缺", p.Called())
	case a.Reported == 0 && a.NotApplicable > 0:
		err = because("“%s”不适用", p.Called())
	case a.Mark.HasValue() && !a.Mark.Summable():
		err = because("“%s”不是准确的数", p.Called())
	case a.Reported == 0:
		err = because("“%s”还没有数", p.Called())
	case v.Status == Incomplete && (p.Last || a.Reported != v.Parts[0].Amount.Reported):
		err = because("各数据项已报的地区不同，暂不计算")
	}
	return a.Value, p.Element.Decimals, err
}

// named is an element's name in both languages.
func named(e element.Element) say.Name { return say.Name{ZH: e.Name, EN: e.NameEN} }
