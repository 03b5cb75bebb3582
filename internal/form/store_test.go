package form_test

// A form is kept as it was read, and at each level one form answers for a number.

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// seed puts the elements of known, in order of ID, and labels; it returns what a form file may refer to.
func seed(t *testing.T, tx *db.Tx) form.Known {
	t.Helper()
	k := known()
	for id := int64(1); id <= int64(len(k.Elements)); id++ {
		for _, e := range k.Elements {
			if e.ID == id {
				e.ID = 0
				stored, changed, err := element.Put(tx, e)
				must(t, err)
				if stored.ID != id || !changed {
					t.Fatalf("element %s gets ID %d, want %d", e.Code, stored.ID, id)
				}
			}
		}
	}
	for _, code := range []string{"REGISTERED", "RESIDENT"} {
		_, _, err := element.PutCalibre(tx, element.Calibre{Code: code, Name: code})
		must(t, err)
	}
	for _, l := range []network.Label{{Kind: "area_level", Code: "city"}, {Kind: "area_level", Code: "district"},
		{Kind: "unit_kind", Code: "health"}} {
		_, err := network.PutLabel(tx, l)
		must(t, err)
	}
	loaded, err := form.LoadKnown(tx)
	must(t, err)
	if !reflect.DeepEqual(loaded, k) {
		t.Fatalf("stored and loaded, a form may refer to %+v, want %+v", loaded, k)
	}
	return k
}

func TestFormsAreStoredWithTheirLevels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			seed(t, tx)
			f, changed, err := form.Put(tx, read(t, marriages))
			if err != nil || !changed || f.ID != 1 {
				t.Fatalf("putting the form: ID %d, %v, %v", f.ID, changed, err)
			}
			loaded, err := form.ByCode(tx, "PME")
			if err != nil || !reflect.DeepEqual(loaded, f) {
				t.Errorf("the form comes back as %+v, %v; want %+v", loaded, err, f)
			}
			if _, changed, err = form.Put(tx, read(t, marriages)); err != nil || changed {
				t.Errorf("putting the same form again: %v, %v", changed, err)
			}
			levels, err := element.Levels(tx)
			if err != nil || len(levels) != 4 ||
				!reflect.DeepEqual(levels[element.At{ElementID: 2, Level: "city"}],
					element.Source{FormID: 1, Method: element.RolledUp, Sexes: []int{1, 2}, Sums: true}) {
				t.Errorf("levels are %v, %v", levels, err)
			}
			renamed := read(t, strings.Replace(marriages, "婚前保健工作情况", "婚前保健", 1))
			if _, changed, err = form.Put(tx, renamed); err != nil || !changed {
				t.Errorf("renaming the form: %v, %v", changed, err)
			}
			byID, err := form.ByID(tx, 1)
			all, listErr := form.List(tx)
			if err != nil || listErr != nil || byID.Name != "婚前保健" || len(all) != 1 {
				t.Errorf("by ID: %+v, %v; all: %d, %v", byID, err, len(all), listErr)
			}
			if _, err := form.ByCode(tx, "NOBODY"); errs.KindOf(err) != errs.Missing {
				t.Errorf("an unknown form is %v", err)
			}
			return nil
		}))
	})
}

func TestANumberHasOneOwner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			seed(t, tx)
			_, _, err := form.Put(tx, read(t, marriages))
			must(t, err)
			city := strings.NewReplacer("code: PME", "code: CITY", "level: district", "level: city",
				"{district: own, city: rolled_up}", "{city: own_checked}")
			if _, _, err = form.Put(tx, read(t, city.Replace(marriages))); errs.KindOf(err) != errs.Conflict ||
				!strings.Contains(err.Error(), "MARRIED") {
				t.Errorf("a second owner at the city's level is %v, want a conflict", err)
			}
			return nil
		}))
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			e := known().Elements["MARRIED"]
			e.Name = "登记结婚人数"
			if _, changed, err := element.Put(tx, e); err != nil || !changed {
				t.Errorf("renaming an element in use: %v, %v", changed, err)
			}
			e.Decimals = 1
			if _, _, err := element.Put(tx, e); errs.KindOf(err) != errs.Conflict {
				t.Errorf("changing the decimals of an element in use is %v, want a conflict", err)
			}
			return nil
		}))
	})
}
