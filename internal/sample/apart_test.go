package sample_test

// An import gives nobody two of the three administrators' posts in the same time, nor one beside another post; one
// after another it may.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/intake"
)

func TestAdministratorsAreThreePeople(t *testing.T) {
	t.Parallel()
	for posts, refused := range map[string]bool{
		"站长丙,Head C,JCO,system_admin,2022-12-31,":                                  true,
		"站长丙,Head C,JCO,system_admin,2023-01-01,":                                  false,
		"管理戊,Admin,JCO,system_admin,2022-01-01,\n管理戊,,JCO,audit_admin,2023-01-01,": true,
		"管理戊,Admin,JCO,system_admin,2022-01-01,\n管理己,,JCO,audit_admin,2023-01-01,": false,
	} {
		d := dbtest.Open(t, dbtest.SQLite(t))
		folder := xinhe(t)
		replace(t, folder, "labels.csv", "role,leader,",
			"role,system_admin,系统管理员,\nrole,audit_admin,审计管理员,\nrole,leader,")
		replace(t, folder, "posts.csv", "站长丁,Head D", posts+"\n站长丁,Head D")
		_, err := intake.Import(context.Background(), d, app.Imports(), folder, quiet)
		if refused != (err != nil) {
			t.Errorf("%s: %v", posts, err)
		}
		if refused && !strings.Contains(err.Error(), "三员须由三个不同的人担任") {
			t.Errorf("%s: refused with %v", posts, err)
		}
	}
}
