// Package fact is the accepted observations and what they add up to. A fact is one accepted cell; a rollup is what the
// areas directly below an area come to, kept right at every acceptance. Both are integers of the element's smallest
// unit. It computes no indicator and knows no signature.
package fact

import (
	"fmt"
	"slices"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Grade says what weakens a fact, as bits.
type Grade int

const (
	Simulated Grade = 1 // made up for a sample
	Unsigned  Grade = 2 // imported with a named source, without two signatures
	Paper     Grade = 4 // signed by two in ink, which a scan shows
)

// Cell is one accepted cell. Sex is a code of GB/T 2261.1, or quantity.SexTotal where the form has no sex columns;
// Category is an element.Category, or 0 where the cell is of all of them.
type Cell struct {
	Element  int64
	Sex      int
	Category int
	Calibre  int64
	Value    int64
	Mark     quantity.Mark
}

// Takes says whether a number of this element, calibre, sex and category takes in a cell of a report: of all sexes and
// categories where it is of none; but where the report has the whole in a cell of its own, that alone.
func (c Cell) Takes(o Cell, hasWhole bool) bool {
	return o.Element == c.Element && o.Calibre == c.Calibre && (c.Sex == quantity.SexTotal || c.Sex == o.Sex) &&
		(c.Category == o.Category || c.Category == 0 && !hasWhole)
}

// HasWhole says whether a report has an element in a cell for all categories.
func HasWhole(cells []Cell, element, calibre int64) bool {
	return slices.ContainsFunc(cells, func(c Cell) bool {
		return c.Element == element && c.Calibre == calibre && c.Category == 0
	})
}

// Change is what a version of a submission says about an area in a period. Elements are all that its form asks for at
// this level: a cell of theirs that is not in Cells is withdrawn.
type Change struct {
	Area     network.Area
	Period   period.Period
	FormID   int64
	Version  int64
	Grade    Grade
	Cells    []Cell
	Elements []int64
}

// MaxValue bounds |Value|, so that the sum of a province's villages stays exact in 64 bits.
const MaxValue = 1_000_000_000_000_000

func (c Change) validate() error {
	asked := map[int64]bool{}
	for _, e := range c.Elements {
		asked[e] = true
	}
	for _, cell := range c.Cells {
		if cell.Value <= -MaxValue || cell.Value >= MaxValue {
			return errs.Invalidf("数太大，请核对单位")
		}
		if !asked[cell.Element] {
			return errs.Invalidf("有的数据项不属于这张报表，没有写入。")
		}
		if !cell.key().packs() {
			return fmt.Errorf("cell %+v is out of range", cell)
		}
	}
	return nil
}

// Amount is what an element comes to in an area: its own report, or the sum of the areas below. Reported,
// NotApplicable and Due count reporting areas.
type Amount struct {
	Value         int64
	Reported      int // areas whose exact number is in Value
	NotApplicable int
	Due           int
	Hidden        int // of Reported: confidential
	Simulated     int
	Unsigned      int
	Paper         int
	Own           bool          // the area's own report
	Mark          quantity.Mark // of the own report
	Checked       bool          // an own report that is checked against the sum below, which is Below
	Below         int64
}

// Complete says whether every area that owes the number has given it.
func (a Amount) Complete() bool { return a.Due > 0 && a.Reported+a.NotApplicable >= a.Due }

// Known says whether there is any number at all.
func (a Amount) Known() bool { return a.Reported > 0 || a.Own && a.Mark.HasValue() }

// key is a cell's place within an area and period.
type key struct {
	element  int64
	sex      int
	category int
	calibre  int64
}

// place is an area in a period.
type place struct {
	area   int64
	period period.Period
}

// sum is what facts come to: the numbers of a rollup row, or of one fact, or the difference of two.
type sum struct {
	value                                     int64
	n, na, hidden, simulated, unsigned, paper int32
}

// is counts whether the grade has a bit.
func (g Grade) is(bit Grade) int32 { return int32(g&bit) / int32(bit) }

// counted is what one fact adds to the areas above it.
func counted(value int64, mark quantity.Mark, grade Grade) (s sum) {
	if mark == quantity.NotApplicable {
		s.na = 1
	}
	if !mark.Summable() {
		return s
	}
	s = sum{value: value, n: 1, simulated: grade.is(Simulated), unsigned: grade.is(Unsigned), paper: grade.is(Paper)}
	if mark == quantity.Confidential {
		s.hidden = 1
	}
	return s
}

func (s sum) plus(o sum) sum {
	return sum{s.value + o.value, s.n + o.n, s.na + o.na, s.hidden + o.hidden,
		s.simulated + o.simulated, s.unsigned + o.unsigned, s.paper + o.paper}
}

func (s sum) minus(o sum) sum {
	return sum{s.value - o.value, s.n - o.n, s.na - o.na, s.hidden - o.hidden,
		s.simulated - o.simulated, s.unsigned - o.unsigned, s.paper - o.paper}
}

// levels says where the value of an element comes from at a level.
type levels map[element.At]element.Source

// own says whether an area of the level stands for itself: then the areas above count its fact, not what is below it.
func (l levels) own(elementID int64, level string) bool {
	source, ok := l[element.At{ElementID: elementID, Level: level}]
	return ok && source.Method != element.RolledUp
}

// counts says whether a fact of an area of the level enters the sums above.
func (l levels) counts(elementID int64, level string) bool {
	return l[element.At{ElementID: elementID, Level: level}].Sums && l.own(elementID, level)
}
