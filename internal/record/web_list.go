package record

// The list of a register's records: columns, filters and views as its file says.

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type listInput struct {
	Code  string            `json:"code"`
	Where map[string]string `json:"where" doc:"By field of the register: keeps the records that have this value."`
	View  string            `json:"view" doc:"One of the register's own views."`
	tag.Choice
	Sort string `json:"sort"`
	Page int    `json:"page"`

	kept tag.Kept
}

type listData struct {
	Items []Record `json:"records"`
	list.Shown[Record]
}

// mostViewed is how many records a view with a rule of its own looks through.
const mostViewed = 20_000

func showList(r *web.Request, in listInput) (d listData, err error) {
	k, err := definitionOf(r, in.Code)
	if err != nil {
		return d, err
	}
	if in.kept, err = in.Choice.Read(r.Tx); err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: append(k.filters(ctx, in), in.kept.Filter(ctx))}
	if err := k.known(in); err != nil {
		return d, err
	}
	if err := at.Check(); err != nil {
		return d, err
	}
	l := k.list(ctx, r)
	if quiet := slices.ContainsFunc(k.d.Quiet, func(q register.Quiet) bool { return q.Code == in.View }); quiet {
		s := k.tagged(r.User, in)
		k.still(&s, r.User, in.View)
		d.Items, d.Shown, err = l.Read(r, at, s)
		return d, err
	}
	if in.View == "" || slices.ContainsFunc(k.filing.views, func(v register.View) bool { return v.Code == in.View }) {
		s := k.tagged(r.User, in)
		if in.View != "" {
			s.And(worded("r.views"), words([]string{in.View}))
			k.told(&s, r.User)
		}
		d.Items, d.Shown, err = l.Read(r, at, s)
		return d, err
	}
	rows, err := k.viewed(r, in)
	if err != nil {
		return d, err
	}
	d.Items, d.Shown, err = l.Sorted(r, at, rows)
	return d, err
}

// viewed are the records that a view's rule holds for, where the day or a standard moves it.
func (k desk) viewed(r *web.Request, in listInput) (rows []Record, err error) {
	at := slices.IndexFunc(k.d.Views, func(v register.View) bool { return v.Code == in.View })
	rule := k.d.Views[at].Rule
	n := 0
	err = k.tagged(r.User, in).Each(r.Tx, k.first(), func(rec Record) error {
		if n++; n > mostViewed {
			return errs.Conflictf("记录太多，这个视图看不过来。请先用别的条件筛选。")
		}
		if rule.Eval(k.d.Scope(rec.Body, rec.asked(k.places), k.w)).True() {
			rows = append(rows, rec)
		}
		return nil
	})
	return rows, err
}

func (k desk) first() string {
	if k.d.List.Sort != "" {
		return k.d.List.Sort
	}
	return "due"
}

func (k desk) list(ctx context.Context, r *web.Request) list.List[Record] {
	reads := in(ctx)
	l := list.List[Record]{Path: "/registers/" + k.d.Code + "/records", File: k.d.Code, Size: 50, First: k.first(),
		Returns: true,
		Title:   say.Key(reads(k.d.Name)), Intro: intro(ctx, k.d.Note),
		Empty: list.Empty{Title: "还没有记录", Next: "登记的记录会列在这里。"}}
	if len(k.starts(r.User)) > 0 {
		l.Empty.Label, l.Empty.URL = "新建一条", l.Path+"/new"
	}
	l.Actions = listActions(k, len(k.starts(r.User)) > 0, r.User.Can(VerbImport))
	shown := slices.Clone(k.d.List.Columns)
	if !slices.Contains(shown, "number") {
		shown = append([]string{"number"}, shown...)
	}
	for at, code := range shown {
		c := k.column(ctx, code, at == 0)
		c.Drawn = true
		l.Columns = append(l.Columns, c)
	}
	for _, h := range k.heads() { // what is saved can be imported again
		l.Columns = append(l.Columns, list.Column[Record]{Label: say.Key(in(ctx)(h.name)), Saved: true,
			Numeric: h.f.Numeric(), Text: func(ctx context.Context, r Record) string { return k.text(ctx, h, r) }})
	}
	return l
}

// intro is a register's note, which is written in Chinese alone.
func intro(ctx context.Context, note string) say.Words {
	if part.From(ctx).Lang != "zh" {
		return say.Words{}
	}
	return say.New("%s", note)
}

func (k desk) column(ctx context.Context, code string, first bool) list.Column[Record] {
	f, _ := k.d.Field(code)
	c := list.Column[Record]{Name: code, Label: say.Key(in(ctx)(f.Name)), Numeric: f.Numeric() && f.Type != "year",
		Text: func(ctx context.Context, r Record) string { return k.cell(ctx, f, r) }}
	switch {
	case first || code == k.d.Title().Code:
		c.URL = func(r Record) string { return r.URL() }
	case code == "state":
		c.Show = func(r Record) templ.Component { return stateChip(k.d, r) }
	case f.Type == "date" || f.Type == "month" || f.Type == "instant":
		c.Show = func(r Record) templ.Component { return unbroken(k.cell(ctx, f, r)) }
	case code == "due":
		c.Show = func(r Record) templ.Component { return dueCell(r, flow.Lamp(r.DueOn, k.w.Today, flow.Near)) }
	}
	return c
}

// cell is a record's value in a column.
func (k desk) cell(ctx context.Context, f register.Field, r Record) string {
	switch f.Code {
	case "number":
		return r.Number
	case "unit":
		return in(ctx)(k.places.unitName(r.Unit))
	case "area":
		return in(ctx)(k.places.areaName(r.Area))
	case "state":
		return in(ctx)(k.d.State(r.State).Name)
	case "due":
		return strings.Replace(max(r.DueAt, r.DueOn), "T", " ", 1)
	}
	return k.said(in(ctx), f, r.Body)
}

// filters are those of the register's file, each with what may be chosen.
func (k desk) filters(ctx context.Context, input listInput) (all []list.Filter) {
	for _, code := range k.d.List.Filters {
		f, _ := k.d.Field(code)
		one := list.Filter{Name: "where[" + code + "]", Value: input.Where[code], Label: say.Key(in(ctx)(f.Name))}
		switch {
		case code == "state":
			for _, s := range k.d.States {
				one.Options = append(one.Options, part.Option{Value: s.Code, Label: in(ctx)(s.Name)})
			}
		case code == "area":
			one.Options = k.areaOptions(ctx)
		case f.Type == "y/n":
			one.Options = []part.Option{{Value: "1", Label: in(ctx)(yes)}, {Value: "0", Label: in(ctx)(no)}}
		case f.Type == "year":
			one.Type = "number"
		case f.Type == "goals":
			for _, a := range k.places.goals {
				one.Options = append(one.Options, part.Option{Value: a.code, Label: in(ctx)(a.name()) + " " +
					short(a.text(ctx))})
			}
		default:
			for _, o := range f.Choices(k.w) {
				one.Options = append(one.Options, part.Option{Value: o.Code, Label: in(ctx)(o.Name)})
			}
		}
		all = append(all, one)
	}
	if unit := input.Where["unit"]; unit != "" && !slices.Contains(k.d.List.Filters, "unit") {
		u := k.places.units[unit]
		all = append(all, list.Filter{Name: "where[unit]", Value: unit, Label: "填报单位",
			Options: []part.Option{{Value: unit, Label: part.Name(ctx, u.Name, u.NameEN)}}})
	}
	if len(k.d.Views)+len(k.d.Quiet) > 0 {
		views := list.Filter{Name: "view", Value: input.View, Label: "视图"}
		for _, v := range k.d.Views {
			views.Options = append(views.Options, part.Option{Value: v.Code, Label: in(ctx)(v.Name)})
		}
		for _, q := range k.d.Quiet {
			views.Options = append(views.Options, part.Option{Value: q.Code, Label: in(ctx)(q.Name)})
		}
		all = append(all, views)
	}
	return all
}

// areaOptions are the areas directly below the whole.
func (k desk) areaOptions(ctx context.Context) (options []part.Option) {
	for _, a := range k.places.sorted {
		if a.ParentID == k.places.root.ID && a.OpenOn(k.w.Today) {
			options = append(options, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
		}
	}
	return options
}

// known refuses filters that the register does not have.
func (k desk) known(in listInput) error {
	wrong := errs.Fields{}
	for code, value := range in.Where {
		if _, there := k.places.units[value]; code == "unit" && !slices.Contains(k.d.List.Filters, code) {
			if value != "" && !there {
				wrong.Say("where[unit]", "没有“%s”这个选项。", value)
			}
			continue
		}
		if !slices.Contains(k.d.List.Filters, code) {
			wrong.Say("where["+code+"]", "这项登记不能按“%s”筛选。", code)
		}
	}
	if in.View != "" && !slices.ContainsFunc(k.d.Views, func(v register.View) bool { return v.Code == in.View }) &&
		!slices.ContainsFunc(k.d.Quiet, func(q register.Quiet) bool { return q.Code == in.View }) {
		wrong.Say("view", "没有“%s”这个选项。", in.View)
	}
	return wrong.Check("条件里有的值不能用，请改选后再看。")
}
