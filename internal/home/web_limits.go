package home

// The limits of all steps on one page: how long each may take, whether the city set that and by which rule, or whether
// it is the program's proposal that nobody has confirmed. They are set in the file city.yaml.

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// limitRow is a limit as it is in force.
type limitRow struct {
	Name      string `json:"name"`
	Of        string `json:"of"`
	Words     string `json:"runs_from"`
	Within    string `json:"within"`
	Proposed  string `json:"proposed"`
	Confirmed bool   `json:"confirmed"`
	Basis     string `json:"basis,omitempty"`
}

type limitsInput struct {
	Status string `json:"status" enum:"proposed,confirmed" doc:"Whether the city set it."`
	Sort   string `json:"sort"`
	Page   int    `json:"page"`
}

type limitsData struct {
	Limits []limitRow `json:"limits"`
	list.Shown[limitRow]
}

func showLimits(all module.List) func(*web.Request, limitsInput) (limitsData, error) {
	return func(r *web.Request, in limitsInput) (d limitsData, err error) {
		ctx := part.With(r.Context, part.Env{Lang: r.Lang})
		var rows []limitRow
		for _, life := range all.Flows() {
			for _, l := range life.Limited() {
				now, err := l.InForce(r.Tx)
				if err != nil {
					return d, err
				}
				if in.Status == "proposed" && now.Confirmed || in.Status == "confirmed" && !now.Confirmed {
					continue
				}
				of, _, _ := strings.Cut(l.Name, ".")
				rows = append(rows, limitRow{Name: l.Name, Of: part.T(ctx, auth.Group(of)), Words: part.T(ctx, l.Words),
					Within: now.Limit.In(r.Lang), Proposed: l.Within.In(r.Lang), Confirmed: now.Confirmed,
					Basis: now.Basis})
			}
		}
		of := list.Filter{Name: "status", Label: "状态", Value: in.Status, Options: []part.Option{
			{Label: part.T(ctx, "全部")}, {Value: "proposed", Label: part.T(ctx, "待确认")},
			{Value: "confirmed", Label: part.T(ctx, "本市已定")}}}
		d.Limits, d.Shown, err = limitList.Sorted(r,
			list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{of}}, rows)
		return d, err
	}
}

var limitList = list.List[limitRow]{Path: "/limits", File: "limits", Title: "各步的期限", First: "name", Size: 200,
	Intro: say.New("一步办完以后，下一步多久之内办。写着“待确认”的是程序的默认值；妇儿工委办用导入文件 city.yaml 定下期限，" +
		"并写明出自哪项制度哪一条。"),
	Empty: list.Empty{Title: "没有这样的期限", Next: "换一个状态看。"},
	Columns: []list.Column[limitRow]{
		{Name: "of", Label: "办什么", Text: func(_ context.Context, l limitRow) string { return l.Of },
			Compare: func(a, b limitRow) int { return strings.Compare(a.Of, b.Of) }},
		{Name: "runs_from", Label: "从哪一步算起",
			Text:    func(_ context.Context, l limitRow) string { return l.Words },
			Compare: func(a, b limitRow) int { return strings.Compare(a.Words, b.Words) }},
		{Label: "多久之内", Unsorted: "有的按天、有的按工作日，不能排序。",
			Text: func(_ context.Context, l limitRow) string { return l.Within }},
		{Label: "默认值", Unsorted: "有的按天、有的按工作日，不能排序。",
			Text: func(_ context.Context, l limitRow) string { return l.Proposed }},
		{Name: "basis", Label: "依据", Text: func(ctx context.Context, l limitRow) string {
			if !l.Confirmed {
				return part.T(ctx, "待确认")
			}
			if l.Basis == "" {
				return part.T(ctx, "本市已定，没有写明依据")
			}
			return l.Basis
		}, Compare: func(a, b limitRow) int { return strings.Compare(a.Basis, b.Basis) }},
		{Name: "name", Label: "代码", Text: func(_ context.Context, l limitRow) string { return l.Name },
			Compare: func(a, b limitRow) int { return strings.Compare(a.Name, b.Name) }},
	}}

func limitsPage(d limitsData) templ.Component { return list.Page(d.Shown) }
