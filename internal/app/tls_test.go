package app_test

// A real server answers by https with a certificate that is renewed while it runs, and slows down who guesses.

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/errs"
)

// certify writes a certificate of this machine with that number.
func certify(t *testing.T, dir string, number int64) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	made := &x509.Certificate{SerialNumber: big.NewInt(number), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, made, made, key.Public(), key)
	must(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	must(t, err)
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: der},
		"key.pem": {Type: "PRIVATE KEY", Bytes: secret}} {
		must(t, os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600))
	}
}

// A real server answers by https, marks its cookies, and shows a renewed certificate without a restart.
func TestHTTPSWithoutAProxy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	certify(t, dir, 1)
	load := func() (*app.Certificate, error) {
		return app.LoadCertificate(filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"))
	}
	certificate, err := load()
	must(t, err)
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), Certificate: certificate})
	must(t, err)
	defer a.Close()
	l, err := app.Listen("127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() {
		err := a.Serve(ctx, l)
		l.Close() // or who asks a server that did not start waits for ever
		served <- err
	}()
	defer func() {
		stop()
		if err := <-served; err != nil && err != http.ErrServerClosed {
			t.Errorf("serve: %v", err)
		}
	}()
	ask := func() *http.Response {
		t.Helper()
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, ForceAttemptHTTP2: true,
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}, // its own certificate: nobody vouches for it
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		answer, err := client.Post("https://"+l.Addr().String()+"/language", "application/x-www-form-urlencoded",
			strings.NewReader("lang=en&next=/"))
		must(t, err)
		answer.Body.Close()
		return answer
	}
	answer := ask()
	if cookie := answer.Header.Get("Set-Cookie"); !strings.Contains(cookie, "; Secure") ||
		answer.Header.Get("Strict-Transport-Security") == "" || answer.TLS.Version < tls.VersionTLS12 ||
		answer.ProtoMajor != 2 {
		t.Errorf("%s %d, cookie %q, %v", answer.Proto, answer.StatusCode, cookie, answer.Header)
	}
	// A search for 10,000 characters is answered in words, by the program and not by the server under it.
	long := &http.Client{Transport: &http.Transport{DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}} // its own certificate, as above
	said, err := long.Get("https://" + l.Addr().String() + "/search?q=" + strings.Repeat("%E5%A6%87", 10_000))
	must(t, err)
	said.Body.Close()
	if said.StatusCode == http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("10,000 Chinese characters are answered %d by %s", said.StatusCode, said.Proto)
	}
	number := func() int64 { return ask().TLS.PeerCertificates[0].SerialNumber.Int64() }
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP) // one that comes late must not end the tests
	renew := func(want int64) {
		t.Helper()
		must(t, syscall.Kill(os.Getpid(), syscall.SIGHUP))
		for deadline := time.Now().Add(10 * time.Second); number() != want; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("after SIGHUP the certificate is number %d, want %d", number(), want)
			}
		}
	}
	certify(t, dir, 2)
	if got := number(); got != 1 {
		t.Errorf("the certificate changed by itself to %d", got)
	}
	renew(2)
	must(t, os.WriteFile(filepath.Join(dir, "key.pem"), []byte("none"), 0o600))
	renew(2)
	if _, err := load(); errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), "--tls-key") {
		t.Errorf("a broken key is said as %v", err)
	}
}

// Guessing is slowed down for each client of a named proxy; clients of one that nobody named share one allowance, also
// where the proxy runs on this machine.
func TestGuessingIsSlowedForEachClient(t *testing.T) {
	t.Parallel()
	for name, proxies := range map[string][]netip.Prefix{"named": {netip.MustParsePrefix("127.0.0.1/32")},
		"nobody named": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), Proxies: proxies})
			must(t, err)
			t.Cleanup(func() { a.Close() })
			h, err := a.Handler()
			must(t, err)
			ask := func(client, wants, lang string) *httptest.ResponseRecorder {
				r := httptest.NewRequest("POST", "/tokens", strings.NewReader(`{"nothing":1}`))
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Accept", wants)
				r.Header.Set("Accept-Language", lang)
				r.Header.Set("X-Forwarded-For", client)
				r.RemoteAddr = "127.0.0.1:4000"
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				return w
			}
			guess := func(client string) int { return ask(client, "application/json", "zh").Code }
			for i := range 30 {
				if code := guess("203.0.113.9"); code != http.StatusUnprocessableEntity {
					t.Fatalf("guess %d: %d", i, code)
				}
			}
			if code := guess("203.0.113.9"); code != http.StatusTooManyRequests {
				t.Errorf("the 31st guess: %d", code)
			}
			for _, c := range [][3]string{{"application/json", "zh", `"error":"这台计算机一分钟里试的次数太多，`},
				{"application/json", "en", `"error":"This computer has tried too often`},
				{"text/html", "zh", "请等一分钟再试。</"}, {"text/html", "en", "Wait a minute, then try again.</"}} {
				w := ask("203.0.113.9", c[0], c[1])
				if !strings.Contains(w.Body.String(), c[2]) || w.Header().Get("Retry-After") == "" {
					t.Errorf("too often, in %s and %s: %v %s", c[0], c[1], w.Header(), w.Body)
				}
			}
			want := http.StatusTooManyRequests
			if proxies != nil {
				want = http.StatusUnprocessableEntity
			}
			if code := guess("203.0.113.10"); code != want {
				t.Errorf("another client: %d, want %d", code, want)
			}
			read := func() int { // what nobody signs in for, by an allowance of its own
				r := httptest.NewRequest("GET", "/directory?format=json", nil)
				r.Header.Set("X-Forwarded-For", "203.0.113.9")
				r.RemoteAddr = "127.0.0.1:4000"
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				return w.Code
			}
			for i := range 300 {
				if code := read(); code != http.StatusOK {
					t.Fatalf("look %d: %d", i, code)
				}
			}
			if code := read(); code != http.StatusTooManyRequests {
				t.Errorf("the 301st look: %d", code)
			}
		})
	}
}
