package submission

import (
	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/sign"
)

// Vouch is Checks for the version whose facts are live, and that these are cell by cell what the text says.
func Vouch(tx *db.Tx, s Submission, v Version, issuer sign.PublicKey) ([]Check, error) {
	checks := v.Checks(issuer)
	content, err := ParseContent(v.Text)
	if err != nil {
		return append(checks, Check{Msg: "签字文本读得出来"}), nil
	}
	cells, err := dictionaryOf(s.Form).facts(content)
	if err != nil {
		return append(checks, Check{Msg: "签字文本里的数都认得出来"}), nil
	}
	rows, err := countedFrom(tx, s, v.ID)
	if err != nil {
		return checks, err
	}
	said := map[fact.Cell]bool{}
	for _, cell := range cells {
		said[cell] = true
	}
	same := len(rows) == len(said)
	for _, row := range rows {
		same = same && said[row.Cell] && row.Grade == v.grade()
	}
	return append(checks, Check{Msg: "计入合计的数与签字文本逐格一致", OK: same}), nil
}
