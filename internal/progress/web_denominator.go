package progress

// The register of denominators: a row for each element, calibre, area, period and sex, with the indicators held against
// it. Which they are denominator.go says.

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type denominatorsInput struct {
	Area    string `json:"area" doc:"Code of an area: it and the areas directly below it; by default the whole."`
	Year    int    `json:"year"`
	Sex     string `json:"sex" doc:"1 men, 2 women, _T both, as by default."`
	Calibre string `json:"calibre" doc:"Code of a calibre, _Z for those of none."`
	Search  string `json:"q"`
	Sort    string `json:"sort"`
	Page    int    `json:"page"`
}

type denominatorsData struct {
	Denominators []denominator `json:"denominators"`
	list.Shown[denominator]
}

// denominator is one as programs get it.
type denominator struct {
	Element    string   `json:"element"`
	Name       string   `json:"name"`
	Definition string   `json:"definition,omitempty"`
	Calibre    string   `json:"calibre"`
	Area       string   `json:"area"`
	Period     string   `json:"period"`
	Sex        string   `json:"sex"`
	Category   string   `json:"category,omitempty"`
	Value      string   `json:"value"` // empty: it is not there, or may not be shown
	Unit       string   `json:"unit"`
	Status     Status   `json:"status"`
	Origin     Origin   `json:"origin"`
	Reported   int      `json:"reported"`
	Due        int      `json:"due"`
	Indicators []string `json:"indicators"`
	Proof      string   `json:"proof"`

	of    Denominator
	place int // of the area
}

func shownDenominator(d Denominator, place int) denominator {
	a := d.part.Amount
	one := denominator{Element: d.Element.Code, Name: d.part.Called().ZH, Definition: d.Element.Definition,
		Calibre: d.Calibre.Code, Area: d.Area.Code, Period: d.Period.String(), Sex: quantity.SexCode(d.Sex),
		Category: d.Category.Code, Value: d.Plain(), Unit: d.Element.Unit, Status: d.Status, Origin: d.Origin,
		Reported: a.Reported + a.NotApplicable, Due: a.Due, Proof: d.ProofURL(), of: d, place: place}
	for _, i := range d.Indicators {
		one.Indicators = append(one.Indicators, i.Code)
	}
	return one
}

// figure is the number as pages show it; where there is none it says in a word why.
func (d denominator) figure(ctx context.Context) part.FigureView {
	a := d.of.part.Amount
	f := part.FigureView{Status: string(d.Status), Origin: string(d.Origin), ProofURL: d.Proof}
	switch {
	case d.Value != "":
		f.Text = part.Measured(ctx, d.Value, a.Mark, d.Unit, "")
	case d.of.part.Secret():
		f.Text.Number = part.T(ctx, "保密")
	case a.NotApplicable > 0:
		f.Text.Number = part.T(ctx, "不适用")
	case a.Mark == quantity.Pending:
		f.Text.Number = part.T(ctx, "暂缺")
	default:
		f.Text.Number = part.T(ctx, "未报")
	}
	return f
}

func denominators() list.List[denominator] {
	text := func(of func(denominator) string) func(context.Context, denominator) string {
		return func(_ context.Context, d denominator) string { return of(d) }
	}
	return list.List[denominator]{Path: "/denominators", File: "denominators", Title: "分母", Size: 100,
		Intro: say.New("比率除以的数：人口等数据项，按地区、年度、性别、分类和口径。改一个分母，用它的指标都会变。"),
		Empty: list.Empty{Title: "还没有分母", Next: "指标的公式里有除数、除数有报表填报后，显示在这里。", Label: "看指标",
			URL: "/indicators"},
		Columns: []list.Column[denominator]{
			{Name: "element", Label: "数据项", Compare: by(func(d denominator) string { return d.Name }),
				Text: func(ctx context.Context, d denominator) string {
					return part.Say(ctx, d.of.part.Called().Words())
				}},
			{Label: "数据项代码", Saved: true, Text: text(func(d denominator) string { return d.Element })},
			{Label: "分类代码", Saved: true, Text: text(func(d denominator) string { return d.Category })},
			{Name: "calibre", Label: "口径", Compare: by(func(d denominator) string { return d.Calibre }),
				Text: func(ctx context.Context, d denominator) string {
					return calibreWords(ctx, d.of.Calibre)
				}},
			{Name: "area", Label: "地区", Compare: func(a, b denominator) int { return cmp.Compare(a.place, b.place) },
				Text: func(ctx context.Context, d denominator) string {
					return part.Name(ctx, d.of.Area.Name, d.of.Area.NameEN)
				}},
			{Label: "地区代码", Saved: true, Text: text(func(d denominator) string { return d.Area })},
			{Name: "period", Label: "期间", Newest: true, Text: text(func(d denominator) string { return d.Period }),
				Compare: func(a, b denominator) int { return a.of.Period.Int() - b.of.Period.Int() }},
			{Label: "性别", Saved: true, Text: func(ctx context.Context, d denominator) string {
				return part.T(ctx, quantity.SexWords(d.of.Sex))
			}},
			{Name: "value", Label: "数值", Numeric: true, Newest: true,
				Text: text(func(d denominator) string { return d.Value }),
				Show: func(d denominator) templ.Component { return denominatorCell(d) },
				Compare: func(a, b denominator) int {
					return cmp.Compare(a.of.part.Amount.Value, b.of.part.Amount.Value)
				}},
			{Label: "计量单位", Saved: true, Text: text(func(d denominator) string { return d.Unit })},
			{Label: "状态", Saved: true,
				Text: func(ctx context.Context, d denominator) string { return part.T(ctx, d.Status.Words()) }},
			{Label: "已报", Saved: true, Text: text(func(d denominator) string { return strconv.Itoa(d.Reported) })},
			{Label: "应报", Saved: true, Text: text(func(d denominator) string { return strconv.Itoa(d.Due) })},
			{Name: "indicators", Label: "用它作分母的指标", Newest: true,
				Text:    text(func(d denominator) string { return strings.Join(d.Indicators, " ") }),
				Show:    func(d denominator) templ.Component { return heldCell(d) },
				Compare: func(a, b denominator) int { return cmp.Compare(len(a.Indicators), len(b.Indicators)) }},
		}}
}

func by(of func(denominator) string) func(a, b denominator) int {
	return func(a, b denominator) int { return strings.Compare(of(a), of(b)) }
}

func calibreWords(ctx context.Context, c element.Calibre) string {
	if c.Code == element.NoCalibre {
		return part.T(ctx, "不分口径")
	}
	return part.Name(ctx, c.Name, c.NameEN)
}

// indicatorURL is the page of an indicator that is held against it, there and then.
func (d denominator) indicatorURL(code string) string {
	return "/indicators/" + url.PathEscape(code) + "?" +
		url.Values{"area": {d.Area}, "period": {d.Period}}.Encode()
}

// wanted says whether the words looked for are its own or those of an indicator held against it.
func (d denominator) wanted(words string) bool {
	said := d.Element + " " + d.Name + " " + d.of.Element.NameEN + " " + d.Definition
	for _, i := range d.of.Indicators {
		said += " " + i.Code + " " + i.Name + " " + i.NameEN
	}
	return strings.Contains(strings.ToLower(said), strings.ToLower(words))
}

func showDenominators(r *web.Request, in denominatorsInput) (d denominatorsData, err error) {
	sex, err := quantity.ParseSex(cmp.Or(in.Sex, quantity.SexCode(quantity.SexTotal)))
	if err != nil {
		return d, errs.In("sex", err)
	}
	top, err := areaOf(r, in.Area)
	if err != nil {
		return d, errs.In("area", err)
	}
	areas, err := withBelow(r, top)
	if err != nil {
		return d, err
	}
	found, err := Denominators(r.Tx, Query{Areas: areas, Sexes: []int{sex}})
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	at := list.At{Sort: in.Sort, Page: in.Page}
	if at.Filters, err = in.filters(ctx, r, top, found); err != nil {
		return d, err
	}
	rows := []denominator{}
	for _, one := range found {
		row := shownDenominator(one, slices.IndexFunc(areas, func(a network.Area) bool { return a.ID == one.Area.ID }))
		if (in.Year == 0 || one.Period.Year() == in.Year) && (in.Calibre == "" || one.Calibre.Code == in.Calibre) &&
			row.wanted(strings.TrimSpace(in.Search)) {
			rows = append(rows, row)
		}
	}
	d.Denominators, d.Shown, err = denominators().Sorted(r, at, rows)
	return d, err
}

// withBelow are an area and those directly below it whose figures the user may see.
func withBelow(r *web.Request, top network.Area) ([]network.Area, error) {
	below, err := network.Children(r.Tx, top.ID, "")
	all := []network.Area{top}
	for _, a := range below {
		if r.User.SeesFigures(a.Path) {
			all = append(all, a)
		}
	}
	return all, err
}

func (in denominatorsInput) filters(ctx context.Context, r *web.Request, top network.Area,
	found []Denominator) ([]list.Filter, error) {
	root, err := network.Root(r.Tx)
	if err != nil {
		return nil, err
	}
	areas, err := withBelow(r, root)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(areas, func(a network.Area) bool { return a.ID == top.ID }) {
		areas = append(areas, top)
	}
	of := []list.Filter{{Name: "area", Label: "地区", Value: top.Code, Must: true},
		{Name: "year", Label: "年份", Options: []part.Option{}},
		{Name: "sex", Label: "性别", Must: true, Value: cmp.Or(in.Sex, quantity.SexCode(quantity.SexTotal))},
		{Name: "calibre", Label: "口径", Value: in.Calibre, Options: []part.Option{}},
		{Name: "q", Label: "数据项或指标", Value: in.Search}}
	if in.Year != 0 {
		of[1].Value = strconv.Itoa(in.Year)
	}
	for _, a := range areas {
		if r.User.SeesFigures(a.Path) {
			of[0].Options = append(of[0].Options, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
		}
	}
	for _, sex := range []int{quantity.SexTotal, quantity.SexFemale, quantity.SexMale} {
		of[2].Options = append(of[2].Options,
			part.Option{Value: quantity.SexCode(sex), Label: part.T(ctx, quantity.SexWords(sex))})
	}
	for _, d := range found {
		year := part.Option{Value: strconv.Itoa(d.Period.Year()), Label: part.T(ctx, "%d年", d.Period.Year())}
		calibre := part.Option{Value: d.Calibre.Code, Label: calibreWords(ctx, d.Calibre)}
		for n, o := range map[int]part.Option{1: year, 3: calibre} {
			if !slices.Contains(of[n].Options, o) {
				of[n].Options = append(of[n].Options, o)
			}
		}
	}
	return of, nil
}
