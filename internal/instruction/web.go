package instruction

// Routes of instructions: list, one with its steps, the form to write one. A leader's desk is web_desk.go's.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/list"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// pages holds what the handlers need beside the request.
type pages struct {
	House
}

// House is what the module asks of the rest of the program.
type House struct {
	Sees  func(tx *db.Tx, by auth.User, object string) error // whether by may see an object: Missing if not
	Page  func(object string) string                         // where it stands; empty: nowhere
	About about
}

// about is what other modules say of a leader's desk.
type about = func(*db.Tx, auth.User, module.Of) ([]module.Card, error)

// Routes registers the module's pages.
func Routes(m *web.Mux, h House) {
	p := pages{h}
	web.View(m, "GET /instructions 列出领导批示", VerbRead, showList, listPage)
	web.View(m, "GET /instructions/desk 看领导的批示台", VerbDesk, p.showDesk, deskPage)
	web.View(m, "GET /instructions/new 准备写批示", VerbWrite, p.new, newPage)
	web.Form(m, "POST /instructions 写批示或代录纸质批示", VerbWrite, p.write, p.new, newPage)
	web.View(m, "GET /instructions/submit 准备呈批", VerbSubmit, p.new, submitPage)
	web.Form(m, "POST /instructions/submit 呈请领导批示", VerbSubmit, p.submit, p.new, submitPage)
	web.View(m, "GET /instructions/{id} 看一件批示和办理情况", VerbRead, p.show, showPage)
	web.View(m, "GET /instructions/{id}/document 下载批示办理情况报告", VerbRead, paper, nil)
	web.Form(m, "POST /instructions/{id}/write 在呈批件上写批示", VerbWrite, answer, p.show, showPage)
	web.Form(m, "POST /instructions/{id}/confirm 确认代录的批示", VerbConfirm, confirm, p.show, showPage)
	web.Form(m, "POST /instructions/{id}/report 向领导报告办理情况", VerbReport, report, p.show, showPage)
	web.Form(m, "POST /instructions/{id}/satisfy 过目，没有意见", VerbSatisfy, satisfy, p.show, showPage)
	web.Form(m, "POST /instructions/{id}/follow 对办理情况再作批示", VerbFollow, followUp, p.show, showPage)
	web.Form(m, "POST /instructions/{id}/withdraw 撤回批示", VerbWithdraw, withdraw, p.show, showPage)
}

type listInput struct {
	State string `json:"state" enum:"awaited,filed,running,reported,satisfied,followed,withdrawn" doc:"State of an instruction."`
	Kind  string `json:"kind" enum:"circled,noted,act,report_back" doc:"circled, noted, act or report_back."`
	Word  string `json:"q" doc:"Words to look for."`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

// item is an instruction as lists show it.
type item struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Leader string `json:"leader"`
	On     string `json:"on,omitempty"`
	Text   string `json:"text,omitempty"`
	Kind   Kind   `json:"kind,omitempty"`
	State  State  `json:"state"`
	Lamp   string `json:"lamp"`
	Due    string `json:"due,omitempty"`
	Behalf bool   `json:"on_behalf,omitempty"` // 代录
}

func (i Instruction) item(today string) item {
	return item{i.ID, i.Title, i.Leader, i.WrittenOn, i.Text, i.Kind, i.State, i.Lamp(today), i.DueOn,
		i.Entered == OnBehalf}
}

type listData struct {
	Items []item `json:"instructions"`
	list.Shown[Instruction]
}

func instructions(r *web.Request) list.List[Instruction] {
	today := r.Tx.Today()
	text := func(of func(Instruction) string) func(context.Context, Instruction) string {
		return func(_ context.Context, i Instruction) string { return of(i) }
	}
	said := func(of func(Instruction) say.Key) func(context.Context, Instruction) string {
		return func(ctx context.Context, i Instruction) string {
			if word := of(i); word != "" {
				return part.T(ctx, word)
			}
			return ""
		}
	}
	l := list.List[Instruction]{Path: "/instructions", File: "instructions", Title: "批示", First: "-time",
		Size:  20,
		Intro: say.New("批示原文照录，不改一字；只有作出批示的领导本人过目后才算办结。"),
		Empty: list.Empty{Title: "还没有批示", Next: "领导写下的批示，或办公室代录的纸质批示，会列在这里。"},
		Columns: []list.Column[Instruction]{
			{Label: "编号", Saved: true, Aside: true, Text: text(func(i Instruction) string { return i.ID })},
			{Name: "title", Label: "来件或事项", Text: text(func(i Instruction) string { return i.Title }),
				URL: func(i Instruction) string { return i.URL() }},
			{Name: "leader", Label: "领导", Text: text(func(i Instruction) string { return i.Leader })},
			{Name: "on", Label: "批示日期", Newest: true,
				Text: text(func(i Instruction) string { return i.WrittenOn })},
			{Label: "批示原文", Saved: true, Text: text(func(i Instruction) string { return i.Text })},
			{Name: "kind", Label: "类型", Text: said(func(i Instruction) say.Key { return i.Kind.Words() })},
			{Name: "state", Label: "状态", Text: said(func(i Instruction) say.Key { return i.State.Words() })},
			{Name: "due", Label: "期限", Text: text(func(i Instruction) string { return i.DueOn })},
			{Name: "lamp", Label: "灯", Text: said(func(i Instruction) say.Key {
				if i.State != StateRunning {
					return ""
				}
				return part.DueWord(i.Lamp(today))
			})},
			{Name: "time", Label: "最近办理", Newest: true,
				Text: text(func(i Instruction) string { return part.When(i.UpdatedAt) })},
		}}
	if r.User.Can(VerbWrite) {
		l.Actions = listActions(r.User.Can(VerbSubmit))
	}
	return l
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	ctx := part.With(context.Background(), part.Env{Lang: r.Lang})
	options := func(codes []string, word func(string) say.Key) (all []part.Option) {
		for _, code := range codes {
			all = append(all, part.Option{Value: code, Label: part.T(ctx, word(code))})
		}
		return all
	}
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{
		{Name: "state", Value: in.State, Label: "状态",
			Options: options(life.States(), func(s string) say.Key { return State(s).Words() })},
		{Name: "kind", Value: in.Kind, Label: "类型",
			Options: options([]string{string(Circled), string(Noted), string(Act), string(ReportBack)},
				func(k string) say.Key { return Kind(k).Words() })},
		{Name: "q", Value: in.Word, Label: "查找"}}}
	rows, shown, err := instructions(r).Read(r, at, source(r.User, in))
	d.Shown, d.Items = shown, []item{}
	for _, i := range rows {
		d.Items = append(d.Items, i.item(r.Tx.Today()))
	}
	return d, err
}

type showInput struct {
	ID string `json:"id"`
}

// showData is one instruction with what came of it, and what its reader may do.
type showData struct {
	Instruction item       `json:"instruction"`
	Version     int64      `json:"version"`
	Units       []string   `json:"units"`
	About       string     `json:"about,omitempty"`
	Proposal    string     `json:"proposal,omitempty"`
	Report      string     `json:"report,omitempty"`
	ReportedOn  string     `json:"reported_on,omitempty"`
	Matters     []from     `json:"matters"` // that it is a source of
	Actions     []string   `json:"actions"`
	Trail       trail.Data `json:"trail"`

	i       Instruction
	units   []network.Unit
	choose  []network.Group
	reader  auth.User
	follows *Instruction
	today   string
	url     string // of what it stands on, for who may see that
}

// from is a matter that comes from the instruction.
type from struct {
	ID     string       `json:"id"`
	Number string       `json:"number"`
	Title  string       `json:"title"`
	State  matter.State `json:"state"`
	Closed int          `json:"closed"`
	Of     int          `json:"of"`
}

func (p pages) show(r *web.Request, in showInput) (d showData, err error) {
	if d.i, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	i := d.i
	d.today = r.Tx.Today()
	d.Instruction, d.Version, d.Units, d.About = i.item(d.today), i.Version, append([]string{}, i.Units...), i.About
	d.Proposal, d.Report, d.ReportedOn, d.Matters = i.Proposal, i.Report, i.ReportedOn, []from{}
	s, err := staged(r.Tx, i)
	if err != nil {
		return d, err
	}
	for _, step := range life.Open(r.User, s.as(r.User)) {
		d.Actions = append(d.Actions, step.Verb)
	}
	matters, err := matter.SeenBySource(r.Tx, r.User, i.Object())
	if err != nil {
		return d, err
	}
	for _, m := range matters {
		closed, of := m.Counted()
		d.Matters = append(d.Matters, from{m.ID, m.Number, m.Title, m.Shown, closed, of})
	}
	for _, code := range i.Units {
		u, err := network.UnitByCode(r.Tx, code)
		if err != nil {
			return d, err
		}
		d.units = append(d.units, u)
	}
	d.reader = r.User
	if i.About != "" {
		if _, d.url, err = p.titled(r, i.About, i.Title); err != nil && errs.KindOf(err) != errs.Missing {
			return d, err
		}
	}
	if d.may(VerbWrite) || d.may(VerbFollow) {
		if d.choose, err = groups(r.Tx, i.Unit); err != nil {
			return d, err
		}
	}
	if i.Follows != "" {
		before, err := Read(r.Tx, r.User, i.Follows)
		if err == nil {
			d.follows = &before
		} else if errs.KindOf(err) != errs.Missing { // that one may name other units
			return d, err
		}
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), i.ID)
	return d, err
}

func (d showData) may(verb string) bool { return slices.Contains(d.Actions, verb) }

type newInput struct {
	About string `json:"about" doc:"What the instruction stands on, such as matter/ID; empty for a paper that came in."`
	Title string `json:"title" doc:"Title of the paper that came in; of a thing that the program shows it is taken from there."`
}

// newData is what the form to write one needs.
type newData struct {
	About   string         `json:"about,omitempty"`
	Title   string         `json:"title,omitempty"`
	Leaders []network.Post `json:"leaders,omitempty"` // for the office
	Today   string         `json:"today"`

	units []network.Group
	url   string
}

func (p pages) new(r *web.Request, in newInput) (d newData, err error) {
	d.Today, d.Title = r.Tx.Today(), in.Title
	if d.About = in.About; d.About != "" {
		if d.Title, d.url, err = p.titled(r, in.About, in.Title); err != nil {
			return d, err
		}
	}
	if _, ok := leads(r.User); !ok {
		if d.Leaders, err = Leaders(r.Tx, r.User); err != nil {
			return d, err
		}
	}
	d.units, err = ownGroups(r)
	return d, err
}

// groups are the units that a committee can give work to.
func groups(tx *db.Tx, committee string) ([]network.Group, error) {
	unit, err := network.UnitByCode(tx, committee)
	if err != nil {
		return nil, err
	}
	return network.Groups(tx, unit.AreaID)
}

// ownGroups are those of the reader's own committee or office.
func ownGroups(r *web.Request) ([]network.Group, error) {
	for _, post := range r.User.Posts {
		if post.Role == auth.Office || post.Role == auth.CommitteeChief {
			return network.Groups(r.Tx, post.AreaID)
		}
	}
	return nil, nil
}

// titled is what an object is called and where it is; missing if the user does not see it. said is what it is called
// where the search does not know it.
func (p pages) titled(r *web.Request, object, said string) (title, url string, err error) {
	missing := errs.Missingf("没有找到要批示的事项。它可能不存在，或者您没有查看权限。")
	known, found, err := find.Called(r.Tx, object)
	if err != nil {
		return "", "", err
	}
	kind, _, _ := strings.Cut(object, "/")
	if open := kind == "indicator" || kind == "area"; !open { // those are everybody's
		err = p.Sees(r.Tx, r.User, object)
	} else if !found {
		err = missing
	}
	if k := errs.KindOf(err); k == errs.Missing || k == errs.Denied {
		return "", "", missing
	}
	if !found {
		known.ZH = said
	}
	return known.In(r.Lang), p.Page(object), err
}

type writeInput struct {
	Leader string   `json:"leader" doc:"Person whose instruction it is: a leader of the own committee; by default the user."`
	On     string   `json:"on" doc:"Day that the instruction bears, 2024-03-15; by default today."`
	Title  string   `json:"title" doc:"Title of the paper that came in; of a thing that the program shows it is taken from there."`
	About  string   `json:"about" doc:"What the instruction stands on, such as matter/ID; empty for a paper that came in."`
	Kind   Kind     `json:"kind" doc:"circled, noted, act or report_back."`
	Text   string   `json:"text" doc:"The words as the leader wrote them."`
	Units  []string `json:"units" doc:"Codes of the units that are to do it, the leading one first."`
	Due    string   `json:"due" doc:"Day until which it is to be done, 2024-03-15."`
	Paper  string   `json:"paper" doc:"On behalf of a leader: where the paper is kept."`
}

// taken tells a program where the instruction stands after a step.
type taken struct {
	ID      string `json:"id"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func done(r *web.Request, i Instruction, flash say.Key) web.Done[taken] {
	return web.Done[taken]{To: i.URL(), Flash: part.In(r.Lang, flash), Data: taken{i.ID, i.State, i.Version}}
}

func (p pages) write(r *web.Request, in writeInput) (web.Done[taken], error) {
	from, err := ownGroups(r)
	if err != nil {
		return web.Done[taken]{}, err
	}
	w := Written{Leader: in.Leader, On: in.On, Text: in.Text, About: in.About, Title: in.Title, Kind: in.Kind,
		Units: choose(context.Background(), from).Codes(in.Units), DueOn: in.Due, Paper: in.Paper}
	if in.About != "" {
		title, _, err := p.titled(r, in.About, in.Title)
		if err != nil {
			return web.Done[taken]{}, err
		}
		w.Title = title
	}
	i, err := Write(r.Tx, r.User, w)
	return done(r, i, "批示已记下。"), err
}

type submitInput struct {
	Leader   string `json:"leader" doc:"Person whose instruction it is: a leader of the own committee; by default the user."`
	Title    string `json:"title" doc:"Title of the paper that came in; of a thing that the program shows it is taken from there."`
	About    string `json:"about" doc:"What the instruction stands on, such as matter/ID; empty for a paper that came in."`
	Proposal string `json:"proposal" doc:"What the office proposes."`
}

func (p pages) submit(r *web.Request, in submitInput) (web.Done[taken], error) {
	w := Written{Leader: in.Leader, About: in.About, Title: in.Title, Proposal: in.Proposal}
	if in.About != "" {
		title, _, err := p.titled(r, in.About, in.Title)
		if err != nil {
			return web.Done[taken]{}, err
		}
		w.Title = title
	}
	i, err := Submit(r.Tx, r.User, w)
	return done(r, i, "已呈领导批示。"), err
}
