package fact

import (
	"cmp"
	"math"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
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

// held is what stands in one area and period. Facts and sums are in order of key: a board holds five thousand of them, and
// looking through a sorted slice takes less time than filling a map.
type held struct {
	level string
	facts []cellOf[Amount]
	sums  []cellOf[sum]
	due   []formDue
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
	for _, d := range h.due {
		if d.form == form {
			return d.due
		}
	}
	return 0
}

// Read reads in a constant number of statements, whatever the number of cells. The cost grows with the cells that areas
// × periods × elements have.
func Read(tx *db.Tx, q Query) (a Amounts, err error) {
	if a.owners, err = readOwners(tx); err != nil {
		return a, err
	}
	a.held = make(map[place]*held, len(q.Areas)*len(q.Periods))
	areas := db.Ints(q.Areas)
	err = db.Each(tx, func(r db.Row) error {
		var id int64
		var level string
		err := r.Scan(&id, &level)
		for _, p := range q.Periods {
			a.held[place{id, p}] = &held{level: level}
		}
		return err
	}, `SELECT id, level FROM areas WHERE id IN (`+areas+`)`)
	if err != nil || len(a.held) == 0 {
		return a, err
	}
	return a, a.readCells(tx, areas, q)
}

func (a Amounts) readCells(tx *db.Tx, areas string, q Query) error {
	var ids []int64
	for _, p := range q.Periods {
		ids = append(ids, int64(p.Int()))
	}
	low, high := int64(0), int64(math.MaxInt32)
	if len(q.Elements) > 0 {
		low, high = slices.Min(q.Elements), slices.Max(q.Elements)
	}
	where := ` WHERE area_id IN (` + areas + `) AND period IN (` + db.Ints(ids) + `)`
	at := standing{in: a.held}
	var n numbers
	err := db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 5); err != nil {
			return err
		}
		if h := at.place(n.at(0)); h != nil {
			h.facts = append(h.facts, cellOf[Amount]{n.at(1), factAmount(n.at(2), n.at(3), n.at(4))})
		}
		return nil
	}, `SELECT `+packedPlace+`, `+packedKey+`, value, CAST(mark AS BIGINT) << 8 | grade, version_id
		FROM facts`+where+` AND element_id BETWEEN $1 AND $2`, low, high)
	if err != nil {
		return err
	}
	err = db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 6); err != nil {
			return err
		}
		if h := at.place(n.at(0)); h != nil {
			counts, weak := n.at(3), n.at(4)
			h.sums = append(h.sums, cellOf[sum]{n.at(1), sum{n.at(2), int32(counts >> 32), int32(counts), int32(weak >> 32), int32(weak), int32(n.at(5))}})
		}
		return nil
	}, `SELECT `+packedPlace+`, `+packedKey+`, value, CAST(n AS BIGINT) << 32 | na, CAST(hidden AS BIGINT) << 32 | simulated, unsigned
		FROM rollups`+where+` AND element_id BETWEEN $1 AND $2`, low, high)
	if err != nil {
		return err
	}
	for _, h := range a.held {
		sorted(h.facts)
		sorted(h.sums)
	}
	return db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 3); err != nil {
			return err
		}
		if h := at.place(n.at(0)); h != nil {
			h.due = append(h.due, formDue{n.at(1), int(n.at(2))})
		}
		return nil
	}, `SELECT `+packedPlace+`, form_id, due FROM expectations`+where)
}

// A row costs by its columns, so several numbers come in one. Counts are at least 0 and fit in 32 bits; so do periods and
// areas (area_id is an INTEGER). << and | bind alike in SQL, hence the brackets.
const (
	packedPlace = `CAST(area_id AS BIGINT) << 32 | period`
	packedKey   = `(CAST(element_id AS BIGINT) << 34) | (CAST(sex + 1 AS BIGINT) << 30) | (CAST(category AS BIGINT) << 20) | (CAST(calibre AS BIGINT) << 8)`
)

// standing finds the place of row after row: most are of the same as the one before.
type standing struct {
	in   map[place]*held
	last int64
	held *held
}

func (s *standing) place(packed int64) *held {
	if s.held == nil || packed != s.last {
		p, _ := period.FromInt(int(int32(packed))) // a period that is none names itself as such
		s.held, s.last = s.in[place{packed >> 32, p}], packed
	}
	return s.held
}

const rollupColumns = `area_id, period, element_id, sex, category, calibre, value, n, na, hidden, simulated, unsigned`

// numbers is a row of integers. Scanned into any, database/sql copies them without reflection: half the time of a scan
// into typed variables, and boards scan ten thousand rows.
type numbers struct {
	values [12]any
	to     [12]any
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

func (n *numbers) place() place {
	p, _ := period.FromInt(int(n.at(1))) // a period that is none names itself as such
	return place{n.at(0), p}
}

func (n *numbers) key() key { return key{n.at(2), int(n.at(3)), int(n.at(4)), n.at(5)} }

func (n *numbers) cell() cellAt { return cellAt{n.place(), n.key()} }

// counted is what a row of facts adds to the areas above it.
func (n *numbers) counted() sum { return counted(n.at(6), quantity.Mark(n.at(7)), Grade(n.at(8))) }

// rolled is a row of rollups.
func (n *numbers) rolled() sum {
	return sum{n.at(6), int32(n.at(7)), int32(n.at(8)), int32(n.at(9)), int32(n.at(10)), int32(n.at(11))}
}

func factAmount(value, marks, version int64) Amount {
	mark := quantity.Mark(marks >> 8)
	a := counted(value, mark, Grade(marks&255)).amount()
	a.Own, a.Mark, a.Version = true, mark, version
	if a.Mark.HasValue() {
		a.Value = value
	}
	return a
}

func (s sum) amount() Amount {
	return Amount{Value: s.value, Reported: int(s.n), NotApplicable: int(s.na), Hidden: int(s.hidden), Simulated: int(s.simulated), Unsigned: int(s.unsigned)}
}

// At is what an element comes to in an area and period, by the method that its form states for the area's level. For
// quantity.SexTotal it is the sum over the form's sex columns, as reported as the least reported of them; unless the
// form asks for totals.
func (a Amounts) At(area int64, p period.Period, element int64, sex int, calibre int64) Amount {
	owner := a.owners.of[element]
	h := a.held[place{area, p}]
	if owner == nil || h == nil {
		return Amount{}
	}
	source, asked := owner.at(h.level)
	k := key{element: element, sex: sex, calibre: calibre}
	if sex != quantity.SexTotal {
		return h.one(k, owner, source, asked)
	}
	sexes := owner.sexes
	if asked {
		sexes = source.Sexes
	}
	var total Amount
	for i, column := range sexes {
		k.sex = column
		if part := h.one(k, owner, source, asked); i == 0 {
			total = part
		} else {
			total = total.plus(part)
		}
	}
	return total
}

// plus adds another sex of the same cell.
func (t Amount) plus(o Amount) Amount {
	t.Value += o.Value
	t.Below += o.Below
	t.Reported, t.NotApplicable = min(t.Reported, o.Reported), min(t.NotApplicable, o.NotApplicable)
	t.Hidden, t.Simulated, t.Unsigned = max(t.Hidden, o.Hidden), max(t.Simulated, o.Simulated), max(t.Unsigned, o.Unsigned)
	t.Own, t.Checked = t.Own || o.Own, t.Checked || o.Checked
	if t.Version == 0 {
		t.Version = o.Version
	}
	if o.Mark != quantity.Exact {
		t.Mark = o.Mark
	}
	return t
}

func (h *held) one(k key, o *owner, source form.Source, asked bool) (amount Amount) {
	packed := k.pack(0)
	below, has := find(h.sums, packed)
	if asked && source.Method != form.RolledUp {
		amount, _ = find(h.facts, packed)
		amount.Checked, amount.Below = source.Method == form.OwnChecked && has, below.value
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
