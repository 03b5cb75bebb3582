package home

// The burden of units by forms as pages: all units in a list, and one with what it is asked twice. How it is counted
// burden.go says.

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type burdenInput struct {
	Year int    `json:"year" doc:"Year in which the reports were due; by default this one."`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type burdenData struct {
	Year  int          `json:"year"`
	Units []UnitBurden `json:"units"`
	list.Shown[UnitBurden]
}

// burdenYear is the year asked for and those to choose from.
func burdenYear(r *web.Request, asked int) (year int, years []int, err error) {
	now, err := strconv.Atoi(r.Tx.Today()[:4])
	if err != nil {
		return 0, nil, err
	}
	if year = asked; year == 0 {
		year = now
	}
	if year < 1990 || year > now+1 {
		return year, nil, errs.Fields{"year": {Key: "请填1990年到明年之间的年份。"}}.Check("没有这一年的统计。")
	}
	for y := now + 1; y > now-4 || y >= year; y-- {
		years = append(years, y)
	}
	return year, years, nil
}

func burdens(may bool, year int) list.List[UnitBurden] {
	count := func(name string, label say.Key, of func(UnitBurden) int) list.Column[UnitBurden] {
		return list.Column[UnitBurden]{Name: name, Label: label, Numeric: true, Newest: true,
			Text:    func(_ context.Context, u UnitBurden) string { return strconv.Itoa(of(u)) },
			Compare: func(a, b UnitBurden) int { return cmp.Compare(of(a), of(b)) }}
	}
	return list.List[UnitBurden]{Path: "/burden", File: "burden", Title: "报表负担", First: "-cells", Size: 100,
		Intro:   say.New("各单位这一年要交的报表有多少格，哪些格别的报表或业务登记也要，从下达到审核通过用了几天。"),
		Empty:   list.Empty{Title: "这一年没有要交的报表", Next: "换一个年份看；报表下达后按单位统计在这里。"},
		Actions: burdenActions(may),
		Columns: []list.Column[UnitBurden]{
			{Name: "unit", Label: "单位", URL: func(u UnitBurden) string { return u.url(year) },
				Text:    func(_ context.Context, u UnitBurden) string { return u.Name },
				Compare: func(a, b UnitBurden) int { return strings.Compare(a.Name, b.Name) }},
			{Label: "单位代码", Saved: true, Text: func(_ context.Context, u UnitBurden) string { return u.Unit }},
			count("reports", "报表", func(u UnitBurden) int { return u.Reports }),
			count("cells", "格", func(u UnitBurden) int { return u.Cells }),
			count("twice", "重复要的格", func(u UnitBurden) int { return u.Twice }),
			count("accepted", "已审核通过", func(u UnitBurden) int { return len(u.Days) }),
			{Name: "days", Label: "从下达到审核通过（天，中位数）", Numeric: true, Newest: true,
				Text: func(_ context.Context, u UnitBurden) string { return cmp.Or(u.Median, "—") },
				Compare: func(a, b UnitBurden) int {
					return cmp.Compare(doubled(a.Median), doubled(b.Median))
				}},
		}}
}

// doubled is a median times two, a whole number; what has none comes first.
func doubled(median string) int {
	whole, half, _ := strings.Cut(median, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return -1
	}
	return 2*n + len(half)
}

// url is the page of one unit in a year.
func (u UnitBurden) url(year int) string {
	return "/burden/" + url.PathEscape(u.Unit) + "?year=" + strconv.Itoa(year)
}

func showBurden(r *web.Request, in burdenInput) (d burdenData, err error) {
	year, years, err := burdenYear(r, in.Year)
	if err != nil {
		return d, err
	}
	d.Year = year
	rows, err := ReadBurden(r.Tx, r.User, "", year)
	if err != nil {
		return d, err
	}
	names := map[string]string{}
	units, err := network.AllUnits(r.Tx)
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, u := range units {
		names[u.Code] = part.Name(ctx, u.Name, u.NameEN)
	}
	if err != nil {
		return d, err
	}
	for i := range rows {
		rows[i].Name = names[rows[i].Unit]
	}
	of := list.Filter{Name: "year", Label: "年份", Value: strconv.Itoa(year), Must: true}
	for _, y := range years {
		of.Options = append(of.Options, part.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	l := burdens(r.User.Can("request.create"), year)
	d.Units, d.Shown, err = l.Sorted(r, list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{of}}, rows)
	return d, err
}

func burdenPage(d burdenData) templ.Component { return list.Page(d.Shown) }

type unitBurdenInput struct {
	Unit string `json:"unit"`
	Year int    `json:"year" doc:"Year in which the reports were due; by default this one."`
}

// unitBurdenData is what one unit was asked for in a year, with the parts of every number.
type unitBurdenData struct {
	Unit network.Unit `json:"unit"`
	Year int          `json:"year"`
	UnitBurden
	Doubles []Double       `json:"twice"`
	Asked   []BurdenReport `json:"reports_asked"`

	years []int
}

func showUnitBurden(r *web.Request, in unitBurdenInput) (d unitBurdenData, err error) {
	if d.Unit, err = network.SeenUnit(r.Tx, r.User, in.Unit); err != nil {
		return d, err
	}
	area, err := network.AreaByID(r.Tx, d.Unit.AreaID)
	if err != nil {
		return d, err
	}
	if !r.User.Sees(d.Unit.Code, area.Path) {
		return unitBurdenData{}, errs.Missingf("没有找到这个单位，或者它不在您的工作范围内。")
	}
	if d.Year, d.years, err = burdenYear(r, in.Year); err != nil {
		return d, err
	}
	all, err := ReadBurden(r.Tx, r.User, d.Unit.Code, d.Year)
	d.UnitBurden = UnitBurden{Unit: d.Unit.Code, Days: []int{}}
	if len(all) > 0 {
		d.UnitBurden = all[0]
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	d.Name = part.Name(ctx, d.Unit.Name, d.Unit.NameEN)
	d.Doubles, d.Asked = append([]Double{}, d.doubles...), append([]BurdenReport{}, d.reports...)
	return d, err
}

// doubleGroup is a cell of a form that is asked twice, with the areas and periods in which it is.
type doubleGroup struct {
	Double
	areas, periods []string
}

// groups are the cells that are asked twice, each once.
func (d unitBurdenData) groups() (all []doubleGroup) {
	for _, one := range d.Doubles {
		at := slices.IndexFunc(all, func(g doubleGroup) bool {
			return g.Form == one.Form && g.Cell == one.Cell && g.Also == one.Also && g.Kind == one.Kind
		})
		if at < 0 {
			at, all = len(all), append(all, doubleGroup{Double: one})
		}
		g := &all[at]
		if !slices.Contains(g.areas, one.Area) {
			g.areas = append(g.areas, one.Area)
		}
		if !slices.Contains(g.periods, one.Period) {
			g.periods = append(g.periods, one.Period)
		}
	}
	return all
}

// alsoURL leads to what else asks for the cell.
func (d Double) alsoURL() string {
	if d.Kind == "register" {
		return "/registers/" + url.PathEscape(d.Also)
	}
	return "/forms/" + url.PathEscape(d.Also)
}

// sexWords are whom the cell counts, "" for everybody.
func (d Double) sexWords(ctx context.Context) string {
	sex, err := quantity.ParseSex(d.Sex)
	if err != nil || sex == quantity.SexTotal {
		return ""
	}
	return part.T(ctx, quantity.SexWords(sex))
}

// Table is every cell that is asked twice.
func (d unitBurdenData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "burden-" + d.Unit.Code, Columns: []table.Column{{Name: "报表代码"}, {Name: "格"},
		{Name: "数据项代码"}, {Name: "数据项"}, {Name: "性别代码"}, {Name: "口径代码"}, {Name: "地区代码"},
		{Name: "期间"}, {Name: "也要它的"}, {Name: "代码"}, {Name: "名称"}, {Name: "那边的格"}}}
	kinds := map[string]say.Key{"form": "报表", "register": "业务登记"}
	for _, one := range d.Doubles {
		t.Rows = append(t.Rows, []string{one.Form, one.Cell, one.Element, part.Name(ctx, one.Name.ZH, one.Name.EN),
			one.Sex, one.Calibre, one.Area, one.Period, part.T(ctx, kinds[one.Kind]), one.Also,
			part.Name(ctx, one.AlsoName.ZH, one.AlsoName.EN), one.AlsoCell})
	}
	return t
}
