package element_test

// Elements and calibres are put once and changed by name, and one form answers for an element at a level; what numbers
// rest on is then fixed. How a form's file asks for them: package form.

import (
	"context"
	"reflect"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for field, e := range map[string]element.Element{
		"code":       {Code: "a-b", Name: "甲"},
		"name":       {Code: "A"},
		"decimals":   {Code: "A", Name: "甲", Decimals: -1},
		"year_start": {Code: "A", Name: "甲", YearStart: "10-01"},
	} {
		if fields := errs.FieldsOf(e.Validate()); len(fields) != 1 || fields[field].IsZero() {
			t.Errorf("want a message at %s, got %v", field, fields)
		}
	}
}

func TestPutIsIdempotentAndUpdates(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			for _, c := range []struct {
				name    string
				changed bool
			}{{"登记", true}, {"登记", false}, {"结婚登记", true}} {
				e, changed, err := element.Put(tx, element.Element{Code: "MARRIED", Name: c.name, YearStart: "--01-01"})
				if err != nil || changed != c.changed || e.ID != 1 || e.YearStart != "" {
					t.Errorf("putting %s: %+v, changed %t, %v", c.name, e, changed, err)
				}
				calibre, changed, err := element.PutCalibre(tx, element.Calibre{Code: "HJ", Name: c.name})
				if err != nil || changed != c.changed || calibre.ID != 1 {
					t.Errorf("putting the calibre %s: %+v, changed %t, %v", c.name, calibre, changed, err)
				}
			}
			return nil
		}))
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			all, err := element.All(tx)
			if err != nil || len(all) != 1 || all["MARRIED"].Name != "结婚登记" {
				t.Errorf("elements are %+v, %v", all, err)
			}
			calibres, err := element.Calibres(tx)
			if err != nil || len(calibres) != 2 || calibres[0].Code != element.NoCalibre || calibres[1].Code != "HJ" {
				t.Errorf("calibres are %+v, %v", calibres, err)
			}
			return nil
		}))
	})
}

// One form answers for an element at a level; what numbers depend on is then fixed.
func TestANumberHasOneOwner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first := map[string]element.Method{"district": element.OwnReport, "city": element.RolledUp}
		var asked []element.Element
		both := []int{1, 2}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			for _, code := range []string{"MARRIED", "EXAMINED"} {
				e, _, err := element.Put(tx, element.Element{Code: code, Name: code, Sums: true})
				must(t, err)
				asked = append(asked, e)
			}
			must(t, tx.Exec(`INSERT INTO forms (id, code, name, definition, valid_until) VALUES
				(1, 'PME', '婚检表', '{}', ''), (2, 'CITY', '全市表', '{}', '')`))
			must(t, element.PutLevels(tx, 1, append(asked, asked[0]), first, both, nil)) // one in two calibres
			return nil
		}))
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			err := element.PutLevels(tx, 2, asked, map[string]element.Method{"city": element.OwnChecked}, []int{9}, nil)
			if errs.KindOf(err) != errs.Conflict {
				t.Errorf("a second owner at the city's level is %v, want a conflict", err)
			}
			changed := asked[0]
			changed.Decimals = 1
			if _, _, err := element.Put(tx, changed); errs.KindOf(err) != errs.Conflict {
				t.Errorf("changing the decimals of an element in use is %v, want a conflict", err)
			}
			later := map[string]element.Method{"district": element.OwnReport}
			return element.PutLevels(tx, 1, asked[:1], later, []int{9}, nil)
		}))
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			levels, err := element.Levels(tx)
			want := map[element.At]element.Source{
				{ElementID: 1, Level: "district"}: {FormID: 1, Method: element.OwnReport, Sexes: []int{9}, Sums: true},
				{ElementID: 2, Level: "district"}: {FormID: 1, Method: element.OwnReport, Sexes: both, Sums: true},
				{ElementID: 2, Level: "city"}:     {FormID: 1, Method: element.RolledUp, Sexes: both, Sums: true},
			}
			if err != nil || !reflect.DeepEqual(levels, want) {
				t.Errorf("levels are %+v, %v; want %+v", levels, err, want)
			}
			return nil
		}))
	})
}
