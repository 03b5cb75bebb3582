package revision

// The page of the health of an indicator system: counts on top, each a filter; below, the indicators with what they
// lack, each gap with the act that mends it.

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type healthInput struct {
	Plan string `json:"plan"`
	Gap  string `json:"gap" enum:"data,target,link,sex,formula,source" doc:"Only indicators that lack this."`
	Unit string `json:"unit"`
	tag.Choice
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type healthData struct {
	Counts []Count    `json:"counts"`
	Items  []Standing `json:"indicators"`
	list.Shown[Standing]
}

// shownSign is a count as the page has it, with the address that shows only what lacks it.
type shownSign struct {
	Count
	label say.Key
	url   string
	on    bool
}

// signs are what the counts are called where they say what there is, not what is missing.
var signs = []choice{{NoData, "有数据"}, {NoTarget, "有目标"}, {NoLink, "已衔接国家指标"}, {NotBySex, "分性别"},
	{NoFormula, "公式可用"}, {NoSource, "来源单位在任"}}

func healthList(d healthData, in healthInput, may func(verb string) bool) list.List[Standing] {
	name := func(of string) func(ctx context.Context, s Standing) string {
		return func(ctx context.Context, s Standing) string { return part.Name(ctx, s.names[of][0], s.names[of][1]) }
	}
	by := func(of string) func(a, b Standing) int {
		return func(a, b Standing) int { return strings.Compare(a.names[of][0], b.names[of][0]) }
	}
	has := func(gap string) func(ctx context.Context, s Standing) string {
		return func(ctx context.Context, s Standing) string { return part.T(ctx, s.says(gap)) }
	}
	return list.List[Standing]{Path: "/health", File: "indicator-health", Title: "指标体系健康", Size: 200,
		Intro: say.New("每个指标都要有数据或有人在找，跟得上国家指标，数人的分性别。"),
		Empty: list.Empty{Title: "没有指标", Next: "换一个条件看看；规划的指标用 yipanqi import 导入。"},
		Above: healthSigns(d.signs(in)), Actions: healthActions(),
		Columns: []list.Column[Standing]{
			{Label: "规划", Name: "plan", Group: true, Text: name("plan"), Compare: by("plan")},
			{Label: "领域", Name: "domain", Group: true, Text: name("domain"), Compare: by("domain")},
			{Label: "指标", Name: "name", Text: name("name"), Compare: by("name"),
				URL: func(s Standing) string { return "/indicators/" + url.PathEscape(s.Indicator) }},
			{Label: "代码", Name: "code", Text: func(_ context.Context, s Standing) string { return s.Indicator },
				Compare: func(a, b Standing) int { return strings.Compare(a.Indicator, b.Indicator) }},
			{Label: "来源单位", Name: "unit", Text: name("source"), Compare: by("source")},
			{Label: "数据", Name: "period", Newest: true,
				Text: func(ctx context.Context, s Standing) string {
					if s.Late {
						return part.T(ctx, "%s，下一年迟报", s.Period)
					}
					return cmp.Or(s.Period, has(NoData)(ctx, s))
				},
				Compare: func(a, b Standing) int { return strings.Compare(a.Period, b.Period) }},
			{Label: "目标", Saved: true, Text: has(NoTarget)},
			{Label: "国家衔接", Saved: true, Text: has(NoLink)},
			{Label: "分性别", Saved: true, Text: has(NotBySex)},
			{Label: "公式", Saved: true, Text: has(NoFormula)},
			{Label: "来源单位在任", Saved: true, Text: has(NoSource)},
			{Label: "缺什么", Drawn: true, Name: "gaps", Newest: true,
				Show:    func(s Standing) templ.Component { return gapsOf(s, may) },
				Text:    func(ctx context.Context, s Standing) string { return s.missing(ctx) },
				Compare: func(a, b Standing) int { return len(a.Gaps) - len(b.Gaps) }},
		}}
}

// says is what a sign of health of an indicator is in a word.
func (s Standing) says(gap string) say.Key {
	switch {
	case gap == NotBySex && s.Sex == "":
		return "不计人"
	case gap == NotBySex && s.Sex == Partly:
		return "部分分"
	case gap == NoData && s.lacks(gap) && s.Record != "":
		return State(s.Record).Words()
	case s.lacks(gap):
		return "没有"
	}
	return "有"
}

// missing are the gaps in words.
func (s Standing) missing(ctx context.Context) string {
	var all []string
	for _, g := range s.Gaps {
		all = append(all, part.T(ctx, word(gaps, g)))
	}
	return part.Join(ctx, all)
}

// mend is where a gap is mended; "" where only a file of the import does, or the user may not.
func (s Standing) mend(gap string, may func(verb string) bool) string {
	q := url.Values{"indicator": {s.Indicator}}
	switch {
	case gap == NoData && s.record != "":
		return "/no-data/" + s.record
	case gap == NoData && may(VerbOpen):
		q.Set("since", strconv.Itoa(s.since))
		return "/no-data/new?" + q.Encode()
	case gap == NoLink && may(VerbLink):
		return "/indicator-links/new?local=" + url.QueryEscape(s.Indicator)
	case gap == NotBySex && may(VerbDuty):
		return "/sex-duties/new?element=" + url.QueryEscape(s.element)
	case (gap == NoFormula || gap == NoSource) && may(VerbWrite):
		return "/revisions?plan=" + url.QueryEscape(s.Plan)
	}
	return ""
}

// signs are the counts with their addresses.
func (d healthData) signs(in healthInput) (all []shownSign) {
	for _, c := range d.Counts {
		q := url.Values{"gap": {c.Gap}}
		for name, value := range map[string]string{"plan": in.Plan, "unit": in.Unit, "tag": in.Tag} {
			if value != "" {
				q.Set(name, value)
			}
		}
		if in.Gap == c.Gap {
			q.Del("gap")
		}
		all = append(all, shownSign{c, word(signs, c.Gap), strings.TrimSuffix("/health?"+q.Encode(), "?"),
			in.Gap == c.Gap})
	}
	return all
}

func health(r *web.Request, in healthInput) (d healthData, err error) {
	plans, err := plan.Seen(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	of := list.Filter{Name: "plan", Label: "规划", Value: in.Plan, Options: []part.Option{}}
	for _, p := range plans {
		of.Options = append(of.Options, part.Option{Value: p.Code, Label: part.Name(ctx, p.Name, p.NameEN)})
	}
	kept, err := in.Choice.Read(r.Tx)
	if err != nil {
		return d, err
	}
	some := inForce(plans, yearOf(r.Tx.Today()))
	if in.Plan != "" {
		some = slices.DeleteFunc(slices.Clone(plans), func(p plan.Plan) bool { return p.Code != in.Plan })
	}
	rows, err := Health(r.Tx, r.User, some)
	if err != nil {
		return d, err
	}
	units := list.Filter{Name: "unit", Label: "来源单位", Value: in.Unit, Options: sources(ctx, rows)}
	rows = slices.DeleteFunc(rows, func(s Standing) bool {
		return in.Unit != "" && s.Source != in.Unit || !kept.Indicator(s.Indicator)
	})
	d.Counts = Counts(rows)
	lacks := list.Filter{Name: "gap", Label: "缺什么", Value: in.Gap}
	for _, g := range gaps {
		lacks.Options = append(lacks.Options, part.Option{Value: g.Code, Label: part.T(ctx, g.Word)})
	}
	if in.Gap != "" {
		rows = slices.DeleteFunc(rows, func(s Standing) bool { return !s.lacks(in.Gap) })
	}
	d.Items, d.Shown, err = healthList(d, in, r.User.Can).Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{of, lacks, units, kept.Filter(ctx)}}, rows)
	return d, err
}

// sources are the units that are the source of an indicator, by name.
func sources(ctx context.Context, rows []Standing) []part.Option {
	all := []part.Option{}
	for _, s := range rows {
		if s.Source != "" && !slices.ContainsFunc(all, func(o part.Option) bool { return o.Value == s.Source }) {
			all = append(all, part.Option{Value: s.Source, Label: part.Name(ctx, s.names["source"][0],
				s.names["source"][1])})
		}
	}
	slices.SortFunc(all, func(a, b part.Option) int { return strings.Compare(a.Label, b.Label) })
	return all
}

// unitNames says what units are called, in the reader's language.
func unitNames(r *web.Request) (func(code string) string, error) {
	units, err := network.AllUnits(r.Tx)
	by := map[string]network.Unit{}
	for _, u := range units {
		by[u.Code] = u
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	return func(code string) string { return part.Name(ctx, by[code].Name, by[code].NameEN) }, err
}
