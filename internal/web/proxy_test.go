package web_test

// Only what a named proxy says is believed, and of that only what it saw itself. A real proxy asks a real server.

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/web"
)

// through asks a real server by a real reverse proxy that writes these headers, and returns what the handler was told.
func through(t *testing.T, proxies []netip.Prefix, write func(out http.Header)) (said string, header http.Header) {
	t.Helper()
	m := web.NewMux(web.Config{DB: dbtest.Open(t, dbtest.SQLite(t)), Committed: func() {},
		Asset: func(n string) string { return n },
		User:  func(*db.Tx, string) (auth.User, error) { return auth.User{}, nil }})
	web.Update(m, "POST /who", web.Public, func(r *web.Request, _ struct{}) (web.Done[map[string]string], error) {
		return web.Done[map[string]string]{To: "/x", Language: "en",
			Data: map[string]string{"from": r.Remote, "site": r.Site}}, nil
	})
	server := httptest.NewServer(web.Behind(proxies, m.Handler()))
	defer server.Close()
	target, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = "yipanqi.example"
		write(r.Out.Header)
	}})
	defer proxy.Close()
	ask, err := http.NewRequest("POST", proxy.URL+"/who", nil)
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 {
		t.Fatalf("%d %s %v", answer.StatusCode, body, err)
	}
	return string(body), answer.Header
}

func TestBehindAProxy(t *testing.T) {
	t.Parallel()
	here := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for what, c := range map[string]struct {
		proxies    []netip.Prefix
		forwarded  string
		proto      string
		from, site string
		secure     bool
	}{
		"nobody is named": {nil, "203.0.113.9", "https", `"from":""`, `"http://yipanqi.example"`, false},
		"another is named": {[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, "127.0.0.1", "https",
			`"from":""`, `"http://yipanqi.example"`, false},
		"the proxy is named": {here, "203.0.113.9", "https", `"203.0.113.9:0"`,
			`"https://yipanqi.example"`, true},
		"the user came by http": {here, "203.0.113.9", "http", `"203.0.113.9:0"`,
			`"http://yipanqi.example"`, false},
		"the user wrote a header": {here, "127.0.0.1, 203.0.113.9", "http, https", `"203.0.113.9:0"`,
			`"https://`, true},
		"two proxies": {here, "198.51.100.7, 203.0.113.9, 127.0.0.5", "https", `"203.0.113.9:0"`,
			`"https://`, true},
		"the user is at the proxy": {here, "127.0.0.1", "https", `"127.0.0.1:0"`, `"https://`, true},
		"IPv6":                     {here, "2001:db8::7", "https", `"[2001:db8::7]:0"`, `"https://`, true},
		"nothing is said":          {here, "", "", `"0.0.0.0:0"`, `"http://`, false},
		"nonsense is said":         {here, "203.0.113.9, localhost", "", `"0.0.0.0:0"`, `"http://`, false},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			said, header := through(t, c.proxies, func(out http.Header) {
				out.Del("X-Forwarded-For")
				if c.forwarded != "" {
					out.Set("X-Forwarded-For", c.forwarded)
				}
				if c.proto != "" {
					out.Set("X-Forwarded-Proto", c.proto)
				}
			})
			if !strings.Contains(said, c.from) || !strings.Contains(said, c.site) {
				t.Errorf("%s, want %s and %s", said, c.from, c.site)
			}
			secure := strings.Contains(header.Get("Set-Cookie"), "Secure")
			if secure != c.secure || (header.Get("Strict-Transport-Security") != "") != c.secure {
				t.Errorf("cookie %q, HSTS %q, want secure %v", header.Get("Set-Cookie"),
					header.Get("Strict-Transport-Security"), c.secure)
			}
		})
	}
}
