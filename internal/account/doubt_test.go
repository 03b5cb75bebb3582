package account_test

// Whoever owns the database or resets passwords signs in nobody's name: a key made after a reset waits for a third
// person, and old rows put back by SQL open nothing and are found.

import (
	"context"
	"net/url"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/web/webtest"
)

// Who sets another's password can make a key in their name; it signs nothing until a third person has compared it.
func TestAKeyAfterAResetWaits(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		ctx := context.Background()
		zhang, admin, guard := s.People["zhang"], s.People["admin"], s.People["guard"]
		secrets := newSecrets(t)
		do := func(fn func(tx *db.Tx) error) error { return s.DB.Update(ctx, fn) }
		rekey := func() {
			t.Helper()
			key, err := account.MakeKey(zhang, phrase, secrets)
			must(t, err)
			must(t, do(func(tx *db.Tx) error { return account.AddKey(tx, zhang, key, secrets) }))
		}
		opens := func(want bool) {
			t.Helper()
			if _, err := account.Unlock(ctx, s.DB, zhang, phrase, secrets); (err == nil) != want {
				t.Errorf("the key signs: %v", err)
			} else if !want && errs.KindOf(err) != errs.Conflict {
				t.Error(err)
			}
		}
		approve := func(by auth.User, want bool) {
			t.Helper()
			err := do(func(tx *db.Tx) error { return account.ApproveKey(tx, by, zhang.ID) })
			if (err == nil) != want {
				t.Errorf("%s approves: %v", by.Name, err)
			}
		}
		rekey()
		opens(true)
		approve(guard, false) // nothing waits
		must(t, do(func(tx *db.Tx) error { return account.Reset(tx, admin, zhang.ID, "x") }))
		opens(true) // the key from before: its phrase is no password
		must(t, do(func(tx *db.Tx) error { return account.ChangePassword(tx, zhang, zhang.ID, "y") }))
		rekey()
		opens(false)
		rekey() // nor does one more
		opens(false)
		approve(zhang, false)
		approve(admin, false)
		dbtest.Outside(t, s.DB, `INSERT INTO journal (at, actor_id, actor, verb, object, object_seq, detail)
			SELECT at, 'x', 'x', 'key.approve', object, object_seq + 50, detail FROM journal WHERE verb = 'key.create'`)
		opens(false) // SQL approves nothing
		dbtest.Outside(t, s.DB, `DELETE FROM journal WHERE actor_id = 'x'`)
		compare := "/security/" + zhang.ID + "/key/approve"
		s.Run(t,
			webtest.Scenario{As: "zhang", Path: "/profile", Contains: []string{"待核对", "重置密码", "证书指纹"}},
			webtest.Scenario{As: "admin", Path: compare, Form: url.Values{}, Status: 403},
			webtest.Scenario{As: "guard", Path: "/security?key=wait", Contains: []string{"张三", "已核对，准许签字"}},
			webtest.Scenario{As: "guard", Path: compare, Form: url.Values{}, Status: 303},
			webtest.Scenario{As: "guard", Path: "/security", NotContains: []string{"准许签字"}},
			webtest.Scenario{As: "guard", Path: "/security?key=wait", NotContains: []string{"张三"}})
		opens(true)
		rekey()
		opens(true) // the person was vouched for
		dbtest.Outside(t, s.DB, `CREATE TABLE two AS SELECT id, created_at, retired_at IS NULL AS used
			FROM signing_keys ORDER BY created_at DESC LIMIT 2`,
			`UPDATE signing_keys SET retired_at = created_at WHERE retired_at IS NULL`,
			`UPDATE signing_keys SET retired_at = NULL WHERE id IN (SELECT id FROM two WHERE NOT used)`)
		opens(false) // a retired key that SQL brought back
		finds(t, s.DB, "key.journal", "key.journal")
	})
}

// Rows that were right once lose their worth when the program writes the next: SQL puts them back in vain.
func TestOldRowsLetNobodyIn(t *testing.T) {
	eachSite(t, func(t *testing.T, s *webtest.Site) {
		zhang, admin := s.People["zhang"], s.People["admin"]
		dbtest.Outside(t, s.DB, `CREATE TABLE kept AS SELECT * FROM accounts`,
			`CREATE TABLE open AS SELECT * FROM sessions`)
		back := func() {
			dbtest.Outside(t, s.DB, `DELETE FROM accounts`, `INSERT INTO accounts SELECT * FROM kept`)
		}
		signIn := func(status int) {
			t.Helper()
			s.Check(t, webtest.Scenario{Path: "/signin", Form: url.Values{"name": {"zhang"}, "password": {password}},
				Status: status})
		}
		signIn(303)
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error {
			return account.Disable(tx, admin, zhang.ID)
		}))
		signIn(422)
		back()
		finds(t, s.DB, "account.older")
		signIn(422)
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error {
			return account.Reset(tx, admin, zhang.ID, "x") // the way out of it
		}))
		finds(t, s.DB)

		var secret string
		ask := func(want bool) {
			t.Helper()
			must(t, s.DB.View(context.Background(), func(tx *db.Tx) error {
				_, err := auth.SessionPerson(tx, secret, auth.Cookie)
				if (err == nil) != want {
					t.Errorf("the session opens: %v", err)
				}
				return nil
			}))
		}
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) (err error) {
			secret, err = account.SignIn(tx, guardOf(s), auth.Cookie, "")
			return err
		}))
		ask(true)
		dbtest.Outside(t, s.DB, `DELETE FROM open`, `INSERT INTO open SELECT * FROM sessions`)
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error {
			return account.SignOut(tx, s.People["guard"], secret)
		}))
		ask(false)
		dbtest.Outside(t, s.DB, `DELETE FROM sessions`, `INSERT INTO sessions SELECT * FROM open`)
		ask(false)
		finds(t, s.DB, "session.ended")
		dbtest.Outside(t, s.DB, `DELETE FROM sessions`)
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) (err error) {
			secret, err = account.SignIn(tx, guardOf(s), auth.Cookie, "")
			return err
		}))
		ask(true)
		dbtest.Outside(t, s.DB, `UPDATE sessions SET expires_at = created_at`)
		finds(t, s.DB, "session.forged")
		dbtest.Outside(t, s.DB, `UPDATE sessions SET expires_at = '2099-01-01 00:00:00'`)
		ask(false)
	})
}

func guardOf(s *webtest.Site) string { return s.People["guard"].ID }

func finds(t *testing.T, d *db.DB, want ...string) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		found, err := account.Verify(tx)
		if len(found) != len(want) {
			t.Errorf("found %+v, want %q", found, want)
		}
		for i, f := range found[:min(len(found), len(want))] {
			if f.Code != want[i] || journal.Codes()[f.Code][0] == "" {
				t.Errorf("found %+v, want %s", f, want[i])
			}
		}
		return err
	}))
}
