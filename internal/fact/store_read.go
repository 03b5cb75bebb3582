package fact

// Facts, sums and what is due, read in few statements. They are asked by cell in amounts.go.

import (
	"fmt"
	"math"
	"slices"

	"yipanqi/internal/db"
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

type cellAt struct {
	place
	key
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
	var above []int64 // those that areas are below: nothing is added up of others, nor of what nobody below reports
	each := make([]held, len(rows)*len(q.Periods))
	for _, id := range rows {
		at, known := tree[id]
		if !known {
			continue
		}
		for _, p := range q.Periods {
			each[0].level, each[0].period = at.Level, p
			a.held[place{id, p}], each = &each[0], each[1:]
		}
		if at.Above && !a.owners.alone(q.Elements, at.Level) {
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
	all = slices.Clone(areas)
	if by, err = network.EarlierOf(tx, areas); err != nil || len(by) == 0 {
		return all, nil, err
	}
	for _, id := range areas {
		for _, e := range by[id] {
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
	where, due := in(areas), ``
	if forms := a.owners.askedBy(q.Elements); len(forms) > 0 {
		due = ` AND form_id IN (` + db.Ints(forms) + `)`
	}
	var n numbers
	err := db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 3); err != nil {
			return err
		}
		if h := a.at(&n); h != nil {
			h.facts = append(h.facts, n.fact())
		}
		return nil
	}, `SELECT `+packedPlace+`, `+packedKey+` + mark * 8 + grade, value FROM facts`+where+which)
	if err != nil {
		return err
	}
	err = db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 6); err != nil {
			return err
		}
		if h := a.at(&n); h != nil {
			h.sums = append(h.sums, cellOf[sum]{n.at(1) + sexFrom, n.rolled(2)})
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
		if h := a.at(&n); h != nil {
			h.due = append(h.due, formDue{n.at(1) >> 32, int(n.at(1) & math.MaxUint32)})
		}
		return nil
	}, `SELECT `+packedPlace+`, form_id * 4294967296 + due FROM expectations`+where+due)
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
// and areas (area_id is an INTEGER). SQLite multiplies and adds in less time than it casts and shifts; PostgreSQL is
// told by the first factor that the product is large. A key lacks 1 to its sex, which sexFrom adds.
const (
	packedPlace = `area_id * 4294967296 + period`
	packedKey   = `(((element_id * CAST(16 AS BIGINT) + sex) * 1024 + category) * 4096 + calibre) * 256`
	sexFrom     = 1 << 30

	packedMarks  = `CAST(mark AS BIGINT) * 256 + grade`
	packedCounts = `n * 4294967296 + na, hidden * 4294967296 + simulated, unsigned * 4294967296 + paper`
)

// numbers is a row of integers. Scanned into any, database/sql copies them without reflection: half the time of a scan
// into typed variables, and boards scan ten thousand rows.
type numbers struct {
	values [13]any
	to     [13]any
	place  place // of the row before
	packed int64 // the same, as it was read
	held   *held // what is held of it
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

// at is what is held of the row's area and period, which stand in its first column: for most rows that of the row
// before.
func (a Amounts) at(n *numbers) *held {
	if packed := n.at(0); n.held == nil || packed != n.packed {
		n.packed, n.held = packed, a.held[n.placeOf(packed>>32, packed&math.MaxUint32)]
	}
	return n.held
}

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
func (n *numbers) fact() cellOf[own] {
	return cellOf[own]{n.at(1)&^255 + sexFrom, own{n.at(2), quantity.Mark(n.at(1) >> 3 & 31), Grade(n.at(1) & 7)}}
}
