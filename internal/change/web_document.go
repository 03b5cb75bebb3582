package change

// Papers of adjustments as files; what they say is document.go's.

import (
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/web"
)

// noticeFile hands the paper out, of an adjustment that has lines.
func noticeFile(r *web.Request, in struct {
	ID string `json:"id"`
}) (f web.File, err error) {
	a, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return f, err
	}
	if len(a.Lines) == 0 {
		return f, errs.Missingf("还没有写调整哪些单位。请先增加至少一行。")
	}
	d, err := a.notice(r.Tx)
	if err != nil {
		return f, err
	}
	return web.Word(r, strings.ReplaceAll(d.Title, "\n", ""), d)
}
