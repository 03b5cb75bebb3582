package web

// Where a request came from and whether by https. A header says it only if a proxy that the administrator named wrote
// it: anybody can write headers.

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

type byHTTPS struct{}

// unknown is the address of who came through a named proxy that does not say for whom: of nobody, above all not of this
// machine.
const unknown = "0.0.0.0:0"

// Behind believes what the named proxies say of their clients, and takes their headers off.
func Behind(proxies []netip.Prefix, site http.Handler) http.Handler {
	named := func(a netip.Addr) bool {
		return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		peer, err := netip.ParseAddrPort(hr.RemoteAddr)
		if err != nil || !named(peer.Addr().Unmap()) {
			site.ServeHTTP(w, hr)
			return
		}
		ctx := hr.Context()
		if last(hr.Header.Values("X-Forwarded-Proto")) == "https" {
			ctx = context.WithValue(ctx, byHTTPS{}, true)
		}
		from := client(hr.Header.Values("X-Forwarded-For"), named)
		hr = hr.Clone(ctx)
		hr.RemoteAddr = from
		for name := range hr.Header {
			if forwards(name) {
				hr.Header.Del(name)
			}
		}
		site.ServeHTTP(w, hr)
	})
}

// client is whom the proxies came for: each adds whom it sees at the end, so the last that is no proxy of ours. What
// stands before it is hearsay.
func client(forwardedFor []string, named func(netip.Addr) bool) string {
	all := strings.Split(strings.Join(forwardedFor, ","), ",")
	from := unknown
	for _, text := range slices.Backward(all) {
		a, err := netip.ParseAddr(strings.TrimSpace(text))
		if err != nil {
			return unknown
		}
		from = net.JoinHostPort(a.Unmap().String(), "0")
		if !named(a.Unmap()) {
			break
		}
	}
	return from
}

func last(values []string) string {
	all := strings.Split(strings.Join(values, ","), ",")
	return strings.ToLower(strings.TrimSpace(all[len(all)-1]))
}

// forwards says whether a header is one that proxies, tunnels and caches add to what they pass on.
func forwards(header string) bool {
	return strings.Contains(header, "Forwarded") || strings.HasSuffix(header, "-Client-Ip") ||
		strings.HasSuffix(header, "-Connecting-Ip") || header == "Via" || header == "X-Real-Ip"
}

// Remote is the address that a request came from, empty if it says that it was passed on: by a proxy that nobody named.
func Remote(hr *http.Request) string {
	for name := range hr.Header {
		if forwards(name) {
			return ""
		}
	}
	return hr.RemoteAddr
}

// secure says whether the user reaches the site over https: then cookies are marked so.
func (c Config) secure(hr *http.Request) bool {
	return strings.HasPrefix(c.BaseURL, "https://") || hr.TLS != nil || hr.Context().Value(byHTTPS{}) != nil
}
