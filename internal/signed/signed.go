// Package signed is what everything that people sign has in common: a frozen text with its digest, and what one person
// puts under it in a post. It knows canonical text, keys and certificates; what a text says, how many must sign it and
// in which table it stands is its module's.
package signed

import (
	"slices"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/sign"
)

// Frozen is a text as it was frozen: RFC 8785 bytes and their SM3 digest.
type Frozen struct {
	Text   string `json:"text"`
	Digest string `json:"digest"`
}

// Freeze writes content down as it will be signed.
func Freeze(content any) (Frozen, error) {
	canonical, err := sign.Canonical(content)
	return Frozen{string(canonical), sign.Digest(canonical)}, err
}

// Signature is what one person put under a text: post and unit as they were called at that moment. One whose At is
// zero is awaited.
type Signature struct {
	Role        string           `json:"role"` // the place under the text: first, second, countersigner …
	PersonID    string           `json:"person_id"`
	Person      string           `json:"person"`
	Post        string           `json:"post"`
	Unit        string           `json:"unit"`
	At          time.Time        `json:"at"`
	Kind        string           `json:"kind,omitempty"` // InInk; empty: with the signer's key
	KeyID       string           `json:"key"`
	PublicKey   sign.PublicKey   `json:"public_key"`
	Certificate sign.Certificate `json:"certificate"`
	Value       string           `json:"signature"`
	Digest      string           `json:"digest"`
	Paper       Paper            `json:"paper,omitzero"` // of one in ink
}

// InInk is the kind of a signature that stands on paper: no key speaks for it, only a scan and who saw it.
const InInk = "paper"

// Paper is what speaks for a signature in ink.
type Paper struct {
	On          string `json:"on"`   // the day that it bears
	Scan        string `json:"scan"` // SM3 of the scan
	File        string `json:"file"` // the scan among the files
	RecordedID  string `json:"recorded_id"`
	RecordedBy  string `json:"recorded_by"`
	ConfirmedID string `json:"confirmed_id"`
	ConfirmedBy string `json:"confirmed_by"`
}

// OnPaper says that it is a weaker proof: in ink, not with a key.
func (s Signature) OnPaper() bool { return s.Kind == InInk }

// Sample says that the signer is a demonstration.
func (s Signature) Sample() bool { return s.Certificate.Sample }

// Sign puts the user's signature under the text, in a post, with a key that was unlocked before the transaction. read
// is the digest of what the signer has read. Conflict: the text has changed since, the key's certificate names
// somebody else, or the key was retired or waits to be compared.
func (t Frozen) Sign(tx *db.Tx, by auth.User, role string, post auth.Post, read string,
	key account.Unlocked) (Signature, error) {
	if read != t.Digest {
		return Signature{}, errs.Conflictf("内容在您阅读之后有变化，没有签字。请重新阅读下面的内容，核对摘要后再签。")
	}
	known, err := account.KeyByID(tx, key.ID)
	if err != nil {
		return Signature{}, err
	}
	if known.PersonID != by.ID || known.Certificate.Name != by.Name {
		return Signature{}, errs.Conflictf("签名证书上的姓名与您现在的姓名不一致。请到“我的账号”重新设置签名口令后再签。")
	}
	if err := account.MayBeUsed(tx, known); err != nil { // it may have been retired since it was unlocked
		return Signature{}, err
	}
	value, err := key.Private.Sign([]byte(t.Text))
	return Signature{Role: role, PersonID: by.ID, Person: by.Name, Post: post.RoleName, Unit: post.UnitName,
		At: tx.Now, KeyID: key.ID, PublicKey: known.PublicKey, Certificate: known.Certificate, Value: value,
		Digest: t.Digest}, err
}

// Took says whether a person, or somebody with the person's key, is among those who signed.
func Took(all []Signature, by auth.User, key account.Unlocked) bool {
	return slices.ContainsFunc(all, func(s Signature) bool { return s.PersonID == by.ID || s.KeyID == key.ID })
}
