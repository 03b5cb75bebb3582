package matter

// The list of matters: its columns and filters. Who sees which is store_list.go's.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// pageSize is how many rows a page of a list has.
const pageSize = 50

// Listing is a matter in a list.
type Listing struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	State  State  `json:"state"`
	Lamp   string `json:"lamp"`
	Due    string `json:"due"`

	matter Matter
	lead   network.Unit
}

// listData is a page of the list.
type listData struct {
	Matters []Listing `json:"matters"`
	list.Shown[Matter]
	about *lines
}

// lines say what a list shows of matters beside their rows.
type lines struct {
	today  Today
	drafts bool // the reader may draft one
	units  map[string]network.Unit
}

func (l *lines) of(m Matter) Listing {
	return Listing{ID: m.ID, Number: m.Number, Title: m.Title, State: m.Shown,
		Lamp: l.today.Lamp(m), Due: m.Due, matter: m, lead: l.units[m.Lead]}
}

func matters(l *lines) list.List[Matter] {
	return list.List[Matter]{Path: "/matters", File: "matters", Title: "督办",
		Intro: say.New("每件事由别的单位的人复核后才能销号。"), First: newest, Size: pageSize,
		Actions: listActions(l.drafts),
		Empty: list.Empty{Title: "没有督办事项", Next: "会议议定、领导批示、督导发现等交办后会列在这里。",
			Label: "待办", URL: "/todo"},
		Columns: []list.Column[Matter]{
			{Name: "number", Label: "编号", Newest: true,
				Text: func(_ context.Context, m Matter) string { return m.Number }},
			{Name: "title", Label: "事项",
				URL: Matter.URL, Text: func(_ context.Context, m Matter) string { return m.Title }},
			{Name: "source", Label: "来源", Text: func(ctx context.Context, m Matter) string { return m.from(ctx) }},
			{Name: "unit", Label: "牵头单位", Text: func(ctx context.Context, m Matter) string {
				u := l.units[m.Lead]
				return part.Name(ctx, u.Name, u.NameEN)
			}},
			{Name: "state", Label: "状态", Show: func(m Matter) templ.Component { return stateChip(m.Shown) },
				Text: func(ctx context.Context, m Matter) string { return part.T(ctx, m.Shown.Words()) }},
			{Name: "closed", Label: "已销号", Numeric: true, Text: func(_ context.Context, m Matter) string {
				closed, of := l.of(m).matter.Counted()
				return fmt.Sprintf("%d/%d", closed, of)
			}},
			list.Lamp(func(m Matter) string { return l.of(m).Lamp }),
			{Name: "due", Label: "期限", Text: func(_ context.Context, m Matter) string { return m.Due }},
		}}
}

func showList(r *web.Request, in Filter) (d listData, err error) {
	s, err := matterSource(r.Tx, r.User, in)
	if err != nil {
		return d, err
	}
	at := list.At{Sort: in.Sort, Page: in.Page}
	if at.Filters, err = in.choices(r, shownStates); err != nil {
		return d, err
	}
	today, err := LampDay(r.Tx)
	if err != nil {
		return d, err
	}
	d.about = &lines{today: today, drafts: r.User.Can(VerbDraft), units: map[string]network.Unit{}}
	units, err := network.AllUnits(r.Tx)
	if err != nil {
		return d, err
	}
	for _, u := range units {
		d.about.units[u.Code] = u
	}
	rows, shown, err := matters(d.about).Read(r, at, s)
	if d.Shown = shown; err != nil {
		return d, err
	}
	d.Matters = []Listing{}
	for _, m := range rows {
		d.Matters = append(d.Matters, d.about.of(m))
	}
	return d, err
}

// shownStates are those that a matter can show.
var shownStates = []State{InDraft, Declined, Raised, Received, Planned, InProgress, Suspended, Reported, Closed,
	Withdrawn, Merged}

// exist refuses a unit that by may not see, and a unit, an indicator or a goal that there is not.
func (f Filter) exist(tx *db.Tx, by auth.User) error {
	if f.Unit != "" {
		if _, err := network.SeenUnit(tx, by, f.Unit); err != nil {
			return errs.In("unit", err)
		}
	}
	if f.Indicator != "" {
		if _, err := indicator.ByCode(tx, f.Indicator); err != nil {
			return errs.In("indicator", err)
		}
	}
	if of, code, _ := strings.Cut(f.Goal, "/"); f.Goal != "" {
		goals, err := plan.Goals(tx, of)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(goals, func(g plan.Goal) bool { return g.Code == code }) {
			return errs.Fields{"goal": say.New("没有代码为“%s”的目标，请写成 规划代码/目标代码。", f.Goal)}.Check(
				"条件里有的值不能用，请改选后再看。")
		}
	}
	return nil
}

// choices are the filters of a list. What is asked for stands among the options even where nobody would look for it.
func (f Filter) choices(r *web.Request, states []State) ([]list.Filter, error) {
	if err := f.exist(r.Tx, r.User); err != nil {
		return nil, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	options := func(from choices) (all []part.Option) {
		for _, c := range from {
			all = append(all, part.Option{Value: c.code, Label: part.T(ctx, c.word)})
		}
		return all
	}
	var lamps, stateOptions, domains, areas, units []part.Option
	for _, l := range pressing {
		lamps = append(lamps, part.Option{Value: l, Label: part.T(ctx, part.DueWord(l))})
	}
	for _, s := range states {
		stateOptions = append(stateOptions, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	plans, err := plan.Seen(r.Tx, r.User)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		all, err := plan.Domains(r.Tx, p.Code)
		if err != nil {
			return nil, err
		}
		for _, d := range all {
			domains = append(domains, part.Option{Value: p.Code + "/" + d.Code,
				Label: part.Name(ctx, d.Name, d.NameEN)})
		}
	}
	for _, p := range r.User.Posts {
		if !r.User.SeesAll(p.AreaPath) {
			continue
		}
		below, err := network.Children(r.Tx, p.AreaID, "")
		if err != nil {
			return nil, err
		}
		for _, a := range below {
			areas = append(areas, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
		}
		own, err := network.UnitsOf(r.Tx, p.AreaID)
		if err != nil {
			return nil, err
		}
		for _, u := range own {
			units = append(units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
		break
	}
	tags, err := tag.Choice{Tag: f.Tag}.Read(r.Tx)
	if err != nil {
		return nil, err
	}
	return []list.Filter{{Name: "source", Label: "来源", Value: f.Kind, Options: options(kinds)},
		{Name: "unit", Label: "单位", Value: f.Unit, Options: with(units, f.Unit)},
		{Name: "area", Label: "地区", Value: f.Area, Options: with(areas, f.Area)},
		{Name: "domain", Label: "领域", Value: f.Domain, Options: domains},
		{Name: "lamp", Label: "灯", Value: f.Lamp, Options: lamps},
		{Name: "class", Label: "整改类型", Value: f.Class, Options: options(classes)},
		{Name: "flag", Label: "标记", Value: f.Flag, Options: options(flags)},
		{Name: "state", Label: "状态", Value: f.State, Options: stateOptions}, tags.Filter(ctx),
		{Name: "indicator", Value: f.Indicator, Hidden: true}, {Name: "goal", Value: f.Goal, Hidden: true}}, nil
}

// known refuses what none of the filters has, for pages that are no list.
func (f Filter) known(r *web.Request) error {
	filters, err := f.choices(r, shownStates[1:])
	if err != nil {
		return err
	}
	orders := []part.Option{}
	for _, name := range []string{"number", "unit", "state", "due"} {
		orders = append(orders, part.Option{Value: name}, part.Option{Value: "-" + name})
	}
	return list.At{Filters: append(filters, list.Filter{Name: "sort", Value: f.Sort, Options: orders})}.Check()
}

// with puts what is asked for among the options.
func with(options []part.Option, asked string) []part.Option {
	for _, o := range options {
		if asked == "" || o.Value == asked {
			return options
		}
	}
	if asked == "" {
		return options
	}
	return append(options, part.Option{Value: asked, Label: asked})
}

// from says from where a matter comes.
func (m Matter) from(ctx context.Context) (text string) {
	for i, s := range m.Sources {
		if i > 0 {
			text += part.T(ctx, "、")
		}
		text += part.T(ctx, kinds.word(s.Kind))
	}
	return text
}
