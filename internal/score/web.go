package score

// Routes of score sheets: the list, the form of a version, one with its scores side by side.

import (
	"cmp"
	"context"
	"net/url"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type pages struct{ House }

// Routes registers the module's pages.
func Routes(m *web.Mux, h House) {
	p := pages{h}
	web.View(m, "GET /score-sheets 列出评分表", VerbRead, p.showList, listPage)
	web.View(m, "GET /score-sheets/new 准备评分表", VerbDraft, p.newSheet, newPage)
	web.Form(m, "POST /score-sheets 起草评分表", VerbDraft, p.make, p.newSheet, newPage)
	web.View(m, "GET /score-sheets/{id} 看一版评分表和得分", VerbRead, p.show, showPage)
	web.Form(m, "POST /score-sheets/{id}/fix 定稿评分表", VerbFix, fix, p.show, showPage)
	web.Form(m, "POST /score-sheets/{id}/scores 打分", VerbGive, p.give, p.show, showPage,
		web.Before(p.keep), web.In(web.Files))
}

type listInput struct {
	About string `json:"about" doc:"The object that is scored: round/…"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type listData struct {
	Items []Sheet `json:"score_sheets"`
	list.Shown[Sheet]
}

func (p pages) showList(r *web.Request, in listInput) (d listData, err error) {
	if in.About != "" {
		if err := p.Sees(r.Tx, r.User, in.About); err != nil {
			return d, errs.In("about", err)
		}
	}
	all, err := seen(r.Tx, r.User, in.About)
	if err != nil {
		return d, err
	}
	title := func(s Sheet) string { return s.Title }
	l := list.List[Sheet]{Path: "/score-sheets", File: "score-sheets", Title: "评分表", First: "title", Size: 50,
		Intro: say.New("评分表可用可不用；不同版本的得分不放在一起排。"),
		Empty: list.Empty{Title: "没有评分表", Next: "不用评分表也能评估，看目标完成情况就够了。"},
		Columns: []list.Column[Sheet]{
			{Name: "title", Label: "标题", URL: Sheet.URL, Text: func(_ context.Context,
				s Sheet) string {
				return s.Title
			},
				Compare: func(a, b Sheet) int {
					return cmp.Or(cmp.Compare(title(a), title(b)), cmp.Compare(a.Number, b.Number))
				}},
			{Name: "version", Label: "版次", Numeric: true, Text: func(_ context.Context,
				s Sheet) string {
				return strconv.Itoa(s.Number)
			}},
			{Name: "state", Label: "状态",
				Text: func(ctx context.Context, s Sheet) string { return part.T(ctx, s.State.Words()) }},
			{Name: "full", Label: "满分", Numeric: true,
				Text: func(_ context.Context, s Sheet) string { return s.Full().String() }},
		}}
	if r.User.Can(VerbDraft) {
		at := "/score-sheets/new"
		if in.About != "" {
			at += "?about=" + url.QueryEscape(in.About)
		}
		l.Actions, l.Empty.Label, l.Empty.URL = newButton(at), "起草评分表", at
	}
	d.Items, d.Shown, err = l.Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{{Name: "about", Value: in.About, Hidden: true}}}, all)
	return d, err
}

type newInput struct {
	About   string `json:"about" doc:"The object that is scored: round/…"`
	Follows string `json:"follows" doc:"The version that a later one is made of."`
}

// newData is what a new version begins with: nothing, or the version before.
type newData struct {
	About   string `json:"about,omitempty"`
	Follows string `json:"follows,omitempty"`
	before  Sheet
}

func (p pages) newSheet(r *web.Request, in newInput) (d newData, err error) {
	d.About, d.Follows = in.About, in.Follows
	if in.Follows != "" {
		if d.before, err = Read(r.Tx, r.User, in.Follows); err == nil {
			err = d.before.followed(r.User)
		}
		d.About = d.before.About
		return d, err
	}
	if in.About != "" {
		err = p.Adds(r.Tx, r.User, in.About)
	}
	return d, err
}

type makeInput struct {
	Title   string `json:"title"`
	About   string `json:"about" doc:"The object that is scored: round/…"`
	Follows string `json:"follows" doc:"The version that this one follows."`
	Reason  string `json:"reason" doc:"Why there is a later version."`
	Items   string `json:"items_text" doc:"A line for each item: dimension | title | points | evidence | indicator."`
}

// taken tells a program where a version stands after a step.
type taken struct {
	ID      string `json:"id"`
	Number  int    `json:"number"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func done(r *web.Request, s Sheet, flash say.Key) web.Done[taken] {
	return web.Done[taken]{To: s.URL(), Flash: part.In(r.Lang, flash), Data: taken{s.ID, s.Number, s.State, s.Version}}
}

// parsed are the items of a sheet as they are typed, one a line. Points that are no number are below
// none, which check says.
func parsed(text string) (items []Item) {
	items = []Item{}
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := append(strings.Split(strings.ReplaceAll(line, "｜", "|"), "|"), "", "", "", "")
		for n := range cells {
			cells[n] = strings.TrimSpace(cells[n])
		}
		points, ok := Points(cells[2])
		if !ok {
			points = -1
		}
		items = append(items, Item{Dimension: cells[0], Title: cells[1], Points: points, Evidence: cells[3],
			Indicator: cells[4]})
	}
	return items
}

// typed is a sheet's items as they are typed.
func (s Sheet) typed() string {
	lines := make([]string, len(s.Items))
	for n, i := range s.Items {
		lines[n] = strings.Join([]string{i.Dimension, i.Title, i.Points.String(), i.Evidence, i.Indicator}, " | ")
	}
	return strings.Join(lines, "\n")
}

func (p pages) make(r *web.Request, in makeInput) (web.Done[taken], error) {
	s := Sheet{Title: in.Title, About: in.About, Reason: in.Reason, Items: parsed(in.Items)}
	if in.Follows != "" {
		before, err := Read(r.Tx, r.User, in.Follows)
		if err != nil {
			return web.Done[taken]{}, err
		}
		s.Series = before.Series
	}
	s, err := Make(r.Tx, r.User, s, p.House)
	return done(r, s, "草稿已保存，定稿后才能打分。"), err
}

type moveInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func fix(r *web.Request, in moveInput) (web.Done[taken], error) {
	s, err := Fix(r.Tx, r.User, in.ID, in.Version)
	return done(r, s, "已定稿，可以打分了。"), err
}

type giveInput struct {
	ID       string `json:"id"`
	Subject  string `json:"subject_unit" doc:"Code of the unit that is scored."`
	Side     string `json:"side" enum:"self,third,group" doc:"From which side."`
	Item     int    `json:"item_number" doc:"Which item, from 1."`
	Points   string `json:"points" doc:"At most the item's, with one decimal at most."`
	Evidence string `json:"evidence" doc:"What it rests on."`

	Scan *web.Upload `json:"scan" doc:"The signed paper, where the office enters what somebody scored on it."`
	kept evidence.File
}

func (p pages) keep(_ *web.Request, in *giveInput) (err error) {
	if in.Scan != nil {
		in.kept, err = evidence.Keep(p.Files, in.Scan.Name, in.Scan.Body)
	}
	return err
}

func (p pages) give(r *web.Request, in giveInput) (web.Done[Score], error) {
	c, err := Give(r.Tx, r.User, in.ID, Handed{in.Subject, in.Side, in.Item, in.Points, in.Evidence, in.kept}, p.House)
	return web.Done[Score]{To: "/score-sheets/" + in.ID, Flash: part.In(r.Lang, "已打分。"), Data: c}, err
}
