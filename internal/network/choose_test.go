package network_test

// An office chooses from its member units and the districts' committees; a district from its own and those above.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/network"
)

func TestUnitsToChooseFrom(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(d.Update(context.Background(), func(tx *db.Tx) error {
			for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
				{Kind: "area_level", Code: "district", Name: "区"}} {
				if _, err := network.PutLabel(tx, l); err != nil {
					return err
				}
			}
			root, _, err := network.PutArea(tx, network.Area{Code: "990100", Name: "示范市", Level: "city",
				OpensOn: "1900-01-01"})
			must(err)
			east, _, err := network.PutArea(tx, network.Area{Code: "990101", Name: "东岭区", Level: "district",
				ParentID: root.ID, OpensOn: "1900-01-01"})
			must(err)
			for i, u := range []network.Unit{{Code: "C", Kind: "committee", AreaID: root.ID},
				{Code: "O", Kind: "committee_office", Parent: "C", AreaID: root.ID},
				{Code: "M1", Kind: "dept_EDU", Parent: "C", AreaID: root.ID},
				{Code: "M2", Kind: "dept_HEA", Parent: "C", AreaID: root.ID},
				{Code: "GONE", Kind: "dept_FPB", Parent: "C", AreaID: root.ID, ClosesOn: "2011-01-01"},
				{Code: "X", Kind: "dept_INS", AreaID: root.ID},
				{Code: "EC", Kind: "district_committee", Parent: "C", AreaID: east.ID},
				{Code: "EO", Kind: "district_office", Parent: "EC", AreaID: east.ID},
				{Code: "EM", Kind: "dept_EDU", Parent: "EC", AreaID: east.ID}} {
				u.Name, u.OpensOn, u.Position = u.Code, "2010-01-01", i
				if _, err := network.PutLabel(tx, network.Label{Kind: "unit_kind", Code: u.Kind,
					Name: u.Kind}); err != nil {
					return err
				}
				if _, err := network.PutUnit(tx, u); err != nil {
					return err
				}
			}
			for area, want := range map[int64]string{
				root.ID: "members=M1+M2 committees=EC offices=EO below=EM own=C+O others=X",
				east.ID: "members=EM own=EC+EO above=C+O"} {
				groups, err := network.Groups(tx, area)
				must(err)
				var said []string
				for _, g := range groups {
					var codes []string
					for _, u := range g.Units {
						codes = append(codes, u.Code)
					}
					said = append(said, g.Code+"="+strings.Join(codes, "+"))
				}
				if got := strings.Join(said, " "); got != want {
					t.Errorf("area %d chooses from %s, want %s", area, got, want)
				}
			}
			return nil
		}))
	})
}
