package progress

// Routes of the indicators and their list; one indicator's page is web_show.go's.

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes serves the indicators with their values.
func Routes(m *web.Mux) {
	web.View(m, "GET /indicators 列出指标", "indicator.read", list, listPage)
	web.View(m, "GET /indicators/{code} 看一个指标：数值、目标和判断", "indicator.read", show, showPage)
	web.View(m, "GET /indicators/{code}/values 取一个指标各地区各期的数值", "indicator.read", values, nil)
}

// areaOf is the area with code that is open today, the root if code is empty; missing if its figures are not for the
// user.
func areaOf(r *web.Request, code string) (a network.Area, err error) {
	if code == "" {
		a, err = network.Root(r.Tx)
	} else {
		a, err = network.AreaByCode(r.Tx, code, "")
	}
	if err == nil && !r.User.SeesFigures(a.Path) {
		err = errs.Missingf("没有找到这项内容。它可能已被删除，或者您没有查看权限。")
	}
	return a, err
}

type listInput struct {
	Plan   string `json:"plan"`
	Year   int    `json:"year"`
	Search string `json:"q"`
}

type listData struct {
	Area   network.Area `json:"area"`
	Year   int          `json:"year"` // as of which all is said
	Groups []group      `json:"groups"`
	Plan   string       `json:"plan,omitempty"`
	Search string       `json:"q,omitempty"`

	plans []plan.Plan
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
}

func list(r *web.Request, in listInput) (d listData, err error) {
	d.Plan, d.Search = in.Plan, strings.TrimSpace(in.Search)
	if d.Area, err = network.Root(r.Tx); err != nil {
		return d, err
	}
	if d.plans, err = plan.Seen(r.Tx, r.User); err != nil {
		return d, err
	}
	if in.Plan != "" {
		if !slices.ContainsFunc(d.plans, func(p plan.Plan) bool { return p.Code == in.Plan }) {
			return d, errs.In("plan", errs.Missingf("没有这个规划。"))
		}
	}
	if d.Year, err = yearOr(r.Tx, d.Area.ID, in.Year); err != nil {
		return d, err
	}
	entries, err := entries(r.Tx, d.Area, d.Year)
	if err != nil {
		return d, err
	}
	grouped := map[int64]bool{}
	for _, p := range d.plans {
		groups, err := domains(r.Tx, p, entries)
		if err != nil {
			return d, err
		}
		for _, g := range groups {
			for _, e := range g.Rows {
				grouped[e.latest.Indicator.ID] = true
			}
			if in.Plan == "" || in.Plan == p.Code {
				d.add(g)
			}
		}
	}
	if in.Plan == "" {
		var rest group
		for _, e := range entries {
			if !grouped[e.latest.Indicator.ID] {
				rest.Rows = append(rest.Rows, e)
			}
		}
		d.add(rest)
	}
	return d, nil
}

// add keeps what the search leaves of a group.
func (d *listData) add(g group) {
	var found []entry
	for _, e := range g.Rows {
		i := e.latest.Indicator
		if d.Search == "" || strings.Contains(strings.ToLower(i.Code+" "+i.Name+" "+i.NameEN),
			strings.ToLower(d.Search)) {
			found = append(found, e)
		}
	}
	if g.Rows = found; len(found) > 0 {
		d.Groups = append(d.Groups, g)
	}
}

// yearOr is the year asked for, else the one to start with.
func yearOr(tx *db.Tx, areaID int64, asked int) (int, error) {
	if asked != 0 {
		return asked, nil
	}
	return FirstYear(tx, areaID)
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

// domains groups entries by the domains of p, each at most once in a domain.
func domains(tx *db.Tx, p plan.Plan, entries []entry) ([]group, error) {
	all, err := plan.Domains(tx, p.Code)
	if err != nil {
		return nil, err
	}
	goals, err := plan.Goals(tx, p.Code)
	if err != nil {
		return nil, err
	}
	on, err := indicator.OnGoals(tx, p.Code)
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

// Table is the list for CSV.
func (d listData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "indicators", Columns: []table.Column{
		{Name: "规划"}, {Name: "领域"}, {Name: "指标代码"}, {Name: "指标"}, {Name: "期间"},
		{Name: "数值", Number: true}, {Name: "计量单位"}, {Name: "状态", Words: true}, {Name: "状态代码"},
		{Name: "来源性质", Words: true}, {Name: "来源性质代码"}, {Name: "进展", Words: true}, {Name: "进展代码"},
		{Name: "理由"}}}
	for _, g := range d.Groups {
		for _, e := range g.Rows {
			t.Rows = append(t.Rows, []string{part.Name(ctx, g.Plan, g.PlanEN), part.Name(ctx, g.Domain, g.DomainEN),
				e.Indicator, part.Name(ctx, e.Name, e.nameEN), e.Period, e.Value, part.Unit(ctx, e.Unit, e.unitEN),
				string(e.Status.Words()), string(e.Status), string(e.Origin.Words()), string(e.Origin),
				part.LampWord(ctx, string(e.Verdict.Lamp)), string(e.Verdict.Lamp),
				part.Say(ctx, e.Verdict.Words...)})
		}
	}
	return t
}

type valuesInput struct {
	Code   string `json:"code"`
	Area   string `json:"area"`
	Period string `json:"period"`
	Sex    string `json:"sex"`
}

// valuesData is the answer for programs.
type valuesData struct {
	Indicator indicator.Indicator `json:"indicator"`
	Values    []Shown             `json:"values"`
}

// values answers one period or, without period, all that are known.
func values(r *web.Request, in valuesInput) (d valuesData, err error) {
	if d.Indicator, err = indicator.ByCode(r.Tx, in.Code); err != nil {
		return d, err
	}
	area, err := areaOf(r, in.Area)
	if err != nil {
		return d, err
	}
	sex, err := quantity.ParseSex(in.Sex)
	if err != nil {
		return d, err
	}
	q := Query{Indicators: []indicator.Indicator{d.Indicator}, Areas: []network.Area{area}, Sexes: []int{sex}}
	if in.Period != "" {
		p, err := period.Parse(in.Period)
		if err != nil {
			return d, err
		}
		q.Periods = []period.Period{p}
	}
	found, err := Values(r.Tx, q)
	d.Values = shownSeries(found)
	return d, err
}

// Table is the values for CSV.
func (d valuesData) Table(ctx context.Context) table.Table {
	return valuesTable(ctx, d.Indicator.Code, d.Values)
}

func valuesTable(ctx context.Context, name string, values []Shown) table.Table {
	t := table.Table{Name: name, Columns: []table.Column{
		{Name: "指标代码"}, {Name: "指标"}, {Name: "区域代码"}, {Name: "区域"}, {Name: "期间"},
		{Name: "性别", Words: true}, {Name: "性别代码"}, {Name: "口径代码"}, {Name: "数值", Number: true},
		{Name: "约数"}, {Name: "计量单位"}, {Name: "分子", Number: true}, {Name: "分母", Number: true},
		{Name: "状态", Words: true}, {Name: "状态代码"}, {Name: "来源性质", Words: true}, {Name: "来源性质代码"},
		{Name: "已报份数", Number: true}, {Name: "应报份数", Number: true}, {Name: "公开发布"},
		{Name: "不可比的理由"}, {Name: "出处"}}}
	for _, v := range values {
		sex, _ := quantity.ParseSex(v.Sex)
		var published []string
		for _, q := range v.Published {
			published = append(published, q.Value+" ("+q.SourceTitle+")")
		}
		t.Rows = append(t.Rows, []string{v.Indicator, part.Name(ctx, v.Name, v.nameEN), v.Area,
			part.Name(ctx, v.AreaName, v.areaEN), v.Period,
			string(quantity.SexWords(sex)), v.Sex, v.Calibre, v.Value, v.Mark,
			part.Unit(ctx, v.Unit, v.unitEN), v.Numerator, v.Denominator,
			string(v.Status.Words()), string(v.Status), string(v.Origin.Words()), string(v.Origin),
			count(v.Reported), count(v.Due), strings.Join(published, "; "), v.Break,
			v.Proof})
	}
	return t
}

// show is the page of one indicator, as of the same year.
func (d listData) show(e entry) string {
	return "/indicators/" + url.PathEscape(e.Indicator) + "?year=" + strconv.Itoa(d.Year)
}
