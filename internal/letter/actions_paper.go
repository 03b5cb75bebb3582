package letter

// Signatures that were given on paper 代录: a colleague registers who signed the printed text, on which day, with the
// scan. It is no signature of the program's and is marked wherever it stands.

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
)

// PaperSignature is what a printed text bears.
type PaperSignature struct {
	Unit   string // that countersigns, or of the signer
	Person string
	Post   string // as it stands beside the name
	On     string // the day that it bears
	Scan   evidence.File
}

// given checks what was typed of a signature on paper. Nobody registers their own, and none bears a day before the text
// was begun.
func (p *PaperSignature) given(tx *db.Tx, by auth.User, since string) error {
	p.Person, p.Post = strings.TrimSpace(p.Person), strings.TrimSpace(p.Post)
	wrong := errs.Fields{}
	for name, text := range map[string]string{"person": p.Person, "post": p.Post} {
		if n := utf8.RuneCountInString(text); n == 0 || n > 40 {
			wrong.Say(name, "请照纸面填写，40字以内。")
		}
	}
	if p.Person == by.Name {
		wrong.Say("person", "自己的签字请用自己的签名口令办理，不能自己代录。")
	}
	if !calendar.IsDay(p.On) || p.On > tx.Today() ||
		p.On < since {
		wrong.Say("on", "请写纸面上的签字日期，不早于拟稿那天，不晚于今天。")
	}
	if p.Scan.Digest == "" {
		wrong.Say("scan", "请附签过字的文稿的扫描件或照片。")
	}
	return wrong.Check("没有登记：请补齐标出的各项。")
}

// EnterCountersign registers a countersignature on paper of a unit whose countersignature is awaited.
func EnterCountersign(tx *db.Tx, by auth.User, id, digest string, p PaperSignature) (Letter, error) {
	t, err := take(tx, by, id, VerbEnterCountersign, 0)
	if err != nil {
		return t.Letter, err
	}
	if !slices.Contains(t.awaited, p.Unit) {
		return t.Letter, errs.Fields{"unit": {Key: "这个单位不在等会签的名单里。请刷新页面看看。"}}.Check("没有登记：请补齐标出的各项。")
	}
	detail, err := t.entered(tx, by, Countersigner, digest, p)
	if err != nil {
		return t.Letter, err
	}
	to := StateCountersigned
	if len(t.awaited) > 1 {
		to = StateChecked
	}
	err = t.move(tx, by, to, detail)
	return t.Letter, err
}

// EnterSign registers the signature on paper that makes the letter ready to be issued. The day on the paper is the
// letter's 成文日期.
func EnterSign(tx *db.Tx, by auth.User, id, digest string, p PaperSignature) (Letter, error) {
	t, err := take(tx, by, id, VerbEnterSign, 0)
	if err != nil {
		return t.Letter, err
	}
	if p.Unit = t.Issuer; p.Unit == "" {
		p.Unit = t.Letter.Unit
	}
	if err := await(tx, t.ID, t.Edition, Signer, p.Unit); err != nil {
		return t.Letter, err
	}
	detail, err := t.entered(tx, by, Signer, digest, p)
	if err != nil {
		return t.Letter, err
	}
	if err := setDated(tx, t.ID, t.Edition, p.On); err != nil {
		return t.Letter, err
	}
	detail["dated"] = p.On
	err = t.move(tx, by, StateSigned, detail)
	return t.Letter, err
}

// entered writes a signature on paper into its place and says what the journal keeps of it.
func (t taken) entered(tx *db.Tx, by auth.User, role, digest string, p PaperSignature) (map[string]string, error) {
	v, err := VersionOf(tx, t.ID, t.Edition)
	if err != nil {
		return nil, err
	}
	if digest != v.Digest {
		return nil, errs.Conflictf("文稿刚刚改过。请核对签过字的纸面与现在的文稿是不是同一份。")
	}
	if err := p.given(tx, by, t.CreatedAt.In(db.China).Format(time.DateOnly)); err != nil {
		return nil, err
	}
	p.Scan.Object, p.Scan.Unit = t.Object(), t.post.UnitName
	p.Scan.Field = role + "/" + strconv.FormatInt(t.Edition, 10) + "/" + p.Unit
	scan, err := evidence.Attach(tx, by, p.Scan)
	if err != nil {
		return nil, err
	}
	g := Signature{Letter: t.ID, Edition: t.Edition, RecordedBy: by.Name, Scan: scan.ID}
	g.Role, g.Unit, g.Person, g.Signature.Post, g.Digest, g.At = role, p.Unit, p.Person, p.Post, v.Digest, tx.Now
	detail := t.frozen(v)
	detail["code"], detail["person"], detail["as"], detail["on"] = p.Unit, p.Person, p.Post, p.On
	detail["role"], detail["scan"] = role, scan.ID
	return detail, put(tx, g)
}
