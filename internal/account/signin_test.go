package account_test

// Guessing a password tells nothing and locks, also for many tries at once through several servers; many right ones
// never do. Disabled accounts and ended posts lose everything at once.

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// In a program the modules grant.
var _ = auth.Grant(auth.Grants{auth.Office: {"submission.read", "submission.accept"},
	auth.Statistician: {"submission.read", "submission.prepare"}, auth.Liaison: {"submission.read"}})

func try(d *db.DB, login, password string) error {
	_, err := account.CheckPassword(context.Background(), d,
		account.Try{Login: login, Password: password, Local: true, From: "192.0.2.7:4711"})
	return err
}

// A stranger learns nothing of who has a login: not from what is said, not from when it locks, not from how long it
// takes.
func TestUnknownLoginIsLikeAKnownOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		office(t, d, newSecrets(t))
		took := map[string][]time.Duration{}
		for i := range 7 {
			said := map[string]string{}
			for _, login := range []string{"zhang", "nobody"} {
				start := time.Now()
				err := try(d, login, "wrong")
				if i < 5 {
					took[login] = append(took[login], time.Since(start))
				}
				said[login] = err.Error()
			}
			if said["zhang"] != said["nobody"] {
				t.Errorf("try %d: a login that somebody has says %q, one that nobody has %q", i+1, said["zhang"],
					said["nobody"])
			}
		}
		slices.Sort(took["zhang"])
		slices.Sort(took["nobody"])
		// one hash is all the work: leaving it out for a stranger would be ten times as fast
		if known, unknown := took["zhang"][1], took["nobody"][1]; known > 3*unknown || unknown > 3*known {
			t.Errorf("a known login takes %v, an unknown one %v", known, unknown)
		}
	})
}

// Twelve browsers of one office signing in, through three servers on one database, or signing at once, all of them
// right.
func TestManyRightAtOnceNeverLock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		secrets := newSecrets(t)
		u := office(t, d, secrets)
		var all sync.WaitGroup
		refused := make(chan error, 24)
		servers := [3]*account.Process{account.NewProcess(), account.NewProcess(), account.NewProcess()}
		for i := range 12 {
			all.Go(func() {
				_, err := servers[i%3].CheckPassword(context.Background(), d,
					account.Try{Login: "zhang", Password: password, Local: true})
				refused <- err
			})
			all.Go(func() {
				_, err := account.Unlock(context.Background(), d, u, phrase, secrets)
				refused <- err
			})
		}
		all.Wait()
		close(refused)
		for err := range refused {
			if err != nil {
				t.Errorf("a right one is refused: %v", err)
			}
		}
	})
}

// Many wrong ones at once get five tries, as one after the other would.
func TestManyWrongAtOnceGetFiveTries(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		office(t, d, newSecrets(t))
		var all sync.WaitGroup
		answers := make(chan errs.Kind, 12)
		for range 12 {
			all.Go(func() { answers <- errs.KindOf(try(d, "zhang", "wrong")) })
		}
		all.Wait()
		close(answers)
		counted := map[errs.Kind]int{}
		for kind := range answers {
			counted[kind]++
		}
		if counted[errs.Invalid] != 5 || counted[errs.Conflict] != 7 {
			t.Errorf("answers to twelve wrong passwords: %v, want 5 wrong, 7 locked", counted)
		}
	})
}

// verbs are what the journal says of an object, in order.
func verbs(t *testing.T, d *db.DB, object string) (all []string) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		entries, err := journal.Of(tx, object)
		for _, e := range entries {
			all = append(all, e.Verb)
		}
		return err
	}))
	return all
}

var admin = auth.User{ID: "admin", Name: "系统管理员"}

func TestDisablingEndsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		u := office(t, d, newSecrets(t))
		do := func(fn func(*db.Tx) error) error { return d.Update(context.Background(), fn) }
		secrets := map[string]string{}
		for _, kind := range []string{auth.Cookie, auth.Bearer} {
			must(t, do(func(tx *db.Tx) (err error) {
				secrets[kind], err = account.SignIn(tx, u.ID, kind, "192.0.2.7:4711")
				return err
			}))
		}
		must(t, do(func(tx *db.Tx) error { return account.Disable(tx, admin, u.ID) }))
		for kind, secret := range secrets {
			err := do(func(tx *db.Tx) error {
				_, err := auth.SessionPerson(tx, secret, kind)
				return err
			})
			if errs.KindOf(err) != errs.Missing {
				t.Errorf("a %s of a disabled account still opens: %v", kind, err)
			}
		}
		signIn := func(tx *db.Tx) error {
			_, err := account.SignIn(tx, u.ID, auth.Cookie, "")
			return err
		}
		if err := do(signIn); errs.KindOf(err) != errs.Denied {
			t.Errorf("a right password that came just before lets a disabled account in: %v", err)
		}
		right, wrong := try(d, "zhang", password), try(d, "zhang", "wrong")
		if right == nil || right.Error() != wrong.Error() {
			t.Errorf("a disabled account tells a right password (%v) from a wrong one (%v)", right, wrong)
		}
		for what, by := range map[string]auth.User{"twice": admin, "by its own person": u} {
			err := do(func(tx *db.Tx) error { return account.Disable(tx, by, u.ID) })
			if errs.KindOf(err) != errs.Conflict {
				t.Errorf("an account is disabled %s: %v", what, err)
			}
		}
		must(t, do(func(tx *db.Tx) error {
			return errors.Join(account.Enable(tx, admin, u.ID), account.LiftLocks(tx, admin, u.ID))
		}))
		must(t, try(d, "zhang", password))
		want := []string{"account.create", "key.create", "session.open", "session.open", "account.disable",
			"session.refuse", "session.refuse", "account.enable", "account.unlock"}
		if got := verbs(t, d, "person/"+u.ID); !slices.Equal(got, want) {
			t.Errorf("the journal says %v, want %v", got, want)
		}
	})
}

func TestUnlockingOpensBothLocks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		secrets := newSecrets(t)
		u := office(t, d, secrets)
		for range 5 {
			if try(d, "zhang", "wrong") == nil {
				t.Fatal("a wrong password is right")
			}
			if _, err := account.Unlock(context.Background(), d, u, "wrong phrase", secrets); err == nil {
				t.Fatal("a wrong phrase is right")
			}
		}
		if err := try(d, "zhang", password); errs.KindOf(err) != errs.Conflict {
			t.Fatalf("five wrong passwords do not lock: %v", err)
		}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error { return account.LiftLocks(tx, admin, u.ID) }))
		must(t, try(d, "zhang", password))
		_, err := account.Unlock(context.Background(), d, u, phrase, secrets)
		must(t, err)
	})
}

func TestEndedPostGivesNoRights(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		u := office(t, d, newSecrets(t))
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			area, _, err := network.PutArea(tx, network.Area{Code: "1", Name: "市", Level: "city",
				OpensOn: "2000-01-01"})
			must(t, err)
			_, err = network.PutUnit(tx, network.Unit{Code: "U", Name: "办", Kind: "office", AreaID: area.ID,
				OpensOn: "2000-01-01"})
			must(t, err)
			for _, role := range []string{auth.Office, auth.Liaison} {
				_, err = network.AddPost(tx, network.Post{PersonID: u.ID, Unit: "U", Role: role, OpensOn: "2000-01-01"})
				must(t, err)
			}
			return nil
		}))
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			if _, err := account.PostOf(tx, u.ID, "U", ""); errs.KindOf(err) != errs.Conflict {
				t.Errorf("two posts are not told apart: %v", err)
			}
			post, err := account.PostOf(tx, u.ID, "U", auth.Office)
			must(t, err)
			must(t, account.EndPost(tx, admin, post))
			user, err := account.UserOf(tx, u.ID)
			if user.Can("submission.accept") || !user.Can("submission.read") {
				t.Errorf("after the office post ended: %+v", user.Posts)
			}
			return err
		}))
		if got := verbs(t, d, "person/"+u.ID); !slices.Contains(got, "post.end") {
			t.Errorf("the journal does not say that the post ended: %v", got)
		}
	})
}
