package submission

// Where a new edition finds what was typed in the old one, cell by cell and reason by reason; the reports themselves
// are carried over in edition_test.go.

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/form"
	"yipanqi/internal/quantity"
)

// asking is a form of one column with a row for each element, in this order.
func asking(elements ...string) form.Form {
	f := form.Form{Columns: []form.Column{{Code: "V", Sex: quantity.SexTotal}}}
	for i, e := range elements {
		f.Rows = append(f.Rows, form.Row{Number: string(rune('1' + i)), Label: e, Element: e, Calibre: "C"})
	}
	return f
}

func TestCellsAndReasonsAreCarriedToWhereTheyAreAskedFor(t *testing.T) {
	old, now := asking("A", "B", "X"), asking("B", "A")
	old.Rules = []form.Rule{{Expr: "A >= 0", Message: "甲"}, {Expr: "B >= 1", Message: "乙"},
		{Expr: "X >= 0", Message: "丙"}}
	now.Rules = []form.Rule{{Expr: "B >= 1", Message: "乙，改了说法"}}
	a, x := Counted{Closing: "1", Value: "5"}, Counted{Closing: "2", Value: "7"}
	s := Submission{Form: old, Typed: Typed{Carried: 3, Left: []Left{{"早先", "1"}},
		Cells:   map[string]string{"1.V": "5", "2.V": "6", "3.V": "7"},
		Notes:   map[string]string{"2.V": "乙的原因", "3.V": "丙的原因"},
		Counted: map[string]Counted{"1.V": a, "3.V": x}}}
	got, lost := s.CarriedTo(now)
	if want := map[string]string{"1.V": "6", "2.V": "5"}; !maps.Equal(got.Cells, want) {
		t.Errorf("the cells are %v, want %v", got.Cells, want)
	}
	if want := map[string]Counted{"2.V": a}; !maps.Equal(got.Counted, want) {
		t.Errorf("from registers are %v, want %v", got.Counted, want)
	}
	if want := map[string]string{"1.V": "乙的原因"}; !maps.Equal(got.Notes, want) {
		t.Errorf("the reasons are %v, want %v", got.Notes, want)
	}
	if len(lost) != 2 || lost[0].Value != "7" || lost[1] != (Left{"丙", "丙的原因"}) ||
		!slices.Equal(got.Left, append([]Left{{"早先", "1"}}, lost...)) || got.Carried != 3 {
		t.Errorf("without a place are %v of %v", lost, got)
	}
	if moved := movedCounts(s, got); !maps.Equal(moved, map[string]bool{"1": true, "2": true}) {
		t.Errorf("the closings %v moved, want both", moved)
	}
	if stays, _ := s.CarriedTo(old); len(movedCounts(s, stays)) != 0 {
		t.Error("a closing moves although its cells stay")
	}
}

func TestWhereCellsOfAPageOfBeforeAre(t *testing.T) {
	was := asking("A", "B")
	for what, c := range map[string]struct {
		is   form.Form
		want map[string]string
	}{"the same": {was, map[string]string{}},
		"one more row":  {asking("A", "B", "X"), map[string]string{}},
		"one row fewer": {asking("A"), map[string]string{"cells[2.V]": ""}},
		"two exchanged": {asking("B", "A"), map[string]string{"cells[1.V]": "cells[2.V]", "cells[2.V]": "cells[1.V]"}},
		"another row": {asking("X", "A", "B"), map[string]string{"cells[1.V]": "cells[2.V]",
			"cells[2.V]": "cells[3.V]"}}} {
		if got := moveOf(was, c.is); !maps.Equal(got.To, c.want) {
			t.Errorf("%s: cells are at %v", what, got.To)
		}
	}
}

// A page may be two editions old, say what does not fit a cell, name a cell that there never was, or come before it was
// kept how cells moved.
func TestWhatAPageOfBeforeSays(t *testing.T) {
	first, second, third := asking("A", "B"), asking("B", "A"), asking("A", "X")
	one, two := moveOf(first, second), moveOf(second, third)
	one.Until, two.Until = 3, 5
	s := Submission{Form: third, Typed: Typed{Carried: 5, Moves: []Move{one, two}, Cells: map[string]string{"1.V": "4"},
		Left: []Left{{two.Labels["cells[1.V]"], "7"}}}}
	for what, c := range map[string]struct {
		version    int64
		typed, was map[string]string
		cells      map[string]string
		left       []string
	}{
		"two editions ago": {2, map[string]string{"1.V": "5", "2.V": "8"}, map[string]string{"1.V": "4", "2.V": "7"},
			map[string]string{"1.V": "5"}, []string{"8"}},
		"one edition ago": {4, map[string]string{"1.V": "8", "2.V": "5"}, map[string]string{"1.V": "7", "2.V": "4"},
			map[string]string{"1.V": "5"}, []string{"8"}},
		"as it stood": {2, map[string]string{"1.V": "4", "2.V": "7"}, map[string]string{"1.V": "4", "2.V": "7"},
			map[string]string{"1.V": "4"}, []string{"7"}},
		"cleared": {2, map[string]string{"1.V": "", "2.V": ""}, map[string]string{"1.V": "4", "2.V": "7"},
			map[string]string{}, nil},
		"changed by another too": {2, map[string]string{"1.V": "6"}, map[string]string{"1.V": "3"},
			map[string]string{"1.V": "4"}, []string{"7", "6"}},
		"cleared, and changed by another": {2, map[string]string{"1.V": ""}, map[string]string{"1.V": "3"},
			map[string]string{"1.V": "4"}, []string{"7"}},
		"no cell": {2, map[string]string{"9.V": "6"}, nil, map[string]string{"1.V": "4"}, []string{"7", "6"}},
		"too long": {2, map[string]string{"1.V": strings.Repeat("5", maxCell+1)}, map[string]string{"1.V": "4"},
			map[string]string{"1.V": "4"}, []string{"7", strings.Repeat("5", maxCell+1)}},
	} {
		got, known := s.fromBefore(c.version, Typed{Cells: c.typed}, c.was)
		var left []string
		for _, l := range got.Left {
			left = append(left, l.Value)
		}
		if !known || !maps.Equal(got.Cells, c.cells) || !slices.Equal(left, c.left) {
			t.Errorf("%s: %t, cells %v, beside them %v", what, known, got.Cells, left)
		}
	}
	if _, known := s.fromBefore(5, Typed{}, nil); known {
		t.Error("a page of now is taken for one of before")
	}
	if s.Typed.Cells["1.V"] != "4" || s.Typed.Left[0].Value != "7" {
		t.Errorf("the draft itself is changed: %+v", s.Typed)
	}
}

func TestASignedTextIsReadIntoAnotherEdition(t *testing.T) {
	cell := func(element, sex, value string) ContentCell {
		return ContentCell{Element: element, Calibre: "C", Sex: sex, Value: value}
	}
	c := Content{Cells: []ContentCell{cell("A", "_T", "5"), cell("B", "_T", ""), cell("X", "_T", "7"),
		cell("A", "三", "8")}}
	if got := c.cellsFor(asking("B", "A")); !maps.Equal(got, map[string]string{"2.V": "5"}) {
		t.Errorf("%v, want the one number that has a place and a value", got)
	}
}

// Columns by category go and come: each number stays with its category, one whose category goes is kept beside.
func TestCellsAreCarriedWithTheirCategory(t *testing.T) {
	columns := func(categories ...string) form.Form {
		f := asking("A")
		f.Columns = nil
		for _, c := range categories {
			f.Columns = append(f.Columns, form.Column{Code: "C" + c, Name: c, Sex: quantity.SexTotal, Category: c})
		}
		return f
	}
	old := columns("", "OLD", "KEPT")
	old.Rules = []form.Rule{{Expr: "A >= 0", Message: "甲"}}
	now := columns("KEPT", "", "NEW")
	now.Rules = old.Rules
	now.Columns[0].Code, now.Columns[1].Code = "C", "CKEPT" // the two have changed names
	s := Submission{Form: old, Typed: Typed{Cells: map[string]string{"1.C": "9", "1.COLD": "4", "1.CKEPT": "5"},
		Notes: map[string]string{"1.CKEPT": "原因"}}}
	got, lost := s.CarriedTo(now)
	if want := map[string]string{"1.C": "5", "1.CKEPT": "9"}; !maps.Equal(got.Cells, want) {
		t.Errorf("the cells are %v, want %v", got.Cells, want)
	}
	if want := map[string]string{"1.C": "原因"}; !maps.Equal(got.Notes, want) {
		t.Errorf("the reasons are %v, want %v", got.Notes, want)
	}
	if len(lost) != 1 || lost[0].Value != "4" {
		t.Errorf("without a place are %v, want what the category that went had", lost)
	}
	if to := moveOf(old, now).To; to["cells[1.C]"] != "cells[1.CKEPT]" || to["cells[1.CKEPT]"] != "cells[1.C]" {
		t.Errorf("cells of a page of before are at %v", to)
	}
}

// A report is counted by registers only if no cell of it is left to type.
func TestWhatRegistersCountedWhole(t *testing.T) {
	f := asking("A", "B")
	one := map[string]Counted{"1.V": {Closing: "1"}}
	both := map[string]Counted{"1.V": {Closing: "1"}, "2.V": {Closing: "2"}}
	if got := (Submission{Form: f, Typed: Typed{Counted: one}}).allCounted(); got != nil {
		t.Errorf("with a cell to type the sources are %v", got)
	}
	if got := (Submission{Form: f, Typed: Typed{Counted: both}}).allCounted(); len(got) != 2 {
		t.Errorf("with nothing to type the sources are %v", got)
	}
}
