package network

// The members of a body on a day, with their gaps: as a page, as tables, and as roster, contacts and duties to print.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// About is what the modules say of a thing.
type About func(*db.Tx, auth.User, module.Of) ([]module.Card, error)

// Routes serves the members, and what is printed of them.
func Routes(m *web.Mux, about About) {
	web.View(m, "GET /network 看成员单位和空缺", "unit.read", func(r *web.Request, in membersInput) (membersData,
		error) {
		return showMembers(r, in, about)
	}, membersPage)
	web.View(m, "GET /network/roster 下载委员名单", "unit.read", printed(roster), nil)
	web.View(m, "GET /network/liaisons 下载联络员通讯录", "unit.read", printed(contacts), nil)
	web.View(m, "GET /network/duties 下载成员单位职责", "unit.read", printed(dutyBook), nil)
	ruleRoutes(m)
}

type membersInput struct {
	Body string `json:"body"`
	Day  string `json:"day"`
	Gap  string `json:"gap" enum:"liaison,leader,duty"` // only members that lack it
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

// Member is a member with who speaks for it.
type Member struct {
	Membership
	Name     string `json:"name"`
	NameEN   string `json:"name_en,omitempty"`
	Liaisons []Post `json:"liaisons"`
	Leaders  []Post `json:"leaders"`
	Duty     string `json:"duty,omitempty"`
	unit     Unit
}

// Council is a body on a day: its members, how many it is said to have, and what is missing.
type Council struct {
	Body     string   `json:"body"`
	Name     string   `json:"name"`
	NameEN   string   `json:"name_en,omitempty"`
	Day      string   `json:"day"`
	Declared int      `json:"declared"` // 0: nobody said
	Listed   int      `json:"listed"`   // members, without observers
	Vacant   int      `json:"vacant"`   // members without a liaison
	Members  []Member `json:"members"`
	basis    string   // of the declared number
	unit     Unit
}

// ReadCouncil reads a body on a day (today if empty).
func ReadCouncil(tx *db.Tx, body, day string) (c Council, err error) {
	if day == "" {
		day = tx.Today()
	}
	if c.unit, err = UnitOn(tx, body, day); err != nil {
		return c, err
	}
	c.Body, c.Name, c.NameEN, c.Day, c.Members = body, c.unit.Name, c.unit.NameEN, day, []Member{}
	declared, found, err := DeclaredOf(tx, body, day)
	if err != nil {
		return c, err
	}
	if found {
		c.Declared, c.basis = declared.Members, declared.Basis
	}
	members, err := Members(tx, body, day)
	if err != nil {
		return c, err
	}
	staff, err := speakers(tx, body, day)
	if err != nil {
		return c, err
	}
	duties, err := AllDuties(tx, day)
	if err != nil {
		return c, err
	}
	for _, m := range members {
		unit, err := UnitOn(tx, m.Member, day)
		if err != nil {
			return c, err
		}
		one := Member{Membership: m, Name: unit.Name, NameEN: unit.NameEN, unit: unit, Duty: duties[m.Member].Text,
			Liaisons: staff[m.Member][auth.Liaison], Leaders: staff[m.Member][auth.Leader]}
		if m.Seat.counts() {
			c.Listed++
		}
		if len(one.Liaisons) == 0 {
			c.Vacant++
			one.Liaisons = []Post{}
		}
		if one.Leaders == nil {
			one.Leaders = []Post{}
		}
		c.Members = append(c.Members, one)
	}
	return c, nil
}

type membersData struct {
	Council
	Cards []module.Card `json:"cards"`
	list.Shown[Member]
	in membersInput
}

// asDay refuses what is asked for as a day and is none.
func asDay(text string) error {
	return list.At{Filters: []list.Filter{{Name: "day", Type: "date", Value: text}}}.Check()
}

func showMembers(r *web.Request, in membersInput, about About) (d membersData, err error) {
	d.in = in
	if err := asDay(in.Day); err != nil {
		return d, err
	}
	bodies, err := SeenBodies(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	choice := list.Filter{Name: "body", Label: "机构", Value: in.Body, Must: true, Options: []part.Option{}}
	for _, u := range bodies {
		choice.Options = append(choice.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	shown := memberList()
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{choice,
		{Name: "day", Label: "截至日期", Type: "date", Value: in.Day},
		{Name: "gap", Label: "空缺", Value: in.Gap, Options: []part.Option{
			{Value: "liaison", Label: part.T(ctx, "联络员空缺")}, {Value: "leader", Label: part.T(ctx,
				"负责人没有登记")},
			{Value: "duty", Label: part.T(ctx, "职责没有登记")}}}}}
	if len(bodies) == 0 {
		at.Filters = nil
		_, d.Shown, err = shown.Sorted(r, at, nil)
		d.Members = []Member{}
		return d, err
	}
	if !slices.ContainsFunc(bodies, func(u Unit) bool { return u.Code == in.Body }) {
		if in.Body != "" {
			return d, errs.In("body", errs.Missingf("没有找到这个机构，或者它不在您的工作范围内。"))
		}
		at.Filters[0].Value = bodies[0].Code
	}
	if d.Council, err = ReadCouncil(r.Tx, at.Filters[0].Value, in.Day); err != nil {
		return d, err
	}
	area, err := AreaByID(r.Tx, d.unit.AreaID)
	if err != nil {
		return d, err
	}
	if d.Cards, err = about(r.Tx, r.User, module.Of{Kind: "body", Code: d.Body, Path: area.Path,
		Day: d.Day}); err != nil {
		return d, err
	}
	if d.Cards == nil {
		d.Cards = []module.Card{}
	}
	rows := slices.DeleteFunc(slices.Clone(d.Council.Members), func(m Member) bool {
		return in.Gap == "liaison" && len(m.Liaisons) > 0 || in.Gap == "leader" && len(m.Leaders) > 0 ||
			in.Gap == "duty" && m.Duty != ""
	})
	shown.Intro = d.words()
	shown.Above, shown.Actions = membersAbove(d), membersActions(r.User)
	d.Council.Members, d.Shown, err = shown.Sorted(r, at, rows)
	if d.Council.Members == nil {
		d.Council.Members = []Member{}
	}
	return d, err
}

// words count the members and what is missing: 成员单位36个，已列20个, and what the cards say in a few words.
func (d membersData) words() say.Words {
	name := say.Name{ZH: d.Name, EN: d.NameEN}
	said := say.New("%s：成员单位 %d，联络员空缺 %d", name, d.Listed, d.Vacant)
	if d.Declared > 0 {
		said = say.New("%s：成员单位 %d / %d，联络员空缺 %d", name, d.Listed, d.Declared, d.Vacant)
	}
	for _, c := range d.Cards {
		if !c.Brief.IsZero() {
			said = say.New("%s，%s", said, c.Brief)
		}
	}
	return say.New("%s。", said)
}

// SeenBodies are the bodies of areas that the user may see, those of the widest area first.
func SeenBodies(tx *db.Tx, by auth.User) (seen []Unit, err error) {
	codes, err := Bodies(tx)
	if err != nil {
		return nil, err
	}
	paths := map[string]string{}
	for _, code := range codes {
		u, err := UnitByCode(tx, code)
		if err != nil {
			return nil, err
		}
		area, err := AreaByID(tx, u.AreaID)
		if err != nil {
			return nil, err
		}
		if by.SeesFigures(area.Path) {
			paths[code], seen = area.Path, append(seen, u)
		}
	}
	slices.SortStableFunc(seen, func(a, b Unit) int {
		if n := len(paths[a.Code]) - len(paths[b.Code]); n != 0 {
			return n
		}
		return a.Position - b.Position
	})
	return seen, nil
}

func memberList() list.List[Member] {
	return list.List[Member]{Path: "/network", File: "members", Title: "成员单位", Size: 100,
		Empty: list.Empty{Title: "没有成员单位", Next: "用 yipanqi import 导入 memberships.csv 后显示在这里。"},
		Columns: []list.Column[Member]{
			{Label: "席位", Group: true, Text: func(ctx context.Context, m Member) string {
				return part.T(ctx,
					m.Seat.Words())
			}},
			{Name: "name", Label: "单位", URL: func(m Member) string { return "/units/" + m.Member },
				Text:    func(ctx context.Context, m Member) string { return part.Name(ctx, m.Name, m.NameEN) },
				Compare: func(a, b Member) int { return strings.Compare(a.Name, b.Name) }},
			{Label: "单位代码", Saved: true, Text: func(_ context.Context, m Member) string { return m.Member }},
			{Name: "liaison", Label: "联络员", Show: liaisonsOf, Text: func(_ context.Context,
				m Member) string {
				return people(m.Liaisons)
			}},
			{Name: "title", Label: "职务", Text: func(_ context.Context, m Member) string {
				return joined(m.Liaisons, func(p Post) string { return p.Title })
			}},
			{Name: "phone", Label: "办公电话", Text: func(_ context.Context, m Member) string {
				return joined(m.Liaisons, func(p Post) string { return p.Phone })
			}},
			{Name: "leader", Label: "单位负责人",
				Text: func(_ context.Context, m Member) string { return people(m.Leaders) }},
			{Name: "since", Label: "起", Text: func(_ context.Context, m Member) string { return m.OpensOn },
				Compare: func(a, b Member) int { return strings.Compare(a.OpensOn, b.OpensOn) }},
			{Name: "basis", Label: "依据", Text: func(_ context.Context, m Member) string { return m.Basis }},
		}}
}

func people(posts []Post) string { return joined(posts, func(p Post) string { return p.Person }) }

func joined(posts []Post, of func(Post) string) string {
	var all []string
	for _, p := range posts {
		if text := of(p); text != "" {
			all = append(all, text)
		}
	}
	return strings.Join(all, "、")
}
