package supervision

// The list of visits.

import (
	"context"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type listInput struct {
	State  string `json:"state" enum:"planned,announced,notified,under_way,noted,cancelled" doc:"State of a visit."`
	Area   string `json:"area" doc:"Code of the area that is visited."`
	Group  string `json:"group" doc:"Identifier of the supervision group."`
	About  string `json:"about" doc:"What it is about: round/ID."`
	Method string `json:"method" enum:"hear,files,site,symposium,household,survey,draw" doc:"A method of the visit."`
	Sort   string `json:"sort"`
	Page   int    `json:"page"`
}

type listData struct {
	Items []Listing `json:"visits"`
	list.Shown[Listing]
}

// visits is the list as its reader sees it.
func visits(by auth.User) list.List[Listing] {
	text := func(of func(Listing) string) func(context.Context, Listing) string {
		return func(_ context.Context, l Listing) string { return of(l) }
	}
	l := list.List[Listing]{Path: "/visits", File: "visits", Title: "督导走访", First: "-on", Size: 50,
		Intro: say.New("哪天去哪个区、用什么方式看；看到的记下来，书面告诉那个区。"),
		Empty: list.Empty{Title: "还没有督导", Next: "先组建督导组，再安排每个区的督导。", Label: "督导组",
			URL: "/supervision/groups"},
		Columns: []list.Column[Listing]{
			{Name: "on", Label: "日期", Newest: true, Text: text(func(l Listing) string { return l.On }),
				URL: func(l Listing) string { return "/visits/" + l.ID }},
			{Name: "area", Label: "地区",
				Text: func(ctx context.Context, l Listing) string { return called(ctx, l.area) }},
			{Name: "group", Label: "督导组", Text: text(func(l Listing) string { return l.Group })},
			{Name: "method", Label: "督导方式",
				Text: func(ctx context.Context, l Listing) string { return words(ctx, methods, l.Methods) }},
			{Name: "state", Label: "状态",
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, l.State.Words()) }},
			{Name: "due", Label: "记录期限", Text: text(func(l Listing) string { return l.DueOn })},
			list.Lamp(func(l Listing) string { return l.Lamp }),
		}}
	if l.Actions = listActions(by.Can(VerbPlan), by.Can(VerbWatch)); !by.Can(VerbWatch) {
		l.Empty.Label, l.Empty.URL = "", ""
	}
	return l
}

func (p pages) showList(r *web.Request, in listInput) (d listData, err error) {
	if err := p.known(r.Tx, r.User, in.About); err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []State{Planned, Announced, Notified, UnderWay, Noted, Cancelled} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{states,
		{Name: "method", Label: "督导方式", Value: in.Method, Options: options(ctx, methods, "")},
		{Name: "area", Value: in.Area, Hidden: true}, {Name: "group", Value: in.Group, Hidden: true},
		{Name: "about", Value: in.About, Hidden: true}}}
	var area network.Area
	if in.Area != "" {
		if area, err = areaSeen(r.Tx, r.User, in.Area); err != nil {
			return d, err
		}
	}
	if in.Group != "" {
		if _, err := ReadGroup(r.Tx, r.User, in.Group); err != nil {
			return d, errs.In("group", err)
		}
	}
	d.Items, d.Shown, err = visits(r.User).Read(r, at, source(r.Tx, r.User, in, area.ID))
	return d, err
}
