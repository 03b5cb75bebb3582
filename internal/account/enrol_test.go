package account_test

// An account for a person whom an import brought: found by name and unit, asked back when two could be meant, and never
// a second person by accident.

import (
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

func TestEnrol(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update := func(fn func(tx *db.Tx) error) error { return d.Update(t.Context(), fn) }
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		ids := map[string]string{}
		must(update(func(tx *db.Tx) error {
			area, _, err := network.PutArea(tx, network.Area{Code: "1", Name: "市", Level: "city",
				OpensOn: "2000-01-01"})
			if err != nil {
				return err
			}
			for _, unit := range []string{"A", "B", "C"} {
				if _, err := network.PutUnit(tx, network.Unit{Code: unit, Name: unit, Kind: "office", AreaID: area.ID,
					OpensOn: "2000-01-01"}); err != nil {
					return err
				}
			}
			for _, p := range []struct{ key, name, unit string }{{"w", "王", "A"}, {"l1", "李", "A"},
				{"l2", "李", "A"}} {
				person, err := network.AddPerson(tx, network.Person{Name: p.name})
				if err != nil {
					return err
				}
				ids[p.key] = person.ID
				if _, err := network.AddPost(tx, network.Post{PersonID: person.ID, Unit: p.unit, Role: auth.Leader,
					OpensOn: "2000-01-01"}); err != nil {
					return err
				}
			}
			return nil
		}))
		if err := update(func(tx *db.Tx) error {
			return account.Enrol(tx, auth.User{}, account.Enrolment{Login: "w0", Person: "王", Unit: "A",
				Role: auth.AuditAdmin}, "hash")
		}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a leader becomes an administrator too: %v", err)
		}
		enrol := func(e account.Enrolment) error {
			return update(func(tx *db.Tx) error { return account.Enrol(tx, auth.User{Name: "管理员"}, e, "hash") })
		}
		for _, c := range []struct {
			e    account.Enrolment
			kind errs.Kind
			says string // or the login's person
		}{
			{account.Enrolment{Login: "wang", Person: "王", Unit: "NOPE"}, errs.Invalid, "没有代码是“NOPE”的单位"},
			{account.Enrolment{Login: "wang", Person: "王", Unit: "A", Role: "boss"}, errs.Invalid, "没有角色“boss”"},
			{account.Enrolment{Login: "wang", Person: "王\x00", Unit: "A"}, errs.Invalid, "U+0000"},
			{account.Enrolment{Login: "wang", Person: "王", Unit: "B", Role: auth.Office}, errs.Conflict, "--same"},
			{account.Enrolment{Login: "wang", Person: "王", Unit: "A"}, 0, "w"},
			{account.Enrolment{Login: "wang", Person: "王", Unit: "B", Role: auth.Office, Same: ids["w"]}, 0, "w"},
			{account.Enrolment{Login: "wang2", Person: "王", Unit: "B"}, errs.Conflict, "已有账号“wang”"},
			{account.Enrolment{Login: "wang", Person: "赵", Unit: "A", Role: auth.Office}, errs.Conflict,
				"已经有人用了"},
			{account.Enrolment{Login: "li", Person: "李", Unit: "A"}, errs.Conflict, ids["l2"]},
			{account.Enrolment{Login: "li", Person: "李", Unit: "A", Same: "x"}, errs.Invalid, "没有编号"},
			{account.Enrolment{Login: "li", Person: "李", Unit: "A", Same: ids["l2"]}, 0, "l2"},
			{account.Enrolment{Login: "zhao", Person: "赵", Unit: "A"}, errs.Invalid, "--role"},
			{account.Enrolment{Login: "zhao", Person: "赵", Unit: "A", Role: auth.Office}, 0, ""},
			{account.Enrolment{Login: "wang3", Person: "王", Unit: "C", Role: auth.Office, New: true}, 0, ""},
		} {
			err := enrol(c.e)
			if c.kind != 0 {
				if errs.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
					t.Errorf("%+v: %v, want %q", c.e, err, c.says)
				}
				continue
			}
			must(err)
			must(d.View(t.Context(), func(tx *db.Tx) error {
				a, err := account.ByLogin(tx, c.e.Login)
				if c.says != "" && a.PersonID != ids[c.says] {
					t.Errorf("%+v is another person", c.e)
				}
				return err
			}))
		}
		must(d.View(t.Context(), func(tx *db.Tx) error {
			posts, err := network.PostsOf(tx, ids["w"], "")
			people, _ := db.Value[int](tx, `SELECT count(*) FROM people`)
			if len(posts) != 2 || people != 5 {
				t.Errorf("one login has the posts %+v; %d people", posts, people)
			}
			return err
		}))
	})
}
