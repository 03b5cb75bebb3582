package fact

// A level without a form of its own takes the sexes from the level that reports; what is added up is tested in
// fact_test.go.

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
)

// The sexes are those of a report, wherever there is one; of a sum only where there is none. It does not depend on the
// order in which levels are read.
func TestSexesAreOfTheReport(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	asked := []struct {
		levels [][3]string // level, method, sexes
		want   []int
	}{
		{[][3]string{{"city", "rolled_up", "-1"}, {"district", "own", "1 2"}}, []int{1, 2}},
		{[][3]string{{"city", "own", "1 2"}, {"district", "rolled_up", "-1"}}, []int{1, 2}},
		{[][3]string{{"city", "rolled_up", "-1"}, {"district", "own_checked", "1 2"}}, []int{1, 2}},
		{[][3]string{{"city", "rolled_up", "1 2"}}, []int{1, 2}},
	}
	err := d.Update(context.Background(), func(tx *db.Tx) error {
		if err := tx.Exec(`INSERT INTO forms (id, code, name, definition, valid_until)
			VALUES (1, 'F', 'F', '{}', '')`); err != nil {
			return err
		}
		for i, a := range asked {
			if err := tx.Exec(`INSERT INTO elements (id, code, name, name_en, unit, decimals, sums, by_sex,
				year_start, definition) VALUES ($1, $2, '', '', '', 0, true, false, '', '')`,
				i+1, string(rune('A'+i))); err != nil {
				return err
			}
			for _, l := range a.levels {
				if err := tx.Exec(`INSERT INTO element_levels (element_id, level, form_id, method, sexes)
					VALUES ($1, $2, 1, $3, $4)`, i+1, l[0], l[1], l[2]); err != nil {
					return err
				}
			}
		}
		all, err := readOwners(tx)
		if err != nil {
			return err
		}
		for i, a := range asked {
			if got := all.of[int64(i+1)].sexes; !reflect.DeepEqual(got, a.want) {
				t.Errorf("%v: sexes %v, want %v", a.levels, got, a.want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Sums are left unread only where nobody below reports any of the elements and nothing is held against them; forms only
// where they ask for none of them.
func TestWhatNobodyAsksForIsNotRead(t *testing.T) {
	t.Parallel()
	on := func(level string, form int64, m element.Method) ownedLevel {
		return ownedLevel{level, element.Source{FormID: form, Method: m}}
	}
	o := &owners{map[int64]*owner{
		1: {levels: []ownedLevel{on("city", 1, element.RolledUp), on("street", 1, element.OwnReport)}, forms: []int64{1}},
		2: {levels: []ownedLevel{on("street", 2, element.RolledUp), on("community", 2, element.OwnReport)},
			forms: []int64{2}},
		3: {levels: []ownedLevel{on("street", 3, element.OwnChecked)}, forms: []int64{3}},
		4: {levels: []ownedLevel{on("street", 4, element.OwnReport), on("community", 2, element.OwnReport)},
			forms: []int64{4, 2}},
		5: {levels: []ownedLevel{on("city", 5, element.OwnReport)}, forms: []int64{5}},
	}}
	for _, c := range []struct {
		elements []int64
		alone    bool
		forms    []int64
	}{
		{[]int64{1}, true, []int64{1}},
		{[]int64{1, 99}, true, []int64{1}},
		{[]int64{2}, false, []int64{2}},
		{[]int64{1, 2}, false, []int64{1, 2}},
		{[]int64{3}, false, []int64{3}},
		{[]int64{4, 1}, false, []int64{1, 2, 4}},
		{[]int64{5}, false, []int64{5}},
		{nil, false, nil},
	} {
		if got := o.alone(c.elements, "street"); got != c.alone {
			t.Errorf("streets report %v alone: %t", c.elements, got)
		}
		if got := o.askedBy(c.elements); !slices.Equal(got, c.forms) {
			t.Errorf("%v are asked for by %v, want %v", c.elements, got, c.forms)
		}
	}
}
