package fact

import (
	"context"
	"fmt"
	"math"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
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
		fmt.Fprintf(&b, "✗ %s %s %s %s: stored %s, computed %s\n", d.Area, d.Period, d.Element, d.Sex, d.Stored, d.Computed)
	}
	if more := r.Count - int64(len(r.Differences)); more > 0 {
		fmt.Fprintf(&b, "… and %d more\n", more)
	}
	fmt.Fprintf(&b, "%d facts, %d sums; %d differences, %d written.\n", r.Facts, r.Rollups, r.Count, r.Written)
	return b.String()
}

// Rebuild recomputes every sum from the facts in one scan and writes those that differ, or with check only names them.
// Time grows with facts plus sums; memory with the areas above the leaves × the cells of a leaf (32 bytes each).
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

// sum is a rollup row; parts counts the facts that went into it, 0 = there is no such row; it is negated
// once the stored row has been met.
type sum struct {
	value                                     int64
	n, na, hidden, simulated, unsigned, parts int32
}

func (s sum) row() [6]int64 {
	return [6]int64{s.value, int64(s.n), int64(s.na), int64(s.hidden), int64(s.simulated), int64(s.unsigned)}
}

// tally is all sums of all areas above the leaves.
type tally struct {
	areas  map[int64]network.Area
	index  map[cellKey]int32
	cells  []cellKey
	sums   map[int64][]sum // by area
	own    map[form.ElementLevel]bool
	counts map[int64]bool // elements that sum
	words  map[int64]string
	report Report
}

func newTally(tx *db.Tx) (*tally, error) {
	s, err := summing(tx)
	if err != nil {
		return nil, err
	}
	t := &tally{areas: map[int64]network.Area{}, index: map[cellKey]int32{}, sums: map[int64][]sum{}, own: map[form.ElementLevel]bool{},
		counts: s.elements, words: map[int64]string{}, report: Report{Differences: []Difference{}}}
	for at := range s.levels {
		t.own[at] = s.own(at.ElementID, at.Level)
	}
	areas, err := network.AllAreas(tx)
	if err != nil {
		return nil, err
	}
	for _, a := range areas {
		t.areas[a.ID] = a
	}
	elements, err := form.Elements(tx)
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
	var at place
	var line []network.Area // at's area and those above that it is part of in at's period
	err = eachFact(tx, func(here place, k key, s sum) error {
		t.report.Facts++
		if !t.counts[k.element] {
			return nil
		}
		if here != at || line == nil {
			at, line = here, t.line(here)
		}
		if !t.own[form.ElementLevel{ElementID: k.element, Level: line[0].Level}] {
			return nil
		}
		cell := t.cell(cellKey{here.period, k})
		for _, above := range line[1:] {
			if err := t.add(above.ID, cell, s); err != nil {
				return err
			}
			if t.own[form.ElementLevel{ElementID: k.element, Level: above.Level}] {
				break // it stands for itself further up
			}
		}
		return nil
	})
	return t, err
}

// line is an area and those above it, as far as each row is part of the next in the period.
func (t *tally) line(at place) []network.Area {
	day := lastDay(at.period)
	a := t.areas[at.area]
	line := []network.Area{a}
	for a.ParentID != 0 && a.OpenOn(day) {
		a = t.areas[a.ParentID]
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
	to := &sums[cell]
	if s.value > 0 && to.value > math.MaxInt64-s.value || s.value < 0 && to.value < math.MinInt64-s.value {
		return errs.Invalidf("%s的合计超出范围，请核对所报数据的单位。", t.areas[area].Code)
	}
	to.value += s.value
	to.n += s.n
	to.na += s.na
	to.hidden += s.hidden
	to.simulated += s.simulated
	to.unsigned += s.unsigned
	to.parts++
	return nil
}

// slot is one sum of the tally.
type slot struct {
	area int64
	cell int32
}

// compare walks the stored sums and returns those that are wrong, too many or missing.
func (t *tally) compare(tx *db.Tx) (wrong []slot, err error) {
	err = eachRollup(tx, func(at place, k key, stored sum) error {
		t.report.Rollups++
		cell := t.cell(cellKey{at.period, k})
		var computed sum
		if sums := t.sums[at.area]; int(cell) < len(sums) {
			computed = sums[cell]
			sums[cell].parts = -computed.parts
		}
		if computed.parts == 0 || computed.row() != stored.row() {
			wrong = append(wrong, slot{at.area, cell})
			t.differ(at.area, cell, stored.words(true), computed.words(computed.parts > 0))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for area, sums := range t.sums {
		for cell, s := range sums {
			if s.parts > 0 {
				wrong = append(wrong, slot{area, int32(cell)})
				t.differ(area, int32(cell), sum{}.words(false), s.words(true))
			}
		}
	}
	return wrong, nil
}

func (t *tally) differ(area int64, cell int32, stored, computed string) {
	t.report.Count++
	if len(t.report.Differences) >= maxDifferences {
		return
	}
	k := t.cells[cell]
	t.report.Differences = append(t.report.Differences, Difference{Area: t.areas[area].Code, Period: k.period.String(), Element: t.words[k.element],
		Sex: quantity.SexCode(k.sex), Calibre: k.calibre, Stored: stored, Computed: computed})
}

func (s sum) words(exists bool) string {
	if !exists {
		return "none"
	}
	return fmt.Sprintf("%d (n %d, na %d, hidden %d, simulated %d, unsigned %d)", s.value, s.n, s.na, s.hidden, s.simulated, s.unsigned)
}
