package submission

import (
	"encoding/json"
	"fmt"
	"strings"

	"rsc.io/qr"

	"yipanqi/internal/web"
)

type receiptInput struct {
	ID string `json:"id"`
}

// receiptData is the receipt; as JSON it is the receipt alone, as it is verified.
type receiptData struct {
	Receipt
	s       Submission
	content Content
	checks  []Check
	code    qrCode
}

// MarshalJSON leaves everything but the receipt out.
func (d receiptData) MarshalJSON() ([]byte, error) { return json.Marshal(d.Receipt) }

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
	d.checks = v.Checks(d.Installation.PublicKey)
	d.code, err = newQRCode(fmt.Sprintf("yipanqi receipt %s v%d SM3 %s", d.s.ID, v.Number, v.Digest))
	return d, err
}

// qrCode is a QR code as the path of an SVG with one unit a module.
type qrCode struct {
	size int
	path string
}

func newQRCode(text string) (qrCode, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return qrCode{}, err
	}
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return qrCode{code.Size, path.String()}, nil
}

// viewBox leaves the quiet zone of four modules that readers need.
func (q qrCode) viewBox() string { return fmt.Sprintf("-4 -4 %d %d", q.size+8, q.size+8) }
