package letter

// The list of letters, with what waits for the reader to receive above it.

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

const (
	pageSize    = 50
	newestFirst = "-updated"
)

// listData is a page of the list.
type listData struct {
	Items []Item `json:"letters"`
	list.Shown[Item]
	ToReceive []Item `json:"to_receive"` // that a unit of the reader has to receive
}

func letters() list.List[Item] {
	return list.List[Item]{Path: "/letters", File: "letters", Title: "发文",
		Intro: say.New("拟稿、核稿、会签、签发、编号、签收，一件一号，更正另成一版。"), First: newestFirst,
		Size: pageSize, Empty: list.Empty{Title: "没有发文", Label: "待办", URL: "/todo",
			Next: "办公室起草发文，或有发文发给您的单位后，会列在这里。"},
		Columns: []list.Column[Item]{
			{Name: "title", Label: "标题", URL: Item.URL,
				Text: func(_ context.Context, i Item) string { return i.Title }},
			{Name: "number", Label: "发文字号", Newest: true,
				Text: func(_ context.Context, i Item) string { return i.Number }},
			{Name: "kind", Label: "文种",
				Text: func(ctx context.Context, i Item) string { return part.T(ctx, i.Kind.Words()) }},
			{Name: "unit", Label: "发文单位", Text: func(ctx context.Context, i Item) string {
				return part.Name(ctx, i.issuer, i.issuerEN)
			}},
			{Name: "state", Label: "状态", Show: func(i Item) templ.Component { return stateOf(i) },
				Text: func(ctx context.Context, i Item) string { return part.T(ctx, i.State.Words()) }},
			{Name: "due", Label: "签收", Show: func(i Item) templ.Component { return receiptsShown(i) },
				Text: func(_ context.Context, i Item) string { return i.received() }},
			{Label: "签收期限", Saved: true, Text: func(_ context.Context, i Item) string { return i.Due }},
			{Label: "灯", Saved: true,
				Text: func(ctx context.Context, i Item) string { return part.T(ctx, part.DueWord(i.Lamp)) }},
			{Name: "updated", Label: "最近办理", Newest: true,
				Text: func(_ context.Context, i Item) string { return part.When(i.UpdatedAt) }},
		}}
}

// received is n of m.
func (i Item) received() string {
	if i.Addressed == 0 {
		return ""
	}
	return strconv.FormatInt(i.Received, 10) + " / " + strconv.FormatInt(i.Addressed, 10)
}

func showList(r *web.Request, in Filter) (d listData, err error) {
	s, err := source(r.Tx, r.User, in)
	if err != nil {
		return d, err
	}
	if d.ToReceive, err = toReceive(r.Tx, r); err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: filters(ctx, in)}
	l := letters()
	if len(d.ToReceive) > 0 {
		l.Above = receiving(d.ToReceive)
	}
	if r.User.Can(VerbDraft) {
		l.Actions = drafting()
		l.Empty.Label, l.Empty.URL = "起草发文", "/letters/new"
	}
	d.Items, d.Shown, err = l.Read(r, at, s)
	if d.Items == nil {
		d.Items = []Item{}
	}
	return d, err
}

func filters(ctx context.Context, in Filter) []list.Filter {
	all := []list.Filter{{Name: "q", Label: "标题或文号", Value: in.Word},
		{Name: "state", Label: "状态", Value: in.State},
		{Name: "kind", Label: "文种", Value: in.Kind, Options: kindOptions(ctx)},
		{Name: "lamp", Label: "签收灯", Value: in.Lamp}}
	for _, s := range States {
		all[1].Options = append(all[1].Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	for _, lamp := range []string{flow.Grey, flow.Green, flow.Blue, flow.Red} {
		all[3].Options = append(all[3].Options, part.Option{Value: lamp, Label: part.T(ctx, part.DueWord(lamp))})
	}
	return all
}

// toReceive are the letters that the reader may receive for a unit.
func toReceive(tx *db.Tx, r *web.Request) (all []Item, err error) {
	all = []Item{}
	if !r.User.Can(VerbReceive) {
		return all, nil
	}
	mine, err := receivable(tx, r.User)
	if err != nil {
		return nil, err
	}
	owed, err := owedBy(tx, mine)
	if err != nil || len(owed) == 0 {
		return all, err
	}
	names, err := units(tx)
	for _, l := range owed {
		all = append(all, l.itemOf(names[l.Issuer], tx.Today()))
	}
	return all, err
}

type receiveAllInput struct {
	Letters []string `json:"letters" doc:"Letters to receive, each as identifier, @ and version."`
}

// receiveAll receives what was chosen, all of it or nothing.
func receiveAll(r *web.Request, in receiveAllInput) (web.Redirect, error) {
	to := web.Redirect{To: "/letters", Data: web.Place{Location: "/letters"},
		Flash: part.In(r.Lang, "已签收%d件。", len(in.Letters))}
	if len(in.Letters) == 0 {
		return to, errs.Invalidf("请先选要签收的发文。")
	}
	for _, one := range in.Letters {
		id, edition, _ := strings.Cut(one, "@")
		n, err := strconv.ParseInt(edition, 10, 64)
		if err != nil {
			return to, errs.Invalidf("请先选要签收的发文。")
		}
		if _, err := Receive(r.Tx, r.User, id, n); err != nil {
			return to, err
		}
	}
	return to, nil
}
