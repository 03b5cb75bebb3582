package request

// What units were asked for in a year, as a page of all of them and beside a draft that is about to be sent.

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type burdenInput struct {
	Year int    `json:"year" doc:"Year in which they were asked; by default this one."`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type burdenData struct {
	Year  int      `json:"year"`
	Items []Burden `json:"units"`
	list.Shown[Burden]
}

func (p pages) showBurden(r *web.Request, in burdenInput) (d burdenData, err error) {
	now, err := strconv.Atoi(r.Tx.Today()[:4])
	if err != nil {
		return d, err
	}
	if d.Year = in.Year; d.Year == 0 {
		d.Year = now
	}
	if d.Year < 1990 || d.Year > now {
		return d, errs.Fields{"year": {Key: "请填1990年到今年之间的年份。"}}.Check("没有这一年的统计。")
	}
	loads := p.loads()
	of, _, err := burdens(r.Tx, r.User, fmt.Sprintf("%d-01-01", d.Year), fmt.Sprintf("%d-01-01", d.Year+1), loads)
	if err != nil {
		return d, err
	}
	names, err := unitNames(r)
	if err != nil {
		return d, err
	}
	rows := []Burden{}
	for _, b := range of {
		b.Name = names(b.Unit)
		rows = append(rows, *b)
	}
	slices.SortFunc(rows, func(a, b Burden) int { return strings.Compare(a.Unit, b.Unit) })
	year := list.Filter{Name: "year", Label: "年份", Value: strconv.Itoa(d.Year), Must: true}
	for y := now; y > now-4 || y >= d.Year; y-- {
		year.Options = append(year.Options, part.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	d.Items, d.Shown, err = burdenList(loads).Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{year}}, rows)
	return d, err
}

func burdenList(loads []module.Load) list.List[Burden] {
	l := list.List[Burden]{Path: "/requests/burden", File: "burden", Title: "填报负担", First: "-questions", Size: 100,
		Intro: say.New("各单位一年里被要求做的事，一类一列。重复的题请先看原来的答复。"),
		Empty: list.Empty{Title: "这一年没有要求单位做什么", Next: "发出征集、下达报表或通知会议后，按单位统计在这里。"},
		Columns: []list.Column[Burden]{
			{Name: "unit", Label: "单位", URL: func(b Burden) string { return "/units/" + b.Unit },
				Text:    func(_ context.Context, b Burden) string { return b.Name },
				Compare: func(a, b Burden) int { return strings.Compare(a.Name, b.Name) }},
			counting("requests", "征集", func(b Burden) int { return b.Requests }),
			counting("questions", "题目", func(b Burden) int { return b.Questions }),
			counting("twice", "重复的题", func(b Burden) int { return b.Twice }),
			counting("characters", "写过的字", func(b Burden) int { return b.Written })}}
	for n, load := range loads {
		l.Columns = append(l.Columns, counting(load.Code, load.Name, func(b Burden) int { return b.Other[n].Things }))
		if load.Parts != "" {
			l.Columns = append(l.Columns, counting(load.Code+"_parts", load.Parts,
				func(b Burden) int { return b.Other[n].Parts }))
		}
	}
	return l
}

// counting is a column of numbers.
func counting(name string, label say.Key, of func(Burden) int) list.Column[Burden] {
	return list.Column[Burden]{Name: name, Label: label, Numeric: true, Newest: true,
		Text:    func(_ context.Context, b Burden) string { return strconv.Itoa(of(b)) },
		Compare: func(a, b Burden) int { return of(a) - of(b) }}
}

func burdenPage(d burdenData) templ.Component { return list.Page(d.Shown) }

// show is a request; before it is sent, with what its units were asked for already.
func (p pages) show(r *web.Request, in idInput) (d showData, err error) {
	if d, err = show(r, in); err != nil || !d.may[VerbSend] {
		return d, err
	}
	if d.Burden, err = d.burdens(r.Tx, r.User, p.loads()); err != nil {
		return d, err
	}
	names, err := unitNames(r)
	heaviest(d.Burden)
	for n := range d.Burden {
		d.Burden[n].Name = names(d.Burden[n].Unit)
	}
	return d, err
}

// words are what a unit was asked for of another kind.
func (l Load) words(ctx context.Context) string {
	if l.Called == "" || l.Things == 0 {
		return strconv.Itoa(l.Things)
	}
	return part.T(ctx, "%d（%d%s）", l.Things, l.Parts, part.T(ctx, l.Called))
}

// burdenHeads are the heads of the table beside a draft.
func burdenHeads(ctx context.Context, d showData) []part.Col {
	heads := []part.Col{{Label: part.T(ctx, "单位")}, {Label: part.T(ctx, "征集"), Numeric: true},
		{Label: part.T(ctx, "题目"), Numeric: true}, {Label: part.T(ctx, "写过的字"), Numeric: true}}
	for _, l := range d.Burden[0].Other {
		heads = append(heads, part.Col{Label: part.T(ctx, l.Name), Numeric: true})
	}
	return append(heads, part.Col{Label: part.T(ctx, "答过相近的题")})
}
