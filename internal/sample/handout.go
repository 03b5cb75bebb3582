package sample

// Workbooks with numbers that a sample leaves its user to fill in, laid beside the forms they are for.

import (
	"io/fs"
	"path"

	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/definition"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/submission"
)

// handout is a workbook with numbers for a form that the sample leaves to its user.
type handout struct {
	File   string
	Form   string
	Area   string
	Period string
}

func readHandout(d *definition.Reader, n *definition.Node) (h handout) {
	d.Fields(n,
		definition.Need("file", d.Text(&h.File)),
		definition.Need("form", d.Text(&h.Form)),
		definition.Need("area", d.Text(&h.Area)),
		definition.Need("period", d.Text(&h.Period)),
	)
	return h
}

// handOut lays the workbooks beside the submissions that they are for: the to-do list offers them as long as one is to
// be filled in.
func handOut(tx *db.Tx, handouts []handout, files blob.Store, fsys fs.FS) error {
	for _, h := range handouts {
		body, err := fs.ReadFile(fsys, h.File)
		if err != nil {
			return errs.Invalidf("%s：读不到文件 %s。", scriptFile, h.File)
		}
		digest, err := files.Put(body)
		if err != nil {
			return err
		}
		use := blob.Use{Digest: digest, Name: path.Base(h.File), MediaType: workbookType,
			Size: int64(len(body)), PersonID: "system"}
		if err := h.lay(tx, use); err != nil {
			return err
		}
	}
	return nil
}

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (h handout) lay(tx *db.Tx, use blob.Use) error {
	f, err := form.ByCode(tx, h.Form)
	if err != nil {
		return err
	}
	area, err := network.AreaByCode(tx, h.Area, "")
	if err != nil {
		return err
	}
	p, err := period.Parse(h.Period)
	if err != nil {
		return err
	}
	items, err := submission.Under(tx, f.ID, p, area)
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return errs.Invalidf("%s：文件 %s 所说的报表没有下达。请检查 form、area 和 period。", scriptFile, h.File)
	}
	for _, item := range items {
		use.Object = submission.HandoutsOf(item.ID)
		if _, err := blob.Attach(tx, use); err != nil {
			return err
		}
	}
	return nil
}
