package letter

// 发文字号: 代字〔年〕序号号, without gaps per 代字 and year. The 代字 of an issuer's documents of a kind is a setting
// of its office; a sample has its own.

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
)

// numbering is a number in its parts; Seq 0 is none.
type numbering struct {
	Mark string
	Year int64
	Seq  int64
}

func (n numbering) String() string {
	if n.Seq == 0 {
		return ""
	}
	return fmt.Sprintf("%s〔%d〕%d号", n.Mark, n.Year, n.Seq)
}

// VerbMark is the journal's word for a 代字 that an office has set.
const VerbMark = "letter.mark"

// markOf is the 代字 under which the letter is issued.
func markOf(tx *db.Tx, l Letter) (string, error) {
	set, err := Marks(tx)
	if err != nil {
		return "", err
	}
	if at := slices.IndexFunc(set, func(m Mark) bool { return m.Issuer == l.Issuer && m.Kind == l.Kind }); at >= 0 {
		return set[at].Mark, nil
	}
	sample, err := setting.IsSample(tx)
	if err != nil {
		return "", err
	}
	if !sample {
		return "", errs.Conflictf("还没有给%s设置代字，不能编发文字号。请先在“发文代字”里设置。", kindWords[l.Kind])
	}
	issuer, err := network.UnitByCode(tx, l.Issuer)
	if err != nil {
		return "", err
	}
	return sampleMark(issuer, l.Kind), nil
}

// kindMarks stand in the 代字 of a sample for kinds that are numbered apart.
var kindMarks = map[Kind]string{KindLetter: "函", KindReport: "报", KindRequest: "请", KindCircular: "通报",
	KindOpinions: "意见", KindMinutes: "纪要"}

// sampleMark is no office's: 演示, and who would be meant.
func sampleMark(issuer network.Unit, kind Kind) string {
	return "演示" + issuer.ShortName + kindMarks[kind]
}

// next is the number that the letter gets if it is issued now: the year is that of its 成文日期.
func next(tx *db.Tx, l Letter, year int64) (n numbering, err error) {
	if n.Mark, err = markOf(tx, l); err != nil {
		return n, err
	}
	n.Year = year
	last, err := lastOf(tx, n.Mark, n.Year)
	n.Seq = last + 1
	return n, err
}

const maxMark = 20 // characters

// Heading is kept among the marks: the 发文机关标志 over an issuer's documents, where it is not its name and 文件.
const Heading Kind = "heading"

// headingOf is the heading that an issuer's office has set, "" for none. A sample has none: it prints no real body's.
func headingOf(tx *db.Tx, issuer string) (string, error) {
	if sample, err := setting.IsSample(tx); err != nil || sample {
		return "", err
	}
	set, err := Marks(tx)
	if at := slices.IndexFunc(set, func(m Mark) bool { return m.Issuer == issuer && m.Kind == Heading }); at >= 0 {
		return set[at].Mark, err
	}
	return "", err
}

// SetMark sets the 代字 of an issuer that the user's office drafts for. Numbers that were given keep theirs.
func SetMark(tx *db.Tx, by auth.User, m Mark) error {
	if err := by.Check(VerbMark); err != nil {
		return err
	}
	m.Mark = strings.TrimSpace(m.Mark)
	wrong := errs.Fields{}
	if n := utf8.RuneCountInString(m.Mark); n == 0 || n > maxMark || strings.ContainsAny(m.Mark, "〔〕[]() \n") {
		wrong.Say("mark", "代字为1至%d个字，不含括号和空格。", maxMark)
	}
	if !slices.Contains(Kinds, m.Kind) && m.Kind != Heading {
		wrong.Say("kind", "请选一个文种。")
	}
	if err := wrong.Check("代字没有保存。"); err != nil {
		return err
	}
	issuers, err := Issuers(tx, by)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(issuers, func(u network.Unit) bool { return u.Code == m.Issuer }) {
		return errs.Deniedf("只能设置本办公室和本级妇儿工委的代字。")
	}
	changed, err := putMark(tx, m)
	if err != nil || !changed {
		return err
	}
	return journal.Log(tx, by, VerbMark, "letter_mark/"+m.Issuer+"."+string(m.Kind),
		map[string]string{"issuer": m.Issuer, "kind": string(m.Kind), "mark": m.Mark})
}
