package supervision

// The list of findings.

import (
	"cmp"
	"context"
	"strings"

	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type findingsInput struct {
	State string `json:"state" enum:"filed,confirmed,shown,answered,dropped" doc:"State of a finding."`
	Kind  string `json:"kind" enum:"problem,practice,suggestion"`
	Area  string `json:"area" doc:"Code of the area."`
	About string `json:"about" doc:"What it is about: round/ID."`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

// findingRow is a finding in the list.
type findingRow struct {
	Finding
	Area     string      `json:"area"`
	Criteria []Criterion `json:"criteria"`
	area     say.Name
}

type findingsData struct {
	Items []findingRow `json:"findings"`
	list.Shown[findingRow]
}

func findings(today string) list.List[findingRow] {
	by := func(of func(findingRow) string) func(a, b findingRow) int {
		return func(a, b findingRow) int { return cmp.Or(cmp.Compare(of(a), of(b)), cmp.Compare(a.ID, b.ID)) }
	}
	return list.List[findingRow]{Path: "/findings", File: "findings", Title: "督导发现", First: "-number", Size: 50,
		Intro: say.New("看到的问题和经验：有依据、有证据，组长确认，区里核对，书面反馈。"),
		Empty: list.Empty{Title: "还没有督导发现", Next: "督导时在手机记录页上记的发现会列在这里。", Label: "督导走访",
			URL: "/visits"},
		Columns: []list.Column[findingRow]{
			{Name: "content", Label: "内容", URL: func(f findingRow) string { return f.URL() },
				Text: func(_ context.Context, f findingRow) string { return say.Title(f.Text, 60) }},
			{Name: "number", Label: "编号", Newest: true, Text: func(_ context.Context, f findingRow) string {
				return f.Number
			}, Compare: func(a, b findingRow) int { return cmp.Compare(a.ID, b.ID) }},
			{Name: "area", Label: "地区", Compare: by(func(f findingRow) string { return f.Area }),
				Text: func(ctx context.Context, f findingRow) string { return called(ctx, f.area) }},
			{Name: "kind", Label: "类别", Compare: by(func(f findingRow) string { return f.Kind }),
				Text: func(ctx context.Context, f findingRow) string { return word(ctx, findingKinds, f.Kind) }},
			{Name: "weight", Label: "程度", Text: func(ctx context.Context, f findingRow) string {
				return word(ctx, weights,
					f.Weight)
			}},
			{Label: "依据", Saved: true, Text: func(ctx context.Context, f findingRow) string {
				var all []string
				for _, c := range f.Criteria {
					all = append(all, c.words(ctx))
				}
				return strings.Join(all, part.T(ctx, "；"))
			}},
			{Name: "state", Label: "状态", Compare: by(func(f findingRow) string { return string(f.State) }),
				Text: func(ctx context.Context, f findingRow) string { return part.T(ctx, f.State.words()) }},
			{Name: "answer", Label: "区方意见",
				Text: func(ctx context.Context, f findingRow) string { return f.saysIn(ctx, today) }},
		}}
}

func (p pages) showFindings(r *web.Request, in findingsInput) (d findingsData, err error) {
	if err := p.known(r.Tx, r.User, in.About); err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []State{Filed, Confirmed, Shown, Answered, Dropped} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.words())})
	}
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{states,
		{Name: "kind", Label: "类别", Value: in.Kind, Options: options(ctx, findingKinds, "")},
		{Name: "area", Value: in.Area, Hidden: true}, {Name: "about", Value: in.About, Hidden: true}}}
	var area network.Area
	if in.Area != "" {
		if area, err = areaSeen(r.Tx, r.User, in.Area); err != nil {
			return d, err
		}
	}
	all, err := findingsSeen(r.Tx, r.User, in.About, area.ID)
	if err != nil {
		return d, err
	}
	var rows []findingRow
	for _, f := range all {
		if in.State != "" && string(f.State) != in.State || in.Kind != "" && f.Kind != in.Kind {
			continue
		}
		a, err := network.AreaByID(r.Tx, f.AreaID)
		if err != nil {
			return d, err
		}
		against, err := f.criteria(r.Tx)
		if err != nil {
			return d, err
		}
		rows = append(rows, findingRow{f, a.Code, append([]Criterion{}, against...), say.Name{ZH: a.Name,
			EN: a.NameEN}})
	}
	d.Items, d.Shown, err = findings(r.Tx.Today()).Sorted(r, at, rows)
	d.Items = append([]findingRow{}, d.Items...)
	return d, err
}
