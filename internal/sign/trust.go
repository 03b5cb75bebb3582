package sign

// Whose keys somebody trusts, and a public key as other programs read it.

import (
	"encoding/hex"
	"encoding/pem"
	"regexp"
	"strings"

	"yipanqi/internal/errs"
)

// spki begins the DER of an SM2 public key (GM/T 0006, RFC 5480): the point follows.
const spki = "3059301306072a8648ce3d020106082a811ccf5501822d034200"

// PEM is the key as OpenSSL reads it.
func (k PublicKey) PEM() (string, error) {
	if _, err := k.point(); err != nil {
		return "", err
	}
	der, err := hex.DecodeString(spki + string(k))
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), err
}

// Trust are the issuers that somebody trusts, by fingerprint or public key.
type Trust []string

var (
	trusted = regexp.MustCompile(`(?i)\b(04[0-9a-f]{128}|[0-9a-f]{64})\b`)
	spaces  = strings.NewReplacer(" ", "", ":", "", "\t", "")
)

// ReadTrust finds the keys in a text: fingerprints or public keys, whatever stands beside them, or keys in PEM. A
// fingerprint may be written in groups if it stands alone.
func ReadTrust(text string) (t Trust, err error) {
	for rest := []byte(text); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if key, found := strings.CutPrefix(hex.EncodeToString(block.Bytes), spki); found {
			t = append(t, key)
		}
	}
	for _, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		found := trusted.FindAllString(line, -1)
		if len(found) == 0 {
			found = trusted.FindAllString(strings.TrimSpace(spaces.Replace(line)), -1)
		}
		for _, key := range found {
			t = append(t, strings.ToLower(key))
		}
	}
	if len(t) == 0 {
		return nil, errs.Invalidf("没有读到公钥或指纹：指纹是64位、公钥是130位十六进制数字，也可以是PEM格式的SM2公钥。")
	}
	return t, nil
}

// Holds says whether the key is one of them.
func (t Trust) Holds(key PublicKey) bool {
	for _, one := range t {
		if one != "" && (one == string(key) || one == Fingerprint(key)) {
			return true
		}
	}
	return false
}
