package cycle

// What the grid of units and forms, its table and the choices beside it are made of.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/submission"
	"yipanqi/internal/table"
	"yipanqi/internal/web/part"
)

// UnitLines are the reports of a unit.
type UnitLines struct {
	Unit, Name string
	Lines      []Line
}

// byUnit groups lines, in their order.
func (d showData) byUnit(lines []Line) (all []UnitLines) {
	for _, l := range lines {
		at := slices.IndexFunc(all, func(u UnitLines) bool { return u.Unit == l.Unit })
		if at < 0 {
			at, all = len(all), append(all, UnitLines{Unit: l.Unit, Name: d.names[l.Unit]})
		}
		all[at].Lines = append(all[at].Lines, l)
	}
	return all
}

// ofLevel are the lines of a level.
func (d showData) ofLevel(level string) []Line {
	return slices.DeleteFunc(slices.Clone(d.Lines), func(l Line) bool { return l.Level != level })
}

// formsOf are the forms of some lines, each once, by code.
func formsOf(lines []Line) (all []Line) {
	for _, l := range lines {
		if !slices.ContainsFunc(all, func(o Line) bool { return o.Form == l.Form }) {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b Line) int { return strings.Compare(a.Form, b.Form) })
	return all
}

// at is the unit's report of a form.
func (u UnitLines) at(code string) (Line, bool) {
	n := slices.IndexFunc(u.Lines, func(l Line) bool { return l.Form == code })
	if n < 0 {
		return Line{}, false
	}
	return u.Lines[n], true
}

// explained names a report for who chooses one to explain.
func (d showData) explained(ctx context.Context) (all []part.Option) {
	all = []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, l := range d.Lines {
		if l.ID != "" {
			all = append(all, part.Option{Value: l.ID, Label: l.Form + " " + d.names[l.Unit]})
		}
	}
	return all
}

// lacking are the units that have something missing, to choose from.
func (d showData) lacking(ctx context.Context) (all []part.Option) {
	all = []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, u := range d.byUnit(missing(d.Lines)) {
		all = append(all, part.Option{Value: u.Unit, Label: u.Name})
	}
	return all
}

// untrained are the people who were not trained, and posts that nobody holds.
func (d showData) untrained() []Trainee {
	return slices.DeleteFunc(slices.Clone(d.People), func(t Trainee) bool { return t.On != "" })
}

// formName is what a form of the cycle is called.
func (d showData) formName(ctx context.Context, code string) string {
	for _, l := range d.Lines {
		if l.Form == code {
			return part.Name(ctx, l.FormName, l.FormEN)
		}
	}
	return code
}

// short is a state in a cell of the grid.
func short(ctx context.Context, l Line) string {
	switch l.State {
	case submission.Draft:
		if l.Accepted() {
			return part.T(ctx, "修订中")
		}
		return part.T(ctx, "待填")
	case submission.Prepared, submission.Seconded:
		return part.T(ctx, "待签")
	case submission.Printed:
		return part.T(ctx, "待签（纸质）")
	case submission.Scanned:
		return part.T(ctx, "待确认（纸质）")
	case submission.Signed:
		return part.T(ctx, "待审")
	case submission.Accepted:
		if l.Signed == OnPaper {
			return part.T(ctx, "已审核（纸质）")
		}
		return part.T(ctx, "已审核")
	case submission.Returned:
		return part.T(ctx, "已退回")
	case submission.Historical:
		return part.T(ctx, "历史数据")
	case submission.Withdrawn:
		return part.T(ctx, "已免报")
	}
	return part.T(ctx, "未下达")
}

// Table is every report of the cycle that the reader may see, for CSV and Excel.
func (d showData) Table(context.Context) table.Table {
	t := table.Table{Name: "cycle-" + strconv.Itoa(d.Year), Columns: []table.Column{{Name: "单位代码"}, {Name: "单位"},
		{Name: "地区代码"}, {Name: "地区"}, {Name: "报表代码"}, {Name: "报表"}, {Name: "状态", Words: true},
		{Name: "截止日期"}, {Name: "逾期", Words: true}, {Name: "报出日期"}, {Name: "审核通过日期"},
		{Name: "签字", Words: true}, {Name: "缺报", Words: true}}}
	for _, l := range d.Lines {
		late, gap := "", ""
		if l.Late {
			late = "逾期"
		}
		if l.Gap {
			gap = "缺报"
		}
		t.Rows = append(t.Rows, []string{l.Unit, l.UnitName, l.Area, l.AreaName, l.Form, l.FormName,
			string(stateWord(l.State)), l.DueOn, late, l.SentOn, l.AcceptedOn,
			string(submission.SignedWord(l.Signed)), gap})
	}
	return t
}
