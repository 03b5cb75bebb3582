package rectification

// Routes of rectification plans: the list with its measure, one with its steps, the forms to ask and to write.

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes registers the module's pages.
func Routes(m *web.Mux) {
	web.View(m, "GET /rectifications 列出整改方案", VerbRead, showList, listPage)
	web.View(m, "GET /rectifications/new 准备要求报送整改方案", VerbAsk, newPlan, newPage)
	web.Form(m, "POST /rectifications 要求报送整改方案", VerbAsk, ask, newPlan, newPage)
	web.View(m, "GET /rectifications/{id} 看一份整改方案", VerbRead, show, showPage)
	web.View(m, "GET /rectifications/{id}/document 下载整改方案", VerbRead, paper, nil)
	web.View(m, "GET /rectifications/{id}/edit 准备起草整改方案", VerbDraft, edit, editPage)
	web.Form(m, "POST /rectifications/{id}/draft 保存整改方案", VerbDraft, draft, edit, editPage)
	web.Form(m, "POST /rectifications/{id}/file 审定后报送整改方案", VerbFile, step(File, "方案已报送。"), show,
		showPage)
	web.Form(m, "POST /rectifications/{id}/accept 同意整改方案", VerbAccept,
		step(Accept, "已同意，措施和新增的整改项已列入督办事项。"), show, showPage)
	web.Form(m, "POST /rectifications/{id}/return 退回整改方案", VerbReturn, because(Return,
		"已退回，请报送单位修改。"),
		show, showPage)
	web.Form(m, "POST /rectifications/{id}/withdraw 不再要求整改方案", VerbWithdraw, because(Withdraw, "已撤回。"),
		show, showPage)
}

type listInput struct {
	State  string `json:"state" enum:"owed,drafted,filed,accepted,withdrawn" doc:"State of a rectification plan."`
	Matter string `json:"matter" doc:"Identifier of a matter."`
	Unit   string `json:"unit" doc:"Code of the unit that owes the plan."`
	Year   int    `json:"year" doc:"Year of the measure; by default this one."`
	Sort   string `json:"sort"`
	Page   int    `json:"page"`
}

type listData struct {
	Items []Listing `json:"rectifications"`
	list.Shown[Listing]
	Measure Measure `json:"plan_in_time"`
}

// Measure is 方案按期: plans filed by their day, of those that were due in a year.
type Measure struct {
	Year        string `json:"year"`
	Numerator   int    `json:"numerator"`
	Denominator int    `json:"denominator"`
}

func plans(m Measure) list.List[Listing] {
	intro := say.New("%s年应报%d份，按期报送%d份。", m.Year, m.Denominator, m.Numerator)
	if m.Denominator == 0 {
		intro = say.New("谁牵头、逐项怎么改、什么时候改完；审定后列入督办事项。")
	}
	return list.List[Listing]{Path: "/rectifications", File: "rectifications", Title: "整改方案", First: "-due",
		Size: 50, Intro: intro,
		Empty: list.Empty{Title: "没有整改方案", Label: "督办", URL: "/matters",
			Next: "办公室在督办事项里要求报送方案后，会列在这里。"},
		Columns: []list.Column[Listing]{
			{Name: "title", Label: "督办事项", URL: func(l Listing) string { return "/rectifications/" + l.ID },
				Text: func(_ context.Context, l Listing) string { return l.Title }},
			{Name: "matter", Label: "编号", Newest: true,
				Text: func(_ context.Context, l Listing) string { return l.Number }},
			{Name: "unit", Label: "报送单位", Text: func(ctx context.Context, l Listing) string {
				return part.Name(ctx, l.name, l.nameEN)
			}},
			{Name: "state", Label: "状态",
				Text: func(ctx context.Context, l Listing) string { return part.T(ctx, l.State.Words()) }},
			{Name: "due", Label: "报送期限", Newest: true,
				Text: func(_ context.Context, l Listing) string { return l.DueOn }},
			{Name: "filed", Label: "报送日期", Text: func(_ context.Context, l Listing) string { return l.Filed }},
			list.Lamp(func(l Listing) string { return l.Lamp }),
		}}
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	if d.Measure.Year = r.Tx.Today()[:4]; in.Year != 0 {
		d.Measure.Year = fmt.Sprintf("%04d", in.Year)
	}
	year, err := strconv.Atoi(d.Measure.Year)
	if err != nil {
		return d, err
	}
	d.Measure.Numerator, d.Measure.Denominator, err = filedInTime(r.Tx, r.User, module.Work{Year: year}, r.Tx.Today())
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []State{Owed, Drafted, Filed, Accepted, Withdrawn} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	of := []list.Filter{states, {Name: "matter", Value: in.Matter, Hidden: true},
		{Name: "unit", Value: in.Unit, Hidden: true}}
	if in.Matter != "" {
		if _, err := matter.Read(r.Tx, r.User, in.Matter); err != nil {
			return d, errs.In("matter", err)
		}
	}
	if in.Unit != "" {
		if _, err := network.SeenUnit(r.Tx, r.User, in.Unit); err != nil {
			return d, errs.In("unit", err)
		}
	}
	d.Items, d.Shown, err = plans(d.Measure).Read(r, list.At{Sort: in.Sort, Page: in.Page, Filters: of},
		source(r.Tx, r.User, in))
	return d, err
}

// newData is what the form to ask is filled with.
type newData struct {
	Matter string `json:"matter"`
	Title  string `json:"title"`
	units  []part.Option
	bases  []part.Option
}

type newInput struct {
	Matter string `json:"matter" doc:"Identifier of the matter."`
}

func newPlan(r *web.Request, in newInput) (d newData, err error) {
	m, err := matter.Read(r.Tx, r.User, in.Matter)
	if err != nil {
		return d, err
	}
	if _, _, err := life.Take(VerbAsk, r.User, Plan{Office: m.Office}.as(r.User)); err != nil {
		return d, err
	}
	d.Matter, d.Title = m.ID, m.Called()
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	codes := []string{m.Lead}
	for _, i := range m.Items {
		if !slices.Contains(codes, i.Unit) {
			codes = append(codes, i.Unit)
		}
	}
	for _, code := range codes {
		u, err := network.UnitByCode(r.Tx, code)
		if err != nil {
			return d, err
		}
		d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	known, err := bases(r.Tx, m)
	d.bases = options(ctx, "督办事项本身", known)
	return d, err
}

// options are objects to choose from, or none.
func options(ctx context.Context, none say.Key, all []ref) []part.Option {
	shown := []part.Option{{Label: part.T(ctx, none)}}
	for _, r := range all {
		shown = append(shown, part.Option{Value: r.object, Label: r.label.In(part.From(ctx).Lang, part.English)})
	}
	return shown
}

type askInput struct {
	Matter string `json:"matter" doc:"Identifier of the matter."`
	Unit   string `json:"unit" doc:"Code of the unit that is to file the plan."`
	Basis  string `json:"basis" doc:"What asks for it: letter/ID or another source of the matter; empty: the matter itself."`
	Due    string `json:"due" doc:"Day until which it is to be filed; by default in 30 days."`
}

// taken tells a program where the plan stands after a step.
type taken struct {
	ID      string `json:"id"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func done(r *web.Request, p Plan, flash say.Key) web.Done[taken] {
	return web.Done[taken]{To: p.URL(), Flash: part.In(r.Lang, flash), Data: taken{p.ID, p.State, p.Version}}
}

func ask(r *web.Request, in askInput) (web.Done[taken], error) {
	p, err := Ask(r.Tx, r.User, Asked{in.Matter, in.Unit, in.Basis, in.Due})
	return done(r, p, "已要求报送整改方案。"), err
}

type stepInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func step(take taking, flash say.Key) func(*web.Request, stepInput) (web.Done[taken], error) {
	return func(r *web.Request, in stepInput) (web.Done[taken], error) {
		p, err := take(r.Tx, r.User, in.ID, in.Version)
		return done(r, p, flash), err
	}
}

type reasonInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

func because(take ending, flash say.Key) func(*web.Request, reasonInput) (web.Done[taken], error) {
	return func(r *web.Request, in reasonInput) (web.Done[taken], error) {
		p, err := take(r.Tx, r.User, in.ID, in.Version, in.Reason)
		return done(r, p, flash), err
	}
}

type idInput struct {
	ID string `json:"id"`
}

// draftInput has sessions and lines by number: sessions[1.on], lines[1.item], lines[1.step1], lines[1.kind.policy].
type draftInput struct {
	ID          string            `json:"id"`
	Version     int64             `json:"version"`
	LedBy       string            `json:"led_by" doc:"Identifier of the post that leads."`
	Instruction string            `json:"instruction" doc:"The leader's own words: instruction/ID."`
	Text        string            `json:"text" doc:"What is required of all, and what makes sure of it."`
	Sessions    map[string]string `json:"sessions" doc:"Sessions: 1.on, 1.topic, 1.conclusion, 2.on …"`
	Lines       map[string]string `json:"lines" doc:"Points: 1.item or 1.text, 1.unit, 1.due; 1.cause, 1.kind.policy, 1.step1, 1.due1 …"`
}

func (in draftInput) content() Content {
	c := Content{LedBy: in.LedBy, Instruction: in.Instruction, Body: in.Text}
	for _, f := range numbered(in.Sessions) {
		c.Sessions = append(c.Sessions, Session{On: f["on"], Topic: f["topic"], Conclusion: f["conclusion"]})
	}
	codes, _ := matter.CauseKinds()
	for _, f := range numbered(in.Lines) {
		l := Line{Item: f["item"], Text: f["text"], Unit: f["unit"], Due: f["due"], Cause: f["cause"],
			CauseKinds: []string{}, Steps: []matter.Step{}}
		for _, code := range codes {
			if f["kind."+code] != "" {
				l.CauseKinds = append(l.CauseKinds, code)
			}
		}
		for n := 1; n <= maxLines; n++ {
			at := strconv.Itoa(n)
			if text := f["step"+at]; text != "" {
				l.Steps = append(l.Steps, matter.Step{Text: text, Due: f["due"+at], Unit: f["unit"+at]})
			}
		}
		c.Lines = append(c.Lines, l)
	}
	return c
}

// numbered are fields such as 1.unit, put together by their number, in order.
func numbered(all map[string]string) (rows []map[string]string) {
	by := map[int]map[string]string{}
	for key, text := range all {
		number, name, _ := strings.Cut(key, ".")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			continue
		}
		if by[n] == nil {
			by[n] = map[string]string{}
		}
		by[n][name] = strings.TrimSpace(text)
	}
	for n := 1; len(rows) < len(by) && n <= 1000; n++ {
		if by[n] != nil {
			rows = append(rows, by[n])
		}
	}
	return rows
}

func draft(r *web.Request, in draftInput) (web.Done[taken], error) {
	p, err := Draft(r.Tx, r.User, in.ID, in.Version, in.content())
	return done(r, p, "方案已保存。"), err
}

func paper(r *web.Request, in idInput) (web.File, error) {
	p, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.File{}, err
	}
	name, d, err := Paper(r.Tx, p)
	if err != nil {
		return web.File{}, err
	}
	return web.Word(r, name, d)
}
