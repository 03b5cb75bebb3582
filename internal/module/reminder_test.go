package module_test

// What is due is paged through whole, each thing once; what waits for nothing, or for a later day, is left out.

import (
	"errors"
	"fmt"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
)

type row struct {
	id, due string
}

func (r row) says(*db.Tx) (module.Due, error) {
	if r.due == "" {
		return module.Due{Object: "row/" + r.id}, nil
	}
	return module.Due{Object: "row/" + r.id, Step: "row.do", DueOn: r.due}, nil
}

func TestWhatIsDueComesInPieces(t *testing.T) {
	t.Parallel()
	var rows []row
	for n := range 1200 { // every third waits for nothing, every fifth for a later day
		r := row{id: fmt.Sprintf("%04d", n), due: "2024-03-15"}
		if n%3 == 0 {
			r.due = ""
		} else if n%5 == 0 {
			r.due = "2024-03-16"
		}
		rows = append(rows, r)
	}
	read := func(_ *db.Tx, _, from string, most int) (some []row, _ error) {
		for _, r := range rows {
			if r.id > from && len(some) < most {
				some = append(some, r)
			}
		}
		return some, nil
	}
	due := module.Waiting(read, func(r row) string { return r.id }, row.says)
	seen, from, pieces := map[string]int{}, "", 0
	for ; pieces < 10; pieces++ {
		things, next, err := due(nil, "2024-03-15", from)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range things {
			seen[d.Object]++
		}
		if from = next; next == "" {
			break
		}
	}
	for _, r := range rows {
		want := 0
		if r.due == "2024-03-15" {
			want = 1
		}
		if seen["row/"+r.id] != want {
			t.Errorf("%s, due on %q, comes %d times in %d pieces", r.id, r.due, seen["row/"+r.id], pieces+1)
		}
	}
	broken := errors.New("broken")
	_, _, err := module.Waiting(func(*db.Tx, string, string, int) ([]row, error) { return nil, broken },
		func(r row) string { return r.id }, row.says)(nil, "2024-03-15", "")
	if !errors.Is(err, broken) {
		t.Errorf("what cannot be read is due: %v", err)
	}
}

func TestWhatWaitedIsFoundByItsObject(t *testing.T) {
	t.Parallel()
	missing := errors.New("missing")
	get := func(_ *db.Tx, id string) (row, error) {
		if id == "none" {
			return row{}, missing
		}
		return row{id: id, due: "2024-03-15"}, nil
	}
	of := module.Waited(get, row.says)
	if things, err := of(nil, []string{"row/a", "row/b"}); err != nil || len(things) != 2 ||
		things["row/b"].DueOn != "2024-03-15" {
		t.Errorf("found %+v (%v)", things, err)
	}
	if _, err := of(nil, []string{"row/none"}); !errors.Is(err, missing) {
		t.Errorf("what there is not is found: %v", err)
	}
}

// What is gone takes nothing else with it: not the others that wait, and not what is found beside it.
func TestWhatIsGoneIsLeftOut(t *testing.T) {
	t.Parallel()
	gone := errs.Missingf("没有找到")
	says := func(r row, tx *db.Tx) (module.Due, error) {
		if r.id == "b" { // its unit, or what it belongs to
			return module.Due{}, gone
		}
		return r.says(tx)
	}
	read := func(_ *db.Tx, _, from string, _ int) (some []row, _ error) {
		if from == "" {
			some = []row{{"a", "2024-03-15"}, {"b", "2024-03-15"}, {"c", "2024-03-15"}}
		}
		return some, nil
	}
	things, _, err := module.Waiting(read, func(r row) string { return r.id }, says)(nil, "2024-03-15", "")
	if err != nil || len(things) != 2 {
		t.Errorf("%d things wait beside one that is gone (%v)", len(things), err)
	}
	get := func(_ *db.Tx, id string) (row, error) { return row{id, "2024-03-15"}, nil }
	of := module.Waited(get, says)
	if found, err := of(nil, []string{"row/a", "row/b", "row/c"}); err != nil || len(found) != 2 {
		t.Errorf("found beside one that is gone: %+v (%v)", found, err)
	}
	own := module.Reminder{Of: func(_ *db.Tx, objects []string) (map[string]module.Due, error) {
		found := map[string]module.Due{}
		for _, object := range objects {
			if object == "row/b" {
				return nil, gone
			}
			found[object] = module.Due{Object: object}
		}
		return found, nil
	}}
	if found, err := own.Found(nil, []string{"row/a", "row/b", "row/c"}); err != nil || len(found) != 2 {
		t.Errorf("found beside one that is gone: %+v (%v)", found, err)
	}
}
