package submission

// The list of submissions: its columns and filters. Who sees which is store_list.go's.

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// listData is a page of the list.
type listData struct {
	Items []Item `json:"submissions"`
	list.Shown[Item]
	Filter Filter `json:"filter"`
}

func submissions() list.List[Item] {
	return list.List[Item]{Path: "/submissions", File: "submissions", Title: "报表",
		Intro: say.New("每份报表由两人或三人先后签字，办公室审核通过后生效。"), First: newestFirst, Size: pageSize,
		Empty: list.Empty{Title: "没有报表", Next: "办公室下达报表后会列在这里。要办的事在待办里。", Label: "待办", URL: "/todo"},
		Columns: []list.Column[Item]{
			{Name: "form", Label: "报表", URL: Item.URL,
				Text: func(ctx context.Context, i Item) string { return part.Name(ctx, i.Form, i.FormEN) }},
			{Label: "报表代码", Saved: true, Text: func(_ context.Context, i Item) string { return i.FormCode }},
			{Name: "unit", Label: "单位",
				Text: func(ctx context.Context, i Item) string { return part.Name(ctx, i.Unit, i.UnitEN) }},
			{Label: "单位代码", Saved: true, Text: func(_ context.Context, i Item) string { return i.UnitCode }},
			{Label: "地区", Saved: true,
				Text: func(ctx context.Context, i Item) string { return part.Name(ctx, i.Area, i.AreaEN) }},
			{Label: "地区代码", Saved: true, Text: func(_ context.Context, i Item) string { return i.AreaCode }},
			{Name: "period", Label: "期间", Newest: true, Drawn: true, Text: func(ctx context.Context, i Item) string {
				return part.Name(ctx, i.Period.Label(""), i.Period.LabelEN(""))
			}},
			{Label: "期间", Saved: true, Text: func(_ context.Context, i Item) string { return i.Period.String() }},
			{Name: "state", Label: "状态", Show: func(i Item) templ.Component { return stateOf(i) },
				Text: func(ctx context.Context, i Item) string { return part.T(ctx, i.State.Words()) }},
			{Label: "签字", Saved: true,
				Text: func(ctx context.Context, i Item) string { return part.T(ctx, SignedWord(i.Signed)) }},
			{Name: "due", Label: "截止日期", Show: func(i Item) templ.Component { return dueOf(i) },
				Text: func(_ context.Context, i Item) string { return i.DueOn }},
			{Label: "逾期", Saved: true, Text: func(ctx context.Context, i Item) string {
				if i.Late || i.Overdue {
					return part.T(ctx, "逾期")
				}
				return ""
			}},
		}}
}

func showList(r *web.Request, in Filter) (d listData, err error) {
	d.Filter = in
	if in.Form != "" {
		if _, err := form.ByCode(r.Tx, in.Form); err != nil {
			return d, errs.In("form", err)
		}
	}
	s, err := source(r.Tx, r.User, in)
	if err != nil {
		return d, err
	}
	at := list.At{Sort: in.Sort, Page: in.Page}
	if at.Filters, err = choices(r, in); err != nil {
		return d, err
	}
	d.Items, d.Shown, err = submissions().Read(r, at, s)
	return d, err
}

// choices are the filters. What is asked for stands among the options even where nobody would look for it.
func choices(r *web.Request, in Filter) ([]list.Filter, error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	forms, err := form.List(r.Tx)
	if err != nil {
		return nil, err
	}
	all := []list.Filter{{Name: "form", Label: "报表", Value: in.Form},
		{Name: "period", Label: "期间", Value: in.Period},
		{Name: "state", Label: "状态", Value: in.State}, {Name: "area", Label: "地区", Value: in.Area},
		{Name: "unit", Label: "单位", Value: in.Unit}}
	for _, f := range forms {
		all[0].Options = append(all[0].Options, part.Option{Value: f.Code, Label: part.Name(ctx, f.Name, f.NameEN)})
	}
	periods, err := Periods(r.Tx)
	if err != nil {
		return nil, err
	}
	if p, err := period.Parse(in.Period); err == nil && !slices.Contains(periods, p) {
		periods = append(periods, p)
	}
	for _, p := range periods {
		all[1].Options = append(all[1].Options, part.Option{Value: p.String(),
			Label: part.Name(ctx, p.Label(""), p.LabelEN(""))})
	}
	for _, s := range []State{Draft, Prepared, Seconded, Printed, Scanned, Signed, Accepted, Returned, Historical,
		Withdrawn} {
		all[2].Options = append(all[2].Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	areas, err := areasBelow(r, in.Area)
	for _, a := range areas {
		all[3].Options = append(all[3].Options, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
	}
	if in.Unit != "" && err == nil {
		var unit network.Unit
		unit, err = network.SeenUnit(r.Tx, r.User, in.Unit)
		err = errs.In("unit", err)
		all[4].Options = []part.Option{{Value: unit.Code, Label: part.Name(ctx, unit.Name, unit.NameEN)}}
	}
	return slices.DeleteFunc(all, func(f list.Filter) bool { return len(f.Options) == 0 }), err
}

// areasBelow are the areas directly below the one that the user oversees, and the one that is asked for.
func areasBelow(r *web.Request, asked string) (areas []network.Area, err error) {
	for _, p := range r.User.Posts {
		if r.User.SeesAll(p.AreaPath) {
			areas, err = network.Children(r.Tx, p.AreaID, "")
			break
		}
	}
	if err != nil || asked == "" || slices.ContainsFunc(areas, func(a network.Area) bool { return a.Code == asked }) {
		return areas, err
	}
	a, err := network.AreaByCode(r.Tx, asked, "")
	if err == nil {
		a, err = network.SeenArea(r.Tx, r.User, a.ID)
	}
	return append(areas, a), errs.In("area", err)
}
