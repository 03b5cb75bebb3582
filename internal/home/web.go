package home

// Routes of start page, to-do, areas and units; the board's words are web_board.go's.

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/quantity"
	"yipanqi/internal/submission"
	"yipanqi/internal/table"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes adds the start page, the board, areas, units and what waits for the user.
func Routes(m *web.Mux, files blob.Store, all module.List) {
	searchRoute(m, all.Kinds())
	web.View(m, "GET /{$} 到自己的起始页", web.Public,
		func(r *web.Request, _ struct{}) (web.Redirect, error) { return start(r, all) }, nil)
	web.View(m, "GET /board 看总览：规划进展到哪里", "board.read",
		func(r *web.Request, in Choice) (Board, error) {
			return ReadBoard(r.Tx, r.User, in)
		}, boardPage, web.AsOf)
	web.View(m, "GET /screen 看督办大屏", "screen.read", showScreen, screenPage)
	web.View(m, "GET /areas/{code} 看一个地区的指标和报送", "area.read", func(r *web.Request, in areaInput) (AreaPage, error) {
		p, err := ReadArea(r.Tx, r.User, in.Code, in.Year, in.Choice)
		if err == nil {
			p.About, err = all.About(r.Tx, r.User, module.Of{Kind: "area", Code: in.Code, Path: p.Area.Path,
				Day: r.Tx.Today()})
		}
		return p, err
	}, areaPage, web.AsOf)
	web.View(m, "GET /measures 看妇儿工委工作的统计", "measure.read", showMeasures(all), measuresPage)
	web.View(m, "GET /limits 看每一步的办理期限", "measure.read", showLimits(all), limitsPage)
	web.View(m, "GET /units 列出单位和各自的责任", "unit.read",
		showUnits, unitsPage, web.AsOf)
	web.View(m, "GET /units/{code} 看一个单位负责的指标和报表", "unit.read",
		func(r *web.Request, in unitInput) (UnitPage, error) {
			holds := all.Holds()
			if r.AsOf != "" { // of open work an earlier day has only what is a definition
				holds = nil
			}
			p, err := ReadUnit(r.Tx, r.User, in.Code, in.Year, in.Day, in.Choice, holds)
			if err == nil {
				p.About, err = all.About(r.Tx, r.User, module.Of{Kind: "unit", Code: in.Code, Path: p.Area.Path,
					Day: r.Tx.Today()})
			}
			return p, err
		}, unitPage, web.AsOf)
	web.View(m, "GET /burden 列出各单位的报表负担", "submission.read", showBurden, burdenPage)
	web.View(m, "GET /burden/{unit} 看一个单位的报表负担和重复要的格", "submission.read", showUnitBurden, unitBurdenPage)
	web.View(m, "GET /tags 列出标签组", "tag.read", showTags, tagsPage, web.AsOf)
	web.View(m, "GET /tags/{code} 看一组标签标出的目标和指标", "tag.read",
		func(r *web.Request, in tagInput) (TagPage, error) {
			return ReadTags(r.Tx, r.User, in.Code, in.Area, in.Year)
		}, tagPage, web.AsOf)
	web.View(m, "GET /todo 列出等我办的事", "submission.read",
		func(r *web.Request, _ struct{}) (todoData, error) { return todo(r, all) }, todoPage)
	web.View(m, "GET /todo/files/{file} 下载待办里的一个附件", "submission.read",
		func(r *web.Request, in handoutInput) (web.File, error) { return handout(r, in, files) }, nil)
}

type areaInput struct {
	Code string `json:"code"`
	Year int    `json:"year"`
	tag.Choice
}

type unitInput struct {
	Code string `json:"code"`
	Year int    `json:"year"`
	Day  string `json:"day"` // as of which all is shown; today if empty
	tag.Choice
}

// start leads everybody to where their work is: a leader of a committee to what waits for words, whoever answers for a
// unit to the list of what waits, while anything does.
func start(r *web.Request, all module.List) (web.Redirect, error) {
	u := r.User
	switch {
	case !u.Known():
		return web.Redirect{To: "/signin"}, nil
	case u.Once:
		return web.Redirect{To: "/profile/password"}, nil
	case u.Has(auth.Outsider):
		return web.Redirect{To: "/room"}, nil
	case u.Has(auth.CommitteeChief) || u.Has(auth.Office):
		to, err := all.Start(r.Tx, u)
		return web.Redirect{To: cmp.Or(to, "/board")}, err
	case u.Can("submission.read"):
		waiting, err := submission.Waiting(r.Tx, u)
		if err == nil && waiting == 0 {
			waiting, err = all.Waiting(r.Tx, u)
		}
		if err == nil && waiting == 0 && u.Can("board.read") {
			return web.Redirect{To: "/board"}, nil
		}
		return web.Redirect{To: "/todo"}, err
	case u.Can("account.read"):
		return web.Redirect{To: "/users"}, nil
	case u.Can("role.read"):
		return web.Redirect{To: "/security"}, nil
	case u.Can("journal.read"):
		return web.Redirect{To: "/journal"}, nil
	}
	return web.Redirect{To: "/profile"}, nil
}

type todoData struct {
	Tasks    []submission.Task     `json:"tasks"`
	Handouts map[string][]blob.Use `json:"handouts"` // workbooks with numbers, of a sample, by submission
	Others   []module.Task         `json:"others"`   // what waits in the other modules
}

// signings is how many reports wait for the user's signature after others: several can be read and signed on one page.
func (d todoData) signings() (n int) {
	for _, t := range d.Tasks {
		if t.Signs() {
			n++
		}
	}
	return n
}

func todo(r *web.Request, all module.List) (todoData, error) {
	tasks, err := submission.Todo(r.Tx, r.User)
	if err != nil {
		return todoData{}, err
	}
	others, err := all.Tasks(r.Tx, r.User)
	if err != nil {
		return todoData{}, err
	}
	d := todoData{Others: append([]module.Task{}, others...), Tasks: append([]submission.Task{}, tasks...),
		Handouts: map[string][]blob.Use{}}
	var objects []string
	for _, t := range tasks {
		if t.Verb == submission.VerbEdit {
			objects = append(objects, submission.HandoutsOf(t.ID))
		}
	}
	if len(objects) == 0 {
		return d, nil
	}
	found, err := blob.OfAll(r.Tx, objects)
	for object, uses := range found {
		d.Handouts[strings.TrimPrefix(object, submission.HandoutsOf(""))] = uses
	}
	return d, err
}

type handoutInput struct {
	File string `json:"file"`
}

// handout gives a workbook that a sample lays beside an open form to those who may see the form.
func handout(r *web.Request, in handoutInput, files blob.Store) (web.File, error) {
	use, err := blob.ByID(r.Tx, in.File)
	if err != nil {
		return web.File{}, err
	}
	id, is := strings.CutPrefix(use.Object, submission.HandoutsOf(""))
	if !is {
		return web.File{}, errs.Missingf("没有找到这个附件。")
	}
	if _, err := submission.Read(r.Tx, r.User, id); err != nil {
		return web.File{}, err
	}
	body, err := files.Get(use.Digest)
	return web.File{Name: use.Name, MediaType: use.MediaType, Body: body}, err
}

// Table is what waits, one submission a line.
func (d todoData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "todo", Columns: []table.Column{
		{Name: "报表代码"}, {Name: "报表"}, {Name: "地区代码"}, {Name: "地区"}, {Name: "单位"}, {Name: "期间"},
		{Name: "截止日期"}, {Name: "审核期限"}, {Name: "办理", Words: true}, {Name: "第一签字人"}, {Name: "第二签字人"},
		{Name: "第三签字人"},
		{Name: "网址"}}}
	for _, task := range d.Tasks {
		checkBy := ""
		if task.Deadline != nil {
			checkBy = task.Deadline.On
		}
		t.Rows = append(t.Rows, []string{task.FormCode, part.Name(ctx, task.Form, task.FormEN), task.AreaCode,
			part.Name(ctx, task.Area, task.AreaEN), part.Name(ctx, task.Unit, task.UnitEN),
			task.Period.String(), task.DueOn, checkBy,
			string(task.Words()), task.First, task.Second, task.Third, task.URL()})
	}
	return t
}

// Table is the board, one indicator of a goal a line.
func (b Board) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "board-" + b.Plan.Code + "-" + b.Area.Code + "-" + strconv.Itoa(b.Year),
		Columns: append([]table.Column{
			{Name: "领域"}, {Name: "目标代码"}}, rowColumns()...)}
	for _, d := range b.Domains {
		for _, g := range d.Goals {
			for _, r := range g.Rows {
				t.Rows = append(t.Rows, append([]string{part.Name(ctx, d.Name, d.NameEN), g.Code}, r.cells(ctx)...))
			}
		}
	}
	return t
}

func rowColumns() []table.Column {
	return []table.Column{
		{Name: "指标代码"}, {Name: "指标"}, {Name: "期间"}, {Name: "数值", Number: true}, {Name: "计量单位"},
		{Name: "状态", Words: true}, {Name: "状态代码"}, {Name: "来源性质", Words: true}, {Name: "来源性质代码"},
		{Name: "已报份数", Number: true}, {Name: "应报份数", Number: true}, {Name: "变化", Number: true},
		{Name: "目标值"}, {Name: "进展", Words: true}, {Name: "进展代码"}, {Name: "理由"}, {Name: "出处"},
		{Name: "数的说明"}}
}

func (r Row) cells(ctx context.Context) []string {
	target := ""
	if len(r.Targets) > 0 {
		target = r.Targets[0].Words
	}
	return []string{r.Indicator, part.Name(ctx, r.latest.Indicator.Name, r.latest.Indicator.NameEN), r.Period, r.Value,
		part.Unit(ctx, r.Unit, r.latest.Indicator.UnitEN), string(r.Status.Words()), string(r.Status),
		string(r.Origin.Words()), string(r.Origin), strconv.Itoa(r.Reported), strconv.Itoa(r.Due), r.Change, target,
		part.LampWord(ctx, string(r.Verdict.Lamp)), string(r.Verdict.Lamp),
		part.Say(ctx, r.Verdict.Words...), r.Proof, part.Say(ctx, r.latest.Why...)}
}

// Table is the area's series: every known value of every year.
func (p AreaPage) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "area-" + p.Area.Code, Columns: []table.Column{
		{Name: "指标代码"}, {Name: "指标"}, {Name: "期间"}, {Name: "性别", Words: true}, {Name: "性别代码"},
		{Name: "数值", Number: true}, {Name: "计量单位"}, {Name: "分子", Number: true},
		{Name: "分母", Number: true}, {Name: "状态", Words: true}, {Name: "状态代码"},
		{Name: "来源性质", Words: true}, {Name: "来源性质代码"}, {Name: "已报份数", Number: true},
		{Name: "应报份数", Number: true}, {Name: "来源"}, {Name: "出处"}, {Name: "数的说明"}}}
	for _, v := range p.values {
		source := ""
		if v.Quoted != nil {
			source = v.Quoted.SourceTitle
		}
		numerator, denominator := v.Fraction()
		t.Rows = append(t.Rows, []string{v.Indicator.Code, part.Name(ctx, v.Indicator.Name, v.Indicator.NameEN),
			v.Period.String(),
			string(quantity.SexWords(v.Sex)), quantity.SexCode(v.Sex), v.Plain(),
			part.Unit(ctx, v.Indicator.Unit, v.Indicator.UnitEN), numerator, denominator,
			string(v.Status.Words()), string(v.Status), string(v.Origin.Words()), string(v.Origin),
			strconv.Itoa(v.Reported), strconv.Itoa(v.Due), source,
			v.ProofURL(), part.Say(ctx, v.Why...)})
	}
	return t
}
