package submission

// The signatures: what is read is frozen, signed by one person and then by another, by a third where the form names
// three, and a receipt issued.

import (
	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// Preview is the version that Prepare would freeze now, for the first signer to read; Digest is what they agree to.
func Preview(tx *db.Tx, by auth.User, s Submission) (Version, Content, error) {
	number, err := nextNumber(tx, s.ID)
	if err != nil {
		return Version{}, Content{}, err
	}
	c, err := s.content(number, s.Review().Soft)
	if err != nil {
		return Version{}, c, err
	}
	if c.Evidence, err = evidenceOf(tx, s); err != nil {
		return Version{}, c, err
	}
	if by.Sample {
		c.Sample, c.Origin = true, Simulated
	}
	v := Version{SubmissionID: s.ID, Number: number, Reason: s.AmendReason, Origin: c.Origin, CreatedAt: tx.Now}
	v.Frozen, err = c.text()
	return v, c, err
}

// Prepare freezes the draft as a new version and puts the first signature under it. digest is that of the content
// the signer has read; key was unlocked before the transaction.
func Prepare(tx *db.Tx, by auth.User, id, digest string, key account.Unlocked) (Submission, error) {
	s, st, post, err := takeFirst(tx, by, id)
	if err != nil {
		return s, err
	}
	v, err := freeze(tx, by, s)
	if err != nil {
		return s, err
	}
	if err := put(tx, by, First, post, v, digest, key); err != nil {
		return s, err
	}
	s.ReturnReason = ""
	return s, move(tx, by, &s, st, v, signedAs(post, key))
}

// freeze keeps what the draft says as a new version.
func freeze(tx *db.Tx, by auth.User, s Submission) (Version, error) {
	if err := s.Review().Check(); err != nil {
		return Version{}, err
	}
	v, _, err := Preview(tx, by, s)
	if err == nil {
		v.ID, err = insertVersion(tx, v)
	}
	return v, err
}

// signedAs is what the journal keeps of a signature: the post, and by which delegation somebody acts in it.
func signedAs(post auth.Post, key account.Unlocked) map[string]string {
	detail := map[string]string{"post": post.RoleName, "unit": post.UnitName, "key": key.ID}
	if post.Delegation != "" {
		detail["delegation"] = post.Delegation
	}
	return detail
}

// takeFirst is take for whoever signs first.
func takeFirst(tx *db.Tx, by auth.User, id string) (Submission, flow.Step, auth.Post, error) {
	return take(tx, by, id, VerbPrepare)
}

// takeNext is take for whoever signs after others, at the place that comes next.
func takeNext(tx *db.Tx, by auth.User, id string) (Submission, flow.Step, auth.Post, error) {
	s, st, post, err := take(tx, by, id, VerbSign)
	if s.State == Seconded {
		return take(tx, by, id, VerbComplete)
	}
	return s, st, post, err
}

// Sign puts the second signature under the frozen content, or the third, by another person than those before.
func Sign(tx *db.Tx, by auth.User, id, digest string, key account.Unlocked) (Submission, error) {
	s, st, post, err := takeNext(tx, by, id)
	if err != nil {
		return s, err
	}
	v, err := latest(tx, s.ID)
	if err != nil {
		return s, err
	}
	if err := life.Independent(st, by, post, deeds(v.Signatures, nil)); err != nil {
		return s, err
	}
	if signed.Took(v.Signatures, by, key) {
		return s, errs.Deniedf(apartWords[st.Verb])
	}
	c, err := ParseContent(v.Text)
	if err != nil {
		return s, err
	}
	if err := s.agrees(v, c); err != nil {
		return s, err
	}
	if err := put(tx, by, st.Who, post, v, digest, key); err != nil {
		return s, err
	}
	detail := signedAs(post, key)
	if st.Verb == VerbSign {
		st.To = string(v.after())
	}
	if State(st.To) == Signed {
		s.arrived(tx.Today(), detail)
	}
	return s, move(tx, by, &s, st, v, detail)
}

// arrived says whether the submission is late by what came in on a day. An amendment of what came in time is not.
func (s *Submission) arrived(day string, detail map[string]string) {
	if s.AcceptedID == 0 {
		s.Late = s.DueOn != "" && day > s.DueOn
	}
	if s.Late {
		detail["late"] = "true"
	}
}

// put signs the version's text in a post, with a key that is certified to be the signer's.
func put(tx *db.Tx, by auth.User, part string, post auth.Post, v Version, digest string, key account.Unlocked) error {
	s, err := v.Sign(tx, by, part, post, digest, key)
	if err != nil {
		return err
	}
	return insertSignature(tx, v.ID, s)
}

// current is the version that a receipt is about: the one waiting to be accepted, else the accepted one.
func current(tx *db.Tx, s Submission) (Version, error) {
	switch {
	case s.State == Signed:
		return latest(tx, s.ID)
	case s.AcceptedID != 0:
		return VersionByID(tx, s.AcceptedID)
	}
	return Version{}, errs.Missingf("还没有双签字，没有回执。")
}

// Issue makes the receipt of a version that both have signed, sealed with the installation's key.
func Issue(tx *db.Tx, s Submission, v Version, key sign.PrivateKey) (Receipt, error) {
	head, err := journal.LastSealed(tx)
	if err != nil {
		return Receipt{}, err
	}
	return seal(s, v, head, key, tx.Now)
}
