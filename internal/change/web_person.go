package change

// Routes of changes of persons: reported by the unit, confirmed by the office, taken over by the successor.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func (p pages) personRoutes(m *web.Mux) {
	web.View(m, "GET /changes 列出人员变动", "post_change.read", showChanges, changesPage)
	web.View(m, "GET /changes/new 准备报告人员变动", VerbReport, newChange, newChangePage)
	web.Form(m, "POST /changes 报告人员变动", VerbReport, report, newChange, newChangePage)
	web.View(m, "GET /changes/{id} 看一项人员变动和交接清单", "post_change.read", p.showChange, changePage)
	web.Form(m, "POST /changes/{id}/confirm 确认到岗", VerbConfirm, confirm, p.showChange, changePage)
	web.Form(m, "POST /changes/{id}/take-over 接手工作", VerbTakeOver, p.takeOver, p.showChange, changePage)
	web.Form(m, "POST /changes/{id}/drop 撤回报告", VerbDrop, dropChange, p.showChange, changePage)
}

// listedChange is a change in the list, with the words for its unit and role.
type listedChange struct {
	PostChange
	UnitName   string `json:"unit_name"`
	UnitNameEN string `json:"unit_name_en,omitempty"`
	role       network.Label
}

type changesInput struct {
	State string `json:"state" enum:"reported,in_post,handed_over,dropped"`
	Unit  string `json:"unit"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type changesData struct {
	Items []listedChange `json:"changes"`
	// InTime of All were reported within the time.
	InTime int `json:"in_time"`
	All    int `json:"all"`
	list.Shown[listedChange]
}

func changeList() list.List[listedChange] {
	return list.List[listedChange]{Path: "/changes", File: "changes", Title: "人员变动",
		Intro: say.New("单位负责人、联络员、统计负责人变动后一个月内报告；妇儿工委办确认，接任人接手在办的事。"),
		First: "-changed", Size: 50,
		Empty: list.Empty{Title: "没有人员变动", Next: "联络员、负责人换人时，由本单位在这里报告。"},
		Columns: []list.Column[listedChange]{
			{Name: "unit", Label: "单位", URL: func(l listedChange) string { return l.PostChange.URL() },
				Text: func(ctx context.Context, l listedChange) string {
					return part.Name(ctx, l.UnitName,
						l.UnitNameEN)
				},
				Compare: func(a, b listedChange) int { return strings.Compare(a.UnitName, b.UnitName) }},
			{Name: "post", Label: "岗位", Text: func(ctx context.Context, l listedChange) string {
				return part.Name(ctx, l.role.Name, l.role.NameEN)
			}},
			{Name: "outgoing", Label: "离任",
				Text: func(_ context.Context, l listedChange) string { return l.Outgoing }},
			{Name: "person", Label: "接任", Text: func(_ context.Context, l listedChange) string { return l.Person }},
			{Name: "changed", Label: "变动日", Newest: true,
				Text:    func(_ context.Context, l listedChange) string { return l.ChangedOn },
				Compare: func(a, b listedChange) int { return strings.Compare(a.ChangedOn, b.ChangedOn) }},
			{Name: "told", Label: "报告日", Text: func(ctx context.Context, l listedChange) string {
				if l.Late {
					return part.T(ctx, "%s（迟报）", l.ReportedOn)
				}
				return l.ReportedOn
			}},
			{Name: "state", Label: "状态", Text: func(ctx context.Context, l listedChange) string {
				return part.T(ctx,
					l.StateWords())
			}},
		}}
}

func showChanges(r *web.Request, in changesInput) (d changesData, err error) {
	if in.Unit != "" {
		if _, err := network.SeenUnit(r.Tx, r.User, in.Unit); err != nil {
			return d, errs.In("unit", err)
		}
	}
	seen, err := seenChanges(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	rows := []listedChange{}
	for _, c := range seen {
		if in.State != "" && c.State != in.State || in.Unit != "" && c.Unit != in.Unit {
			continue
		}
		l, err := listChange(r, c)
		if err != nil {
			return d, err
		}
		rows = append(rows, l)
	}
	if d.InTime, d.All, err = Reporting(r.Tx, r.User, module.Work{}); err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range personLife.States() {
		states.Options = append(states.Options, part.Option{Value: s, Label: part.T(ctx, personLife.Words[s])})
	}
	shown := changeList()
	if d.All > 0 {
		shown.Intro = say.New("按期报告 %d / %d。变动后一个月内报告算按期。", d.InTime, d.All)
	}
	if r.User.Can(VerbReport) {
		shown.Actions = reportLink()
	}
	d.Items, d.Shown, err = shown.Sorted(r, list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{states,
		{Name: "unit", Value: in.Unit, Hidden: true}}}, rows)
	if d.Items == nil {
		d.Items = []listedChange{}
	}
	return d, err
}

func listChange(r *web.Request, c PostChange) (l listedChange, err error) {
	u, err := network.UnitByCode(r.Tx, c.Unit)
	if err != nil {
		return l, err
	}
	roles, err := network.Labels(r.Tx, "role")
	return listedChange{PostChange: c, UnitName: u.Name, UnitNameEN: u.NameEN, role: roles[c.Role]}, err
}

type newChangeInput struct {
	Unit     string `json:"unit"`
	Role     string `json:"role"`
	Outgoing string `json:"outgoing"`
}

// newChangeData is what a report may be of: the units that the reader speaks for, and the posts in them.
type newChangeData struct {
	Units []network.Unit `json:"units"`
	Posts []network.Post `json:"posts"` // of today, in those units, where they are few
	in    newChangeInput
	roles []network.Label
	today string
}

func newChange(r *web.Request, in newChangeInput) (d newChangeData, err error) {
	d = newChangeData{Units: []network.Unit{}, Posts: []network.Post{}, in: in, today: r.Tx.Today()}
	all, err := network.AllUnits(r.Tx)
	if err != nil {
		return d, err
	}
	for _, u := range all {
		area, err := network.AreaByID(r.Tx, u.AreaID)
		if err != nil {
			return d, err
		}
		_, speaks := PostChange{Unit: u.Code, areaPath: area.Path}.plays(r.User, partUnit)
		if speaks == nil && u.OpenOn(d.today) && (in.Unit == "" || in.Unit == u.Code) {
			d.Units = append(d.Units, u)
		}
	}
	slices.SortStableFunc(d.Units, func(a, b network.Unit) int { return a.Position - b.Position })
	if len(d.Units) <= 3 {
		for _, u := range d.Units {
			staff, err := network.Staff(r.Tx, u.Code, "")
			if err != nil {
				return d, err
			}
			d.Posts = append(d.Posts, staff...)
		}
	}
	labels, err := network.Labels(r.Tx, "role")
	for _, code := range []string{auth.Liaison, auth.Leader, auth.Statistician, auth.Office, auth.CommitteeChief} {
		if l, known := labels[code]; known {
			d.roles = append(d.roles, l)
		}
	}
	return d, err
}

type reportInput struct {
	Unit      string `json:"unit"`
	Role      string `json:"role"`
	Outgoing  string `json:"outgoing"`
	Person    string `json:"person"`
	Title     string `json:"title"`
	Room      string `json:"room"`
	Phone     string `json:"phone"`
	ChangedOn string `json:"changed_on"`
	Note      string `json:"note"`
	Same      string `json:"same"` // the id of the one meant among several of the name
	New       bool   `json:"new"`  // somebody else than those of the name
	Both      bool   `json:"both"` // liaison of another unit as well
}

type changed = web.Done[PostChange]

func report(r *web.Request, in reportInput) (changed, error) {
	c, err := Report(r.Tx, r.User, PostChange{Unit: in.Unit, Role: in.Role, Outgoing: strings.TrimSpace(in.Outgoing),
		Person: strings.TrimSpace(in.Person), Title: strings.TrimSpace(in.Title), Room: strings.TrimSpace(in.Room),
		Phone: strings.TrimSpace(in.Phone), ChangedOn: in.ChangedOn, Note: strings.TrimSpace(in.Note)},
		Who{Same: in.Same, New: in.New, Both: in.Both})
	return tell(r, c, err, "已报告，等妇儿工委办确认。")
}

func tell(r *web.Request, c PostChange, err error, flash say.Key) (changed, error) {
	return changed{To: c.URL(), Flash: part.In(r.Lang, flash), Data: c}, err
}

func confirm(r *web.Request, in stepInput) (changed, error) {
	c, err := Confirm(r.Tx, r.User, in.ID, in.Version)
	return tell(r, c, err, "已确认到岗。离任人没有别的岗位的，账号和签名密钥已停用。")
}

func (p pages) takeOver(r *web.Request, in stepInput) (changed, error) {
	c, err := TakeOver(r.Tx, r.User, in.ID, in.Version, p.holds())
	return tell(r, c, err, "已接手，交接清单已存。")
}

func dropChange(r *web.Request, in withdrawInput) (changed, error) {
	c, err := Drop(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return tell(r, c, err, "报告已撤回。")
}

// changeData is a change with what is handed over.
type changeData struct {
	Change   listedChange `json:"change"`
	Handover []Group      `json:"handover"` // as it stands now; what was taken over stands in the change
	Trail    []trail.Line `json:"trail"`
	below    trail.Data
	open     []flow.Step
}

func (p pages) showChange(r *web.Request, in struct {
	ID string `json:"id"`
}) (d changeData, err error) {
	c, err := ReadChange(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	if d.Change, err = listChange(r, c); err != nil {
		return d, err
	}
	d.open = c.Open(r.User, r.Tx.Today())
	d.Handover = []Group{}
	if !personLife.Ended(c.State) {
		if d.Handover, err = Handover(r.Tx, c.Unit, p.holds()); err != nil {
			return d, err
		}
		if err := p.link(r, d.Handover); err != nil {
			return d, err
		}
	}
	d.below, err = trail.Read(r.Tx, r.User, changeTrail(), c.ID)
	d.Trail = d.below.Lines
	return d, err
}

func (d changeData) may(verb string) bool {
	return slices.ContainsFunc(d.open, func(s flow.Step) bool { return s.Verb == verb })
}
