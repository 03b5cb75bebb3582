package change

// Routes of adjustments: the list, one adjustment with its preview, and the steps.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// pages holds what the handlers need beside the request.
type pages struct{ all func() module.List }

func (p pages) holds() []module.Hold { return p.all().Holds() }

// Routes serves adjustments.
func Routes(m *web.Mux, all func() module.List) {
	p := pages{all}
	p.personRoutes(m)
	web.View(m, "GET /adjustments 列出成员单位调整", "adjustment.read", showList, listPage)
	web.View(m, "GET /adjustments/new 拟定一项调整", VerbDraft, newAdjustment, newPage)
	web.Form(m, "POST /adjustments 拟定调整", VerbDraft, draft, newAdjustment, newPage)
	web.View(m, "GET /adjustments/{id} 看一项调整和要交接的工作", "adjustment.read", p.show, showPage)
	web.View(m, "GET /adjustments/{id}/notice 下载成员单位调整通知", "adjustment.read", noticeFile, nil)
	web.Form(m, "POST /adjustments/{id}/edit 修改标题、依据和生效日", VerbEdit, edit, p.show, showPage)
	web.Form(m, "POST /adjustments/{id}/lines/{add} 增加一行调整", VerbEdit, addLine, p.show, showPage)
	web.Form(m, "POST /adjustments/{id}/drop/{line} 删去一行调整", VerbEdit, dropLine, p.show, showPage)
	web.Form(m, "POST /adjustments/{id}/lines/unit 新设一个单位", VerbEdit, addUnit, p.show, showPage)
	web.Form(m, "POST /adjustments/{id}/shares 指定承接单位", VerbAssign, assign, p.show, showPage)
	web.Form(m, "POST /adjustments/{id}/preview 预演", VerbPreview, p.look, p.show, showPage)
	web.Form(m, "POST /adjustments/{id}/approve 批准调整", VerbApprove, p.approve, p.show, showPage)
	web.Form(m, "POST /adjustments/{id}/enter 代录批准", VerbEnter, p.enter, p.show, showPage)
	web.Form(m, "POST /adjustments/{id}/withdraw 撤销调整", VerbWithdraw, withdraw, p.show, showPage)
}

// listed is an adjustment in the list.
type listed struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	State  string `json:"state"`
	Lamp   string `json:"lamp"`
	Due    string `json:"due"` // the day from which it holds
	a      Adjustment
}

type listInput struct {
	State string `json:"state" enum:"draft,approved,applied,withdrawn"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type listData struct {
	Items []listed `json:"adjustments"`
	list.Shown[listed]
}

func adjustments() list.List[listed] {
	return list.List[listed]{Path: "/adjustments", File: "adjustments", Title: "成员单位调整",
		Intro: say.New("机构改革和换届引起的成员变动：先拟定、预演谁来承接在办的事，批准后在生效日零点一次办成。"),
		First: "-due", Size: 50,
		Empty: list.Empty{Title: "没有成员单位调整",
			Next: "机构合并、更名，或者有单位加入、退出时，由妇儿工委办拟定。"},
		Columns: []list.Column[listed]{
			{Name: "title", Label: "调整", URL: func(l listed) string { return l.a.URL() },
				Text:    func(_ context.Context, l listed) string { return l.Title },
				Compare: func(a, b listed) int { return strings.Compare(a.Title, b.Title) }},
			{Name: "number", Label: "编号", Text: func(_ context.Context, l listed) string { return l.Number },
				Compare: func(a, b listed) int { return strings.Compare(a.Number, b.Number) }},
			{Name: "due", Label: "生效日", Newest: true, Text: func(_ context.Context,
				l listed) string {
				return l.Due
			},
				Compare: func(a, b listed) int { return strings.Compare(a.Due, b.Due) }},
			{Name: "content", Label: "内容",
				Text: func(ctx context.Context, l listed) string { return l.a.summary(ctx) }},
			{Name: "state", Label: "状态",
				Text: func(ctx context.Context, l listed) string { return part.T(ctx, l.a.StateWords()) }},
		}}
}

// summary says which kinds of changes there are, and how many of each.
func (a Adjustment) summary(ctx context.Context) string {
	var all []string
	for _, kind := range LineKinds {
		n := 0
		for _, l := range a.Lines {
			if l.Kind == kind {
				n++
			}
		}
		if n > 0 {
			all = append(all, part.T(ctx, lineWords[kind])+" "+strconv.Itoa(n))
		}
	}
	return strings.Join(all, part.T(ctx, "、"))
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	seen, err := List(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	rows := []listed{}
	for _, a := range seen {
		if in.State == "" || a.State == in.State {
			rows = append(rows, listed{a.ID, a.Number, a.Title, a.State, a.Lamp(r.Tx.Today()), a.EffectiveOn, a})
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range life.States() {
		states.Options = append(states.Options, part.Option{Value: s, Label: part.T(ctx, life.Words[s])})
	}
	shown := adjustments()
	if r.User.Can(VerbDraft) {
		shown.Actions = newLink()
	}
	d.Items, d.Shown, err = shown.Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{states}}, rows)
	if d.Items == nil {
		d.Items = []listed{}
	}
	return d, err
}

// newData is what a new adjustment may be of.
type newData struct {
	Bodies []network.Unit `json:"bodies"`
}

func newAdjustment(r *web.Request, _ struct{}) (d newData, err error) {
	d.Bodies = []network.Unit{}
	bodies, err := network.Bodies(r.Tx)
	for _, code := range bodies {
		u, err := network.UnitByCode(r.Tx, code)
		if err != nil {
			return d, err
		}
		area, err := network.AreaByID(r.Tx, u.AreaID)
		if err != nil {
			return d, err
		}
		if _, ok := r.User.Oversees(area.Path); ok {
			d.Bodies = append(d.Bodies, u)
		}
	}
	return d, err
}

type draftInput struct {
	Body        string `json:"body"`
	Title       string `json:"title"`
	Basis       string `json:"basis"`
	EffectiveOn string `json:"effective_on"`
}

type done = web.Done[Adjustment]

func answer(r *web.Request, a Adjustment, err error, flash say.Key) (done, error) {
	return done{To: a.URL(), Flash: part.In(r.Lang, flash), Data: a}, err
}

func draft(r *web.Request, in draftInput) (done, error) {
	a, err := Draft(r.Tx, r.User, Adjustment{Body: in.Body, Title: strings.TrimSpace(in.Title),
		Basis: strings.TrimSpace(in.Basis), EffectiveOn: in.EffectiveOn})
	return answer(r, a, err, "已保存。请把依据文件附在下面的办理记录里，再逐行写出调整。")
}

type target struct {
	ID  string `json:"id"`
	Add string `json:"add" enum:"join,leave,rename,merge,split,seat,duty,unit"` // the form that is open
}

// showData is an adjustment with all that its page needs.
type showData struct {
	Adjustment Adjustment      `json:"adjustment"`
	Preview    Preview         `json:"preview"`
	Trail      []trail.Line    `json:"trail"`
	Units      []network.Unit  `json:"units"` // that are there on the day: to choose from
	Files      []evidence.File `json:"files"`
	below      trail.Data
	names      map[string]network.Unit
	body       network.Unit
	open       []flow.Step
	today      string
	add        string
	kinds      []network.Label
}

func (p pages) show(r *web.Request, in target) (d showData, err error) {
	if d.Adjustment, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	a := d.Adjustment
	d.add = in.Add
	d.today, d.open = r.Tx.Today(), a.Open(r.User, r.Tx.Today())
	if a.State == Drafted || a.State == Approved {
		if d.Preview, err = preview(r.Tx, a, p.holds()); err != nil {
			return d, err
		}
	}
	if !r.User.SeesAll(a.areaPath) {
		d.Adjustment, d.Preview = a.told(r.User), d.Preview.told(r.User)
	}
	for _, l := range d.Preview.Lines {
		if err := p.link(r, l.Groups); err != nil {
			return d, err
		}
	}
	if d.below, err = trail.Read(r.Tx, r.User, Trail(), a.ID); err != nil {
		return d, err
	}
	d.Trail, d.Files = d.below.Lines, d.below.Files
	if d.body, err = network.UnitByCode(r.Tx, a.Body); err != nil {
		return d, err
	}
	return d, d.read(r.Tx)
}

// link leaves the addresses of what the reader may open; of all else the name says enough.
func (p pages) link(r *web.Request, groups []Group) error {
	for _, g := range groups {
		for n, t := range g.Things {
			leads, err := p.all().Leads(r.Tx, r.User, t.Object)
			if err != nil {
				return err
			}
			if !leads {
				g.Things[n].URL = ""
			}
		}
	}
	return nil
}

// read fills in the units of the area that are there on the day, and the names of all that the lines speak of.
func (d *showData) read(tx *db.Tx) error {
	all, err := network.AllUnits(tx)
	if err != nil {
		return err
	}
	d.names, d.Units = map[string]network.Unit{}, []network.Unit{}
	for _, u := range all {
		d.names[u.Code] = u
		if u.AreaID == d.body.AreaID && u.Code != d.body.Code && u.OpenOn(d.Adjustment.EffectiveOn) {
			d.Units = append(d.Units, u)
		}
	}
	slices.SortStableFunc(d.Units, func(a, b network.Unit) int { return a.Position - b.Position })
	labels, err := network.Labels(tx, "unit_kind")
	for _, l := range labels {
		d.kinds = append(d.kinds, l)
	}
	slices.SortFunc(d.kinds, func(a, b network.Label) int { return a.Position - b.Position })
	return err
}

func (d showData) may(verb string) bool {
	return slices.ContainsFunc(d.open, func(s flow.Step) bool { return s.Verb == verb })
}
