package submission

// Checking a receipt that anybody sends; it keeps nothing and tells only what the receipt itself says.

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// maxReceipt bounds what anybody may send to be checked.
const maxReceipt = 256 << 10

// qrText leads to the page that checks a receipt; where nobody said what the site's address is, it is number and
// digest.
func qrText(base, id string, v Version) string {
	if base == "" {
		return fmt.Sprintf("yipanqi receipt %s v%d SM3 %s", id, v.Number, v.Digest)
	}
	return base + "/receipt?" + url.Values{"sm3": {v.Digest}}.Encode()
}

// checkInput is a receipt sent to be checked, and the digest that its paper shows.
type checkInput struct {
	SM3  string      `json:"sm3"`
	File *web.Upload `json:"file"`
}

// MaxBody also leaves room for what a form puts around the file.
func (checkInput) MaxBody() int64 { return maxReceipt }

// checkData is the page that anybody may open: it knows only what it is sent, and this installation's key.
type checkData struct {
	Issuer string  `json:"issuer"` // fingerprint of this installation's key
	SM3    string  `json:"sm3,omitempty"`
	Result *Result `json:"result,omitempty"`
}

func (p pages) askReceipt(_ *web.Request, in struct {
	SM3 string `json:"sm3"`
}) (d checkData, err error) {
	d.SM3 = in.SM3
	key, err := p.secrets.Installation.Public()
	d.Issuer = sign.Fingerprint(key)
	return d, err
}

func (p pages) checkReceipt(_ *web.Request, in checkInput) (d checkData, err error) {
	key, err := p.secrets.Installation.Public()
	if err != nil {
		return d, err
	}
	d.Issuer, d.SM3 = sign.Fingerprint(key), strings.ToLower(strings.TrimSpace(in.SM3))
	if in.File == nil || len(in.File.Body) == 0 {
		return d, errs.Fields{"file": {Key: "请选择回执文件（.json）。"}}.Check("没有收到文件。")
	}
	if len(in.File.Body) > maxReceipt {
		return d, errs.Invalidf("文件太大：最大%d KB。请选对文件。", maxReceipt>>10)
	}
	result := VerifyReceipt(in.File.Body, string(key))
	if d.SM3 != "" && result.Digest != "" {
		same := signed.Assertion{Words: say.New("文件的摘要与纸上二维码的摘要一致"), OK: d.SM3 == result.Digest}
		result.Assertions = append(result.Assertions, same)
		result.Valid = result.Valid && same.OK
	}
	d.Result = &result
	return d, nil
}

// receiptPeriod is a period as a receipt writes it, in words if it is one.
func receiptPeriod(ctx context.Context, text string) string {
	p, err := period.Parse(text)
	if err != nil {
		return text
	}
	return part.Name(ctx, p.Label(""), p.LabelEN(""))
}

// codeWords say what the QR code holds.
func (d receiptData) codeWords(ctx context.Context) string {
	if d.leads {
		return part.T(ctx, "二维码：核验回执的网页和摘要")
	}
	return part.T(ctx, "二维码：报表编号、版本和摘要")
}
