package letter

// Routes of letters: every step. The page of one is web_show.go's, the form web_form.go's, lists web_list.go's.

import (
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// pages holds what the handlers need beside the request.
type pages struct {
	secrets account.Secrets
	files   blob.Store
	going   Going
}

// Routes registers the module's pages.
func Routes(m *web.Mux, secrets account.Secrets, files blob.Store, going Going) {
	p := pages{secrets, files, going}
	web.View(m, "GET /letters 列出发文", "letter.read", showList, listPage)
	web.Form(m, "POST /letters 起草一件发文", VerbDraft, create, blank, formPage)
	web.View(m, "GET /letters/new 打开起草发文的表单", VerbDraft, blank, formPage)
	web.View(m, "GET /letters/receipts 看签收情况", "letter.read", showMeasure, measurePage)
	web.View(m, "GET /letters/marks 看发文代字", VerbMark, showMarks, marksPage)
	web.Form(m, "POST /letters/marks 设置一个发文代字", VerbMark, setMark, showMarks, marksPage)
	web.Form(m, "POST /letters/receive 签收选中的发文", VerbReceive, receiveAll, showList, listPage)
	web.View(m, "GET /letters/{id} 看一件发文", "letter.read", p.show, showPage)
	web.View(m, "GET /letters/{id}/edit 打开修改发文的表单", VerbEdit, edit, formPage)
	web.Form(m, "POST /letters/{id}/draft 保存发文的文稿", VerbEdit, save, edit, formPage)
	web.View(m, "GET /letters/{id}/document 下载发文的Word文档", "letter.read", p.document, nil)
	web.View(m, "GET /letters/{id}/cover 看发文稿纸", "letter.read", p.cover, coverPage)
	web.View(m, "GET /letters/{id}/cover/document 下载发文稿纸（.docx）", "letter.read", p.coverDocument, nil)
	web.View(m, "GET /letters/{id}/tables/{number} 下载发文里的一张表（CSV）", "letter.read", p.table, nil)
	web.Form(m, "POST /letters/{id}/check 核稿并定稿", VerbCheck, p.check, p.show, showPage)
	web.Form(m, "POST /letters/{id}/countersign 会签", VerbCountersign, p.signing(Countersign, "已会签。"), p.show,
		showPage, web.Before(p.unlock), web.In(web.Phrases))
	web.Form(m, "POST /letters/{id}/sign 签发", VerbSign, p.signing(Sign, "已签发。拟稿的办公室可以编号发出了。"),
		p.show, showPage, web.Before(p.unlock), web.In(web.Phrases))
	web.Form(m, "POST /letters/{id}/enter_countersign 代录纸质会签", VerbEnterCountersign,
		p.entering(EnterCountersign, "已代录会签，注明是纸质签字。"), p.show, showPage,
		web.Before(p.keepSigned), web.In(web.Files))
	web.Form(m, "POST /letters/{id}/enter_sign 代录纸质签发", VerbEnterSign,
		p.entering(EnterSign, "已代录签发，注明是纸质签字。"), p.show, showPage,
		web.Before(p.keepSigned), web.In(web.Files))
	web.Form(m, "POST /letters/{id}/issue 编号并发出", VerbIssue, p.issue, p.show, showPage)
	web.Form(m, "POST /letters/{id}/receive 签收发文", VerbReceive, p.receive, p.show, showPage)
	web.Form(m, "POST /letters/{id}/record 代录纸质签收", VerbRecord, p.record, p.show, showPage, web.Before(p.keep),
		web.In(web.Files))
	for verb, s := range reasons {
		path := "POST /letters/{id}/" + strings.TrimPrefix(verb, "letter.") + " " + string(s.about)
		web.Form(m, path, verb, p.reasoned(s.do, s.done), p.show, showPage)
	}
}

// reasons are the steps that are taken with a reason and nothing else.
var reasons = map[string]struct {
	do          func(*db.Tx, auth.User, string, int64, string) (Letter, error)
	about, done say.Key
}{
	VerbReturn:   {Return, "把发文退回修改", "已退回，原因已告知拟稿人。"},
	VerbReplace:  {Replace, "开始更正发文", "可以更正了。新版本发出之前，原版本继续有效。"},
	VerbDrop:     {Drop, "放弃发文的更正", "已放弃更正，原版本继续有效。"},
	VerbWithdraw: {Withdraw, "撤回发文", "已撤回。发过的文号保留，并注明已撤回。"},
}

// moved is a letter as a program learns of it after a step.
type moved struct {
	ID      string `json:"id"`
	State   State  `json:"state"`
	Number  string `json:"number"`
	Edition int64  `json:"edition"`
	Version int64  `json:"version"`
}

func done(r *web.Request, l Letter, flash say.Key) web.Done[moved] {
	return web.Done[moved]{To: l.URL(), Flash: part.In(r.Lang, flash),
		Data: moved{l.ID, l.State, l.Number, l.Edition, l.Version}}
}

type checkInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Digest  string `json:"digest"`
}

func (p pages) check(r *web.Request, in checkInput) (web.Done[moved], error) {
	issuer, err := p.secrets.Installation.Public()
	if err != nil {
		return web.Done[moved]{}, err
	}
	l, err := Check(r.Tx, r.User, in.ID, in.Version, in.Digest, issuer)
	return done(r, l, "已核稿，正文定稿。"), err
}

type reasonInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

func (p pages) reasoned(do func(*db.Tx, auth.User, string, int64, string) (Letter, error), flash say.Key) func(
	*web.Request, reasonInput) (web.Done[moved], error) {
	return func(r *web.Request, in reasonInput) (web.Done[moved], error) {
		l, err := do(r.Tx, r.User, in.ID, in.Version, in.Reason)
		return done(r, l, flash), err
	}
}

// signInput is the phrase with the digest of what was read. key is put in before the transaction.
type signInput struct {
	ID     string `json:"id"`
	Digest string `json:"digest"`
	Phrase string `json:"phrase"`
	key    account.Unlocked
}

func (p pages) unlock(r *web.Request, in *signInput) (err error) {
	in.key, err = account.Unlock(r.Context, r.DB, r.User, in.Phrase, p.secrets)
	return err
}

func (p pages) signing(do func(*db.Tx, auth.User, string, string, account.Unlocked) (Letter, error),
	flash say.Key) func(*web.Request, signInput) (web.Done[moved], error) {
	return func(r *web.Request, in signInput) (web.Done[moved], error) {
		l, err := do(r.Tx, r.User, in.ID, in.Digest, in.key)
		return done(r, l, flash), err
	}
}

type issueInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func (p pages) issue(r *web.Request, in issueInput) (web.Done[moved], error) {
	l, err := Issue(r.Tx, r.User, in.ID, in.Version, p.going.Blocked)
	if err == nil && l.About != "" && p.going.Issued != nil {
		err = p.going.Issued(r.Tx, r.User, l.About, l.Object())
	}
	return done(r, l, "已编号发出，收文单位可以签收了。"), err
}

type receiveInput struct {
	ID      string `json:"id"`
	Edition int64  `json:"edition" doc:"Which version of the letter was read: receipts belong to a version."`
}

func (p pages) receive(r *web.Request, in receiveInput) (web.Done[moved], error) {
	l, err := Receive(r.Tx, r.User, in.ID, in.Edition)
	return done(r, l, "已签收。"), err
}

// recordInput is a receipt that came on paper. kept is the scan, written down before the transaction.
type recordInput struct {
	ID      string      `json:"id"`
	Edition int64       `json:"edition" doc:"Which version of the letter the paper is about."`
	Unit    string      `json:"unit"`
	Person  string      `json:"person" doc:"Who signed the paper, as it says."`
	On      string      `json:"on" doc:"The day on the paper, such as 2024-03-18."`
	Scan    *web.Upload `json:"scan" doc:"A scan or picture of the paper."`
	kept    evidence.File
}

func (p pages) keep(_ *web.Request, in *recordInput) (err error) {
	in.kept, err = p.scanned(in.Scan)
	return err
}

// scanned keeps a scan; of none the action says that it is missing.
func (p pages) scanned(scan *web.Upload) (f evidence.File, err error) {
	if scan == nil {
		return f, nil
	}
	name := evidence.CleanName(scan.Name)
	content, media, err := evidence.Accepted(name, scan.Body, false)
	if err != nil {
		return f, errs.In("scan", err)
	}
	digest, err := p.files.Put(content)
	return evidence.File{Digest: digest, Name: name, MediaType: media, Size: int64(len(content))}, err
}

// enterInput is a signature that was given on paper.
type enterInput struct {
	ID     string      `json:"id"`
	Digest string      `json:"digest" doc:"Digest of the text that the paper shows."`
	Unit   string      `json:"unit" doc:"Code of the unit that countersigned; of a signer it is not asked."`
	Person string      `json:"person" doc:"Who signed the paper, as it says."`
	Post   string      `json:"post" doc:"Title beside the name on the paper."`
	On     string      `json:"on" doc:"The day on the paper, such as 2024-03-18."`
	Scan   *web.Upload `json:"scan" doc:"A scan or picture of the paper."`
	kept   evidence.File
}

func (p pages) keepSigned(_ *web.Request, in *enterInput) (err error) {
	in.kept, err = p.scanned(in.Scan)
	return err
}

func (p pages) entering(do func(*db.Tx, auth.User, string, string, PaperSignature) (Letter, error),
	flash say.Key) func(*web.Request, enterInput) (web.Done[moved], error) {
	return func(r *web.Request, in enterInput) (web.Done[moved], error) {
		l, err := do(r.Tx, r.User, in.ID, in.Digest, PaperSignature{Unit: in.Unit, Person: in.Person, Post: in.Post,
			On: in.On, Scan: in.kept})
		return done(r, l, flash), err
	}
}

func (p pages) record(r *web.Request, in recordInput) (web.Done[moved], error) {
	l, err := Record(r.Tx, r.User, in.ID, in.Edition, Paper{Unit: in.Unit, Person: in.Person, On: in.On,
		Scan: in.kept})
	return done(r, l, "已代录，注明是纸质签收。"), err
}
