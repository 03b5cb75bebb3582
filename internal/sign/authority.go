package sign

// Who certifies whose a key is: the installation itself, or a lawful certificate service besides it. The service's word
// stands within the certificate that the installation issues, so that whatever verifies that goes on as it did.

import (
	"context"
	"encoding/json"

	"yipanqi/internal/errs"
)

// Authority certifies whose a key is. Own is the installation alone; a lawful service is asked by package app.
type Authority interface {
	Certify(ctx context.Context, s Subject) (Certificate, error)
}

// Own is the installation as the only authority: what it is without any other.
type Own struct{ Key PrivateKey }

// Certify signs the subject.
func (o Own) Certify(_ context.Context, s Subject) (Certificate, error) { return Issue(o.Key, s) }

// Outside is what a certificate service besides the installation says of a key, in its own words and under its own key.
type Outside struct {
	Authority string    `json:"authority"` // what the service is called
	PublicKey PublicKey `json:"public_key"`
	Statement string    `json:"statement"` // canonical JSON: of whom and of which key it speaks, and what else it likes
	Signature string    `json:"signature"` // of the statement
}

// Vouches refuses a statement that is not of this subject's name and key, or that the service did not sign so.
func (o Outside) Vouches(s Subject) error {
	said := map[string]any{} // keys as they are written: into a struct, “Name” would be taken for “name”
	if err := json.Unmarshal([]byte(o.Statement), &said); err != nil || IsCanonical([]byte(o.Statement)) != nil ||
		o.Authority == "" || said["name"] != s.Name || said["public_key"] != string(s.PublicKey) {
		return errs.Conflictf("认证机构的证明不是这个人、这把密钥的，或者格式不对。")
	}
	return Verify(o.PublicKey, []byte(o.Statement), o.Signature)
}
