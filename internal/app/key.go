package app

// The installation's public key for others to know our receipts by. The private one never leaves secrets.go.

import (
	"context"

	"yipanqi/internal/sign"
	"yipanqi/internal/web/part"
)

// ShownKey is the installation's public key as it is published: by it others know whose receipts are ours.
type ShownKey struct {
	Fingerprint string         `json:"fingerprint"`
	PublicKey   sign.PublicKey `json:"public_key"`
	PEM         string         `json:"pem"`
	SVG         string         `json:"-"`
	QR          string         `json:"-"` // for a terminal
}

// Key shows the installation's public key.
func (a *App) Key(ctx context.Context) (k ShownKey, err error) {
	in, err := a.known(ctx)
	if err != nil {
		return k, err
	}
	k.PublicKey = sign.PublicKey(in.publicKey)
	k.Fingerprint = sign.Fingerprint(k.PublicKey)
	if k.PEM, err = k.PublicKey.PEM(); err != nil {
		return k, err
	}
	code, err := part.NewQR(k.Fingerprint)
	k.SVG, k.QR = code.SVG(), code.Terminal()
	return k, err
}
