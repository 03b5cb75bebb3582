package auth_test

// Who sees and may do what by role and area, passwords that are refused, sessions that end. Sign-in itself: package
// account.

import (
	"context"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
)

func user(role, unit, path string) auth.User {
	return auth.User{ID: role, Posts: []auth.Post{{Role: role, Unit: unit, AreaPath: path}}}
}

func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		who        auth.User
		unit, path string
		sees       bool
	}{
		{user(auth.Office, "CITY", "1."), "D1", "1.2.", true},
		{user(auth.Office, "D1-OFFICE", "1.2."), "D1", "1.2.", true},
		{user(auth.Office, "D1-OFFICE", "1.2."), "D2", "1.3.", false},
		{user(auth.Office, "D1-OFFICE", "1.2."), "CITY", "1.", false},
		{user(auth.Office, "D2-OFFICE", "1.2."), "X", "1.20.", false}, // 2 is no prefix of 20
		{user(auth.Statistician, "D1", "1.2."), "D1", "1.2.", true},
		{user(auth.Statistician, "D1", "1.2."), "OTHER", "1.2.", false},
		{user(auth.CommitteeChief, "CITY", "1."), "D1", "1.2.", true},
		{user(auth.SystemAdmin, "CITY", "1."), "CITY", "1.", false},
		{user(auth.AuditAdmin, "D1", "1.2."), "D1", "1.2.", false},
		{auth.User{}, "", "1.", false},
	} {
		if got := c.who.Sees(c.unit, c.path); got != c.sees {
			t.Errorf("%s of %v sees %s in %s: %t, want %t", c.who.ID, c.who.Posts, c.unit, c.path, got, c.sees)
		}
	}
}

// In a program the modules grant.
var _ = auth.Grant(auth.Grants{auth.Readers: {"board.read"}, auth.Everybody: {"session.close"},
	auth.Statistician: {"submission.prepare"}, auth.Leader: {"submission.sign"}, auth.Office: {"submission.accept"},
	auth.AuditAdmin: {"journal.read"}})

func TestVerbs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role, verb string
		can        bool
	}{
		{auth.Statistician, "submission.prepare", true}, {auth.Statistician, "submission.sign", false},
		{auth.Leader, "submission.sign", true}, {auth.Leader, "submission.accept", false},
		{auth.Office, "submission.accept", true}, {auth.Office, "submission.prepare", false},
		{auth.SystemAdmin, "board.read", false}, {auth.SystemAdmin, "session.close", true},
		{auth.Leader, "board.read", true}, {"boss", "session.close", false}, {auth.AuditAdmin, "journal.read", true},
		{"boss", "board.read", false}, {auth.Liaison, auth.Public, true}, {auth.Office, "nonsense", false},
	} {
		err := user(c.role, "U", "1.").Check(c.verb)
		if (err == nil) != c.can || err != nil && errs.KindOf(err) != errs.Denied {
			t.Errorf("%s may %q: %v, want %t", c.role, c.verb, err, c.can)
		}
		asked := c.role == auth.Office || c.role == auth.SystemAdmin
		if err != nil && asked == strings.Contains(err.Error(), "请联系") {
			t.Errorf("%s, refused %q, is sent to: %v", c.role, c.verb, err)
		}
	}
}

func TestNobodyGrantsToAnUnknownRole(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("something was granted to a role that there is not")
		}
	}()
	auth.Grant(auth.Grants{"boss": {"board.read"}})
}

func TestPassword(t *testing.T) {
	t.Parallel()
	hash, err := auth.HashPassword("一二三四五六七八", "")
	if err != nil || !auth.PasswordMatches(hash, "一二三四五六七八") || auth.PasswordMatches(hash, "一二三四五六七") {
		t.Errorf("the hash does not tell right from wrong: %v", err)
	}
	if again, _ := auth.HashPassword("一二三四五六七八", ""); again == hash {
		t.Error("two hashes of one password are the same: there is no salt")
	}
	if _, err := auth.HashPassword("short", ""); errs.FieldsOf(err)["password"].IsZero() {
		t.Errorf("a short password is taken: %v", err)
	}
	for password, login := range map[string]string{"12345678": "", "Password1": "", "LiuYifei1": "liuyifei1",
		"wangwang": "wang"} {
		if _, err := auth.HashPassword(password, login); errs.FieldsOf(err)["password"].IsZero() {
			t.Errorf("%q of %q is taken: %v", password, login, err)
		}
	}
	for _, broken := range []string{"", "plain", "$argon2id$v=19$m=1", "$argon2i$v=19$m=19456,t=2,p=1$AA$AA"} {
		if auth.PasswordMatches(broken, "") {
			t.Errorf("the broken hash %q matches", broken)
		}
	}
}

func TestSessionsExpireAndEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var first, second string
		update(t, d, func(tx *db.Tx) (err error) {
			if first, _, err = auth.OpenSession(tx, "p1", auth.Cookie); err != nil {
				return err
			}
			second, _, err = auth.OpenSession(tx, "p1", auth.Bearer)
			return err
		})
		holds := func(secret, kind string) (ok bool) {
			update(t, d, func(tx *db.Tx) error {
				person, err := auth.SessionPerson(tx, secret, kind)
				ok = err == nil && person == "p1"
				return nil
			})
			return ok
		}
		if !holds(first, auth.Cookie) || !holds(second, auth.Bearer) || holds(second, auth.Cookie) ||
			holds("", auth.Cookie) || holds("guess", auth.Bearer) {
			t.Error("sessions are mixed up")
		}
		update(t, d, func(tx *db.Tx) error {
			return tx.Exec(`UPDATE sessions SET expires_at = $1 WHERE kind = 'cookie'`, tx.Now.Add(-time.Second))
		})
		if holds(first, auth.Cookie) {
			t.Error("an expired session still opens")
		}
		update(t, d, func(tx *db.Tx) error { return auth.CloseSessions(tx, "p1") })
		if holds(second, auth.Bearer) {
			t.Error("a closed session still opens")
		}
	})
}

func update(t *testing.T, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}
