package issue

// Routes of issues and the steps that are taken with them. Pages are web_list.go's and web_show.go's.

import (
	"cmp"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/network"
	"yipanqi/internal/request"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type pages struct {
	sees  func(tx *db.Tx, by auth.User, object string) error
	kinds func() []find.Kind

	places Places
}

// Routes registers the module's pages; sees says whether an object may be named, kinds are those that can be found.
func Routes(m *web.Mux, sees func(tx *db.Tx, by auth.User, object string) error, kinds func() []find.Kind,
	places Places) {
	p := pages{sees, kinds, places}
	web.View(m, "GET /issues 列出重难点问题", VerbRead, showList, listPage)
	web.View(m, "GET /issues/document 下载重难点问题清单（.docx）", VerbRead, listDocument, nil)
	web.View(m, "GET /issues/new 打开提出重难点问题页", VerbPropose, newIssue, editPage)
	web.Form(m, "POST /issues 提出重难点问题", VerbPropose, propose, newIssue, editPage)
	web.View(m, "GET /issues/{id} 看一个重难点问题", VerbRead, p.show, showPage)
	web.View(m, "GET /issues/{id}/document 下载调研报告或年度评议（.docx）", VerbRead, issuePaper, nil)
	web.View(m, "GET /issues/{id}/edit 打开修改重难点问题页", VerbEdit, editIssue, editPage)
	web.Form(m, "POST /issues/{id}/edit 修改重难点问题", VerbEdit, edit, editIssue, editPage)
	web.Form(m, "POST /issues/{id}/list 列入重难点问题", VerbList, p.list, p.show, showPage)
	web.Form(m, "POST /issues/{id}/drop 不列入", VerbDrop, ending(VerbDrop), p.show, showPage)
	web.Form(m, "POST /issues/{id}/act 记下一项举措", VerbAct, p.act, p.show, showPage)
	web.Form(m, "POST /issues/{id}/research 开展联合调研", VerbResearch, p.research, p.show, showPage)
	web.Form(m, "POST /issues/{id}/report 提交调研报告", VerbReport, report, p.show, showPage)
	web.Form(m, "POST /issues/{id}/second 第二单位评议报告", VerbSecond, secondIt, p.show, showPage)
	web.Form(m, "POST /issues/{id}/matter 建议转为事项", VerbToMatter, toMatter, p.show, showPage)
	web.Form(m, "POST /issues/{id}/aim 定年度目标和措施", VerbAim, aim, p.show, showPage)
	web.Form(m, "POST /issues/{id}/review 年度评议", VerbReview, review, p.show, showPage)
	web.Form(m, "POST /issues/{id}/solve 认定解决", VerbSolve, p.solve, p.show, showPage)
	web.Form(m, "POST /issues/{id}/carry 转入下一规划", VerbCarry, ending(VerbCarry), p.show, showPage)
}

func done(r *web.Request, i Issue) web.Done[Issue] {
	return web.Done[Issue]{To: i.URL(), Flash: part.In(r.Lang, "已办理。"), Data: i}
}

type paperInput struct {
	ID       string `json:"id"`
	Paper    string `json:"paper" enum:"research,review" doc:"Which paper: of a research, or the yearly review."`
	Research int    `json:"research" doc:"Which one, from 0."`
}

func issuePaper(r *web.Request, in paperInput) (web.File, error) {
	d, err := Paper(r.Tx, r.User, in.ID, cmp.Or(in.Paper, PaperReview), in.Research)
	if err != nil {
		return web.File{}, err
	}
	return web.Word(r, strings.ReplaceAll(d.Title, "\n", ""), d)
}

// named refuses an object that the user may not see.
func (p pages) named(r *web.Request, object, field string) error {
	if object, _, _ = strings.Cut(object, "#"); object == "" {
		return nil
	}
	if err := p.sees(r.Tx, r.User, object); err != nil {
		return unfit(err, field, "没有找到“%s”。请从网址里复制，如 meeting/编号。", object)
	}
	return nil
}

type listingInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Basis   string `json:"basis" doc:"The decision: meeting/ID#decision, or meeting/ID; none: a leader of the committee decides."`
}

func (p pages) list(r *web.Request, in listingInput) (web.Done[Issue], error) {
	if err := p.named(r, in.Basis, "basis"); err != nil {
		return web.Done[Issue]{}, err
	}
	i, err := List(r.Tx, r.User, in.ID, in.Version, in.Basis)
	return done(r, i), err
}

type endInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

func ending(verb string) func(*web.Request, endInput) (web.Done[Issue], error) {
	return func(r *web.Request, in endInput) (web.Done[Issue], error) {
		i, err := End(r.Tx, r.User, in.ID, in.Version, verb, in.Reason)
		return done(r, i), err
	}
}

type actInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Kind    string `json:"kind" enum:"conference,policy,funding,standard,motion,other"`
	OnDay   string `json:"on_day" doc:"The day, 2024-03-15."`
	Text    string `json:"what" doc:"What was done."`
	Ref     string `json:"ref" doc:"The object that it is: meeting/…"`
	Advice  string `json:"proposal" doc:"The proposal that it is what became of: research.proposal, each from 0."`
}

func (p pages) act(r *web.Request, in actInput) (web.Done[Issue], error) {
	if err := p.named(r, in.Ref, "ref"); err != nil {
		return web.Done[Issue]{}, err
	}
	i, err := AddAct(r.Tx, r.User, in.ID, in.Version, Act{Kind: in.Kind, On: in.OnDay, Text: in.Text, Ref: in.Ref,
		Advice: in.Advice})
	return done(r, i), err
}

type researchInput struct {
	ID        string   `json:"id"`
	Version   int64    `json:"version"`
	Title     string   `json:"title" doc:"What it is called."`
	Head      string   `json:"head" doc:"Code of the unit that heads it."`
	Team      []string `json:"team" doc:"Codes of the units in it."`
	Others    string   `json:"others" doc:"Experts and research bases, one a line."`
	Questions string   `json:"questions" doc:"One a line."`
	Methods   string   `json:"methods" doc:"How it is done."`
	Sites     string   `json:"sites" doc:"Places that could be visited, one a line."`
	Register  string   `json:"register" doc:"Code of a register, all of whose confirmed places could be visited too."`
	Draw      int      `json:"draw" doc:"How many of them are drawn."`
}

func (p pages) research(r *web.Request, in researchInput) (web.Done[Issue], error) {
	before, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[Issue]{}, err
	}
	of := Research{Title: in.Title, Head: in.Head, Team: in.Team, Others: lines(in.Others),
		Questions: lines(in.Questions), Methods: in.Methods, Sites: lines(in.Sites), Register: in.Register}
	if err := p.places.take(r.Tx, r.User, &of, before.AreaPath); err != nil {
		return web.Done[Issue]{}, err
	}
	i, err := StartResearch(r.Tx, r.User, in.ID, in.Version, of, in.Draw)
	return done(r, i), err
}

// reportInput is the report of a research. Proposals are one a line: text|unit|kind, by code or word.
type reportInput struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Research int    `json:"research" doc:"Which one, from 0."`
	Report   string `json:"report" doc:"What it comes to."`
	Figures  string `json:"figures" doc:"Figures that it rests on, one a line: W-HEA-007 2023, or with an area 990101."`
	Causes   string `json:"causes" doc:"One a line: text|kind|evidence|percent of the gap; the text is enough."`
	Advice   string `json:"advice" doc:"Proposals, one a line: text|unit|kind."`
}

func report(r *web.Request, in reportInput) (web.Done[Issue], error) {
	i, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[Issue]{}, err
	}
	names, err := unitNames(r)
	if err != nil {
		return web.Done[Issue]{}, err
	}
	var advice []Advice
	for _, line := range lines(strings.ReplaceAll(in.Advice, "｜", "|")) {
		cells := append(strings.Split(line, "|"), "", "")
		advice = append(advice, Advice{Text: strings.TrimSpace(cells[0]), To: i.unitCalled(names, cells[1]),
			Kind: coded(adviceKinds, strings.TrimSpace(cells[2]))})
	}
	area, err := network.AreaByID(r.Tx, i.AreaID)
	if err != nil {
		return web.Done[Issue]{}, err
	}
	figures, err := request.ParseFigures(in.Figures, area.Code)
	if err != nil {
		return web.Done[Issue]{}, errs.In("figures", err)
	}
	i, err = ReportResearch(r.Tx, r.User, in.ID, in.Version, in.Research, in.Report, causes(in.Causes), advice,
		figures...)
	return done(r, i), err
}

// unitCalled is the unit with a part in the issue of that code or name.
func (i Issue) unitCalled(names func(string) string, said string) string {
	said = strings.TrimSpace(said)
	for _, unit := range append([]string{i.Unit, i.Lead}, i.Supporting...) {
		if unit == said || names(unit) == said {
			return unit
		}
	}
	return ""
}

func coded(all []choice, said string) string {
	at := slices.IndexFunc(all, func(c choice) bool { return c.Code == said || string(c.Word) == said })
	if at < 0 {
		return said
	}
	return all[at].Code
}

type secondInput struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Research int    `json:"research" doc:"Which one, from 0."`
	Words    string `json:"assessment" doc:"What the second unit says of the report."`
}

func secondIt(r *web.Request, in secondInput) (web.Done[Issue], error) {
	i, err := SecondResearch(r.Tx, r.User, in.ID, in.Version, in.Research, in.Words)
	return done(r, i), err
}

type matterInput struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Research int    `json:"research" doc:"Which one, from 0."`
	Place    int    `json:"proposal" doc:"Which of its proposals, from 0."`
	Due      string `json:"due" doc:"The last day, 2024-03-31."`
}

func toMatter(r *web.Request, in matterInput) (web.Done[Issue], error) {
	i, err := ToMatter(r.Tx, r.User, in.ID, in.Version, in.Research, in.Place, in.Due)
	return done(r, i), err
}

type aimInput struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Year     string `json:"year"`
	Goal     string `json:"aim" doc:"What is to be reached in the year."`
	Measures string `json:"measures" doc:"One a line."`
}

func aim(r *web.Request, in aimInput) (web.Done[Issue], error) {
	i, err := Aim(r.Tx, r.User, in.ID, in.Version, Year{Year: in.Year, Goal: in.Goal, Measures: lines(in.Measures)})
	return done(r, i), err
}

type reviewInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Year    string `json:"year"`
	Verdict string `json:"verdict" enum:"eased,same,worse"`
	Words   string `json:"words" doc:"In words, not only by a lamp."`
}

func review(r *web.Request, in reviewInput) (web.Done[Issue], error) {
	i, err := Result(r.Tx, r.User, in.ID, in.Version, Review{Year: in.Year, Verdict: in.Verdict, Words: in.Words})
	return done(r, i), err
}

type solveInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Basis   string `json:"basis" doc:"The decision: meeting/ID#decision, or meeting/ID; none: a leader of the committee decides."`
	Ground  string `json:"ground" doc:"Why, where the indicators do not show it."`
}

func (p pages) solve(r *web.Request, in solveInput) (web.Done[Issue], error) {
	if err := p.named(r, in.Basis, "basis"); err != nil {
		return web.Done[Issue]{}, err
	}
	i, err := Solve(r.Tx, r.User, in.ID, in.Version, in.Basis, in.Ground)
	return done(r, i), err
}

// typedIssue is an issue as typed.
type typedIssue struct {
	Title      string   `json:"title" doc:"What it is called."`
	Goals      []string `json:"goals" doc:"Goals, as plan/code."`
	Indicators []string `json:"indicators" doc:"Codes of indicators."`
	Relief     string   `json:"relief" doc:"How relief is seen where no indicator shows it."`
	Why        []string `json:"why" doc:"Why it is hard: several_units, rule_gap, money, land_staff, data, behaviour."`
	WhyText    string   `json:"why_text" doc:"The same in words."`
	Lead       string   `json:"lead" doc:"Code of the unit that leads."`
	Supporting []string `json:"supporting" doc:"Codes of the units beside it."`
	Source     string   `json:"source" doc:"Where it was published: then it is kept as told, and nothing is done with it."`
	Told       string   `json:"told_acts" doc:"Acts that the source tells of, one a line: 2018 policy：text."`
}

type editInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	typedIssue
}

type createInput struct {
	typedIssue
	Answer string `json:"answer" doc:"The answer to a call for issues that it comes from."`
}

// given are the values that say something.
func given(all []string) (some []string) {
	for _, one := range all {
		if one = strings.TrimSpace(one); one != "" && !slices.Contains(some, one) {
			some = append(some, one)
		}
	}
	return some
}

func propose(r *web.Request, in createInput) (web.Done[Issue], error) {
	i, err := in.issue(r, officeArea(r.User))
	if err != nil {
		return web.Done[Issue]{}, err
	}
	if in.Answer != "" {
		p, err := proposal(r.Tx, r.User, in.Answer)
		if err != nil {
			return web.Done[Issue]{}, err
		}
		i.Proposals = []Proposal{p}
	}
	i, err = Propose(r.Tx, r.User, i)
	return done(r, i), err
}

func edit(r *web.Request, in editInput) (web.Done[Issue], error) {
	before, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[Issue]{}, err
	}
	i, err := in.issue(r, before.AreaID)
	if err != nil {
		return web.Done[Issue]{}, err
	}
	i.ID, i.Version = in.ID, in.Version
	i, err = Edit(r.Tx, r.User, i)
	return done(r, i), err
}
