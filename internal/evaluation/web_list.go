package evaluation

// The list of rounds as its reader may see it.

import (
	"context"
	"strings"

	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type listInput struct {
	State string `json:"state" enum:"draft,approved,running,closed,withdrawn" doc:"State of a round."`
	Kind  string `json:"kind" enum:"midterm,final,annual,special"`
	tag.Choice
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type listData struct {
	Items []Listing `json:"rounds"`
	list.Shown[Listing]
}

func rounds(may bool) list.List[Listing] {
	l := list.List[Listing]{Path: "/rounds", File: "rounds", Title: "评估", First: "-from", Size: 50,
		Intro: say.New("从双签字的数据出发，自评、第三方、专家、督导各自作出判断，最后对照。"),
		Empty: list.Empty{Title: "没有评估", Next: "妇儿工委办拟订的年度、中期、终期评估会列在这里。"},
		Columns: []list.Column[Listing]{
			{Name: "title", Label: "评估", URL: func(l Listing) string { return "/rounds/" + l.ID },
				Text: func(_ context.Context, l Listing) string { return l.Title }},
			{Name: "kind", Label: "类别",
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, word(kinds, l.Kind)) }},
			{Name: "unit", Label: "组织评估的单位",
				Text: func(ctx context.Context, l Listing) string { return part.Name(ctx, l.name, l.nameEN) }},
			{Name: "from", Label: "评估时段", Newest: true,
				Text: func(_ context.Context, l Listing) string { return strings.Trim(l.From+"—"+l.Until, "—") }},
			{Name: "cutoff", Label: "数据截止日", Newest: true,
				Text: func(_ context.Context, l Listing) string { return l.CutoffOn }},
			{Name: "state", Label: "状态",
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, l.State.Words()) }},
			{Name: "stages", Label: "阶段",
				Text: func(ctx context.Context, l Listing) string { return stagesDone(ctx, l.Done, l.Stages) }},
		}}
	if l.Actions = listActions(may); may {
		l.Empty.Label, l.Empty.URL = "拟订评估", "/rounds/new"
	}
	return l
}

func stagesDone(ctx context.Context, done, all int) string {
	return part.T(ctx, "%d个阶段，完成%d个", all, done)
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []State{Draft, Approved, Running, Closed, Withdrawn} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	kind := list.Filter{Name: "kind", Label: "类别", Value: in.Kind, Options: options(ctx, kinds)}
	kept, err := in.Choice.Read(r.Tx)
	if err != nil {
		return d, err
	}
	s := source(r.User, in.State, in.Kind)
	if err := marked(r.Tx, &s, kept); err != nil {
		return d, err
	}
	d.Items, d.Shown, err = rounds(r.User.Can(VerbDraft)).Read(r,
		list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{states, kind, kept.Filter(ctx)}}, s)
	return d, err
}

// Listing is a line of the list.
type Listing struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Kind     string `json:"kind"`
	Unit     string `json:"organiser"`
	From     string `json:"from"`
	Until    string `json:"until"`
	CutoffOn string `json:"cutoff_on"`
	State    State  `json:"state"`
	Stages   int    `json:"stages"`
	Done     int    `json:"stages_done"`

	name, nameEN string
}

func options(ctx context.Context, all []choice) (shown []part.Option) {
	for _, c := range all {
		shown = append(shown, part.Option{Value: c.Code, Label: part.T(ctx, c.Word)})
	}
	return shown
}
