package app

// `journal verify` as a whole: what chain, definitions, submissions, sums and attached files each find, in one result.
// Each module knows its own checks.

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/fact"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Verification is the result of `journal verify`: the chain, the signatures, the states and the facts against each
// other. Unchecked names what could not be checked for want of a key; then the result is not ok either.
type Verification struct {
	Since     *Since            `json:"since,omitempty"` // nothing older was looked at
	OK        bool              `json:"ok"`
	Findings  []journal.Finding `json:"findings"`
	Unchecked []string          `json:"unchecked,omitempty"`
	Sample    bool              `json:"sample,omitempty"`
	Entries   int64             `json:"entries"`
	Files     int               `json:"files"` // attached contents, each read
	Head      journal.Head      `json:"head"`
	Issuer    string            `json:"issuer"` // fingerprint of the installation's key
}

// Since is the checkpoint after which a verification began, and how many things the entries since then are about.
type Since struct {
	journal.Head
	Of     string `json:"of"` // whose it is
	Things int    `json:"things"`
}

// Verify reads everything that was signed and journaled and names what does not fit. It writes nothing. known is what
// others hold of the journal.
func (a *App) Verify(ctx context.Context, known []journal.Known) (v Verification, err error) {
	return a.VerifyParts(ctx, known, func(string) bool { return true })
}

// VerifySince is Verify of what is new since the newest checkpoint of those that others hold, or since the one in the
// data folder where nobody holds any. What is asked of all rows together, sums and tables of definitions, is left out,
// and so are the bytes of files.
func (a *App) VerifySince(ctx context.Context, held []journal.Known) (v Verification, err error) {
	from := journal.Known{From: a.checkpointFile()}
	for _, k := range held {
		if k.Checkpoint && k.Seq >= from.Seq {
			from = k
		}
	}
	if !from.Checkpoint {
		last, err := a.lastCheckpoint()
		if err != nil || last.Signature == "" {
			return v, errs.Invalidf("没有可以接着核对的检查点：请用 --against 给出检查点文件，或去掉 --since-checkpoint 作完整核对。")
		}
		from.Head = last.Head()
	}
	whole := []string{PartDefinitions, PartSums, PartFiles}
	return a.verify(ctx, &from, held, func(part string) bool { return !slices.Contains(whole, part) })
}

// Parts of a verification beside the modules, which are parts by their names.
const (
	PartJournal     = "journal"
	PartDefinitions = "definitions"
	PartSums        = "sums"
	PartFiles       = "files"
)

// VerifyParts is Verify of the parts that are wanted: what it finds the whole finds, too.
func (a *App) VerifyParts(ctx context.Context, known []journal.Known, wanted func(part string) bool) (Verification,
	error) {
	return a.verify(ctx, nil, known, wanted)
}

func (a *App) verify(ctx context.Context, from *journal.Known, known []journal.Known,
	wanted func(part string) bool) (v Verification, err error) {
	v = Verification{Sample: a.Sample, Findings: []journal.Finding{}, Unchecked: a.missing}
	last, err := a.lastCheckpoint()
	if err != nil {
		v.Findings = append(v.Findings, journal.Finding{Code: "checkpoint.file", Object: a.checkpointFile()})
	} else {
		known = append(known, journal.Known{Head: last.Head(), From: a.checkpointFile()})
	}
	in, err := a.known(ctx)
	if err != nil {
		return v, err
	}
	issuer := sign.PublicKey(in.publicKey)
	v.Issuer = sign.Fingerprint(issuer)
	err = a.DB.View(ctx, func(tx *db.Tx) error {
		var parts []func() ([]journal.Finding, error)
		add := func(part string, find func() ([]journal.Finding, error)) {
			if wanted(part) {
				parts = append(parts, find)
			}
		}
		var files func() ([]journal.Finding, int)
		add(PartFiles, func() (_ []journal.Finding, err error) { // read while the other parts are asked
			files, err = evidence.Bytes(tx, a.Files())
			return nil, err
		})
		add(PartJournal, func() ([]journal.Finding, error) {
			if from == nil {
				report, err := journal.Verify(tx, known)
				v.Head, v.Entries = report.Head, report.Entries
				return report.Findings, err
			}
			report, things, err := journal.VerifySince(tx, *from, known)
			v.Head, v.Entries, v.Since = report.Head, report.Entries, &Since{from.Head, from.From, things}
			return report.Findings, err
		})
		add(PartJournal, func() ([]journal.Finding, error) {
			if last.Signature == "" || last.PublicKey == issuer {
				return nil, nil
			}
			return []journal.Finding{{Code: "checkpoint.issuer", Object: a.checkpointFile(),
				Expected: v.Issuer, Actual: last.Installation}}, nil
		})
		add(PartDefinitions, func() ([]journal.Finding, error) {
			differences, err := attest.Verify(tx)
			return attest.Findings(differences), err
		})
		add(PartDefinitions, func() ([]journal.Finding, error) { return attest.VerifyPast(tx) })
		add(PartSums, func() ([]journal.Finding, error) { return fact.VerifySums(tx) })
		for _, m := range a.modules() {
			if m.Verify != nil {
				add(m.Name, func() ([]journal.Finding, error) { return m.Verify(tx, issuer) })
			}
		}
		add(PartFiles, func() (found []journal.Finding, err error) {
			if files != nil {
				found, v.Files = files()
			}
			return found, nil
		})
		return v.each(parts...)
	})
	v.OK = err == nil && len(v.Findings) == 0 && len(v.Unchecked) == 0
	return v, err
}

// each takes the findings of all parts. A row that cannot be read is a finding, too, and keeps no other part from going
// on.
func (v *Verification) each(parts ...func() ([]journal.Finding, error)) error {
	for _, part := range parts {
		found, err := part()
		v.Findings = append(v.Findings, found...)
		if u, ok := errors.AsType[*db.Unreadable](err); ok {
			v.Findings = append(v.Findings, journal.Finding{Code: "row.unreadable", Table: u.Table, Column: u.Column,
				Actual: u.Err.Error()})
		} else if err != nil {
			return err
		}
	}
	return nil
}

// String says the result for people.
func (v Verification) String() string {
	var b strings.Builder
	if s := v.Since; s != nil {
		fmt.Fprintf(&b, "只核对检查点（第%d条，%s）以后的：日志%d条，涉及%d项。以前的没有核对，请另作完整核对（不带 --since-checkpoint）。\n",
			s.Seq, s.Of, v.Entries, s.Things)
	}
	for _, f := range v.Findings {
		fmt.Fprintln(&b, "✗ "+f.Words("zh"))
	}
	for _, name := range v.Unchecked {
		fmt.Fprintf(&b, "? 没有 %s，%s not checked for want of the key\n", name, uncheckedWords[name])
	}
	switch {
	case v.OK && v.Since != nil:
		fmt.Fprintf(&b, "✓ 链尾第%d条 %s；新日志前后相接，所涉各项的状态和签字与日志一致。汇总数、定义和附件内容没有核对。\n", v.Head.Seq,
			v.Head.Hash)
	case v.OK:
		fmt.Fprintf(&b, "✓ 存证日志%d条，链尾第%d条 %s；版本、双签字、状态与事实数据相互一致。\n",
			v.Entries, v.Head.Seq, v.Head.Hash)
		fmt.Fprintf(&b, "✓ 附件%d个逐一读过，内容与登记的摘要相符。\n", v.Files)
	case len(v.Findings) == 0:
		fmt.Fprintln(&b, "用公钥能核验的部分没有发现不符；上面列出的没有核验，因此不能算作通过。")
	default:
		fmt.Fprintf(&b, "共%d处不符。\n", len(v.Findings))
	}
	fmt.Fprintf(&b, "本系统公钥指纹 issuer: %s\n", v.Issuer)
	if v.Sample {
		fmt.Fprintln(&b, "演示签名：本系统为演示数据，签名不代表任何真实单位或个人。")
	}
	return b.String()
}

// uncheckedWords say what is not checked without a secret.
var uncheckedWords = map[string]string{
	"secrets/" + pepperFile:  "签名密钥是否配套没有核验",
	"secrets/" + signingFile: "数据库里的公钥是否就是本系统的公钥没有核验，请与公布的指纹核对",
	"secrets/" + journalFile: "各条存证日志的校验码（是否由本程序写入）没有核验",
}
