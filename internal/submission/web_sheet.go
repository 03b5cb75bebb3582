package submission

// The form as a workbook: handed out, taken back, and the originals that were uploaded. What a workbook means is in
// sheet.go.

import (
	"bytes"
	"net/url"
	"strings"

	"yipanqi/internal/blob"
	"yipanqi/internal/errs"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func sheet(r *web.Request, in receiptInput) (web.File, error) {
	s, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.File{}, err
	}
	var b bytes.Buffer
	err = s.Sheet().WriteXLSX(&b)
	name := strings.NewReplacer("/", "-", `\`, "-").Replace(s.Form.Name + "_" + s.Area.Name + "_" +
		s.Period.String() + ".xlsx")
	return web.File{Name: name, MediaType: xlsxType, Body: b.Bytes()}, err
}

// sheetInput is an uploaded workbook, or one uploaded just now by its digest, whose question is answered. It is read
// before the transaction.
type sheetInput struct {
	ID      string      `json:"id"`
	File    *web.Upload `json:"file"`
	Digest  string      `json:"digest"`
	Name    string      `json:"name"`    // of the file with that digest
	Confirm int64       `json:"confirm"` // the version of the submission for which the user agreed to overwrite cells
	book    table.Workbook
	size    int64
}

func (p pages) readSheet(_ *web.Request, in *sheetInput) (err error) {
	var body []byte
	switch {
	case in.File != nil && in.File.Name != "":
		body, in.Name = in.File.Body, in.File.Name
	case in.Digest != "":
		if body, err = p.files.Get(in.Digest); err != nil {
			return err
		}
	default:
		return errs.Fields{"file": {Key: "请选择填好的Excel文件。"}}.Check("没有收到文件。")
	}
	in.size = int64(len(body))
	if in.book, err = table.ReadXLSX(body); err == nil && in.File != nil {
		in.Digest, err = p.files.Put(body)
	}
	return err
}

// asked is the question whether an upload may overwrite cells: nothing is saved yet.
type asked struct {
	Ask     []Overwritten `json:"ask,omitempty"`
	Digest  string        `json:"digest,omitempty"` // send both with the answer
	Confirm int64         `json:"confirm,omitempty"`
}

// uploaded tells a program how the draft stands after the upload, or before it with the question.
type uploaded struct {
	saved
	asked
}

// upload puts what the workbook says over the draft, as typed; cells that are wrong are named as the workbook names
// them. Nothing is saved before the user has agreed to what it would overwrite.
func upload(r *web.Request, in sheetInput) (web.Done[uploaded], error) {
	s, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[uploaded]{}, err
	}
	u, err := s.fromBook(r.Tx, in.book)
	if err != nil {
		return web.Done[uploaded]{}, err
	}
	if len(u.Ask) > 0 && in.Confirm != s.Version {
		return web.Done[uploaded]{To: s.URL() + "/sheet/" + in.Digest + "?name=" + url.QueryEscape(in.Name),
			Data: uploaded{s.saved(r.Lang), asked{u.Ask, in.Digest, s.Version}}}, nil
	}
	if s, err = SaveDraft(r.Tx, r.User, in.ID, s.Version, Typed{Cells: u.Cells}, nil); err != nil {
		return web.Done[uploaded]{}, err
	}
	// the original record is kept with the submission (Statistics Law art. 24, two years and more)
	_, err = blob.Attach(r.Tx, blob.Use{Object: s.Object(), Digest: in.Digest, Name: in.Name, MediaType: xlsxType,
		Size: in.size, PersonID: r.User.ID})
	if err != nil {
		return web.Done[uploaded]{}, err
	}
	return web.Done[uploaded]{To: s.URL() + "?check=true", Flash: u.said(r.Lang, s),
		Data: uploaded{saved: s.saved(r.Lang)}}, nil
}

// said is what the page says after the upload: it is sent as a cookie, so it names only some cells.
func (u Uploaded) said(lang string, s Submission) string {
	flash := part.In(lang, "已从Excel读入%d格。", u.Filled)
	if u.old {
		flash += part.In(lang, "这是换表以前下载的旧表，各数已放到新表里问同一个数的格。")
	}
	if len(u.lost) > 0 {
		flash += part.In(lang, "新表里没有的没有读入：%s。", strings.Join(u.lost[:min(len(u.lost), 20)], "、"))
	}
	cleared := 0
	for _, text := range u.Cells {
		if text == "" {
			cleared++
		}
	}
	if cleared > 0 {
		flash += part.In(lang, "清空了%d格。", cleared)
	}
	review := s.Review()
	var wrong []string
	for _, spec := range s.Form.Cells() {
		if _, bad := review.Fields["cells["+spec.Key+"]"]; bad {
			wrong = append(wrong, u.name(spec.Key))
		}
	}
	if len(wrong) > 0 {
		flash += part.In(lang, "有%d格要改：%s。原因见下表。", len(wrong),
			strings.Join(wrong[:min(len(wrong), 20)], "、"))
	}
	return flash
}

type askInput struct {
	ID     string `json:"id"`
	Digest string `json:"digest"`
	Name   string `json:"name"`
}

// askData is the page that asks before an upload overwrites cells.
type askData struct {
	asked
	Name string `json:"name"`
	s    Submission
}

func (p pages) ask(r *web.Request, in askInput) (d askData, err error) {
	if d.s, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	r.Tx.Outside = true
	body, err := p.files.Get(in.Digest)
	if err != nil {
		return d, err
	}
	var book table.Workbook
	err = web.Files.Do(r.Context, func() error {
		book, err = table.ReadXLSX(body)
		return err
	})
	if err != nil {
		return d, err
	}
	u, err := d.s.fromBook(r.Tx, book)
	d.asked, d.Name = asked{u.Ask, in.Digest, d.s.Version}, in.Name
	return d, err
}

type fileInput struct {
	ID   string `json:"id"`
	File string `json:"file"`
}

// file hands out a workbook that was uploaded to a submission that the user may see.
func (p pages) file(r *web.Request, in fileInput) (web.File, error) {
	s, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.File{}, err
	}
	use, err := blob.ByID(r.Tx, in.File)
	if err == nil && use.Object != s.Object() {
		err = errs.Missingf("没有找到这个附件。")
	}
	if err != nil {
		return web.File{}, err
	}
	body, err := p.files.Get(use.Digest)
	return web.File{Name: use.Name, MediaType: use.MediaType, Body: body}, err
}
