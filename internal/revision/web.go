package revision

// Routes of the health of the indicator system, records, links, duties and revisions. What their pages show stands in
// web_health.go, web_lists.go and web_show.go; this file is what is sent to them.

import (
	"strconv"
	"strings"

	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes registers the module's pages.
func Routes(m *web.Mux) {
	web.View(m, "GET /health 看指标体系健康", VerbRead, health, healthPage, web.AsOf)

	web.View(m, "GET /no-data 列出无数据登记", VerbRead, records, recordsPage, web.AsOf)
	web.View(m, "GET /no-data/document 下载无数据指标清单", VerbRead, recordsPaper, nil, web.AsOf)
	web.View(m, "GET /no-data/new 准备登记无数据指标", VerbOpen, newRecord, openPage)
	web.Form(m, "POST /no-data 登记无数据指标", VerbOpen, openRecord, newRecord, openPage)
	web.View(m, "GET /no-data/{id} 看一份无数据登记", VerbRead, showRecord, recordPage)
	web.View(m, "GET /no-data/{id}/open 准备登记提示的无数据指标", VerbOpen, editRecord, openPage)
	web.Form(m, "POST /no-data/{id}/open 登记提示的无数据指标", VerbOpen, reopenRecord, editRecord, openPage)
	for path, verb := range map[string]string{"plan 填找数方案": VerbPlan, "find 填找到的来源": VerbFind,
		"regime 填进入的部门制度": VerbRegime, "survey 提议开展调查": VerbSurvey, "drop 提议删去指标": VerbDrop} {
		web.Form(m, "POST /no-data/{id}/"+path, verb, answering(verb), showRecord, recordPage)
	}
	web.Form(m, "POST /no-data/{id}/solve 确认已有数据", VerbSolve, solveRecord, showRecord, recordPage)
	web.Form(m, "POST /no-data/{id}/dismiss 不必登记", VerbDismiss, dismissRecord, showRecord, recordPage)

	web.View(m, "GET /indicator-links 列出指标衔接", VerbRead, links, linksPage, web.AsOf)
	web.View(m, "GET /indicator-links/document 下载指标衔接表", VerbRead, linksPaper, nil, web.AsOf)
	web.View(m, "GET /indicator-links/new 准备登记指标衔接", VerbLink, newLink, linkFormPage)
	web.Form(m, "POST /indicator-links 登记指标衔接", VerbLink, putLink, newLink, linkFormPage)
	web.View(m, "GET /indicator-links/{id} 看一条指标衔接", VerbRead, showLink, linkPage)
	web.View(m, "GET /indicator-links/{id}/edit 准备修改指标衔接", VerbLink, editLink, linkFormPage)
	web.Form(m, "POST /indicator-links/{id} 修改指标衔接", VerbLink, changeLink, editLink, linkFormPage)
	web.Form(m, "POST /indicator-links/{id}/remove 删去指标衔接", VerbUnlink, unlink, showLink, linkPage)

	web.View(m, "GET /sex-duties 列出分性别统计任务", VerbRead, duties, dutiesPage, web.AsOf)
	web.View(m, "GET /sex-duties/document 下载分性别统计表", VerbRead, dutiesPaper, nil, web.AsOf)
	web.View(m, "GET /sex-duties/new 准备登记分性别统计任务", VerbDuty, newDuty, dutyFormPage)
	web.Form(m, "POST /sex-duties 登记分性别统计任务", VerbDuty, putDuty, newDuty, dutyFormPage)
	web.View(m, "GET /sex-duties/{id} 看一项分性别统计任务", VerbRead, showDuty, dutyPage)
	web.Form(m, "POST /sex-duties/{id} 修改分性别统计任务", VerbDuty, changeDuty, showDuty, dutyPage)
	web.Form(m, "POST /sex-duties/{id}/report 填分性别统计现状", VerbReport, reportDuty, showDuty, dutyPage)

	web.View(m, "GET /revisions 列出指标体系修订", VerbRead, revisions, revisionsPage)
	web.View(m, "GET /revisions/new 准备草拟指标体系修订", VerbWrite, newRevision, titlePage)
	web.Form(m, "POST /revisions 草拟指标体系修订", VerbWrite, beginRevision, newRevision, titlePage)
	web.View(m, "GET /revisions/{id} 看一次指标体系修订", VerbRead, show, showPage)
	web.View(m, "GET /revisions/{id}/document 下载修订说明", VerbRead, paper, nil)
	web.View(m, "GET /revisions/{id}/edit 准备修改修订的名称和理由", VerbWrite, editTitle, titlePage)
	web.Form(m, "POST /revisions/{id}/edit 修改修订的名称和理由", VerbWrite, retitle, editTitle, titlePage)
	web.View(m, "GET /revisions/{id}/proposal 准备写一条提议", VerbWrite, editProposal, proposalPage)
	web.Form(m, "POST /revisions/{id}/proposal 写一条提议", VerbWrite, propose, editProposal, proposalPage)
	web.Form(m, "POST /revisions/{id}/remove 删去一条提议", VerbWrite, unpropose, show, showPage)
	web.Form(m, "POST /revisions/{id}/consult 发出征求意见", VerbConsult, consult, show, showPage)
	web.Form(m, "POST /revisions/{id}/settle 意见处理完毕", VerbSettle, settle, show, showPage)
	web.Form(m, "POST /revisions/{id}/decide 记录决定", VerbDecide, decide, show, showPage)
	web.Form(m, "POST /revisions/{id}/withdraw 撤回修订", VerbWithdraw, withdraw, show, showPage)
}

// taken tells a program where a thing stands after a step.
type taken struct {
	ID      string `json:"id"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func done(r *web.Request, k Kept, url string) web.Done[taken] {
	return web.Done[taken]{To: url, Flash: part.In(r.Lang, "已办理。"), Data: taken{k.ID, k.State, k.Version}}
}

type idInput struct {
	ID string `json:"id"`
}

type endInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

// typedRecord is what the office types of an indicator without data.
type typedRecord struct {
	Indicator  string   `json:"indicator"`
	Since      string   `json:"since" doc:"First period without a number: 2023."`
	Cause      string   `json:"cause" doc:"Why there is no number: no_source, not_split, irregular, definition …"`
	Needs      []string `json:"needs" doc:"What it takes: administrative_record, department_regime, sample_survey …"`
	Owner      string   `json:"owner" doc:"Code of the unit that looks for a source."`
	Due        string   `json:"due" doc:"The last day, 2024-06-30."`
	Substitute string   `json:"substitute" doc:"Code of an indicator that stands in for it."`
}

func (in typedRecord) opened() Opened {
	return Opened{Indicator: in.Indicator, Since: in.Since, Cause: in.Cause, Needs: in.Needs, Owner: in.Owner,
		DueOn: in.Due, Substitute: in.Substitute}
}

func openRecord(r *web.Request, in typedRecord) (web.Done[taken], error) {
	one, err := OpenRecord(r.Tx, r.User, in.opened())
	return done(r, one.Kept, one.URL()), err
}

type openInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	typedRecord
}

func reopenRecord(r *web.Request, in openInput) (web.Done[taken], error) {
	o := in.opened()
	o.ID, o.Version = in.ID, in.Version
	one, err := OpenRecord(r.Tx, r.User, o)
	return done(r, one.Kept, one.URL()), err
}

type answerInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Plan    string `json:"way" doc:"How the unit means to come by a number."`
	Source  string `json:"source" doc:"Where the numbers are."`
	Regime  string `json:"regime" doc:"Number of the department's statistical system."`
	Reason  string `json:"reason"`
}

func answering(verb string) func(*web.Request, answerInput) (web.Done[taken], error) {
	return func(r *web.Request, in answerInput) (web.Done[taken], error) {
		one, err := Answer(r.Tx, r.User, in.ID, in.Version, verb, Said{in.Plan, in.Source, in.Regime, in.Reason})
		return done(r, one.Kept, one.URL()), err
	}
}

type stepInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func solveRecord(r *web.Request, in stepInput) (web.Done[taken], error) {
	one, err := Solve(r.Tx, r.User, in.ID, in.Version)
	return done(r, one.Kept, one.URL()), err
}

func dismissRecord(r *web.Request, in endInput) (web.Done[taken], error) {
	one, err := Dismiss(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, one.Kept, one.URL()), err
}

// typedLink is a link as typed.
type typedLink struct {
	Local       string `json:"local" doc:"Code of our indicator; empty: only the upper set has it."`
	Level       string `json:"level" enum:"national,provincial" doc:"Whose set the upper indicator is of."`
	Upper       string `json:"upper" doc:"Name of the upper indicator."`
	UpperUnit   string `json:"upper_unit" doc:"Its unit of measurement."`
	UpperTarget string `json:"upper_target" doc:"Its target, as the upper plan says it."`
	Relation    string `json:"relation" doc:"How the two are related, as the page offers it."`
	Difference  string `json:"difference" doc:"Where they differ."`
	Conversion  string `json:"conversion" doc:"How one is converted to the other, or that it cannot be."`
	SourceTitle string `json:"source_title" doc:"Where the upper indicator is published."`
	SourceURL   string `json:"source_url" doc:"Its address."`
}

func (in typedLink) link() Link {
	return Link{Local: in.Local, Level: in.Level, Upper: in.Upper, UpperUnit: in.UpperUnit, UpperTarget: in.UpperTarget,
		Relation: in.Relation, Difference: in.Difference, Conversion: in.Conversion, SourceTitle: in.SourceTitle,
		SourceURL: in.SourceURL}
}

type linkInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	typedLink
}

func putLink(r *web.Request, in typedLink) (web.Done[taken], error) {
	l, err := PutLink(r.Tx, r.User, in.link())
	return done(r, l.Kept, l.URL()), err
}

func changeLink(r *web.Request, in linkInput) (web.Done[taken], error) {
	l := in.link()
	l.ID, l.Version = in.ID, in.Version
	l, err := PutLink(r.Tx, r.User, l)
	return done(r, l.Kept, l.URL()), err
}

func unlink(r *web.Request, in endInput) (web.Done[taken], error) {
	l, err := Unlink(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, l.Kept, "/indicator-links"), err
}

// typedDuty is a duty as typed.
type typedDuty struct {
	Should     string `json:"should" enum:"yes,no" doc:"Whether the element is to be counted by sex."`
	Now        string `json:"now" doc:"How far it is counted by sex: yes, partly, no."`
	Regime     string `json:"regime" doc:"Number of the department's statistical system."`
	Obstacle   string `json:"obstacle" doc:"What stands in the way."`
	TargetYear int    `json:"target_year" doc:"Year by which it will be counted by sex."`
}

func (in typedDuty) duty() Duty {
	return Duty{Should: in.Should == Yes, Now: in.Now, Regime: in.Regime, Obstacle: in.Obstacle,
		TargetYear: in.TargetYear}
}

type newDutyInput struct {
	Element string `json:"element" doc:"Code of an element."`
	Unit    string `json:"unit"`
	typedDuty
}

func putDuty(r *web.Request, in newDutyInput) (web.Done[taken], error) {
	d := in.duty()
	d.Element, d.Unit = strings.TrimSpace(in.Element), in.Unit
	d, err := PutDuty(r.Tx, r.User, d)
	return done(r, d.Kept, d.URL()), err
}

type dutyInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	typedDuty
}

func changeDuty(r *web.Request, in dutyInput) (web.Done[taken], error) {
	d := in.duty()
	d.ID, d.Version = in.ID, in.Version
	d, err := PutDuty(r.Tx, r.User, d)
	return done(r, d.Kept, d.URL()), err
}

func reportDuty(r *web.Request, in dutyInput) (web.Done[taken], error) {
	d := in.duty()
	d.ID, d.Version = in.ID, in.Version
	d, err := ReportDuty(r.Tx, r.User, d)
	return done(r, d.Kept, d.URL()), err
}

type beginInput struct {
	Title  string `json:"title"`
	Plan   string `json:"plan"`
	Reason string `json:"reason"`
}

func beginRevision(r *web.Request, in beginInput) (web.Done[taken], error) {
	one, err := Begin(r.Tx, r.User, in.Title, in.Plan, in.Reason)
	return done(r, one.Kept, one.URL()), err
}

type titleInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Title   string `json:"title"`
	Reason  string `json:"reason"`
}

func retitle(r *web.Request, in titleInput) (web.Done[taken], error) {
	one, err := Retitle(r.Tx, r.User, in.ID, in.Version, in.Title, in.Reason)
	return done(r, one.Kept, one.URL()), err
}

// proposalInput is a proposal as typed; of the definition only what its action changes is taken.
type proposalInput struct {
	ID         string   `json:"id"`
	Version    int64    `json:"version"`
	Number     int      `json:"number" doc:"Number of the proposal that is changed; 0: a further one."`
	Indicator  string   `json:"indicator"`
	Action     string   `json:"action" doc:"What is changed, as the page offers it."`
	New        string   `json:"new" doc:"Code of the indicator that comes to be."`
	Goal       string   `json:"goal" doc:"Code of the goal under which it hangs."`
	With       []string `json:"with" doc:"Codes of the indicators merged into it."`
	Evidence   string   `json:"evidence" doc:"What it rests on."`
	Effective  string   `json:"effective" doc:"First year for which it holds."`
	Name       string   `json:"name" doc:"Its name afterwards."`
	NameEN     string   `json:"name_en" doc:"Its English name afterwards."`
	Unit       string   `json:"measured_in" doc:"Unit of measurement of a new one."`
	Decimals   int      `json:"decimals" doc:"Decimals of a new one."`
	Direction  int      `json:"direction" doc:"1: more is better, -1: less is, 0: neither."`
	Source     string   `json:"source_unit" doc:"Code of the unit that is its source."`
	Formula    string   `json:"formula" doc:"How it is computed from elements."`
	Calibre    string   `json:"calibre" doc:"Code of a calibre."`
	Definition string   `json:"definition" doc:"What it means, in words."`
}

func propose(r *web.Request, in proposalInput) (web.Done[taken], error) {
	t := strings.TrimSpace
	one, err := Propose(r.Tx, r.User, in.ID, in.Version, Proposal{Number: in.Number, Indicator: in.Indicator,
		Action: in.Action, New: t(in.New), Goal: in.Goal, With: in.With, Evidence: in.Evidence,
		Effective: in.Effective},
		Definition{Name: t(in.Name), NameEN: t(in.NameEN), Unit: t(in.Unit), UnitEN: t(in.Unit), Decimals: in.Decimals,
			Direction: in.Direction, Source: in.Source, Formula: t(in.Formula), Calibre: in.Calibre,
			Definition: t(in.Definition)})
	return done(r, one.Kept, one.URL()), err
}

type removeInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Number  int    `json:"number" doc:"Number of the proposal."`
}

func unpropose(r *web.Request, in removeInput) (web.Done[taken], error) {
	one, err := Unpropose(r.Tx, r.User, in.ID, in.Version, in.Number)
	return done(r, one.Kept, one.URL()), err
}

type consultInput struct {
	ID       string   `json:"id"`
	Version  int64    `json:"version"`
	Units    []string `json:"unit" doc:"Codes of the units that are asked."`
	Due      string   `json:"due" doc:"The last day; by default in 15 working days."`
	Reviewer string   `json:"reviewer" doc:"Id of a post in the office, which looks through the answers."`
}

func consult(r *web.Request, in consultInput) (web.Done[taken], error) {
	one, err := Consult(r.Tx, r.User, in.ID, in.Version, Asked{in.Units, strings.TrimSpace(in.Due), in.Reviewer})
	return done(r, one.Kept, one.URL()), err
}

func settle(r *web.Request, in stepInput) (web.Done[taken], error) {
	one, err := Settle(r.Tx, r.User, in.ID, in.Version)
	return done(r, one.Kept, one.URL()), err
}

type decideInput struct {
	ID       string            `json:"id"`
	Version  int64             `json:"version"`
	Meeting  string            `json:"meeting" doc:"The plenary that decided; empty: a leader does."`
	Verdicts map[string]string `json:"verdicts" doc:"passed or back, by number of the proposal."`
	Notes    map[string]string `json:"remarks" doc:"What was said of a proposal, by its number."`
}

func decide(r *web.Request, in decideInput) (web.Done[taken], error) {
	d := Decision{Meeting: in.Meeting, Verdicts: map[int]string{}, Notes: map[int]string{}}
	for number, verdict := range in.Verdicts {
		if n, err := strconv.Atoi(number); err == nil {
			d.Verdicts[n], d.Notes[n] = verdict, in.Notes[number]
		}
	}
	one, err := Decide(r.Tx, r.User, in.ID, in.Version, d)
	return done(r, one.Kept, one.URL()), err
}

func withdraw(r *web.Request, in endInput) (web.Done[taken], error) {
	one, err := Withdraw(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, one.Kept, one.URL()), err
}
