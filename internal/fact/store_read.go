package fact

// Facts, sums and what is due, read in few statements and asked by cell. It chooses between report and sum and computes
// nothing else.

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Query asks for elements (all if empty) in areas and periods.
type Query struct {
	Areas    []int64
	Periods  []period.Period
	Elements []int64
}

// Amounts is what a Query found. Ask it with At.
type Amounts struct {
	owners *owners
	held   map[place]*held
}

// held is what stands in one area and period. Facts and sums are in order of key: a board holds five thousand of them,
// and looking through a sorted slice takes less time than filling a map.
type held struct {
	level string
	facts []cellOf[Amount]
	sums  []cellOf[sum]
	due   []formDue

	earlier *held // what the area's row before holds for the same period
}

type cellAt struct {
	place
	key
}

type cellOf[T any] struct {
	key int64 // packed
	is  T
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
func (h *held) fact(key int64) (a Amount) {
	for ok := false; h != nil && !ok; h = h.earlier {
		a, ok = find(h.facts, key)
	}
	return a
}

func (h *held) sum(key int64) (s sum, ok bool) {
	for ; h != nil && !ok; h = h.earlier {
		s, ok = find(h.sums, key)
	}
	return s, ok
}

// Read reads in a constant number of statements, whatever the number of cells. The cost grows with the cells that areas
// × periods × elements have. An area that moved to another parent has what it reported before.
func Read(tx *db.Tx, q Query) (a Amounts, err error) {
	if a.owners, err = readOwners(tx); err != nil {
		return a, err
	}
	a.held = make(map[place]*held, len(q.Areas)*len(q.Periods))
	rows, earlier, err := withEarlier(tx, q.Areas)
	if err != nil {
		return a, err
	}
	tree, err := network.Tree(tx)
	if err != nil {
		return a, err
	}
	var above []int64 // those that areas are below: nothing is added up of others
	each := make([]held, len(rows)*len(q.Periods))
	for _, id := range rows {
		at, known := tree[id]
		if !known {
			continue
		}
		for _, p := range q.Periods {
			each[0].level = at.Level
			a.held[place{id, p}], each = &each[0], each[1:]
		}
		if at.Above {
			above = append(above, id)
		}
	}
	if len(a.held) == 0 {
		return a, nil
	}
	for area, before := range earlier {
		for _, p := range q.Periods {
			a.held[place{area, p}].follow(before, p, a.held)
		}
	}
	return a, a.readCells(tx, rows, above, q)
}

// withEarlier are the areas with the rows that they had before, and these by area.
func withEarlier(tx *db.Tx, areas []int64) (all []int64, by map[int64][]network.Area, err error) {
	all, by = slices.Clone(areas), map[int64][]network.Area{}
	for _, id := range areas {
		earlier, err := network.Earlier(tx, id)
		if err != nil {
			return nil, nil, err
		}
		if len(earlier) > 0 {
			by[id] = earlier
		}
		for _, e := range earlier {
			all = append(all, e.ID)
		}
	}
	return all, by, nil
}

// follow chains what the earlier rows hold for the period behind what the area holds.
func (h *held) follow(earlier []network.Area, p period.Period, all map[place]*held) {
	for _, e := range earlier {
		if before := all[place{e.ID, p}]; h != nil && before != nil && e.OpenIn(p) {
			h.earlier = before
			h = before
		}
	}
}

func (a Amounts) readCells(tx *db.Tx, areas, above []int64, q Query) error {
	var ids []int64
	for _, p := range q.Periods {
		ids = append(ids, int64(p.Int()))
	}
	which := of(q.Elements)
	in := func(areas []int64) string {
		return ` WHERE area_id IN (` + db.Ints(areas) + `) AND period IN (` + db.Ints(ids) + `)`
	}
	where := in(areas)
	var n numbers
	err := db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 3); err != nil {
			return err
		}
		if h := a.held[n.packedPlace()]; h != nil {
			h.facts = append(h.facts, n.fact())
		}
		return nil
	}, `SELECT `+packedPlace+`, `+packedKey+` | (mark << 3) | grade, value FROM facts`+where+which)
	if err != nil {
		return err
	}
	err = db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 6); err != nil {
			return err
		}
		if h := a.held[n.packedPlace()]; h != nil {
			h.sums = append(h.sums, cellOf[sum]{n.at(1), n.rolled(2)})
		}
		return nil
	}, `SELECT `+packedPlace+`, `+packedKey+`, value, `+packedCounts+`
		FROM rollups`+in(above)+which)
	if err != nil {
		return err
	}
	for _, h := range a.held {
		sorted(h.facts)
		sorted(h.sums)
	}
	return db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 2); err != nil {
			return err
		}
		if h := a.held[n.packedPlace()]; h != nil {
			h.due = append(h.due, formDue{n.at(1) >> 32, int(n.at(1) & math.MaxUint32)})
		}
		return nil
	}, `SELECT `+packedPlace+`, CAST(form_id AS BIGINT) << 32 | due FROM expectations`+where)
}

// apart is how many elements that nobody asks for may lie between two that are asked for, on average, before each of
// these is looked up by itself: a row read in passing costs less than a place looked up.
const apart = 8

// of is the condition that cells are of these elements, or between them; of any, if none is named.
func of(elements []int64) string {
	if len(elements) == 0 {
		return ""
	}
	low, high := slices.Min(elements), slices.Max(elements)
	if high-low > apart*int64(len(elements)) {
		return ` AND element_id IN (` + db.Ints(elements) + `)`
	}
	return fmt.Sprintf(` AND element_id BETWEEN %d AND %d`, low, high)
}

// A row costs by its columns, so several numbers come in one. Counts are at least 0 and fit in 32 bits; so do periods
// and areas (area_id is an INTEGER). << and | bind alike in SQL, hence the brackets.
const (
	packedPlace = `CAST(area_id AS BIGINT) << 32 | period`
	packedKey   = `(CAST(element_id AS BIGINT) << 34) | (CAST(sex + 1 AS BIGINT) << 30) |
		(CAST(category AS BIGINT) << 20) | (CAST(calibre AS BIGINT) << 8)`
	packedMarks  = `CAST(mark AS BIGINT) << 8 | grade`
	packedCounts = `CAST(n AS BIGINT) << 32 | na, CAST(hidden AS BIGINT) << 32 | simulated,
		CAST(unsigned AS BIGINT) << 32 | paper`
)

// numbers is a row of integers. Scanned into any, database/sql copies them without reflection: half the time of a scan
// into typed variables, and boards scan ten thousand rows.
type numbers struct {
	values [13]any
	to     [13]any
	place  place // of the row before
}

func (n *numbers) scan(r db.Row, columns int) error {
	if n.to[0] == nil {
		for i := range n.values {
			n.to[i] = &n.values[i]
		}
	}
	return r.Scan(n.to[:columns]...)
}

func (n *numbers) at(i int) int64 { return n.values[i].(int64) }

// packedPlace is the area and period of the row.
func (n *numbers) packedPlace() place { return n.placeOf(n.at(0)>>32, n.at(0)&math.MaxUint32) }

// cell is where the row belongs, from its first six columns.
func (n *numbers) cell() cellAt {
	return cellAt{n.placeOf(n.at(0), n.at(1)), key{n.at(2), int(n.at(3)), int(n.at(4)), n.at(5)}}
}

// placeOf makes a place anew only where it is not that of the row before.
func (n *numbers) placeOf(area, number int64) place {
	if n.place.area != area || int64(n.place.period.Int()) != number {
		n.place.area = area
		n.place.period, _ = period.FromInt(int(number)) // a period that is none names itself as such
	}
	return n.place
}

// counted is what a row of facts, whose value and marks are in these columns, adds to the areas above it.
func (n *numbers) counted(value, marks int) sum {
	return counted(n.at(value), quantity.Mark(n.at(marks)>>8), Grade(n.at(marks)&255))
}

// rolled is a row of rollups, whose value and three columns of counts begin here.
func (n *numbers) rolled(value int) sum {
	counts, weak, unkeyed := n.at(value+1), n.at(value+2), n.at(value+3)
	return sum{n.at(value), int32(counts >> 32), int32(counts), int32(weak >> 32), int32(weak), int32(unkeyed >> 32),
		int32(unkeyed)}
}

// fact is a row of facts: mark and grade are in the byte that a key leaves free.
func (n *numbers) fact() cellOf[Amount] {
	mark, grade, value := quantity.Mark(n.at(1)>>3&31), Grade(n.at(1)&7), n.at(2)
	a := counted(value, mark, grade).amount()
	if a.Own, a.Mark = true, mark; mark.HasValue() {
		a.Value = value
	}
	return cellOf[Amount]{n.at(1) &^ 255, a}
}

func (s sum) amount() Amount {
	return Amount{Value: s.value, Reported: int(s.n), NotApplicable: int(s.na), Hidden: int(s.hidden),
		Simulated: int(s.simulated), Unsigned: int(s.unsigned), Paper: int(s.paper)}
}

// At is what an element comes to in an area and period, by the method that its form states for the area's level. For
// quantity.SexTotal it is the sum over the form's sex columns, for category 0 that over its categories of the period,
// as reported as the least reported of them; unless the form asks for the whole.
func (a Amounts) At(area int64, p period.Period, element int64, sex, category int, calibre int64) Amount {
	owner := a.owners.of[element]
	h := a.held[place{area, p}]
	if owner == nil || h == nil {
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
		categories = source.WholeAt(p.Int())
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
