package evaluation

// Routes of rounds and the steps that are taken with them. Pages are web_list.go's, web_edit.go's and web_show.go's.

import (
	"strconv"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// ownPath is the address of what one participant hands in.
const ownPath = "/rounds/{id}/participants/{unit}"

// Routes registers the module's pages; about says what all modules have to say of a unit or an area.
func Routes(m *web.Mux, secrets account.Secrets, about func(*db.Tx, auth.User, module.Of) ([]module.Card, error)) {
	p := pages{secrets, about}
	web.View(m, "GET /rounds 列出评估", VerbRead, showList, listPage)
	web.View(m, "GET /rounds/new 准备拟订评估", VerbDraft, newRound, editPage)
	web.Form(m, "POST /rounds 拟订评估", VerbDraft, create, newRound, editPage)
	web.View(m, "GET /rounds/{id} 看一轮评估", VerbRead, show, showPage)
	web.View(m, "GET /rounds/{id}/edit 准备修改评估", VerbEdit, editRound, editPage)
	web.Form(m, "POST /rounds/{id}/edit 修改评估", VerbEdit, edit, editRound, editPage)
	web.View(m, "GET /rounds/{id}/scheme 准备写评估方案", VerbEdit, writing, schemePage)
	web.Form(m, "POST /rounds/{id}/scheme 写评估方案", VerbEdit, write, writing, schemePage)
	web.View(m, "GET /rounds/{id}/scheme/document 下载评估工作方案（.docx）", VerbRead, schemePaper, nil)
	web.Form(m, "POST /rounds/{id}/notice 起草评估工作通知", VerbAsk, notify, show, showPage)
	web.Form(m, "POST /rounds/{id}/approve 审定评估方案", VerbApprove, approve, show, showPage)
	web.Form(m, "POST /rounds/{id}/reopen 退回修改方案", VerbReopen, reasonedly(Reopen, "已退回修改。"), show, showPage)
	web.Form(m, "POST /rounds/{id}/withdraw 撤回评估", VerbWithdraw, reasonedly(Withdraw, "已撤回。"), show, showPage)
	web.Form(m, "POST /rounds/{id}/launch 启动评估", VerbLaunch, launch, show, showPage)
	web.Form(m, "POST /rounds/{id}/start 开始阶段", VerbStart, step(VerbStart), show, showPage)
	web.Form(m, "POST /rounds/{id}/finish 完成阶段", VerbFinish, step(VerbFinish), show, showPage)
	web.Form(m, "POST /rounds/{id}/skip 不开展阶段", VerbSkip, step(VerbSkip), show, showPage)
	web.Form(m, "POST /rounds/{id}/close 结束评估", VerbClose, closeRound, show, showPage)
	web.Form(m, "POST /rounds/{id}/ask 布置自评", VerbAsk, ask, show, showPage)
	web.View(m, "GET /rounds/{id}/comparison 看各方判断的对照", VerbCompare, compare, comparePage)
	web.Form(m, "POST /rounds/{id}/comparison/explain 说明分歧", VerbExplain, explain, compare, comparePage)
	web.Form(m, "POST /rounds/{id}/comparison/voice 记下第三方、专家或督导组的判断", VerbVoice, voice, compare, comparePage)
	web.Form(m, "POST /rounds/{id}/report 起草评估报告", VerbReport, reportLetter, show, showPage)
	web.Form(m, "POST /rounds/{id}/recommendations 提出评估建议", VerbRecommend, recommend, show, showPage)
	web.View(m, "GET /rounds/{id}/unaccepted 列出截止日前未审核通过的报表", VerbRead, listUnaccepted, unacceptedPage)
	web.View(m, "GET /recommendations 列出评估建议", VerbRead, listAdvice, adviceListPage)
	web.View(m, "GET /recommendations/{id} 看一条评估建议", VerbRead, showAdvice, advicePage)
	web.Form(m, "POST /recommendations/{id}/respond 回应评估建议", VerbRespond, respond, showAdvice, advicePage)
	web.Form(m, "POST /recommendations/{id}/withdraw 撤回评估建议", VerbTakeBack, takeBack, showAdvice, advicePage)
	web.Form(m, "POST /recommendations/{id}/matter 评估建议转为事项", VerbToMatter, toMatter, showAdvice, advicePage)
	web.View(m, "GET "+ownPath+" 看一个参加单位要交的", VerbRead, p.own, ownPage)
	web.View(m, "GET "+ownPath+"/document 下载自评报告（.docx）", VerbRead, p.report, nil)
	web.Form(m, "POST "+ownPath+"/prepare 数据表定稿并签字", VerbPrepare,
		signing(Prepare, "已定稿，请单位负责人签字。"), p.own, ownPage, web.Before(p.unlock), web.In(web.Phrases))
	web.Form(m, "POST "+ownPath+"/sign 数据表由负责人签字", VerbSign, signing(Sign, "数据表已双签字。"), p.own, ownPage,
		web.Before(p.unlock), web.In(web.Phrases))
	web.Form(m, "POST "+ownPath+"/return 退回数据表", VerbReturn, returnSheet, p.own, ownPage)
	web.Form(m, "POST "+ownPath+"/classify 调整达标分类", VerbClassify, classify, p.own, ownPage)
}

// taken tells a program where the round stands after a step.
type taken struct {
	ID      string `json:"id"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func done(r *web.Request, of Round, flash say.Key) web.Done[taken] {
	return web.Done[taken]{To: of.URL(), Flash: part.In(r.Lang, flash), Data: taken{of.ID, of.State, of.Version}}
}

type idInput struct {
	ID string `json:"id"`
}

type versionInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

type reasonInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

// typedRound is a round as typed. Rows of the leading group and of stages are numbered: leading[1.unit],
// stages[1.title], stages[1.kind], stages[1.from] …
type typedRound struct {
	Title          string            `json:"title" doc:"What it is called."`
	Kind           string            `json:"kind" enum:"midterm,final,annual,special"`
	Plans          []string          `json:"plans" doc:"Codes of the plans that are judged."`
	From           string            `json:"from" doc:"First year judged, 2021."`
	Until          string            `json:"until" doc:"Last year judged, 2022."`
	Cutoff         string            `json:"cutoff" doc:"Day as of which figures are read, 2023-05-31."`
	Basis          string            `json:"basis" doc:"The papers that it rests on."`
	InspectionPlan string            `json:"inspection_plan" doc:"Number in the year's plan of inspections."`
	LegalNature    string            `json:"legal_nature" enum:"plan_supervision,designated,entrusted" doc:"What it is in law."`
	Units          []string          `json:"units" doc:"Codes of the units that take part."`
	Areas          []string          `json:"areas" doc:"Codes of the areas that take part; their offices answer."`
	Leading        map[string]string `json:"leading" doc:"Leading group: 1.unit, 1.post, 1.seat …"`
	Stages         map[string]string `json:"stages" doc:"Stages: 1.title, 1.kind, 1.from, 1.until, 1.lead, 1.experts …"`
}

type editInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	typedRound
}

func (in typedRound) round(r *web.Request, area int64) (of Round, err error) {
	of = Round{Title: in.Title, Kind: in.Kind, Plans: in.Plans, From: strings.TrimSpace(in.From),
		Until: strings.TrimSpace(in.Until), CutoffOn: strings.TrimSpace(in.Cutoff), Basis: in.Basis,
		InspectionPlan: in.InspectionPlan, LegalNature: in.LegalNature}
	units, areas, err := choices(r, area)
	if err != nil {
		return of, err
	}
	for _, code := range units.Codes(in.Units) {
		of.Participants = append(of.Participants, Participant{Unit: code})
	}
	for _, code := range areas.Codes(in.Areas) {
		of.Participants = append(of.Participants, Participant{Area: code})
	}
	for _, f := range numbered(in.Leading) {
		of.Leading = append(of.Leading, Seat{Unit: f["unit"], Post: f["post"], Seat: f["seat"]})
	}
	for _, f := range numbered(in.Stages) {
		of.Stages = append(of.Stages, Stage{Title: f["title"], Kind: f["kind"], From: f["from"], Until: f["until"],
			Lead: f["lead"], Experts: f["experts"]})
	}
	return of, nil
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

func create(r *web.Request, in typedRound) (web.Done[taken], error) {
	of, err := in.round(r, ownArea(r))
	if err != nil {
		return web.Done[taken]{}, err
	}
	of, err = Create(r.Tx, r.User, of)
	return done(r, of, "评估已拟订。接着写方案，由妇儿工委领导审定。"), err
}

func edit(r *web.Request, in editInput) (web.Done[taken], error) {
	before, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[taken]{}, err
	}
	of, err := in.round(r, before.AreaID)
	if err != nil {
		return web.Done[taken]{}, err
	}
	of.ID, of.Version = in.ID, in.Version
	of, err = Edit(r.Tx, r.User, of)
	return done(r, of, "已保存。"), err
}

type writeInput struct {
	ID      string            `json:"id"`
	Version int64             `json:"version"`
	Scheme  map[string]string `json:"scheme" doc:"Parts: purpose, principles, scope, contents, methods, steps …"`
}

func write(r *web.Request, in writeInput) (web.Done[taken], error) {
	of, err := Write(r.Tx, r.User, in.ID, in.Version, in.Scheme)
	return done(r, of, "方案已保存。"), err
}

type approveInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Digest  string `json:"digest" doc:"Digest of the scheme that was read."`
}

func approve(r *web.Request, in approveInput) (web.Done[taken], error) {
	of, err := Approve(r.Tx, r.User, in.ID, in.Version, in.Digest)
	return done(r, of, "方案已审定。"), err
}

func reasonedly(take endStep, flash say.Key) func(*web.Request, reasonInput) (web.Done[taken], error) {
	return func(r *web.Request, in reasonInput) (web.Done[taken], error) {
		of, err := take(r.Tx, r.User, in.ID, in.Version, in.Reason)
		return done(r, of, flash), err
	}
}

type launchInput struct {
	ID             string `json:"id"`
	Version        int64  `json:"version"`
	InspectionPlan string `json:"inspection_plan" doc:"Number in the year's plan of inspections."`
	Unplanned      bool   `json:"unplanned" doc:"Launch it with visits though there is no such number."`
}

func launch(r *web.Request, in launchInput) (web.Done[taken], error) {
	of, err := Launch(r.Tx, r.User, in.ID, in.Version, in.InspectionPlan, in.Unplanned)
	return done(r, of, "评估已启动。"), err
}

type stepInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Stage   int    `json:"stage" doc:"Which one, from 0."`
	Reason  string `json:"reason" doc:"Why it is skipped."`
}

func step(verb string) func(*web.Request, stepInput) (web.Done[taken], error) {
	return func(r *web.Request, in stepInput) (web.Done[taken], error) {
		of, err := Step(r.Tx, r.User, in.ID, in.Version, verb, in.Stage, in.Reason)
		return done(r, of, "已办理。"), err
	}
}

func closeRound(r *web.Request, in versionInput) (web.Done[taken], error) {
	of, err := Close(r.Tx, r.User, in.ID, in.Version)
	return done(r, of, "评估已结束。未办结的事项仍在督办台账里。"), err
}
