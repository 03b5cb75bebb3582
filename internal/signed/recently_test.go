package signed

// What verified lately is kept for a while, and a certificate that says anything else is verified anew.

import (
	"encoding/json"
	"testing"
	"time"

	"yipanqi/internal/sign"
)

// What verified is remembered while it is asked for, and no more of it than fits.
func TestWhatVerifiedIsRememberedForAWhile(t *testing.T) {
	r := Recently[int, int]{Half: 2}
	for i := range 100 {
		r.Put(i, -i)
		if v, known := r.Get(0); !known || v != 0 {
			t.Fatalf("asked for each time, it is forgotten after %d others", i)
		}
		if v, known := r.Get(i); !known || v != -i {
			t.Fatalf("put a moment ago, it is forgotten: %d", i)
		}
		if n := len(r.young) + len(r.old); n > 4 {
			t.Fatalf("%d are kept, want no more than 4", n)
		}
	}
	if _, known := r.Get(50); known {
		t.Error("what nobody asked for is kept for ever")
	}
}

// A certificate that was verified does not vouch for another one, nor by another key.
func TestACertificateIsVerifiedByAllThatItSays(t *testing.T) {
	t.Parallel()
	var keys [2]sign.PrivateKey
	var public [2]sign.PublicKey
	for i := range keys {
		var err error
		if keys[i], err = sign.Generate(); err == nil {
			public[i], err = keys[i].Public()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	c, err := sign.Issue(keys[0], sign.Subject{Serial: "k", Name: "甲", Unit: "u", Post: "p", PublicKey: public[1],
		Issuer: sign.Fingerprint(public[0]), IssuedAt: time.Date(2018, 12, 31, 8, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the first time and the one after it
		read, err := certificate(string(text))
		if err != nil || !certifies(read, public[0]) {
			t.Fatalf("the certificate does not hold: %v", err)
		}
		if certifies(read, public[1]) {
			t.Error("it holds by a key that did not issue it")
		}
		for what, change := range map[string]func(*sign.Certificate){
			"serial":    func(c *sign.Certificate) { c.Serial += "x" },
			"name":      func(c *sign.Certificate) { c.Name = "乙" },
			"unit":      func(c *sign.Certificate) { c.Unit = "v" },
			"post":      func(c *sign.Certificate) { c.Post = "" },
			"key":       func(c *sign.Certificate) { c.PublicKey = public[0] },
			"issuer":    func(c *sign.Certificate) { c.Issuer = "" },
			"day":       func(c *sign.Certificate) { c.IssuedAt = c.IssuedAt.Add(time.Second) },
			"sample":    func(c *sign.Certificate) { c.Sample = true },
			"outside":   func(c *sign.Certificate) { c.Outside.Authority = "x" },
			"signature": func(c *sign.Certificate) { c.Signature = c.Signature[1:] },
		} {
			edited := read
			if change(&edited); certifies(edited, public[0]) {
				t.Errorf("another %s, and it holds", what)
			}
		}
	}
	if _, err := certificate(string(text) + " x"); err == nil {
		t.Error("damaged text is read as a certificate")
	}
}
