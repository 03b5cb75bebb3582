package submission

// The second or third signature under several submissions with one phrase: each text is signed for itself, and all or
// none are.

import (
	"maps"
	"slices"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// mostAtOnce is how many texts are read and signed on one page.
const mostAtOnce = 20

// SignAll signs the submissions whose ids are keys of read; its values are the digests of what the signer has read.
// Invalid: nothing was chosen, or one of them cannot be signed, which is named under chosen[id]; then none is.
func SignAll(tx *db.Tx, by auth.User, read map[string]string, key account.Unlocked) (all []Submission, err error) {
	fields := errs.Fields{}
	switch {
	case len(read) == 0:
		fields.Say("chosen", "请勾选您已经核对过的报表。")
	case len(read) > mostAtOnce:
		fields.Say("chosen", "一次最多签%d份，请分几次签。", mostAtOnce)
	}
	if err := fields.Check("还没有签字。"); err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(read)) {
		s, err := Sign(tx, by, id, read[id], key)
		if errs.KindOf(err) == errs.Internal && err != nil {
			return nil, err
		}
		if err != nil {
			fields["chosen["+id+"]"] = errs.WordsOf(err)
			if s.ID != "" {
				fields["chosen["+id+"]"] = say.New("《%s》（%s）：%s", s.Form.Name, s.Area.Name, errs.WordsOf(err))
			}
		}
		all = append(all, s)
	}
	return all, fields.Check("一份也没有签：请看标出的报表，取消勾选或重新核对后再签。")
}
