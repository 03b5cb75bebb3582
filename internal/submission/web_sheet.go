package submission

import (
	"bytes"
	"strings"

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
	name := strings.NewReplacer("/", "-", `\`, "-").Replace(s.Form.Name + "_" + s.Area.Name + "_" + s.Period.String() + ".xlsx")
	return web.File{Name: name, MediaType: xlsxType, Body: b.Bytes()}, err
}

// sheetInput is an uploaded workbook; its cells are read before the transaction.
type sheetInput struct {
	ID      string      `json:"id"`
	Version int64       `json:"version"`
	File    *web.Upload `json:"file"`
	cells   map[string]string
}

func readSheet(_ *web.Request, in *sheetInput) (err error) {
	if in.File == nil || len(in.File.Body) == 0 {
		return errs.Fields{"file": "请选择填好的Excel文件。"}.Check("没有收到文件。")
	}
	in.cells, err = table.ReadXLSX(in.File.Body, "")
	return err
}

// upload puts what the workbook says over the draft, as typed; cells that are wrong are named as the workbook names them.
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
	flash := part.In(r.Lang, "已从Excel读入%d格。", len(typed))
	review := s.Review()
	var wrong []string
	for _, spec := range s.Form.Cells() {
		if msg := review.Fields["cells["+spec.Key+"]"]; msg != "" {
			wrong = append(wrong, names[spec.Key])
		}
	}
	if len(wrong) > 0 { // the flash is a cookie: name only some
		flash += part.In(r.Lang, "有%d格要改：%s。原因见下表。", len(wrong), strings.Join(wrong[:min(len(wrong), 20)], "、"))
	}
	return web.Redirect{To: s.URL() + "?check=true", Flash: flash, Data: s.saved()}, nil
}
