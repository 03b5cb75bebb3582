package submission

// The receipt as page and as the file that is verified.

import (
	"encoding/json"

	"yipanqi/internal/signed"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type receiptInput struct {
	ID string `json:"id"`
}

// receiptData is the receipt; as JSON it is the receipt alone, as it is verified.
type receiptData struct {
	Receipt
	s       Submission
	content Content
	called  Called
	checks  []signed.Assertion
	code    part.QR
	issuer  part.QR // the fingerprint of the installation's key
	leads   bool    // the code holds an address
}

// MarshalJSON leaves everything but the receipt out.
func (d receiptData) MarshalJSON() ([]byte, error) { return json.Marshal(d.Plain()) }

// Plain is what a program gets.
func (d receiptData) Plain() Receipt { return d.Receipt }

func (p pages) receipt(r *web.Request, in receiptInput) (d receiptData, err error) {
	if d.s, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	v, err := current(r.Tx, d.s)
	if err != nil {
		return d, err
	}
	if d.Receipt, err = Issue(r.Tx, d.s, v, p.secrets.Installation); err != nil {
		return d, err
	}
	if d.content, err = ParseContent(v.Text); err != nil {
		return d, err
	}
	if d.called, err = CalledIn(r.Tx, d.s.Form); err != nil {
		return d, err
	}
	d.checks = v.Assertions(d.Installation.PublicKey)
	d.leads = r.BaseURL != ""
	if d.issuer, err = part.NewQR(d.Installation.ID); err != nil {
		return d, err
	}
	d.code, err = part.NewQR(qrText(r.BaseURL, d.s.ID, v))
	return d, err
}
