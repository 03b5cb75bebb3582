package account_test

// Passwords and signing keys hold without a page: locks after five tries, the server's pepper, keys that retire. Its
// office is the person whom the package's other tests work with; pages are in web_test.go and manage_test.go.

import (
	"context"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
)

const (
	password = "correct horse"
	phrase   = "签名口令一二三四"
)

// office makes a person with an account and a signing key.
func office(t *testing.T, d *db.DB, secrets account.Secrets) auth.User {
	t.Helper()
	hash, err := auth.HashPassword(password, "")
	must(t, err)
	var u auth.User
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		p, err := network.AddPerson(tx, network.Person{Name: "张三"})
		if err != nil {
			return err
		}
		u = auth.User{ID: p.ID, Name: p.Name}
		return account.Create(tx, auth.User{ID: "test"}, p.ID, "zhang", hash)
	}))
	key, err := account.MakeKey(u, phrase, secrets)
	must(t, err)
	must(t, d.Update(context.Background(), func(tx *db.Tx) error { return account.AddKey(tx, u, key, secrets) }))
	return u
}

func newSecrets(t *testing.T) account.Secrets {
	t.Helper()
	key, err := sign.Generate()
	must(t, err)
	return account.Secrets{Pepper: []byte("pepper of this server"), Installation: key}
}

func TestPasswordLocksAfterFiveTries(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {

		u := office(t, d, newSecrets(t))
		check := func(password string) error {
			return try(d, "zhang", password)
		}
		for i := range 5 {
			if err := check("wrong"); errs.KindOf(err) != errs.Invalid {
				t.Fatalf("wrong password, try %d: %v", i+1, err)
			}
		}
		if err := check(password); errs.KindOf(err) != errs.Conflict {
			t.Fatalf("the right password is let in while locked: %v", err)
		}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			return tx.Exec(`UPDATE signin_tries SET locked_until = $1`, now.Add(-time.Second))
		}))
		if err := check(password); err != nil {
			t.Fatalf("after the lock has passed: %v", err)
		}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			_, err := account.SignIn(tx, u.ID, auth.Cookie, "")
			return err
		}))
		for i := range 4 {
			if err := check("wrong"); errs.KindOf(err) != errs.Invalid {
				t.Fatalf("a successful sign-in does not start the count anew: try %d: %v", i+1, err)
			}
		}
	}, db.WithClock(func() time.Time { return now }))
}

func TestUnlockCountsWrongPhrases(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		secrets := newSecrets(t)
		u := office(t, d, secrets)
		for i := range 5 {
			_, err := account.Unlock(context.Background(), d, u, "wrong phrase", secrets)
			if says := []string{"还可以试", "锁定15分钟"}[i/4]; errs.KindOf(err) != errs.Invalid ||
				!strings.Contains(err.Error(), says) {
				t.Fatalf("wrong phrase, try %d: %v", i+1, err)
			}
		}
		if _, err := account.Unlock(context.Background(), d, u, phrase, secrets); errs.KindOf(err) != errs.Conflict {
			t.Fatalf("the right phrase opens a locked key: %v", err)
		}
	})
}

func TestKeySignsAndNewKeyKeepsOldSignatures(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		secrets := newSecrets(t)
		u := office(t, d, secrets)
		first, err := account.Unlock(context.Background(), d, u, phrase, secrets)
		must(t, err)
		signature, err := first.Private.Sign([]byte("text"))
		must(t, err)
		second, err := account.MakeKey(u, "another phrase", secrets)
		must(t, err)
		must(t, d.Update(context.Background(), func(tx *db.Tx) error { return account.AddKey(tx, u, second, secrets) }))
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			old, err := account.KeyByID(tx, first.ID)
			if err != nil {
				return err
			}
			if err := sign.Verify(old.PublicKey, []byte("text"), signature); err != nil {
				t.Errorf("a signature of a retired key no longer verifies: %v", err)
			}
			public, err := secrets.Installation.Public()
			if err != nil {
				return err
			}
			if err := old.Certificate.Verify(public); err != nil {
				t.Errorf("the certificate does not verify: %v", err)
			}
			now, err := account.KeyOf(tx, u.ID)
			if now.ID != second.ID {
				t.Errorf("the current key is %s, want the new one", now.ID)
			}
			return err
		}))
	})
}

func TestWithoutPepperTheKeyStaysLocked(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	secrets := newSecrets(t)
	u := office(t, d, secrets)
	secrets.Pepper = []byte("of another server")
	if _, err := account.Unlock(context.Background(), d, u, phrase, secrets); err == nil {
		t.Fatal("a stolen database opens a key without the server's pepper")
	}
}

func TestSampleAccountsWorkOnThisMachineOnly(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	hash, err := auth.HashPassword(password, "")
	must(t, err)
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		p, err := network.AddPerson(tx, network.Person{Name: "统计负责人(演示)", Sample: true})
		if err != nil {
			return err
		}
		return account.Create(tx, auth.User{}, p.ID, "sample", hash)
	}))
	if _, err := account.CheckPassword(context.Background(), d,
		account.Try{Login: "sample", Password: password, Local: false}); errs.KindOf(err) != errs.Denied {
		t.Fatalf("a sample account gets in from another machine: %v", err)
	}
	if _, err := account.CheckPassword(context.Background(), d,
		account.Try{Login: "sample", Password: password, Local: true}); err != nil {
		t.Fatalf("a sample account does not get in on this machine: %v", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
