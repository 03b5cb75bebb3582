package cycle

// Routes of cycles and the steps that are taken with them. Pages are web_list.go's, web_edit.go's and web_show.go's.

import (
	_ "embed"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// Routes registers the module's pages.
func Routes(m *web.Mux) {
	web.View(m, "GET /cycles 列出监测周期", VerbRead, showList, listPage)
	web.View(m, "GET /cycles/new 打开建立监测周期页", VerbPlan, newCycle, editPage)
	web.Form(m, "POST /cycles 建立监测周期", VerbPlan, planCycle, newCycle, editPage)
	web.View(m, "GET /cycles/{id} 看一个监测周期", VerbRead, show, showPage)
	web.View(m, "GET /cycles/{id}/edit 打开修改监测周期页", VerbEdit, loadEdit, editPage)
	web.Form(m, "POST /cycles/{id}/edit 修改监测周期", VerbEdit, edit, loadEdit, editPage)
	web.Form(m, "POST /cycles/{id}/copy 复制为下一年度", VerbPlan, copied, show, showPage)
	web.Form(m, "POST /cycles/{id}/notify 起草报表通知", VerbNotify, stepped(Notify), show, showPage)
	web.Form(m, "POST /cycles/{id}/train 登记培训", VerbTrain, train, show, showPage)
	web.Form(m, "POST /cycles/{id}/open 开放填报", VerbOpen, stepped(Start), show, showPage)
	web.Form(m, "POST /cycles/{id}/extend 给一个单位延期", VerbExtend, extend, show, showPage)
	web.Form(m, "POST /cycles/{id}/dun 起草催报单", VerbDun, dun, show, showPage)
	web.Form(m, "POST /cycles/{id}/explain 记下数据说明", VerbExplain, explain, show, showPage)
	web.Form(m, "POST /cycles/{id}/close 截止填报", VerbClose, closing, show, showPage)
	web.Form(m, "POST /cycles/{id}/compile 完成汇总", VerbCompile, stepped(Compile), show, showPage)
	web.Form(m, "POST /cycles/{id}/report 关联监测报告", VerbReport, link, show, showPage)
	web.Form(m, "POST /cycles/{id}/publish 登记发布", VerbPublish, publish, show, showPage)
	web.Form(m, "POST /cycles/{id}/drop 取消监测周期", VerbDrop, drop, show, showPage)
	web.View(m, "GET /cycles/{id}/unsigned 下载未签字报表清单（.docx）", VerbRead, unsigned, nil)
	web.View(m, "GET /cycles/{id}/trainees 下载应训人员名单（.docx）", VerbRead, trainees, nil)
	web.View(m, "GET /cycles/{id}/slip 下载催报单（.docx）", VerbRead, slip, nil)
}

func done(r *web.Request, c Cycle) web.Done[Cycle] {
	return web.Done[Cycle]{To: c.URL(), Flash: part.In(r.Lang, "已办理。"), Data: c}
}

type stepInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

// stepped is a step that is given nothing.
func stepped(step func(*db.Tx, auth.User, string, int64) (Cycle, error)) func(*web.Request,
	stepInput) (web.Done[Cycle], error) {
	return func(r *web.Request, in stepInput) (web.Done[Cycle], error) {
		c, err := step(r.Tx, r.User, in.ID, in.Version)
		return done(r, c), err
	}
}

type idInput struct {
	ID string `json:"id"`
}

func copied(r *web.Request, in idInput) (web.Done[Cycle], error) {
	c, err := Copy(r.Tx, r.User, in.ID)
	return web.Done[Cycle]{To: c.URL() + "/edit", Flash: part.In(r.Lang, "已复制为下一年度。请核对报表和日期后保存。"),
		Data: c}, err
}

type trainInput struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Untaught string `json:"untaught" doc:"Why nobody is trained this year."`
}

func train(r *web.Request, in trainInput) (web.Done[Cycle], error) {
	c, err := Train(r.Tx, r.User, in.ID, in.Version, in.Untaught)
	return done(r, c), err
}

type extendInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Unit    string `json:"unit" doc:"Code of the unit."`
	Until   string `json:"until" doc:"The new last day, 2024-04-10."`
	Reason  string `json:"reason"`
}

func extend(r *web.Request, in extendInput) (web.Done[Cycle], error) {
	c, err := Extend(r.Tx, r.User, in.ID, in.Version, Extension{Unit: in.Unit, Until: in.Until, Reason: in.Reason})
	return done(r, c), err
}

type dunInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Unit    string `json:"unit" doc:"Code of the unit that is asked for what is missing."`
}

func dun(r *web.Request, in dunInput) (web.Done[Cycle], error) {
	c, err := Urge(r.Tx, r.User, in.ID, in.Version, in.Unit)
	d := done(r, c)
	d.Flash = part.In(r.Lang, "催报单已起草，请在公文里核对后签发。")
	return d, err
}

type explainInput struct {
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	Submission string `json:"submission" doc:"The report that is explained."`
	Text       string `json:"text" doc:"What the review meeting was told."`
}

func explain(r *web.Request, in explainInput) (web.Done[Cycle], error) {
	c, err := Explain(r.Tx, r.User, in.ID, in.Version, in.Submission, in.Text)
	return done(r, c), err
}

type closeInput struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	Confirmed bool   `json:"confirmed" doc:"What is missing is known."`
}

func closing(r *web.Request, in closeInput) (web.Done[Cycle], error) {
	c, err := Close(r.Tx, r.User, in.ID, in.Version, in.Confirmed)
	return done(r, c), err
}

type reportInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Report  string `json:"report" doc:"The letter by which the monitoring report went out: letter/…"`
}

func link(r *web.Request, in reportInput) (web.Done[Cycle], error) {
	c, err := Link(r.Tx, r.User, in.ID, in.Version, in.Report)
	return done(r, c), err
}

type publishInput struct {
	ID          string `json:"id"`
	Version     int64  `json:"version"`
	PublishedOn string `json:"published_on" doc:"The day, 2024-07-01."`
}

func publish(r *web.Request, in publishInput) (web.Done[Cycle], error) {
	c, err := Publish(r.Tx, r.User, in.ID, in.Version, in.PublishedOn)
	return done(r, c), err
}

type dropInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

func drop(r *web.Request, in dropInput) (web.Done[Cycle], error) {
	c, err := Drop(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, c), err
}

// sight is a cycle with what of it the reader may see.
func sight(r *web.Request, id string) (c Cycle, lines []Line, err error) {
	if c, err = Read(r.Tx, r.User, id); err != nil {
		return c, nil, err
	}
	lines, err = c.Lines(r.Tx, r.User)
	return c, lines, err
}

func unsigned(r *web.Request, in idInput) (f web.File, err error) {
	c, lines, err := sight(r, in.ID)
	if err != nil {
		return f, err
	}
	return web.Word(r, c.Title+"未签字报表清单", c.unsignedPaper(lines, r.Tx.Today()))
}

func trainees(r *web.Request, in idInput) (f web.File, err error) {
	c, lines, err := sight(r, in.ID)
	if err != nil {
		return f, err
	}
	people, err := c.Trainees(r.Tx, lines)
	if err != nil {
		return f, err
	}
	named, err := labelsOf(r.Tx)
	if err != nil {
		return f, err
	}
	return web.Word(r, c.Title+"应训人员名单", c.traineesPaper(people, named, r.Tx.Today()))
}

type slipInput struct {
	ID   string `json:"id"`
	Unit string `json:"unit" doc:"Code of the unit."`
}

func slip(r *web.Request, in slipInput) (f web.File, err error) {
	c, lines, err := sight(r, in.ID)
	if err != nil {
		return f, err
	}
	at := slices.IndexFunc(lines, func(l Line) bool { return l.Unit == in.Unit })
	if at < 0 {
		return f, errNothing
	}
	var lack []Line // nothing is, before it is asked for
	if c.State.begun() {
		lack = missingOf(lines, in.Unit)
	}
	from, err := network.UnitByCode(r.Tx, c.Unit)
	if err != nil {
		return f, err
	}
	return web.Word(r, c.Title+"催报单（"+lines[at].UnitName+"）",
		c.slip(lack, lines[at].UnitName, from.Name, r.Tx.Today()))
}
