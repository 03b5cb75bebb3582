package submission

// What a receipt holds and how it is sealed; checking one is receipt_verify.go's.

import (
	"encoding/json"
	"strconv"
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

const receiptSchema = "yipanqi/receipt/1"

// Receipt 回执 is everything needed to check a submission without server or database. Numbers are strings, as in
// all signed text. Leaves name the place of a change; Seal is the installation's signature over all the rest.
type Receipt struct {
	Schema       string             `json:"schema"`
	Sample       bool               `json:"sample,omitempty"`
	Submission   ReceiptSubmission  `json:"submission"`
	Content      json.RawMessage    `json:"content"` // the signed text, word for word
	Digest       string             `json:"digest"`
	Signatures   []signed.Signature `json:"signatures"`
	Journal      SealedHead         `json:"journal"`
	Installation Installation       `json:"installation"`
	IssuedAt     time.Time          `json:"issued_at"`
	Leaves       map[string]string  `json:"leaves,omitempty"`
	Seal         string             `json:"seal,omitempty"`
}

// ReceiptSubmission says what became of the version when the receipt was issued.
type ReceiptSubmission struct {
	ID         string    `json:"id"`
	Version    string    `json:"version"`
	State      State     `json:"state"` // signed or accepted
	AcceptedAt time.Time `json:"accepted_at,omitzero"`
}

// SealedHead is the last sealed link of the journal: through it a receipt finds a chain that was cut or rewritten.
type SealedHead struct {
	Seq  string `json:"seq"`
	Hash string `json:"hash"`
}

// Installation is who issues certificates and receipts. ID is the fingerprint of the key.
type Installation struct {
	ID        string         `json:"id"`
	PublicKey sign.PublicKey `json:"public_key"`
}

// seal puts together and seals what is known of a version with both signatures.
func seal(s Submission, v Version, head journal.Head, key sign.PrivateKey, now time.Time) (Receipt, error) {
	if !v.Signed() {
		return Receipt{}, errs.Missingf("还没有双签字，没有回执。")
	}
	content, err := ParseContent(v.Text)
	if err != nil {
		return Receipt{}, err
	}
	public, err := key.Public()
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Schema: receiptSchema, Sample: content.Sample, Content: json.RawMessage(v.Text),
		Digest: v.Digest, Signatures: v.Signatures,
		Submission:   ReceiptSubmission{ID: s.ID, Version: content.Version, State: Signed, AcceptedAt: v.AcceptedAt},
		Journal:      SealedHead{strconv.FormatInt(head.Seq, 10), head.Hash},
		Installation: Installation{sign.Fingerprint(public), public}, IssuedAt: now.UTC().Truncate(time.Second)}
	if !v.AcceptedAt.IsZero() {
		r.Submission.State = Accepted
	}
	text, err := sign.Canonical(r)
	if err != nil {
		return r, err
	}
	if r.Seal, err = key.Sign(text); err != nil {
		return r, err
	}
	r.Leaves, err = sign.Leaves(json.RawMessage(text))
	return r, err
}

// ReceiptHead reads the journal's head that a receipt carries.
func ReceiptHead(data []byte) (journal.Head, error) {
	var r Receipt
	if err := json.Unmarshal(data, &r); err != nil {
		return journal.Head{}, errs.Invalidf("这不是回执：%s", err.Error())
	}
	seq, err := strconv.ParseInt(r.Journal.Seq, 10, 64)
	if err != nil || r.Schema != receiptSchema {
		return journal.Head{}, errs.Invalidf("这不是回执，或者不完整。")
	}
	return journal.Head{Seq: seq, Hash: r.Journal.Hash}, nil
}
