package sign

// Private keys under a signing phrase and the server's pepper, so that neither the table nor the phrase alone opens
// one.

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
	"golang.org/x/crypto/argon2"

	"yipanqi/internal/errs"
)

// Locked is a private key encrypted under a signing phrase and the server's pepper:
// sm2$argon2id$m=19456,t=2,p=1$salt$sm4-gcm$nonce‖box, the last two in unpadded base64. The SM4 key is
// Argon2id(HMAC-SM3(pepper, phrase), salt).
type Locked string

// ErrPhrase says that the signing phrase, or the pepper, is not the one the key was locked with.
var ErrPhrase = errs.Invalidf("签名口令不正确")

var errDamaged = errors.New("locked private key: damaged")

const (
	minPhrase = 8  // characters
	minPepper = 16 // bytes
)

// cost is what one guess at a phrase takes. The default is OWASP's: about 35 ms.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

func defaultCost() cost { return cost{memory: 19 << 10, passes: 2, threads: 1} }

// Lock encrypts the key. The phrase needs at least 8 characters, the pepper 16 bytes.
func (k PrivateKey) Lock(phrase string, pepper []byte) (Locked, error) {
	if utf8.RuneCountInString(phrase) < minPhrase {
		return "", errs.Fields{"phrase": {Key: "签名口令至少8个字符"}}.Check("请换一个签名口令")
	}
	scalar, err := k.scalar()
	if err != nil {
		return "", err
	}
	c := defaultCost()
	salt, nonce := random(16), random(12)
	box, err := c.cipher(phrase, pepper, salt)
	if err != nil {
		return "", err
	}
	return Locked(fmt.Sprintf("sm2$argon2id$m=%d,t=%d,p=%d$%s$sm4-gcm$%s", c.memory, c.passes, c.threads,
		encode(salt), encode(box.Seal(nonce, nonce, scalar, nil)))), nil
}

// Unlock decrypts the key. A wrong phrase is ErrPhrase.
func (l Locked) Unlock(phrase string, pepper []byte) (PrivateKey, error) {
	c, salt, sealed, err := l.parse()
	if err != nil {
		return PrivateKey{}, err
	}
	box, err := c.cipher(phrase, pepper, salt)
	if err != nil {
		return PrivateKey{}, err
	}
	nonce := sealed[:box.NonceSize()]
	scalar, err := box.Open(nil, nonce, sealed[len(nonce):], nil)
	if err != nil {
		return PrivateKey{}, ErrPhrase
	}
	return newPrivateKey(scalar)
}

func (l Locked) parse() (c cost, salt, sealed []byte, err error) {
	parts := strings.Split(string(l), "$")
	if len(parts) != 6 || parts[0] != "sm2" || parts[1] != "argon2id" || parts[4] != "sm4-gcm" {
		return c, nil, nil, errDamaged
	}
	_, costErr := fmt.Sscanf(parts[2], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads)
	salt, saltErr := decode(parts[3])
	sealed, sealedErr := decode(parts[5])
	tooCheap := c.memory < 8 || c.passes < 1 || c.threads < 1 || len(salt) < 16
	tooDear := c.memory > 1<<18 || c.passes > 16 || c.threads > 16
	if errors.Join(costErr, saltErr, sealedErr) != nil || tooCheap || tooDear || len(sealed) < 12 {
		return c, nil, nil, errDamaged
	}
	return c, salt, sealed, nil
}

func (c cost) cipher(phrase string, pepper, salt []byte) (cipher.AEAD, error) {
	if len(pepper) < minPepper {
		return nil, fmt.Errorf("pepper: %d bytes, want at least %d", len(pepper), minPepper)
	}
	mac := hmac.New(sm3.New, pepper)
	mac.Write([]byte(phrase))
	block, err := sm4.NewCipher(argon2.IDKey(mac.Sum(nil), salt, c.passes, c.memory, c.threads, sm4.BlockSize))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails, see crypto/rand
	return b
}

func encode(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

func decode(s string) ([]byte, error) { return base64.RawStdEncoding.Strict().DecodeString(s) }
