package submission

// What is verified before the transaction that accepts, because acceptances run one at a time; it counts only if
// nothing has changed since (decision 0006).

import (
	"context"
	"reflect"
	"sync"

	"yipanqi/internal/db"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// stored is a version with its signatures as they stand in the tables. Two that are equal verify alike.
type stored struct {
	version    Version // without its signatures
	signatures []signed.Stored
}

// bare are the signatures without their certificates.
func (s stored) bare() (all []signed.Signature) {
	for _, signature := range s.signatures {
		all = append(all, signature.Signature)
	}
	return all
}

// Verified is a version that was verified ahead of the transaction that accepts it; the zero Verified is none.
type Verified struct {
	stored  stored
	issuer  sign.PublicKey
	version Version
	content Content
}

// VerifyAhead verifies the version that Accept would take now, without a transaction: acceptances run one at a time,
// and nobody should wait for another's signatures. What does not verify comes back as none: Accept then looks itself,
// and says why.
func VerifyAhead(ctx context.Context, d *db.DB, id string, issuer sign.PublicKey) (Verified, error) {
	var s stored
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		s, _, err = missing(latestStored(tx, id))
		return err
	})
	if err != nil || s.version.ID == 0 {
		return Verified{}, err
	}
	v, err := s.verify(issuer)
	if err != nil {
		return Verified{}, nil
	}
	return v, nil
}

// of is what was verified, if it was just this, else this verified now.
func (v Verified) of(s stored, issuer sign.PublicKey) (Verified, error) {
	if v.issuer == issuer && issuer != "" && reflect.DeepEqual(v.stored, s) {
		return v, nil
	}
	return s.verify(issuer)
}

// verify reads the text and checks all that Assertions does.
func (s stored) verify(issuer sign.PublicKey) (Verified, error) {
	v := Verified{stored: s, issuer: issuer, version: s.version}
	for _, signature := range s.signatures {
		parsed, err := signature.Parse()
		if err != nil {
			return v, err
		}
		v.version.Signatures = append(v.version.Signatures, parsed)
	}
	var checks []signed.Assertion
	var checking sync.WaitGroup
	checking.Go(func() { checks = v.version.Assertions(issuer) })
	content, err := ParseContent(v.version.Text)
	checking.Wait()
	if err != nil {
		return v, err
	}
	v.content = content
	return v, signed.Failed(checks)
}
