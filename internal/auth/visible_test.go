package auth_test

// The rows that the database lets through are those that User.Sees lets through, for every kind of user.

import (
	"context"
	"fmt"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
)

// What the database lets through is what Sees says, row by row, for every kind of user.
func TestVisibleIsWhatSeesSays(t *testing.T) {
	t.Parallel()
	units := []string{"own", "other", "it's", "100%", ""}
	paths := []string{"", "1.", "1.1.", "1.10.", "1.10.3.", "1.1.3.", "11.", "1.2.", "1.2.7.", "2."}
	post := func(role, unit, path string) auth.Post { return auth.Post{Role: role, Unit: unit, AreaPath: path} }
	users := map[string][]auth.Post{
		"nobody":             nil,
		"statistician":       {post(auth.Statistician, "own", "1.1.")},
		"two units":          {post(auth.Statistician, "own", "1.1."), post(auth.Leader, "it's", "1.2.")},
		"city office":        {post(auth.Office, "own", "1.")},
		"district office":    {post(auth.Office, "own", "1.1.")},
		"two districts":      {post(auth.Office, "own", "1.1."), post(auth.CommitteeChief, "other", "1.2.")},
		"city and a part":    {post(auth.Office, "own", "1."), post(auth.Office, "other", "1.2.")},
		"office and a unit":  {post(auth.Office, "own", "1.10."), post(auth.Statistician, "100%", "1.2.")},
		"administrator":      {post(auth.SystemAdmin, "own", "1.")},
		"administrator more": {post(auth.AuditAdmin, "own", "1."), post(auth.Liaison, "other", "1.1.")},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.View(context.Background(), func(tx *db.Tx) error {
			for name, posts := range users {
				by := auth.User{ID: "x", Posts: posts}
				own, over := by.Scope()
				for _, unit := range units {
					for _, path := range paths {
						n, err := db.Value[int](tx, `SELECT count(*) FROM (SELECT CAST($3 AS TEXT) AS unit,
							CAST($4 AS TEXT) AS path) r WHERE `+auth.Visible("r.unit", "r.path", 1),
							db.Texts(own), db.Texts(over), unit, path)
						if err != nil {
							return err
						}
						if want := by.Sees(unit, path); (n == 1) != want {
							t.Errorf("%s: row of unit %q in %q: the database says %v, Sees says %v", name, unit, path,
								n == 1, want)
						}
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestScopeLeavesOutWhatLiesWithin(t *testing.T) {
	t.Parallel()
	by := auth.User{Posts: []auth.Post{{Role: auth.Office, Unit: "a", AreaPath: "1.2."},
		{Role: auth.Office, Unit: "b", AreaPath: "1."}, {Role: auth.SecurityAdmin, Unit: "c", AreaPath: "3."}}}
	units, paths := by.Scope()
	if fmt.Sprint(units, paths) != "[a b] [1.]" {
		t.Errorf("scope is %v %v", units, paths)
	}
}
