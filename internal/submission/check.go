package submission

// A version held against its own digest, signatures and certificates, without database. Whether it fits its row is
// verify.go's.

import (
	"slices"
	"sync"
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

// Version is one frozen text of a submission, kept for good with the signatures under it.
type Version struct {
	ID           int64       `json:"-"`
	SubmissionID string      `json:"-"`
	Number       int64       `json:"number"`
	Text         string      `json:"text"`
	Digest       string      `json:"digest"` // SM3 of Text
	Reason       string      `json:"reason,omitempty"`
	Origin       string      `json:"origin"`
	Source       string      `json:"source,omitempty"` // of historical data, which nobody signs
	CreatedAt    time.Time   `json:"created_at"`
	AcceptedAt   time.Time   `json:"accepted_at,omitzero"`
	Signatures   []Signature `json:"signatures"` // first, then second
}

// Signature is what one person put under a version: post and unit as they were called at that moment.
type Signature struct {
	Role        string           `json:"role"` // first or second
	PersonID    string           `json:"person_id"`
	Person      string           `json:"person"`
	Post        string           `json:"post"`
	Unit        string           `json:"unit"`
	At          time.Time        `json:"at"`
	KeyID       string           `json:"key"`
	PublicKey   sign.PublicKey   `json:"public_key"`
	Certificate sign.Certificate `json:"certificate"`
	Value       string           `json:"signature"`
	Digest      string           `json:"digest"`
}

// Sample says that the signer is a demonstration.
func (s Signature) Sample() bool { return s.Certificate.Sample }

// Signed says whether both have signed.
func (v Version) Signed() bool { return len(v.Signatures) == 2 }

// Check is one thing that was verified, in words.
type Check struct {
	Words say.Words `json:"words"`
	OK    bool      `json:"ok"`
}

// Checks verifies the text, its digest, both signatures over the text itself and the certificates against the
// installation's key. It needs no database and trusts nothing stored beside the text.
func (v Version) Checks(issuer sign.PublicKey) []Check {
	if v.Source != "" {
		return v.textChecks()
	}
	var checks []Check
	var text sync.WaitGroup
	text.Go(func() { checks = v.textChecks() }) // beside the signatures, on another core
	signatures := v.signatureChecks(issuer)
	text.Wait()
	return append(append(checks, signatures...), v.pairCheck())
}

func (v Version) textChecks() []Check {
	return []Check{
		{Words: say.New("报表文本是规范写法，一字未动"), OK: sign.IsCanonical([]byte(v.Text)) == nil},
		{Words: say.New("文本的SM3摘要与记录的摘要一致"), OK: sign.Digest([]byte(v.Text)) == v.Digest},
	}
}

func (v Version) signatureChecks(issuer sign.PublicKey) (checks []Check) {
	of := make([][]Check, len(v.Signatures))
	var all sync.WaitGroup
	for i, s := range v.Signatures {
		all.Go(func() { of[i] = s.checks(v, issuer) })
	}
	all.Wait()
	return slices.Concat(of...)
}

// checks verify one signature under v.
func (s Signature) checks(v Version, issuer sign.PublicKey) []Check {
	c := s.Certificate
	return []Check{
		{Words: say.New("%s（%s）的SM2签名验证通过", s.Person, s.Post), OK: s.Digest == v.Digest &&
			sign.Verify(s.PublicKey, []byte(v.Text), s.Value) == nil},
		{Words: say.New("%s的签名公钥由本系统的证书证明", s.Person),
			OK: c.PublicKey == s.PublicKey && c.Serial == s.KeyID && c.Name == s.Person && c.Verify(issuer) == nil},
	}
}

func (v Version) pairCheck() Check {
	if !v.Signed() {
		return Check{Words: say.New("两人都已签字")}
	}
	a, b := v.Signatures[0], v.Signatures[1]
	return Check{Words: say.New("两个签名出自不同的两个人"),
		OK: a.Role == First && b.Role == Second && a.PersonID != b.PersonID &&
			a.PublicKey != b.PublicKey}
}

// failed is the first check that does not hold, as an error.
func failed(checks []Check) error {
	for _, c := range checks {
		if !c.OK {
			return errs.Conflictf("核验不通过：“%s”不成立。数据可能被改动过，请停止办理并联系审计管理员。", c.Words)
		}
	}
	return nil
}
