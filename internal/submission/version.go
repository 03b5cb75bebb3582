package submission

// A version held against its own digest, signatures and certificates, without database. Whether it fits its row is
// verify.go's.

import (
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
	Signatures []signed.Signature `json:"signatures"` // first, then second
	Scans      []Scan             `json:"scans,omitempty"`
}

// OnPaper says whether it was signed in ink.
func (v Version) OnPaper() bool { return len(v.Signatures) > 0 && v.Signatures[0].OnPaper() }

// Signed says whether both have signed.
func (v Version) Signed() bool { return len(v.Signatures) == 2 }

// Assertions verify the text, its digest, both signatures over the text itself and the certificates against the
// installation's key. They need no database and trust nothing stored beside the text.
func (v Version) Assertions(issuer sign.PublicKey) []signed.Assertion {
	if v.Source != "" {
		return v.Frozen.Assertions()
	}
	return append(signed.Verified(v.Frozen, v.Signatures, issuer), v.pair())
}

func (v Version) pair() signed.Assertion { return signed.Pair(v.Signatures, First, Second) }
