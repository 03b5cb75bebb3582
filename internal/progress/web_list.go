package progress

// The list of indicators, by domain, each with its newest value and lamp; one indicator's page is web_show.go's.

import (
	"cmp"
	"context"
	"math/big"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type listInput struct {
	tag.Choice
	Plan   string `json:"plan"`
	Year   int    `json:"year"`
	Search string `json:"q"`
	Sort   string `json:"sort"`
	Page   int    `json:"page"`
}

type listData struct {
	Area   network.Area `json:"area"`
	Year   int          `json:"year"` // as of which all is said
	Groups []group      `json:"groups"`
	Plan   string       `json:"plan,omitempty"`
	Search string       `json:"q,omitempty"`
	Tag    string       `json:"tag,omitempty"`
	list.Shown[entry]

	plans []plan.Plan
	kept  tag.Kept
}

// group is the indicators of one domain of a plan; of none for those that hang on no goal.
type group struct {
	Plan     string  `json:"plan"`
	PlanEN   string  `json:"-"`
	Domain   string  `json:"domain"`
	DomainEN string  `json:"-"`
	Rows     []entry `json:"indicators"`
}

// entry is an indicator with its latest value as of the year and how it stands.
type entry struct {
	Shown
	Verdict Verdict `json:"verdict"`

	latest Value
	under  *group // the domain under which it is listed
}

func indicators(d listData) list.List[entry] {
	return list.List[entry]{Path: "/indicators", File: "indicators", Title: "指标", Intro: d.intro(), Size: 200,
		Empty: list.Empty{Title: "还没有指标", Next: "用 yipanqi import 导入 indicators.csv 后显示在这里。"},
		Columns: []list.Column[entry]{
			{Label: "规划", Name: "plan", Group: true,
				Text: func(ctx context.Context, e entry) string {
					return part.Name(ctx, e.under.Plan, e.under.PlanEN)
				},
				Compare: func(a, b entry) int { return strings.Compare(a.under.Plan, b.under.Plan) }},
			{Label: "领域", Name: "domain", Group: true,
				Text:    func(ctx context.Context, e entry) string { return e.under.title(ctx) },
				Compare: func(a, b entry) int { return strings.Compare(a.under.Domain, b.under.Domain) }},
			{Label: "指标代码", Saved: true, Text: func(_ context.Context, e entry) string { return e.Indicator }},
			{Name: "name", Label: "指标", URL: d.show,
				Text:    func(ctx context.Context, e entry) string { return part.Name(ctx, e.Name, e.nameEN) },
				Compare: func(a, b entry) int { return strings.Compare(a.Name, b.Name) }},
			{Name: "code", Label: "代码", Drawn: true,
				Text:    func(_ context.Context, e entry) string { return e.Indicator },
				Compare: func(a, b entry) int { return strings.Compare(a.Indicator, b.Indicator) }},
			{Name: "period", Label: "期间", Newest: true,
				Text:    func(_ context.Context, e entry) string { return e.Period },
				Show:    func(e entry) templ.Component { return periodCell(e) },
				Compare: func(a, b entry) int { return cmp.Compare(a.latest.Period.Int(), b.latest.Period.Int()) }},
			{Name: "value", Label: "数值", Numeric: true, Newest: true,
				Text:    func(_ context.Context, e entry) string { return e.Value },
				Show:    func(e entry) templ.Component { return valueCell(e) },
				Compare: func(a, b entry) int { return rank(a).Cmp(rank(b)) }},
			{Label: "计量单位", Saved: true,
				Text: func(ctx context.Context, e entry) string { return part.Unit(ctx, e.Unit, e.unitEN) }},
			{Label: "状态", Saved: true,
				Text: func(ctx context.Context, e entry) string { return part.T(ctx, e.Status.Words()) }},
			{Label: "状态代码", Saved: true, Text: func(_ context.Context, e entry) string { return string(e.Status) }},
			{Label: "来源性质", Saved: true,
				Text: func(ctx context.Context, e entry) string { return part.T(ctx, e.Origin.Words()) }},
			{Label: "来源性质代码", Saved: true,
				Text: func(_ context.Context, e entry) string { return string(e.Origin) }},
			{Name: "lamp", Label: "评价", Drawn: true, Show: func(e entry) templ.Component { return lampCell(e) },
				Compare: func(a, b entry) int {
					return strings.Compare(string(a.Verdict.Lamp), string(b.Verdict.Lamp))
				}},
			{Label: "进展", Saved: true, Text: func(ctx context.Context, e entry) string {
				return part.LampWord(ctx, string(e.Verdict.Lamp))
			}},
			{Label: "进展代码", Saved: true,
				Text: func(_ context.Context, e entry) string { return string(e.Verdict.Lamp) }},
			{Label: "理由", Saved: true,
				Text: func(ctx context.Context, e entry) string { return part.Say(ctx, e.Verdict.Words...) }},
			{Label: "数的说明", Saved: true,
				Text: func(ctx context.Context, e entry) string { return part.Say(ctx, e.why...) }},
		}}
}

// rank is the value to sort by; what has none comes before all that has.
func rank(e entry) *big.Rat {
	if e.latest.Rat == nil {
		return big.NewRat(-1<<62, 1)
	}
	return e.latest.Rat
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	d.Plan, d.Search, d.Tag = in.Plan, strings.TrimSpace(in.Search), in.Tag
	if d.kept, err = in.Choice.Read(r.Tx); err != nil {
		return d, err
	}
	if d.Area, err = network.Root(r.Tx); err != nil {
		return d, err
	}
	if d.plans, err = plan.Seen(r.Tx, r.User); err != nil {
		return d, err
	}
	if d.Year, err = yearOr(r.Tx, d.Area.ID, in.Year); err != nil {
		return d, err
	}
	rows, err := d.rows(r.Tx)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	of := list.Filter{Name: "plan", Label: "规划", Value: d.Plan, Options: []part.Option{}}
	for _, p := range d.plans {
		of.Options = append(of.Options, part.Option{Value: p.Code, Label: part.Name(ctx, p.Name, p.NameEN)})
	}
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{of, d.kept.Filter(ctx),
		{Name: "q", Label: "名称或代码", Value: d.Search}}}
	if in.Year != 0 {
		at.Filters = append(at.Filters, list.Filter{Name: "year", Value: strconv.Itoa(in.Year), Hidden: true})
	}
	rows, d.Shown, err = indicators(d).Sorted(r, at, rows)
	for _, e := range rows {
		if n := len(d.Groups); n == 0 || d.Groups[n-1].Plan != e.under.Plan || d.Groups[n-1].Domain != e.under.Domain {
			d.Groups = append(d.Groups, *e.under)
		}
		last := &d.Groups[len(d.Groups)-1]
		last.Rows = append(last.Rows, e)
	}
	return d, err
}

// rows are the indicators of the plan, or of all, that have the words, under each domain that has them.
func (d listData) rows(tx *db.Tx) (rows []entry, err error) {
	entries, err := entries(tx, d.Area, d.Year)
	if err != nil {
		return nil, err
	}
	grouped := map[int64]bool{}
	add := func(g group) {
		under := g
		under.Rows = nil
		for _, e := range g.Rows {
			e.under = &under
			if i := e.latest.Indicator; d.kept.Indicator(i.Code) && d.said(i) {
				rows = append(rows, e)
			}
		}
	}
	for _, p := range d.plans {
		groups, err := domains(tx, p, entries, d.Year)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			for _, e := range g.Rows {
				grouped[e.latest.Indicator.ID] = true
			}
			if d.Plan == "" || d.Plan == p.Code {
				add(g)
			}
		}
	}
	if d.Plan == "" {
		add(group{Rows: slices.DeleteFunc(entries, func(e entry) bool { return grouped[e.latest.Indicator.ID] })})
	}
	return rows, nil
}

// said says whether an indicator has the words that are looked for.
func (d listData) said(i indicator.Indicator) bool {
	return strings.Contains(strings.ToLower(i.Code+" "+i.Name+" "+i.NameEN), strings.ToLower(d.Search))
}

// show is the page of one indicator, as of the same year.
func (d listData) show(e entry) string {
	return "/indicators/" + url.PathEscape(e.Indicator) + "?year=" + strconv.Itoa(d.Year)
}

// entries are all indicators in their order, judged in area as of the year.
func entries(tx *db.Tx, area network.Area, year int) ([]entry, error) {
	indicators, err := indicator.List(tx)
	if err != nil {
		return nil, err
	}
	values, err := Values(tx, Query{Indicators: indicators, Areas: []network.Area{area}})
	if err != nil {
		return nil, err
	}
	targets, err := Targets(tx, area.ID, 0)
	if err != nil {
		return nil, err
	}
	by := ByIndicator(values)
	var all []entry
	for _, i := range indicators {
		s := AsOf(i, area, by[i.ID], year, First(TargetsAt(targets[i.ID], year)))
		all = append(all, entry{Shown: s.Value.Shown(), Verdict: s.Verdict, latest: s.Value})
	}
	return all, nil
}

// domains groups entries by the domains of p as of a year, each at most once in a domain.
func domains(tx *db.Tx, p plan.Plan, entries []entry, year int) ([]group, error) {
	all, err := plan.Domains(tx, p.Code)
	if err != nil {
		return nil, err
	}
	goals, err := plan.Goals(tx, p.Code)
	if err != nil {
		return nil, err
	}
	on, err := indicator.OnGoalsIn(tx, p.Code, year)
	if err != nil {
		return nil, err
	}
	domainOf, member := map[string]string{}, map[string]map[int64]bool{}
	for _, g := range goals {
		domainOf[g.Code] = g.Domain
	}
	for _, o := range on {
		domain := domainOf[o.Goal]
		if member[domain] == nil {
			member[domain] = map[int64]bool{}
		}
		member[domain][o.IndicatorID] = true
	}
	var groups []group
	for _, d := range all {
		g := group{Plan: p.Name, PlanEN: p.NameEN, Domain: d.Name, DomainEN: d.NameEN}
		for _, e := range entries {
			if member[d.Code][e.latest.Indicator.ID] {
				g.Rows = append(g.Rows, e)
			}
		}
		groups = append(groups, g)
	}
	return groups, nil
}
