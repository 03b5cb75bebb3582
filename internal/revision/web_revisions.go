package revision

// The list of revisions, and what a page of one has to choose from.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Revised is a revision in the list.
type Revised struct {
	Revision
	PlanName string `json:"plan_name"`
	passed   int
}

type revisionsInput struct {
	State string `json:"state" enum:"draft,consulting,settled,decided,applied,withdrawn"`
	Plan  string `json:"plan"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type revisionsData struct {
	Items []Revised `json:"revisions"`
	list.Shown[Revised]
}

func revisionsList(may bool) list.List[Revised] {
	return list.List[Revised]{Path: "/revisions", File: "revisions", Title: "指标体系修订", First: "-updated", Size: 50,
		Intro:   say.New("改指标要有依据，先看影响、征求意见，再由全委会决定；到生效期由系统改，旧数不动。"),
		Empty:   list.Empty{Title: "没有修订", Next: "办公室草拟的修订发出征求意见后，会列在这里。"},
		Actions: revisionsActions(may),
		Columns: []list.Column[Revised]{
			{Label: "修订", Name: "title", URL: func(r Revised) string { return r.URL() },
				Text:    func(_ context.Context, r Revised) string { return r.Title },
				Compare: func(a, b Revised) int { return strings.Compare(a.Title, b.Title) }},
			{Name: "plan", Label: "规划", Text: func(_ context.Context, r Revised) string { return r.PlanName }},
			{Name: "proposed", Label: "提议", Numeric: true, Text: func(_ context.Context, r Revised) string {
				return strconv.Itoa(len(r.Proposals))
			}},
			{Name: "passed", Label: "通过", Numeric: true, Text: func(_ context.Context,
				r Revised) string {
				return strconv.Itoa(r.passed)
			}},
			{Label: "状态", Name: "state", Text: func(ctx context.Context, r Revised) string {
				return part.T(ctx, r.State.Words())
			}, Compare: func(a, b Revised) int { return strings.Compare(string(a.State), string(b.State)) }},
			{Name: "decided", Label: "决定", Text: func(_ context.Context, r Revised) string { return r.DecidedOn }},
			{Label: "更新", Name: "updated", Newest: true, Text: func(_ context.Context, r Revised) string {
				return r.UpdatedAt.In(db.China).Format("2006-01-02")
			}, Compare: func(a, b Revised) int { return a.UpdatedAt.Compare(b.UpdatedAt) }},
		}}
}

func revisions(r *web.Request, in revisionsInput) (d revisionsData, err error) {
	all, err := Every(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	plans, err := planOptions(r)
	if err != nil {
		return d, err
	}
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range lifeOfRevision.States() {
		states.Options = append(states.Options, part.Option{Value: s, Label: part.T(ctx, State(s).Words())})
	}
	rows := []Revised{}
	for _, one := range all {
		if in.State != "" && string(one.State) != in.State || in.Plan != "" && one.Plan != in.Plan {
			continue
		}
		row := Revised{Revision: one}
		for _, p := range one.Proposals {
			if p.Verdict == Passed {
				row.passed++
			}
		}
		for _, o := range plans {
			if o.Value == one.Plan {
				row.PlanName = o.Label
			}
		}
		rows = append(rows, row)
	}
	d.Items, d.Shown, err = revisionsList(r.User.Can(VerbWrite)).Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{states, {Name: "plan", Label: "规划", Value: in.Plan, Options: plans}}}, rows)
	return d, err
}

// planOptions are the plans that the reader may see.
func planOptions(r *web.Request) (all []part.Option, err error) {
	plans, err := plan.Seen(r.Tx, r.User)
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	all = []part.Option{}
	for _, p := range plans {
		all = append(all, part.Option{Value: p.Code, Label: part.Name(ctx, p.Name, p.NameEN)})
	}
	return all, err
}

// options are choices in the reader's language.
func options(ctx context.Context, all []choice) (shown []part.Option) {
	for _, c := range all {
		shown = append(shown, part.Option{Value: c.Code, Label: part.T(ctx, c.Word)})
	}
	return shown
}

// orNone puts before choices that nothing is chosen.
func orNone(ctx context.Context, all []part.Option) []part.Option {
	return append([]part.Option{{Label: part.T(ctx, "请选择")}}, all...)
}

// unitOptions are the units of today in the area of an office, its own area's first.
func unitOptions(r *web.Request, path string) (all []part.Option, err error) {
	units, err := network.AllUnits(r.Tx)
	if err != nil {
		return nil, err
	}
	areas, err := network.AllAreas(r.Tx)
	paths := map[int64]string{}
	for _, a := range areas {
		paths[a.ID] = a.Path
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	var below []part.Option
	for _, u := range units {
		one := part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)}
		switch at := paths[u.AreaID]; {
		case !u.OpenOn(r.Tx.Today()):
		case at == path:
			all = append(all, one)
		case strings.HasPrefix(at, path):
			below = append(below, one)
		}
	}
	return append(all, below...), err
}

// officePath is the area of the office in which the user works.
func officePath(by auth.User) string {
	for _, p := range by.Posts {
		if p.Role == auth.Office {
			return p.AreaPath
		}
	}
	return ""
}

// indicatorOptions are all indicators by code.
func indicatorOptions(r *web.Request) (all []part.Option, err error) {
	list, err := indicator.List(r.Tx)
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, i := range list {
		all = append(all, part.Option{Value: i.Code, Label: i.Code + " " + part.Name(ctx, i.Name, i.NameEN)})
	}
	slices.SortFunc(all, func(a, b part.Option) int { return strings.Compare(a.Value, b.Value) })
	return all, err
}
