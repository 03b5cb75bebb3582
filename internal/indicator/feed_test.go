package indicator_test

// A formula is taken only if the forms there are ask for what it counts, in one calibre and one statistical year.

import (
	"strings"
	"testing"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
)

func TestFormsFeedAFormula(t *testing.T) {
	t.Parallel()
	elements := map[string]element.Element{}
	for code, start := range map[string]period.YearStart{"MARRIED": "--10-01", "EXAMINED": "--10-01",
		"BIRTHS": "--10-01", "CALENDAR": ""} {
		elements[code] = element.Element{Code: code, YearStart: start}
	}
	row := func(code string, calibre int64) form.Row { return form.Row{Element: code, CalibreID: calibre} }
	forms := []form.Form{{Rows: []form.Row{row("MARRIED", 0), row("EXAMINED", 0)},
		Columns: []form.Column{{Category: "FIRST"}, {}}},
		{Rows: []form.Row{row("BIRTHS", 1), row("CALENDAR", 1)}}}
	for _, c := range []struct {
		formula string
		calibre int64
		says    string
	}{
		{"EXAMINED / MARRIED * 100", 0, ""},
		{"EXAMINED / MARRIED * 100", 1, ""},
		{"BIRTHS / MARRIED", 1, ""},
		{"BIRTHS / MARRIED", 2, "口径"},
		{"BIRTHS / MARRIED", 0, "口径"},
		{"EXAMINED / NOBODY", 0, "NOBODY不存在"},
		{"EXAMINED / CALENDAR", 1, "统计年度"},
		{"mixed_years(CALENDAR / BIRTHS)", 1, ""},
		{"EXAMINED.FIRST / MARRIED.FIRST", 0, ""},
		{"EXAMINED.SECOND / MARRIED", 0, "没有报表按分类SECOND填报数据项EXAMINED"},
		{"BIRTHS.FIRST / MARRIED", 1, "没有报表按分类FIRST填报数据项BIRTHS"},
		{"EXAMINED /", 0, "公式第1行"},
		{"", 0, ""},
	} {
		err := indicator.CanFeed(forms, elements, indicator.Indicator{YearStart: "--10-01"},
			indicator.Version{Formula: c.formula, CalibreID: c.calibre})
		if c.says == "" && err != nil || c.says != "" &&
			(errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s in calibre %d says %v, want %q", c.formula, c.calibre, err, c.says)
		}
	}
}
