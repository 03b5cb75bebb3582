package submission

// Routes of the submissions: draft and every step. The page of one is web_show.go's, their list web_list.go's.

import (
	"context"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/form"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// pages holds what the handlers need beside the request.
type pages struct {
	secrets account.Secrets
	files   blob.Store // the workbooks that were uploaded
	cites   Cites
}

// Cites says what reports and letters take figures of an indicator, as far as the user may read them, by their names in
// the user's language; without it nothing is named.
type Cites func(tx *db.Tx, by auth.User, called func(zh, en string) string, indicator string) ([]Citing, error)

// Citing is one of them.
type Citing struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// Routes registers the module's pages.
func Routes(m *web.Mux, secrets account.Secrets, files blob.Store, cites Cites) {
	p := pages{secrets, files, cites}
	web.View(m, "GET /submissions 列出报表", "submission.read", showList, listPage, web.AsOf)
	web.View(m, "GET /submissions/signing 核对等您签字的报表", VerbSign, p.showMany, manyPage)
	web.Form(m, "POST /submissions/signing 一次签几份报表", VerbSign, signMany, p.showMany, manyPage,
		web.Before(p.unlockMany), web.In(web.Phrases))
	web.View(m, "GET /submissions/{id} 看一份报表", "submission.read", p.show, showPage, web.AsOf)
	web.Form(m, "POST /submissions/{id}/draft 保存草稿", VerbEdit, saveDraft, p.show, showPage)
	web.View(m, "GET /submissions/{id}/sheet 下载可填写的Excel", "submission.read", sheet, nil)
	web.Form(m, "POST /submissions/{id}/sheet 上传填好的Excel", VerbEdit, upload, p.show, showPage, web.Before(p.readSheet),
		web.In(web.Files))
	web.View(m, "GET /submissions/{id}/sheet/{digest} 看上传的Excel会改写哪些格", VerbEdit, p.ask, askPage)
	web.View(m, "GET /submissions/{id}/files/{file} 下载报表的一个附件", "submission.read", p.file, nil)
	web.View(m, "GET /submissions/{id}/prepare 看将要签字的正文", VerbPrepare, p.preview, preparePage)
	web.Form(m, "POST /submissions/{id}/prepare 定稿并作第一个签字", VerbPrepare, prepare, p.preview, preparePage,
		p.unlock(takeFirst), web.In(web.Phrases))
	web.Form(m, "POST /submissions/{id}/sign 在前面的人之后签字", VerbSign, signIt, p.show, showPage, p.unlock(takeNext),
		web.In(web.Phrases))
	web.Form(m, "POST /submissions/{id}/return 退回并说明原因", VerbReturn, returnIt, p.show, showPage)
	web.Form(m, "POST /submissions/{id}/accept 审核通过", VerbAccept, p.accept, p.show, showPage,
		web.Alone, web.Before(p.verify))
	web.Form(m, "POST /submissions/{id}/amend 开始修订", VerbAmend, amend, p.show, showPage)
	p.paperRoutes(m)
	for verb, do := range map[string]func(*db.Tx, auth.User, string, int64, string) (Submission, error){
		VerbRecall: Recall, VerbDrop: Drop, VerbWithdraw: Withdraw, VerbRestore: Restore} {
		path := "POST /submissions/{id}/" + strings.TrimPrefix(verb, "submission.") + " " +
			string(undoings[verb].button)
		web.Form(m, path, verb, undoing(verb, do), p.show, showPage)
	}
	web.View(m, "GET /submissions/{id}/receipt 看回执", "receipt.read", p.receipt, receiptPage, web.AsOf)
	web.View(m, "GET /receipt 打开核验回执页", web.Public, p.askReceipt, checkPage)
	web.View(m, "POST /receipt 核验一份回执", web.Public, p.checkReceipt, checkPage)
}

// draftInput is the grid as typed. Cells that are not sent stay as they are.
type draftInput struct {
	ID      string            `json:"id"`
	Version int64             `json:"version"`
	Cells   map[string]string `json:"cells"`
	Was     map[string]string `json:"was"` // what stood in the cells when the user began
	Notes   map[string]string `json:"notes"`
	Next    string            `json:"next"` // prepare: go on to sign
}

// saved tells a program, and the page that saves as one types, what the row's version is now.
type saved struct {
	Version int64             `json:"version"`
	State   State             `json:"state"`
	Cells   map[string]string `json:"cells"` // the draft, with what others have saved
	Marks   map[string]string `json:"marks"` // what is wrong with cells that are filled, by field, for the page
	Fields  map[string]string `json:"fields,omitempty"`
	Hard    []form.Finding    `json:"hard,omitempty"`
	Soft    []form.Finding    `json:"soft,omitempty"`
	Moved   bool              `json:"moved,omitempty"` // it was typed on a page of an earlier edition: read it anew
}

func (s Submission) saved(lang string) saved {
	r := s.Review()
	return saved{s.Version, s.State, s.Typed.Cells, r.marks(lang, s.Typed.Cells, false), said(lang, r.Fields),
		r.Hard, r.Soft, false}
}

// said are the messages in the reader's language.
func said(lang string, fields errs.Fields) map[string]string {
	messages := map[string]string{}
	for name, words := range fields {
		messages[name] = words.In(lang, part.English)
	}
	return messages
}

// marks are the messages that stand at cells: what cannot be read or contradicts another cell. all names empty cells
// too.
func (r Review) marks(lang string, cells map[string]string, all bool) map[string]string {
	marks := said(lang, r.Fields)
	for _, f := range r.Hard {
		name := "cells[" + f.Cells[0] + "]"
		if (all || cells[f.Cells[0]] != "") && marks[name] == "" {
			marks[name] = part.Name(part.With(context.Background(), part.Env{Lang: lang}), f.Message, f.MessageEN)
		}
	}
	return marks
}

func saveDraft(r *web.Request, in draftInput) (web.Done[saved], error) {
	s, err := SaveDraft(r.Tx, r.User, in.ID, in.Version, Typed{Cells: in.Cells, Notes: in.Notes}, in.Was)
	to, flash, moved := s.URL(), "", in.Version < s.Typed.Carried
	if moved {
		flash = part.In(r.Lang, "已保存。您填的时候这张表换了新版，刚填的已放到新表里问同一个数的格。")
	} else if in.Next == "prepare" {
		to += "/prepare"
		if s.Review().Check() != nil {
			to = s.URL() + "?check=true"
		}
	}
	data := s.saved(r.Lang)
	data.Moved = moved
	return web.Done[saved]{To: to, Flash: flash, Data: data}, err
}

// signInput is the phrase with the digest of what was read. key is put in before the transaction.
type signInput struct {
	ID     string `json:"id"`
	Digest string `json:"digest"`
	Phrase string `json:"phrase"`
	key    account.Unlocked
}

// unlock opens the key of who may sign now. Who may not is told so before a phrase is tried: a wrong one counts.
func (p pages) unlock(may func(*db.Tx, auth.User, string) (Submission, flow.Step, auth.Post, error)) web.Option {
	return web.Before(func(r *web.Request, in *signInput) error {
		err := r.DB.View(r.Context, func(tx *db.Tx) error {
			_, _, _, err := may(tx, r.User, in.ID)
			return err
		})
		if err == nil {
			in.key, err = account.Unlock(r.Context, r.DB, r.User, in.Phrase, p.secrets)
		}
		return err
	})
}

func prepare(r *web.Request, in signInput) (web.Done[saved], error) {
	s, err := Prepare(r.Tx, r.User, in.ID, in.Digest, in.key)
	return done(r, s, part.In(r.Lang, "已签字。报表已送给下一位签字人。")), err
}

func signIt(r *web.Request, in signInput) (web.Done[saved], error) {
	s, err := Sign(r.Tx, r.User, in.ID, in.Digest, in.key)
	if s.State == Seconded {
		return done(r, s, part.In(r.Lang, "已签字。报表已送给下一位签字人。")), err
	}
	return done(r, s, part.In(r.Lang, "已签字。签字齐全，报表已送交审核。")), err
}

// moveInput is a step on the version that the user has seen.
type moveInput struct {
	ID      string   `json:"id"`
	Version int64    `json:"version"`
	Reason  string   `json:"reason"`
	ahead   Verified // of accept alone: put in before the transaction
}

func returnIt(r *web.Request, in moveInput) (web.Done[saved], error) {
	s, err := Return(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, s, part.In(r.Lang, "已退回，原因已告知填报人。")), err
}

func amend(r *web.Request, in moveInput) (web.Done[saved], error) {
	s, err := Amend(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, s, part.In(r.Lang, "可以修订了。新版本审核通过之前，原版本的数据继续有效。")), err
}

// undoing takes a step that undoes another.
func undoing(verb string, do func(*db.Tx, auth.User, string, int64, string) (Submission, error)) func(
	*web.Request, moveInput) (web.Done[saved], error) {
	return func(r *web.Request, in moveInput) (web.Done[saved], error) {
		s, err := do(r.Tx, r.User, in.ID, in.Version, in.Reason)
		return done(r, s, part.In(r.Lang, undoings[verb].done)), err
	}
}

// verify does the slow part of an acceptance while others accept.
func (p pages) verify(r *web.Request, in *moveInput) error {
	issuer, err := p.secrets.Installation.Public()
	if err != nil {
		return err
	}
	in.ahead, err = VerifyAhead(r.Context, r.DB, in.ID, issuer)
	return err
}

func (p pages) accept(r *web.Request, in moveInput) (web.Done[saved], error) {
	issuer, err := p.secrets.Installation.Public()
	if err != nil {
		return web.Done[saved]{}, err
	}
	s, err := AcceptVerified(r.Tx, r.User, in.ID, in.Version, issuer, in.ahead)
	return done(r, s, part.In(r.Lang, "已审核通过。有关指标已同时更新。")), err
}

func done(r *web.Request, s Submission, flash string) web.Done[saved] {
	return web.Done[saved]{To: s.URL(), Flash: flash, Data: s.saved(r.Lang)}
}
