package delegation

// Routes of delegations: the list, the form, one with its steps.

import (
	"context"
	"slices"

	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes registers the module's pages.
func Routes(m *web.Mux) {
	web.View(m, "GET /delegations 列出代签委托", VerbRead, showList, listPage)
	web.View(m, "GET /delegations/new 准备委托代签", VerbGive, newForm, newPage)
	web.Form(m, "POST /delegations 委托代签", VerbGive, give, newForm, newPage)
	web.View(m, "GET /delegations/{id} 看一项代签委托", VerbRead, show, showPage)
	web.Form(m, "POST /delegations/{id}/end 结束代签委托", VerbEnd, end, show, showPage)
}

type listInput struct {
	State string `json:"state" enum:"active,ended" doc:"State of a delegation."`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type listData struct {
	Items []Listing `json:"delegations"`
	list.Shown[Listing]
}

func delegations(may bool, roles map[string]network.Label) list.List[Listing] {
	l := list.List[Listing]{Path: "/delegations", File: "delegations", Title: "代签委托", First: "-until", Size: 50,
		Intro: say.New("签字人不在时，可以委托同事在这些天里代签报表。代签人用自己的密钥签，签字处写明代谁。"),
		Empty: list.Empty{Title: "没有代签委托", Next: "签字人外出前，可以在这里委托同事代签。"},
		Columns: []list.Column[Listing]{
			{Name: "from", Label: "委托人", URL: func(l Listing) string { return "/delegations/" + l.ID },
				Text: func(_ context.Context, l Listing) string { return l.Person }},
			{Name: "post", Label: "岗位",
				Text: func(ctx context.Context, l Listing) string { return roleName(ctx, roles, l.Role) }},
			{Name: "unit", Label: "单位",
				Text: func(ctx context.Context, l Listing) string { return part.Name(ctx, l.UnitName, l.UnitEN) }},
			{Name: "to", Label: "代签人", Text: func(_ context.Context, l Listing) string { return l.To }},
			{Name: "opens", Label: "第一天", Text: func(_ context.Context, l Listing) string { return l.OpensOn }},
			{Name: "until", Label: "最后一天", Newest: true,
				Text: func(_ context.Context, l Listing) string { return l.ClosesOn }},
			{Name: "state", Label: "状态",
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, l.State.Words()) }},
		}}
	if may {
		l.Actions = giveButton()
		l.Empty.Label, l.Empty.URL = "委托代签", "/delegations/new"
	}
	return l
}

func roleName(ctx context.Context, roles map[string]network.Label, role string) string {
	if l, ok := roles[role]; ok {
		return part.Name(ctx, l.Name, l.NameEN)
	}
	return role
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	roles, err := network.Labels(r.Tx, "role")
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []State{Active, Ended} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	d.Items, d.Shown, err = delegations(len(Lends(r.User)) > 0, roles).Read(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{states}}, source(r.User, in.State))
	return d, err
}

// newData is what the form offers: the posts whose signing the user can lend, and their colleagues.
type newData struct {
	Posts      []choice `json:"posts"`
	Colleagues []choice `json:"colleagues"`
	today      string
}

type choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

func newForm(r *web.Request, _ struct{}) (d newData, err error) {
	d.today = r.Tx.Today()
	d.Posts, d.Colleagues = []choice{}, []choice{}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	roles, err := network.Labels(r.Tx, "role")
	if err != nil {
		return d, err
	}
	for _, p := range Lends(r.User) {
		d.Posts = append(d.Posts, choice{p.Unit + "/" + p.Role, part.Name(ctx, p.UnitName, p.UnitEN) + " · " +
			roleName(ctx, roles, p.Role)})
		colleagues, err := Colleagues(r.Tx, p.Unit)
		if err != nil {
			return d, err
		}
		for _, c := range colleagues {
			known := func(o choice) bool { return o.Value == c.PersonID }
			if c.PersonID != r.User.ID && !slices.ContainsFunc(d.Colleagues, known) {
				d.Colleagues = append(d.Colleagues, choice{c.PersonID, part.Name(ctx, c.Person, c.PersonEN) + " · " +
					roleName(ctx, roles, c.Role)})
			}
		}
	}
	return d, nil
}

func options(all []choice, first string) (options []part.Option) {
	if len(all) != 1 {
		options = append(options, part.Option{Label: first})
	}
	for _, c := range all {
		options = append(options, part.Option{Value: c.Value, Label: c.Label})
	}
	return options
}

type giveInput struct {
	Post     string `json:"post" doc:"Unit and role whose signing is lent: SF-EDU/leader."`
	To       string `json:"to_id" doc:"Identifier of the colleague."`
	OpensOn  string `json:"opens_on" doc:"The first day, 2024-03-01."`
	ClosesOn string `json:"closes_on" doc:"The last day."`
	Reason   string `json:"reason"`
}

// taken tells a program where it stands after a step.
type taken struct {
	ID      string `json:"id"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func give(r *web.Request, in giveInput) (web.Done[taken], error) {
	d := Delegation{ToID: in.To, OpensOn: in.OpensOn, ClosesOn: in.ClosesOn, Reason: in.Reason}
	for _, p := range Lends(r.User) {
		if p.Unit+"/"+p.Role == in.Post {
			d.Unit, d.Role = p.Unit, p.Role
		}
	}
	d, err := Give(r.Tx, r.User, d)
	return web.Done[taken]{To: d.URL(), Flash: part.In(r.Lang, "已委托。%s到期自动失效，您可以随时收回。", d.To),
		Data: taken{d.ID, d.State, d.Version}}, err
}

type showInput struct {
	ID string `json:"id"`
}

type showData struct {
	Delegation
	Actions []string   `json:"actions"`
	Trail   trail.Data `json:"trail"`
	unit    network.Unit
	role    network.Label
	today   string
	holds   bool // whoever lent it still holds the post
}

func show(r *web.Request, in showInput) (d showData, err error) {
	if d.Delegation, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.today, d.Actions = r.Tx.Today(), []string{}
	for _, st := range life.Open(r.User, d.as(r.User)) {
		d.Actions = append(d.Actions, st.Verb)
	}
	if d.unit, err = network.UnitByCode(r.Tx, d.Unit); err != nil {
		return d, err
	}
	if d.holds, err = d.Delegation.holds(r.Tx); err != nil {
		return d, err
	}
	roles, err := network.Labels(r.Tx, "role")
	if err != nil {
		return d, err
	}
	if d.role = roles[d.Role]; d.role.Name == "" {
		d.role.Name = d.Role
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.ID)
	return d, err
}

func (d showData) may(verb string) bool { return slices.Contains(d.Actions, verb) }

// stands says in words whether it gives anything today.
func (d showData) stands() say.Key {
	switch {
	case d.State == Ended:
		return Ended.Words()
	case !d.holds:
		return "已失效：委托人不在岗"
	case d.today < d.OpensOn:
		return "还没有开始"
	case d.today > d.ClosesOn:
		return "已到期"
	}
	return Active.Words()
}

type endInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

func end(r *web.Request, in endInput) (web.Done[taken], error) {
	d, err := End(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return web.Done[taken]{To: d.URL(), Flash: part.In(r.Lang, "已结束。以前代签的仍然有效。"),
		Data: taken{d.ID, d.State, d.Version}}, err
}
