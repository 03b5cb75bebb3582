package indicator

// Whether the forms can feed an indicator's formula: every element is asked for by one of them.

import (
	"slices"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/formula"
)

// CanFeed says whether the forms can feed a version of an indicator: every element exists and is asked for in the
// version's calibre or in none, and all follow the indicator's statistical year, unless the formula says mixed_years.
func CanFeed(forms []form.Form, elements map[string]element.Element, i Indicator, v Version) error {
	computes, err := formula.Parse(v.Formula)
	if err != nil {
		return err
	}
	for _, o := range computes.Operands() {
		code := o.Element
		e, known := elements[code]
		if !known {
			return errs.Invalidf("公式里的数据项%s不存在。", code)
		}
		if e.YearStart != i.YearStart && !computes.MixedYears {
			return errs.Invalidf("数据项%s的统计年度与指标不同。如果确实要这样计算，请把公式写成 mixed_years(…)。", code)
		}
		if !fed(forms, code, v.CalibreID) {
			return errs.Invalidf("没有报表按指标的口径填报数据项%s。不同口径的数不能放在一个公式里。", code)
		}
		if o.Category != "" && !split(forms, o) {
			return errs.Invalidf("没有报表按分类%s填报数据项%s。请改公式，或先发布有这一列的报表。", o.Category, code)
		}
	}
	return nil
}

// split says whether a form has a column for the category of an operand.
func split(forms []form.Form, o formula.Operand) bool {
	return slices.ContainsFunc(forms, func(f form.Form) bool {
		return slices.ContainsFunc(f.Rows, func(r form.Row) bool { return r.Element == o.Element }) &&
			slices.ContainsFunc(f.Columns, func(c form.Column) bool { return c.Category == o.Category })
	})
}

func fed(forms []form.Form, element string, calibre int64) bool {
	for _, f := range forms {
		for _, row := range f.Rows {
			if row.Element == element && (row.CalibreID == calibre || row.CalibreID == 0) {
				return true
			}
		}
	}
	return false
}
