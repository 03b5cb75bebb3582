package network_test

// Areas, units and posts are of their days: what was then stays known, an area never moves, and the same put twice is
// put once.

import (
	"context"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

func put(tx *db.Tx, t *testing.T, a network.Area) network.Area {
	t.Helper()
	a.Name = a.Code
	if a.OpensOn == "" {
		a.OpensOn = "2000-01-01"
	}
	a, _, err := network.PutArea(tx, a)
	if err != nil {
		t.Fatalf("put area %s: %v", a.Code, err)
	}
	return a
}

func TestAreasAreDated(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) error {
			city := put(tx, t, network.Area{Code: "C", Level: "city"})
			old := put(tx, t, network.Area{Code: "D1", Level: "district", ParentID: city.ID, ClosesOn: "2016-01-01"})
			now := put(tx, t, network.Area{Code: "D1", Level: "district", ParentID: city.ID, OpensOn: "2016-01-01"})
			street := put(tx, t, network.Area{Code: "S", Level: "street", ParentID: now.ID})
			for day, want := range map[string]int64{"2015-12-31": old.ID, "2016-01-01": now.ID, "": now.ID} {
				if a, err := network.AreaByCode(tx, "D1", day); err != nil || a.ID != want {
					t.Errorf("D1 on %q is row %d, %v; want %d", day, a.ID, err, want)
				}
			}
			if children, err := network.Children(tx, city.ID, "2015-06-01"); err != nil ||
				len(children) != 1 || children[0].ID != old.ID {
				t.Errorf("children in 2015: %v, %v", children, err)
			}
			if below, err := network.Subtree(tx, now); err != nil || len(below) != 2 {
				t.Errorf("subtree of the new D1: %v, %v", below, err)
			}
			if line, err := network.Lineage(tx, street); err != nil || len(line) != 3 ||
				line[0].ID != city.ID || line[2].ID != street.ID {
				t.Errorf("lineage of the street: %v, %v", line, err)
			}
			if up := street.AncestorIDs(); len(up) != 2 || up[0] != now.ID || up[1] != city.ID {
				t.Errorf("above the street: %v", up)
			}
			_, _, err := network.PutArea(tx, network.Area{Code: "S", Name: "S", Level: "street",
				ParentID: city.ID, OpensOn: "2000-01-01"})
			if errs.KindOf(err) != errs.Conflict {
				t.Errorf("an area moves to another parent: %v", err)
			}
			return nil
		})
	})
}

func TestPutIsIdempotent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) error {
			city := put(tx, t, network.Area{Code: "C", Level: "city"})
			u := network.Unit{Code: "U", Name: "单位", Kind: "office", AreaID: city.ID, OpensOn: "2000-01-01"}
			for i, want := range []bool{true, false} {
				if changed, err := network.PutUnit(tx, u); err != nil || changed != want {
					t.Errorf("unit, time %d: changed %t, %v", i+1, changed, err)
				}
				if changed, err := network.PutLabel(tx,
					network.Label{Kind: "role", Code: "office", Name: "办公室"}); err != nil || changed != want {
					t.Errorf("label, time %d: changed %t, %v", i+1, changed, err)
				}
			}
			if _, err := network.PutUnit(tx, network.Unit{Code: "V"}); errs.FieldsOf(err)["name"].IsZero() ||
				errs.FieldsOf(err)["area"].IsZero() {
				t.Errorf("a unit without name and area: %v", err)
			}
			return nil
		})
	})
}

// Who was in a post on a past day stays known after a handover.
func TestHandover(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) error {
			city := put(tx, t, network.Area{Code: "C", Level: "city"})
			if _, err := network.PutUnit(tx, network.Unit{Code: "U", Name: "单位", Kind: "office", AreaID: city.ID,
				OpensOn: "2000-01-01"}); err != nil {
				return err
			}
			var people [2]network.Person
			for i, name := range []string{"甲", "乙"} {
				p, err := network.AddPerson(tx, network.Person{Name: name})
				if err != nil {
					return err
				}
				people[i] = p
			}
			first, err := network.AddPost(tx,
				network.Post{PersonID: people[0].ID, Unit: "U", Role: "leader", OpensOn: "2016-01-01"})
			if err != nil {
				return err
			}
			if err := network.ClosePost(tx, first.ID, "2018-07-01"); err != nil {
				return err
			}
			if _, err := network.AddPost(tx, network.Post{PersonID: people[1].ID, Unit: "U", Role: "leader",
				OpensOn: "2018-07-01"}); err != nil {
				return err
			}
			for day, want := range map[string]string{"2018-06-30": "甲", "2018-07-01": "乙"} {
				staff, err := network.Staff(tx, "U", day)
				if err != nil || len(staff) != 1 || staff[0].Person != want {
					t.Errorf("leader on %s: %v, %v; want %s", day, staff, err, want)
				}
			}
			return nil
		})
	})
}

func update(t *testing.T, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}
