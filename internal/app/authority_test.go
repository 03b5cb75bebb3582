package app_test

// The slot for a lawful certificate service: what it says of a key stands within the certificate; a service that lies,
// is another, or does not answer gives nobody a key.

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/errs"
	"yipanqi/internal/sign"
)

// vouching is a certificate service of the tests: it signs what it is asked, as change says.
func vouching(t *testing.T, key sign.PrivateKey, change func(statement map[string]any)) *httptest.Server {
	return calling(t, "示范认证中心", key, change)
}

// calling is vouching under another name.
func calling(t *testing.T, name string, key sign.PrivateKey, change func(map[string]any)) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, err := io.ReadAll(r.Body)
		statement := map[string]any{}
		if err != nil || json.Unmarshal(asked, &statement) != nil || r.Header.Get("Authorization") != "Bearer secret" {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		statement["serial"] = "CA-1"
		if change != nil {
			change(statement)
		}
		text, err := sign.Canonical(statement)
		must(t, err)
		signature, err := key.Sign(text)
		must(t, err)
		public, err := key.Public()
		must(t, err)
		must(t, json.NewEncoder(w).Encode(sign.Outside{Authority: name, PublicKey: public,
			Statement: string(text), Signature: signature}))
	}))
	t.Cleanup(s.Close)
	return s
}

// endless is a service that answers for as long as somebody reads.
func endless(t *testing.T) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for err := error(nil); err == nil; {
			_, err = w.Write(make([]byte, 1<<20))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func TestACertificateServiceVouchesForKeys(t *testing.T) {
	t.Parallel()
	keys, public := [3]sign.PrivateKey{}, [3]sign.PublicKey{} // the installation's, the service's, a person's
	for i := range keys {
		var err error
		keys[i], err = sign.Generate()
		must(t, err)
		public[i], err = keys[i].Public()
		must(t, err)
	}
	own := sign.Own{Key: keys[0]}
	subject := sign.Subject{Serial: "k1", Name: "李局长", Unit: "卫生健康委", PublicKey: public[2]}
	certify := func(a sign.Authority) (sign.Certificate, error) { return a.Certify(context.Background(), subject) }
	alone, err := certify(own)
	must(t, err)
	if alone.Outside != (sign.Outside{}) || alone.Verify(public[0]) != nil {
		t.Errorf("the installation alone issues %+v", alone)
	}
	at := func(address, token string) sign.Authority {
		s, err := app.NewService(address, string(public[1]), token, own)
		must(t, err)
		return s
	}
	good := vouching(t, keys[1], nil)
	c, err := certify(at(good.URL, "secret"))
	must(t, err)
	if c.Outside.Authority != "示范认证中心" || c.Verify(public[0]) != nil || c.Outside.Vouches(c.Subject) != nil {
		t.Errorf("with a service it issues %+v", c)
	}
	forged := c
	forged.Outside.Authority = "别的机构"
	if forged.Verify(public[0]) == nil {
		t.Error("another name of the service passes")
	}
	for what, a := range map[string]sign.Authority{
		"a service of another key": at(vouching(t, keys[2], nil).URL, "secret"),
		"another name": at(vouching(t, keys[1], func(s map[string]any) { s["name"] = "别人" }).URL,
			"secret"),
		"another key": at(vouching(t, keys[1], func(s map[string]any) { s["public_key"] = string(public[0]) }).URL,
			"secret"),
		"a key that only looks like ours": at(vouching(t, keys[1], func(s map[string]any) {
			s["public_\u212aey"], s["public_key"] = s["public_key"], string(public[0]) // K as in kelvin
		}).URL, "secret"),
		"a name without end": at(calling(t, strings.Repeat("中心", 31), keys[1], nil).URL, "secret"),
		"a name that turns":  at(calling(t, "示范\u202e中心", keys[1], nil).URL, "secret"),
		"no name":            at(calling(t, " ", keys[1], nil).URL, "secret"),
		"more than it may say": at(vouching(t, keys[1], func(s map[string]any) {
			s["more"] = strings.Repeat("x", 16<<10)
		}).URL, "secret"),
		"an answer without end":  at(endless(t).URL, "secret"),
		"a service that refuses": at(good.URL, "wrong"),
		"nobody there":           at("http://127.0.0.1:1", "secret"),
	} {
		if _, err := certify(a); errs.KindOf(err) != errs.Conflict {
			t.Errorf("%s: %v, want a refusal in words", what, err)
		}
	}
	reached := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	t.Cleanup(other.Close)
	for _, status := range []int{http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		s := httptest.NewServer(http.RedirectHandler(other.URL, status))
		t.Cleanup(s.Close)
		if _, err := certify(at(s.URL, "secret")); errs.KindOf(err) != errs.Conflict || reached {
			t.Errorf("sent elsewhere by %d: %v; the other host learned whose key is made: %v", status, err, reached)
		}
	}
	for _, address := range []string{"http://ca.example/sign", "ca.example", "https://user@ca.example/"} {
		if _, err := app.NewService(address, string(public[1]), "", own); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s is taken: %v", address, err)
		}
	}
}
