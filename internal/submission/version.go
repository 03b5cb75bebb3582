package submission

// A version held against its own digest, signatures and certificates, without database. Whether it fits its row is
// verify.go's.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// Version is one frozen text of a submission, kept for good with the signatures under it.
type Version struct {
	ID           int64  `json:"-"`
	SubmissionID string `json:"-"`
	Number       int64  `json:"number"`
	signed.Frozen
	Reason     string             `json:"reason,omitempty"`
	Origin     string             `json:"origin"`
	Source     string             `json:"source,omitempty"` // of historical data, which nobody signs
	CreatedAt  time.Time          `json:"created_at"`
	AcceptedAt time.Time          `json:"accepted_at,omitzero"`
	Signatures []signed.Signature `json:"signatures"` // in the order of places
	Scans      []Scan             `json:"scans,omitempty"`
}

// OnPaper says whether it was signed in ink.
func (v Version) OnPaper() bool { return len(v.Signatures) > 0 && v.Signatures[0].OnPaper() }

// Signed says whether all have signed whom the text names.
func (v Version) Signed() bool { return len(v.Signatures) == len(v.places()) }

// inOrder are the places of signatures.
var inOrder = []string{First, Second, Third}

// places are where people sign, as the text itself says, so that no place can be left out afterwards. A text of two
// does not say it: canonical JSON has this name only where it is one.
func (v Version) places() []string {
	all := slices.Clone(inOrder)
	if !strings.Contains(v.Text, `"signing_places":[`) {
		return all[:2]
	}
	c, err := ParseContent(v.Text)
	if err != nil || len(c.Places) != len(all) {
		return append(all, "")
	}
	return all
}

// after is the state in which the second signature leaves a report with this text.
func (v Version) after() State {
	if len(v.places()) > 2 {
		return Seconded
	}
	return Signed
}

// Assertions verify the text, its digest, the signatures over the text itself and the certificates against the
// installation's key. They need no database and trust nothing stored beside the text.
func (v Version) Assertions(issuer sign.PublicKey) []signed.Assertion {
	if v.Source != "" {
		return v.Frozen.Assertions()
	}
	return append(signed.Verified(v.Frozen, v.Signatures, issuer), v.apart())
}

func (v Version) apart() signed.Assertion { return signed.Apart(v.Signatures, v.places()...) }
