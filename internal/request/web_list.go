package request

// The list of requests.

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type listInput struct {
	Kind  string `json:"kind" enum:"material,self_inspection,self_evaluation,consultation,issue_call,roster"`
	State string `json:"state" enum:"draft,sent,withdrawn"`
	Mine  bool   `json:"mine" doc:"Only requests that the reader's own units have not answered yet."`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type listData struct {
	Items []Listed `json:"requests"`
	list.Shown[Listed]
}

func requests(may bool) list.List[Listed] {
	l := list.List[Listed]{Path: "/requests", File: "requests", Title: "征集", First: "-due", Size: 50,
		Intro: say.New("一次征集，多家单位，各答一份。要汇总的数字请用报表，不用征集。"),
		Empty: list.Empty{Title: "没有征集", Next: "发起或收到的征集会列在这里。"},
		Columns: []list.Column[Listed]{
			{Label: "编号", Saved: true, Aside: true,
				Text: func(_ context.Context, l Listed) string { return l.ID }},
			{Name: "title", Label: "标题", URL: func(l Listed) string { return "/requests/" + l.ID },
				Text: func(_ context.Context, l Listed) string { return l.Title }},
			{Name: "kind", Label: "类别",
				Text: func(ctx context.Context, l Listed) string { return part.T(ctx, KindWords(l.Kind)) }},
			{Name: "unit", Label: "发起单位",
				Text: func(ctx context.Context, l Listed) string { return part.Name(ctx, l.UnitName, l.unitEN) }},
			{Name: "state", Label: "状态", Show: func(l Listed) templ.Component { return listState(l) },
				Text: func(ctx context.Context, l Listed) string { return part.T(ctx, l.State.RequestWords()) }},
			{Name: "answers", Label: "答复", Numeric: true,
				Show: func(l Listed) templ.Component { return listCount(l) },
				Text: func(_ context.Context, l Listed) string {
					return strconv.Itoa(l.In) + "/" + strconv.Itoa(l.Asked)
				}},
			{Label: "逾期未答", Saved: true, Numeric: true,
				Text: func(_ context.Context, l Listed) string { return strconv.Itoa(l.Late) }},
			{Name: "own", Label: "本单位", Text: func(ctx context.Context, l Listed) string {
				if l.Own == "" {
					return ""
				}
				return part.T(ctx, l.Own.Words())
			}},
			{Name: "due", Label: "截止日期", Newest: true, Text: func(_ context.Context,
				l Listed) string {
				return l.DueOn
			}},
		}}
	if may {
		l.Actions = newButton()
		l.Empty.Label, l.Empty.URL = "起草征集", "/requests/new"
	}
	return l
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	s, err := source(r.Tx, r.User, in)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	kinds := list.Filter{Name: "kind", Label: "类别", Value: in.Kind}
	for _, kind := range Kinds() {
		kinds.Options = append(kinds.Options, part.Option{Value: kind, Label: part.T(ctx, KindWords(kind))})
	}
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []State{Draft, Sent, Withdrawn} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.RequestWords())})
	}
	mine := list.Filter{Name: "mine", Label: "本单位", Options: []part.Option{{Value: "true", Label: part.T(ctx,
		"待答复")}}}
	if in.Mine {
		mine.Value = "true"
	}
	d.Items, d.Shown, err = requests(r.User.Can(VerbCreate)).Read(r,
		list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{kinds, states, mine}}, s)
	return d, err
}
