package submission

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"rsc.io/qr"

	"yipanqi/internal/blob"
	"yipanqi/internal/errs"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type receiptInput struct {
	ID string `json:"id"`
}

// receiptData is the receipt; as JSON it is the receipt alone, as it is verified.
type receiptData struct {
	Receipt
	s       Submission
	content Content
	checks  []Check
	code    qrCode
	leads   bool // the code holds an address
}

// MarshalJSON leaves everything but the receipt out.
func (d receiptData) MarshalJSON() ([]byte, error) { return json.Marshal(d.Receipt) }

func (p pages) receipt(r *web.Request, in receiptInput) (d receiptData, err error) {
	if d.s, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	v, err := current(r.Tx, d.s)
	if err != nil {
		return d, err
	}
	if d.Receipt, err = Issue(r.Tx, d.s, v, p.secrets.Installation); err != nil {
		return d, err
	}
	if d.content, err = ParseContent(v.Text); err != nil {
		return d, err
	}
	d.checks = v.Checks(d.Installation.PublicKey)
	d.leads = r.BaseURL != ""
	d.code, err = newQRCode(qrText(r.BaseURL, d.s.ID, v))
	return d, err
}

// qrCode is a QR code as the path of an SVG with one unit a module.
type qrCode struct {
	size int
	path string
}

func newQRCode(text string) (qrCode, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return qrCode{}, err
	}
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return qrCode{code.Size, path.String()}, nil
}

// viewBox leaves the quiet zone of four modules that readers need.
func (q qrCode) viewBox() string { return fmt.Sprintf("-4 -4 %d %d", q.size+8, q.size+8) }

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

// sheetInput is an uploaded workbook; its cells are read before the transaction.
type sheetInput struct {
	ID      string      `json:"id"`
	Version int64       `json:"version"`
	File    *web.Upload `json:"file"`
	cells   map[string]string
	digest  string // of the file as kept
}

func (p pages) readSheet(_ *web.Request, in *sheetInput) (err error) {
	if in.File == nil || len(in.File.Body) == 0 {
		return errs.Fields{"file": "请选择填好的Excel文件。"}.Check("没有收到文件。")
	}
	if in.cells, err = table.ReadXLSX(in.File.Body, ""); err != nil {
		return err
	}
	in.digest, err = p.files.Put(in.File.Body)
	return err
}

// upload puts what the workbook says over the draft, as typed; cells that are wrong are named as the workbook names
// them.
func upload(r *web.Request, in sheetInput) (web.Redirect, error) {
	s, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Redirect{}, err
	}
	typed, names, err := s.fromSheet(in.cells)
	if err != nil {
		return web.Redirect{}, err
	}
	if s, err = SaveDraft(r.Tx, r.User, in.ID, in.Version, Typed{Cells: typed}); err != nil {
		return web.Redirect{}, err
	}
	// the original record is kept with the submission (Statistics Law art. 24, two years and more)
	_, err = blob.Attach(r.Tx, blob.Use{Object: s.Object(), Digest: in.digest, Name: in.File.Name, MediaType: xlsxType,
		Size: int64(len(in.File.Body)), PersonID: r.User.ID})
	if err != nil {
		return web.Redirect{}, err
	}
	flash := part.In(r.Lang, "已从Excel读入%d格。", len(typed))
	review := s.Review()
	var wrong []string
	for _, spec := range s.Form.Cells() {
		if msg := review.Fields["cells["+spec.Key+"]"]; msg != "" {
			wrong = append(wrong, names[spec.Key])
		}
	}
	if len(wrong) > 0 { // the flash is a cookie: name only some
		flash += part.In(r.Lang, "有%d格要改：%s。原因见下表。", len(wrong),
			strings.Join(wrong[:min(len(wrong), 20)], "、"))
	}
	return web.Redirect{To: s.URL() + "?check=true", Flash: flash, Data: s.saved(r.Lang)}, nil
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
