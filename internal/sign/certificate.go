package sign

// Certificates by which the installation vouches for people's keys. They are plain canonical JSON, no X.509.

import (
	"bytes"
	"encoding/json"
	"time"

	"yipanqi/internal/errs"
)

// Subject is what a certificate says: whose the public key is, who issued it and when.
type Subject struct {
	Serial    string    `json:"serial"`
	Name      string    `json:"name"`
	Unit      string    `json:"unit"`
	Post      string    `json:"post,omitempty"`
	PublicKey PublicKey `json:"public_key"`
	Issuer    string    `json:"issuer"`
	IssuedAt  time.Time `json:"issued_at"` // UTC, whole seconds
	Sample    bool      `json:"sample,omitempty"`
	Outside   Outside   `json:"outside,omitzero"` // of a certificate service, where there is one
}

// Certificate is a Subject signed with the installation's key. Kept and handed out as its canonical
// JSON, see Canonical; read with json.Unmarshal.
type Certificate struct {
	Subject
	Signature string `json:"signature"`
}

// Issue signs subject.
func Issue(installation PrivateKey, subject Subject) (Certificate, error) {
	if _, err := subject.PublicKey.point(); err != nil {
		return Certificate{}, err
	}
	subject.IssuedAt = subject.IssuedAt.UTC().Truncate(time.Second)
	text, err := Canonical(subject)
	if err != nil {
		return Certificate{}, err
	}
	signature, err := installation.Sign(text)
	return Certificate{subject, signature}, err
}

// Verify refuses a certificate that the owner of the installation's key did not issue just so.
func (c Certificate) Verify(installation PublicKey) error {
	text, err := Canonical(c.Subject)
	if err != nil {
		return err
	}
	return Verify(installation, text, c.Signature)
}

// UnmarshalJSON refuses JSON that says anything else, or the same in other words, than a certificate
// can: what the signature does not cover could otherwise be slipped in.
func (c *Certificate) UnmarshalJSON(text []byte) error {
	type plain Certificate
	var read plain
	if err := json.Unmarshal(text, &read); err != nil {
		return errs.Invalidf("证书格式不正确：%s", err)
	}
	given, err := Canonical(json.RawMessage(text))
	if err != nil {
		return err
	}
	understood, err := Canonical(read)
	if err != nil {
		return err
	}
	if !bytes.Equal(given, understood) {
		return errs.Invalidf("证书里有多余或写法不同的内容，可能被改动过")
	}
	*c = Certificate(read)
	return nil
}
