package fact

// What was read, asked by cell: it chooses between report and sum, and adds sexes and categories. It is read in
// store_read.go.

import (
	"cmp"
	"slices"

	"yipanqi/internal/element"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Amounts is what a Query found. Ask it with At.
type Amounts struct {
	owners *owners
	held   map[place]*held
}

// held is what stands in one area and period. Facts and sums are in order of key: a board holds five thousand of them,
// and looking through a sorted slice takes less time than filling a map.
type held struct {
	level  string
	period period.Period
	facts  []cellOf[own]
	sums   []cellOf[sum]
	due    []formDue

	earlier *held // what the area's row before holds for the same period
}

type cellOf[T any] struct {
	key int64 // packed
	is  T
}

// own is the number of an area's own report: what is made of it, thousands of times, is made when it is asked for.
type own struct {
	value int64
	mark  quantity.Mark
	grade Grade
}

func (o own) amount() Amount {
	a := counted(o.value, o.mark, o.grade).amount()
	if a.Own, a.Mark = true, o.mark; o.mark.HasValue() {
		a.Value = o.value
	}
	return a
}

type formDue struct {
	form int64
	due  int
}

func find[T any](cells []cellOf[T], key int64) (is T, ok bool) {
	i, ok := slices.BinarySearchFunc(cells, key, func(c cellOf[T], key int64) int { return cmp.Compare(c.key, key) })
	if ok {
		is = cells[i].is
	}
	return is, ok
}

func sorted[T any](cells []cellOf[T]) {
	by := func(a, b cellOf[T]) int { return cmp.Compare(a.key, b.key) }
	if !slices.IsSortedFunc(cells, by) {
		slices.SortFunc(cells, by)
	}
}

func (h *held) dueFor(form int64) int {
	for ; h != nil; h = h.earlier {
		for _, d := range h.due {
			if d.form == form {
				return d.due
			}
		}
	}
	return 0
}

// fact and sum are those of the area as it is now, else of the row that it had then.
func (h *held) fact(key int64) Amount {
	for ; h != nil; h = h.earlier {
		if is, ok := find(h.facts, key); ok {
			return is.amount()
		}
	}
	return Amount{}
}

func (h *held) sum(key int64) (s sum, ok bool) {
	for ; h != nil && !ok; h = h.earlier {
		s, ok = find(h.sums, key)
	}
	return s, ok
}

func (s sum) amount() Amount {
	return Amount{Value: s.value, Reported: int(s.n), NotApplicable: int(s.na), Hidden: int(s.hidden),
		Simulated: int(s.simulated), Unsigned: int(s.unsigned), Paper: int(s.paper)}
}

// At is what an element comes to in an area and period, see Here.At.
func (a Amounts) At(area int64, p period.Period, element int64, sex, category int, calibre int64) Amount {
	return a.Here(area, p).At(element, sex, category, calibre)
}

// Here is what was found of one area and period.
func (a Amounts) Here(area int64, p period.Period) Here {
	return Here{a.owners, a.held[place{area, p}]}
}

// Here is one area and period, for who asks for many elements of it.
type Here struct {
	owners *owners
	held   *held
}

// At is what an element comes to, by the method that its form states for the area's level. For quantity.SexTotal it is
// the sum over the form's sex columns, for category 0 that over its categories of the period, as reported as the least
// reported of them; unless the form asks for the whole.
func (here Here) At(element int64, sex, category int, calibre int64) Amount {
	h := here.held
	if h == nil {
		return Amount{}
	}
	owner := here.owners.of[element]
	if owner == nil {
		return Amount{}
	}
	source, asked := owner.at(h.level)
	k := key{element: element, sex: sex, category: category, calibre: calibre}
	if sex != quantity.SexTotal && (category != 0 || len(owner.spans) == 0) {
		return h.one(k, owner, source, asked)
	}
	if !asked {
		source.Sexes, source.Spans = owner.sexes, owner.spans
	}
	sexes, categories := []int{sex}, []int{category}
	if sex == quantity.SexTotal {
		sexes = source.Sexes
	}
	if category == 0 {
		categories = source.WholeAt(h.period.Int())
	}
	var total Amount
	for i, column := range sexes {
		for j, of := range categories {
			k.sex, k.category = column, of
			if part := h.one(k, owner, source, asked); i+j == 0 {
				total = part
			} else {
				total = total.plus(part)
			}
		}
	}
	return total
}

// Below is what the areas below an area come to, where all that owe the number have given it.
func (a Amounts) Below(area int64, p period.Period, of int64, sex, category int, calibre int64) (value int64,
	whole bool) {
	owner, h := a.owners.of[of], a.held[place{area, p}]
	if owner == nil || h == nil {
		return 0, false
	}
	sum, _ := h.sum(key{element: of, sex: sex, category: category, calibre: calibre}.pack(0))
	below, due := sum.amount(), 0
	for _, l := range owner.levels {
		if l.level != h.level && l.Method != element.RolledUp {
			due = max(due, h.dueFor(l.FormID))
		}
	}
	return below.Value, due > 0 && below.Reported+below.NotApplicable >= due
}

// plus adds another sex or category of the same cell.
func (t Amount) plus(o Amount) Amount {
	t.Value += o.Value
	t.Below += o.Below
	t.Reported, t.NotApplicable = min(t.Reported, o.Reported), min(t.NotApplicable, o.NotApplicable)
	t.Hidden, t.Simulated, t.Unsigned = max(t.Hidden, o.Hidden), max(t.Simulated, o.Simulated),
		max(t.Unsigned, o.Unsigned)
	t.Own, t.Checked = t.Own || o.Own, t.Checked || o.Checked
	if o.Mark != quantity.Exact {
		t.Mark = o.Mark
	}
	return t
}

func (h *held) one(k key, o *owner, source element.Source, asked bool) (amount Amount) {
	packed := k.pack(0)
	below, has := h.sum(packed)
	if asked && source.Method != element.RolledUp {
		amount = h.fact(packed)
		amount.Checked, amount.Below = source.Method == element.OwnChecked && has, below.value
	} else {
		amount = below.amount()
	}
	if asked {
		amount.Due = h.dueFor(source.FormID)
		return amount
	}
	for _, f := range o.forms { // collected only below this level
		amount.Due = max(amount.Due, h.dueFor(f))
	}
	return amount
}
