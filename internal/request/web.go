package request

// Routes of requests and answers, and the steps that they take. Pages are web_list.go's, web_edit.go's, web_show.go's
// and web_answer.go's.

import (
	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type pages struct {
	secrets account.Secrets
	loads   func() []module.Load
}

// Routes registers the module's pages.
func Routes(m *web.Mux, secrets account.Secrets, loads func() []module.Load) {
	p := pages{secrets, loads}
	web.View(m, "GET /requests 列出征集", VerbRead, showList, listPage)
	web.View(m, "GET /requests/new 打开起草征集页", VerbCreate, newRequest, editPage)
	web.Form(m, "POST /requests 起草一次征集", VerbCreate, create, newRequest, editPage)
	web.View(m, "GET /requests/burden 看各单位的填报负担", VerbCreate, p.showBurden, burdenPage)
	web.View(m, "GET /requests/{id} 看一次征集和各单位的答复", VerbRead, p.show, showPage)
	web.View(m, "GET /requests/{id}/document 下载征集通知", VerbRead, askPaper, nil)
	web.View(m, "GET /requests/{id}/answers 下载答复汇总", VerbRead, answersPaper, nil)
	web.View(m, "GET /requests/{id}/edit 打开修改征集页", VerbEdit, editRequest, editPage)
	web.Form(m, "POST /requests/{id}/edit 修改征集草稿", VerbEdit, edit, editRequest, editPage)
	web.Form(m, "POST /requests/{id}/send 发出征集", VerbSend, send, p.show, showPage)
	web.Form(m, "POST /requests/{id}/letter 起草征集通知", VerbCreate, draftLetter, p.show, showPage)
	web.Form(m, "POST /requests/{id}/withdraw 撤回征集并说明原因", VerbWithdraw, withdraw, p.show, showPage)
	web.View(m, "GET /answers/{id} 看一份答复", VerbRead, p.showAnswer, answerPage)
	web.Form(m, "POST /answers/{id}/receive 签收征集", VerbReceive, receive, p.showAnswer, answerPage)
	web.Form(m, "POST /answers/{id}/draft 保存答复草稿", VerbAnswer, saveAnswer, p.showAnswer, answerPage)
	web.View(m, "GET /answers/{id}/sheet 下载答题表（Excel）", VerbAnswer, p.answerSheet, nil)
	web.Form(m, "POST /answers/{id}/sheet 读入填好的答题表", VerbAnswer, uploadSheet, p.showAnswer, answerPage,
		web.Before(readSheet), web.In(web.Files))
	web.Form(m, "POST /answers/{id}/prepare 送领导签字", VerbPrepare, prepare, p.showAnswer, answerPage,
		web.Before(p.unlock), web.In(web.Phrases))
	web.Form(m, "POST /answers/{id}/recall 撤回修改", VerbRecall, recall, p.showAnswer, answerPage)
	web.Form(m, "POST /answers/{id}/submit 提交答复", VerbSubmit, submit, p.showAnswer, answerPage,
		web.Before(p.unlock), web.In(web.Phrases))
	web.Form(m, "POST /answers/{id}/return 退回答复并逐题说明", VerbReturn, returnAnswer, p.showAnswer, answerPage)
	web.Form(m, "POST /answers/{id}/accept 答复审核通过", VerbAccept, accept, p.showAnswer, answerPage)
	web.Form(m, "POST /answers/{id}/substitute 改由他单位答复", VerbSubstitute, substitute, p.showAsked, showPage)
}

type moveInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

func send(r *web.Request, in moveInput) (web.Done[Request], error) {
	q, err := Send(r.Tx, r.User, in.ID, in.Version)
	return doneRequest(r, q, "已发出。各单位签收和答复的情况都在本页。"), err
}

func withdraw(r *web.Request, in moveInput) (web.Done[Request], error) {
	q, err := Withdraw(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return doneRequest(r, q, "已撤回，各单位不用再答复。"), err
}

func doneRequest(r *web.Request, q Request, flash say.Key) web.Done[Request] {
	return web.Done[Request]{To: q.URL(), Flash: part.In(r.Lang, flash), Data: q}
}

// answered tells a program where an answer stands now.
type answered struct {
	ID      string `json:"id"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
	DueOn   string `json:"due" doc:"The last day, 2024-03-31."`
	Late    bool   `json:"late,omitempty"`
	// Was is what is saved now, by question: what a form that saves itself names as known when it saves again.
	Was map[string]string `json:"was,omitempty"`
}

func doneAnswer(r *web.Request, a Answer, flash say.Key, args ...any) web.Done[answered] {
	return web.Done[answered]{To: a.URL(), Flash: part.In(r.Lang, flash, args...),
		Data: answered{ID: a.ID, State: a.State, Version: a.Version, DueOn: a.DueOn, Late: a.Late}}
}

type idInput struct {
	ID string `json:"id"`
}

func receive(r *web.Request, in idInput) (web.Done[answered], error) {
	a, err := Receive(r.Tx, r.User, in.ID)
	return doneAnswer(r, a, "已签收。请在截止日期前答复。"), err
}

// signInput is a step that may need the signer's phrase. key is put in before the transaction.
type signInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Digest  string `json:"digest"`
	Phrase  string `json:"phrase"`
	key     account.Unlocked
}

// unlock opens the signer's key if a phrase was given; whether one is needed the request says.
func (p pages) unlock(r *web.Request, in *signInput) (err error) {
	if in.Phrase == "" {
		return nil
	}
	in.key, err = account.Unlock(r.Context, r.DB, r.User, in.Phrase, p.secrets)
	return err
}

func prepare(r *web.Request, in signInput) (web.Done[answered], error) {
	a, err := Prepare(r.Tx, r.User, in.ID, in.Version, in.key)
	return doneAnswer(r, a, "已定稿，送本单位负责人签字。"), err
}

func recall(r *web.Request, in moveInput) (web.Done[answered], error) {
	a, err := Recall(r.Tx, r.User, in.ID, in.Version)
	return doneAnswer(r, a, "已撤回，可以修改了。"), err
}

func submit(r *web.Request, in signInput) (web.Done[answered], error) {
	a, err := Submit(r.Tx, r.User, in.ID, in.Version, in.Digest, in.key)
	return doneAnswer(r, a, "已提交，等待审核。"), err
}

// returnInput says what to mend, question by question.
type returnInput struct {
	ID      string            `json:"id"`
	Version int64             `json:"version"`
	Remark  map[string]string `json:"remark" doc:"By question: what to change."`
	Days    int               `json:"days" doc:"Working days given to mend it."`
}

func returnAnswer(r *web.Request, in returnInput) (web.Done[answered], error) {
	a, err := Return(r.Tx, r.User, in.ID, in.Version, in.Remark, in.Days)
	return doneAnswer(r, a, "已退回，请对方在%s前改好。", a.DueOn), err
}

func accept(r *web.Request, in moveInput) (web.Done[answered], error) {
	a, err := Accept(r.Tx, r.User, in.ID, in.Version)
	return doneAnswer(r, a, "已审核通过。"), err
}

type substituteInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Unit    string `json:"unit"`
	Reason  string `json:"reason"`
}

func substitute(r *web.Request, in substituteInput) (web.Done[answered], error) {
	a, err := Substitute(r.Tx, r.User, in.ID, in.Version, in.Unit, in.Reason)
	done := doneAnswer(r, a, "已改由他单位答复。")
	done.To = Request{ID: a.RequestID}.URL()
	return done, err
}

// showAsked is the request that an answer belongs to.
func (p pages) showAsked(r *web.Request, in idInput) (d showData, err error) {
	of, _, err := ReadAnswer(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	return p.show(r, idInput{ID: of.ID})
}

// can says whether by may take verb on the answer now.
func can(tx *db.Tx, by auth.User, r Request, a Answer, v Version) (verbs []string) {
	for _, st := range life.Open(by, r.answerAs(by, a, v)) {
		verbs = append(verbs, st.Verb)
	}
	return verbs
}
