package cycle

// The list of cycles: one a year for each area that has one.

import (
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
	State string `json:"state" enum:"planned,trained,open,closed,compiled,reported,published,dropped"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

// Listing is a line of the list, with the reports that the reader may see.
type Listing struct {
	ID       string `json:"id"`
	Year     int    `json:"year"`
	Title    string `json:"title"`
	State    State  `json:"state"`
	OpensOn  string `json:"opens_on"`
	LastDay  string `json:"last_day"`
	Forms    int    `json:"forms"`
	Sent     int    `json:"sent"`
	Owed     int    `json:"owed"`
	UnitName string `json:"unit_name"`
	unitEN   string
}

type listData struct {
	Items []Listing `json:"cycles"`
	list.Shown[Listing]
}

func cycles(may bool) list.List[Listing] {
	l := list.List[Listing]{Path: "/cycles", File: "cycles", Title: "监测周期", First: "-year", Size: 50,
		Intro: say.New("每年一次：发通知、培训、开放填报、收齐审核、评审、汇总、出监测报告、发布。"),
		Empty: list.Empty{Title: "没有监测周期", Next: "妇儿工委办或牵头的统计单位建立周期后，会列在这里。"},
		Columns: []list.Column[Listing]{
			{Name: "year", Label: "年度", Newest: true, Compare: func(a, b Listing) int { return a.Year - b.Year },
				Text: func(_ context.Context, l Listing) string { return strconv.Itoa(l.Year) }},
			{Name: "title", Label: "名称", URL: func(l Listing) string { return "/cycles/" + l.ID },
				Compare: func(a, b Listing) int { return strings.Compare(a.Title, b.Title) },
				Text:    func(_ context.Context, l Listing) string { return l.Title }},
			{Name: "unit", Label: "单位", Text: func(ctx context.Context, l Listing) string {
				return part.Name(ctx, l.UnitName, l.unitEN)
			}},
			{Name: "state", Label: "状态", Compare: func(a, b Listing) int {
				return strings.Compare(string(a.State), string(b.State))
			},
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, l.State.Words()) }},
			{Name: "opens", Label: "开放",
				Compare: func(a, b Listing) int { return strings.Compare(a.OpensOn, b.OpensOn) },
				Text:    func(_ context.Context, l Listing) string { return l.OpensOn }},
			{Name: "due", Label: "最晚截止", Text: func(_ context.Context, l Listing) string { return l.LastDay }},
			{Name: "forms", Label: "报表", Numeric: true, Text: func(_ context.Context, l Listing) string {
				return strconv.Itoa(l.Forms)
			}},
			{Name: "sent", Label: "已报", Numeric: true, Text: func(_ context.Context, l Listing) string {
				return strconv.Itoa(l.Sent) + "/" + strconv.Itoa(l.Owed)
			}},
		}}
	l.Actions = listActions(may)
	return l
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	filter := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range states {
		filter.Options = append(filter.Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	all, err := every(r.Tx)
	if err != nil {
		return d, err
	}
	var rows []Listing
	for _, c := range all {
		if !c.visible(r.User) || in.State != "" && string(c.State) != in.State {
			continue
		}
		lines, err := c.Lines(r.Tx, r.User)
		if err != nil {
			return d, err
		}
		unit, err := network.UnitByCode(r.Tx, c.Unit)
		if err != nil {
			return d, err
		}
		n := count(lines)
		rows = append(rows, Listing{c.ID, c.Year, c.Title, c.State, c.OpensOn, c.LastDay(), len(c.Forms), n.Sent,
			n.Owed, unit.Name, unit.NameEN})
	}
	d.Items, d.Shown, err = cycles(new(Cycle).home(r.Tx, r.User) == nil).Sorted(r,
		list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{filter}}, rows)
	return d, err
}
