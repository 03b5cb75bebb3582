package check

// Routes of the figure check. The list of a unit's texts is web_list.go's, one text's page web_show.go's.

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode"

	"yipanqi/internal/blob"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// pages holds what the handlers need beside the request.
type pages struct {
	files blob.Store // the documents that were uploaded
}

// Routes registers the module's pages.
func Routes(m *web.Mux, files blob.Store) {
	p := pages{files}
	web.View(m, "GET /checks 列出核对过的文稿", "check.read", showList, listPage)
	web.Form(m, "POST /checks 核对一篇文稿里的数", "check.create", create, showList, listPage,
		web.Before(p.readFile), web.In(web.Files))
	web.View(m, "GET /checks/{id} 看核对结果", "check.read", p.show, showPage)
	web.View(m, "GET /checks/{id}/document 下载批注后的文稿（.docx）", "check.read", p.document, nil)
	web.Update(m, "POST /checks/{id}/delete 删除一次核对", "check.delete", drop)
	web.Update(m, "POST /checks/{id}/area 选定文稿所说的地区", "check.area", chooseArea)
	web.Update(m, "POST /checks/{id}/year 选定文稿所说的年份", "check.area", chooseYear)
	web.Form(m, "POST /checks/{id}/figures/{start}/correct 更正一个数说的是什么", "check.correct", correct, p.showAgain, showPage)
	web.Update(m, "POST /checks/{id}/figures/{start}/uncorrect 撤销更正", "check.correct", uncorrect)
}

// seen are the areas of today whose figures the user may read.
func seen(r *web.Request) (areas []network.Area, err error) {
	all, err := network.AllAreas(r.Tx)
	for _, a := range all {
		if a.ClosesOn == "" && r.User.SeesFigures(a.Path) {
			areas = append(areas, a)
		}
	}
	return areas, err
}

// createInput is a text, or a file, which wins. The file is read before the transaction.
type createInput struct {
	Name   string      `json:"name"`
	Text   string      `json:"text"`
	Area   string      `json:"area"`
	Year   int         `json:"year"`
	File   *web.Upload `json:"file"`
	digest string      // of the .docx as kept
}

func (p pages) readFile(_ *web.Request, in *createInput) (err error) {
	// a browser sends an empty one where none is chosen
	if in.File == nil || in.File.Name == "" && len(in.File.Body) == 0 {
		in.Text = cleaned(in.Text)
		return nil
	}
	if in.Text, err = ReadText(in.File.Name, in.File.Body); errs.KindOf(err) == errs.Invalid {
		return errs.Fields{"file": errs.WordsOf(err)}.Check("没有核对：请先改正标出的地方。")
	}
	if err != nil {
		return err
	}
	if strings.TrimSpace(in.Name) == "" {
		in.Name = strings.TrimSuffix(in.File.Name, filepath.Ext(in.File.Name))
	}
	if bytes.HasPrefix(in.File.Body, []byte("PK\x03\x04")) && !table.IsWorkbook(in.File.Body) {
		in.digest, err = p.files.Put(in.File.Body)
	}
	return err
}

// cleaned is pasted text with the line ends and without the control characters that ReadText would not let through.
func cleaned(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(text, "�"), "\r\n", "\n"), "\r", "\n")
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return ' '
		}
		return r
	}, text)
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return text
}

// created tells a program where the check is.
type created struct {
	ID       string `json:"id"`
	Location string `json:"location"`
}

func create(r *web.Request, in createInput) (web.Done[created], error) {
	c, err := Create(r.Tx, r.User, Check{Name: in.Name, Text: in.Text, Area: in.Area, Year: in.Year, Digest: in.digest})
	if err == nil && in.digest != "" {
		_, err = blob.Attach(r.Tx, blob.Use{Object: c.object(), Digest: in.digest, Name: in.File.Name,
			MediaType: document.MediaType, Size: int64(len(in.File.Body)), PersonID: r.User.ID})
	}
	return web.Done[created]{To: c.URL(), Data: created{c.ID, c.URL()}}, err
}

// URL is the page of the check.
func (c Check) URL() string { return "/checks/" + c.ID }

func (c Check) object() string { return "check/" + c.ID }

type dropInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func drop(r *web.Request, in dropInput) (web.Redirect, error) {
	if err := Delete(r.Tx, r.User, in.ID, in.Version); err != nil {
		return web.Redirect{}, err
	}
	err := blob.Detach(r.Tx, Check{ID: in.ID}.object())
	return web.Redirect{To: "/checks", Flash: part.In(r.Lang, "已删除。")}, err
}
