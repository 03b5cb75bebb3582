package submission

// What two people typed is put together cell by cell and reason by reason; what is too long to be meant is not kept.

import (
	"maps"
	"strings"
	"testing"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
)

// one is a form of a single cell, 1.V.
var one = form.Form{Rows: []form.Row{{Number: "1", Element: "E", Calibre: "C", CalibreID: 7,
	Of: element.Element{ID: 3, Code: "E"}}}, Columns: []form.Column{{Code: "V"}}}

func TestReasonsOfTwoArePutTogether(t *testing.T) {
	for _, c := range []struct {
		what, now, mine, want string
		conflict              bool
	}{
		{"nobody had one", "", "新的", "新的", false},
		{"the same, but for blanks", "同样", " 同样 ", "同样", false},
		{"this one typed none", "别人的", "", "别人的", false},
		{"both typed one", "别人的", "我的", "", true},
	} {
		s := Submission{Form: one, Version: 2, UpdatedBy: "某人", Typed: Typed{Cells: map[string]string{},
			Notes: map[string]string{"r": c.now}}}
		merged, err := s.merge(1, Typed{Notes: map[string]string{"r": c.mine}}, nil)
		switch {
		case c.conflict != (errs.KindOf(err) == errs.Conflict && err != nil):
			t.Errorf("%s: %v", c.what, err)
		case !c.conflict && merged.Notes["r"] != c.want:
			t.Errorf("%s: %q is kept, want %q", c.what, merged.Notes["r"], c.want)
		}
	}
}

func TestTheLongestText(t *testing.T) {
	s := Submission{Form: one}
	for n, fits := range map[int]bool{200: true, 201: false} {
		text := strings.Repeat("9", n)
		kept, err := s.keep(Typed{Cells: map[string]string{"1.V": text}})
		if (err == nil) != fits || fits && kept.Cells["1.V"] != text {
			t.Errorf("%d characters in a cell: %v", n, err)
		}
	}
}

// What was signed counts only while the form still knows both what was counted and how.
func TestFactsNeedElementAndCalibre(t *testing.T) {
	d := dictionaryOf(one)
	for what, cell := range map[string]ContentCell{
		"element": {Element: "F", Calibre: "C", Sex: "_T", Value: "1"},
		"calibre": {Element: "E", Calibre: "D", Sex: "_T", Value: "1"},
	} {
		if _, err := d.facts(Content{Cells: []ContentCell{cell}}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a %s that is gone: %v", what, err)
		}
	}
	all, err := d.facts(Content{Cells: []ContentCell{{Element: "E", Calibre: "C", Sex: "_T", Value: "5"},
		{Element: "E", Calibre: "C", Sex: "_T"}}})
	if err != nil || len(all) != 1 || all[0].Element != 3 || all[0].Calibre != 7 || all[0].Value != 5 {
		t.Errorf("facts are %+v, %v; an empty cell is none", all, err)
	}
}

func TestCellsOfTwoArePutTogether(t *testing.T) {
	s := Submission{Form: one, Version: 2, UpdatedBy: "某人", Typed: Typed{Cells: map[string]string{"1.V": "4"}}}
	for what, c := range map[string]struct {
		mine, was string
		want      map[string]string // nil: a conflict
	}{
		"left as it was":   {"3", "3", map[string]string{"1.V": "4"}},
		"both typed alike": {"4", "3", map[string]string{"1.V": "4"}},
		"only this one":    {"5", "4", map[string]string{"1.V": "5"}},
		"both, different":  {"5", "3", nil},
	} {
		merged, err := s.merge(1, Typed{Cells: map[string]string{"1.V": c.mine}}, map[string]string{"1.V": c.was})
		if (err == nil) != (c.want != nil) || c.want != nil && !maps.Equal(merged.Cells, c.want) {
			t.Errorf("%s: %v, %v", what, merged.Cells, err)
		}
	}
}
