package panel

// Routes of panels: the list, the form to call one, one with its steps, the statement as a document.

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/document"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type pages struct{ House }

// Routes registers the module's pages.
func Routes(m *web.Mux, h House) {
	p := pages{h}
	web.View(m, "GET /panels 列出专家论证", VerbRead, p.showList, listPage)
	web.View(m, "GET /panels/new 准备组织专家论证", VerbCall, p.newPanel, newPage)
	web.Form(m, "POST /panels 组织专家论证", VerbCall, p.call, p.newPanel, newPage, web.Before(readText),
		web.In(web.Files))
	web.View(m, "GET /panels/{id} 看一次专家论证", VerbRead, show, showPage)
	web.View(m, "GET /panels/{id}/document 下载专家论证意见", VerbPrint, paper, nil)
	web.Form(m, "POST /panels/{id}/conclude 作论证结论", VerbConclude, conclude, show, showPage)
	web.Form(m, "POST /panels/{id}/sign 登记签名的论证意见", VerbSign, signed, show, showPage, web.Before(p.keep),
		web.In(web.Files))
	web.Form(m, "POST /panels/{id}/head 改任专家组组长", VerbLead, lead, show, showPage)
	web.Form(m, "POST /panels/{id}/cancel 取消专家论证", VerbCancel, cancel, show, showPage)
}

type listInput struct {
	State string `json:"state" enum:"reviewing,concluded,signed,cancelled" doc:"State of a panel."`
	About string `json:"about" doc:"The object whose text is reviewed: round/…"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type listData struct {
	Items []Listing `json:"panels"`
	list.Shown[Listing]
}

func panels(may bool, about string) list.List[Listing] {
	l := list.List[Listing]{Path: "/panels", File: "panels", Title: "专家论证", First: "-due", Size: 50,
		Intro: say.New("专家各自独立提意见，全体提完才互相看到；组长作结论。"),
		Empty: list.Empty{Title: "没有专家论证", Next: "先登记受聘专家，再组织论证。"},
		Columns: []list.Column[Listing]{
			{Name: "title", Label: "标题", URL: func(l Listing) string { return "/panels/" + l.ID },
				Text: func(_ context.Context, l Listing) string { return l.Title }},
			{Name: "unit", Label: "组织单位", Text: func(ctx context.Context, l Listing) string {
				return part.Name(ctx, l.name, l.nameEN)
			}},
			{Name: "state", Label: "状态",
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, l.State.Words()) }},
			{Name: "conclusion", Label: "结论", Text: func(ctx context.Context, l Listing) string {
				return part.T(ctx, l.Conclusion.Words())
			}},
			{Name: "due", Label: "截止日期", Newest: true,
				Text: func(_ context.Context, l Listing) string { return l.FileBy }},
		}}
	if may {
		at := newAt("/panels/new", about)
		l.Actions, l.Empty.Label, l.Empty.URL = callButton(at), "组织专家论证", at
	}
	return l
}

// newAt is the address at which something is made for an object.
func newAt(path, about string) string {
	if about == "" {
		return path
	}
	return path + "?about=" + url.QueryEscape(about)
}

func (p pages) showList(r *web.Request, in listInput) (d listData, err error) {
	if in.About != "" {
		if err := p.Sees(r.Tx, r.User, in.About); err != nil {
			return d, errs.In("about", err)
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []State{Reviewing, Concluded, Signed, Cancelled} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	objects, err := engagement.Objects(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	var named []string
	for _, object := range objects {
		if id, is := strings.CutPrefix(object, "panel/"); is {
			named = append(named, id)
		}
	}
	d.Items, d.Shown, err = panels(r.User.Can(VerbCall), in.About).Read(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{states, {Name: "about", Value: in.About, Hidden: true}}}, source(r.User, in, named))
	return d, err
}

type newInput struct {
	About   string `json:"about" doc:"The object whose text is reviewed: round/…"`
	Meeting string `json:"meeting_object" doc:"The meeting at which the panel concludes: meeting/…"`
}

// newData is what a panel can be called with.
type newData struct {
	About   string                  `json:"about,omitempty"`
	Meeting string                  `json:"meeting_object,omitempty"`
	Experts []engagement.Engagement `json:"experts"`
	units   []part.Option
	members part.ChooseView
	heads   []part.Option
}

func (p pages) newPanel(r *web.Request, in newInput) (d newData, err error) {
	d.About, d.Meeting, d.Experts = in.About, in.Meeting, []engagement.Engagement{}
	if in.About != "" {
		if err := p.Adds(r.Tx, r.User, in.About); err != nil {
			return d, err
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	all, err := engagement.Of(r.Tx, in.About)
	group := part.ChooseGroup{Code: "experts", Label: part.T(ctx, "受聘专家"), Open: true}
	d.heads = []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, e := range all {
		if e.Role != engagement.Expert || e.State != engagement.Active && e.State != engagement.Invited ||
			!r.User.Sees(e.Office, e.AreaPath) {
			continue
		}
		d.Experts = append(d.Experts, e)
		one := part.Option{Value: e.ID, Label: e.Person}
		group.Options, d.heads = append(group.Options, one), append(d.heads, one)
	}
	least, wrong := p.least(r.Tx, in.About)
	if wrong != nil {
		return d, wrong
	}
	d.members = part.ChooseView{Name: "members", Label: part.T(ctx, "专家"), Required: true,
		Help: part.T(ctx, "至少%d人（待确认）。", least), Groups: []part.ChooseGroup{group}}
	if err != nil {
		return d, err
	}
	top, err := area(r)
	if err != nil {
		return d, err
	}
	units, err := network.Units(r.Tx, top)
	d.units = []part.Option{{Label: part.T(ctx, "妇儿工委办")}}
	for _, u := range units {
		if u.OpenOn(r.Tx.Today()) {
			d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
	}
	return d, err
}

// area is that of the user's office.
func area(r *web.Request) (network.Area, error) {
	for _, post := range r.User.Posts {
		if post.Role == auth.Office {
			return network.AreaByID(r.Tx, post.AreaID)
		}
	}
	return network.Area{}, unseen
}

type callInput struct {
	Title   string      `json:"title"`
	About   string      `json:"about" doc:"The object whose text is reviewed: round/…"`
	Author  string      `json:"author" doc:"Code of the unit whose text it is; none: the office."`
	Members []string    `json:"members" doc:"Engagements of the experts."`
	Head    string      `json:"head_of" doc:"The engagement of who heads the panel."`
	Quorum  int         `json:"quorum" doc:"How many must be present; by default more than half."`
	Due     string      `json:"due" doc:"The last day for opinions."`
	Meeting string      `json:"meeting_object" doc:"The meeting at which the panel concludes: meeting/…"`
	Text    string      `json:"text"`
	File    *web.Upload `json:"file"`
}

// readText takes the text of an uploaded file.
func readText(_ *web.Request, in *callInput) (err error) {
	if in.File == nil || in.File.Name == "" && len(in.File.Body) == 0 {
		return nil
	}
	if in.Text, err = document.ReadText(in.File.Name, in.File.Body); errs.KindOf(err) == errs.Invalid {
		return errs.Fields{"file": errs.WordsOf(err)}.Check("没有组织：请先改正标出的地方。")
	}
	return err
}

// taken tells a program where the panel stands after a step.
type taken struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func done(r *web.Request, p Panel, flash say.Key) web.Done[taken] {
	return web.Done[taken]{To: p.URL(), Flash: part.In(r.Lang, flash), Data: taken{p.ID, p.Text, p.State, p.Version}}
}

func (p pages) call(r *web.Request, in callInput) (web.Done[taken], error) {
	members := in.Members
	if slices.Contains(members, "*experts") { // the whole group
		d, err := p.newPanel(r, newInput{About: in.About})
		if err != nil {
			return web.Done[taken]{}, err
		}
		members = d.members.Codes(members)
	}
	made, err := Call(r.Tx, r.User, Panel{Title: in.Title, About: in.About, Author: in.Author, Members: members,
		Head: in.Head, Quorum: in.Quorum, FileBy: strings.TrimSpace(in.Due), Meeting: in.Meeting}, in.Text, p.House)
	return done(r, made, "已组织。启用了受聘的专家可以逐段提意见了。"), err
}

type concludeInput struct {
	ID         string   `json:"id"`
	Version    int64    `json:"version"`
	Conclusion string   `json:"conclusion" enum:"agree,agree_after_changes,again" doc:"What the panel comes to."`
	Statement  string   `json:"statement" doc:"What the panel holds of the text."`
	Present    []string `json:"present" doc:"Engagements of those present."`
}

func conclude(r *web.Request, in concludeInput) (web.Done[taken], error) {
	if slices.Contains(in.Present, "*present") { // the whole group
		p, err := Get(r.Tx, in.ID)
		if err != nil {
			return web.Done[taken]{}, err
		}
		in.Present = p.Members
	}
	p, err := Conclude(r.Tx, r.User, in.ID, in.Version, Concluding{Conclusion(in.Conclusion), in.Statement, in.Present})
	return done(r, p, "已作结论。"), err
}

type signInput struct {
	ID      string      `json:"id"`
	Version int64       `json:"version"`
	Scan    *web.Upload `json:"scan" doc:"The statement that all present signed."`
	kept    evidence.File
}

func (p pages) keep(_ *web.Request, in *signInput) (err error) {
	if in.Scan != nil {
		in.kept, err = evidence.Keep(p.Files, in.Scan.Name, in.Scan.Body)
	}
	return err
}

func signed(r *web.Request, in signInput) (web.Done[taken], error) {
	p, err := Sign(r.Tx, r.User, in.ID, in.Version, in.kept)
	return done(r, p, "已登记（代录）。"), err
}

type reasonInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

type leadInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Head    string `json:"head_of" doc:"The engagement of who heads the panel from now on."`
	Reason  string `json:"reason"`
}

func lead(r *web.Request, in leadInput) (web.Done[taken], error) {
	p, err := Lead(r.Tx, r.User, in.ID, in.Version, in.Head, in.Reason)
	return done(r, p, "已改任组长。"), err
}

func cancel(r *web.Request, in reasonInput) (web.Done[taken], error) {
	p, err := Cancel(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, p, "已取消。"), err
}

func (p Panel) version() string { return strconv.FormatInt(p.Version, 10) }

// outside says whether somebody engaged reads.
func outside(by auth.User) bool { return by.Has(auth.Outsider) }
