package plan

// Routes of the plans. How goals stand comes from above by a function: this package knows no indicator.

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Standing is how the indicators of a plan's goals stand in an area and a year, and which confirmed records serve the
// goals. Who works them out ranks above plans.
type Standing struct {
	Area       network.Area               `json:"area"`
	Year       int                        `json:"year"`
	Indicators any                        `json:"indicators"`           // by goal, as the board has them
	Records    any                        `json:"records,omitempty"`    // by goal, of each register
	Open       map[string][]OpenItems     `json:"open_items,omitempty"` // by goal, or OfMeasure: what is followed up
	Names      map[string][]string        `json:"-"`                    // of the indicators, by goal
	Served     map[string][]string        `json:"-"`                    // in short what of registers serves a goal
	Under      map[string]templ.Component `json:"-"`                    // by goal
	Tag        string                     `json:"tag,omitempty"`        // only goals that it marks are listed
	Tags       map[string][]say.Name      `json:"-"`                    // of a goal
	Pick       templ.Component            `json:"-"`                    // the choice of a tag
	Lists      func(goal string) bool     `json:"-"`
}

// OfMeasure is the key by which what stands under a measure is found: measures and goals may have the same codes.
func OfMeasure(code string) string { return "measure " + code }

// OpenItems are items that are open of a goal or a measure; Query finds them in the ledger.
type OpenItems struct {
	Query string `json:"query"`
	Open  int    `json:"open"`
	Late  int    `json:"overdue"`
}

// Routes adds the plans and their breakdown among the units; standing says how the goals' indicators stand.
func Routes(m *web.Mux, standing func(*web.Request, Plan, string) (Standing, error)) {
	shown := func(r *web.Request, in showInput) (showData, error) {
		d, err := show(r, in)
		if err == nil {
			d.Standing, err = standing(r, d.Plan, in.Tag)
			d.narrow()
		}
		return d, err
	}
	web.View(m, "GET /plans 列出规划", "plan.read", showList, listPage, web.AsOf)
	web.View(m, "GET /plans/{code} 看一个规划的目标、指标和责任单位", "plan.read", shown, showPage, web.AsOf)
	web.Form(m, "POST /plans/{code}/steps 登记规划的一个阶段", VerbStep, record, shown, showPage)
}

type showInput struct {
	Code string `json:"code"`
	Unit string `json:"unit"` // only the goals that this unit answers for
	Tag  string `json:"tag" doc:"Only goals and indicators that a tag (set/tag), or any tag of a set, marks."`
}

// showData is a plan with its breakdown 目标任务分解书.
type showData struct {
	Plan    Plan          `json:"plan"`
	Life    []Step        `json:"life,omitempty"` // all states, if a source dates one
	Unit    *network.Unit `json:"unit,omitempty"`
	Domains []domainData  `json:"domains"`
	// Units are all that answer for something in the plan, to choose from.
	Units    []network.Unit `json:"units"`
	Standing Standing       `json:"standing"`
	keeps    bool           // the user records its life
}

type domainData struct {
	Domain
	Goals    []goalData    `json:"goals"`
	Measures []measureData `json:"measures,omitempty"`
}

type goalData struct {
	Goal
	answering
	Before []linked `json:"before,omitempty"` // goals of earlier plans that it continues or replaces
	After  []linked `json:"after,omitempty"`  // goals of later plans that continue or replace it
}

type measureData struct {
	Measure
	answering
}

// answering are the units that answer for a goal or a measure.
type answering struct {
	Lead        []network.Unit `json:"lead"`
	Responsible []network.Unit `json:"responsible"`
}

func show(r *web.Request, in showInput) (d showData, err error) {
	if d.Plan, err = ByCode(r.Tx, in.Code); err != nil {
		return d, err
	}
	area, err := network.SeenArea(r.Tx, r.User, d.Plan.AreaID)
	if err != nil {
		return showData{}, err
	}
	if in.Unit != "" {
		unit, err := network.SeenUnit(r.Tx, r.User, in.Unit)
		if err != nil {
			return d, errs.In("unit", err)
		}
		d.Unit = &unit
	}
	domains, err := Domains(r.Tx, in.Code)
	if err != nil {
		return d, err
	}
	goals, err := Goals(r.Tx, in.Code)
	if err != nil {
		return d, err
	}
	duties, err := UnitsOfPlan(r.Tx, in.Code, "")
	if err != nil {
		return d, err
	}
	units, err := network.Units(r.Tx, area)
	if err != nil {
		return d, err
	}
	measures, err := Measures(r.Tx, in.Code)
	if err != nil {
		return d, err
	}
	does, err := MeasureUnits(r.Tx, in.Code, "")
	if err != nil {
		return d, err
	}
	b := newBreakdown(duties, does, units, in.Unit)
	d.Domains, d.Units = b.domains(domains, goals, measures), b.busy
	return d, d.link(r)
}

// link reads the plan's life and what its goals have to do with those of other plans.
func (d *showData) link(r *web.Request) (err error) {
	if d.Life, err = Life(r.Tx, d.Plan); err != nil {
		return err
	}
	if d.keeps, err = d.Plan.keeps(r.Tx, r.User); err != nil {
		return err
	}
	before, after, err := linksOf(r.Tx, r.User, d.Plan.Code)
	for _, of := range d.Domains {
		for i, g := range of.Goals {
			of.Goals[i].Before, of.Goals[i].After = before[g.Code], after[g.Code]
		}
	}
	return err
}

// narrow leaves out the goals that no chosen tag marks, and the measures for them.
func (d *showData) narrow() {
	if d.Standing.Tag == "" {
		return
	}
	for i := range d.Domains {
		of := &d.Domains[i]
		of.Goals = slices.DeleteFunc(of.Goals, func(g goalData) bool { return !d.Standing.Lists(g.Code) })
		of.Measures = slices.DeleteFunc(of.Measures, func(m measureData) bool {
			return m.Goal == "" || !d.Standing.Lists(m.Goal)
		})
	}
	d.Domains = slices.DeleteFunc(d.Domains, func(of domainData) bool { return len(of.Goals)+len(of.Measures) == 0 })
}

// Table is the breakdown, one goal or measure a line.
func (d showData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "plan-" + d.Plan.Code, Columns: []table.Column{
		{Name: "领域代码"}, {Name: "领域"}, {Name: "目标代码"}, {Name: "主要目标"}, {Name: "措施代码"},
		{Name: "策略措施"}, {Name: "主要责任单位"}, {Name: "责任单位"}, {Name: "来源"}, {Name: "指标"},
		{Name: "业务登记"}, {Name: "标签"}, {Name: "上一期目标"}, {Name: "后一期目标"}}}
	for _, domain := range d.Domains {
		for _, g := range domain.Goals {
			t.Rows = append(t.Rows, []string{domain.Code, part.Name(ctx, domain.Name, domain.NameEN), g.Code,
				part.Name(ctx, g.Text, g.TextEN), "", "", names(ctx, g.Lead), names(ctx, g.Responsible), g.SourceTitle,
				part.Join(ctx, d.Standing.Names[g.Code]),
				part.Join(ctx, d.Standing.Served[g.Code]), part.Join(ctx, d.tagNames(ctx, g.Code)),
				codes(g.Before), codes(g.After)})
		}
		for _, m := range domain.Measures {
			t.Rows = append(t.Rows, []string{domain.Code, part.Name(ctx, domain.Name, domain.NameEN), m.Goal, "",
				m.Code, part.Name(ctx, m.Text, m.TextEN), names(ctx, m.Lead), names(ctx, m.Responsible),
				m.SourceTitle, "", "", "", "", ""})
		}
	}
	return t
}

// tagNames are the tags of a goal.
func (d showData) tagNames(ctx context.Context, goal string) (all []string) {
	for _, t := range d.Standing.Tags[goal] {
		all = append(all, part.Name(ctx, t.ZH, t.EN))
	}
	return all
}

func names(ctx context.Context, units []network.Unit) string {
	all := make([]string, len(units))
	for i, u := range units {
		all[i] = part.Name(ctx, u.Name, u.NameEN)
	}
	return part.Join(ctx, all)
}

// KindWords say whose plan it is.
func KindWords(kind string) say.Key {
	switch kind {
	case "women":
		return "妇女规划"
	case "children":
		return "儿童规划"
	}
	return "妇女儿童规划"
}

func statusWords(status string) say.Key {
	switch status {
	case Research:
		return "前期研究"
	case Draft:
		return "起草"
	case Consultation:
		return "征求意见"
	case Issued:
		return "已印发"
	case Closed:
		return "已结束"
	}
	return say.Key(status)
}

// steps are the plan's states as the page draws them.
func (d showData) steps(ctx context.Context) (all []part.Step) {
	at := slices.Index(States(), d.Plan.Status)
	for i, s := range d.Life {
		step := part.Step{Label: part.T(ctx, statusWords(s.State)), State: part.StepNext, Note: s.Since}
		switch {
		case i < at:
			step.State = part.StepDone
		case i == at:
			step.State = part.StepCurrent
		}
		all = append(all, step)
	}
	return all
}

func years(p Plan) string { return strconv.Itoa(p.Starts) + "—" + strconv.Itoa(p.Ends) }

// standingNote says of what area and year the values under the goals are.
func (d showData) standingNote(ctx context.Context) string {
	if d.Standing.Year == 0 {
		return ""
	}
	return part.T(ctx, "目标下列出指标：%s%d年的数、目标和进展。", part.Name(ctx, d.Standing.Area.Name,
		d.Standing.Area.NameEN), d.Standing.Year)
}
