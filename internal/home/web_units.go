package home

// The list of units as a page: columns and filters. Who sees which is units.go's.

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type unitsInput struct {
	Area   string `json:"area"`
	Kind   string `json:"kind" doc:"Code of a kind of unit."`
	Search string `json:"q"`
	Sort   string `json:"sort"`
	Page   int    `json:"page"`
}

func units() list.List[ListedUnit] {
	return list.List[ListedUnit]{Path: "/units", File: "units", Title: "单位", Size: 200,
		Intro: say.New("委员会、办公室、成员单位和填报单位，以及各自承担的目标。"),
		Empty: list.Empty{Title: "还没有单位", Next: "在 units.csv 里补上单位后重新导入。"},
		Columns: []list.Column[ListedUnit]{
			{Name: "code", Label: "单位代码", Saved: true,
				Text: func(_ context.Context, u ListedUnit) string { return u.Code }},
			{Name: "name", Label: "单位", URL: func(u ListedUnit) string { return "/units/" + u.Code },
				Text:    func(ctx context.Context, u ListedUnit) string { return part.Name(ctx, u.Name, u.NameEN) },
				Compare: func(a, b ListedUnit) int { return strings.Compare(a.Name, b.Name) }},
			{Name: "kind", Label: "单位类别", Group: true,
				Text:    func(ctx context.Context, u ListedUnit) string { return labelName(ctx, u.kind) },
				Compare: func(a, b ListedUnit) int { return byPosition(a.kind, b.kind) }},
			{Label: "单位类别代码", Saved: true, Text: func(_ context.Context, u ListedUnit) string { return u.Kind }},
			{Name: "area", Label: "所辖区域",
				Text:    func(ctx context.Context, u ListedUnit) string { return part.Name(ctx, u.Area, u.AreaEN) },
				Compare: func(a, b ListedUnit) int { return strings.Compare(a.areaCode, b.areaCode) }},
			{Label: "地区代码", Saved: true, Text: func(_ context.Context, u ListedUnit) string { return u.areaCode }},
			{Name: "goals", Label: "承担目标", Numeric: true, Newest: true,
				Text:    func(_ context.Context, u ListedUnit) string { return strconv.Itoa(u.Goals) },
				Compare: func(a, b ListedUnit) int { return cmp.Compare(a.Goals, b.Goals) }},
			{Name: "note", Label: "说明", Text: func(_ context.Context, u ListedUnit) string { return u.Note },
				Compare: func(a, b ListedUnit) int { return strings.Compare(a.Note, b.Note) }},
		}}
}

func showUnits(r *web.Request, in unitsInput) (UnitList, error) {
	l, err := readUnits(r.Tx, r.User, in.Area)
	if err != nil {
		return l, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	area := list.Filter{Name: "area", Label: "地区", Value: l.Area.Code, Must: true, Options: []part.Option{}}
	for _, a := range l.Areas {
		area.Options = append(area.Options, part.Option{Value: a.Code, Label: areaName(ctx, a)})
	}
	kind := list.Filter{Name: "kind", Label: "单位类别", Value: in.Kind, Options: []part.Option{}}
	for _, k := range l.kinds {
		kind.Options = append(kind.Options, part.Option{Value: k.Code, Label: labelName(ctx, k)})
	}
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{area, kind,
		{Name: "q", Label: "名称或代码", Value: in.Search}}}
	if l.Area.ID == 0 {
		at.Filters = nil
	}
	rows, shown, err := units().Sorted(r, at, l.chosen(in.Kind, in.Search))
	l.Groups, l.Shown = group(rows), shown
	return l, err
}
