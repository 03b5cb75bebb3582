package signed_test

// Whatever is changed of a frozen text or the two signatures under it, an assertion fails. The bytes signed are tested
// in package sign.

import (
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// signer signs a frozen text as Sign does, with a key that the installation certified.
func signer(t *testing.T, f signed.Frozen, installation sign.PrivateKey, role, id, name string) signed.Signature {
	t.Helper()
	key, err := sign.Generate()
	must(t, err)
	public, err := key.Public()
	must(t, err)
	certificate, err := sign.Issue(installation, sign.Subject{Serial: "K-" + id, Name: name, PublicKey: public,
		IssuedAt: time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)})
	must(t, err)
	value, err := key.Sign([]byte(f.Text))
	must(t, err)
	return signed.Signature{Role: role, PersonID: id, Person: name, Post: "统计员", KeyID: certificate.Serial,
		PublicKey: public, Certificate: certificate, Value: value, Digest: f.Digest}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever is changed after two people signed, an assertion fails; unchanged, all hold.
func TestWhatTwoSigned(t *testing.T) {
	installation, err := sign.Generate()
	must(t, err)
	issuer, err := installation.Public()
	must(t, err)
	f, err := signed.Freeze(map[string]string{"甲": "1", "乙": "2"})
	must(t, err)
	a := signer(t, f, installation, "first", "p1", "王甲")
	b := signer(t, f, installation, "second", "p2", "李乙")
	other, err := sign.Generate()
	must(t, err)
	foreign := signer(t, f, other, "second", "p2", "李乙")
	failed := func(f signed.Frozen, all ...signed.Signature) bool {
		return signed.Failed(append(signed.Verified(f, all, issuer), signed.Apart(all, "first", "second"))) != nil
	}
	if failed(f, a, b) {
		t.Fatal("two good signatures under an unchanged text are refused")
	}
	if len(signed.Verified(f, []signed.Signature{a, b}, issuer)) != 6 {
		t.Error("of a text and two signatures not all was asserted: 2 of the text, 2 of each signature")
	}
	with := func(s signed.Signature, change func(*signed.Signature)) signed.Signature { change(&s); return s }
	text, digest := f, f
	text.Text = `{"乙":"2","甲":"9"}`
	digest.Digest = sign.Digest([]byte("another"))
	spaced := signed.Frozen{Text: `{ "乙":"2","甲":"1"}`}
	spaced.Digest = sign.Digest([]byte(spaced.Text))
	for what, bad := range map[string]bool{
		"another text":             failed(text, a, b),
		"another digest":           failed(digest, a, b),
		"a text that is not exact": failed(spaced, signer(t, spaced, installation, "first", "p1", "王甲"), b),
		"one signature":            failed(f, a),
		"none":                     failed(f),
		"three":                    failed(f, a, b, b),
		"places changed":           failed(f, b, a),
		"one person twice":         failed(f, a, with(b, func(s *signed.Signature) { s.PersonID = a.PersonID })),
		"one key twice": failed(f, a, with(a, func(s *signed.Signature) {
			s.Role, s.PersonID = "second", "p2"
		})),
		"another name":              failed(f, a, with(b, func(s *signed.Signature) { s.Person = "张丙" })),
		"another digest signed":     failed(f, a, with(b, func(s *signed.Signature) { s.Digest = "x" })),
		"another's certificate":     failed(f, a, with(b, func(s *signed.Signature) { s.Certificate = a.Certificate })),
		"another's key":             failed(f, a, with(b, func(s *signed.Signature) { s.PublicKey = a.PublicKey })),
		"another serial":            failed(f, a, with(b, func(s *signed.Signature) { s.KeyID = "K-9" })),
		"no signature":              failed(f, a, with(b, func(s *signed.Signature) { s.Value = "" })),
		"the other's signature":     failed(f, a, with(b, func(s *signed.Signature) { s.Value = a.Value })),
		"a certificate from abroad": failed(f, a, foreign),
	} {
		if !bad {
			t.Errorf("%s: everything is said to hold", what)
		}
	}
	if b.Holds(f, issuer) != true || foreign.Holds(f, issuer) {
		t.Error("Holds does not agree with the assertions")
	}
}

// The same person, or another with the same key, has signed already.
func TestTook(t *testing.T) {
	all := []signed.Signature{{PersonID: "p1", KeyID: "K1"}}
	for _, c := range []struct {
		person, key string
		want        bool
	}{{"p1", "K2", true}, {"p2", "K1", true}, {"p2", "K2", false}} {
		if got := signed.Took(all, auth.User{ID: c.person}, account.Unlocked{ID: c.key}); got != c.want {
			t.Errorf("%s with %s: took is %v", c.person, c.key, got)
		}
	}
}
