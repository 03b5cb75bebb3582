// Package account is how a person gets in and signs: login and password, sessions and tokens, and the signing key
// that is kept encrypted under a signing phrase. What a person may do follows from posts (package network).
package account

import (
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/errs"
	"yipanqi/internal/sign"
)

// Account lets a person sign in. Once: with a password that somebody else set, which must be changed first. Made: the
// program wrote who it is, with which password, and whether it is open; an account that SQL changed lets nobody in.
type Account struct {
	PersonID string
	Login    string
	Hash     string
	Language string
	Enabled  bool
	Once     bool
	Made     bool
	Version  int64
	mark     string
}

// Key is a person's current signing key. Locked is the private half under phrase and pepper.
type Key struct {
	ID          string
	PersonID    string
	PublicKey   sign.PublicKey
	Certificate sign.Certificate
	Locked      sign.Locked
	CreatedAt   time.Time
	RetiredAt   time.Time // zero: in use
	tries
}

// What the journal calls steps that are asked for later.
const (
	verbAccountCreate  = "account.create"
	verbAccountDisable = "account.disable"
	verbAccountEnable  = "account.enable"
	verbPasswordChange = "account.change_password"
	verbPasswordReset  = "account.reset"
	verbSessionOpen    = "session.open"
	verbKeyCreate      = "key.create"
	verbKeyApprove     = "key.approve"
	verbKeyRetire      = "key.retire"
)

// Unlocked is a key ready to sign one thing.
type Unlocked struct {
	ID      string
	Private sign.PrivateKey
}

// Secrets live outside the database: the pepper that every locked key needs, and the installation's own key,
// which signs certificates and receipts.
type Secrets struct {
	Pepper       []byte
	Installation sign.PrivateKey
	Service      sign.Authority // that certifies keys besides the installation; nil: none does
}

// authority certifies keys: the installation, unless a service is asked first.
func (s Secrets) authority() sign.Authority {
	if s.Service != nil {
		return s.Service
	}
	return sign.Own{Key: s.Installation}
}

const (
	maxTries = 5
	lockFor  = 15 * time.Minute
)

// tries counts wrong passwords or phrases. A try is counted before it is checked, in a transaction of its own, so
// that many guesses at once cannot slip through and a refused request still counts.
type tries struct {
	Failures    int
	LockedUntil time.Time
}

// take counts one more try, or says until when there are no more.
func (t *tries) take(now time.Time) error {
	if t.Failures >= maxTries {
		if now.Before(t.LockedUntil) {
			return errs.Conflictf("连续输错%d次，已锁定。请在%d分钟后再试，或联系系统管理员。", maxTries,
				int(t.LockedUntil.Sub(now).Minutes())+1)
		}
		t.Failures = 0
	}
	t.Failures++
	if t.Failures == maxTries {
		t.LockedUntil = now.Add(lockFor)
	}
	return nil
}

// left is how many tries remain after a wrong one.
func (t tries) left() int { return maxTries - t.Failures }

func validateLogin(login string) error {
	if n := utf8.RuneCountInString(login); n < 2 || n > 64 || strings.ContainsAny(login, " \t\r\n") {
		return errs.Fields{"name": {Key: "用户名为2至64个字符，不含空格。"}}.Check("用户名不合要求。")
	}
	return nil
}

func validatePhrase(phrase string) error {
	if utf8.RuneCountInString(phrase) < 8 {
		return errs.Fields{"phrase": {Key: "签名口令至少8个字符，请勿与登录密码相同。"}}.Check("签名口令太短。")
	}
	return nil
}
