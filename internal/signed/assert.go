package signed

// What can be verified of a frozen text and its signatures without database, said in words. It trusts nothing that
// is stored beside the text.

import (
	"slices"
	"sync"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

// Assertion is one thing that was verified, and whether it holds.
type Assertion struct {
	Words say.Words `json:"words"`
	OK    bool      `json:"ok"`
}

// Assertions verify the text: that it is canonical, and that the digest is its own.
func (t Frozen) Assertions() []Assertion {
	return []Assertion{
		{Words: say.New("报表文本是规范写法，一字未动"), OK: sign.IsCanonical([]byte(t.Text)) == nil},
		{Words: say.New("文本的SM3摘要与记录的摘要一致"), OK: sign.Digest([]byte(t.Text)) == t.Digest},
	}
}

// Assertions verify one signature over the text itself, and its certificate against the installation's key. Of one in
// ink nothing can be verified but that it names its scan and that one person laid that down and another confirmed it.
func (s Signature) Assertions(t Frozen, issuer sign.PublicKey) []Assertion {
	if s.OnPaper() {
		return []Assertion{{Words: say.New("%s（%s）纸质签字：扫描件由%s上传、%s确认，没有密钥签名，证明力较弱", s.Person, s.Post,
			s.Paper.RecordedBy, s.Paper.ConfirmedBy), OK: s.Digest == t.Digest && s.Paper.vouches(s.PersonID) &&
			s.KeyID == "" && s.PublicKey == "" && s.Value == ""}}
	}
	c := s.Certificate
	all := []Assertion{
		{Words: say.New("%s（%s）的SM2签名验证通过", s.Person, s.Post), OK: s.Kind == "" && s.Digest == t.Digest &&
			sign.Verify(s.PublicKey, []byte(t.Text), s.Value) == nil},
		{Words: say.New("%s的签名公钥由本系统的证书证明", s.Person),
			OK: c.PublicKey == s.PublicKey && c.Serial == s.KeyID && c.Name == s.Person && certifies(c, issuer)},
	}
	if c.Outside != (sign.Outside{}) {
		all = append(all, Assertion{Words: say.New("%s的签名公钥另由%s证明", s.Person, c.Outside.Authority),
			OK: c.Outside.Vouches(c.Subject) == nil})
	}
	return all
}

// vouches says whether a scan was laid down, with the day that it bears, and confirmed by somebody else, who did not
// sign either. Two people may have one name.
func (p Paper) vouches(signer string) bool {
	return len(p.Scan) == 64 && p.On != "" && p.RecordedID != "" && p.ConfirmedID != "" &&
		p.ConfirmedID != p.RecordedID && p.ConfirmedID != signer
}

// Holds says whether the signature is of the text, by a key that the installation certified to be the signer's.
func (s Signature) Holds(t Frozen, issuer sign.PublicKey) bool {
	return Failed(s.Assertions(t, issuer)) == nil
}

// Verified are the assertions about a text and all signatures under it, in their order, each on a core of its own.
func Verified(t Frozen, all []Signature, issuer sign.PublicKey) []Assertion {
	of := make([][]Assertion, len(all)+1)
	var working sync.WaitGroup
	working.Go(func() { of[0] = t.Assertions() })
	for i, s := range all {
		working.Go(func() { of[i+1] = s.Assertions(t, issuer) })
	}
	working.Wait()
	return slices.Concat(of...)
}

// Apart asserts that different people signed at all places, in their order, with keys of their own, or all in ink: two
// (双签字) or three.
func Apart(all []Signature, places ...string) Assertion {
	missing, apart := say.New("两人都已签字"), say.New("两个签名出自不同的两个人")
	if len(places) > 2 {
		missing, apart = say.New("三人都已签字"), say.New("三个签名出自不同的三个人")
	}
	if len(all) != len(places) {
		return Assertion{Words: missing}
	}
	ok := true
	for i, a := range all {
		ok = ok && a.Role == places[i] && a.Kind == all[0].Kind
		for _, b := range all[:i] {
			ok = ok && a.PersonID != b.PersonID && (a.OnPaper() || a.PublicKey != b.PublicKey)
		}
	}
	return Assertion{Words: apart, OK: ok}
}

// Failed is the first assertion that does not hold, as an error.
func Failed(all []Assertion) error {
	for _, a := range all {
		if !a.OK {
			return errs.Conflictf("核验不通过：“%s”不成立。数据可能被改动过，请停止办理并联系审计管理员。", a.Words)
		}
	}
	return nil
}
