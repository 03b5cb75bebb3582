package plan

// The list of the plans of the areas that the reader may see. One plan with its goals is web.go's.

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type listInput struct {
	Kind   string `json:"kind" enum:"women,children,combined"`
	Status string `json:"status" enum:"research,draft,consultation,issued,closed" doc:"State of the plan."`
	Sort   string `json:"sort"`
	Page   int    `json:"page"`
}

type listData struct {
	Plans []listed `json:"plans"`
	list.Shown[listed]
}

type listed struct {
	Plan
	Area    string `json:"area"`
	AreaEN  string `json:"area_en,omitempty"`
	Domains int    `json:"domains"`
	Goals   int    `json:"goals"`

	areaCode string
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	plans, err := Seen(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	rows := []listed{}
	for _, p := range plans {
		if in.Kind != "" && p.Kind != in.Kind || in.Status != "" && p.Status != in.Status {
			continue
		}
		l := listed{Plan: p}
		area, err := network.AreaByID(r.Tx, p.AreaID)
		if err != nil {
			return d, err
		}
		l.Area, l.AreaEN, l.areaCode = area.Name, area.NameEN, area.Code
		domains, err := Domains(r.Tx, p.Code)
		if err != nil {
			return d, err
		}
		goals, err := Goals(r.Tx, p.Code)
		if err != nil {
			return d, err
		}
		l.Domains, l.Goals = len(domains), len(goals)
		rows = append(rows, l)
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	kinds := list.Filter{Name: "kind", Label: "类别", Value: in.Kind}
	for _, k := range []string{"women", "children", "combined"} {
		kinds.Options = append(kinds.Options, part.Option{Value: k, Label: part.T(ctx, KindWords(k))})
	}
	states := list.Filter{Name: "status", Label: "状态", Value: in.Status}
	for _, s := range States() {
		states.Options = append(states.Options, part.Option{Value: s, Label: part.T(ctx, statusWords(s))})
	}
	d.Plans, d.Shown, err = plansList().Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{kinds, states}}, rows)
	return d, err
}

func plansList() list.List[listed] {
	type column = list.Column[listed]
	number := func(name string, label say.Key, of func(listed) int) column {
		return column{Name: name, Label: label, Numeric: true, Newest: true,
			Text:    func(_ context.Context, p listed) string { return strconv.Itoa(of(p)) },
			Compare: func(a, b listed) int { return cmp.Compare(of(a), of(b)) }}
	}
	text := func(name string, label say.Key, of func(listed) string) column {
		return column{Name: name, Label: label, Saved: true,
			Text:    func(_ context.Context, p listed) string { return of(p) },
			Compare: func(a, b listed) int { return strings.Compare(of(a), of(b)) }}
	}
	columns := []column{
		{Name: "name", Label: "规划", URL: func(p listed) string { return "/plans/" + p.Code },
			Text:    func(ctx context.Context, p listed) string { return part.Name(ctx, p.Name, p.NameEN) },
			Compare: func(a, b listed) int { return strings.Compare(a.Name, b.Name) }},
		text("", "规划代码", func(p listed) string { return p.Code }),
		{Name: "kind", Label: "类别", Text: func(ctx context.Context, p listed) string {
			return part.T(ctx, KindWords(p.Kind))
		}, Compare: func(a, b listed) int { return strings.Compare(a.Kind, b.Kind) }},
		{Name: "status", Label: "状态", Text: func(ctx context.Context, p listed) string {
			return part.T(ctx, statusWords(p.Status))
		}, Compare: func(a, b listed) int { return strings.Compare(a.Status, b.Status) }},
		{Name: "area", Label: "地区", Text: func(ctx context.Context, p listed) string {
			return part.Name(ctx, p.Area, p.AreaEN)
		}, Compare: func(a, b listed) int { return strings.Compare(a.areaCode, b.areaCode) }},
		text("", "地区代码", func(p listed) string { return p.areaCode }),
		{Name: "years", Label: "年份", Newest: true, Text: func(_ context.Context, p listed) string {
			return years(p.Plan)
		}, Compare: func(a, b listed) int { return strings.Compare(years(a.Plan), years(b.Plan)) }},
		number("domains", "领域数", func(p listed) int { return p.Domains }),
		number("goals", "目标数", func(p listed) int { return p.Goals }),
		{Label: "办理", Drawn: true, Show: planLinks},
	}
	return list.List[listed]{Path: "/plans", File: "plans", Title: "规划", Size: 100,
		Intro: say.New("妇女、儿童发展规划的领域和目标，以及由哪些单位负责。"),
		Empty: list.Empty{Title: "还没有规划",
			Next: "用 yipanqi import 导入 plans.csv、domains.csv 和 goals.csv 后显示在这里。"},
		Columns: columns}
}
