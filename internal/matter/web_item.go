package matter

// Routes of the steps on an item. A file that comes with a step is kept before the transaction.

import (
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
)

func (p pages) itemRoutes(m *web.Mux) {
	web.View(m, "GET /items/{id} 看一项整改", VerbRead, showItem, itemShowPage)
	form(m, "POST /items/{id}/receive 签收整改项", VerbReceive, receive)
	form(m, "POST /items/{id}/receive_for 代录纸上的签收", VerbReceiveFor, receiveFor)
	form(m, "POST /items/{id}/decline 退办整改项", VerbDecline, because(Decline, "已退办，等妇儿工委办裁定。"))
	form(m, "POST /items/{id}/keep 维持交办", VerbKeep, because(Keep, "已维持交办，承办单位须签收。"))
	form(m, "POST /items/{id}/reassign 改由别的单位承办", VerbReassign, reassign)
	form(m, "POST /items/{id}/plan 定整改措施", VerbPlan, makePlan)
	form(m, "POST /items/{id}/start 开始办理", VerbStart, start)
	form(m, "POST /items/{id}/note 填进展", VerbNote, p.note, web.Before(p.keepNote), web.In(web.Files))
	form(m, "POST /items/{id}/extend 申请延期", VerbExtend, extend)
	form(m, "POST /items/{id}/grant 批准延期", VerbGrant, grant)
	form(m, "POST /items/{id}/refuse 不准延期", VerbRefuse, because(Refuse, "没有批准延期，期限不变。"))
	form(m, "POST /items/{id}/report 报办结", VerbReport, p.report, web.Before(p.keepReport), web.In(web.Files))
	form(m, "POST /items/{id}/return 退回补充", VerbReturn, because(Return, "已退回，承办单位继续办理。"))
	form(m, "POST /items/{id}/entrust 请别的单位复核", VerbEntrust, entrust)
	form(m, "POST /items/{id}/recheck 复核", VerbRecheck, recheck)
	form(m, "POST /items/{id}/reopen 重新督办", VerbReopen, reopen)
	form(m, "POST /items/{id}/suspend 暂停整改项", VerbSuspend, suspend)
	form(m, "POST /items/{id}/resume 恢复整改项", VerbResume, resume)
	form(m, "POST /items/{id}/urge 催办一项", VerbUrge, urge)
	form(m, "POST /items/{id}/withdraw 撤销整改项", VerbItemWithdraw, because(WithdrawItem, "已撤销这一项。"))
}

// form registers a step on an item; a refused one shows the item again.
func form[In any](m *web.Mux, pattern, verb string, save func(*web.Request, In) (web.Done[taken], error),
	options ...web.Option) {
	web.Form(m, pattern, verb, save, func(r *web.Request, in atItem) (itemShow, error) {
		return showItem(r, showInput{ID: in.ID, Step: strings.TrimPrefix(verb, "item.")})
	}, itemShowPage, options...)
}

// atItem is the item that the address names.
type atItem struct {
	ID string `json:"id"`
}

// stepped is the answer to a step on an item.
func stepped(r *web.Request, m Matter, id string, flash say.Key) web.Done[taken] {
	d := done(r, m, flash)
	for _, i := range m.Items {
		if i.ID == id {
			d.To, d.Data.Item, d.Data.ItemIs = itemPage(i.ID), i.ID, i.State
		}
	}
	return d
}

// because is a step that asks for a reason alone.
func because(do func(*db.Tx, auth.User, At, string) (Matter, error),
	flash say.Key) func(*web.Request, stepInput) (web.Done[taken], error) {
	return func(r *web.Request, in stepInput) (web.Done[taken], error) {
		m, err := do(r.Tx, r.User, At{in.ID, in.Version}, in.Reason)
		return stepped(r, m, in.ID, flash), err
	}
}

type receiveInput struct {
	ID          string `json:"id"`
	Version     int64  `json:"version"`
	Responsible string `json:"responsible" doc:"Identifier of the post that leads."`
	Handler     string `json:"handler" doc:"Identifier of the person who handles it."`
}

func receive(r *web.Request, in receiveInput) (web.Done[taken], error) {
	m, err := Receive(r.Tx, r.User, At{in.ID, in.Version}, in.Responsible, in.Handler)
	return stepped(r, m, in.ID, "已签收。"), err
}

type receiveForInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Paper   string `json:"paper" doc:"Where the paper with the receipt is kept."`
}

func receiveFor(r *web.Request, in receiveForInput) (web.Done[taken], error) {
	m, err := ReceiveFor(r.Tx, r.User, At{in.ID, in.Version}, in.Paper)
	return stepped(r, m, in.ID, "已代签收，标明代录。"), err
}

type unitInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Unit    string `json:"unit"`
	Reason  string `json:"reason"`
}

func reassign(r *web.Request, in unitInput) (web.Done[taken], error) {
	m, err := Reassign(r.Tx, r.User, At{in.ID, in.Version}, in.Unit, in.Reason)
	return stepped(r, m, in.ID, "已改派，新的承办单位可以签收了。"), err
}

type entrustInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Unit    string `json:"unit"`
}

func entrust(r *web.Request, in entrustInput) (web.Done[taken], error) {
	m, err := Entrust(r.Tx, r.User, At{in.ID, in.Version}, in.Unit)
	return stepped(r, m, in.ID, "已请该单位复核。"), err
}

// planInput has steps[1.text], steps[1.unit], steps[1.due].
type planInput struct {
	ID         string            `json:"id"`
	Version    int64             `json:"version"`
	CauseKinds []string          `json:"cause_kinds" doc:"Kinds of cause."`
	Cause      string            `json:"cause" doc:"Why it came to this."`
	Steps      map[string]string `json:"steps" doc:"Measures: 1.text, 1.unit, 1.due, 2.text and so on."`
}

func makePlan(r *web.Request, in planInput) (web.Done[taken], error) {
	p := Plan{CauseKinds: in.CauseKinds, Cause: in.Cause}
	for _, fields := range numbered(in.Steps) {
		p.Steps = append(p.Steps, Step{Text: fields["text"], Unit: fields["unit"], Due: fields["due"]})
	}
	m, err := MakePlan(r.Tx, r.User, At{in.ID, in.Version}, p)
	return stepped(r, m, in.ID, "措施已定，可以开始办理了。"), err
}

type atInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func start(r *web.Request, in atInput) (web.Done[taken], error) {
	m, err := Start(r.Tx, r.User, At(in))
	return stepped(r, m, in.ID, "已开始办理。"), err
}

func resume(r *web.Request, in atInput) (web.Done[taken], error) {
	m, err := Resume(r.Tx, r.User, At(in))
	return stepped(r, m, in.ID, "已恢复，期限顺延了暂停的天数。"), err
}

type noteInput struct {
	ID        string      `json:"id"`
	Version   int64       `json:"version"`
	On        string      `json:"on" doc:"Day, such as 2024-03-15; today if left out."`
	Text      string      `json:"text" doc:"What came of it."`
	Obstacles string      `json:"obstacles" doc:"What stands in the way."`
	Next      string      `json:"next" doc:"What comes next."`
	Done      []string    `json:"done" doc:"Numbers of the measures that are done."` // numbers of steps that are done
	File      *web.Upload `json:"file" doc:"A file that proves it."`
	kept      evidence.File
}

func (p pages) keepNote(r *web.Request, in *noteInput) (err error) {
	in.kept, err = p.keep(in.File)
	return err
}

func (p pages) note(r *web.Request, in noteInput) (web.Done[taken], error) {
	n := Note{On: in.On, Text: in.Text, Obstacles: in.Obstacles, Next: in.Next}
	for _, text := range in.Done {
		number, err := strconv.Atoi(text)
		if err != nil {
			return web.Done[taken]{}, errs.Fields{"done": {Key: "请填措施的序号。"}}.
				Check("进展没有保存，请按提示修改。")
		}
		n.Done = append(n.Done, number)
	}
	if err := attach(r, in.ID, in.kept); err != nil {
		return web.Done[taken]{}, err
	}
	m, err := AddNote(r.Tx, r.User, At{in.ID, in.Version}, n)
	return stepped(r, m, in.ID, "进展已保存。"), err
}

type extendInput struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	WantedDue string `json:"wanted_due" doc:"Day that is asked for."`
	Reason    string `json:"reason"`
}

func extend(r *web.Request, in extendInput) (web.Done[taken], error) {
	m, err := Extend(r.Tx, r.User, At{in.ID, in.Version}, in.WantedDue, in.Reason)
	return stepped(r, m, in.ID, "已申请延期，等妇儿工委办审批。"), err
}

type grantInput struct {
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	GrantedDue string `json:"granted_due" doc:"Day that is granted; as asked if left out."`
}

func grant(r *web.Request, in grantInput) (web.Done[taken], error) {
	m, err := Grant(r.Tx, r.User, At{in.ID, in.Version}, in.GrantedDue)
	return stepped(r, m, in.ID, "已批准延期，原期限仍然记着。"), err
}

type reportInput struct {
	ID      string      `json:"id"`
	Version int64       `json:"version"`
	Result  string      `json:"result" doc:"What was reached."`
	Steps   string      `json:"steps" doc:"What was done."`
	Figure  string      `json:"figure" doc:"Figure of the aim now."`
	File    *web.Upload `json:"file" doc:"A file that proves it."`
	kept    evidence.File
}

func (p pages) keepReport(r *web.Request, in *reportInput) (err error) {
	in.kept, err = p.keep(in.File)
	return err
}

func (p pages) report(r *web.Request, in reportInput) (web.Done[taken], error) {
	if err := attach(r, in.ID, in.kept); err != nil {
		return web.Done[taken]{}, err
	}
	m, err := Report(r.Tx, r.User, At{in.ID, in.Version}, DoneReport{in.Result, in.Steps, in.Figure,
		p.secrets.Installation.Public})
	return stepped(r, m, in.ID, "已报办结，等别的单位的人复核。"), err
}

// keep writes a file down that came with a step, if one did.
func (p pages) keep(u *web.Upload) (f evidence.File, err error) {
	if u == nil {
		return f, nil
	}
	name := evidence.CleanName(u.Name)
	content, media, err := evidence.Accepted(name, u.Body, false)
	if err != nil {
		return f, err
	}
	digest, err := p.files.Put(content)
	return evidence.File{Digest: digest, Name: name, MediaType: media, Size: int64(len(content))}, err
}

// attach lays what keep kept on an item.
func attach(r *web.Request, id string, f evidence.File) (err error) {
	if f.Digest == "" {
		return nil
	}
	c, err := read(r.Tx, r.User, id)
	if err != nil {
		return err
	}
	f.Object = c.item.Object()
	if f.Unit, err = c.holds(r.User); err != nil {
		return err
	}
	_, err = evidence.Attach(r.Tx, r.User, f)
	return err
}

type recheckInput struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	Way       string `json:"way" doc:"How it was checked: papers, site, sample or data."`
	On        string `json:"on" doc:"Day, such as 2024-03-15; today if left out."`
	Place     string `json:"place" doc:"Where, on site."`
	LookedAt  string `json:"looked_at" doc:"What was looked at."`
	Sample    string `json:"sample" doc:"What was drawn."`
	Judgement string `json:"judgement" doc:"done, mostly, partly, not_done, unverifiable or obsolete."`
	Reason    string `json:"reason"`
	Confirmed bool   `json:"confirmed" doc:"Measures that are not marked done are known and left."`
}

func recheck(r *web.Request, in recheckInput) (web.Done[taken], error) {
	m, err := Recheck(r.Tx, r.User, At{in.ID, in.Version}, Check{in.Way, in.On, in.Place, in.LookedAt, in.Sample,
		in.Judgement, in.Reason, in.Confirmed})
	d := stepped(r, m, in.ID, "已复核，没有通过：承办单位继续办理。")
	if d.Data.ItemIs == Closed {
		d = stepped(r, m, in.ID, "已复核，这一项销号。")
	}
	return d, err
}

type reopenInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Due     string `json:"due" doc:"Day by which it is due."`
	Reason  string `json:"reason"`
}

func reopen(r *web.Request, in reopenInput) (web.Done[taken], error) {
	m, err := Reopen(r.Tx, r.User, At{in.ID, in.Version}, in.Due, in.Reason)
	return stepped(r, m, in.ID, "已重新督办。"), err
}

type urgeInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Level   string `json:"level" enum:"blue,yellow,red" doc:"Colour of the slip; by the lamp if left out."`
	Text    string `json:"text" doc:"What is asked for."`
	ReplyBy string `json:"reply_by" doc:"Day by which an answer is wanted."`
}

func urge(r *web.Request, in urgeInput) (web.Done[taken], error) {
	m, err := Urge(r.Tx, r.User, At{in.ID, in.Version}, in.Level, in.Text, in.ReplyBy)
	return stepped(r, m, in.ID, "已催办，记在办理记录里。"), err
}

type suspendInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	LookOn  string `json:"look_on" doc:"Day on which to look again."`
	Reason  string `json:"reason"`
}

func suspend(r *web.Request, in suspendInput) (web.Done[taken], error) {
	m, err := Suspend(r.Tx, r.User, At{in.ID, in.Version}, in.LookOn, in.Reason)
	return stepped(r, m, in.ID, "已暂停，灯暂停计时。"), err
}
