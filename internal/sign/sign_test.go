package sign

// SM2 and SM3 as the standards' own examples have them; no flipped bit of text, signature, key or certificate passes,
// and a key opens with phrase and pepper alone.

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/errs"
)

const phrase = "一盘棋签名口令"

func pepper() []byte { return []byte("0123456789abcdef") }

func generate(t testing.TB) (PrivateKey, PublicKey) {
	t.Helper()
	key, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.Public()
	if err != nil {
		t.Fatal(err)
	}
	return key, public
}

func TestDigestIsSM3(t *testing.T) {
	t.Parallel()
	if got := Digest([]byte("abc")); got != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" {
		t.Errorf("SM3 of abc (GB/T 32905, A.1) is %s", got)
	}
}

// The example of GB/T 32918.5-2017, A.2: signature over "message digest" under the default user ID.
func TestVerifyKnowsTheExampleOfTheStandard(t *testing.T) {
	t.Parallel()
	const secret = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
	const public = PublicKey("04" +
		"09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020" +
		"ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
	der, err := hex.DecodeString("3046" +
		"022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3" +
		"022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(public, []byte("message digest"), base64.StdEncoding.EncodeToString(der)); err != nil {
		t.Errorf("the standard's signature is refused: %v", err)
	}
	key, err := ParseSecret(secret)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := key.Public(); err != nil || got != public {
		t.Errorf("the standard's private key has public key %s, %v", got, err)
	}
	if got, err := key.Secret(); err != nil || got != secret {
		t.Errorf("the secret comes back as %s, %v", got, err)
	}
	for _, secret := range []string{"", "zz", strings.Repeat("0", 64), strings.Repeat("f", 64), secret[2:]} {
		if _, err := ParseSecret(secret); err == nil {
			t.Errorf("%q passes as a private key", secret)
		}
	}
}

func TestEveryFlippedBitIsRefused(t *testing.T) {
	t.Parallel()
	key, public := generate(t)
	text := `{"value":"16.50"}`
	sig, err := key.Sign([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(public, []byte(text), sig); err != nil {
		t.Fatalf("a good signature is refused: %v", err)
	}
	for _, flipped := range flips(text) {
		if Verify(public, []byte(flipped), sig) == nil {
			t.Errorf("verifies over %q", flipped)
		}
	}
	for _, flipped := range flips(sig) {
		if Verify(public, []byte(text), flipped) == nil {
			t.Errorf("verifies with signature %q instead of %q", flipped, sig)
		}
	}
	for _, flipped := range flips(string(public)) {
		if Verify(PublicKey(flipped), []byte(text), sig) == nil {
			t.Errorf("verifies with key %q", flipped)
		}
	}
	_, other := generate(t)
	for what, err := range map[string]error{
		"another key":       Verify(other, []byte(text), sig),
		"no key":            Verify("", []byte(text), sig),
		"no signature":      Verify(public, []byte(text), ""),
		"no text":           Verify(public, nil, sig),
		"a longer text":     Verify(public, []byte(text+" "), sig),
		"a wrapped base 64": Verify(public, []byte(text), sig[:10]+"\n"+sig[10:]),
	} {
		if errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

// flips is s with one bit different, for every bit.
func flips(s string) []string {
	var flipped []string
	for i := range len(s) {
		for bit := range 8 {
			b := []byte(s)
			b[i] ^= 1 << bit
			flipped = append(flipped, string(b))
		}
	}
	return flipped
}

func TestLockedKeyOpensWithPhraseAndPepperOnly(t *testing.T) {
	t.Parallel()
	const phrase = phrase + "8"
	key, public := generate(t)
	locked, err := key.Lock(phrase, pepper())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(locked), "sm2$argon2id$m=19456,t=2,p=1$") {
		t.Errorf("the locked key does not say how it was made: %s", locked)
	}
	back, err := locked.Unlock(phrase, pepper())
	if err != nil {
		t.Fatalf("the right phrase is refused: %v", err)
	}
	if got, err := back.Public(); err != nil || got != public {
		t.Errorf("another key comes back: %s, %v", got, err)
	}
	again, err := key.Lock(phrase, pepper())
	if err != nil || again == locked {
		t.Errorf("locked twice, the text is the same: no salt (%v)", err)
	}
	if _, err := locked.Unlock(phrase+" ", pepper()); !errors.Is(err, ErrPhrase) || errs.KindOf(err) != errs.Invalid {
		t.Errorf("a wrong phrase gives %v, want ErrPhrase", err)
	}
	if _, err := locked.Unlock(phrase, []byte("fedcba9876543210")); !errors.Is(err, ErrPhrase) {
		t.Errorf("another server's pepper gives %v, want ErrPhrase", err)
	}
	for i, part := range strings.Split(string(locked), "$") {
		b := []byte(part)
		b[len(b)-1] ^= 1
		if _, err := Locked(strings.Replace(string(locked), part, string(b), 1)).Unlock(phrase, pepper()); err == nil {
			t.Errorf("opens with part %d changed from %s to %s", i, part, b)
		}
	}
	for _, damaged := range []Locked{"", "$$$$$", locked[:len(locked)-30], locked + "$",
		Locked(strings.Replace(string(locked), "m=19456", "m=4000000000", 1)),
		Locked(strings.Replace(string(locked), "t=2", "t=0", 1))} {
		if _, err := damaged.Unlock(phrase, pepper()); errs.KindOf(err) != errs.Internal &&
			!errors.Is(err, ErrPhrase) || err == nil {
			t.Errorf("%q gives %v", damaged, err)
		}
	}
}

func TestLockWantsALongPhraseAndPepper(t *testing.T) {
	t.Parallel()
	key, _ := generate(t)
	_, err := key.Lock(phrase, pepper()) // seven characters, twenty-one bytes
	if errs.KindOf(err) != errs.Invalid || errs.FieldsOf(err)["phrase"].IsZero() {
		t.Errorf("a phrase of seven characters gives %v, want a message on the field", err)
	}
	if _, err := key.Lock(phrase+"8", nil); err == nil || errs.KindOf(err) != errs.Internal {
		t.Errorf("no pepper gives %v, want an internal error", err)
	}
}

func issued(t *testing.T) (Certificate, PublicKey) {
	t.Helper()
	installation, root := generate(t)
	_, public := generate(t)
	c, err := Issue(installation, Subject{Serial: "1", Name: "甲", Unit: "示范单位",
		Post: "统计负责人", PublicKey: public,
		Issuer: "示范市妇儿工委办", IssuedAt: time.Date(2018, 12, 1, 8, 0, 0, 7,
			time.FixedZone("", 8*3600)), Sample: true})
	if err != nil {
		t.Fatal(err)
	}
	return c, root
}

func TestCertificateIsVerifiedAfterARoundTrip(t *testing.T) {
	t.Parallel()
	c, root := issued(t)
	text, err := Canonical(c)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"issued_at":"2018-12-01T00:00:00Z","issuer":"示范市妇儿工委办","name":"甲","post":"统计负责人","public_key":"` +
		string(c.PublicKey) + `","sample":true,"serial":"1","signature":"` + c.Signature + `","unit":"示范单位"}`
	if string(text) != want {
		t.Errorf("the certificate is\n%s\nwant\n%s", text, want)
	}
	var back Certificate
	if err := json.Unmarshal(text, &back); err != nil || back != c {
		t.Errorf("the certificate comes back as %+v, %v", back, err)
	}
	if err := back.Verify(root); err != nil {
		t.Errorf("a good certificate is refused: %v", err)
	}
	if err := back.Verify(c.PublicKey); err == nil {
		t.Error("a certificate verifies with a key that did not sign it")
	}
	installation, _ := generate(t)
	if _, err := Issue(installation, Subject{PublicKey: "04"}); err == nil {
		t.Error("a certificate is issued for what is no key")
	}
}

func TestEveryFlippedBitOfACertificateIsRefused(t *testing.T) {
	t.Parallel()
	c, root := issued(t)
	text, err := Canonical(c)
	if err != nil {
		t.Fatal(err)
	}
	inserted := []string{
		strings.Replace(string(text), `{`, `{"extra":"",`, 1),
		strings.Replace(string(text), `"name"`, `"Name"`, 1),
		strings.Replace(string(text), `00:00Z`, `00:00+00:00`, 1),
		strings.Replace(string(text), `"sample":true`, `"sample":false`, 1),
		strings.Replace(string(text), `"sample":true,`, ``, 1),
		strings.Replace(string(text), `"甲"`, `"乙"`, 1),
		strings.Replace(string(text), `"serial":"1"`, `"serial":1`, 1),
		`null`, `[]`,
	}
	for _, changed := range append(inserted, flips(string(text))...) {
		var c Certificate
		if json.Unmarshal([]byte(changed), &c) == nil && c.Verify(root) == nil {
			t.Errorf("passes: %s", changed)
		}
	}
}
