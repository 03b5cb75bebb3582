package supervision

// Routes of groups and visits. What a phone sends is web_field.go's, findings and letters web_finding.go's.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// pages holds what the handlers need beside the request.
type pages struct {
	Desk
	secrets account.Secrets
	files   blob.Store
}

// Routes registers the module's pages.
func Routes(m *web.Mux, secrets account.Secrets, files blob.Store, rounds Rounds) {
	p := pages{Desk{rounds}, secrets, files}
	web.View(m, "GET /supervision/groups 列出督导组", VerbWatch, p.showGroups, groupsPage)
	web.View(m, "GET /supervision/groups/new 准备组建督导组", VerbForm, newGroup, groupForm)
	web.Form(m, "POST /supervision/groups 组建督导组", VerbForm, p.form, newGroup, groupForm)
	web.View(m, "GET /supervision/groups/{id} 看一个督导组", VerbRead, showGroup, groupPage)
	web.View(m, "GET /supervision/groups/{id}/edit 准备调整督导组", VerbEdit, editGroup, groupForm)
	web.Form(m, "POST /supervision/groups/{id}/edit 调整督导组", VerbEdit, p.editGroup, editGroup, groupForm)

	web.View(m, "GET /visits 列出督导", VerbRead, p.showList, listPage)
	web.View(m, "GET /visits/new 准备安排督导", VerbPlan, newVisit, visitForm)
	web.Form(m, "POST /visits 安排督导", VerbPlan, p.plan, newVisit, visitForm)
	web.View(m, "GET /visits/{id} 看一次督导", VerbRead, show, showPage)
	web.View(m, "GET /visits/{id}/edit 准备修改督导安排", VerbChange, editVisit, visitForm)
	web.Form(m, "POST /visits/{id}/edit 修改督导安排", VerbChange, p.change, editVisit, visitForm)
	web.Form(m, "POST /visits/{id}/start 开始督导", VerbStart, start, show, showPage)
	web.Form(m, "POST /visits/{id}/finish 完成督导记录", VerbFinish, finish, show, showPage)
	web.Form(m, "POST /visits/{id}/cancel 取消督导", VerbCancel, cancel, show, showPage)
	web.Form(m, "POST /visits/{id}/choose 选定档案结果", VerbChoose, chooseFile, show, showPage)
	web.Form(m, "POST /visits/{id}/sites 增加点位", VerbSite, addSite, show, showPage)
	web.Form(m, "POST /visits/{id}/draws 随机抽取点位", VerbDraw, drawSites, show, showPage)

	web.View(m, "GET /visits/{id}/field 看手机上的督导记录页", VerbNote, p.field, fieldPage)
	web.Form(m, "POST /visits/{id}/notes 记一条", VerbNote, p.note, p.field, fieldPage, web.Before(p.keepPhoto),
		web.In(web.Files))
	findingRoutes(p, m)
	coverageRoutes(p, m)
	web.View(m, "GET /visit-notes/{id} 看一条督导记录", VerbRead, showNote, notePage)
}

type idInput struct {
	ID string `json:"id"`
}

type versionInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

// taken tells a program where a visit stands after a step.
type taken struct {
	ID      string `json:"id"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
	Notice  string `json:"notice,omitempty"` // identifier of the letter
}

func done(r *web.Request, v Visit, flash say.Key) web.Done[taken] {
	return web.Done[taken]{To: v.URL(), Flash: part.In(r.Lang, flash), Data: taken{v.ID, v.State, v.Version,
		strings.TrimPrefix(v.Notice, "letter/")}}
}

// planInput is a visit as planned.
type planInput struct {
	Group       string   `json:"group" doc:"Identifier of the supervision group."`
	Area        string   `json:"area" doc:"Code of the area that is visited."`
	On          string   `json:"on" doc:"The day, 2024-03-15."`
	Half        string   `json:"half" enum:"morning,afternoon,day" doc:"Which half of the day."`
	Methods     []string `json:"methods" doc:"hear, files, site, symposium, household, survey, draw."`
	Agenda      string   `json:"agenda" doc:"One point a line."`
	Unannounced bool     `json:"unannounced" doc:"The area is not told before."`
}

func (in planInput) planning() Planning {
	return Planning{in.Group, in.Area, in.On, in.Half, in.Methods, lines(in.Agenda), in.Unannounced}
}

func (p pages) plan(r *web.Request, in planInput) (web.Done[taken], error) {
	v, err := p.Plan(r.Tx, r.User, in.planning())
	return done(r, v, "已安排。下一步：起草督导通知。"), err
}

type changeInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	planInput
}

func (p pages) change(r *web.Request, in changeInput) (web.Done[taken], error) {
	v, err := p.Change(r.Tx, r.User, in.ID, in.Version, in.planning())
	return done(r, v, "安排已修改。"), err
}

func start(r *web.Request, in versionInput) (web.Done[taken], error) {
	v, err := Start(r.Tx, r.User, in.ID, in.Version)
	d := done(r, v, "督导已开始。")
	d.To = v.URL() + "/field"
	return d, err
}

type finishInput struct {
	ID           string `json:"id"`
	Version      int64  `json:"version"`
	Present      string `json:"present" doc:"Who was there."`
	OralFeedback string `json:"oral_feedback" doc:"What the group told the area on the spot."`
}

func finish(r *web.Request, in finishInput) (web.Done[taken], error) {
	v, err := Finish(r.Tx, r.User, in.ID, in.Version, Finishing{in.Present, in.OralFeedback})
	return done(r, v, "记录已完成，请组长确认发现。"), err
}

type reasonInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

func cancel(r *web.Request, in reasonInput) (web.Done[taken], error) {
	v, err := Cancel(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, v, "已取消。"), err
}

type chooseInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Note    string `json:"note" doc:"Identifier of the note that stands."`
}

func chooseFile(r *web.Request, in chooseInput) (web.Done[taken], error) {
	v, err := Choose(r.Tx, r.User, in.ID, in.Version, in.Note)
	return done(r, v, "已选定，另一条仍留着。"), err
}

type siteInput struct {
	ID     string `json:"id"`
	Place  string `json:"place" doc:"What the place is called; by default as its record is."`
	Kind   string `json:"kind" doc:"health, school, kindergarten, child_home, baby_room, premarital, legal_aid, community, other."`
	Record string `json:"record" doc:"Identifier of the record of a register that it is."`
	Chosen string `json:"chosen" enum:"proposed,assigned" doc:"How it came to be seen."`
}

func addSite(r *web.Request, in siteInput) (web.Done[Site], error) {
	s, err := AddSite(r.Tx, r.User, in.ID, Site{Place: in.Place, Kind: in.Kind, Record: in.Record, Chosen: in.Chosen})
	return web.Done[Site]{To: "/visits/" + in.ID + "#sites", Flash: part.In(r.Lang, "点位已增加。"), Data: s}, err
}

type drawInput struct {
	ID   string `json:"id"`
	List string `json:"list" doc:"Places to draw from, one a line."`
	N    int    `json:"n" doc:"How many are drawn."`
	Kind string `json:"kind" doc:"What kind of places they are."`
	Seed string `json:"seed" doc:"A seed drawn in public; by default one that nobody chose."`
}

func drawSites(r *web.Request, in drawInput) (web.Done[Draw], error) {
	d, err := DrawSites(r.Tx, r.User, in.ID, lines(in.List), in.N, in.Kind, in.Seed)
	return web.Done[Draw]{To: "/visits/" + in.ID + "#draws", Flash: part.In(r.Lang,
		"已抽取。名单、种子和结果都已保存，谁都可以重抽核对。"), Data: d}, err
}

// options are choices with their words, after a first one that is none, if it has words.
func options(ctx context.Context, all []choice, none say.Key) (shown []part.Option) {
	if none != "" {
		shown = append(shown, part.Option{Label: part.T(ctx, none)})
	}
	for _, c := range all {
		shown = append(shown, part.Option{Value: c.Code, Label: part.T(ctx, c.Words)})
	}
	return shown
}

// words are the words of codes in the reader's language.
func words(ctx context.Context, all []choice, codes []string) string {
	var said []string
	for _, code := range codes {
		if w := wordOf(all, code); w != "" {
			said = append(said, part.T(ctx, w))
		}
	}
	return part.Join(ctx, said)
}

func word(ctx context.Context, all []choice, code string) string {
	return words(ctx, all, []string{code})
}

// numbered are fields such as 1.unit, put together by their number, in order.
func numbered(all map[string]string) (rows []map[string]string) {
	by := map[int]map[string]string{}
	for key, text := range all {
		number, name, _ := strings.Cut(key, ".")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > 1000 {
			continue
		}
		if by[n] == nil {
			by[n] = map[string]string{}
		}
		by[n][name] = strings.TrimSpace(text)
	}
	for n := 1; len(rows) < len(by); n++ {
		if by[n] != nil {
			rows = append(rows, by[n])
		}
	}
	return rows
}

// areaSeen is the area by which a list is narrowed: one that by sees, or that a group of theirs goes to.
func areaSeen(tx *db.Tx, by auth.User, code string) (network.Area, error) {
	area, err := network.NewestArea(tx, code)
	if err != nil {
		return area, errs.In("area", err)
	}
	seen, unseen := network.SeenArea(tx, by, area.ID)
	if errs.KindOf(unseen) != errs.Missing {
		return seen, unseen
	}
	groups, err := groupsOf(tx, by, "")
	if err != nil || slices.ContainsFunc(groups, func(g Group) bool { return slices.Contains(g.Areas, code) }) {
		return area, err
	}
	return network.Area{}, errs.In("area", unseen)
}

// named is an area or unit in words, by whatever tells it.
func areaName(tx *db.Tx, id int64) (say.Name, error) {
	a, err := network.AreaByID(tx, id)
	return say.Name{ZH: a.Name, EN: a.NameEN}, err
}

func called(ctx context.Context, n say.Name) string { return part.Name(ctx, n.ZH, n.EN) }
