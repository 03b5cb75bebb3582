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
	list.Shown[Denominator]
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
}

// shown is the denominator for programs.
func (d Denominator) shown() denominator {
	return denominator{Element: d.Element.Code, Name: d.called().ZH, Definition: d.Element.Definition,
		Calibre: d.Calibre.Code, Area: d.Area.Code, Period: d.Period.String(), Sex: quantity.SexCode(d.Sex),
		Category: d.Category.Code, Value: d.Plain(), Unit: d.Element.Unit, Status: d.Status, Origin: d.Origin,
		Reported: d.reported(), Due: d.amount.Due, Proof: d.ProofURL(), Indicators: d.codes()}
}

func (d Denominator) reported() int { return d.amount.Reported + d.amount.NotApplicable }

// codes are those of the indicators.
func (d Denominator) codes() (all []string) {
	for _, i := range d.Indicators {
		all = append(all, i.Code)
	}
	return all
}

// figure is the number as pages show it; where there is none it says in a word why.
func (d Denominator) figure(ctx context.Context) part.FigureView {
	a := d.amount
	f := part.FigureView{Status: string(d.Status), Origin: string(d.Origin), ProofURL: d.ProofURL()}
	switch {
	case d.Plain() != "":
		f.Text = part.Measured(ctx, d.Plain(), a.Mark, d.Element.Unit, "")
	case d.secret:
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

func denominators() list.List[Denominator] {
	text := func(of func(Denominator) string) func(context.Context, Denominator) string {
		return func(_ context.Context, d Denominator) string { return of(d) }
	}
	return list.List[Denominator]{Path: "/denominators", File: "denominators", Title: "分母", Size: 100,
		Intro: say.New("比率除以的数：人口等数据项，按地区、年度、性别、分类和口径。改一个分母，用它的指标都会变。"),
		Empty: list.Empty{Title: "还没有分母", Next: "指标的公式里有除数、除数有报表填报后，显示在这里。", Label: "看指标",
			URL: "/indicators"},
		Columns: []list.Column[Denominator]{
			{Name: "element", Label: "数据项", Compare: by(func(d Denominator) string { return d.Element.Name }),
				Text: func(ctx context.Context, d Denominator) string {
					return part.Say(ctx, d.called().Words())
				}},
			{Label: "数据项代码", Saved: true, Text: text(func(d Denominator) string { return d.Element.Code })},
			{Label: "分类代码", Saved: true, Text: text(func(d Denominator) string { return d.Category.Code })},
			{Name: "calibre", Label: "口径", Compare: by(func(d Denominator) string { return d.Calibre.Code }),
				Text: func(ctx context.Context, d Denominator) string {
					return calibreWords(ctx, *d.Calibre)
				}},
			{Name: "area", Label: "地区", Compare: func(a, b Denominator) int { return cmp.Compare(a.place, b.place) },
				Text: func(ctx context.Context, d Denominator) string {
					return part.Name(ctx, d.Area.Name, d.Area.NameEN)
				}},
			{Label: "地区代码", Saved: true, Text: text(func(d Denominator) string { return d.Area.Code })},
			{Name: "period", Label: "期间", Newest: true,
				Text:    text(func(d Denominator) string { return d.Period.String() }),
				Compare: func(a, b Denominator) int { return a.Period.Int() - b.Period.Int() }},
			{Label: "性别", Saved: true, Text: func(ctx context.Context, d Denominator) string {
				return part.T(ctx, quantity.SexWords(d.Sex))
			}},
			{Name: "value", Label: "数值", Numeric: true, Newest: true,
				Text: text(func(d Denominator) string { return d.Plain() }),
				Show: func(d Denominator) templ.Component { return denominatorCell(d) },
				Compare: func(a, b Denominator) int {
					return cmp.Compare(a.amount.Value, b.amount.Value)
				}},
			{Label: "计量单位", Saved: true, Text: text(func(d Denominator) string { return d.Element.Unit })},
			{Label: "状态", Saved: true,
				Text: func(ctx context.Context, d Denominator) string { return part.T(ctx, d.Status.Words()) }},
			{Label: "已报", Saved: true, Text: text(func(d Denominator) string { return strconv.Itoa(d.reported()) })},
			{Label: "应报", Saved: true, Text: text(func(d Denominator) string { return strconv.Itoa(d.amount.Due) })},
			{Name: "indicators", Label: "用它作分母的指标", Newest: true,
				Text:    text(func(d Denominator) string { return strings.Join(d.codes(), " ") }),
				Show:    func(d Denominator) templ.Component { return heldCell(d) },
				Compare: func(a, b Denominator) int { return cmp.Compare(len(a.Indicators), len(b.Indicators)) }},
		}}
}

func by(of func(Denominator) string) func(a, b Denominator) int {
	return func(a, b Denominator) int { return strings.Compare(of(a), of(b)) }
}

func calibreWords(ctx context.Context, c element.Calibre) string {
	if c.Code == element.NoCalibre {
		return part.T(ctx, "不分口径")
	}
	return part.Name(ctx, c.Name, c.NameEN)
}

// indicatorURL is the page of an indicator that is held against it, there and then.
func (d Denominator) indicatorURL(code string) string {
	return "/indicators/" + url.PathEscape(code) + "?" +
		url.Values{"area": {d.Area.Code}, "period": {d.Period.String()}}.Encode()
}

// wanted says whether the words looked for are its own or those of an indicator held against it.
func (d Denominator) wanted(words string) bool {
	if words == "" {
		return true
	}
	said := d.Element.Code + " " + d.called().ZH + " " + d.Element.NameEN + " " + d.Element.Definition
	for _, i := range d.Indicators {
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
	found, err := Denominators(r.Tx, areas, sex)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	at := list.At{Sort: in.Sort, Page: in.Page}
	if at.Filters, err = in.filters(ctx, r, top, found); err != nil {
		return d, err
	}
	words := strings.TrimSpace(in.Search)
	rows := slices.DeleteFunc(found, func(one Denominator) bool {
		return in.Year != 0 && one.Period.Year() != in.Year || in.Calibre != "" && one.Calibre.Code != in.Calibre ||
			!one.wanted(words)
	})
	d.Denominators = []denominator{}
	rows, d.Shown, err = denominators().Sorted(r, at, rows)
	for _, one := range rows {
		d.Denominators = append(d.Denominators, one.shown())
	}
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
	years, calibres := map[int]bool{}, map[string]bool{}
	for _, d := range found {
		if y := d.Period.Year(); !years[y] {
			years[y] = true
			of[1].Options = append(of[1].Options, part.Option{Value: strconv.Itoa(y), Label: part.T(ctx, "%d年", y)})
		}
		if !calibres[d.Calibre.Code] {
			calibres[d.Calibre.Code] = true
			of[3].Options = append(of[3].Options,
				part.Option{Value: d.Calibre.Code, Label: calibreWords(ctx, *d.Calibre)})
		}
	}
	return of, nil
}
