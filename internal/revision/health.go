package revision

// The health of an indicator system: of each indicator whether it has data, a target, a counterpart in the national
// set, figures by sex where people are counted, a formula that works, and a unit behind it. All of a plan is read in a
// constant number of statements.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
)

// Gaps that an indicator can have, in the order in which they are shown.
const (
	NoData    = "data"
	NoTarget  = "target"
	NoLink    = "link"
	NotBySex  = "sex"
	NoFormula = "formula"
	NoSource  = "source"
)

var gaps = []choice{{NoData, "没有数据"}, {NoTarget, "未设目标"}, {NoLink, "没有国家衔接"}, {NotBySex, "没有分性别"},
	{NoFormula, "没有可用的公式"}, {NoSource, "没有在任的来源单位"}}

// Standing is one indicator of a plan.
type Standing struct {
	Plan      string   `json:"plan"`
	Domain    string   `json:"domain"`
	Indicator string   `json:"indicator"`
	Name      string   `json:"name"`
	Source    string   `json:"source_unit,omitempty"`
	Period    string   `json:"period,omitempty"` // of the value
	Late      bool     `json:"late,omitempty"`   // the report of the year after is overdue
	Relation  string   `json:"relation,omitempty"`
	Sex       string   `json:"by_sex,omitempty"` // yes, partly, no; empty: it counts no people
	Record    string   `json:"record,omitempty"` // state of the record that is open
	Gaps      []string `json:"gaps"`

	record  string // its id
	since   int    // the year from which on a number is missed
	element string // the first that is not counted by sex
	names   map[string][2]string
}

// lacks says whether the indicator has a gap.
func (s Standing) lacks(gap string) bool { return slices.Contains(s.Gaps, gap) }

// Count is n of m of one sign of health.
type Count struct {
	Gap string `json:"sign"`
	Has int    `json:"has"`
	Of  int    `json:"of"`
}

// Counts are those of all signs. An indicator that counts no people is not asked for figures by sex.
func Counts(all []Standing) (some []Count) {
	for _, g := range gaps {
		c := Count{Gap: g.Code}
		for _, s := range all {
			if g.Code == NotBySex && s.Sex == "" {
				continue
			}
			if c.Of++; !s.lacks(g.Code) {
				c.Has++
			}
		}
		some = append(some, c)
	}
	return some
}

// Health is how the indicators of plans stand, in the plans' order, by domain. Each stands once in a plan.
func Health(tx *db.Tx, by auth.User, plans []plan.Plan) (all []Standing, err error) {
	k, err := knowing(tx, by)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		some, err := k.plan(tx, p)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// knowledge is what the health of all plans is read from.
type knowledge struct {
	indicators []indicator.Indicator
	versions   map[int64][]indicator.Version
	forms      []form.Form
	elements   map[string]element.Element
	units      map[string]network.Unit
	records    map[string]Record // that are not ended, by indicator
	links      map[string]Link   // national first, by indicator
	sexes      map[string]string // how far an element is counted by sex, by code
	today      string
}

func knowing(tx *db.Tx, by auth.User) (k *knowledge, err error) {
	k = &knowledge{units: map[string]network.Unit{}, records: map[string]Record{}, links: map[string]Link{},
		sexes: map[string]string{}, today: tx.Today()}
	if k.indicators, err = indicator.List(tx); err != nil {
		return nil, err
	}
	if k.versions, err = indicator.Versions(tx); err != nil {
		return nil, err
	}
	if k.forms, err = form.List(tx); err != nil {
		return nil, err
	}
	if k.elements, err = element.All(tx); err != nil {
		return nil, err
	}
	units, err := network.AllUnits(tx)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		k.units[u.Code] = u
	}
	records, err := every[Record](tx)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		if r.seen(by) && !r.ended() {
			k.records[r.Indicator] = r
		}
	}
	links, err := every[Link](tx)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if was, there := k.links[l.Local]; l.seen(by) && l.linked() && (!there || was.Level != National) {
			k.links[l.Local] = l
		}
	}
	duties, err := every[Duty](tx)
	for _, d := range duties {
		if d.seen(by) && d.Should {
			k.sexes[d.Element] = worse(k.sexes[d.Element], d.Now)
		}
	}
	return k, err
}

// worse is the one of two that is counted by sex less.
func worse(a, b string) string {
	for _, least := range []string{No, Partly} {
		if a == least || b == least {
			return least
		}
	}
	return Yes
}

// plan is how the indicators of one plan stand.
func (k *knowledge) plan(tx *db.Tx, p plan.Plan) (all []Standing, err error) {
	area, err := network.AreaByID(tx, p.AreaID)
	if err != nil {
		return nil, err
	}
	on, err := indicator.OnGoals(tx, p.Code)
	if err != nil {
		return nil, err
	}
	domains, err := plan.Domains(tx, p.Code)
	if err != nil {
		return nil, err
	}
	goals, err := plan.Goals(tx, p.Code)
	if err != nil {
		return nil, err
	}
	hangs := map[int64]string{}
	of := map[string]string{}
	for _, g := range goals {
		of[g.Code] = g.Domain
	}
	for _, g := range on {
		if hangs[g.IndicatorID] == "" {
			hangs[g.IndicatorID] = of[g.Goal]
		}
	}
	some := slices.DeleteFunc(slices.Clone(k.indicators), func(i indicator.Indicator) bool { return hangs[i.ID] == "" })
	if len(some) == 0 {
		return nil, nil
	}
	due, err := progress.FirstYear(tx, area.ID)
	if err != nil {
		return nil, err
	}
	values, err := progress.Values(tx, progress.Query{Indicators: some, Areas: []network.Area{area}})
	if err != nil {
		return nil, err
	}
	series := progress.ByIndicator(values)
	targets, err := progress.Targets(tx, area.ID, 0)
	if err != nil {
		return nil, err
	}
	for _, d := range domains {
		for _, i := range some {
			if hangs[i.ID] == d.Code {
				s := k.standing(i, p, due, series[i.ID], targets[i.ID])
				s.Domain, s.names["plan"] = d.Name, [2]string{p.Name, p.NameEN}
				s.names["domain"] = [2]string{d.Name, d.NameEN}
				all = append(all, s)
			}
		}
	}
	return all, nil
}

// standing is one indicator.
func (k *knowledge) standing(i indicator.Indicator, p plan.Plan, due int, series []progress.Value,
	targets []indicator.Target) Standing {
	s := Standing{Plan: p.Code, Indicator: i.Code, Name: i.Name, Gaps: []string{}, names: map[string][2]string{
		"name": {i.Name, i.NameEN}}}
	gap := func(is bool, name string) {
		if is {
			s.Gaps = append(s.Gaps, name)
		}
	}
	year, _ := period.FromInt(due * 100)
	v := indicator.VersionAt(k.versions[i.ID], year)
	s.since = max(p.Starts, k.due(v.Formula, due))
	s.Period, s.Late = last(series, k.due(v.Formula, due), p.Starts)
	gap(s.Period == "", NoData)
	if r, open := k.records[i.Code]; open {
		s.Record, s.record = string(r.State), r.ID
	}
	gap(!slices.ContainsFunc(targets, func(t indicator.Target) bool {
		return t.Plan == p.Code && t.Op != indicator.NoTarget
	}), NoTarget)
	l, linked := k.links[i.Code]
	s.Relation = l.Relation
	gap(!linked || l.Level != National, NoLink)
	s.Sex, s.element = k.sex(v.Formula)
	gap(s.Sex != "" && s.Sex != Yes, NotBySex)
	gap(v.Formula == "" || indicator.CanFeed(k.forms, k.elements, i, v) != nil, NoFormula)
	u, known := k.units[i.SourceUnit]
	s.Source, s.names["source"] = u.Code, [2]string{u.Name, u.NameEN}
	gap(!known || !u.OpenOn(k.today), NoSource)
	return s
}

// due is the last year, up to one, of which all that a formula takes had to be reported by now; 0 where no form feeds
// it.
func (k *knowledge) due(text string, year int) (due int) {
	elements := elementsIn(text)
	for _, f := range k.forms {
		if !slices.ContainsFunc(f.Rows, func(r form.Row) bool { return slices.Contains(elements, r.Element) }) {
			continue
		}
		from := year
		if p, err := period.FromInt(year * 100); err == nil && f.Frequency == period.Year && f.DueOn(p) >= k.today {
			from--
		}
		if due == 0 || from < due {
			due = from
		}
	}
	return due
}

// last is the period of the value that counts as the newest: of an indicator that forms feed, one of the year that was
// due last, or of the year before while the report of that year is late, which its own ladder chases; of one that is
// only quoted, which no form makes due, one since the year before the plan.
func last(series []progress.Value, due, starts int) (of string, late bool) {
	owed := due > 0 && slices.ContainsFunc(series, func(v progress.Value) bool {
		return v.Period.Year() == due && v.Rat == nil && v.Due > v.Reported
	})
	for _, v := range slices.Backward(series) {
		year := v.Period.Year()
		switch {
		case v.Rat == nil && !v.Hidden:
		case due > 0 && year >= due, due == 0 && year >= starts-1:
			return v.Period.String(), false
		case owed && year == due-1:
			return v.Period.String(), true
		}
	}
	return "", false
}

// sex is how far the people that a formula counts are counted by sex, and the first element that is not.
func (k *knowledge) sex(text string) (how, first string) {
	for _, code := range elementsIn(text) {
		e, known := k.elements[code]
		if !known || !e.CountsPeople() {
			continue
		}
		now := k.sexes[code]
		switch {
		case e.BySex:
			now = Yes
		case now == "":
			now = No
		}
		if now != Yes && first == "" {
			first = code
		}
		if how == "" {
			how = now
		}
		how = worse(how, now)
	}
	return how, first
}

// elementsIn are the elements of a formula; of one that cannot be read, none.
func elementsIn(text string) []string {
	f, err := formula.Parse(text)
	if err != nil || strings.TrimSpace(text) == "" {
		return nil
	}
	return f.Elements()
}

// valued says whether an indicator has a number since the record says that it has none.
func valued(tx *db.Tx, r Record) (bool, error) {
	i, err := indicator.ByCode(tx, r.Indicator)
	if err != nil {
		return false, err
	}
	areas, err := network.AllAreas(tx)
	if err != nil {
		return false, err
	}
	at := slices.IndexFunc(areas, func(a network.Area) bool { return a.Path == r.AreaPath })
	if at < 0 {
		return false, nil
	}
	values, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{i},
		Areas: []network.Area{areas[at]}})
	return slices.ContainsFunc(values, func(v progress.Value) bool {
		return (v.Rat != nil || v.Hidden) && v.Period.Int() >= r.Since.Int()
	}), err
}

// inForce are the plans that a year lies in, of those the reader may see: all of them if it lies in none.
func inForce(plans []plan.Plan, year int) []plan.Plan {
	some := slices.DeleteFunc(slices.Clone(plans), func(p plan.Plan) bool {
		return year < p.Starts || year > p.Ends || !p.InForce()
	})
	if len(some) == 0 {
		return plans
	}
	return some
}
