package matter

// The form of a matter, new or a draft: what is typed, and what it is filled in with.

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// typedMatter is a matter as it is typed. Items are told apart by a number: items[1.unit], items[1.text].
type typedMatter struct {
	Title       string            `json:"title" doc:"What it is, in at most 40 characters."`
	Problem     string            `json:"problem" doc:"What is wrong."`
	Source      string            `json:"source" doc:"Kind of the source, such as decision or instruction."`
	SourceRef   string            `json:"source_ref" doc:"The source as an object: meeting/ and its identifier."`
	SourceOn    string            `json:"source_on" doc:"Day of the source."`
	Quote       string            `json:"quote" doc:"Words of the source."`
	Lead        string            `json:"lead" doc:"Code of the unit that leads."`
	Supporting  []string          `json:"supporting" doc:"Codes of the units that support it."`
	Area        string            `json:"area"`
	Goal        string            `json:"goal" doc:"Goal, as plan/code."`
	Measure     string            `json:"measure" doc:"Measure of the plan that it belongs to."`
	Indicator   string            `json:"indicator"`
	NoIndicator string            `json:"no_indicator" doc:"Why no indicator measures it."`
	Urgency     string            `json:"urgency" enum:"normal,urgent,immediate" doc:"How urgent it is."`
	Class       string            `json:"class" enum:"immediate,phased,continuing" doc:"Class of the rectification."`
	Aim         string            `json:"aim" doc:"What will be true when it is done."`
	AimOperator string            `json:"aim_operator" enum:"ge,le" doc:"ge: at least, le: at most."`
	AimValue    string            `json:"aim_value" doc:"Figure to be reached."`
	AimPeriod   string            `json:"aim_period" doc:"Period in which it is to be reached."`
	Flags       []string          `json:"flags" doc:"Marks: slow, hard, upper."`
	Items       map[string]string `json:"items" doc:"What units owe: 1.unit, 1.area, 1.text, 1.due, 2.unit …"`
}

type createInput struct {
	typedMatter
	Draft  bool `json:"draft" doc:"Keep it as a draft, do not hand it out."`
	Anyway bool `json:"anyway" doc:"Raise it although a like matter is open."`
}

// editInput is a draft as it is typed anew.
type editInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	typedMatter
}

// draft is what was typed, with the items in the order of their numbers.
func (in typedMatter) draft() Draft {
	d := Draft{Title: in.Title, Problem: in.Problem, Lead: in.Lead, Supporting: in.Supporting, Area: in.Area,
		Goal: in.Goal, Measure: in.Measure, Indicator: in.Indicator, NoIndicator: in.NoIndicator, Urgency: in.Urgency,
		Class: in.Class, Aim: in.Aim, AimOperator: in.AimOperator, AimValue: in.AimValue, AimPeriod: in.AimPeriod,
		Flags: in.Flags}
	if in.Source != "" {
		d.Sources = []Source{{Kind: in.Source, Ref: in.SourceRef, On: in.SourceOn, Quote: in.Quote}}
	}
	for _, fields := range numbered(in.Items) {
		item := Asked{Unit: fields["unit"], Area: fields["area"], Text: fields["text"], Due: fields["due"]}
		if item != (Asked{}) {
			item.Text = cmp.Or(item.Text, in.Title)
			d.Items = append(d.Items, item)
		}
	}
	return d
}

func create(r *web.Request, in createInput) (web.Done[taken], error) {
	if err := in.whole(r); err != nil {
		return web.Done[taken]{}, err
	}
	if in.Draft {
		m, err := KeepDraft(r.Tx, r.User, in.draft())
		return done(r, m, "已存为草稿，还没有交办。"), err
	}
	m, err := raiseUnlessAlike(r.Tx, r.User, in.draft(), in.Anyway)
	return done(r, m, "已交办。承办单位可以签收了。"), err
}

func edit(r *web.Request, in editInput) (web.Done[taken], error) {
	if err := in.whole(r); err != nil {
		return web.Done[taken]{}, err
	}
	m, err := Edit(r.Tx, r.User, in.ID, in.Version, in.draft())
	return done(r, m, "草稿已保存，还没有交办。"), err
}

// whole puts the units in for groups that were chosen as a whole.
func (in *typedMatter) whole(r *web.Request) error {
	if !slices.ContainsFunc(in.Supporting, func(c string) bool { return strings.HasPrefix(c, "*") }) {
		return nil
	}
	var d newData
	if err := d.choices(r); err != nil {
		return err
	}
	in.Supporting = d.supporting(r.Context).Codes(in.Supporting)
	return nil
}

// newInput is what the form is filled in with, when something else leads to it: an instruction, a decision.
type newInput struct {
	Source    string `json:"source" doc:"Kind of the source, such as instruction."`
	SourceRef string `json:"source_ref" doc:"Object that it comes from, such as instruction/ID."`
	SourceOn  string `json:"source_on" doc:"Day of the source."`
	Quote     string `json:"quote" doc:"Words of the source."`
	Title     string `json:"title" doc:"Title of the matter."`
	Problem   string `json:"problem" doc:"What is wrong."`
	Lead      string `json:"lead" doc:"Code of the unit that leads."`
	Due       string `json:"due" doc:"Day of the first item, 2024-03-15."`
}

// newData is the form of a matter, with what can be chosen.
type newData struct {
	Units []network.Unit `json:"units"`
	Areas []network.Area `json:"areas"`
	Today string         `json:"today"`

	given   Draft
	matter  *Matter // the draft that is changed
	groups  []network.Group
	known   []indicator.Indicator
	goals   []part.Option
	version int64
	limits  []sourceLimit
}

// sourceLimit is the limit of items whose day is not named, by their source.
type sourceLimit struct {
	name  string
	limit calendar.Limit
	set   bool // by the installation
}

// bySource says which day items get where none is named.
func (d newData) bySource(ctx context.Context) string {
	var all []string
	for _, l := range d.limits {
		said := part.T(ctx, limitWords[l.name], l.limit.In(part.From(ctx).Lang))
		if !l.set {
			said = part.T(ctx, "%s（待确认）", said)
		}
		all = append(all, said)
	}
	return part.T(ctx, "期限不填的按来源给：%s。空着的行不算。", strings.Join(all, part.T(ctx, "、")))
}

// newMatter is the form as something else fills it in: an instruction, a decision, or nothing.
func newMatter(r *web.Request, in newInput) (newData, error) {
	d := newData{given: Draft{Title: in.Title, Problem: in.Problem, Lead: in.Lead,
		Sources: []Source{{in.Source, in.SourceRef, cmp.Or(in.SourceOn, r.Tx.Today()), in.Quote}},
		Items:   []Asked{{Unit: in.Lead, Text: in.Title, Due: in.Due}}}}
	return d, d.choices(r)
}

// editMatter is the form filled in with a draft.
func editMatter(r *web.Request, in atItem) (d newData, err error) {
	m, _, err := take(r.Tx, r.User, in.ID, 0, VerbEdit)
	if err != nil && errs.KindOf(err) != errs.Conflict { // one that is handed out has a page that says so
		return d, err
	}
	d.matter, d.version = &m, m.Version
	d.given = Draft{Title: m.Title, Problem: m.Problem, Sources: m.Sources, Lead: m.Lead, Supporting: m.Supporting,
		Goal: m.Goal, Measure: m.Measure, Indicator: m.Indicator, NoIndicator: m.NoIndicator, Urgency: m.Urgency,
		Class: m.Class, Aim: m.Aim, AimOperator: m.AimOperator, AimValue: m.AimValue, AimPeriod: m.AimPeriod,
		Flags: m.Flags}
	area, err := network.AreaByID(r.Tx, m.AreaID)
	if err != nil {
		return d, err
	}
	d.given.Area = area.Code
	for _, i := range m.Items {
		if i.State != InDraft {
			continue
		}
		area, err := network.AreaByID(r.Tx, i.AreaID)
		if err != nil {
			return d, err
		}
		d.given.Items = append(d.given.Items, Asked{Unit: i.Unit, Area: area.Code, Text: i.Text, Due: i.Due})
	}
	return d, d.choices(r)
}

// choices are what the form offers.
func (d *newData) choices(r *web.Request) error {
	d.Today = r.Tx.Today()
	at := slices.IndexFunc(r.User.Posts, func(p auth.Post) bool { return p.Role == auth.Office })
	if at < 0 {
		return errs.Deniedf("督办事项由妇儿工委办起草。")
	}
	top, err := network.AreaByID(r.Tx, r.User.Posts[at].AreaID)
	if err != nil {
		return err
	}
	if d.Units, err = network.Units(r.Tx, top); err != nil {
		return err
	}
	below, err := network.Children(r.Tx, top.ID, "")
	if err != nil {
		return err
	}
	d.Areas = append([]network.Area{top}, below...)
	if d.groups, err = network.Groups(r.Tx, top.ID); err != nil {
		return err
	}
	if d.known, err = indicator.List(r.Tx); err != nil {
		return err
	}
	for _, name := range sourceLimits {
		l, set, err := limit(r.Tx, name)
		if err != nil {
			return err
		}
		d.limits = append(d.limits, sourceLimit{name, l, set})
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	plans, err := plan.Seen(r.Tx, r.User)
	for _, p := range plans {
		goals, err := plan.Goals(r.Tx, p.Code)
		if err != nil {
			return err
		}
		for _, g := range goals {
			d.goals = append(d.goals, part.Option{Value: p.Code + "/" + g.Code,
				Label: g.Code + " " + part.Name(ctx, g.Text, g.TextEN)})
		}
	}
	return err
}

// source is the first source of what is given.
func (d newData) source() (s Source) {
	if len(d.given.Sources) > 0 {
		s = d.given.Sources[0]
	}
	return s
}

// ref is the object that the matter comes from, also where the form comes back refused.
func (d newData) ref(ctx context.Context) string {
	return cmp.Or(part.From(ctx).Input.Get("source_ref"), d.source().Ref)
}

// rows are the items that the form has room for: those that there are, and some more.
func (d newData) rows() (rows []itemRow) {
	for n := range max(3, len(d.given.Items)+2) {
		one := itemRow{n: strconv.Itoa(n + 1)}
		if n < len(d.given.Items) {
			one.Asked = d.given.Items[n]
		}
		rows = append(rows, one)
	}
	return rows
}

type itemRow struct {
	n string
	Asked
}

// action is where the form goes.
func (d newData) action() string {
	if d.matter != nil {
		return d.matter.URL() + "/edit"
	}
	return "/matters"
}

func (d newData) unitOptions(ctx context.Context) (all []part.Option) {
	all = []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, u := range d.Units {
		if u.ClosesOn == "" || u.ClosesOn > d.Today {
			all = append(all, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
	}
	return all
}

// supporting are the units that can help.
func (d newData) supporting(ctx context.Context) part.ChooseView {
	c := part.ChooseView{Name: "supporting", Label: part.T(ctx, "配合单位"), Chosen: d.given.Supporting}
	for _, g := range d.groups {
		one := part.ChooseGroup{Code: g.Code, Label: part.T(ctx, g.Name)}
		for _, u := range g.Units {
			one.Options = append(one.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
		c.Groups = append(c.Groups, one)
	}
	return c
}

func (d newData) areaOptions(ctx context.Context) (all []part.Option) {
	for _, a := range d.Areas {
		all = append(all, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
	}
	return all
}

func (d newData) goalOptions(ctx context.Context) []part.Option {
	return append([]part.Option{{Label: part.T(ctx, "不选")}}, d.goals...)
}

func operators(ctx context.Context) []part.Option {
	return []part.Option{{Label: part.T(ctx, "不定数")}, {Value: indicator.AtLeast, Label: part.T(ctx, "不低于")},
		{Value: indicator.AtMost, Label: part.T(ctx, "不高于")}}
}

func (d newData) heading(ctx context.Context) string {
	if d.matter != nil {
		return part.T(ctx, "修改草稿")
	}
	return part.T(ctx, "起草督办")
}
