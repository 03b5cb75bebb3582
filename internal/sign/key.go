package sign

// SM2 keys, signatures and SM3 digests over texts; how a key is kept is lock.go's.

import (
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/errs"
)

// PublicKey is the SM2 point 04‖X‖Y in 130 lower-case hex digits.
type PublicKey string

// Fingerprint is the SM3 digest of a public key's 130 digits, for people to compare.
func Fingerprint(key PublicKey) string { return Digest([]byte(key)) }

// PrivateKey is an SM2 key (GB/T 32918). The zero value is not usable.
type PrivateKey struct{ key *sm2.PrivateKey }

// Digest is SM3 (GB/T 32905) in lower-case hex, for people to compare.
func Digest(text []byte) string {
	sum := sm3.Sum(text)
	return hex.EncodeToString(sum[:])
}

// Generate makes a new random key.
func Generate() (PrivateKey, error) {
	key, err := sm2.GenerateKey(rand.Reader)
	return PrivateKey{key}, err
}

// ParseSecret reads what Secret wrote.
func ParseSecret(secret string) (PrivateKey, error) {
	scalar, err := hex.DecodeString(secret)
	if err != nil {
		return PrivateKey{}, fmt.Errorf("private key: %w", err)
	}
	return newPrivateKey(scalar)
}

func newPrivateKey(scalar []byte) (PrivateKey, error) {
	key, err := sm2.NewPrivateKey(scalar)
	if err != nil {
		return PrivateKey{}, fmt.Errorf("private key: %w", err)
	}
	return PrivateKey{key}, nil
}

// Secret is the key itself in hex, unprotected: for the installation's key file. Keys of people are
// kept by Lock.
func (k PrivateKey) Secret() (string, error) {
	scalar, err := k.scalar()
	return hex.EncodeToString(scalar), err
}

func (k PrivateKey) scalar() ([]byte, error) {
	key, err := k.key.ECDH()
	if err != nil {
		return nil, fmt.Errorf("private key: %w", err)
	}
	return key.Bytes(), nil
}

// Public is the half that verifies.
func (k PrivateKey) Public() (PublicKey, error) {
	key, err := sm2.PublicKeyToECDH(&k.key.PublicKey)
	if err != nil {
		return "", fmt.Errorf("public key: %w", err)
	}
	return PublicKey(hex.EncodeToString(key.Bytes())), nil
}

// Sign signs the whole text, never a digest of it: SM2 with SM3 over ZA and text, default user ID
// (GB/T 32918.2, GB/T 35276). The signature is ASN.1 DER in base64.
func (k PrivateKey) Sign(text []byte) (string, error) {
	sig, err := k.key.Sign(rand.Reader, text, sm2.DefaultSM2SignerOpts)
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	return base64.StdEncoding.EncodeToString(sig), nil
}

// Verify refuses sig unless the owner of key made it over exactly this text.
func Verify(key PublicKey, text []byte, sig string) error {
	point, err := key.point()
	if err != nil {
		return err
	}
	der, err := base64.StdEncoding.DecodeString(sig)
	if err != nil || base64.StdEncoding.EncodeToString(der) != sig || !sm2.VerifyASN1WithSM2(point, nil, text, der) {
		return errs.Invalidf("签名验证不通过：内容、签名或公钥在签名之后被改动过")
	}
	return nil
}

func (k PublicKey) point() (*ecdsa.PublicKey, error) {
	raw, err := hex.DecodeString(string(k))
	if err == nil && hex.EncodeToString(raw) == string(k) {
		if point, err := sm2.NewPublicKey(raw); err == nil {
			return point, nil
		}
	}
	return nil, errs.Invalidf("公钥无效：须为未压缩的SM2公钥，130位小写十六进制数字")
}
