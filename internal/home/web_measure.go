package home

// The measures of the committee's own work in a year, each with both its parts and a way to what was counted. What is
// counted is the modules' business.

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type measuresInput struct {
	Year int    `json:"year" doc:"Year of the work; by default this one."`
	Area string `json:"area" doc:"Code of an area, whose units' work alone counts."`
	Unit string `json:"unit" doc:"Code of a unit, whose work alone counts."`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

// counted is a measure as its reader gets it.
type counted struct {
	module.Measure
	Said string `json:"beside,omitempty"` // such as how long it took
}

type measuresData struct {
	Year     int       `json:"year"`
	Measures []counted `json:"measures"`
	list.Shown[counted]
}

// years are how many are offered beside the present one.
const years = 4

func showMeasures(all module.List) func(*web.Request, measuresInput) (measuresData, error) {
	return func(r *web.Request, in measuresInput) (d measuresData, err error) {
		now, err := strconv.Atoi(r.Tx.Today()[:4])
		if err != nil {
			return d, err
		}
		if d.Year = in.Year; d.Year == 0 {
			d.Year = now
		}
		if d.Year < 1990 || d.Year > now {
			return d, errs.Fields{"year": {Key: "请填1990年到今年之间的年份。"}}.Check("没有这一年的统计。")
		}
		of, filters, err := whose(r, in)
		if err != nil {
			return d, err
		}
		of.Year = d.Year
		rows, err := all.Measures(r.Tx, r.User, of)
		if err != nil {
			return d, err
		}
		d.Measures = []counted{}
		for _, m := range rows {
			one := counted{Measure: m}
			if m.Beside.Key != "" {
				one.Said = m.Beside.In(r.Lang, part.English)
			}
			d.Measures = append(d.Measures, one)
		}
		year := list.Filter{Name: "year", Label: "年份", Value: strconv.Itoa(d.Year), Must: true}
		for y := now; y > now-years || y >= d.Year; y-- {
			year.Options = append(year.Options, part.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
		}
		d.Measures, d.Shown, err = measures().Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
			Filters: append([]list.Filter{year}, filters...)}, d.Measures)
		return d, err
	}
}

// whose is the work that is asked for, and the filters by which it is. An area means its units of any day: work of a
// year outlives who did it.
func whose(r *web.Request, in measuresInput) (of module.Work, filters []list.Filter, err error) {
	l, err := readUnits(r.Tx, r.User, in.Area)
	if err != nil || l.Area.ID == 0 {
		return of, nil, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	area := list.Filter{Name: "area", Label: "地区", Value: in.Area, Options: []part.Option{}}
	for _, a := range l.Areas {
		area.Options = append(area.Options, part.Option{Value: a.Code, Label: areaName(ctx, a)})
	}
	unit := list.Filter{Name: "unit", Label: "单位", Value: in.Unit, Options: []part.Option{}}
	for _, u := range l.units {
		unit.Options = append(unit.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	if in.Area != "" {
		if of.Units, err = network.UnitsBelow(r.Tx, l.Area); err != nil {
			return of, nil, err
		}
	}
	if in.Unit != "" { // of another area nothing is left, and the list says that the filter has no such unit
		of.Units = []string{in.Unit}
	}
	return of, []list.Filter{area, unit}, nil
}

func measures() list.List[counted] {
	number := func(of func(counted) int) func(context.Context, counted) string {
		return func(_ context.Context, m counted) string { return strconv.Itoa(of(m)) }
	}
	return list.List[counted]{Path: "/measures", File: "measures", Title: "工作统计", Size: 100,
		Intro: say.New("妇儿工委自身工作的各项统计，只数您看得到的；点名称看它数的是什么。"),
		Empty: list.Empty{Title: "还没有统计", Next: "发文、会议、督办等工作开始后，这里按年统计。"},
		Columns: []list.Column[counted]{
			{Label: "统计代码", Saved: true, Aside: true,
				Text: func(_ context.Context, m counted) string { return m.Code }},
			{Name: "name", Label: "统计", URL: func(m counted) string { return m.URL },
				Text: func(ctx context.Context, m counted) string { return part.T(ctx, m.Name) }},
			{Name: "numerator", Label: "分子", Numeric: true, Text: number(func(m counted) int { return m.Numerator })},
			{Name: "denominator", Label: "分母", Numeric: true,
				Text: number(func(m counted) int { return m.Denominator })},
			{Name: "share", Label: "占比", Numeric: true, Text: func(ctx context.Context, m counted) string {
				if m.Denominator == 0 {
					return part.T(ctx, "暂无")
				}
				return m.Share + "%"
			}},
			{Name: "how", Label: "怎样数", Text: how, Show: func(m counted) templ.Component { return howCounted(m) }},
		}}
}

// how is the definition, with what is said beside the number.
func how(ctx context.Context, m counted) string {
	if m.Said == "" {
		return part.T(ctx, m.Means)
	}
	return part.T(ctx, m.Means) + "；" + m.Said
}

func measuresPage(d measuresData) templ.Component { return list.Page(d.Shown) }
