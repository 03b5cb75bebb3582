package fact

// All sums recounted from the facts in one scan, and what was wrong named or mended. Everyday sums are kept by
// store_apply.go.

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Report is what a rebuild found. Differences lists at most maxDifferences of the Count rows that were wrong.
type Report struct {
	Facts       int64        `json:"facts"`
	Rollups     int64        `json:"rollups"`
	Count       int64        `json:"difference_count"`
	Written     int64        `json:"written"`
	Differences []Difference `json:"differences"`
}

// Difference is one stored sum that its facts do not add up to.
type Difference struct {
	Area     string `json:"area"`
	Period   string `json:"period"`
	Element  string `json:"element"`
	Sex      string `json:"sex"`
	Calibre  int64  `json:"calibre"`
	Stored   string `json:"stored"`
	Computed string `json:"computed"`
}

const maxDifferences = 1000

// String says the result for people.
func (r Report) String() string {
	var b strings.Builder
	for _, d := range r.Differences {
		fmt.Fprintf(&b, "✗ %s %s %s %s: stored %s, computed %s\n", d.Area, d.Period, d.Element,
			d.Sex, d.Stored, d.Computed)
	}
	if more := r.Count - int64(len(r.Differences)); more > 0 {
		fmt.Fprintf(&b, "… and %d more\n", more)
	}
	fmt.Fprintf(&b, "%d facts, %d sums; %d differences, %d written.\n", r.Facts, r.Rollups, r.Count, r.Written)
	return b.String()
}

// Rebuild recomputes every sum from the facts in one scan and writes those that differ, or with check only names them.
// A fact of an area or element that does not exist is named too. Time grows with facts plus sums; memory with the areas
// above the leaves × the cells of a leaf (32 bytes each).
func Rebuild(ctx context.Context, d *db.DB, check bool) (report Report, err error) {
	run := d.UpdateAlone
	if check {
		run = d.View // one snapshot: no acceptance can be half in it
	}
	err = run(ctx, func(tx *db.Tx) error {
		t, err := recount(tx)
		if err != nil {
			return err
		}
		wrong, err := t.compare(tx)
		if err == nil && !check {
			t.report.Written, err = t.mend(tx, wrong)
		}
		report = t.report
		return err
	})
	return report, err
}

// cellKey is a cell within an area; its index in the tally is its place in every area's slice.
type cellKey struct {
	period period.Period
	key
}

// tally is all sums of all areas above the leaves.
type tally struct {
	levels levels
	areas  map[int64]network.Area
	index  map[cellKey]int32
	cells  []cellKey
	sums   map[int64][]sum // by area
	words  map[int64]string
	report Report
}

func newTally(tx *db.Tx) (*tally, error) {
	found, err := element.Levels(tx)
	if err != nil {
		return nil, err
	}
	t := &tally{levels: found, areas: map[int64]network.Area{}, index: map[cellKey]int32{},
		sums: map[int64][]sum{}, words: map[int64]string{},
		report: Report{Differences: []Difference{}}}
	areas, err := network.AllAreas(tx)
	if err != nil {
		return nil, err
	}
	for _, a := range areas {
		t.areas[a.ID] = a
	}
	elements, err := element.All(tx)
	for code, e := range elements {
		t.words[e.ID] = code
	}
	return t, err
}

// recount adds every fact to the areas above it.
func recount(tx *db.Tx) (*tally, error) {
	t, err := newTally(tx)
	if err != nil {
		return nil, err
	}
	var line []network.Area // from the fact's area upwards
	var lineOf int64
	err = eachFact(tx, func(at cellAt, s sum) error {
		t.report.Facts++
		if at.area != lineOf {
			line, lineOf = t.line(at.area), at.area
		}
		if len(line) == 0 || t.words[at.element] == "" {
			t.differ(at, func() (string, string) { return "a fact", "no such area or element" })
			return nil
		}
		if !t.levels.counts(at.element, line[0].Level) {
			return nil
		}
		cell := t.cell(cellKey{at.period, at.key})
		for _, above := range line[1:] {
			if err := t.add(above.ID, cell, s); err != nil {
				return err
			}
			if t.levels.own(at.element, above.Level) {
				break // it stands for itself further up
			}
		}
		return nil
	})
	return t, err
}

// line is an area and those above it; empty if there is no such area.
func (t *tally) line(id int64) (line []network.Area) {
	for a, ok := t.areas[id]; ok; a, ok = t.areas[a.ParentID] {
		line = append(line, a)
	}
	return line
}

func (t *tally) cell(k cellKey) int32 {
	i, ok := t.index[k]
	if !ok {
		i = int32(len(t.cells))
		t.index[k] = i
		t.cells = append(t.cells, k)
	}
	return i
}

func (t *tally) add(area int64, cell int32, s sum) error {
	sums := t.sums[area]
	if int(cell) >= len(sums) {
		sums = append(sums, make([]sum, max(int(cell)+1, len(t.cells))-len(sums))...)
		t.sums[area] = sums
	}
	was := sums[cell].value
	if s.value > 0 && was > math.MaxInt64-s.value || s.value < 0 && was < math.MinInt64-s.value {
		return errs.Invalidf("%s的合计超出范围，请核对所报数据的单位。", t.areas[area].Code)
	}
	sums[cell] = sums[cell].plus(s)
	return nil
}

// mistake is a stored sum that is wrong, too much or missing, with what it should be; all zero: no row.
type mistake struct {
	area int64
	cell int32
	sum  sum
}

// compare walks the stored sums; a row of zeros counts as no row. It uses the tally up.
func (t *tally) compare(tx *db.Tx) (wrong []mistake, err error) {
	err = eachRollup(tx, func(at cellAt, stored sum) error {
		t.report.Rollups++
		cell := t.cell(cellKey{at.period, at.key})
		var computed sum
		if sums := t.sums[at.area]; int(cell) < len(sums) {
			computed, sums[cell] = sums[cell], sum{}
		}
		if computed != stored {
			wrong = append(wrong, mistake{at.area, cell, computed})
			t.differ(at, func() (string, string) { return stored.words(), computed.words() })
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	order, missing := t.order(), 0
	for _, sums := range t.sums {
		for _, s := range sums {
			if s != (sum{}) {
				missing++
			}
		}
	}
	wrong = slices.Grow(wrong, missing) // at once: grown bit by bit it would leave twice its size behind
	for _, area := range slices.Sorted(maps.Keys(t.sums)) {
		sums := t.sums[area]
		for _, cell := range order {
			if int(cell) >= len(sums) || sums[cell] == (sum{}) {
				continue
			}
			s, k := sums[cell], t.cells[cell]
			wrong = append(wrong, mistake{area, cell, s})
			t.differ(cellAt{place{area, k.period}, k.key}, func() (string, string) { return sum{}.words(), s.words() })
		}
	}
	return wrong, nil
}

// order is the cells by the table's key: rows that are written in its order go to the end of a page, not into its
// middle.
func (t *tally) order() []int32 {
	order := make([]int32, len(t.cells))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := t.cells[a], t.cells[b]
		return cmp.Or(cmp.Compare(x.period.Int(), y.period.Int()), cmp.Compare(x.pack(0), y.pack(0)))
	})
	return order
}

// differ counts a difference, and words the first of them.
func (t *tally) differ(at cellAt, words func() (stored, computed string)) {
	t.report.Count++
	if len(t.report.Differences) >= maxDifferences {
		return
	}
	code, element := t.areas[at.area].Code, t.words[at.element]
	if code == "" {
		code = fmt.Sprintf("area %d", at.area)
	}
	if element == "" {
		element = fmt.Sprintf("element %d", at.element)
	}
	stored, computed := words()
	t.report.Differences = append(t.report.Differences,
		Difference{Area: code, Period: at.period.String(), Element: element,
			Sex: quantity.SexCode(at.sex), Calibre: at.calibre, Stored: stored, Computed: computed})
}

func (s sum) words() string {
	if s == (sum{}) {
		return "none"
	}
	return fmt.Sprintf("%d (n %d, na %d, hidden %d, simulated %d, unsigned %d, paper %d)", s.value, s.n, s.na,
		s.hidden, s.simulated, s.unsigned, s.paper)
}
