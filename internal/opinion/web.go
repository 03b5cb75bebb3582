package opinion

// Routes of texts and remarks. Their pages are web_list.go's and web_show.go's.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type pages struct {
	sees, adds func(tx *db.Tx, by auth.User, object string) error
}

// Routes registers the module's pages.
func Routes(m *web.Mux, sees, adds func(tx *db.Tx, by auth.User, object string) error) {
	p := pages{sees, adds}
	web.View(m, "GET /opinions 列出征求意见的文本", VerbRead, p.showList, listPage)
	web.View(m, "GET /opinions/new 打开交付文本页", VerbOpen, p.newText, newPage)
	web.Form(m, "POST /opinions 交付文本征求意见", VerbOpen, p.layOpen, p.newText, newPage,
		web.Before(readFile[openInput]), web.In(web.Files))
	web.View(m, "GET /opinions/{id} 看文本和意见", VerbRead, show, showPage)
	web.View(m, "GET /opinions/{id}/document 下载意见采纳表（.docx）", VerbPrint, adoptionTable, nil)
	web.Form(m, "POST /opinions/{id}/revise 修改文本", VerbRevise, revise, show, showPage,
		web.Before(readFile[reviseInput]), web.In(web.Files))
	web.Form(m, "POST /opinions/{id}/close 结束征求意见", VerbClose, closeText, show, showPage)
	web.Form(m, "POST /opinions/{id}/finish 说明意见已提完", VerbFinish, finish, show, showPage)
	web.Form(m, "POST /opinions/{id}/opinions 提出意见", VerbDraft, write, show, showPage)
	web.Form(m, "POST /opinions/{id}/opinions/{opinion}/reply 回应意见", VerbReply, reply, show, showPage)
	web.Form(m, "POST /opinions/{id}/opinions/{opinion}/settle 同意回应", VerbSettle, stance(false), show, showPage)
	web.Form(m, "POST /opinions/{id}/opinions/{opinion}/keep 保留我的意见", VerbKeep, stance(true), show, showPage)
	web.Form(m, "POST /opinions/{id}/opinions/{opinion}/withdraw 撤回意见", VerbWithdraw, withdraw, show, showPage)
}

// openInput is a new text; an uploaded file wins over what was typed.
type openInput struct {
	Title string      `json:"title" doc:"What it is called."`
	About string      `json:"about" doc:"The object whose text it is: meeting/…"`
	Unit  []string    `json:"unit" doc:"Codes of the units that it is laid open to."`
	Due   string      `json:"due" doc:"The last day for remarks, 2024-03-31."`
	Text  string      `json:"text"`
	File  *web.Upload `json:"file"`
}

func (in *openInput) body() (*string, *web.Upload) { return &in.Text, in.File }

type reviseInput struct {
	ID      string      `json:"id"`
	Version int64       `json:"version"`
	Reason  string      `json:"reason"`
	Text    string      `json:"text"`
	File    *web.Upload `json:"file"`
}

func (in *reviseInput) body() (*string, *web.Upload) { return &in.Text, in.File }

// readFile takes the text of an uploaded file.
func readFile[In any](_ *web.Request, in *In) (err error) {
	text, file := any(in).(interface{ body() (*string, *web.Upload) }).body()
	if file == nil || file.Name == "" && len(file.Body) == 0 { // a browser sends an empty one where none is chosen
		return nil
	}
	if *text, err = document.ReadText(file.Name, file.Body); errs.KindOf(err) == errs.Invalid {
		return errs.Fields{"file": errs.WordsOf(err)}.Check("没有交付：请先改正标出的地方。")
	}
	return err
}

type newInput struct {
	About string   `json:"about" doc:"The object whose text it is: agenda/…"`
	Title string   `json:"title" doc:"What it is called, to begin with."`
	Due   string   `json:"due" doc:"The last day for remarks, to begin with."`
	Unit  []string `json:"unit" doc:"Codes of units that are chosen to begin with."`
}

// newData is what a new text can be laid open to.
type newData struct {
	About  string          `json:"about"`
	Groups []network.Group `json:"groups"`

	title, due string
	chosen     []string
}

func (p pages) newText(r *web.Request, in newInput) (d newData, err error) {
	d.About, d.title, d.due, d.chosen = in.About, in.Title, in.Due, in.Unit
	if err := p.may(r, in.About); err != nil {
		return d, err
	}
	d.Groups, err = groups(r)
	return d, err
}

// may refuses a text about what is not the user's to lay open.
func (p pages) may(r *web.Request, about string) error {
	if about == "" {
		return nil
	}
	return p.adds(r.Tx, r.User, about)
}

func groups(r *web.Request) ([]network.Group, error) {
	for _, post := range r.User.Posts {
		if post.Role == auth.Office {
			return network.Groups(r.Tx, post.AreaID)
		}
	}
	return nil, nil
}

func (p pages) layOpen(r *web.Request, in openInput) (done web.Done[Text], err error) {
	if err := p.may(r, in.About); err != nil {
		return done, err
	}
	all, err := groups(r)
	if err != nil {
		return done, err
	}
	t, err := LayOpen(r.Tx, r.User, Text{Title: in.Title, About: in.About, DueOn: strings.TrimSpace(in.Due),
		Readers: choice(r.Context, all).Codes(in.Unit)}, in.Text)
	return web.Done[Text]{To: t.URL(), Flash: part.In(r.Lang, "已交付。各单位可以逐段提意见了。"), Data: t}, err
}

func revise(r *web.Request, in reviseInput) (web.Done[Text], error) {
	t, err := Revise(r.Tx, r.User, in.ID, in.Version, in.Text, in.Reason)
	return web.Done[Text]{To: t.URL(), Flash: part.In(r.Lang, "已存为新的一版。意见仍在各自的段落上。"), Data: t}, err
}

type moveInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func finish(r *web.Request, in moveOnly) (web.Done[Text], error) {
	t, err := Finish(r.Tx, r.User, in.ID)
	return web.Done[Text]{To: t.URL(), Flash: part.In(r.Lang, "已记下：您的意见提完了。"), Data: t.shownTo(r.User)}, err
}

func closeText(r *web.Request, in moveInput) (web.Done[Text], error) {
	t, err := Close(r.Tx, r.User, in.ID, in.Version)
	return web.Done[Text]{To: t.URL(), Flash: part.In(r.Lang, "征求意见已结束。"), Data: t}, err
}

// writeInput is a remark on a paragraph. Opinion is that of a draft of one's own, to be changed.
type writeInput struct {
	ID         string `json:"id"`
	Opinion    string `json:"opinion" doc:"A draft of one's own, to be changed."`
	Revision   int64  `json:"revision" doc:"The draft's version."`
	Paragraph  string `json:"paragraph" doc:"Id of the paragraph."`
	Quote      string `json:"quote" doc:"The words remarked on; none: the whole paragraph."`
	Kind       string `json:"kind" enum:"content,wording,fact,duty,deadline,other,data,judgement,recommendation,structure"`
	Weight     string `json:"weight" enum:"must,advise,note" doc:"How strongly."`
	Reason     string `json:"reason"`
	Suggestion string `json:"suggestion" doc:"Words to put in their place."`
	ShownAs    string `json:"shown_as" enum:"name,role" doc:"Signed with the name, or with the post alone."`
	Next       string `json:"next" enum:"draft,file"`
}

func write(r *web.Request, in writeInput) (web.Done[Opinion], error) {
	o, err := Write(r.Tx, r.User, Opinion{ID: in.Opinion, Version: in.Revision, TextID: in.ID,
		Anchor: Anchor{Paragraph: in.Paragraph, Quote: strings.ReplaceAll(in.Quote, "\r\n", "\n")}, Kind: in.Kind,
		Weight: in.Weight, Reason: in.Reason, Suggestion: in.Suggestion, ShownAs: in.ShownAs}, in.Next != "draft")
	flash := part.In(r.Lang, "意见已提出。")
	if o.State == Draft {
		flash = part.In(r.Lang, "意见草稿已保存，只有您自己能看到。")
	}
	return web.Done[Opinion]{To: o.URL(), Flash: flash, Data: o}, err
}

type replyInput struct {
	ID          string `json:"id"`
	Opinion     string `json:"opinion" doc:"The remark."`
	Version     int64  `json:"version"`
	Verdict     string `json:"verdict" enum:"adopted,partly,not_adopted"`
	Reply       string `json:"reply" doc:"Why it was not adopted whole."`
	ChangedText string `json:"changed_text" doc:"The words as they stand now."`
}

func reply(r *web.Request, in replyInput) (web.Done[Opinion], error) {
	if err := of(r, in.ID, in.Opinion); err != nil {
		return web.Done[Opinion]{}, err
	}
	o, err := Reply(r.Tx, r.User, in.Opinion, in.Version, in.Verdict, in.Reply, in.ChangedText)
	return web.Done[Opinion]{To: o.URL(), Flash: part.In(r.Lang, "已回应。"), Data: o.hidden(r.User)}, err
}

type stanceInput struct {
	ID      string `json:"id"`
	Opinion string `json:"opinion" doc:"The remark."`
	Version int64  `json:"version"`
}

// of refuses a remark that is not on the text of the address.
func of(r *web.Request, text, id string) error {
	o, err := ByID(r.Tx, id)
	if err == nil && o.TextID != text {
		err = unseen
	}
	return err
}

func stance(keeps bool) func(*web.Request, stanceInput) (web.Done[Opinion], error) {
	return func(r *web.Request, in stanceInput) (web.Done[Opinion], error) {
		if err := of(r, in.ID, in.Opinion); err != nil {
			return web.Done[Opinion]{}, err
		}
		o, err := Stance(r.Tx, r.User, in.Opinion, in.Version, keeps)
		return web.Done[Opinion]{To: o.URL(), Flash: part.In(r.Lang, "已表态。"), Data: o}, err
	}
}

func withdraw(r *web.Request, in stanceInput) (web.Done[Opinion], error) {
	if err := of(r, in.ID, in.Opinion); err != nil {
		return web.Done[Opinion]{}, err
	}
	o, err := Withdraw(r.Tx, r.User, in.Opinion, in.Version)
	return web.Done[Opinion]{To: o.URL(), Flash: part.In(r.Lang, "意见已撤回。"), Data: o}, err
}
