package app

import (
	"context"
	"fmt"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/submission"
)

// Verification is the result of `journal verify`: the chain, the signatures, the states and the facts against each
// other.
type Verification struct {
	Valid    bool              `json:"valid"`
	Sample   bool              `json:"sample,omitempty"`
	Entries  int64             `json:"entries"`
	Head     journal.Head      `json:"head"`
	Findings []journal.Finding `json:"findings"`
}

// Verify reads everything that was signed and journaled and names what does not fit. known are the heads that receipts
// handed out earlier carry.
func (a *App) Verify(ctx context.Context, known []journal.Head) (v Verification, err error) {
	if err := journal.Seal(ctx, a.DB); err != nil {
		return v, err
	}
	issuer, err := a.Secrets.Installation.Public()
	if err != nil {
		return v, err
	}
	err = a.DB.View(ctx, func(tx *db.Tx) (err error) {
		v = Verification{Sample: a.Sample, Findings: []journal.Finding{}}
		found, head, entries, err := journal.Verify(tx, known)
		if err != nil {
			return err
		}
		v.Head, v.Entries, v.Findings = head, entries, append(v.Findings, found...)
		more, err := submission.Verify(tx, issuer)
		v.Findings = append(v.Findings, more...)
		return err
	})
	v.Valid = err == nil && len(v.Findings) == 0
	return v, err
}

// String says the result for people.
func (v Verification) String() string {
	var b strings.Builder
	for _, f := range v.Findings {
		fmt.Fprintln(&b, "✗ "+(&errs.Error{Msg: f.Msg, Args: f.Args}).Error())
	}
	if v.Valid {
		fmt.Fprintf(&b, "✓ 存证日志%d条，链尾第%d条 %s；版本、双签字、状态与事实数据相互一致。\n",
			v.Entries, v.Head.Seq, v.Head.Hash)
	} else {
		fmt.Fprintf(&b, "共%d处不符。\n", len(v.Findings))
	}
	if v.Sample {
		fmt.Fprintln(&b, "演示签名：本安装为演示数据，签名不代表任何真实单位或个人。")
	}
	return b.String()
}
