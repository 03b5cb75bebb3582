package fact

import (
	"yipanqi/internal/db"
	"yipanqi/internal/form"
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
	sums
	level  map[int64]string // of each area asked for
	cells  map[place]map[key]stored
	sexes  map[int64][]int // that any cell of the element has
	due    map[dueKey]int
	inForm map[int64][]int64 // the forms that ask for an element, anywhere
}

type stored struct {
	fact     Amount
	hasFact  bool
	below    Amount
	hasBelow bool
}

type dueKey struct {
	place
	form int64
}

// Read reads in a constant number of statements, whatever the number of cells. The cost grows with the cells that areas
// × periods × elements have.
func Read(tx *db.Tx, q Query) (Amounts, error) {
	s, err := summing(tx)
	a := Amounts{sums: s, level: map[int64]string{}, cells: map[place]map[key]stored{}, sexes: map[int64][]int{}, due: map[dueKey]int{},
		inForm: map[int64][]int64{}}
	if err != nil {
		return a, err
	}
	for at, source := range s.levels {
		a.inForm[at.ElementID] = append(a.inForm[at.ElementID], source.FormID)
	}
	areas := keySet(q.Areas)
	var ids []int64
	for _, p := range q.Periods {
		ids = append(ids, int64(p.Int()))
	}
	periods := keySet(ids)
	err = db.Each(tx, func(r db.Row) error {
		var id int64
		var level string
		err := r.Scan(&id, &level)
		a.level[id] = level
		return err
	}, `SELECT id, level FROM areas WHERE id IN (SELECT CAST(key AS BIGINT) FROM json_each($1))`, areas)
	if err != nil {
		return a, err
	}
	low, high := int64(0), int64(1<<31-1)
	wanted := map[int64]bool{}
	for i, e := range q.Elements {
		if i == 0 {
			low, high = e, e
		}
		low, high = min(low, e), max(high, e)
		wanted[e] = true
	}
	err = db.Each(tx, func(r db.Row) error {
		at, k, c, err := scanFact(r)
		if err == nil && (len(wanted) == 0 || wanted[k.element]) {
			a.keep(at, k, func(s *stored) { s.fact, s.hasFact = c, true })
		}
		return err
	}, `SELECT area_id, period, element_id, sex, category, calibre, value, mark, grade, version_id FROM facts
		WHERE area_id IN (SELECT CAST(key AS INTEGER) FROM json_each($1)) AND period IN (SELECT CAST(key AS INTEGER) FROM json_each($2))
			AND element_id BETWEEN $3 AND $4`, areas, periods, low, high)
	if err != nil {
		return a, err
	}
	err = db.Each(tx, func(r db.Row) error {
		at, k, c, err := scanRollup(r)
		if err == nil && (len(wanted) == 0 || wanted[k.element]) {
			a.keep(at, k, func(s *stored) { s.below, s.hasBelow = c, true })
		}
		return err
	}, `SELECT area_id, period, element_id, sex, category, calibre, value, n, na, hidden, simulated, unsigned FROM rollups
		WHERE area_id IN (SELECT CAST(key AS INTEGER) FROM json_each($1)) AND period IN (SELECT CAST(key AS INTEGER) FROM json_each($2))
			AND element_id BETWEEN $3 AND $4`, areas, periods, low, high)
	if err != nil {
		return a, err
	}
	return a, db.Each(tx, func(r db.Row) error {
		var k dueKey
		var due int
		err := r.Scan(&k.area, &k.period, &k.form, &due)
		a.due[k] = due
		return err
	}, `SELECT area_id, period, form_id, due FROM expectations
		WHERE area_id IN (SELECT CAST(key AS BIGINT) FROM json_each($1)) AND period IN (SELECT CAST(key AS BIGINT) FROM json_each($2))`,
		areas, periods)
}

func scanFact(r db.Row) (at place, k key, a Amount, err error) {
	var value int64
	var grade Grade
	if err = r.Scan(&at.area, &at.period, &k.element, &k.sex, &k.category, &k.calibre, &value, &a.Mark, &grade, &a.Version); err != nil {
		return at, k, a, err
	}
	a.Own = true
	if a.Mark.HasValue() {
		a.Value = value
	}
	if a.Mark.Summable() {
		a.Reported = 1
		a.Simulated, a.Unsigned = int(grade&Simulated), int(grade&Unsigned)/int(Unsigned)
	}
	if a.Mark == quantity.Confidential {
		a.Hidden = 1
	}
	if a.Mark == quantity.NotApplicable {
		a.NotApplicable = 1
	}
	return at, k, a, nil
}

func scanRollup(r db.Row) (at place, k key, a Amount, err error) {
	err = r.Scan(&at.area, &at.period, &k.element, &k.sex, &k.category, &k.calibre, &a.Value, &a.Reported, &a.NotApplicable, &a.Hidden, &a.Simulated, &a.Unsigned)
	return at, k, a, err
}

func (a Amounts) keep(at place, k key, set func(*stored)) {
	if a.cells[at] == nil {
		a.cells[at] = map[key]stored{}
	}
	s := a.cells[at][k]
	set(&s)
	a.cells[at][k] = s
	for _, sex := range a.sexes[k.element] {
		if sex == k.sex {
			return
		}
	}
	a.sexes[k.element] = append(a.sexes[k.element], k.sex)
}

// At is what an element comes to in an area and period, by the method that its form states for the area's level. For
// quantity.SexTotal it is the sum over the sexes, unless the form reports totals; then it is as reported as its least
// reported sex.
func (a Amounts) At(area int64, p period.Period, element int64, sex int, calibre int64) Amount {
	if sex != quantity.SexTotal {
		return a.one(place{area, p}, key{element: element, sex: sex, calibre: calibre})
	}
	total := a.one(place{area, p}, key{element: element, sex: quantity.SexTotal, calibre: calibre})
	first := true
	for _, sex := range a.sexes[element] {
		if sex == quantity.SexTotal {
			continue
		}
		part := a.one(place{area, p}, key{element: element, sex: sex, calibre: calibre})
		if first {
			total, first = part, false
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

func (a Amounts) one(at place, k key) Amount {
	s := a.cells[at][k]
	source, asked := a.levels[form.ElementLevel{ElementID: k.element, Level: a.level[at.area]}]
	amount := s.below
	if asked && source.Method != form.RolledUp {
		amount = s.fact
		amount.Checked, amount.Below = source.Method == form.OwnChecked && s.hasBelow, s.below.Value
	}
	if asked {
		amount.Due = a.due[dueKey{at, source.FormID}]
		return amount
	}
	for _, f := range a.inForm[k.element] { // collected only below this level
		amount.Due = max(amount.Due, a.due[dueKey{at, f}])
	}
	return amount
}

// Source is one fact that a sum rests on.
type Source struct {
	Area    network.Area
	Cell    Cell
	Grade   Grade
	Version int64
}

// Sources are the facts of an element in an area and below it, in order of area; at most limit.
func Sources(tx *db.Tx, top network.Area, p period.Period, element int64, calibre int64, limit int) ([]Source, error) {
	areas, err := network.Subtree(tx, top)
	if err != nil {
		return nil, err
	}
	byID := map[int64]network.Area{}
	var ids []int64
	for _, a := range areas {
		byID[a.ID] = a
		ids = append(ids, a.ID)
	}
	return db.All(tx, func(r db.Row) (s Source, err error) {
		var area int64
		s.Cell.Element, s.Cell.Calibre = element, calibre
		err = r.Scan(&area, &s.Cell.Sex, &s.Cell.Category, &s.Cell.Value, &s.Cell.Mark, &s.Grade, &s.Version)
		s.Area = byID[area]
		return s, err
	}, `SELECT area_id, sex, category, value, mark, grade, version_id FROM facts
		WHERE area_id IN (SELECT CAST(key AS INTEGER) FROM json_each($1)) AND period = $2 AND element_id = $3 AND calibre = $4
		ORDER BY area_id, sex LIMIT $5`, keySet(ids), p, element, calibre, limit)
}

// Missing are the areas below top (or top itself) that owe the form for the period and have none of its facts; at most
// limit, in order of area.
func Missing(tx *db.Tx, top network.Area, p period.Period, f form.Form, limit int) ([]network.Area, error) {
	var elements []int64
	for _, row := range f.Rows {
		elements = append(elements, row.Of.ID)
	}
	owing, err := db.All(tx, db.Single[int64], `SELECT e.area_id FROM expectations e JOIN areas a ON a.id = e.area_id
		WHERE e.form_id = $1 AND e.period = $2 AND a.level = $3 AND a.path >= $4 AND a.path < $5
			AND NOT EXISTS (SELECT 1 FROM facts f WHERE f.area_id = e.area_id AND f.period = $2
				AND f.element_id IN (SELECT CAST(key AS INTEGER) FROM json_each($6)))
		ORDER BY a.code LIMIT $7`, f.ID, p, f.Level, top.Path, top.Path[:len(top.Path)-1]+"/", keySet(elements), limit)
	if err != nil {
		return nil, err
	}
	var areas []network.Area
	for _, id := range owing {
		a, err := network.AreaByID(tx, id)
		if err != nil {
			return nil, err
		}
		areas = append(areas, a)
	}
	return areas, nil
}
