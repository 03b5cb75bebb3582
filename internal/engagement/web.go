package engagement

// Routes of engagements as the office keeps them: the list, the form, one with its steps. What the person sees is
// web_room.go's, third parties are web_third.go's.

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type pages struct{ House }

// Routes registers the module's pages.
func Routes(m *web.Mux, h House) {
	p := pages{h}
	web.View(m, "GET /engagements 列出受聘人员", VerbRead, p.showList, listPage)
	web.View(m, "GET /engagements/new 准备登记受聘", VerbInvite, p.newEngagement, newPage)
	web.Form(m, "POST /engagements 登记受聘", VerbInvite, p.invite, p.newEngagement, newPage)
	web.View(m, "GET /engagements/{id} 看一项受聘", VerbRead, p.show, showPage)
	web.View(m, "GET /engagements/{id}/document 下载聘书", VerbRead, appointment, nil)
	web.Form(m, "POST /engagements/{id}/edit 改受聘范围", VerbEdit, p.edit, p.show, showPage)
	web.Form(m, "POST /engagements/{id}/start 启用受聘", VerbStart, p.start, p.show, showPage)
	web.Form(m, "POST /engagements/{id}/end 提前结束受聘", VerbEnd, ending(End, "已结束，此人现在什么都看不到了。"),
		p.show, showPage)
	web.Form(m, "POST /engagements/{id}/drop 取消受聘", VerbDrop, ending(Drop, "已取消。"), p.show, showPage)
	p.roomRoutes(m)
	p.thirdRoutes(m)
}

type listInput struct {
	State string `json:"state" enum:"invited,active,ended,dropped" doc:"State of an engagement."`
	Role  string `json:"role" enum:"expert,third_party,supervisor" doc:"What they are engaged as."`
	About string `json:"about" doc:"The object that they are engaged for: round/…"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type listData struct {
	Items []Listing `json:"engagements"`
	list.Shown[Listing]
}

func engagements(may bool) list.List[Listing] {
	l := list.List[Listing]{Path: "/engagements", File: "engagements", Title: "受聘", First: "-until", Size: 50,
		Intro: say.New("专家、第三方人员和督导员：谁受聘、看什么、到哪一天。"),
		Empty: list.Empty{Title: "没有受聘人员", Next: "请外面的人参加评估前，先登记受聘。"},
		Columns: []list.Column[Listing]{
			{Name: "person", Label: "姓名", URL: func(l Listing) string { return "/engagements/" + l.ID },
				Text: func(_ context.Context, l Listing) string { return l.Person }},
			{Name: "role", Label: "角色",
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, l.Role.Words()) }},
			{Name: "state", Label: "状态",
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, l.State.Words()) }},
			{Name: "opens", Label: "第一天", Text: func(_ context.Context, l Listing) string { return l.OpensOn }},
			{Name: "until", Label: "最后一天", Newest: true,
				Text: func(_ context.Context, l Listing) string { return l.ClosesOn }},
			{Name: "undertaking", Label: "承诺书", Show: func(l Listing) templ.Component { return undertaking(l) },
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, l.lack()) }},
		}}
	l.Actions = listButtons(may)
	if may {
		l.Empty.Label, l.Empty.URL = "登记受聘", "/engagements/new"
	}
	return l
}

func (l Listing) lack() say.Key {
	if l.Lacks {
		return "缺承诺书"
	}
	return "已交"
}

func (p pages) showList(r *web.Request, in listInput) (d listData, err error) {
	if in.About != "" {
		if err := p.Sees(r.Tx, r.User, in.About); err != nil {
			return d, errs.In("about", err)
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []State{Invited, Active, Ended, Dropped} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	roles := list.Filter{Name: "role", Label: "角色", Value: in.Role}
	for _, role := range Roles {
		roles.Options = append(roles.Options, part.Option{Value: string(role), Label: part.T(ctx, role.Words())})
	}
	d.Items, d.Shown, err = engagements(r.User.Can(VerbInvite)).Read(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{states, roles, {Name: "about", Value: in.About, Hidden: true}}},
		source(r.User, in, r.Tx.Today()))
	return d, err
}

// scopeInput is what an engagement says, as it is sent.
type scopeInput struct {
	OpensOn     string            `json:"opens_on" doc:"The first day, 2024-03-01."`
	ClosesOn    string            `json:"closes_on" doc:"The last day; on the next nothing answers."`
	Areas       []string          `json:"areas" doc:"Codes of the areas whose figures and answers they see."`
	Documents   []string          `json:"documents" doc:"Objects that they see: letter/…, request/…, text/…"`
	Indicators  []string          `json:"indicators" doc:"Codes of indicators."`
	Interests   map[string]string `json:"interests" doc:"Ties to units: 1.kind, 1.unit, 2.kind …; kind none: no tie."`
	Appointment string            `json:"appointment" doc:"Number of the letter of appointment."`
}

func (in scopeInput) engagement() Engagement {
	e := Engagement{OpensOn: strings.TrimSpace(in.OpensOn), ClosesOn: strings.TrimSpace(in.ClosesOn), Areas: in.Areas,
		Documents: in.Documents, Indicators: in.Indicators, Interests: []Interest{},
		Appointment: strings.TrimSpace(in.Appointment)}
	for n := 1; n <= maxTies; n++ {
		at := strconv.Itoa(n)
		i := Interest{strings.TrimSpace(in.Interests[at+".unit"]), in.Interests[at+".kind"]}
		if i.Kind == None {
			i.Unit = ""
		}
		if i != (Interest{}) {
			e.Interests = append(e.Interests, i)
		}
	}
	return e
}

// maxTies is how many ties a person can declare.
const maxTies = 8

type inviteInput struct {
	Name    string `json:"name" doc:"Name of the person."`
	Same    string `json:"same" doc:"Identifier of a person of that name who is meant."`
	Another string `json:"another" enum:"yes" doc:"yes: nobody of those who have the name."`
	Role    string `json:"role" enum:"expert,third_party,supervisor"`
	About   string `json:"about" doc:"The object that they are engaged for: round/…"`
	Third   string `json:"third_party" doc:"The third party whose person it is."`
	scopeInput
}

// taken tells a program where it stands after a step.
type taken struct {
	ID      string `json:"id"`
	Person  string `json:"person_id"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func done(r *web.Request, e Engagement, flash say.Key) web.Done[taken] {
	return web.Done[taken]{To: e.URL(), Flash: part.In(r.Lang, flash),
		Data: taken{e.ID, e.PersonID, e.State, e.Version}}
}

func (p pages) invite(r *web.Request, in inviteInput) (web.Done[taken], error) {
	e := in.engagement()
	e.Person, e.Role, e.About, e.Third = in.Name, Role(in.Role), in.About, in.Third
	e, err := Invite(r.Tx, r.User, Registered{Engagement: e, Same: in.Same, Another: in.Another == "yes"}, p.House)
	return done(r, e, "已登记。附上承诺书后启用。"), err
}

type editInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	scopeInput
}

func (p pages) edit(r *web.Request, in editInput) (web.Done[taken], error) {
	e := in.engagement()
	e.ID, e.Version = in.ID, in.Version
	e, err := Edit(r.Tx, r.User, e, p.House)
	return done(r, e, "已保存。"), err
}

type moveInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func (p pages) start(r *web.Request, in moveInput) (web.Done[taken], error) {
	e, err := Start(r.Tx, r.User, in.ID, in.Version, p.House)
	return done(r, e, "已启用。请系统管理员在“人员与账号”里给此人开账号。"), err
}

type reasonInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}
