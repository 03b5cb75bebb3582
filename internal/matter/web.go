package matter

// Routes of matters and the steps on them; those of items are web_item.go's, pages and lists have files of their own.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/blob"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// pages holds what the handlers need beside the request.
type pages struct {
	files   blob.Store
	secrets account.Secrets
}

// Routes registers the module's pages.
func Routes(m *web.Mux, secrets account.Secrets, files blob.Store) {
	p := pages{files, secrets}
	web.View(m, "GET /matters 列出督办事项", VerbRead, showList, listPage)
	web.View(m, "GET /matters/new 起草督办事项", VerbDraft, newMatter, newPage)
	web.Form(m, "POST /matters 交办督办事项或存为草稿", VerbDraft, create, newMatter, newPage)
	web.View(m, "GET /matters/paste 准备粘贴督办事项表格", VerbDraft, newPaste, pastePage)
	web.Form(m, "POST /matters/paste 把表格里的督办事项存为草稿", VerbDraft, paste, newPaste, pastePage)
	web.View(m, "GET /matters/{id} 看一件督办事项", VerbRead, show, showPage)
	web.View(m, "GET /matters/{id}/edit 准备修改草稿", VerbEdit, editMatter, newPage)
	web.Form(m, "POST /matters/{id}/edit 修改督办事项草稿", VerbEdit, edit, editMatter, newPage)
	web.Form(m, "POST /matters/{id}/raise 交办草稿", VerbRaise, raiseIt, showAt("raise"), showPage)
	web.Form(m, "POST /matters/{id}/source 增加来源", VerbSource, addSource, showAt("source"), showPage)
	web.Form(m, "POST /matters/{id}/flag 加标记", VerbFlag, flagIt, showAt("flag"), showPage)
	web.Form(m, "POST /matters/{id}/merge 并入另一件事项", VerbMerge, mergeIt, showAt("merge"), showPage)
	web.Form(m, "POST /matters/{id}/withdraw 撤销督办事项", VerbWithdraw, withdrawIt, showAt("withdraw"), showPage)
	web.View(m, "GET /items/desk 看今日督办", VerbRead, showDesk, deskPage)
	web.Form(m, "POST /items/receive 代为签收多项", VerbReceiveFor, receiveAll, showDesk, deskPage)
	web.Form(m, "POST /items/urge 催办多项", VerbUrge, urgeAll, showDesk, deskPage)
	web.View(m, "GET /items 看整改台账", VerbRead, showLedger, ledgerPage)
	web.View(m, "GET /items/print 打印整改台账", VerbRead, printLedger, printPage)
	web.View(m, "GET /items/measures 看办理情况和成效", VerbRead, showMeasures, measuresPage)
	paperRoutes(m)
	p.itemRoutes(m)
}

// taken tells a program where the matter stands after a step.
type taken struct {
	ID      string   `json:"id"`
	Number  string   `json:"number,omitempty"`
	State   State    `json:"state"`
	Version int64    `json:"version"`
	Items   []string `json:"items"`
	Item    string   `json:"item,omitempty"`
	ItemIs  State    `json:"item_state,omitempty"`
}

func (m Matter) taken() taken {
	t := taken{ID: m.ID, Number: m.Number, State: m.Shown, Version: m.Version, Items: []string{}}
	for _, i := range m.Items {
		t.Items = append(t.Items, i.ID)
	}
	return t
}

func done(r *web.Request, m Matter, flash say.Key) web.Done[taken] {
	return web.Done[taken]{To: m.URL(), Flash: part.In(r.Lang, flash), Data: m.taken()}
}

// numbered are fields such as 1.unit, put together by their number, in order.
func numbered(all map[string]string) (rows []map[string]string) {
	by := map[int]map[string]string{}
	for key, text := range all {
		number, name, _ := strings.Cut(key, ".")
		n, _ := strconv.Atoi(number)
		if by[n] == nil {
			by[n] = map[string]string{}
		}
		by[n][name] = strings.TrimSpace(text)
	}
	var order []int
	for n := range by {
		order = append(order, n)
	}
	slices.Sort(order)
	for _, n := range order {
		rows = append(rows, by[n])
	}
	return rows
}

// stepInput is a step on the version of a matter that the user has seen.
type stepInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

type raiseInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Anyway  bool   `json:"anyway" doc:"Raise it although a like matter is open."`
}

func raiseIt(r *web.Request, in raiseInput) (web.Done[taken], error) {
	m, err := RaiseDraft(r.Tx, r.User, in.ID, in.Version, in.Anyway)
	return done(r, m, "已交办。承办单位可以签收了。"), err
}

func withdrawIt(r *web.Request, in stepInput) (web.Done[taken], error) {
	m, err := Withdraw(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, m, "已撤销，原因已写进办理记录。"), err
}

type mergeInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Into    string `json:"into" doc:"Identifier of the matter that takes it over."`
	Reason  string `json:"reason"`
}

func mergeIt(r *web.Request, in mergeInput) (web.Done[taken], error) {
	m, err := Merge(r.Tx, r.User, in.ID, in.Into, in.Version, in.Reason)
	return done(r, m, "已合并，来源已移到那件事项。"), err
}

type sourceInput struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	Source    string `json:"source" doc:"Kind of the source, such as decision or instruction."`
	SourceRef string `json:"source_ref" doc:"The source as an object, such as meeting/ and its identifier."`
	SourceOn  string `json:"source_on" doc:"Day of the source."`
	Quote     string `json:"quote" doc:"Words of the source."`
}

func addSource(r *web.Request, in sourceInput) (web.Done[taken], error) {
	m, err := AddSource(r.Tx, r.User, in.ID, Source{in.Source, in.SourceRef, in.SourceOn, in.Quote})
	return done(r, m, "来源已加上。"), err
}

type flagInput struct {
	ID      string   `json:"id"`
	Version int64    `json:"version"`
	Flags   []string `json:"flags" doc:"Marks: slow, hard, upper."`
}

func flagIt(r *web.Request, in flagInput) (web.Done[taken], error) {
	m, err := Flag(r.Tx, r.User, in.ID, in.Version, slices.DeleteFunc(in.Flags, func(f string) bool { return f == "" }))
	return done(r, m, "标记已保存。"), err
}
