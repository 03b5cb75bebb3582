package meeting

// The list of meetings: its columns and filters. Who sees which is store_list.go's.

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// listData is a page of the list.
type listData struct {
	Items []Item `json:"meetings"`
	list.Shown[Item]
}

const newestFirst = "-starts"

func meetings(mayPlan bool) list.List[Item] {
	l := list.List[Item]{Path: "/meetings", File: "meetings", Title: "会议", First: newestFirst, Size: 50,
		Intro: say.New("从议程到议定事项，再到督办：谁受邀、谁请假、谁到会分开记。"),
		Empty: list.Empty{Title: "没有会议", Next: "主办单位筹备并通知后，受邀单位在这里看到会议、报送回执。"},
		Columns: []list.Column[Item]{
			{Name: "title", Label: "名称", URL: Item.URL, Text: func(_ context.Context,
				i Item) string {
				return i.Title
			}},
			{Label: "编号", Saved: true, Text: func(_ context.Context, i Item) string { return i.Number }},
			{Name: "kind", Label: "类别",
				Text: func(ctx context.Context, i Item) string { return part.Name(ctx, i.kind.Name, i.kind.NameEN) }},
			{Name: "starts", Label: "时间", Newest: true, Text: func(_ context.Context,
				i Item) string {
				return i.Starts
			}},
			{Label: "结束", Saved: true, Text: func(_ context.Context, i Item) string { return i.Ends }},
			{Label: "地点", Saved: true, Text: func(_ context.Context, i Item) string { return i.Place }},
			{Name: "host", Label: "主办单位",
				Text: func(ctx context.Context, i Item) string { return part.Name(ctx, i.host, i.hostEN) }},
			{Name: "present", Label: "到会", Numeric: true,
				Text: func(_ context.Context, i Item) string { return i.present() }},
			{Name: "state", Label: "状态", Show: func(i Item) templ.Component {
				return stateChip(i.State, i.Due,
					i.Lamp)
			},
				Text: func(ctx context.Context, i Item) string { return part.T(ctx, i.State.Words()) }},
			{Label: "下一步期限", Saved: true, Text: func(_ context.Context, i Item) string { return i.Due }},
		}}
	if mayPlan {
		l.Empty.Label, l.Empty.URL = "筹备会议", "/meetings/new"
	}
	l.Actions = listActions(mayPlan)
	return l
}

// present is how many came of how many seats, once anybody could have come.
func (i Item) present() string {
	if i.Present == 0 && i.State != Held && i.State != Minuted && i.State != Closed || i.Seats == 0 {
		return ""
	}
	return strconv.Itoa(i.Present) + "/" + strconv.Itoa(i.Seats)
}

func showList(r *web.Request, in Filter) (d listData, err error) {
	if in.Unit != "" {
		if _, err := network.SeenUnit(r.Tx, r.User, in.Unit); err != nil {
			return d, errs.In("unit", err)
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
	d.Items, d.Shown, err = meetings(r.User.Can(VerbDraft)).Read(r, at, s)
	if d.Items == nil {
		d.Items = []Item{}
	}
	return d, err
}

func choices(r *web.Request, in Filter) ([]list.Filter, error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	kinds, err := Kinds(r.Tx)
	if err != nil {
		return nil, err
	}
	all := []list.Filter{{Name: "kind", Label: "类别", Value: in.Kind}, {Name: "state", Label: "状态", Value: in.State},
		{Name: "year", Label: "年份"}, {Name: "show", Label: "显示", Value: in.Show},
		{Name: "unit", Value: in.Unit, Hidden: true}}
	for _, k := range kinds {
		if k.Status != Off || k.Code == in.Kind {
			all[0].Options = append(all[0].Options, part.Option{Value: k.Code, Label: part.Name(ctx, k.Name, k.NameEN)})
		}
	}
	for _, s := range []State{Draft, Notified, Held, Minuted, Closed, Cancelled, Recorded} {
		all[1].Options = append(all[1].Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	if in.Year != 0 {
		all[2].Value = strconv.Itoa(in.Year)
	}
	years, err := meetingYears(r.Tx)
	if err != nil {
		return nil, err
	}
	if in.Year != 0 {
		years[in.Year] = true
	}
	for year := r.Tx.Now.Year() + 2; year > 1948 && len(years) > 0; year-- {
		if years[year] {
			all[2].Options = append(all[2].Options, part.Option{Value: strconv.Itoa(year), Label: strconv.Itoa(year)})
		}
	}
	all[3].Options = []part.Option{{Value: "waiting", Label: part.T(ctx, "还没办结的")},
		{Value: "invited", Label: part.T(ctx, "邀请本单位的")}}
	return all, nil
}
