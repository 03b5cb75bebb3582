package opinion

// The list of texts, and what choosing from it needs.

import (
	"context"
	_ "embed"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

type listInput struct {
	State    string `json:"state" enum:"open,closed"`
	Document string `json:"document" doc:"The object whose texts are wanted: round/…, meeting/…, or one text: text/…"`
	Sort     string `json:"sort"`
	Page     int    `json:"page"`
}

// Listed is a line of the list.
type Listed struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	State    string `json:"state"`
	DueOn    string `json:"due"`
	Unit     string `json:"unit"`
	UnitName string `json:"unit_name"`
	Filed    int    `json:"filed"`
	Replied  int    `json:"replied"`
	Blind    bool   `json:"blind,omitempty"` // nothing is counted for the reader yet
	unitEN   string
}

type listData struct {
	Items []Listed `json:"opinions"`
	list.Shown[Listed]
}

func stateWords(state string) say.Key {
	if state == "closed" {
		return "已结束"
	}
	return "正在征求"
}

func texts(may, engaged bool) list.List[Listed] {
	l := list.List[Listed]{Path: "/opinions", File: "opinions", Title: "征求意见", First: "-due", Size: 50,
		Intro: say.New("文本逐段征求意见，条条有回应。"),
		Empty: list.Empty{Title: "没有征求意见的文本", Next: "交付给本单位的文本会列在这里。"},
		Columns: []list.Column[Listed]{
			{Label: "编号", Saved: true, Aside: true,
				Text: func(_ context.Context, l Listed) string { return l.ID }},
			{Name: "title", Label: "标题", URL: func(l Listed) string { return "/opinions/" + l.ID },
				Text: func(_ context.Context, l Listed) string { return l.Title }},
			{Name: "unit", Label: "发起单位",
				Text: func(ctx context.Context, l Listed) string { return part.Name(ctx, l.UnitName, l.unitEN) }},
			{Name: "state", Label: "状态", Text: func(ctx context.Context, l Listed) string {
				return part.T(ctx,
					stateWords(l.State))
			}},
			{Name: "opinions", Label: "意见", Numeric: true, Text: func(_ context.Context,
				l Listed) string {
				if l.Blind {
					return "—"
				}
				return strconv.Itoa(l.Filed)
			}},
			{Name: "replied", Label: "已回应", Numeric: true,
				Text: func(_ context.Context, l Listed) string { return strconv.Itoa(l.Replied) }},
			{Name: "due", Label: "截止日期", Newest: true,
				Text: func(_ context.Context, l Listed) string { return l.DueOn }},
		}}
	if engaged {
		l.Columns = slices.DeleteFunc(l.Columns, func(c list.Column[Listed]) bool { return c.Numeric })
	}
	if may {
		l.Actions = newButton()
		l.Empty.Label, l.Empty.URL = "交付文本", "/opinions/new"
	}
	return l
}

func (p pages) showList(r *web.Request, in listInput) (d listData, err error) {
	if in.Document != "" {
		if err := p.sees(r.Tx, r.User, in.Document); err != nil {
			return d, errs.In("document", err)
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []string{"open", "closed"} {
		states.Options = append(states.Options, part.Option{Value: s, Label: part.T(ctx, stateWords(s))})
	}
	named, err := engagement.Objects(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	d.Items, d.Shown, err = texts(r.User.Can(VerbOpen), r.User.Has(auth.Outsider)).Read(r,
		list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{states,
			{Name: "document", Value: in.Document, Hidden: true}}}, source(r.User, in, named, r.Tx.Today()))
	return d, err
}

// choice is choice with what was chosen to begin with.
func (d newData) choice(ctx context.Context) part.ChooseView {
	c := choice(ctx, d.Groups)
	c.Chosen = d.chosen
	return c
}

// choice is the field that takes the units to lay a text open to.
func choice(ctx context.Context, groups []network.Group) part.ChooseView {
	c := part.ChooseView{Name: "unit", Label: part.T(ctx, "交付给"), Required: true}
	for _, g := range groups {
		one := part.ChooseGroup{Code: g.Code, Label: part.T(ctx, g.Name)}
		for _, u := range g.Units {
			one.Options = append(one.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
		c.Groups = append(c.Groups, one)
	}
	return c
}
