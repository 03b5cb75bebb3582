package cli

// `yipanqi key`: the installation's public key, for publication.

import (
	"fmt"
	"os"
)

type keyCommand struct {
	Show keyShowCommand `cmd:"" help:"Show the installation's public key and its fingerprint, as text and QR code."`
}

type keyShowCommand struct {
	SVG  string `name:"svg" placeholder:"FILE" help:"Write the QR code of the fingerprint as a picture."`
	PEM  string `name:"pem" placeholder:"FILE" help:"Write the public key as OpenSSL reads it."`
	JSON bool   `help:"Print as JSON."`
}

func (k keyShowCommand) Run(c *console) error {
	a, err := c.openToRead()
	if err != nil {
		return err
	}
	defer a.Close()
	shown, err := a.Key(c)
	if err != nil {
		return err
	}
	for name, text := range map[string]string{k.SVG: shown.SVG, k.PEM: shown.PEM} {
		if name != "" {
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				return err
			}
		}
	}
	if k.JSON {
		return c.json(shown)
	}
	fmt.Fprintf(c.out, "公钥指纹 fingerprint (SM3):\n%s\n\n%s\n公钥 public key (SM2):\n%s\n", shown.Fingerprint, shown.QR,
		shown.PublicKey)
	return nil
}
