package app

// A lawful certificate service that is asked before a signing key is made: over the network, so never within a
// transaction. What it answers is believed only under the key that the installation was told.

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yipanqi/internal/account"
	"yipanqi/internal/errs"
	"yipanqi/internal/sign"
)

// service is a certificate service besides the installation, which it goes on to issue by.
type service struct {
	url   string
	token string
	trust sign.Trust
	own   sign.Authority
	http  *http.Client
}

const (
	askLimit   = 15 * time.Second
	mostAnswer = 16 << 10 // it stands in every receipt of who has the key
	mostName   = 60       // characters
)

// NewService checks the address, https or this machine, and reads the service's key: public key, fingerprint or PEM.
func NewService(address, key, token string, own sign.Authority) (sign.Authority, error) {
	u, err := url.Parse(address)
	local := err == nil && account.Loopback(u.Host)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return nil, errs.Invalidf("--authority 要写成 https:// 开头的地址：%s", address)
	}
	trust, err := sign.ReadTrust(key)
	return service{url: u.String(), token: token, trust: trust, own: own, http: &http.Client{Timeout: askLimit,
		CheckRedirect: stay}}, err
}

// stay follows nobody elsewhere: only the address that the installation was told learns whose key is made.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Certify has the service speak of the subject, then the installation.
func (s service) Certify(ctx context.Context, of sign.Subject) (sign.Certificate, error) {
	var err error
	if of.Outside, err = s.ask(ctx, of); err != nil {
		return sign.Certificate{}, err
	}
	if !s.trust.Holds(of.Outside.PublicKey) {
		return sign.Certificate{}, errs.Conflictf("答复的不是本系统约定的认证机构，没有设置签名密钥。请联系系统管理员。")
	}
	if !shown(of.Outside.Authority) || of.Outside.Vouches(of) != nil {
		return sign.Certificate{}, errs.Conflictf("认证机构的答复核验不通过，没有设置签名密钥。请联系系统管理员。")
	}
	return s.own.Certify(ctx, of)
}

// ask posts the subject as canonical JSON.
func (s service) ask(ctx context.Context, of sign.Subject) (said sign.Outside, err error) {
	text, err := sign.Canonical(of)
	if err != nil {
		return said, err
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(text))
	if err != nil {
		return said, err
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Accept", "application/json")
	if s.token != "" {
		q.Header.Set("Authorization", "Bearer "+s.token)
	}
	away := errs.Conflictf("认证机构现在没有答复，没有设置签名密钥。请稍后再试；一直不行请联系系统管理员。")
	answer, err := s.http.Do(q)
	if err != nil {
		return said, away
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil || answer.StatusCode/100 != 2 || json.Unmarshal(body, &said) != nil {
		return said, away
	}
	said.Authority = strings.TrimSpace(said.Authority)
	return said, nil
}

// shown says whether a name can stand beside every signature: short, and all of it to be seen.
func shown(name string) bool {
	return utf8.RuneCountInString(name) <= mostName && !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError
	})
}
