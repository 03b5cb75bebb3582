package submission

// The paper route in the browser: the sheet that is printed, the upload of its scan, the office's answer.

import (
	"context"
	"path"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func (p pages) paperRoutes(m *web.Mux) {
	web.Form(m, "POST /submissions/{id}/print 定稿打印，在纸上签字", VerbPrint, printIt, p.preview, preparePage)
	web.View(m, "GET /submissions/{id}/paper 看要在纸上签字的报表", "submission.read", p.paper, paperPage, web.AsOf)
	web.Form(m, "POST /submissions/{id}/scan 上传签字盖章后的扫描件", VerbScan, scanIt, p.show, showPage,
		web.Before(p.keepScan), web.In(web.Files))
	web.Form(m, "POST /submissions/{id}/confirm 确认扫描件上的签字", VerbConfirm, confirmIt, p.show, showPage)
	web.Form(m, "POST /submissions/{id}/refuse 说明扫描件为什么不能确认", VerbRefuse, refuseIt, p.show, showPage)
}

// printInput is the digest of what was read before it is printed.
type printInput struct {
	ID     string `json:"id"`
	Digest string `json:"digest"`
}

func printIt(r *web.Request, in printInput) (web.Done[saved], error) {
	s, err := Print(r.Tx, r.User, in.ID, in.Digest)
	d := done(r, s, part.In(r.Lang, "已定稿。请打印，由各签字人签字并加盖公章，再回到报表上传扫描件。"))
	d.To += "/paper"
	return d, err
}

// scanInput is what a scan shows. kept is the file, written down before the transaction.
type scanInput struct {
	ID     string      `json:"id"`
	Digest string      `json:"digest" doc:"Digest of the version that the paper shows."`
	First  string      `json:"first" doc:"Id of the person whose signature stands first."`
	Second string      `json:"second" doc:"Id of the person whose signature stands second."`
	Third  string      `json:"third" doc:"Id of the person whose signature stands third, where three sign."`
	On     string      `json:"on" doc:"The day on the paper, such as 2024-03-18."`
	Scan   *web.Upload `json:"scan" doc:"The scan: PDF, JPEG or PNG."`
	kept   evidence.File
}

func (p pages) keepScan(_ *web.Request, in *scanInput) error {
	if in.Scan == nil {
		return nil // the action says so, with all else
	}
	name := evidence.CleanName(in.Scan.Name)
	content, media, err := evidence.Accepted(name, in.Scan.Body, false)
	if !slices.Contains([]string{".pdf", ".jpg", ".jpeg", ".png"}, strings.ToLower(path.Ext(name))) {
		err = errs.Invalidf(noScan)
	}
	if err != nil {
		return errs.Fields{"scan": errs.WordsOf(err)}.Check(notLaidDown)
	}
	digest, err := p.files.Put(content)
	in.kept = evidence.File{Digest: digest, Name: name, MediaType: media, Size: int64(len(content))}
	return err
}

func scanIt(r *web.Request, in scanInput) (web.Done[saved], error) {
	s, err := LayDown(r.Tx, r.User, in.ID, in.Digest, Signing{First: in.First, Second: in.Second,
		Third: in.Third, On: in.On, File: in.kept})
	return done(r, s, part.In(r.Lang, "扫描件已上传，等妇儿工委办确认。")), err
}

func confirmIt(r *web.Request, in moveInput) (web.Done[saved], error) {
	s, err := Confirm(r.Tx, r.User, in.ID, in.Version)
	return done(r, s, part.In(r.Lang, "已确认纸质签字，报表等待审核。")), err
}

func refuseIt(r *web.Request, in moveInput) (web.Done[saved], error) {
	s, err := Refuse(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, s, part.In(r.Lang, "没有确认，原因已告知填报单位。")), err
}

// paperData is the sheet that two people sign.
type paperData struct {
	ID      string  `json:"id"`
	Version int64   `json:"version"`
	Digest  string  `json:"digest"`
	Content Content `json:"content"`

	s     Submission
	code  part.QR
	leads bool // the code holds an address
	d     showData
}

func (p pages) paper(r *web.Request, in receiptInput) (d paperData, err error) {
	if d.d, err = p.show(r, showInput{ID: in.ID}); err != nil {
		return d, err
	}
	d.s = d.d.s
	if d.s.State != Printed && d.s.State != Scanned {
		return d, errs.Missingf("没有等纸质签字的版本。要在纸上签字，请先在“核对并签字”里选“定稿打印”。")
	}
	v := d.d.newest()
	d.ID, d.Version, d.Digest, d.Content, d.leads = d.s.ID, v.Number, v.Digest, d.d.content(), r.BaseURL != ""
	d.code, err = part.NewQR(qrText(r.BaseURL, d.s.ID, v))
	return d, err
}

// readInk reads who may have signed in ink, for whoever lays a scan down.
func (d *showData) readInk(tx *db.Tx) error {
	if !d.may(VerbScan) {
		return nil
	}
	for _, place := range d.newest().places() {
		all, err := Signatories(tx, d.s, place)
		if err != nil {
			return err
		}
		d.ink = append(d.ink, all)
	}
	return nil
}

// inkLines are the lines of the sheet on which people sign: the head of the unit first, as on printed forms.
func (d showData) inkLines(ctx context.Context) []string {
	names := d.placeNames(ctx)
	slices.Reverse(names)
	return names
}

// chosen are people to choose a signer from.
func chosen(ctx context.Context, all []Inked) (options []part.Option) {
	options = []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, i := range all {
		options = append(options, part.Option{Value: i.ID, Label: i.Name + " · " + i.Post})
	}
	return options
}

// printed says whether the version that the page is about goes, or went, by paper.
func (d showData) printed() bool {
	return d.State == Printed || d.State == Scanned || !d.State.Editable() && d.newest().OnPaper()
}

// waits is the scan that waits for the office.
func (d showData) waits() (Scan, bool) {
	for _, g := range d.newest().Scans {
		if g.Verdict == "" {
			return g, true
		}
	}
	return Scan{}, false
}

// words are what became of a scan.
func (g Scan) words() say.Key {
	switch g.Verdict {
	case Confirmed:
		return "已确认"
	case Refused:
		return "不予确认"
	}
	return "待确认"
}

// ScanTrail is the place of scans among the files: who sees the report sees them, and nobody takes them away.
func ScanTrail() trail.Place {
	of := func(id string) string {
		report, _, _ := strings.Cut(id, ".")
		return report
	}
	return trail.Place{Kind: "paper", Page: func(id string) string { return "/submissions/" + of(id) },
		Words: func(string) say.Key { return "" },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, of(id))
			return err
		}}
}
