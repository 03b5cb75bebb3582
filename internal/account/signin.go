package account

// How a password lets somebody in: what a stranger may learn from the answer, and what the journal keeps of it. Phrases
// and keys are in actions.go.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Try is one try to sign in. Local says that it came from this machine: sample accounts are refused elsewhere, because
// their passwords are public. From is the address it came from, for the journal.
type Try struct {
	Login, Password string
	Local           bool
	From            string
}

// digest stands for the login in the count of tries and in the journal: people type passwords there too.
func (t Try) digest() string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(t.Login)))
	return hex.EncodeToString(sum[:])
}

// found is whom a try is about; nobody if there is no such login.
type found struct {
	known   bool
	account Account
	person  network.Person
}

// find takes as many statements for an unknown login as for a known one.
func (t Try) find(tx *db.Tx) (f found, err error) {
	if f.account, f.known, err = db.Maybe(ByLogin(tx, strings.TrimSpace(t.Login))); err != nil {
		return f, err
	}
	f.person, _, err = db.Maybe(network.PersonByID(tx, f.account.PersonID))
	return f, err
}

// CheckPassword returns the person whose login and password these are. It counts the try in a transaction of its own
// and hashes outside of any. A login that nobody has gets the same answers, after the same work, as one that somebody
// has: wrong, then locked.
func CheckPassword(ctx context.Context, d *db.DB, t Try) (string, error) {
	return t.check(ctx, d, &trying)
}

// check takes its turn among those of this process. Each process has one try of a login under way, so right ones count
// as wrong at most as often as there are processes on a database.
func (t Try) check(ctx context.Context, d *db.DB, trying *turns) (string, error) {
	done, err := trying.turn(ctx, t.digest())
	if err != nil {
		return "", err
	}
	defer done()
	var f found
	var count tries
	err = d.Update(ctx, func(tx *db.Tx) (err error) {
		if f, err = t.find(tx); err != nil {
			return err
		}
		if count, err = triesOf(tx, t.digest()); err != nil {
			return err
		}
		if err := count.take(tx.Now); err != nil {
			return err
		}
		return putTries(tx, t.digest(), count)
	})
	if err != nil {
		return "", err
	}
	hash := nobodysHash
	if f.known {
		hash = f.account.Hash
	}
	if auth.PasswordMatches(hash, t.Password) && f.known && f.account.Made && f.account.Enabled {
		if err := d.Update(ctx, func(tx *db.Tx) error { return clearTries(tx, t.digest()) }); err != nil {
			return "", err
		}
		if f.person.Sample && !t.Local {
			return "", errs.Deniedf("演示账号只能在本机登录。")
		}
		return f.account.PersonID, nil
	}
	if err := d.Update(ctx, func(tx *db.Tx) error { return t.refused(tx, f, count) }); err != nil {
		return "", err
	}
	return "", errs.Fields{"password": {Key: "用户名或密码不正确。"}}.Check(
		"用户名或密码不正确，请检查大小写后重试。连续输错5次将锁定15分钟。")
}

const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// refused journals a try that failed. Tries while it is locked are not kept: they could fill the journal.
func (t Try) refused(tx *db.Tx, f found, count tries) error {
	object, detail := "login/"+t.digest()[:16], map[string]string{"from": t.From}
	if f.known {
		object = personObject(f.account.PersonID)
	}
	if f.known && !f.account.Enabled {
		detail["disabled"] = "true"
	}
	if f.known && !f.account.Made {
		detail["forged"] = "true"
	}
	if count.left() == 0 {
		detail["locked"] = "true"
	}
	return journal.Log(tx, journal.System, "session.refuse", object, detail)
}

func personObject(personID string) string { return "person/" + personID }

// SignIn opens a session for a person whose password was right. That the account is the newest was asked with the
// password; the entry of one that was changed in this transaction comes last in it.
func SignIn(tx *db.Tx, personID, kind, from string) (secret string, err error) {
	a, err := row(tx, `person_id = $1`, personID)
	if err != nil {
		return "", err
	}
	if a.Once && kind == auth.Bearer {
		return "", errs.Deniedf("一次性密码不能换程序用的令牌。请先在浏览器里登录，改成自己的密码。")
	}
	if !a.Enabled || !a.Made {
		return "", errs.Deniedf("账号已停用。请联系系统管理员。")
	}
	person, err := network.PersonByID(tx, personID)
	if err != nil {
		return "", err
	}
	secret, session, err := auth.OpenSession(tx, personID, kind)
	if err != nil {
		return "", err
	}
	return secret, journal.Log(tx, auth.User{ID: person.ID, Name: person.Name}, verbSessionOpen, personObject(personID),
		map[string]string{"kind": kind, "from": from, "session": session.Name()})
}

// SignOut ends the session of the secret.
func SignOut(tx *db.Tx, by auth.User, secret string) error {
	session, err := auth.CloseSession(tx, secret)
	if err != nil {
		return err
	}
	return journal.Log(tx, by, "session.close", personObject(by.ID), map[string]string{"session": session})
}

// turns lets one try at a time through for a login or a key: a try counts as wrong until it proves right, so many right
// ones at once would lock it.
type turns struct {
	mu   sync.Mutex
	each map[string]*queue
}

type queue struct {
	busy chan struct{}
	n    int
}

// maxQueue is how many may wait for the same login or key.
const maxQueue = 32

var trying = turns{each: map[string]*queue{}}

// turn waits until nobody else tries the key; done lets the next one in.
func (t *turns) turn(ctx context.Context, key string) (done func(), err error) {
	t.mu.Lock()
	q := t.each[key]
	if q == nil {
		q = &queue{busy: make(chan struct{}, 1)}
		t.each[key] = q
	}
	if q.n == maxQueue {
		t.mu.Unlock()
		return nil, &errs.Error{Kind: errs.Busy, Words: say.New("同时试的人太多。请过一会儿再试。")}
	}
	q.n++
	t.mu.Unlock()
	leave := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if q.n--; q.n == 0 {
			delete(t.each, key)
		}
	}
	select {
	case q.busy <- struct{}{}:
		return func() { <-q.busy; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}
