package fact

import (
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
	levels levels
	forms  map[int64][]int64 // that ask for an element, at any level
	sexes  map[int64][]int   // of an element, where a level has none of its own
	level  map[int64]string  // of each area asked for
	facts  map[cellAt]Amount
	sums   map[cellAt]Amount
	due    map[dueAt]int
}

type cellAt struct {
	place
	key
}

type dueAt struct {
	place
	form int64
}

// Read reads in a constant number of statements, whatever the number of cells. The cost grows with the cells that areas
// × periods × elements have.
func Read(tx *db.Tx, q Query) (Amounts, error) {
	a := Amounts{forms: map[int64][]int64{}, sexes: map[int64][]int{}, level: map[int64]string{}, facts: map[cellAt]Amount{},
		sums: map[cellAt]Amount{}, due: map[dueAt]int{}}
	elements := q.Elements
	if len(elements) == 0 {
		elements = nil
	}
	found, err := form.Levels(tx)
	if err != nil {
		return a, err
	}
	a.levels = found
	for at, source := range a.levels {
		if !slices.Contains(a.forms[at.ElementID], source.FormID) {
			a.forms[at.ElementID] = append(a.forms[at.ElementID], source.FormID)
		}
		if a.sexes[at.ElementID] == nil || source.Method != form.RolledUp {
			a.sexes[at.ElementID] = source.Sexes
		}
	}
	areas := db.Ints(q.Areas)
	err = db.Each(tx, func(r db.Row) error {
		var id int64
		var level string
		err := r.Scan(&id, &level)
		a.level[id] = level
		return err
	}, `SELECT id, level FROM areas WHERE id IN (`+areas+`)`)
	if err != nil {
		return a, err
	}
	return a, a.readCells(tx, areas, q)
}

// Levels says where the values of the elements asked for come from at every level that has one.
func (a Amounts) Levels() map[form.ElementLevel]form.Source { return a.levels }

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
	var n numbers
	err := db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 10); err != nil {
			return err
		}
		a.facts[n.cell()] = n.fact()
		return nil
	}, `SELECT `+factColumns+` FROM facts`+where+` AND element_id BETWEEN $1 AND $2`, low, high)
	if err != nil {
		return err
	}
	err = db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 12); err != nil {
			return err
		}
		a.sums[n.cell()] = n.rollup()
		return nil
	}, `SELECT `+rollupColumns+` FROM rollups`+where+` AND element_id BETWEEN $1 AND $2`, low, high)
	if err != nil {
		return err
	}
	return db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 4); err != nil {
			return err
		}
		a.due[dueAt{n.place(), n.at(2)}] = int(n.at(3))
		return nil
	}, `SELECT area_id, period, form_id, due FROM expectations`+where)
}

const (
	factColumns   = `area_id, period, element_id, sex, category, calibre, value, mark, grade, version_id`
	rollupColumns = `area_id, period, element_id, sex, category, calibre, value, n, na, hidden, simulated, unsigned`
)

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

func (n *numbers) rollup() Amount { return n.rolled().amount() }

func (n *numbers) fact() Amount {
	a := n.counted().amount()
	a.Own, a.Mark, a.Version = true, quantity.Mark(n.at(7)), n.at(9)
	if a.Mark.HasValue() {
		a.Value = n.at(6)
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
	at := cellAt{place{area, p}, key{element: element, sex: sex, calibre: calibre}}
	if sex != quantity.SexTotal {
		return a.one(at)
	}
	var total Amount
	for i, column := range a.columns(area, element) {
		at.sex = column
		if part := a.one(at); i == 0 {
			total = part
		} else {
			total = total.plus(part)
		}
	}
	return total
}

// columns are the sexes of the form that owns the element at the area's level, or at any level if none does there.
func (a Amounts) columns(area, element int64) []int {
	if source, ok := a.levels[form.ElementLevel{ElementID: element, Level: a.level[area]}]; ok {
		return source.Sexes
	}
	return a.sexes[element]
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

func (a Amounts) one(at cellAt) Amount {
	source, asked := a.levels[form.ElementLevel{ElementID: at.element, Level: a.level[at.area]}]
	below, has := a.sums[at]
	amount := below
	if asked && source.Method != form.RolledUp {
		amount = a.facts[at]
		amount.Checked, amount.Below = source.Method == form.OwnChecked && has, below.Value
	}
	if asked {
		amount.Due = a.due[dueAt{at.place, source.FormID}]
		return amount
	}
	for _, f := range a.forms[at.element] { // collected only below this level
		amount.Due = max(amount.Due, a.due[dueAt{at.place, f}])
	}
	return amount
}
